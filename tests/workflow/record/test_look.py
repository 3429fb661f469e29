"""The record looked up: by patient, bag, person, lot and time, in portions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from db.engine import Database
from pharmacy_app.domain.audit import AuditEntry
from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.fact import fact_digest
from pharmacy_app.domain.person import Actor, Person
from pharmacy_app.workflow.record_book import PORTION
from pharmacy_app.workflow.record_question import QuestionRefused, RecordQuestion
from tests.support.facts import NOON, events, some, started
from tests.support.orders import order
from tests.support.record_books import book_of
from tests.support.records import entry, keep, keep_events, stored
from tests.support.stations import ADMINISTRATOR, PHARMACIST, PRINTER, TECHNICIAN

TEN = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)  # 10:00 in Toronto
BAG, OTHER_BAG = "2611200001", "2611200002"


def written(at: datetime = NOON, *, thing: str = "order RX-9", person: str = "training") -> AuditEntry:
    return replace(entry("order-refused", thing=thing), at=at, person=person)


def add(database: Database, *entries: AuditEntry) -> None:
    with database() as work:
        for each in entries:
            work.audit.add(each)
        work.commit()


@pytest.fixture
def filled(database: Database) -> Database:
    """Two patients' orders with a bag each, then entries about other things."""
    other = {
        "patient.record_number": "4471099",
        "patient.family_name": "Lévesque",
        "patient.given_names": "Zoé",
    }
    keep(database, stored(), stored(order(order_number="RX-2", **other)))
    keep_events(database, *events(started("RX-1001")), *events(started("RX-2"), serial=OTHER_BAG))
    person = some(Person, name="zpark", display_name="Z. Pärk")
    with database() as work:
        work.people.add(person, at=NOON)
        work.audit.add(entry("person-added", after=fact_digest(person), thing="person zpark"))
        work.commit()
    add(
        database,
        written(person="zpark"),
        written(thing="lot A-1 of product 0999"),
        replace(written(thing=f"bag {BAG}"), facts=(("code", "0999"), ("lot", "A-1"))),
    )
    return database


def found(database: Database, **question: str) -> list[tuple[str, str]]:
    """Thing and person of each entry that is found, newest first."""
    portion = book_of(database).look(RecordQuestion(**question))
    assert portion.count == len(portion.entries)
    return [(each.thing, each.person) for each in portion.entries]


def things(database: Database, **question: str) -> list[str]:
    return [thing for thing, _ in found(database, **question)]


@pytest.mark.req("REQ-AUD-004")
def test_without_a_filter_every_entry_is_shown_newest_first(filled: Database) -> None:
    newest = [f"bag {BAG}", "lot A-1 of product 0999", "order RX-9", "person zpark"]
    assert things(filled) == [*newest, f"bag {OTHER_BAG}", f"bag {BAG}", "order RX-2", "order RX-1001"]


@pytest.mark.req("REQ-AUD-004")
@pytest.mark.parametrize("patient", ["4471099", "levesque", "LÉVESQUE", "zoe lev"])
def test_a_patients_orders_and_bags_are_found_by_number_and_name(filled: Database, patient: str) -> None:
    assert things(filled, patient=patient) == [f"bag {OTHER_BAG}", "order RX-2"]


def test_a_patient_who_is_not_on_file_has_no_entries(filled: Database) -> None:
    assert things(filled, patient="4471098") == []


@pytest.mark.req("REQ-AUD-004")
@pytest.mark.parametrize("bag", ["2611200001", "261120 0001", "261120000101", "261120 0001-01"])
def test_a_bags_entries_are_found_by_its_serial_as_shown_and_as_printed(filled: Database, bag: str) -> None:
    assert things(filled, bag=bag) == [f"bag {BAG}", f"bag {BAG}"]


@pytest.mark.req("REQ-AUD-004")
@pytest.mark.parametrize("person", ["zpark", "Z. Pärk", "park"])
def test_a_persons_entries_are_found_by_account_and_by_the_name_that_others_read(
    filled: Database, person: str
) -> None:
    assert found(filled, person=person) == [("order RX-9", "zpark")]


def test_a_name_without_an_account_is_found_as_it_stands_in_the_record(filled: Database) -> None:
    assert len(found(filled, person="training")) == 7


@pytest.mark.req("REQ-AUD-004")
def test_a_lots_entries_are_those_about_it_and_those_that_name_it(filled: Database) -> None:
    assert things(filled, lot="A-1") == [f"bag {BAG}", "lot A-1 of product 0999"]
    assert things(filled, lot="A-") == []


def test_of_several_filters_every_one_holds(filled: Database) -> None:
    assert things(filled, patient="4471023", bag=BAG, lot="A-1") == [f"bag {BAG}"]
    assert things(filled, patient="4471099", bag=BAG) == []


@pytest.mark.req("REQ-AUD-004")
@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2026-11-20 10:00", "", ["c", "b"]),  # the pharmacy's clock: 15:00 UTC
        ("", "2026-11-20 10:00", ["a"]),
        ("2026-11-20", "2026-11-20", ["b", "a"]),  # 00:00 to 24:00
        ("2026-11-21", "", ["c"]),
        ("2026-11-20T10:00", "2026-11-20T10:01", ["b"]),
        ("", "2026-11-21 00:00", ["b", "a"]),
    ],
)
def test_times_are_those_of_the_pharmacys_clock_and_a_day_means_all_of_it(
    database: Database, since: str, until: str, expected: list[str]
) -> None:
    add(
        database,
        written(TEN - timedelta(hours=9, minutes=59), thing="a"),
        written(TEN, thing="b"),
        written(datetime(2026, 11, 21, 5, 0, tzinfo=UTC), thing="c"),
    )
    assert things(database, since=since, until=until) == expected


@pytest.mark.parametrize(
    ("question", "refused"),
    [
        ({"since": "20.11.2026"}, [("since", "20.11.2026", "expected.day-or-time")]),
        ({"since": "2026-02-30"}, [("since", "2026-02-30", "expected.day-or-time")]),
        ({"until": "2026-11-20 24:01"}, [("until", "2026-11-20 24:01", "expected.day-or-time")]),
        ({"until": "9999-12-31"}, [("until", "9999-12-31", "expected.day-or-time")]),
        ({"bag": "317"}, [("bag", "317", "expected.serial")]),
        ({"since": "2026-11-21", "until": "2026-11-20"}, [("until", "2026-11-20", "expected.after-since")]),
        (
            {"since": "x", "bag": "y"},
            [("since", "x", "expected.day-or-time"), ("bag", "y", "expected.serial")],
        ),
    ],
)
def test_filters_that_cannot_be_read_are_refused_all_at_once(
    database: Database, question: dict[str, str], refused: list[tuple[str, str, str]]
) -> None:
    with pytest.raises(QuestionRefused) as refusal:
        book_of(database).look(RecordQuestion(**question))
    assert [(each.field, each.given, each.code) for each in refusal.value.refusals] == refused


def test_a_long_record_is_read_in_portions(database: Database) -> None:
    add(database, *(written(thing=f"order RX-{number}") for number in range(PORTION + 3)))
    first = book_of(database).look(RecordQuestion())
    rest = book_of(database).look(RecordQuestion(), before=first.entries[-1].number)
    assert (len(first.entries), first.count) == (PORTION, PORTION + 3)
    assert [each.thing for each in rest.entries] == ["order RX-2", "order RX-1", "order RX-0"]


@pytest.mark.parametrize("reader", [PHARMACIST, ADMINISTRATOR])
def test_pharmacists_and_administrators_read_the_record(database: Database, reader: Actor) -> None:
    assert book_of(database, reader).look(RecordQuestion()).entries == ()


@pytest.mark.parametrize("other", [TECHNICIAN, PRINTER, None])
def test_nobody_else_reads_it(database: Database, other: Actor | None) -> None:
    with pytest.raises(RulesRefused):
        book_of(database, other).look(RecordQuestion())


def test_anyone_may_check_it_and_is_told_when_it_was_sealed(database: Database) -> None:
    add(database, written(TEN), written(TEN + timedelta(minutes=20)))
    state = book_of(database, None).check()
    assert (state.check.entries, state.check.findings) == (2, ())
    assert state.sealed_at == "2026-11-20T10:20:00.000000-05:00"
