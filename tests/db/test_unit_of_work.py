"""One transaction: fact and entry together or not at all."""

import traceback
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from db.engine import Database
from db.trouble import ConstraintBroken
from pharmacy_app.domain.fact import fact_digest
from pharmacy_app.workflow.unit_of_work import UnitOfWork
from tests.support.facts import NOON, events, facts_of, started
from tests.support.orders import order
from tests.support.records import PDF_DIGEST, add, entry, keep, keep_plan, label, numbered, plan, stored


class Interrupted(Exception):
    """What happens in the middle."""


def count(engine: Engine, table: str) -> int:
    """How many rows a table has, seen from outside."""
    with engine.connect() as connection:
        return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())


def interrupted(database: Database) -> None:
    """A transaction that an error ends."""
    with database() as work:
        add(work, stored())
        raise Interrupted


def refused(work: UnitOfWork) -> None:
    """A commit that is refused, since something has no entry."""
    with pytest.raises(RuntimeError, match="without an entry"):
        work.commit()


@pytest.mark.req("REQ-AUD-001")
def test_a_fact_and_its_entry_are_kept_together(database: Database, engine: Engine) -> None:
    keep(database, stored())
    assert (count(engine, "order_"), count(engine, "audit_entry")) == (1, 1)


@pytest.mark.req("REQ-AUD-001")
def test_leaving_without_commit_keeps_neither(database: Database, engine: Engine) -> None:
    with database() as work:
        add(work, stored())
    assert (count(engine, "order_"), count(engine, "audit_entry")) == (0, 0)


@pytest.mark.req("REQ-AUD-001")
def test_an_error_on_the_way_keeps_neither_and_passes_through(database: Database, engine: Engine) -> None:
    with pytest.raises(Interrupted):
        interrupted(database)
    assert (count(engine, "order_"), count(engine, "audit_entry")) == (0, 0)
    keep(database, stored())
    assert (count(engine, "order_"), count(engine, "audit_entry")) == (1, 1)


@pytest.mark.req("REQ-AUD-001")
def test_an_order_without_an_entry_is_not_kept(database: Database, engine: Engine) -> None:
    with database() as work:
        work.orders.add(stored())
        refused(work)
    assert count(engine, "order_") == 0


@pytest.mark.req("REQ-AUD-001")
def test_an_order_with_the_entry_of_another_thing_is_not_kept(database: Database, engine: Engine) -> None:
    with database() as work:
        work.orders.add(stored())
        work.audit.add(entry(after=PDF_DIGEST))
        refused(work)
    assert (count(engine, "order_"), count(engine, "audit_entry")) == (0, 0)


@pytest.mark.req("REQ-AUD-001")
def test_a_plan_or_label_without_an_entry_is_not_kept(database: Database, engine: Engine) -> None:
    keep(database, stored())
    with database() as work:
        work.plans.add(plan(), made_at=NOON)
        refused(work)
    keep_plan(database)
    with database() as work:
        work.labels.add(label())
        refused(work)
    assert (count(engine, "plan"), count(engine, "label")) == (1, 0)


@pytest.mark.req("REQ-AUD-001")
def test_a_refusal_is_an_entry_without_a_fact(database: Database, engine: Engine) -> None:
    with database() as work:
        work.audit.add(entry("order-refused"))
        work.commit()
    assert (count(engine, "order_"), count(engine, "audit_entry")) == (0, 1)


def test_a_transaction_for_reading_cannot_commit(database: Database) -> None:
    with database(reading=True) as work, pytest.raises(RuntimeError, match="reading"):
        work.commit()


def test_a_reader_sees_one_state_while_another_station_commits(database: Database) -> None:
    keep(database, numbered("RX-1"))
    with database(reading=True) as work:
        before = work.orders.all()
        keep(database, numbered("RX-2"))
        assert work.orders.all() == before
    with database(reading=True) as work:
        assert len(work.orders.all()) == 2


def test_what_a_writer_has_not_committed_is_seen_by_nobody(database: Database) -> None:
    with database() as work, database(reading=True) as reader:
        add(work, stored())
        assert reader.orders.all() == ()


@pytest.mark.parametrize("name", ["pk_order_", "ck_order__destination"])
def test_what_the_database_refuses_is_a_bug_whose_report_names_no_patient(
    database: Database, name: str
) -> None:
    keep(database, stored())
    again = stored() if name == "pk_order_" else stored(replace(order(order_number="RX-2"), destination=""))
    with pytest.raises(ConstraintBroken) as bug:
        keep(database, again)
    report = "".join(traceback.format_exception(bug.value))
    assert name in report or "order_.order_number" in report
    assert "Tremblay" not in report
    assert "4471023" not in report


@pytest.mark.req("REQ-AUD-001")
@pytest.mark.parametrize("number", range(10))
def test_a_fact_without_an_entry_is_not_kept(database: Database, engine: Engine, number: int) -> None:
    with database() as work:
        facts, fact = list(facts_of(work))[number]
        facts.add(fact, at=NOON)
        refused(work)
    with database(reading=True) as work:
        facts, fact = list(facts_of(work))[number]
        assert facts.all() == ()


@pytest.mark.req("REQ-AUD-001")
def test_an_event_of_a_bag_without_an_entry_is_not_kept(database: Database) -> None:
    keep(database, numbered("RX-1001"))
    with database() as work:
        work.bag_events.add(*events(started()))
        refused(work)
    with database(reading=True) as work:
        assert work.bag_events.of_order("RX-1001") == ()


@pytest.mark.req("REQ-AUD-001")
def test_two_facts_need_two_entries(database: Database) -> None:
    with database() as work:
        facts, fact = next(facts_of(work))
        for _ in range(2):
            facts.add(fact, at=NOON)
        work.audit.add(entry("person-kept", after=fact_digest(fact)))
        refused(work)


@pytest.mark.req("REQ-AUD-001")
def test_an_entry_of_another_moment_does_not_tell_of_a_fact(database: Database) -> None:
    with database() as work:
        facts, fact = next(facts_of(work))
        facts.add(fact, at=NOON + timedelta(seconds=1))
        work.audit.add(entry("person-kept", after=fact_digest(fact)))
        refused(work)


@pytest.mark.req("REQ-AUD-001")
def test_an_entry_tells_of_nothing_that_is_not_kept_with_it(database: Database, engine: Engine) -> None:
    with database() as work:
        facts, fact = next(facts_of(work))
        facts.add(fact, at=NOON)
        for _ in range(2):
            work.audit.add(entry("person-kept", after=fact_digest(fact)))
        with pytest.raises(RuntimeError, match="was not stored"):
            work.commit()
    assert (count(engine, "person"), count(engine, "audit_entry")) == (0, 0)
