"""A value that is no longer of its column's kind, as only a damaged file has it, is found and is no bug."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.engine import Database
from db.models import METADATA
from tests.support.records import keep_one_of_each
from tests.support.rows import FACT_TABLES

KINDS = ("NULL", "x'00ff'")
REQUIRED = re.compile(r"^(\s*\S+ (?:TEXT|INTEGER|BLOB)) NOT NULL,", re.MULTILINE)
TEXTS = re.compile(r"^(\s*\S+) TEXT,", re.MULTILINE)
# SQLite keeps these numbers as the rows' own, which have no kind.
ROWS_OWN = {"audit_entry.number", "label.id"}


def put_in(file: Path, table: str, column: str, value: str) -> bool:
    """Puts a value into the newest row that has one, past every constraint; whether that can be done."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        made = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
    loose = REQUIRED.sub(r"\1,", made[table]).replace(" STRICT", "")
    loose = TEXTS.sub(r"\1 BLOB,", loose)
    define(file, table, loose)
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        triggers = {name: sql for name, sql in made.items() if sql.startswith("CREATE TRIGGER")}
        for trigger in triggers:
            connection.execute(f"DROP TRIGGER {trigger}")
        newest = f'SELECT max(rowid) FROM "{table}" WHERE "{column}" IS NOT NULL'
        change = f'UPDATE "{table}" SET "{column}" = {value} WHERE rowid = ({newest})'
        changed = connection.execute(change).rowcount
        for definition in triggers.values():
            connection.execute(definition)
    define(file, table, made[table])
    return changed == 1


def define(file: Path, table: str, definition: str) -> None:
    """Writes another definition of a table into the file, whose content stays."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", (definition, table))


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("table", sorted({*METADATA.tables} - {*FACT_TABLES[1:]}))  # those are alike
@pytest.mark.req("REQ-AUD-002")
def test_a_value_of_another_kind_is_found(database: Database, url: str, table: str) -> None:
    keep_one_of_each(database)
    database.close()
    file = Path(url.removeprefix("sqlite:///"))
    whole = file.read_bytes()
    unseen = []
    for column in METADATA.tables[table].columns:
        for value in KINDS if f"{table}.{column.name}" not in ROWS_OWN else ():
            file.write_bytes(whole)
            assert put_in(file, table, column.name, value)
            with database(reading=True) as work:
                if not work.audit.check().findings:
                    unseen.append((column.name, value))
            database.close()
    assert unseen == []
