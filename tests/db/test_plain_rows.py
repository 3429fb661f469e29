"""Rows as they stand, in portions; what breaks off meanwhile is said as everywhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from db.bag_event import BagEventRow
from db.engine import Database
from db.plain_rows import plain_rows
from db.unit_of_work import SqlUnitOfWork
from pharmacy_app.domain.errors import StationTrouble
from tests.support.records import keep_one_of_each

STATES = select(BagEventRow.number, BagEventRow.state).order_by(BagEventRow.number)


@pytest.mark.parametrize("at_once", [1, 3, 8, 100])
def test_each_row_comes_once_and_nothing_is_made_of_its_values(database: Database, at_once: int) -> None:
    keep_one_of_each(database)
    with database(reading=True) as work:
        found = list(plain_rows(work.audit._session, STATES, at_once=at_once))
    assert [number for number, _ in found] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert found[0] == (1, "in-preparation")


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_file_that_is_damaged_further_on_is_station_trouble(database: Database, url: str) -> None:
    keep_one_of_each(database)
    database.close()
    file = Path(url.removeprefix("sqlite:///"))
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2].ljust(len(content), b"\xff"))
    query = select(BagEventRow.content)
    with pytest.raises(StationTrouble) as trouble, database(reading=True) as work:
        list(plain_rows(work.audit._session, query, at_once=1))
    assert trouble.value.code == "trouble.database.damaged"


@pytest.mark.postgresql
@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_server_that_goes_away_between_two_portions_is_station_trouble(
    database: Database, engine: Engine
) -> None:
    keep_one_of_each(database)

    def read(work: SqlUnitOfWork) -> None:
        rows = plain_rows(work.audit._session, STATES, at_once=1)
        next(rows)
        own = work.audit._session.connection().exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        with engine.connect() as connection:
            connection.exec_driver_sql(f"SELECT pg_terminate_backend({own})")
        list(rows)

    with pytest.raises(StationTrouble) as trouble, database(reading=True) as work:
        read(work)
    assert trouble.value.code == "trouble.database.no-answer"
