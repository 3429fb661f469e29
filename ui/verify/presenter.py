"""What a verifying pharmacist sees and may do now. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pharmacy_app.domain.bag_on_file import Bag
from pharmacy_app.domain.clock import date_text, time_text
from pharmacy_app.domain.errors import InputRefused, PharmacyError, RulesRefused
from pharmacy_app.domain.finding import Finding, Severity, has_stop
from pharmacy_app.domain.preparation_scan import shown_serial
from pharmacy_app.domain.protocol import Protocol
from pharmacy_app.workflow.verification import Check
from ui.remarks import Remark, count, in_order, remark_of_finding, remark_of_refusal
from ui.verify.rows import calculated, ordered, prepared
from ui.verify.view import OwnFigure, VerifyView, Waiting
from ui.words import Words

if TYPE_CHECKING:
    from pharmacy_app.workflow.desk import Desk

OWN = ("verify.drug-differs", "verify.total-differs", "verify.own-figures-missing")


@dataclass(frozen=True, slots=True)
class Queue:
    """The bags that wait, with their patients' names, and the site's zone."""

    bags: tuple[tuple[Bag, str], ...]
    zone: ZoneInfo


def waiting_bags(desk: Desk) -> Queue:
    """What waits to be verified."""
    names = {each.order.order_number: each.order.patient.display_name for each in desk.orders()}
    bags = tuple((bag, names[bag.started.order_number]) for bag in desk.verification.waiting())
    return Queue(bags, ZoneInfo(desk.site.time_zone))


class VerifyPresenter:
    """Holds the bag that is open, what it was refused with, and the bags that wait."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._queue: Queue | None = None
        self._check: Check | None = None
        self._protocol: Protocol | None = None
        self._refused: tuple[Remark, ...] = ()
        self._sign_refused: tuple[Remark, ...] = ()
        self._released = ""

    def take_queue(self, queue: Queue) -> None:
        """What waits came."""
        self._queue = queue

    def take(self, check: Check, protocol: Protocol) -> None:
        """A bag was opened, or its verifier's figures were kept."""
        self._check, self._protocol = check, protocol
        self._refused = self._sign_refused = ()
        self._released = ""

    def refuse_opening(self, error: PharmacyError) -> None:
        """The bag that was scanned may not be verified here."""
        self._check = None
        self._released = ""
        self._refused = self._remarks(error)

    def refuse_signing(self, error: PharmacyError) -> None:
        """The signature was refused."""
        self._sign_refused = self._remarks(error)

    def released(self, bag: Bag, at: datetime, person: str) -> None:
        """The bag is released."""
        self._sign_refused = ()
        values = {"time": f"{at:%H:%M}", "person": person, "serial": shown_serial(bag.serial)}
        self._released = self._words("ui.verify.released", **values)

    def rejected(self, bag: Bag) -> None:
        """The bag is rejected: the next one is awaited."""
        self.close()
        sentence = self._words("ui.verify.rejected", serial=shown_serial(bag.serial))
        self._refused = (Remark("verify.rejected", Severity.NOTE, self._words("ui.finding.note"), sentence),)

    def close(self) -> None:
        """No bag is open any more."""
        self._check = None
        self._refused = self._sign_refused = ()
        self._released = ""

    @property
    def check(self) -> Check | None:
        """The bag that is open."""
        return self._check

    @property
    def serial(self) -> str:
        """The serial of the bag that is open; empty: none."""
        return "" if self._check is None else self._check.bag.serial

    @property
    def is_released(self) -> bool:
        """Whether the open bag was released just now."""
        return bool(self._released)

    def expected(self) -> str:
        """What a scan will do now."""
        if self._check is None or self.is_released:
            return self._words("ui.verify.scan-a-bag")
        return self._words("ui.verify.scan-another", serial=shown_serial(self.serial))

    def view(self) -> VerifyView:
        """Everything the page shows now."""
        check = self._check
        if check is None or self._protocol is None:
            return self._without_bag()
        patient = check.order.patient
        number = {"number": str(check.bag.started.bag_number), "bags": str(check.bags)}
        makers = ", ".join(check.people.get(each, each) for each in check.bag.prepared_by)
        typed = check.own is not None
        others = [each for each in check.findings if each.code not in OWN]
        may_sign = typed and not has_stop(check.findings) and not self.is_released
        return VerifyView(
            title=patient.display_name,
            facts=(
                (self._words("ui.verify.mrn"), patient.record_number),
                (self._words("ui.verify.born"), date_text(patient.date_of_birth)),
                (self._words("ui.verify.bag-of", **number), shown_serial(check.bag.serial)),
                (self._words("ui.verify.prepared-by"), makers),
            ),
            notice="",
            notice_remarks=(),
            waiting=(),
            sides=(
                ordered(check, self._words),
                calculated(check, self._protocol, self._words),
                prepared(check, self._words),
            ),
            figures_typed=typed,
            drug=self._own("drug", check),
            total=self._own("total", check),
            remarks=in_order([*self._sign_refused, *(self._remark(each) for each in others if typed)]),
            meaning=self._words("ui.verify.meaning", bag=str(check.bag.started.bag_number)),
            signed=self._words("ui.verify.signed", digest=_grouped(check.bag.signed_digest)),
            may_sign=may_sign,
            why_not=self._why_not(check),
            released=self._released,
        )

    def _own(self, name: str, check: Check) -> OwnFigure | None:
        if check.own is None:
            return None
        wrong = [each for each in check.findings if each.code == f"verify.{name}-differs"]
        if wrong:
            return OwnFigure(self._words.finding(wrong[0]), right=False)
        return OwnFigure(self._words("ui.verify.same"), right=True)

    def _why_not(self, check: Check) -> str:
        if check.own is None:
            return self._words("ui.verify.type-first")
        stops = count((self._remark(each) for each in check.findings), Severity.STOP)
        return self._words("ui.verify.stops", count=str(stops)) if stops else ""

    def _without_bag(self) -> VerifyView:
        queue = self._queue
        rows = () if queue is None else tuple(self._row(bag, name, queue.zone) for bag, name in queue.bags)
        notice = "ui.verify.scan" if rows else "ui.verify.nothing-waits"
        return VerifyView(
            title=self._words("ui.verify.name"),
            facts=(),
            notice=self._words(notice),
            notice_remarks=self._refused,
            waiting=rows,
            sides=(),
            figures_typed=False,
            drug=None,
            total=None,
            remarks=(),
            meaning="",
            signed="",
            may_sign=False,
            why_not="",
            released="",
        )

    def _row(self, bag: Bag, name: str, zone: ZoneInfo) -> Waiting:
        started = bag.started
        values = {"bag": str(started.bag_number), "dose": started.dose.text, "hours": str(started.duration_h)}
        since = time_text(bag.events[-1].at.astimezone(zone))
        what = self._words("ui.verify.waiting-what", **values)
        return Waiting(
            shown_serial(bag.serial), name, what, self._words("ui.verify.waiting-since", time=since)
        )

    def _remarks(self, error: PharmacyError) -> tuple[Remark, ...]:
        match error:
            case RulesRefused():
                return in_order(self._remark(each) for each in error.findings)
            case InputRefused():
                return (remark_of_refusal(error, self._words),)
            case _:
                raise error

    def _remark(self, each: Finding) -> Remark:
        return remark_of_finding(each, self._words)


def _grouped(digest: str) -> str:
    """The first digits of a digest, in groups that are read out easily."""
    return " ".join(digest[at : at + 4] for at in range(0, 12, 4))
