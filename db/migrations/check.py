"""`python -m db.migrations.check`: says where rows and migrations differ, and ends with 1 if they do.

Two comparisons, since Alembic's own sees neither CHECK constraints nor SQLite's STRICT: its differences, and
the tables' definitions as SQLite keeps them, line by line. And what stands beside each step for the check of
a database must be what the step makes.
"""

from __future__ import annotations

import sys

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import URL, Connection, Engine, text

from db.address import SQLITE
from db.connection import create_engine_for
from db.migrations import pin
from db.models import METADATA
from db.schema import VERSION_TABLE, upgrade


def differences() -> list[str]:
    """Where the two differ, in an empty SQLite database for each; empty: they agree."""
    migrated, made = (create_engine_for(URL.create(SQLITE)) for _ in range(2))
    try:
        upgrade(migrated, "memory")
        METADATA.create_all(made)
        with migrated.connect() as connection:
            found = alembic_differences(connection)
        by_migrations, by_rows = definitions(migrated), definitions(made)
    finally:
        migrated.dispose()
        made.dispose()
    only_migrations = (f"only in the migrations: {each}" for each in sorted(by_migrations - by_rows))
    only_rows = (f"only in the rows: {each}" for each in sorted(by_rows - by_migrations))
    return [*found, *only_migrations, *only_rows, *pin.differences()]


def alembic_differences(connection: Connection) -> list[str]:
    """What Alembic would write into the next migration."""
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return [str(each) for each in compare_metadata(context, METADATA)]


def definitions(engine: Engine) -> set[str]:
    """Every line of every table's and index's definition, after the table's name."""
    query = text(
        "SELECT tbl_name, sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL"
    )
    with engine.connect() as connection:
        found = connection.execute(query).all()
    return {
        f"{table}: {line.strip().rstrip(',').rstrip()}"
        for table, definition in found
        if table != VERSION_TABLE
        for line in definition.splitlines()
        if line.strip()
    }


def main() -> int:
    """The exit code."""
    found = differences()
    for each in found:
        print(each, file=sys.stderr)  # noqa: T201 - a command
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
