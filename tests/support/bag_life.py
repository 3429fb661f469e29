"""A bag's life as a script that can be broken off anywhere and gone on with: from its order to the patient.

`next` reads from the file where the life stands and names the one command that comes next, as a person would
give it who finds the work like that.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from pharmacy_app.domain.bag import BagState
from pharmacy_app.domain.bag_event import Refrigerated, TakenOut
from pharmacy_app.domain.bag_on_file import Bag
from pharmacy_app.domain.order import Order
from pharmacy_app.domain.print_job import PrintJob, PrintState
from pharmacy_app.workflow.bag_on_file import bags_of_order
from pharmacy_app.workflow.ledger import Ledger
from pharmacy_app.workflow.order import accept_order, accepted_orders, keep_order
from pharmacy_app.workflow.plan import make_plan
from pharmacy_app.workflow.plan_on_file import keep_plan
from pharmacy_app.workflow.print_record import jobs_of
from pharmacy_app.workflow.printers import Delivery, PrinterList, Sent
from pharmacy_app.workflow.printing import Printing
from tests.support.bench import MORNING, REASON, SECRET, Day, how_filled, right_scans
from tests.support.orders import order
from tests.support.printing import ZEBRA, printing
from tests.support.stations import OTHER_PHARMACIST, PHARMACIST, TECHNICIAN
from tests.support.wards import label, tag

VIALS = 4  # in a 96 h bag of 28 mcg/day
HANGS_AFTER = timedelta(hours=5)


@dataclass(frozen=True, slots=True)
class Tray:
    """A printer whose paper lies in a file, one line for each label; `step` is called around each sheet."""

    file: Path
    step: Callable[[], None] = lambda: None

    def found(self) -> PrinterList:
        return PrinterList((ZEBRA.printer,))

    def on_paper(self, _printer: str, /) -> bool:
        return True

    def send(self, _printer: str, pdf: bytes, /, *, stock: str, title: str) -> Sent:
        self.step()
        paper = os.open(self.file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.write(paper, f"{title}\n".encode())
        os.close(paper)
        self.step()
        return Sent(Delivery.TAKEN, "17", "completed")

    def ask(self, _printer: str, _reference: str, /) -> Sent:
        return Sent(Delivery.TAKEN, "17", "completed")

    def labels(self) -> list[str]:
        """Serial and print number of every label that lies there."""
        return self.file.read_text().split() if self.file.exists() else []


class Command(NamedTuple):
    """A command by its name."""

    name: str
    give: Callable[[], object]


@dataclass(slots=True)
class BagLife:
    """The first bag of the order of a week, counted from 0; each week has a patient of its own."""

    day: Day
    tray: Tray
    week: int

    @property
    def number(self) -> str:
        """The order's number."""
        return self.number_of(self.week)

    @staticmethod
    def number_of(week: int) -> str:
        """The number of a week's order."""
        return f"RX-{2000 + week}"

    def order(self) -> Order:
        """28 mcg/day from Monday at 14:00, in bags of 96 h."""
        monday = (MORNING + timedelta(weeks=self.week)).date().isoformat()
        return order(
            **{
                "order_number": self.number,
                "patient.record_number": str(4471023 + self.week),
                "patient.family_name": f"Tremblay {self.week}",
                "patient.weight_taken_on": monday,
                "start_at": f"{monday}T14:00",
                "indication": "consolidation",
                "prescribed": [{"from_day": 1, "to_day": 28, "mcg_per_day": "28"}],
                "bags.hospital_days": 3,
                "bags.sequence_h": [96] * 7,
            }
        )

    def next(self) -> Command | None:
        """The next command; None where the bag hangs already."""
        self.day.now = MORNING + timedelta(weeks=self.week)
        self.day.units_before = VIALS * self.week
        with self.day.database(reading=True) as work:
            known = work.orders.with_number(self.number) is not None
            planned = work.plans.latest(self.number) is not None
            bags = bags_of_order(work, self.number)
        accepted = self.number in accepted_orders(self.day.database)
        if not (known and accepted and planned):
            return self._order(known=known, accepted=accepted)
        if not bags:
            return Command("start", lambda: self.day.bench().start(self.number, 1))
        return self._move(bags[-1])

    def _order(self, *, known: bool, accepted: bool) -> Command:
        station = self.day.station(PHARMACIST)
        asked = self.order()
        plan = make_plan(asked, self.day.book, now=self.day.now)
        reasons = {each.code: REASON for each in plan.findings}
        if not known:
            return Command("order", lambda: keep_order(asked, reasons, station))
        if not accepted:
            return Command("accept", lambda: accept_order(self.number, station))
        return Command("plan", lambda: keep_plan(plan, reasons, station))

    def _move(self, bag: Bag) -> Command | None:
        match bag.state:
            case BagState.IN_PREPARATION:
                return self._prepare(bag.serial)
            case BagState.PREPARED:
                return self._verify(bag)
            case BagState.RELEASED:
                return self._give_out(bag)
            case BagState.DISPENSED:
                self.day.now += HANGS_AFTER
                return Command("hang", lambda: self._ledger().hang(label(bag.serial, bag.matched[-1])))
            case BagState.HUNG:
                return None
            case _:
                raise AssertionError(f"bag {bag.serial} is {bag.state.value}")

    def _prepare(self, serial: str) -> Command:
        bench = self.day.bench(TECHNICIAN)
        scans = right_scans(self.day, serial, bench)
        if scans:
            return Command("scan", lambda: bench.scan(serial, scans[0]))
        view = bench.view(serial)
        if view.progress.volume_missing:
            filled = how_filled(view.progress.done)
            return Command("measure", lambda: bench.measure(serial, view.readings, filled))
        step = view.progress.step
        assert step is not None
        return Command("look", lambda: bench.look(serial, step.code))

    def _verify(self, bag: Bag) -> Command:
        verification, serial = self.day.verification(OTHER_PHARMACIST), bag.serial
        if bag.own_figures_of(OTHER_PHARMACIST.person) is not None:
            return Command("release", lambda: verification.release(serial, secret=SECRET))
        recipe = verification.open(serial).recipe
        return Command(
            "own figures",
            lambda: verification.type_figures(serial, drug=recipe.drug, total=recipe.bag_volume),
        )

    def _give_out(self, bag: Bag) -> Command:
        with self.day.database(reading=True) as work:
            jobs = jobs_of(work, bag.serial)
        at_desk = printing(self.day, self.tray)
        if not jobs or jobs[-1].state is PrintState.FAILED:
            return Command("print", lambda: at_desk.print_label(bag.serial, ZEBRA))
        job = jobs[-1]
        if job.state is PrintState.UNKNOWN:
            return self._look_into_tray(job, at_desk)
        if job.number not in bag.matched:
            scans = tag(bag.serial), label(bag.serial, job.number)
            return Command("match", lambda: self._ledger().match(*scans))
        return self._hand_out(bag)

    def _look_into_tray(self, job: PrintJob, at_desk: Printing) -> Command:
        if job.key in self.tray.labels():
            return Command("it printed", lambda: at_desk.it_printed(job.serial, job.number))
        return Command(
            "it did not print", lambda: at_desk.it_did_not_print(job.serial, job.number, "The tray is empty")
        )

    def _hand_out(self, bag: Bag) -> Command:
        if not bag.every(Refrigerated):
            return Command("refrigerate", lambda: self._ledger().refrigerate(bag.serial))
        self.day.now += timedelta(hours=4)
        if not bag.every(TakenOut):
            return Command("take out", lambda: self._ledger().take_out(bag.serial))
        return Command("dispense", lambda: self._ledger().dispense(label(bag.serial, bag.matched[-1])))

    def _ledger(self) -> Ledger:
        return Ledger(self.day.station(TECHNICIAN))


def restarted(life: BagLife) -> list[PrintJob]:
    """The program starts again at this station: the prints that it had under way, settled."""
    return list(printing(life.day, life.tray, None).settle())
