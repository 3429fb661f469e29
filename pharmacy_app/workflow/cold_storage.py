"""A lot of the kit taken out of the refrigerator and put back: every stay outside is kept (REQ-BUD-007).

Each command is one transaction, in which fact and entry go together. A refusal is an entry too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from pharmacy_app.domain.clock import instants, shown, time_text
from pharmacy_app.domain.cold_storage import KitLot, TimeOutside, check_put_back, check_taken_out, outside
from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.finding import Finding
from pharmacy_app.domain.person import Permission
from pharmacy_app.domain.product import lot_key
from pharmacy_app.domain.stock_rules import check_reason, unknown_lot
from pharmacy_app.workflow.cold_storage_on_file import stays_of
from pharmacy_app.workflow.record import entry, keep
from pharmacy_app.workflow.station import Station
from pharmacy_app.workflow.stock import Act, act_of, refuse, thing_of
from pharmacy_app.workflow.unit_of_work import UnitOfWork

_ACTS = {"out": "kit-taken-out", "back": "kit-put-back"}
_LONGEST_SHOWN = 40
_TIME = re.compile(r"(?:([0-9]{4}-[0-9]{2}-[0-9]{2}) )?([0-9]{2}:[0-9]{2})")


@dataclass(frozen=True, slots=True)
class Handled:
    """Which lot was taken out or put back, when and why, as typed; no time: now.

    `14:00` is a time of today, `2026-11-23 14:00` of any day, by the site's clock.
    """

    code: str
    lot: str
    time: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Turn:
    """One of the two commands: who gives it when, in which transaction, and the lot before it."""

    name: str
    act: Act
    work: UnitOfWork
    kit: KitLot
    handled: Handled
    instants: tuple[datetime, ...]

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.act.site.time_zone)

    @property
    def thing(self) -> str:
        return thing_of(self.handled.code, self.handled.lot)

    def stop_on(self, found: Iterable[Finding]) -> None:
        """Record the refusal and refuse, where the reason or anything else stands against it."""
        refused = (*check_reason(self.handled.reason), *found)
        refuse(refused, f"{self.name}-refused", self.thing, act=self.act, work=self.work)

    def keep(self, stay: TimeOutside) -> TimeOutside:
        """Keep the stay with its entry, and commit."""
        keep(self.work, self.work.times_outside, stay, act=self.name, thing=self.thing, actor=self.act.actor,
             at=self.act.at, site=self.act.site, told=self._told(stay))  # fmt: skip
        self.work.commit()
        return stay

    def _told(self, stay: TimeOutside) -> Iterable[tuple[str, str]]:
        yield "out at", self._shown(stay.out_at)
        if stay.back_at is not None:
            was = outside((*self.kit.stays[:-1], stay), limit=None, at=stay.back_at)
            yield "back at", self._shown(stay.back_at)
            yield "outside in all", "" if was is None else was.spent_text
        yield "reason", stay.reason

    def _shown(self, moment: datetime) -> str:
        return time_text(shown(moment, self.zone))


def take_out(handled: Handled, station: Station) -> TimeOutside:
    """Keep that a lot was taken out of the refrigerator; the stay that begins so.

    Raises:
        InputRefused: the time cannot be read; recorded.
        RulesRefused: a rule stops it; recorded.
    """
    act = act_of(station, Permission.RECEIVE_STOCK)
    with station.open_unit_of_work() as work:
        now = _turn(handled, _ACTS["out"], act=act, work=work)
        out_at = now.instants[0]  # of two instants the first: never counted too short
        stay = TimeOutside(handled.code, handled.lot, len(now.kit.stays) + 1, out_at, None, handled.reason)
        now.stop_on(check_taken_out(now.kit, out_at, now=act.at, zone=now.zone))
        return now.keep(stay)


def put_back(handled: Handled, station: Station) -> TimeOutside:
    """Keep that a lot was put back into the refrigerator; the stay that ends so. Raises as `take_out`."""
    act = act_of(station, Permission.RECEIVE_STOCK)
    with station.open_unit_of_work() as work:
        now = _turn(handled, _ACTS["back"], act=act, work=work)
        back_at = max((each for each in now.instants if each <= act.at), default=now.instants[0])
        found = check_put_back(now.kit, back_at, now=act.at, zone=now.zone)
        now.stop_on(found)
        if now.kit.last is None:
            raise AssertionError("a lot that was never out passed its checks")
        return now.keep(replace(now.kit.last, back_at=back_at, reason=handled.reason))


def _turn(handled: Handled, name: str, *, act: Act, work: UnitOfWork) -> _Turn:
    thing = thing_of(handled.code, handled.lot)
    product, lots = work.products.latest(handled.code), work.lots.history(lot_key(handled.code, handled.lot))
    if product is None or not lots:
        refuse(unknown_lot(handled.lot), f"{name}-refused", thing, act=act, work=work)
        raise AssertionError("refused above")
    stays = stays_of(work, handled.code, handled.lot)
    kit = KitLot(product, lots[-1], min(each.received_at for each in lots), stays)
    found = _instants(handled.time, act)
    if not found:
        refusal = InputRefused("time", handled.time[:_LONGEST_SHOWN], "expected.time-or-now")
        told = (("findings", refusal.code),)
        refused = f"{name}-refused"
        work.audit.add(entry(refused, actor=act.actor, thing=thing, at=act.at, site=act.site, facts=told))
        work.commit()
        raise refusal
    return _Turn(name, act, work, kit, handled, found)


def _instants(text: str, act: Act) -> tuple[datetime, ...]:
    """The instants at which the site's clock showed what was typed, the earliest first; no text: now.

    None where it is no time, or one that the clock skipped.
    """
    if not text:
        return (act.at,)
    typed = _TIME.fullmatch(text)
    if typed is None:
        return ()
    try:
        day = act.today if typed[1] is None else date.fromisoformat(typed[1])
        return instants(datetime.combine(day, time.fromisoformat(typed[2])), ZoneInfo(act.site.time_zone))
    except (ValueError, OverflowError):
        return ()
