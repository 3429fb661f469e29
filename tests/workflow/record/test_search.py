"""The search field: by name, record number, order, serial and lot."""

from __future__ import annotations

import pytest

from db.engine import Database
from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.person import Actor
from pharmacy_app.workflow.search import MOST_HITS, Found, Hit, HitKind
from tests.support.facts import events, started
from tests.support.orders import order
from tests.support.record_books import book_of
from tests.support.records import keep, keep_events, numbered, stored
from tests.support.stations import ADMINISTRATOR, PRINTER, TECHNICIAN
from tests.workflow.record.test_recall import CODE, OTHER_CODE, keep_lots

OTHER = {"patient.record_number": "447", "patient.family_name": "Lévesque-Ng", "patient.given_names": "Zoé"}
BAG = "2611200001"


@pytest.fixture
def file(database: Database) -> Database:
    keep(database, stored(), stored(order(order_number="RX-2", **OTHER)))
    keep_events(database, *events(started("RX-2"), serial=BAG))
    keep_lots(database, (CODE, "LX-1"), (OTHER_CODE, "LX-1"), (CODE, "LX-12"))
    return database


def found(database: Database, text: str) -> list[str]:
    """What was found: an order's number, a bag's serial, or a lot's number and product."""
    return [told(each) for each in book_of(database, TECHNICIAN).search(text).hits]


def told(hit: Hit) -> str:
    match hit.kind:
        case HitKind.ORDER:
            assert hit.order is not None
            return hit.order.order_number
        case HitKind.BAG:
            assert hit.order is not None
            return f"{hit.serial}: {hit.order.order_number} bag {hit.bag}"
        case HitKind.LOT:
            return f"{hit.lot} of {hit.product}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tremblay", ["RX-1001"]),
        ("TREM", ["RX-1001"]),
        ("anne tremblay", ["RX-1001"]),
        ("Tremblay, Anne-Marie", ["RX-1001"]),
        ("levesque", ["RX-2"]),
        ("LÉVESQUE", ["RX-2"]),
        ("Le\u0301vesque", ["RX-2"]),
        ("ng zoe", ["RX-2"]),
        ("esque", []),
        ("4471023", ["RX-1001"]),
        ("4471", ["RX-1001"]),
        ("44", ["RX-1001", "RX-2"]),
        ("447", ["RX-2"]),  # whole: itself alone
        ("RX-1001", ["RX-1001"]),
        ("rx-1001", ["RX-1001"]),
        ("RX-", ["RX-1001", "RX-2"]),
        ("2611200001", ["2611200001: RX-2 bag 3"]),
        ("261120 0001", ["2611200001: RX-2 bag 3"]),
        ("  261120   0001 ", ["2611200001: RX-2 bag 3"]),
        ("261120000101", ["2611200001: RX-2 bag 3"]),
        ("2611200002", []),
        ("LX-12", ["LX-12 of Product 17"]),
        ("lx-1", ["LX-1 of Product 17", "LX-1 of Product 24"]),
        ("LX", ["LX-1 of Product 17", "LX-12 of Product 17", "LX-1 of Product 24"]),
        ("t", []),
        ("", []),
        ("%", []),
        ("no such thing", []),
    ],
)
def test_a_text_finds_what_it_means(file: Database, text: str, expected: list[str]) -> None:
    assert found(file, text) == expected


def test_a_long_list_says_how_many_are_left_off(database: Database) -> None:
    keep(database, *(numbered(f"RX-{number}", starting=number) for number in range(MOST_HITS + 4)))
    answer = book_of(database).search("tremblay")
    assert (len(answer.hits), answer.left_off) == (30, 4)
    first = answer.hits[0].order
    assert first is not None
    assert first.order_number == "RX-33"  # the newest start


@pytest.mark.parametrize("actor", [TECHNICIAN, ADMINISTRATOR, PRINTER])
def test_everybody_who_is_signed_in_searches(database: Database, actor: Actor) -> None:
    assert book_of(database, actor).search("nobody at all") == Found("nobody at all", ())


def test_nobody_searches_a_locked_station(database: Database) -> None:
    with pytest.raises(RulesRefused):
        book_of(database, None).search("tremblay")
