"""The record, asked: by thing, person, lot and time, newest first, in portions."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, event

from db.engine import Database
from pharmacy_app.domain.audit import EVERY_ENTRY, EntryFilter
from tests.support.databases import run, without_guards
from tests.support.facts import NOON
from tests.support.records import entry

MINUTE = timedelta(minutes=1)
WRITTEN = [
    ("order RX-1", "chen", {}),
    ("bag 2611200001", "roy", {"lot": "A-1"}),
    ("lot A-1 of product 09990000000017", "chen", {}),
    ("bag 2611200001", "chen", {"lot": "a-1"}),
    ("lot A-12 of product 09990000000017", "roy", {}),
    ("order RX-1", "Roy", {"remark": '"lot":"A-1"'}),
    ("order RX-10", "park", {"other lot": "A-1"}),
    ("bag 2611200002", "park", {"lot": 'Gr\u00fcn "1"', "step": "drug"}),
]


@pytest.fixture
def record(database: Database) -> Database:
    """A record with the entries above, one each minute from noon, numbered from 1."""
    with database() as work:
        for minutes, (thing, person, facts) in enumerate(WRITTEN):
            told = entry("looked-at", thing=thing, **facts)
            work.audit.add(replace(told, person=person, at=NOON + minutes * MINUTE))
        work.commit()
    return database


def numbers(
    record: Database, wanted: EntryFilter, *, limit: int = 100, before: int | None = None
) -> list[int]:
    """The numbers of the entries that are found."""
    with record(reading=True) as work:
        return [each.number for each in work.audit.entries(wanted, limit=limit, before=before)]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (EVERY_ENTRY, [8, 7, 6, 5, 4, 3, 2, 1]),
        (EntryFilter(things=("order RX-1",)), [6, 1]),
        (EntryFilter(things=("order RX-1", "bag 2611200001")), [6, 4, 2, 1]),
        (EntryFilter(things=("order rx-1",)), []),
        (EntryFilter(things=()), []),
        (EntryFilter(persons=("roy",)), [5, 2]),
        (EntryFilter(persons=("roy", "Roy")), [6, 5, 2]),
        (EntryFilter(persons=()), []),
        (EntryFilter(lot="A-1"), [3, 2]),
        (EntryFilter(lot="a-1"), [4]),
        (EntryFilter(lot="A-"), []),
        (EntryFilter(lot='Gr\u00fcn "1"'), [8]),
        (EntryFilter(lot="%"), []),
        (EntryFilter(since=NOON + 6 * MINUTE), [8, 7]),
        (EntryFilter(until=NOON + 2 * MINUTE), [2, 1]),
        (EntryFilter(since=NOON + 2 * MINUTE, until=NOON + 3 * MINUTE), [3]),
        (EntryFilter(things=("bag 2611200001",), persons=("chen",), since=NOON), [4]),
        (EntryFilter(things=("bag 2611200001",), lot="A-1"), [2]),
    ],
)
def test_the_entries_that_meet_every_part_are_found_newest_first(
    record: Database, wanted: EntryFilter, expected: list[int]
) -> None:
    assert numbers(record, wanted) == expected
    with record(reading=True) as work:
        assert work.audit.count(wanted) == len(expected)


def test_portions_follow_each_other_without_gap_or_overlap(record: Database) -> None:
    assert numbers(record, EVERY_ENTRY, limit=3) == [8, 7, 6]
    assert numbers(record, EVERY_ENTRY, limit=3, before=6) == [5, 4, 3]
    assert numbers(record, EVERY_ENTRY, limit=3, before=3) == [2, 1]
    assert numbers(record, EVERY_ENTRY, limit=3, before=1) == []
    assert numbers(record, EntryFilter(persons=("chen",)), limit=1, before=4) == [3]


def test_an_entry_is_shown_as_it_stands_even_if_it_was_changed(record: Database, engine: Engine) -> None:
    without_guards(engine)
    run(engine, "UPDATE audit_entry SET facts = '[broken', person = 'somebody' WHERE number = 8")
    with record(reading=True) as work:
        (newest,) = work.audit.entries(EVERY_ENTRY, limit=1)
    assert (newest.number, newest.person, newest.facts) == (8, "somebody", "[broken")


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "wanted",
    [
        EntryFilter(things=("order RX-1",)),
        EntryFilter(things=("order RX-1", "bag 2611200001"), persons=("roy",)),
        EVERY_ENTRY,
    ],
)
def test_the_newest_entries_are_found_by_index(record: Database, engine: Engine, wanted: EntryFilter) -> None:
    asked: list[tuple[str, tuple[object, ...]]] = []

    def note(
        _connection: object, _cursor: object, statement: str, parameters: tuple[object, ...], *_: object
    ) -> None:
        asked.append((statement, parameters))

    event.listen(record.engine, "before_cursor_execute", note)
    numbers(record, wanted, limit=2)
    (statement, parameters), *_ = [each for each in asked if each[0].startswith("SELECT")]
    with engine.connect() as connection:
        plan = [
            step for *_, step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]
    if wanted is EVERY_ENTRY:
        assert plan == ["SCAN audit_entry"]  # from its end, by its own key; two rows are read
    else:
        found_by = "SEARCH audit_entry USING INDEX ix_audit_entry_thing (thing=?)"
        assert found_by in plan
