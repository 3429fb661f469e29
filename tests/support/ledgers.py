"""Bags with their ledgers, for scenarios that a pharmacist can check by hand. Clock times are Toronto's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from pharmacy_app.domain.answer_reason import BagLedger
from pharmacy_app.domain.bag_event import (
    BagEvent,
    Dispensed,
    Finished,
    Happening,
    Hung,
    Matched,
    Measured,
    Reading,
    Refrigerated,
    Released,
    Started,
    TakenOut,
)
from pharmacy_app.domain.bag_on_file import Bag, bag_of_events
from pharmacy_app.domain.beyond_use import times_of_use
from pharmacy_app.domain.clock import first_instant
from pharmacy_app.domain.finding import Finding
from pharmacy_app.domain.ledger import BagAnswer, answer
from pharmacy_app.domain.plan_record import BagRecord, plan_record
from pharmacy_app.domain.print_job import PrintJob, PrintState
from pharmacy_app.domain.quantity import Volume
from pharmacy_app.domain.scan import BagScan
from pharmacy_app.domain.site import Site
from pharmacy_app.domain.superseded import PlanOfBag
from pharmacy_app.wording import load
from tests.support.orders import order_document
from tests.support.rulebooks import plan_of, protocol, rulebook

WORDS = load()
TORONTO = ZoneInfo("America/Toronto")
SERIAL = "2611230001"
TEN = (Reading("10 mL syringe", Volume(Decimal(10))),)
ONE_DOSE = {
    "indication": "consolidation",
    "prescribed": [{"from_day": 1, "to_day": 28, "mcg_per_day": "28"}],
}


def clock(day: date, text: str) -> datetime:
    """A clock time of a day or of another: `14:00`, `-1/23:00` the day before, `+4/13:00` four days later."""
    shift, _, time = text.rpartition("/")
    hours, minutes = time.split(":")
    shown = datetime(day.year, day.month, day.day) + timedelta(days=int(shift or 0))  # noqa: DTZ001 - a clock's
    return first_instant(shown + timedelta(hours=int(hours), minutes=int(minutes)), TORONTO)


def shown(moment: datetime | None) -> str:
    """Month, day and clock time in Toronto."""
    return "-" if moment is None else f"{moment.astimezone(TORONTO):%m-%d %H:%M}"


def planned_bags(sequence_h: Sequence[int], start_at: str, **changes: object) -> tuple[BagRecord, ...]:
    """The bags of a cycle of 28 mcg/day in Toronto, or of what the changes make of it."""
    weighed = {"patient.weight_taken_on": start_at[:10]}
    wanted = {**ONE_DOSE, **weighed, "start_at": start_at, "bags.sequence_h": [*sequence_h], **changes}
    plan = plan_of(order_document(**wanted))
    assert not plan.refused, plan.findings
    return plan_record(plan).bags


def training_site(**changes: Any) -> Site:
    """The training site: an hour for handling, sterility 240 h and 96 h, 3 mL to prime."""
    return replace(rulebook().site, **changes)


@dataclass(frozen=True, slots=True)
class Made:
    """A bag of a plan, and when what was done to it: `-` for nothing. Times are of the day when it hangs."""

    bags: tuple[BagRecord, ...]
    number: int = 1
    mixed: str = "09:00"
    put_in: str = "09:40"
    taken_out: str = "13:40"
    site: Site = training_site()  # noqa: RUF009 - frozen

    @property
    def planned(self) -> BagRecord:
        return next(each for each in self.bags if each.number == self.number)

    def at(self, text: str) -> datetime:
        """A clock time of the day on which the bag is planned to be hung."""
        return clock(self.planned.start_at.astimezone(TORONTO).date(), text)

    def started(self) -> Started:
        """Somebody took it."""
        return Started(
            order_number="RX-1001",
            bag_number=self.number,
            duration_h=self.planned.duration_h,
            dose=self.planned.dose,
            plan_revision=1,
            plan_digest="ab" * 32,
            protocol_digest=protocol().digest,
            commissioned=False,
            bench="desk",
        )

    def released(self) -> Released:
        """The release, with the times that stand on the label."""
        times = times_of_use(
            prepared_at=self.at(self.mixed),
            hang_at=self.planned.start_at,
            change_at=self.planned.change_at,
            duration_h=self.planned.duration_h,
            protocol=protocol(),
            site=self.site,
        )
        return Released("I release it.", "cd" * 32, Decimal(0), self.at(self.mixed), times.start_by,
                        times.expires, ())  # fmt: skip

    def prepared(self) -> list[tuple[datetime, Happening]]:
        """What happened to it until it was ready to be verified."""
        mixed = self.at(self.mixed)
        return [(mixed, self.started()), (mixed, Measured("drug", TEN, None)), (mixed, Finished())]

    def dispensed(self) -> list[tuple[datetime, Happening]]:
        """What happened to it until it was handed out."""
        mixed = self.at(self.mixed)
        lived: list[tuple[datetime, Happening]] = [
            *self.prepared(),
            (mixed, self.released()),
            (mixed, Matched(1)),
        ]
        if self.put_in != "-":
            lived.append((self.at(self.put_in), Refrigerated()))
        if self.taken_out != "-":
            lived.append((self.at(self.taken_out), TakenOut()))
        return [*lived, (lived[-1][0], Dispensed())]

    def hung(self, when: str, change_at: str, volume: str) -> list[tuple[datetime, Happening]]:
        """What happened to it until it hung."""
        told = Hung(self.at(change_at), Volume(Decimal(volume)))
        return [*self.dispensed(), (self.at(when), told)]

    def ledger(self, lived: Sequence[tuple[datetime, Happening]] | None = None, **changes: Any) -> BagLedger:
        """Everything on file about it, after what it lived through: until it was dispensed, or this."""
        plan = PlanOfBag(1, self.bags, self.number)
        found = BagLedger(
            bag=bag_that_lived(self.dispensed() if lived is None else lived),
            made_for=plan,
            in_force=plan,
            lots=(),
            jobs=(print_job(),),
            previous_change=None,
            zone=TORONTO,
        )
        return replace(found, **changes)

    def ask(self, when: str, scan: BagScan | None = None, **changes: Any) -> BagAnswer:
        """The answer at a clock time, scanned by its first label if nothing else is said."""
        return ask(self.ledger(**changes), self.at(when), scan or label(), site=self.site)


def ask(ledger: BagLedger, now: datetime, scan: BagScan | None, *, site: Site | None = None) -> BagAnswer:
    """The answer to a scan."""
    return answer(ledger, scan, protocol=protocol(), site=site or training_site(), now=now)


def bag_that_lived(lived: Sequence[tuple[datetime, Happening]]) -> Bag:
    """The bag of these events. A. Chen released it, M. Roy did the rest."""
    found = bag_of_events(
        [
            BagEvent(SERIAL, number, when, "achen" if isinstance(what, Released) else "mroy", "desk", what)
            for number, (when, what) in enumerate(lived, start=1)
        ]
    )
    assert found is not None
    return found


def print_job(number: int = 1, state: PrintState = PrintState.CONFIRMED) -> PrintJob:
    """A print of its label."""
    return PrintJob(
        serial=SERIAL, number=number, state=state, printer="Zebra", stock="4x3", dpi=203, sha256="ab" * 32,
        reason="", second_person="", told="", reference="", person="mroy", station="desk",
        at=datetime(2026, 11, 23, tzinfo=UTC),
    )  # fmt: skip


def label(number: int = 1) -> BagScan:
    """The code of a label."""
    return BagScan(SERIAL, number, "")


TAG = label(0)


def codes(found: BagAnswer) -> list[str]:
    """The codes of the reasons, stops first. Each has its sentence."""
    return [coded(each) for each in found.findings]


def coded(finding: Finding) -> str:
    """A finding's code; its values fill its sentence, and none is left over."""
    assert "{" not in WORDS.finding(finding)
    return finding.code


MONDAY = "2026-11-23T14:00"
BAGS = planned_bags([96, 72, *[96] * 5, 24], MONDAY)
MADE = Made(BAGS)  # the first of them, mixed at 09:00
Lived = list[tuple[datetime, Happening]]


def lived(*more: tuple[str, Happening]) -> Lived:
    """That bag was dispensed, and then this."""
    return [*MADE.dispensed(), *((MADE.at(when), what) for when, what in more)]


def said(of: Lived | None = None, when: str = "14:00", scan: BagScan | None = None, **changes: Any) -> str:
    """What that bag answers after this life, and the codes of its reasons without their table's name."""
    found = ask(MADE.ledger(of, **changes), MADE.at(when), scan or label())
    return " ".join([found.answer.value, *(each.removeprefix("ledger.") for each in codes(found))])
