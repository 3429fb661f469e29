"""The training bag: an order of an invented patient, walked through the program by the commands people give.

In a training installation alone, by the training people. What was begun is gone on with; what has reached the
stage that is asked for stays, and another order begins.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from pharmacy_app.domain.bag import OPEN, BagState
from pharmacy_app.domain.bag_on_file import Bag
from pharmacy_app.domain.cold_storage import check_outside
from pharmacy_app.domain.finding import has_stop
from pharmacy_app.domain.order import Order
from pharmacy_app.domain.person import Actor
from pharmacy_app.domain.preparation_scan import check_fit
from pharmacy_app.domain.product import LotState, Product, ProductKind
from pharmacy_app.domain.product_check import check_lot
from pharmacy_app.domain.protocol import Recipe
from pharmacy_app.domain.scan import BagScan, ProductScan, Scan
from pharmacy_app.domain.stock_rules import Receipt
from pharmacy_app.domain.supply import HowFilled
from pharmacy_app.workflow.bag_on_file import bags_of_order, read_bag
from pharmacy_app.workflow.cold_storage_on_file import outside_of
from pharmacy_app.workflow.label import Paper
from pharmacy_app.workflow.order import accept_order, keep_order
from pharmacy_app.workflow.order_reading import OrderReader
from pharmacy_app.workflow.plan import make_plan
from pharmacy_app.workflow.plan_on_file import keep_plan
from pharmacy_app.workflow.ports import LabelRenderer, Phrases
from pharmacy_app.workflow.preparation import Bench
from pharmacy_app.workflow.print_send import Target
from pharmacy_app.workflow.printers import Printers
from pharmacy_app.workflow.printing import Printing
from pharmacy_app.workflow.station import Seat, Station
from pharmacy_app.workflow.stock import receive
from pharmacy_app.workflow.stock_files import StockFiles
from pharmacy_app.workflow.stock_training import start_training_stock
from pharmacy_app.workflow.training import TRAINING_SECRET, TrainingPeople, training_people
from pharmacy_app.workflow.unit_of_work import UnitOfWork
from pharmacy_app.workflow.verification import Verification

BENCH = "training"
PAPER = Paper("4x3", 203)
_NUMBER = "TRAINING-{:04}"
_HANG_HOUR = 14
_MOST_STEPS = 20


class Stage(Enum):
    """How far the training bag is walked; the value is the option of the command line."""

    ORDER = "order"
    PLAN = "plan"
    PREPARED = "prepared"
    RELEASED = "released"
    PRINTED = "printed"


@dataclass(frozen=True, slots=True)
class Walked:
    """Where the training bag is. `serial` is empty before anybody took it, `label` (serial and print number)
    before it was printed."""

    order_number: str
    serial: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class TrainingWalk:
    """Walks the training bag. `station` may be anybody's: the training people act at a bench of their own."""

    station: Station
    words: Phrases
    order_reader: OrderReader
    stock_files: StockFiles
    label_renderer: LabelRenderer
    printers: Printers

    def through(self, stage: Stage) -> Walked:
        """Walk it through a stage. Its label goes to a printer that writes files, never on paper.

        Raises:
            RulesRefused: this is no training installation, or a rule stops the bag.
            StationTrouble: the database does not take it.
        """
        people = training_people(self.station)
        start_training_stock(self.stock_files, self._at_bench(people.pharmacist))
        order, bag = self._begun(stage, people)
        if stage is Stage.ORDER:
            return Walked(order.order_number)
        self._plan(order, people.pharmacist)
        if stage is Stage.PLAN:
            return Walked(order.order_number)
        serial = self._prepare(order, bag, people.technician)
        if stage is not Stage.PREPARED:
            self._release(serial, people.pharmacist)
        label = self._print(serial, people.technician) if stage is Stage.PRINTED else ""
        return Walked(order.order_number, serial, label)

    def _at_bench(self, actor: Actor) -> Station:
        here = replace(actor, station=BENCH)
        return replace(self.station, seat=Seat(BENCH, here))

    def _begun(self, stage: Stage, people: TrainingPeople) -> tuple[Order, Bag | None]:
        """The newest training order, if it has not come to the stage yet; else another one."""
        with self.station.open_unit_of_work(reading=True) as work:
            number, order, bag, reached = _newest(work)
        stages = list(Stage)
        if order is not None and reached is not None and stages.index(reached) < stages.index(stage):
            return order, bag
        reading = self.order_reader(_document(number + 1, self._now()), self.station.rulebook().protocol)
        if reading.order is None:
            raise AssertionError([str(each) for each in reading.refusals])
        keep_order(reading.order, None, self._at_bench(people.technician))
        return reading.order, None

    def _now(self) -> datetime:
        return self.station.now().astimezone(ZoneInfo(self.station.rulebook().site.time_zone))

    def _plan(self, order: Order, pharmacist: Actor) -> None:
        station = self._at_bench(pharmacist)
        accept_order(order.order_number, station)
        with station.open_unit_of_work(reading=True) as work:
            if work.plans.latest(order.order_number) is not None:
                return
        plan = make_plan(order, station.rulebook(), now=station.now())
        reason = self.words("training.reason")
        keep_plan(plan, {each.code: reason for each in plan.findings}, station)

    def _prepare(self, order: Order, bag: Bag | None, technician: Actor) -> str:
        bench = Bench(self._at_bench(technician))
        serial = bench.start(order.order_number, 1) if bag is None else bag.serial
        self._go_on(bench, serial, "", technician)
        return serial

    def go_on(self, serial: str, *, until: str, actor: Actor) -> None:
        """Do each step of a bag open at this person's bench until this one waits; empty: to its end."""
        self._go_on(Bench(replace(self.station, seat=Seat(actor.station, actor))), serial, until, actor)

    def _go_on(self, bench: Bench, serial: str, until: str, technician: Actor) -> None:
        for _ in range(_MOST_STEPS):
            view = bench.view(serial)
            step = view.progress.step
            if view.bag.state is not BagState.IN_PREPARATION or step is None or step.code == until:
                return
            if view.progress.waits_for_scan:
                self._scan_next(bench, serial, technician)
            elif view.progress.volume_missing:
                first = not view.bag.measured
                bench.measure(serial, view.readings, HowFilled.PUMPED_INTO_EMPTY_BAG if first else None)
            else:
                bench.look(serial, step.code)
        raise AssertionError(f"the training bag {serial} never came to its end")

    def _scan_next(self, bench: Bench, serial: str, technician: Actor) -> None:
        """Everything that the step that waits asks to be scanned."""
        progress = bench.view(serial).progress
        if progress.tag_missing:
            bench.scan(serial, BagScan(serial, 0, ""))
        for need in progress.missing:
            for _ in range(need.count):
                bench.scan(serial, self._unit(bench, serial, need.kind, technician))

    def _unit(self, bench: Bench, serial: str, kind: ProductKind, technician: Actor) -> Scan:
        """A unit that fits; where the shelf has none left, some are received."""
        view = bench.view(serial)
        unit = f"W{serial}{len(view.bag.units):02}"
        with self.station.open_unit_of_work(reading=True) as work:
            fitting = self._fitting(work, kind, view.recipe)
            for product in fitting:
                scan = self._on_shelf(work, product, unit)
                if scan is not None:
                    return scan
        receipt = Receipt(fitting[0].code, f"T{serial}", (self._now() + timedelta(days=365)).date(), 500)
        receive(receipt, self._at_bench(technician))
        return ProductScan(
            receipt.code, receipt.lot, receipt.expires_on, unit if fitting[0].has_serial else ""
        )

    def _fitting(self, work: UnitOfWork, kind: ProductKind, recipe: Recipe) -> list[Product]:
        protocol = self.station.rulebook().protocol
        alike = (each for each in work.products.all() if each.kind is kind and each.fill is None)
        fitting = [each for each in alike if not has_stop(check_fit(each, recipe, protocol))]
        return sorted(fitting, key=lambda each: each.built_in_filter is True)

    def _on_shelf(self, work: UnitOfWork, product: Product, unit: str) -> ProductScan | None:
        today, used = self._now().date(), work.bag_events.units_used()
        for lot in sorted(work.lots.all(), key=lambda each: each.expires_on):
            if lot.code == product.code and lot.state is LotState.AVAILABLE:
                scan = ProductScan(lot.code, lot.lot, lot.expires_on, unit if product.has_serial else "")
                count, site = used.get(lot.key, 0), self.station.rulebook().site
                found = check_lot(product, lot, scanned=scan, used=count, today=today)
                was = outside_of(work, lot.code, lot.lot, site=site, at=self._now())
                if not has_stop((*found, *check_outside(product, lot.lot, was))):
                    return scan
        return None

    def _release(self, serial: str, pharmacist: Actor) -> None:
        verification = Verification(self._at_bench(pharmacist), self.words)
        with self.station.open_unit_of_work(reading=True) as work:
            state = read_bag(work, serial).state
        if state is not BagState.PREPARED:
            return
        check = verification.open(serial)
        verification.type_figures(serial, drug=check.recipe.drug, total=check.recipe.bag_volume)
        verification.release(serial, secret=TRAINING_SECRET)

    def _print(self, serial: str, technician: Actor) -> str:
        """Serial and print number of the label."""
        station = self._at_bench(technician)
        names = self.printers.found().names
        folder = next(name for name in names if not self.printers.on_paper(name))
        printing = Printing(station, self.words, self.label_renderer, self.printers)
        return printing.print_label(serial, Target(folder, PAPER)).key


def _newest(work: UnitOfWork) -> tuple[int, Order | None, Bag | None, Stage | None]:
    """Number, order, living bag and stage of the newest training order; its stage None: its bag is dead."""
    number = 0
    while work.orders.with_number(_NUMBER.format(number + 1)) is not None:
        number += 1
    stored = work.orders.with_number(_NUMBER.format(number))
    if stored is None:
        return 0, None, None, None
    order_number = stored.order.order_number
    bags = bags_of_order(work, order_number)
    bag = bags[-1] if bags else None
    if bag is None:
        reached = Stage.ORDER if work.plans.latest(order_number) is None else Stage.PLAN
    elif bag.state is BagState.IN_PREPARATION:
        reached = Stage.PLAN
    elif bag.state is BagState.PREPARED:
        reached = Stage.PREPARED
    elif bag.state in OPEN:
        printed = work.print_jobs.latest(f"{bag.serial}01") is not None
        reached = Stage.PRINTED if printed else Stage.RELEASED
    else:
        return number, stored.order, None, None
    return number, stored.order, bag, reached


def _document(number: int, now: datetime) -> Mapping[str, object]:
    """The order of an invented patient whose first bag is to be hung tomorrow."""
    start = (now + timedelta(days=1)).replace(hour=_HANG_HOUR, minute=0)
    return {
        "order_number": _NUMBER.format(number),
        "patient": {
            "record_number": f"T-{number:04}",
            "family_name": f"Training {number}",
            "given_names": "Patient",
            "date_of_birth": (now.date() - timedelta(days=40 * 365 + number)).isoformat(),
            "weight_kg": "70",
            "weight_taken_on": now.date().isoformat(),
            "benzyl_alcohol_hypersensitivity": False,
            "pregnant": False,
            "breastfeeding": False,
        },
        "prescriber": "Dr. Training",
        "indication": "consolidation",
        "cycle": 1,
        "start_at": f"{start:%Y-%m-%dT%H:%M}",
        "time_zone": now.tzinfo.key if isinstance(now.tzinfo, ZoneInfo) else "",
        "setting": "inpatient",
        "destination": "Training ward",
        "dose_modification": None,
        "prescribed": [{"from_day": 1, "to_day": 28, "mcg_per_day": "28"}],
        "bags": {"durations_h": [96]},
    }
