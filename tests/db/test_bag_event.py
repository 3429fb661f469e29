"""Events of bags on file: numbered without a gap, found by order, lot, state and day."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from db.engine import Database
from db.trouble import ConstraintBroken
from pharmacy_app.domain.bag import BagMove, BagState
from pharmacy_app.domain.bag_event import (
    Abandoned,
    Ended,
    Finished,
    Happening,
    Hung,
    ProductScanned,
    Rejected,
    Released,
    Started,
    StepDone,
    Stopped,
    Voided,
)
from pharmacy_app.domain.errors import StationTrouble
from pharmacy_app.domain.fact import fact_digest
from tests.support.databases import run, without_guards
from tests.support.facts import NOON, SERIAL, events, life, scanned, some, started
from tests.support.records import entry, keep, keep_events, keep_one_of_each, numbered

SECOND = "2611200002"
STATES: dict[str, tuple[Happening, ...]] = {
    "in-preparation": (some(StepDone),),
    "prepared": (some(Finished),),
    "released": (some(Finished), some(Released)),
    "hung": (*life()[-3:], some(Hung)),
    "stopped": (*life()[-3:], some(Hung), some(Stopped)),
    "ended": (*life()[-3:], some(Hung), some(Ended)),
    "abandoned": (some(Abandoned),),
    "rejected": (some(Finished), some(Rejected)),
    "void": (some(Finished), some(Released), some(Voided)),
}


@pytest.fixture
def with_order(database: Database) -> Database:
    """A database with the orders RX-1 and RX-2 on file."""
    keep(database, numbered("RX-1"), numbered("RX-2", starting=60))
    return database


def bag(database: Database, serial: str, *happened: Happening, order: str = "RX-1") -> None:
    """A bag of the order, started, with what happened then."""
    keep_events(database, *events(started(order), *happened, serial=serial))


def unit(code: str, lot: str, unit_serial: str) -> ProductScanned:
    """A unit with a serial was scanned."""
    return some(ProductScanned, code=code, lot=lot, unit_serial=unit_serial)


def state(engine: Engine, serial: str) -> str:
    """The state that stands with the bag's newest event."""
    query = f"SELECT state FROM bag_event WHERE serial = '{serial}' ORDER BY number DESC LIMIT 1"
    with engine.connect() as connection:
        return str(connection.exec_driver_sql(query).scalar_one())


def test_a_bags_events_are_read_again_as_they_were_in_their_order(database: Database) -> None:
    keep_one_of_each(database)
    with database(reading=True) as work:
        assert work.bag_events.of_bag(SERIAL) == events(*life())
        assert work.bag_events.of_bag("2611200009") == ()


def test_events_go_on_where_those_of_an_earlier_transaction_ended(with_order: Database) -> None:
    bag(with_order, SERIAL)
    keep_events(with_order, *events(some(StepDone), some(Finished), after=1))
    with with_order(reading=True) as work:
        assert [each.number for each in work.bag_events.of_bag(SERIAL)] == [1, 2, 3]
        assert work.audit.check().findings == ()


def test_the_bags_of_an_order_are_listed_as_they_were_started(with_order: Database) -> None:
    late, early = events(started("RX-1"), serial="2611200001"), events(started("RX-1"), serial="2611200002")
    with with_order() as work:
        for event in (replace(late[0], at=NOON + timedelta(hours=1)), early[0]):
            work.bag_events.add(event)
            work.audit.add(replace(entry("bag-started", after=fact_digest(event)), at=event.at))
        work.commit()
    bag(with_order, "2611200003", order="RX-2")
    with with_order(reading=True) as work:
        assert work.bag_events.of_order("RX-1") == ("2611200002", "2611200001")
        assert work.bag_events.of_order("RX-2") == ("2611200003",)
        assert work.bag_events.of_order("RX-3") == ()


@pytest.mark.req("REQ-SUP-010")
def test_a_lot_leads_to_every_bag_for_which_a_unit_of_it_was_scanned(with_order: Database) -> None:
    bag(with_order, "2611200003", scanned("09990000000017", "A-1"), some(Abandoned))
    bag(with_order, "2611200001", scanned("09990000000017", "A-1"), scanned("09990000000017", "A-1"))
    bag(with_order, "2611200002", scanned("09990000000017", "A-2"), scanned("09990000000024", "A-1"))
    with with_order(reading=True) as work:
        assert work.bag_events.with_lot("09990000000017", "A-1") == ("2611200001", "2611200003")
        assert work.bag_events.with_lot("09990000000024", "A-1") == ("2611200002",)
        assert work.bag_events.with_lot("09990000000017", "a-1") == ()


@pytest.mark.req("REQ-SUP-008")
def test_a_unit_leads_to_every_bag_for_which_it_was_scanned_whatever_its_lot(with_order: Database) -> None:
    code, other = "09990000000017", "09990000000024"
    bag(with_order, "2611200002", unit(code, "A-1", "U_1"), some(Abandoned))
    bag(with_order, "2611200001", unit(code, "B-2", "U_1"), unit(code, "B-2", "U_1"))
    bag(with_order, "2611200003", unit(code, "A-1", "UX1"), unit(other, "A-1", "U_1"))
    bag(with_order, "2611200004", unit(code, "A-1", 'é"\\'), unit(code, "A-1", "u_1"))
    with with_order(reading=True) as work:
        assert work.bag_events.with_unit(code, "U_1") == ("2611200001", "2611200002")
        assert work.bag_events.with_unit(other, "U_1") == ("2611200003",)
        assert work.bag_events.with_unit(code, 'é"\\') == ("2611200004",)
        assert work.bag_events.with_unit(code, "%") == ()


@pytest.mark.parametrize("reached", STATES)
def test_the_state_after_an_event_decides_whether_the_bag_is_open(
    with_order: Database, engine: Engine, reached: str
) -> None:
    bag(with_order, SECOND, *STATES[reached])
    bag(with_order, SERIAL)
    assert state(engine, SECOND) == reached
    is_open = reached not in {"ended", "abandoned", "rejected", "void"}
    with with_order(reading=True) as work:
        assert work.bag_events.not_ended() == ((SERIAL, SECOND) if is_open else (SERIAL,))


def test_every_state_of_a_bag_can_stand_on_file() -> None:
    assert {*STATES, "dispensed"} == {each.value for each in BagState}


@pytest.mark.parametrize(
    ("day", "serial"), [("261120", "2611200010"), ("261121", "2611219999"), ("261122", None)]
)
def test_the_last_serial_of_a_day_is_the_highest(with_order: Database, day: str, serial: str | None) -> None:
    for each in ("2611200010", "2611200009", "2611219999", "2611230000"):
        bag(with_order, each)
    with with_order(reading=True) as work:
        assert work.bag_events.last_serial(day) == serial


@pytest.mark.parametrize("number", [1, 2, 4])
def test_an_event_that_is_not_the_bags_next_is_refused(with_order: Database, number: int) -> None:
    bag(with_order, SERIAL, some(StepDone))
    with pytest.raises(ConstraintBroken, match=r"in_number|without a gap"):
        keep_events(with_order, *events(some(StepDone), after=number - 1))
    with with_order(reading=True) as work:
        assert len(work.bag_events.of_bag(SERIAL)) == 2


@pytest.mark.parametrize(
    "happened", [(), (some(Released),), (some(StepDone), started("RX-1"))], ids=["none", "released", "again"]
)
def test_a_move_that_is_not_legal_is_a_bug(with_order: Database, happened: tuple[Happening, ...]) -> None:
    first = (some(Finished),) if happened == () else (started("RX-1"), *happened)
    with pytest.raises(ValueError, match="is not legal"):
        keep_events(with_order, *events(*first))
    with with_order(reading=True) as work:
        assert work.bag_events.of_bag(SERIAL) == ()


def test_a_bag_of_an_order_that_is_not_on_file_is_refused(with_order: Database) -> None:
    with pytest.raises(ConstraintBroken, match=r"(?i)foreign key|fk_bag_event_order_"):
        bag(with_order, SERIAL, order="RX-9")


def test_only_the_first_move_starts_a_bag() -> None:
    assert [each for each in BagMove if each is some(Started).move] == [BagMove.START]


@pytest.mark.parametrize(
    "falsified",
    ["content = '{}'", "serial = '2611200009'", "digest = '" + "e" * 64 + "'"],
)
def test_an_event_that_is_not_as_it_was_kept_is_station_trouble(
    with_order: Database, engine: Engine, falsified: str
) -> None:
    bag(with_order, SERIAL, some(StepDone))
    without_guards(engine)
    run(engine, f"UPDATE bag_event SET {falsified} WHERE number = 2")
    with pytest.raises(StationTrouble) as trouble, with_order(reading=True) as work:
        work.bag_events.of_bag(SERIAL) and work.bag_events.of_bag("2611200009")
    assert trouble.value.code == "trouble.database.damaged"


@pytest.mark.parametrize("number", [1, 3, 0])
def test_the_database_refuses_a_number_that_is_not_the_next(
    with_order: Database, engine: Engine, number: int
) -> None:
    bag(with_order, SERIAL)
    act, order = ("'Started'", "'RX-1'") if number == 1 else ("'Finished'", "NULL")
    row = f"SELECT serial, {number}, at, {act}, state, {order}, NULL, NULL, NULL, content, digest"
    with pytest.raises(DBAPIError):
        run(engine, f"INSERT INTO bag_event {row} FROM bag_event")
