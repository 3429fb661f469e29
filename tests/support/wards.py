"""Bags that were released, and the people who move them: from the label's print to the patient."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from pharmacy_app.domain.answer_reason import Answer
from pharmacy_app.domain.audit import EntryFilter, RecordedEntry
from pharmacy_app.domain.bag_event import Finished, Happening, Measured, ProductScanned, Released
from pharmacy_app.domain.bag_on_file import Bag
from pharmacy_app.domain.beyond_use import times_of_use
from pharmacy_app.domain.ledger import BagAnswer
from pharmacy_app.domain.person import Actor
from pharmacy_app.domain.print_job import PrintJob, PrintState
from pharmacy_app.domain.scan import BagScan
from pharmacy_app.workflow.bag_on_file import keep_happening, planned_bag, read_bag
from pharmacy_app.workflow.ledger import Ledger
from pharmacy_app.workflow.print_record import keep_job
from tests.support.bench import EXPIRES, VIAL, Day
from tests.support.ledgers import TEN, clock, shown
from tests.support.stations import DESK, PHARMACIST, TECHNICIAN


@dataclass(slots=True)
class Ward:
    """One day of which the clock is set by hand: `at("14:00")` in Toronto, `at("+4/14:00")` days later."""

    day: Day
    today: datetime

    def at(self, text: str) -> None:
        """The clock shows this."""
        self.day.now = clock(self.today.date(), text)

    def ledger(self, actor: Actor = TECHNICIAN) -> Ledger:
        """The commands of somebody who moves bags."""
        return Ledger(self.day.station(actor))

    def released(self, order_number: str, bag_number: int = 1) -> str:
        """A bag that is mixed and released at this hour, and its label sent to the printer; its serial."""
        serial = self.day.bench().start(order_number, bag_number)
        vial = ProductScanned("drug", VIAL.kind, VIAL.code, "A1", EXPIRES, f"U{serial}", by_hand=None)
        with self.day.database() as work:
            bag = read_bag(work, serial)
            plan = work.plans.latest(order_number)
            assert plan is not None
            planned = planned_bag(plan, bag_number)
            assert planned is not None
            times = times_of_use(
                prepared_at=self.day.now,
                hang_at=planned.start_at,
                change_at=planned.change_at,
                duration_h=planned.duration_h,
                protocol=self.day.book.protocol,
                site=self.day.book.site,
            )
            release = Released(
                "for a test", "ab" * 32, Decimal(0), self.day.now, times.start_by, times.expires, ()
            )
            happened: tuple[Happening, ...] = (vial, Measured("drug", TEN, None), Finished(), release)
            for what, actor in zip(happened, (*[TECHNICIAN] * 3, PHARMACIST), strict=True):
                bag = keep_happening(work, bag, what, actor=actor, at=self.day.now, site=self.day.book.site)
            work.commit()
        self.print(serial, 1)
        return serial

    def print(self, serial: str, number: int, state: PrintState = PrintState.SENT) -> None:
        """A label on its way to the printer, or further."""
        job = PrintJob(
            serial=serial, number=number, state=state, printer="Zebra", stock="4x3", dpi=203,
            sha256="ab" * 32, reason="", second_person="", told="", reference="", person=TECHNICIAN.person,
            station=DESK, at=self.day.now,
        )  # fmt: skip
        with self.day.database() as work:
            keep_job(work, job, actor=TECHNICIAN, site=self.day.book.site)
            work.commit()

    def dispensed(self, order_number: str, bag_number: int = 1) -> str:
        """Matched, into the refrigerator at 09:40, out at 13:40, handed out. The clock stands at 09:00."""
        serial = self.released(order_number, bag_number)
        ledger = self.ledger()
        ledger.match(tag(serial), label(serial))
        self.later(minutes=40)
        ledger.refrigerate(serial)
        self.later(hours=4)
        ledger.take_out(serial)
        ledger.dispense(label(serial))
        return serial

    def later(self, **span: float) -> None:
        """Time passes."""
        self.day.now += timedelta(**span)

    def bag(self, serial: str) -> Bag:
        """The bag as it is on file."""
        with self.day.database(reading=True) as work:
            return read_bag(work, serial)

    def acts(self, serial: str) -> list[str]:
        """What the record tells of the bag, oldest first."""
        return [each.act for each in self._entries(serial)]

    def told(self, serial: str) -> dict[str, str]:
        """What the newest entry about the bag tells."""
        facts = json.loads(self._entries(serial)[-1].facts)
        return dict(facts) if isinstance(facts, list) else facts

    def _entries(self, serial: str) -> list[RecordedEntry]:
        with self.day.database(reading=True) as work:
            found = work.audit.entries(EntryFilter(things=(f"bag {serial}",)), limit=1000)
        return list(reversed(found))


def tag(serial: str) -> BagScan:
    """The code of its in-process tag."""
    return BagScan(serial, 0, "")


def label(serial: str, number: int = 1) -> BagScan:
    """The code of one of its labels."""
    return BagScan(serial, number, "")


def said(found: BagAnswer) -> str:
    """Answer, change, volume, and why."""
    assert isinstance(found.answer, Answer)
    volume = "-" if found.volume is None else found.volume.number
    codes = [each.code.removeprefix("ledger.") for each in found.findings]
    return " ".join([found.answer.value, shown(found.change_at), volume, *codes])
