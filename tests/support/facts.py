"""Facts for tests of the database: one of each class, and the events of a bag."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from pharmacy_app.domain.acceptance import OrderAcceptance, WeightTaken
from pharmacy_app.domain.bag_event import (
    Abandoned,
    BagEvent,
    ByHand,
    Finished,
    Happening,
    Measured,
    Photographed,
    ProductScanned,
    Reading,
    Rejected,
    Released,
    Started,
    TagScanned,
    Waste,
)
from pharmacy_app.domain.commissioning import FigureTyped, GroupSigned, Installation
from pharmacy_app.domain.person import Person, Role, SignIns
from pharmacy_app.domain.print_job import PrintJob, PrintState
from pharmacy_app.domain.product import Lot, LotState, Product, ProductKind
from pharmacy_app.domain.quantity import Concentration, Mass, Volume, Weight
from pharmacy_app.domain.supply import HowFilled
from pharmacy_app.workflow.ports import Facts, UnitOfWork

NOON = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
SERIAL = "2611200001"
PHOTOGRAPH = b"a photograph"
ITS_SHA256 = "a249e87e1e6113da81cdd8a154c222283fbcceff6dd3727a63bf97eee562dfb3"

PERSON = Person("roy", "M. Roy", (Role.TECHNICIAN,), "$argon2id$v=19$x", "B-17", active=True, training=True)
PRODUCT = Product(
    code="09990000000017",
    kind=ProductKind.DRUG_VIAL,
    name="Drug vial",
    manufacturer="Training Works",
    material=None,
    dehp=None,
    pore_micron=None,
    low_protein_binding=None,
    sterile=True,
    non_pyrogenic=None,
    built_in_filter=None,
    volume=Volume(Decimal("2.8")),
    concentration=Concentration(Decimal("12.5")),
    fill=None,
    has_serial=True,
)
LOT = Lot(PRODUCT.code, "A-1", date(2027, 3, 31), 10, NOON, LotState.AVAILABLE, "")
WASTE = Waste(Mass(Decimal(35)), Volume(Decimal("2.8")), 1)
HAND = ByHand("the code is torn", "chen")


def facts_of(work: UnitOfWork) -> Iterator[tuple[Facts[Any], Any]]:
    """Each repository of facts with a fact for it."""
    yield work.people, PERSON
    yield work.sign_ins, SignIns("ab" * 32, 0, NOON)
    yield work.acceptances, OrderAcceptance("RX-1001", "cd" * 32, "chen", NOON)
    yield work.weights, WeightTaken("RX-1001", Weight(Decimal("71.0")), date(2026, 11, 25), "")
    yield work.products, PRODUCT
    yield work.lots, LOT
    yield work.figures, FigureTyped("ef" * 32, "dose.full", "28", "chen", NOON)
    yield work.signatures, GroupSigned("ef" * 32, "dose", "chen", NOON, "12" * 32)
    yield work.installations, Installation(True, "", "chen", NOON)
    yield work.print_jobs, print_job()


def print_job(state: PrintState = PrintState.QUEUED, number: int = 1) -> PrintJob:
    """A print of the label of the bag."""
    return PrintJob(SERIAL, number, state, "Zebra", "4x3", 203, "ab" * 32, "", "", "", "", "roy", "desk", NOON)


def started(order_number: str = "RX-1001") -> Started:
    """A technician took the first bag."""
    return Started(order_number, 1, 1, "ab" * 32, "cd" * 32, commissioned=False, bench="bench 1")


def scanned(lot: str = "A-1") -> ProductScanned:
    """A vial was scanned."""
    return ProductScanned(
        "drug", ProductKind.DRUG_VIAL, PRODUCT.code, lot, date(2027, 3, 31), "77", by_hand=HAND
    )


def preparation() -> tuple[Happening, ...]:
    """What a bag sees until it is prepared. The photograph must be on file."""
    reading = Reading("10 mL syringe", Volume(Decimal("2.8")))
    return (
        started(),
        TagScanned("saline", by_hand=None),
        scanned(),
        Measured("drug", (reading, reading), HowFilled.PUMPED_INTO_EMPTY_BAG),
        Photographed("drug", "drug.jpg", ITS_SHA256),
        Finished(),
    )


def released() -> Released:
    """A pharmacist signed."""
    return Released(
        meaning="I have verified this bag.",
        signed_digest="34" * 32,
        dose_deviation_percent=Decimal("-0.4"),
        prepared_at=NOON,
        start_by=datetime(2026, 11, 23, 19, 0, tzinfo=UTC),
        expires=datetime(2026, 11, 30, 19, 0, tzinfo=UTC),
        reasons=("bag.late: the patient was in surgery",),
    )


def abandoned() -> Abandoned:
    """Given up at the bench."""
    return Abandoned("dropped", WASTE)


def rejected() -> Rejected:
    """Found wrong."""
    return Rejected("cloudy", WASTE)


def events(*happenings: Happening, serial: str = SERIAL, after: int = 0) -> tuple[BagEvent, ...]:
    """What happened to a bag, numbered on from the events before."""
    return tuple(
        BagEvent(serial, number, NOON, "roy", "bench-1", what)
        for number, what in enumerate(happenings, start=after + 1)
    )
