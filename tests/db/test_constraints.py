"""Every constraint refuses what it is there to refuse, and each one has its violation here."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, insert
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.schema import CreateTable
from sqlalchemy.sql import table as plain_table
from sqlalchemy.sql.expression import column as plain_column

from db.models import METADATA
from tests.db.violations import BY_NAME, violations
from tests.support.databases import constraint_of, without_guards
from tests.support.rows import ANOTHER, ROWS, SECOND_ENTRY, Value, Values


def put(engine: Engine, table: str, row: Values) -> None:
    """Inserts a row as it is, without the program's own types."""
    target = plain_table(table, *(plain_column(name) for name in row))
    with engine.begin() as connection:
        connection.execute(insert(target), row)


def another(table: str, **changes: Value) -> Values:
    """A second row of a table, with changes."""
    return {**ROWS[table], **ANOTHER[table], **changes}


def fill(engine: Engine) -> None:
    """A first row in every table; the triggers are away, so that each constraint stands alone."""
    without_guards(engine)
    for table, row in ROWS.items():
        put(engine, table, row)
    put(engine, "audit_entry", SECOND_ENTRY)


def is_refused_by(error: IntegrityError, name: str) -> bool:
    """Whether this constraint refused. SQLite names columns for keys, and nothing for a foreign key."""
    match name[:2]:
        case "fk":
            return constraint_of(error) == name or str(error.orig) == "FOREIGN KEY constraint failed"
        case "pk" | "uq":
            return constraint_of(error) in {name, columns_of_key(name)}
        case _:
            return constraint_of(error) == name


def columns_of_key(name: str) -> str:
    """The columns of a key as SQLite lists them."""
    table = METADATA.tables[BY_NAME[name][0]]
    names = [column.name for column in table.primary_key.columns]
    if name.startswith("uq_"):
        names = [name.removeprefix(f"uq_{table.name}_")]
    return ", ".join(f"{table.name}.{each}" for each in names)


def test_the_rows_that_the_violations_start_from_are_accepted(engine: Engine) -> None:
    fill(engine)
    for table in ANOTHER:
        put(engine, table, another(table))


@pytest.mark.parametrize("table", list(ROWS))
def test_each_constraint_refuses_what_it_is_there_for(engine: Engine, table: str) -> None:
    fill(engine)
    missed = []
    for name, (where, changes) in violations().items():
        for change in changes if where == table else ():
            try:
                put(engine, table, another(table, **change))
            except IntegrityError as error:
                if not is_refused_by(error, name):
                    missed.append((name, change, str(error.orig)))
            else:
                missed.append((name, change, "accepted"))
    assert missed == []


@pytest.mark.parametrize("table", list(ROWS))
def test_a_column_that_must_be_filled_cannot_be_null(engine: Engine, table: str) -> None:
    fill(engine)
    for column in METADATA.tables[table].columns:
        numbered_by_sqlite = column.name in {"id", "number"} and table in {"label", "audit_entry"}
        if not column.nullable and not numbered_by_sqlite:
            with pytest.raises(IntegrityError, match=rf"(?i)not.null.*{column.name}|{column.name}.*not.null"):
                put(engine, table, another(table, **{column.name: None}))


@pytest.mark.parametrize("table", list(ROWS))
def test_a_column_of_numbers_takes_no_text(engine: Engine, table: str) -> None:
    fill(engine)
    for column in METADATA.tables[table].columns:
        if column.type.python_type is int:
            with pytest.raises(DBAPIError):
                put(engine, table, another(table, **{column.name: "many"}))


def test_every_constraint_has_a_name_and_a_violation_here() -> None:
    for table in METADATA.tables.values():
        CreateTable(table).compile()  # the naming convention names the constraints now
    names = [str(each.name) for table in METADATA.tables.values() for each in table.constraints]
    assert sorted(names) == sorted(violations())
    assert sorted(METADATA.tables) == sorted(ROWS)
