"""A day at the bench: products and lots, an accepted plan, people who follow each other at one station."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from pharmacy_app.domain.account import Secret
from pharmacy_app.domain.bag_event import Reading
from pharmacy_app.domain.bag_on_file import Bag
from pharmacy_app.domain.person import Actor, Person
from pharmacy_app.domain.product import Lot, LotState, Product, ProductKind
from pharmacy_app.domain.quantity import Concentration, Volume
from pharmacy_app.domain.scan import BagScan, ProductScan, Scan
from pharmacy_app.domain.supply import BagMaterial, HowFilled
from pharmacy_app.wording import load
from pharmacy_app.workflow.order import accept_order, keep_order
from pharmacy_app.workflow.plan import make_plan
from pharmacy_app.workflow.plan_on_file import keep_plan
from pharmacy_app.workflow.preparation import Bench
from pharmacy_app.workflow.record import keep
from pharmacy_app.workflow.rulebook import Rulebook
from pharmacy_app.workflow.station import Station
from pharmacy_app.workflow.unit_of_work import OpenUnitOfWork, UnitOfWork
from pharmacy_app.workflow.verification import Verification
from tests.support.orders import order
from tests.support.rulebooks import rulebook
from tests.support.stations import (
    ADMINISTRATOR,
    CHEAP_HASHER,
    OTHER_PHARMACIST,
    OTHER_TECHNICIAN,
    PHARMACIST,
    TECHNICIAN,
    station_of,
)

MORNING = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)  # 09:00 in Toronto; the first bag hangs at 14:00
EXPIRES = date(2027, 11, 30)
REASON = "For a test"
SECRET = "correct horse 7"

_NOTHING = Product(
    code="", kind=ProductKind.STABILIZER, name="", manufacturer="Made-up Works", material=None, dehp=None,
    pore_micron=None, low_protein_binding=None, sterile=None, non_pyrogenic=None, built_in_filter=None,
    volume=None, concentration=None, fill=None, has_serial=False,
)  # fmt: skip


def _volume(text: str) -> Volume:
    return Volume(Decimal(text))


_GOOD_PLASTIC: dict[str, Any] = {"material": BagMaterial.EVA, "dehp": False}
_GOOD_FILTER: dict[str, Any] = {
    "pore_micron": Decimal("0.22"), "low_protein_binding": True, "sterile": True, "non_pyrogenic": True,
}  # fmt: skip

VIAL = replace(
    _NOTHING, code="02000000000015", kind=ProductKind.DRUG_VIAL, name="Blinatumomab vial",
    volume=_volume("3.08"), concentration=Concentration(Decimal("12.5")), has_serial=True,
)  # fmt: skip
STABILIZER = replace(_NOTHING, code="02000000000022", name="IV solution stabilizer", volume=_volume("10"))
WATER = replace(
    _NOTHING,
    code="02000000000039",
    kind=ProductKind.STERILE_WATER,
    name="Sterile water",
    volume=_volume("10"),
)
SALINE = replace(
    _NOTHING, code="02000000000046", kind=ProductKind.SALINE_PRESERVATIVE_FREE,
    name="Preservative-free 0.9 % sodium chloride", volume=_volume("500"),
)  # fmt: skip
BACTERIOSTATIC = replace(
    _NOTHING, code="02000000000053", kind=ProductKind.SALINE_BACTERIOSTATIC,
    name="Bacteriostatic 0.9 % sodium chloride", volume=_volume("100"),
)  # fmt: skip
BAG = replace(
    _NOTHING, code="02000000000060", kind=ProductKind.BAG, name="Empty EVA bag 500 mL", volume=_volume("500"),
    sterile=True, **_GOOD_PLASTIC,
)  # fmt: skip
FILLED_BAG = replace(BAG, code="02000000000077", name="Bag filled with 270 mL of saline", fill=_volume("270"))
TUBING = replace(
    _NOTHING, code="02000000000084", kind=ProductKind.TUBING, name="Tubing without filter", sterile=True,
    built_in_filter=False, **_GOOD_PLASTIC,
)  # fmt: skip
FILTER_TUBING = replace(
    TUBING, code="02000000000091", name="Tubing with filter", built_in_filter=True, **_GOOD_FILTER
)
FILTER = replace(
    _NOTHING, code="02000000000107", kind=ProductKind.FILTER, name="0.22 micron filter", **_GOOD_FILTER
)
DEHP_TUBING = replace(TUBING, code="02000000000114", name="DEHP tubing", material=BagMaterial.PVC, dehp=True)
UNKNOWN_BAG = replace(BAG, code="02000000000121", name="Bag of unknown plastic", dehp=None)

PRODUCTS = (VIAL, STABILIZER, WATER, SALINE, BACTERIOSTATIC, BAG, FILLED_BAG, TUBING, FILTER_TUBING, FILTER,
            DEHP_TUBING, UNKNOWN_BAG)  # fmt: skip
OF_KIND = {each.kind: each for each in (VIAL, STABILIZER, WATER, SALINE, BACTERIOSTATIC, BAG, TUBING, FILTER)}


def scan_of(product: Product, unit: int = 1, *, lot: str = "A1", expires_on: date = EXPIRES) -> ProductScan:
    """The code of one unit of a product."""
    return ProductScan(product.code, lot, expires_on, f"U{unit:04}" if product.has_serial else "")


@dataclass(slots=True)
class Day:
    """One station, whose clock moves on and where one person follows another."""

    database: OpenUnitOfWork
    book: Rulebook = field(default_factory=rulebook)
    now: datetime = MORNING
    units_before: int = 0  # vials whose serials are used up

    def station(self, actor: Actor = TECHNICIAN) -> Station:
        """The station with this person in the seat; its clock is the day's."""
        station = station_of(self.database, actor=actor, book=self.book)
        return replace(station, clock=lambda: self.now, rulebook=lambda: self.book)

    def bench(self, actor: Actor = TECHNICIAN) -> Bench:
        """The bench."""
        return Bench(self.station(actor))

    def verification(self, actor: Actor = PHARMACIST) -> Verification:
        """The verifying pharmacist's place."""
        return Verification(self.station(actor), load())

    def later(self, **span: float) -> None:
        """Let time pass."""
        self.now += timedelta(**span)

    def stock(self) -> None:
        """Every product with one lot of 1,000 units."""
        site = self.book.site
        with self.database() as work:
            for product in PRODUCTS:
                keep(
                    work, work.products, product, act="product-kept", thing=f"product {product.code}",
                    actor=PHARMACIST, at=self.now, site=site,
                )  # fmt: skip
                lot = Lot(product.code, "A1", EXPIRES, 1000, self.now, LotState.AVAILABLE, "")
                _add_lot(work, self, lot)
            work.commit()

    def hire(self) -> None:
        """An account for everybody in the tests, all with one secret."""
        people = (TECHNICIAN, OTHER_TECHNICIAN, PHARMACIST, OTHER_PHARMACIST)
        with self.database() as work:
            for each in people:
                person = Person(
                    name=each.person, display_name=each.display_name, roles=each.roles,
                    secret_hash=CHEAP_HASHER.hash(Secret(SECRET)), badge="", active=True, training=False,
                )  # fmt: skip
                keep(
                    work, work.people, person, act="person-added", thing=f"person {each.person}",
                    actor=ADMINISTRATOR, at=self.now, site=self.book.site,
                )  # fmt: skip
            work.commit()

    def release(
        self, serial: str, actor: Actor = PHARMACIST, *, drug: str = "10.7", total: str = "286.2"
    ) -> Bag:
        """Own figures, secret, release."""
        verification = self.verification(actor)
        verification.type_figures(serial, drug=_volume(drug), total=_volume(total))
        return verification.release(serial, secret=SECRET)

    def plan_again(self, *sequence_h: int) -> int:
        """Another sequence for the order on file, accepted; the plan's revision."""
        with self.database(reading=True) as work:
            asked = work.orders.all()[0].order
        asked = replace(asked, bags=replace(asked.bags, sequence_h=sequence_h))
        plan = make_plan(asked, self.book, now=self.now)
        return keep_plan(plan, {each.code: REASON for each in plan.findings}, self.station(PHARMACIST))

    def accept(self, *sequence_h: int, **changes: object) -> str:
        """An order for 28 mcg/day, accepted with its plan by a pharmacist; its number."""
        doses = [{"from_day": 1, "to_day": 28, "mcg_per_day": "28"}]
        asked = order(
            **{
                "indication": "consolidation", "prescribed": doses, "bags.hospital_days": 3,
                "bags.sequence_h": [*(sequence_h or [96] * 7)], **changes,
            }
        )  # fmt: skip
        station = self.station(PHARMACIST)
        plan = make_plan(asked, self.book, now=self.now)
        reasons = {each.code: REASON for each in plan.findings}
        keep_order(asked, reasons, station)
        accept_order(asked.order_number, station)
        keep_plan(plan, reasons, station)
        return asked.order_number


def keep_lot(day: Day, lot: Lot) -> None:
    """Keep a lot as it is now: received, quarantined, recalled."""
    with day.database() as work:
        _add_lot(work, day, lot)
        work.commit()


def _add_lot(work: UnitOfWork, day: Day, lot: Lot) -> None:
    keep(
        work, work.lots, lot, act="lot-kept", thing=f"lot {lot.lot}",
        actor=PHARMACIST, at=day.now, site=day.book.site,
    )  # fmt: skip


def tag(serial: str) -> BagScan:
    """The in-process tag of a bag."""
    return BagScan(serial, 0, "")


def right_scans(day: Day, serial: str, bench: Bench) -> list[Scan]:
    """Everything that the step that waits asks to be scanned, in its order."""
    progress = bench.view(serial).progress
    scans: list[Scan] = [tag(serial)] if progress.tag_missing else []
    vials = len(bench.view(serial).bag.vials)
    for need in progress.missing:
        for _ in range(need.count):
            vials += need.kind is ProductKind.DRUG_VIAL
            scans.append(scan_of(OF_KIND[need.kind], day.units_before + vials))
    return scans


def do_step(day: Day, serial: str, bench: Bench) -> Bag:
    """The step that waits, done right."""
    before = bench.view(serial).progress.step
    for scan in right_scans(day, serial, bench):
        bench.scan(serial, scan)
    view = bench.view(serial)
    step = view.progress.step
    if step is None or step != before:
        return view.bag
    if view.progress.volume_missing:
        bench.measure(serial, view.readings, how_filled(view.progress.done))
    elif view.progress.look_missing:
        bench.look(serial, step.code)
    return bench.view(serial).bag


def how_filled(done: tuple[str, ...]) -> HowFilled | None:
    """The first saline alone is asked how it got there."""
    is_first = not any(each.startswith(("saline", "stabilizer")) for each in done)
    return HowFilled.PUMPED_INTO_EMPTY_BAG if is_first else None


def up_to(day: Day, serial: str, step: str, *, actor: Actor = TECHNICIAN) -> Bench:
    """Do every step before this one."""
    bench = day.bench(actor)
    for _ in range(20):
        waiting = bench.view(serial).progress.step
        if waiting is None or waiting.code == step:
            return bench
        do_step(day, serial, bench)
    raise AssertionError(f"{step} never came")


def prepared(day: Day, order_number: str, bag_number: int = 1, *, actor: Actor = TECHNICIAN) -> str:
    """A bag made from beginning to end; its serial. It is ready to be verified."""
    serial = day.bench(actor).start(order_number, bag_number)
    up_to(day, serial, "", actor=actor)
    return serial


def read(instrument: str, volume: str) -> Reading:
    """One reading."""
    return Reading(instrument, _volume(volume))
