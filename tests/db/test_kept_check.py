"""Each fact, event and photograph on file is what the record tells of it, or a check says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from db.engine import Database
from pharmacy_app.domain.bag_event import Finished, StepDone
from pharmacy_app.domain.fact import fact_digest, fact_text
from pharmacy_app.domain.person import Person
from tests.support.databases import run, without_guards
from tests.support.facts import NOON, SERIAL, events, some
from tests.support.records import entry, keep_events, keep_one_of_each
from tests.support.rows import FACT_TABLES

E = "e" * 64
LATER = "2026-11-20T17:01:00.000000Z"
ROY = some(Person, name="roy")
CHEN = some(Person, name="chen")
Found = list[tuple[str, dict[str, str]]]


def found(database: Database) -> Found:
    """Code and values of what a check finds."""
    with database(reading=True) as work:
        return [(each.code, dict(each.values)) for each in work.audit.check().findings]


def keep_people(database: Database, *people: Person) -> None:
    """Puts accounts on file, each a minute after the one before."""
    with database() as work:
        for minutes, person in enumerate(people):
            at = NOON + timedelta(minutes=minutes)
            work.people.add(person, at=at)
            work.audit.add(replace(entry("person-kept", after=fact_digest(person)), at=at))
        work.commit()


def falsify(database: Database, engine: Engine, *statements: str) -> Found:
    """What is found after somebody has been at the database, who had taken the triggers away."""
    assert found(database) == []
    without_guards(engine)
    run(engine, *statements)
    return found(database)


@pytest.mark.req("REQ-AUD-002")
@pytest.mark.parametrize("table", FACT_TABLES)
def test_a_fact_that_was_changed_is_named(database: Database, engine: Engine, table: str) -> None:
    keep_one_of_each(database)
    with engine.connect() as connection:
        key = str(connection.exec_driver_sql(f"SELECT key FROM {table}").scalar_one())
    values = {"table": table, "key": " / ".join(key.split("\n")), "revision": "1"}
    assert falsify(database, engine, f"UPDATE {table} SET content = '{{}}'") == [
        ("audit.fact-changed", values)
    ]


@pytest.mark.req("REQ-AUD-002")
@pytest.mark.parametrize("table", FACT_TABLES)
def test_a_fact_that_was_removed_is_missed(database: Database, engine: Engine, table: str) -> None:
    keep_one_of_each(database)
    assert [code for code, _ in falsify(database, engine, f"DELETE FROM {table}")] == ["audit.fact-missing"]


CHANGED = ("audit.fact-changed", {"table": "person", "key": "roy", "revision": "1"})
UNTOLD = ("audit.fact-without-entry", {"table": "person", "key": "roy", "revision": "1"})
MISSING = ("audit.fact-missing", {"number": "1"})


@pytest.mark.req("REQ-AUD-002")
@pytest.mark.parametrize(
    ("falsified", "expected"),
    [
        ("UPDATE person SET at = '{LATER}'", [CHANGED]),
        ("UPDATE person SET digest = '{E}'", [CHANGED, UNTOLD, MISSING]),
        ("UPDATE person SET content = '{ANOTHER}'", [CHANGED]),
        ("UPDATE person SET content = '{ANOTHER}', digest = '{ITS_DIGEST}'", [UNTOLD, MISSING]),
        ("UPDATE person SET key = 'ray'", [("audit.fact-changed", {**CHANGED[1], "key": "ray"})]),
        ("UPDATE person SET revision = 2", [("audit.fact-changed", {**CHANGED[1], "revision": "2"})]),
    ],
)
def test_a_fact_is_compared_with_its_entry(
    database: Database, engine: Engine, falsified: str, expected: Found
) -> None:
    keep_people(database, ROY)
    other = replace(ROY, display_name="another")
    texts = {"LATER": LATER, "E": E, "ANOTHER": fact_text(other), "ITS_DIGEST": fact_digest(other)}
    assert falsify(database, engine, falsified.format(**texts)) == expected


@pytest.mark.req("REQ-AUD-002")
def test_a_fact_that_was_put_in_is_named(database: Database, engine: Engine) -> None:
    keep_people(database, ROY)
    content, digest = fact_text(CHEN), fact_digest(CHEN)
    put_in = f"INSERT INTO person VALUES ('chen', 1, '{LATER}', '{content}', '{digest}')"
    assert falsify(database, engine, put_in) == [
        ("audit.fact-without-entry", {"table": "person", "key": "chen", "revision": "1"})
    ]


@pytest.mark.req("REQ-AUD-002")
def test_an_older_fact_that_was_put_at_the_end_again_is_named(database: Database, engine: Engine) -> None:
    """It has an entry, but that one tells of the first revision."""
    keep_people(database, ROY, replace(ROY, active=False))
    again = "SELECT key, 3, at, content, digest FROM person WHERE revision = 1"
    assert falsify(database, engine, f"INSERT INTO person {again}") == [
        ("audit.fact-changed", {"table": "person", "key": "roy", "revision": "3"})
    ]


@pytest.mark.req("REQ-AUD-002")
def test_two_revisions_that_changed_places_are_named(database: Database, engine: Engine) -> None:
    keep_people(database, ROY, replace(ROY, active=False))
    swapped = ("3 WHERE revision = 1", "1 WHERE revision = 2", "2 WHERE revision = 3")
    assert falsify(database, engine, *(f"UPDATE person SET revision = {each}" for each in swapped)) == [
        ("audit.fact-changed", {"table": "person", "key": "roy", "revision": "2"})
    ]


def test_the_same_facts_again_and_again_are_each_told_of(database: Database, engine: Engine) -> None:
    keep_people(database, ROY, CHEN, ROY, CHEN, ROY)
    removed = "DELETE FROM person WHERE key = 'roy' AND revision = 3"
    assert falsify(database, engine, removed) == [("audit.fact-missing", {"number": "5"})]


@pytest.mark.req("REQ-AUD-002")
@pytest.mark.parametrize(
    ("falsified", "expected"),
    [
        ("UPDATE bag_event SET content = '{}' WHERE number = 3", [(3, "changed")]),
        (f"UPDATE bag_event SET at = '{LATER}' WHERE number = 3", [(3, "changed")]),
        ("UPDATE bag_event SET act = 'TagScanned' WHERE number = 4", [(4, "changed")]),
        ("UPDATE bag_event SET state = 'void' WHERE number = 4", [(4, "changed")]),
        ("UPDATE bag_event SET lot = 'A-2' WHERE number = 3", [(3, "changed")]),
        ("UPDATE bag_event SET code = '1' WHERE number = 3", [(3, "changed")]),
        (f"UPDATE bag_event SET digest = '{E}' WHERE number = 6", [(6, "changed"), (6, "without-entry")]),
        ("UPDATE bag_event SET number = 20 WHERE number = 8", [(20, "changed")]),
    ],
)
def test_an_event_is_compared_with_its_entry_and_the_events_before(
    database: Database, engine: Engine, falsified: str, expected: list[tuple[int, str]]
) -> None:
    keep_one_of_each(database)
    named = [
        (f"audit.bag-event-{fault}", {"serial": SERIAL, "number": str(number)}) for number, fault in expected
    ]
    answer = falsify(database, engine, falsified)
    assert [each for each in answer if each[0] != "audit.fact-missing"] == named


@pytest.mark.req("REQ-AUD-002")
def test_the_newest_event_that_was_removed_is_missed(database: Database, engine: Engine) -> None:
    keep_one_of_each(database)
    answer = falsify(database, engine, "DELETE FROM bag_event WHERE number = 8")
    assert answer == [("audit.fact-missing", {"number": "27"})]


@pytest.mark.req("REQ-AUD-002")
def test_an_event_in_the_middle_that_was_removed_leaves_a_gap(database: Database, engine: Engine) -> None:
    keep_one_of_each(database)
    codes = {code for code, _ in falsify(database, engine, "DELETE FROM bag_event WHERE number = 6")}
    assert codes == {"audit.bag-event-changed", "audit.fact-missing"}


@pytest.mark.req("REQ-AUD-002")
def test_an_event_that_its_bag_cannot_have_seen_is_named(database: Database, engine: Engine) -> None:
    """Its digest is right and an entry tells of it: somebody wrote both past the program."""
    keep_one_of_each(database)
    (event,) = events(some(StepDone), after=8)
    with database() as work:
        work.audit.add(entry("step-done", after=fact_digest(event)))
        columns = f"'{SERIAL}', 9, '2026-11-20T17:00:00.000000Z', 'StepDone', 'in-preparation'"
        content = f"NULL, NULL, NULL, NULL, '{fact_text(event)}', '{fact_digest(event)}'"
        connection = work.audit._session.connection()
        connection.exec_driver_sql(f"INSERT INTO bag_event VALUES ({columns}, {content})")
        work.audit._session.commit()
    assert [each for each in found(database) if "bag" in each[0]] == [
        ("audit.bag-event-changed", {"serial": SERIAL, "number": "9"})
    ]


def test_events_of_two_bags_are_not_mixed_up(database: Database) -> None:
    keep_one_of_each(database)
    with database(reading=True) as work:
        (first,) = work.bag_events.of_bag(SERIAL)[:1]
    others = events(first.what, some(Finished), serial="2611200002")
    keep_events(database, *others)
    assert found(database) == []


@pytest.mark.req("REQ-AUD-002")
def test_a_photograph_is_compared_with_its_digest_and_its_events(database: Database, engine: Engine) -> None:
    keep_one_of_each(database)
    other = "'another'::bytea" if engine.dialect.name == "postgresql" else "x'00'"
    put_in = f"INSERT INTO photograph VALUES ('{E}', {other})"
    with engine.connect() as connection:
        sha256 = connection.exec_driver_sql("SELECT sha256 FROM photograph").scalar_one()
    answer = falsify(database, engine, f"UPDATE photograph SET content = {other}", put_in)
    assert answer == [
        ("audit.photograph-changed", {"sha256": sha256}),
        ("audit.photograph-changed", {"sha256": E}),
        ("audit.photograph-without-event", {"sha256": E}),
    ]
