"""Facts on file: the newest of a key counts, the older ones stay, and what is read is what was kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import DBAPIError

from db.engine import Database
from db.fact_row import FactRow
from db.models import ROWS
from db.trouble import ConstraintBroken
from pharmacy_app.domain.errors import StationTrouble
from pharmacy_app.domain.fact import fact_digest
from pharmacy_app.domain.person import Person
from tests.support.databases import run, without_guards
from tests.support.facts import NOON, facts_of, some
from tests.support.records import entry, keep_facts

PERSON = some(Person, name="roy", display_name="M. Roy")
NAMES = ("chen", "Roy", "roy", "éric", "zoe", "Ångström", "a b", "a-b", "ab")


def keep(database: Database, *people: Person) -> list[int]:
    """Puts accounts on file, each with its entry; their revisions."""
    with database() as work:
        revisions = [work.people.add(person, at=NOON) for person in people]
        for person in people:
            work.audit.add(entry("person-kept", after=fact_digest(person)))
        work.commit()
    return revisions


def test_every_class_of_facts_is_kept_and_read_again_as_it_was(database: Database) -> None:
    keep_facts(database)
    with database(reading=True) as work:
        for facts, fact in facts_of(work):
            assert facts.latest(fact.key) == fact
            assert facts.all() == facts.history(fact.key) == (fact,)


def test_every_table_of_facts_has_its_repository(database: Database, engine: Engine) -> None:
    keep_facts(database)
    tables = [row.__tablename__ for row in ROWS if issubclass(row, FactRow)]
    with engine.connect() as connection:
        counts = {
            table: connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() for table in tables
        }
    assert set(counts.values()) == {1}
    assert len(counts) == 16


def test_the_newest_of_a_key_counts_and_the_older_ones_stay(database: Database) -> None:
    other = replace(PERSON, name="chen")
    newer = replace(PERSON, display_name="M. Roy-Gagnon")
    assert keep(database, PERSON, other) == [1, 1]
    assert keep(database, newer) == [2]
    with database(reading=True) as work:
        assert work.people.latest("roy") == newer
        assert work.people.all() == (other, newer)
        assert work.people.history("roy") == (PERSON, newer)
        assert work.audit.check().findings == ()


def test_of_an_unknown_key_there_is_nothing(database: Database) -> None:
    keep(database, PERSON)
    with database(reading=True) as work:
        assert work.people.latest("nobody") is None
        assert work.people.history("nobody") == ()
        assert work.lots.all() == ()


def test_what_was_kept_in_the_same_transaction_is_seen_at_once(database: Database) -> None:
    with database() as work:
        work.people.add(PERSON, at=NOON)
        assert work.people.latest("roy") == PERSON


def test_the_same_fact_kept_twice_is_two_revisions_and_two_entries(database: Database) -> None:
    assert keep(database, PERSON, PERSON) == [1, 2]
    with database(reading=True) as work:
        assert work.people.history("roy") == (PERSON, PERSON)
        assert work.audit.check().findings == ()


def test_facts_are_sorted_by_the_code_points_of_their_keys_on_every_database(database: Database) -> None:
    keep(database, *(replace(PERSON, name=name) for name in NAMES))
    with database(reading=True) as work:
        assert [person.name for person in work.people.all()] == sorted(NAMES)


@pytest.mark.parametrize(
    "falsified",
    [
        "content = replace(content, 'M. Roy', 'M. Ray')",
        "content = '{}'",
        "content = 'nothing'",
        "digest = '" + "e" * 64 + "'",
        "key = 'ray'",
    ],
)
def test_what_is_not_as_it_was_kept_is_station_trouble_and_never_read(
    database: Database, engine: Engine, falsified: str
) -> None:
    keep(database, PERSON)
    without_guards(engine)
    run(engine, f"UPDATE person SET {falsified}")
    key = "ray" if "key" in falsified else "roy"
    for question in ("latest", "history", "all"):
        with pytest.raises(StationTrouble) as trouble, database(reading=True) as work:
            getattr(work.people, question)(*() if question == "all" else (key,))
        assert trouble.value.code == "trouble.database.damaged"


def test_a_document_of_another_class_is_not_read(database: Database, engine: Engine) -> None:
    keep_facts(database)
    run(engine, "INSERT INTO person SELECT 'a text', 2, at, content, digest FROM product")
    with pytest.raises(StationTrouble) as trouble, database(reading=True) as work:
        work.people.all()
    assert trouble.value.code == "trouble.database.damaged"


@pytest.mark.parametrize("revision", [1, 3, 0])
def test_a_revision_that_is_not_the_keys_next_is_refused(
    database: Database, engine: Engine, revision: int
) -> None:
    keep(database, PERSON)
    copied = f"INSERT INTO person SELECT key, {revision}, at, content, digest FROM person"
    with pytest.raises(DBAPIError):
        run(engine, copied)
    run(engine, copied.replace(f"key, {revision}", "'another key', 1"))


def test_what_the_database_refuses_is_a_bug_whose_report_names_nobody(database: Database) -> None:
    with pytest.raises(ConstraintBroken) as bug, database() as work:
        work.people.add(replace(PERSON, name=""), at=NOON)
    assert "Roy" not in str(bug.value)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("question", ["latest", "history", "all"])
def test_the_newest_facts_are_found_by_index(database: Database, engine: Engine, question: str) -> None:
    asked: list[tuple[str, Any]] = []
    keep(database, PERSON)

    def note(_connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        asked.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    with database(reading=True) as work:
        getattr(work.people, question)(*() if question == "all" else ("roy",))
    with engine.connect() as connection:
        plan = [
            step
            for statement, parameters in asked
            if statement.startswith("SELECT")
            for *_, step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]
    assert plan != []
    tables = [step for step in plan if step.startswith(("SCAN", "SEARCH")) and "person" in step]
    assert tables != []
    assert [step for step in tables if "INDEX" not in step] == []


def test_the_moment_is_kept_in_utc(database: Database, engine: Engine) -> None:
    with database() as work:
        work.people.add(PERSON, at=NOON + timedelta(microseconds=1))
        late = replace(entry("person-kept", after=fact_digest(PERSON)), at=NOON + timedelta(microseconds=1))
        work.audit.add(late)
        work.commit()
    with engine.connect() as connection:
        at = connection.exec_driver_sql("SELECT at FROM person").scalar()
    assert at == "2026-11-20T17:00:00.000001Z"
