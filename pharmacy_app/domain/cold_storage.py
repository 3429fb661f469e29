"""The unopened kit outside 2–8 °C: every stay of a lot is counted, against the site's limit (REQ-BUD-007).

The units of a lot are not told apart: each counts as if it had been out whenever a unit of its lot was. No
general limit exists. Where the site sets none, a lot that was out at all may not be used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pharmacy_app.domain.clock import shown, span_text, time_left_text, time_text
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding
from pharmacy_app.domain.product import Lot, Product, ProductKind, lot_key
from pharmacy_app.domain.quantity import Duration

KIT = frozenset({ProductKind.DRUG_VIAL, ProductKind.STABILIZER})
_RULE = "REQ-BUD-007"


@dataclass(frozen=True, slots=True)
class TimeOutside:
    """One stay of a lot outside 2–8 °C, the `number`th from 1; `back_at` None: it is out still.

    Both moments are aware. `reason` is that of the newest of the two acts.
    """

    code: str
    lot: str
    number: int
    out_at: datetime
    back_at: datetime | None
    reason: str

    @property
    def key(self) -> str:
        """One stay of one lot."""
        return stay_key(self.code, self.lot, self.number)

    def until(self, moment: datetime) -> timedelta:
        """How much of it was over at this moment; a stay that goes on is counted to it."""
        end = moment if self.back_at is None else min(self.back_at, moment)
        return max(end - self.out_at, timedelta(0))


def stay_key(code: str, lot: str, number: int) -> str:
    """The key of one stay of one product's lot."""
    return f"{lot_key(code, lot)}\n{number}"


@dataclass(frozen=True, slots=True)
class Outside:
    """How long a lot was outside up to a moment.

    `since` is set where it was out at that moment; `limit` is the site's.
    """

    spent: timedelta
    since: datetime | None
    limit: Duration | None

    @property
    def is_over(self) -> bool:
        """Whether nobody may use it; where no limit is set, nobody knows, and nobody may."""
        return self.limit is None or self.spent > _span(self.limit)

    @property
    def left(self) -> timedelta:
        """What remains of the limit: nothing where it is over or not set."""
        return timedelta(0) if self.limit is None else max(_span(self.limit) - self.spent, timedelta(0))

    @property
    def spent_text(self) -> str:
        """How long, a begun minute counted whole."""
        return time_left_text(self.spent)

    @property
    def left_text(self) -> str:
        """What is left, a begun minute not counted."""
        return span_text(self.left)


def outside(stays: Sequence[TimeOutside], *, limit: Duration | None, at: datetime) -> Outside | None:
    """All stays of one lot up to a moment; None: it had not been out."""
    begun = [each for each in stays if each.out_at <= at]
    if not begun:
        return None
    out = [each.out_at for each in begun if each.back_at is None or each.back_at > at]
    return Outside(sum((each.until(at) for each in begun), timedelta(0)), out[-1] if out else None, limit)


def outside_of_lots(
    stays: Iterable[TimeOutside], *, limit: Duration | None, at: datetime
) -> dict[str, Outside]:
    """The same for every lot that was out, by `Lot.key`."""
    by_lot: dict[str, list[TimeOutside]] = {}
    for each in stays:
        by_lot.setdefault(lot_key(each.code, each.lot), []).append(each)
    found = {key: outside(of_lot, limit=limit, at=at) for key, of_lot in by_lot.items()}
    return {key: was for key, was in found.items() if was is not None}


def check_outside(product: Product, lot: str, was: Outside | None) -> tuple[Finding, ...]:
    """Whether a unit of the lot may be used: a stop, or a note with what is left while it is out."""
    if was is None or product.kind not in KIT:
        return ()
    values = {"product": product.name, "lot": lot, "outside": was.spent_text}
    if was.limit is None:
        return (finding("lot.outside-no-limit", Severity.STOP, _RULE, Mark.SITE, **values),)
    values["limit"] = was.limit.number
    if was.is_over:
        return (finding("lot.outside-too-long", Severity.STOP, _RULE, Mark.SITE, **values),)
    if was.since is None:
        return ()
    return (finding("lot.outside-now", Severity.NOTE, _RULE, Mark.SITE, left=was.left_text, **values),)


@dataclass(frozen=True, slots=True)
class KitLot:
    """A lot with its stays by number. `received_at` is when the first of its units came."""

    product: Product
    lot: Lot
    received_at: datetime
    stays: tuple[TimeOutside, ...]

    @property
    def last(self) -> TimeOutside | None:
        """Its newest stay."""
        return self.stays[-1] if self.stays else None

    @property
    def since(self) -> datetime | None:
        """When it was taken out; None: it is in the refrigerator."""
        return self.last.out_at if self.last is not None and self.last.back_at is None else None


def check_taken_out(kit: KitLot, out_at: datetime, *, now: datetime, zone: ZoneInfo) -> tuple[Finding, ...]:
    """Everything that stands against recording that it was taken out then."""
    if kit.product.kind not in KIT:
        return (_not_kit(kit),)
    found = [*_moment(kit, out_at, now=now, zone=zone)]
    if kit.since is not None:
        since = _local(kit.since, zone)
        found.insert(
            0, _stop("stock.outside-already", product=kit.product.name, lot=kit.lot.lot, since=since)
        )
    elif kit.last is not None and kit.last.back_at is not None and out_at < kit.last.back_at:
        returned = _local(kit.last.back_at, zone)
        found.append(
            _at_time("stock.outside-before-return", out_at, zone, lot=kit.lot.lot, returned=returned)
        )
    return tuple(found)


def check_put_back(kit: KitLot, back_at: datetime, *, now: datetime, zone: ZoneInfo) -> tuple[Finding, ...]:
    """Everything that stands against recording that it was put back then."""
    if kit.product.kind not in KIT:
        return (_not_kit(kit),)
    found = [*_moment(kit, back_at, now=now, zone=zone)]
    if kit.since is None:
        found.insert(0, _stop("stock.outside-not-out", product=kit.product.name, lot=kit.lot.lot))
    elif back_at < kit.since:
        since = _local(kit.since, zone)
        found.append(_at_time("stock.outside-before-out", back_at, zone, lot=kit.lot.lot, since=since))
    return tuple(found)


def _moment(kit: KitLot, moment: datetime, *, now: datetime, zone: ZoneInfo) -> Iterator[Finding]:
    if moment > now:
        yield _at_time("stock.outside-later", moment, zone, now=_local(now, zone))
    if moment < kit.received_at:
        received = _local(kit.received_at, zone)
        yield _at_time("stock.outside-before-received", moment, zone, lot=kit.lot.lot, received=received)


def _not_kit(kit: KitLot) -> Finding:
    return _stop("stock.outside-not-kit", product=kit.product.name)


def _span(limit: Duration) -> timedelta:
    """Whole seconds; a part of one is not granted."""
    return timedelta(seconds=int(limit.value * 3600))


def _local(moment: datetime, zone: ZoneInfo) -> str:
    return time_text(shown(moment, zone))


def _at_time(code: str, given: datetime, zone: ZoneInfo, **values: str) -> Finding:
    return _stop(code, field="time", given=_local(given, zone), **values)


def _stop(code: str, *, field: str = "", **values: str) -> Finding:
    return finding(code, Severity.STOP, _RULE, Mark.DERIVED, field=field, **values)
