"""A database of which a table or a column is missing is said to be so, when it is opened or used."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.engine import Database, open_database
from db.models import METADATA
from pharmacy_app.domain.errors import StationTrouble
from tests.support.databases import run
from tests.support.records import keep, keep_one_of_each, numbered


@pytest.mark.parametrize("table", [*METADATA.tables])
def test_a_database_without_one_of_its_tables_is_not_whole(
    url: str, engine: Engine, tmp_path: Path, table: str
) -> None:
    more = " CASCADE" if engine.dialect.name == "postgresql" else ""
    run(engine, f'DROP TABLE "{table}"{more}')
    with pytest.raises(StationTrouble) as raised:
        open_database(url, seal_folder=tmp_path)
    assert raised.value.code == "trouble.database.not-whole"


def check_record(url: str, folder: Path) -> None:
    """A check of the record, from opening to closing."""
    opened = open_database(url, seal_folder=folder)
    try:
        with opened(reading=True) as work:
            work.audit.check()
    finally:
        opened.close()


@contextmanager
def renamed(engine: Engine, table: str, column: str) -> Iterator[None]:
    """A column that is not where it was."""
    run(engine, f'ALTER TABLE "{table}" RENAME COLUMN "{column}" TO other')
    try:
        yield
    finally:
        run(engine, f'ALTER TABLE "{table}" RENAME COLUMN other TO "{column}"')


@pytest.mark.parametrize(
    "table", ["order_", "planning", "order_reason", "plan", "planned_bag", "label", "audit_entry"]
)
def test_a_column_that_is_missing_is_said(
    database: Database, url: str, engine: Engine, tmp_path: Path, table: str
) -> None:
    keep_one_of_each(database)
    database.close()
    column = list(METADATA.tables[table].columns)[-1].name
    with renamed(engine, table, column), pytest.raises(StationTrouble) as raised:
        check_record(url, tmp_path)
    assert raised.value.code == "trouble.database.not-whole"


def test_a_column_that_is_missing_stores_nothing(database: Database, engine: Engine) -> None:
    with renamed(engine, "order_", "destination"), pytest.raises(StationTrouble) as raised:
        keep(database, numbered("RX-1"))
    assert raised.value.code == "trouble.database.not-whole"
    with database(reading=True) as work:
        assert work.audit.check().entries == 0
