"""Photographs on file: the bytes that were given, once, and never without an event that names them."""

import pytest
from sqlalchemy import Engine

from db.engine import Database
from db.trouble import ConstraintBroken
from pharmacy_app.domain.errors import StationTrouble
from tests.support.databases import run, without_guards
from tests.support.facts import ITS_SHA256, PHOTOGRAPH, events, photographed, started
from tests.support.records import keep, keep_events, keep_one_of_each, numbered


def test_a_photograph_is_kept_once_and_read_again(database: Database, engine: Engine) -> None:
    keep_one_of_each(database)
    with database() as work:
        assert work.photographs.add(PHOTOGRAPH) == ITS_SHA256
        assert work.photographs.content(ITS_SHA256) == PHOTOGRAPH
        assert work.photographs.content("e" * 64) is None
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM photograph").scalar() == 1


def test_a_photograph_that_is_not_as_it_was_kept_is_station_trouble(
    database: Database, engine: Engine
) -> None:
    keep_one_of_each(database)
    without_guards(engine)
    other = "'another'::bytea" if engine.dialect.name == "postgresql" else "x'00'"
    run(engine, f"UPDATE photograph SET content = {other}")
    with pytest.raises(StationTrouble) as trouble, database(reading=True) as work:
        work.photographs.content(ITS_SHA256)
    assert trouble.value.code == "trouble.database.damaged"


def test_a_photograph_without_an_event_that_names_it_is_not_kept(database: Database, engine: Engine) -> None:
    with database() as work:
        work.photographs.add(PHOTOGRAPH)
        with pytest.raises(RuntimeError, match="without an event"):
            work.commit()
    with database(reading=True) as work:
        assert work.photographs.content(ITS_SHA256) is None


def test_a_photograph_that_is_on_file_needs_an_event_each_time_it_is_given(database: Database) -> None:
    keep_one_of_each(database)
    with database() as work:
        work.photographs.add(PHOTOGRAPH)
        with pytest.raises(RuntimeError, match="without an event"):
            work.commit()


def test_an_event_names_no_photograph_that_is_not_on_file(database: Database) -> None:
    keep(database, numbered("RX-1001"))
    with pytest.raises(ConstraintBroken, match=r"(?i)foreign key|fk_bag_event_photograph"):
        keep_events(database, *events(started(), photographed()))


def test_two_bags_share_a_photograph(database: Database) -> None:
    keep_one_of_each(database)
    keep_events(database, *events(started(), photographed(), serial="2611200002"), photographs=(PHOTOGRAPH,))
    with database(reading=True) as work:
        assert work.audit.check().findings == ()
