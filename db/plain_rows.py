"""Rows as they stand, for a check that reads very many: nothing is made of their values."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

from sqlalchemy import Connection, Select
from sqlalchemy.orm import Session

from db.address import SQLITE

Plain = tuple[Any, ...]


def plain_rows(session: Session, query: Select[*tuple[Any, ...]], *, at_once: int) -> Iterator[Plain]:
    """The rows of a query without values of its own, never all of them at the same time.

    SQLite's driver gives one after the other; PostgreSQL is asked for so many at once.
    """
    connection = session.connection()
    statement = str(query.compile(connection))
    if connection.dialect.name == SQLITE:
        driver_connection: Any = connection.connection.driver_connection
        return iter(driver_connection.execute(statement))
    return _in_portions(connection, statement, at_once)


def _in_portions(connection: Connection, statement: str, at_once: int) -> Iterator[Plain]:
    with closing(connection.exec_driver_sql(statement, execution_options={"yield_per": at_once})) as found:
        yield from map(tuple, found)
