"""The search field: orders by patient and number, bags by serial, lots by number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from pharmacy_app.domain.bag_on_file import bag_of_events
from pharmacy_app.domain.order_on_file import without_accents

if TYPE_CHECKING:
    from pharmacy_app.workflow.station import Station
    from pharmacy_app.workflow.unit_of_work import OrderHeading, UnitOfWork

MOST_HITS = 30
SHORTEST = 2
SERIAL_LENGTH = 10
_SERIAL = re.compile(r"([0-9]{6}) ?([0-9]{4})(?:[ -]?[0-9]{2})?")
_WORDS = re.compile(r"\w+")


class HitKind(Enum):
    """What was found."""

    ORDER = "order"
    BAG = "bag"
    LOT = "lot"


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found. `order` is its order, None for a lot; `bag` is a bag's number in its plan.

    `serial` belongs to a bag; `code`, `lot` and `product`, the product's name, to a lot.
    """

    kind: HitKind
    order: OrderHeading | None = None
    bag: int | None = None
    serial: str = ""
    code: str = ""
    lot: str = ""
    product: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for a text, and how many more there are."""

    text: str
    hits: tuple[Hit, ...]
    left_off: int = 0


def search(text: str, station: Station) -> Found:
    """Every order, bag and lot that a text means. A number that is whole means itself alone.

    Raises:
        RulesRefused: nobody is signed in.
    """
    station.actor()
    wanted = " ".join(text.split())
    if len(wanted) < SHORTEST:
        return Found(wanted, ())
    with station.open_unit_of_work(reading=True) as work:
        hits = (*_bags(wanted, work), *_orders(wanted, work), *_lots(wanted, work))
    whole = tuple(hit for hit in hits if _is_whole(wanted, hit))
    hits = whole or hits
    return Found(wanted, hits[:MOST_HITS], max(0, len(hits) - MOST_HITS))


def serial_of(text: str) -> str | None:
    """The ten digits of a bag's serial as typed, shown or printed with its print number; None: no serial.

    >>> serial_of("261026 0317"), serial_of("261026031701"), serial_of("0317")
    ('2610260317', '2610260317', None)
    """
    found = _SERIAL.fullmatch(text)
    return found[1] + found[2] if found else None


def is_named(text: str, heading: OrderHeading) -> bool:
    """Whether each word of a text begins a word of the patient's name, whatever case and accents.

    >>> from datetime import date
    >>> from pharmacy_app.workflow.ports import OrderHeading
    >>> heading = OrderHeading("RX-1", "447", "Lévesque", "Anne-Marie", date(1979, 3, 14), 1)
    >>> is_named("levesque, a", heading), is_named("marie", heading), is_named("vesque", heading)
    (True, True, False)
    """
    name = _words(f"{heading.family_name} {heading.given_names}")
    wanted = _words(text)
    return bool(wanted) and all(any(each.startswith(word) for each in name) for word in wanted)


def _words(text: str) -> list[str]:
    return _WORDS.findall(without_accents(text))


def _bags(wanted: str, work: UnitOfWork) -> Iterator[Hit]:
    serial = serial_of(wanted)
    bag = None if serial is None else bag_of_events(work.bag_events.of_bag(serial))
    if bag is None:
        return
    number = bag.started.order_number
    for each in work.orders.headings():
        if each.order_number == number:
            yield Hit(HitKind.BAG, each, bag.started.bag_number, bag.serial)


def _orders(wanted: str, work: UnitOfWork) -> Iterator[Hit]:
    for each in work.orders.headings():
        numbers = (each.order_number, each.record_number)
        if is_named(wanted, each) or any(_begins(wanted, number) for number in numbers):
            yield Hit(HitKind.ORDER, each)


def _lots(wanted: str, work: UnitOfWork) -> Iterator[Hit]:
    for each in work.lots.all():
        if _begins(wanted, each.lot):
            product = work.products.latest(each.code)
            name = "" if product is None else product.name
            yield Hit(HitKind.LOT, code=each.code, lot=each.lot, product=name)


def _begins(wanted: str, number: str) -> bool:
    return number.casefold().startswith(wanted.casefold())


def _is_whole(wanted: str, hit: Hit) -> bool:
    numbers = [hit.lot] if hit.order is None else [hit.order.order_number, hit.order.record_number]
    return hit.kind is HitKind.BAG or wanted.casefold() in (each.casefold() for each in numbers)
