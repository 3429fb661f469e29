"""Facts for tests of the database: of any class, and the events of a bag's life.

Nothing here says what a class of facts holds: values are made after what its fields are.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from pharmacy_app.domain.acceptance import OrderAcceptance, WeightTaken
from pharmacy_app.domain.bag_event import (
    Abandoned,
    BagEvent,
    Dispensed,
    Finished,
    Happening,
    Measured,
    Photographed,
    ProductScanned,
    Released,
    Started,
    TagScanned,
)
from pharmacy_app.domain.cold_storage import TimeOutside
from pharmacy_app.domain.commissioning import FigureTyped, GroupSigned, Installation
from pharmacy_app.domain.ice_score import IceScore
from pharmacy_app.domain.infusion_stop import (
    Discontinuation,
    EscalationAnswer,
    InfusionRestart,
    InfusionStop,
)
from pharmacy_app.domain.person import Person, SignIns
from pharmacy_app.domain.print_job import PrintJob
from pharmacy_app.domain.product import Lot, Product
from pharmacy_app.domain.quantity import Amount
from pharmacy_app.workflow.unit_of_work import Facts, UnitOfWork

NOON = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
SERIAL = "2611200001"
PHOTOGRAPH = b"a photograph"
ITS_SHA256 = "a249e87e1e6113da81cdd8a154c222283fbcceff6dd3727a63bf97eee562dfb3"
VALUES: dict[Any, object] = {
    str: "a text",
    int: 3,
    bool: True,
    Decimal: Decimal("1.50"),
    datetime: NOON,
    date: date(2027, 3, 31),
}
Class = TypeVar("Class")


def some(kind: type[Class], **chosen: object) -> Class:
    """One of the class, each field that was not chosen filled after what it is."""
    hints = get_type_hints(kind)
    parts = {each.name: _filled(hints[each.name]) for each in fields(kind)}  # type: ignore[arg-type]
    return kind(**parts | chosen)


def _filled(hint: Any) -> object:
    if get_origin(hint) in {Union, types.UnionType}:
        return _filled(get_args(hint)[0])
    if get_origin(hint) is tuple:
        return (_filled(get_args(hint)[0]),)
    if hint in VALUES:
        return VALUES[hint]
    if issubclass(hint, Enum):
        return next(iter(hint))
    if issubclass(hint, Amount):
        return hint(Decimal("2.50"))
    assert is_dataclass(hint)
    assert isinstance(hint, type)
    return some(hint)


def facts_of(work: UnitOfWork) -> Iterator[tuple[Facts[Any], Any]]:
    """Each repository of facts, with a fact for it."""
    yield work.people, some(Person)
    yield work.sign_ins, some(SignIns)
    yield work.acceptances, some(OrderAcceptance)
    yield work.weights, some(WeightTaken)
    yield work.products, some(Product)
    yield work.lots, some(Lot)
    yield work.times_outside, some(TimeOutside)
    yield work.infusion_stops, some(InfusionStop)
    yield work.infusion_restarts, some(InfusionRestart)
    yield work.discontinuations, some(Discontinuation)
    yield work.escalation_answers, some(EscalationAnswer)
    yield work.ice_scores, some(IceScore)
    yield work.figures, some(FigureTyped)
    yield work.signatures, some(GroupSigned)
    yield work.installations, some(Installation)
    yield work.print_jobs, some(PrintJob)


def started(order_number: str = "RX-1001") -> Started:
    """A technician took a bag of an order that must be on file."""
    return some(Started, order_number=order_number)


def scanned(code: str = "09990000000017", lot: str = "A-1") -> ProductScanned:
    """A unit of a lot was scanned."""
    return some(ProductScanned, code=code, lot=lot)


def photographed() -> Photographed:
    """A photograph was attached, which must be on file."""
    return some(Photographed, sha256=ITS_SHA256)


def life() -> tuple[Happening, ...]:
    """What a bag of the example's order sees until it is dispensed."""
    preparation = (started(), some(TagScanned), scanned(), some(Measured), photographed(), some(Finished))
    return (*preparation, some(Released), some(Dispensed))


def events(*happenings: Happening, serial: str = SERIAL, after: int = 0) -> tuple[BagEvent, ...]:
    """What happened to a bag, numbered on from the events before."""
    return tuple(
        BagEvent(serial, number, NOON, "roy", "bench-1", what)
        for number, what in enumerate(happenings, start=after + 1)
    )


def abandoned(serial: str = SERIAL, *, after: int) -> tuple[BagEvent, ...]:
    """The bag is given up."""
    return events(some(Abandoned), serial=serial, after=after)
