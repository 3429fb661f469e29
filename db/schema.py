"""The schema is the migrations: which one a database has, and how it gets to the newest.

Alembic is imported only where something is to be migrated; a database that is up to date opens without it.
"""

from __future__ import annotations

import re
from importlib import resources
from typing import Any

from sqlalchemy import Connection, Engine, inspect, text

from db.address import SQLITE
from db.connection import READING
from db.row import Row
from db.trouble import NOT_WHOLE
from pharmacy_app.domain.errors import StationTrouble

FOREIGN = "trouble.database.foreign"
MISSING = "trouble.database.missing"
NEWER = "trouble.database.newer"
VERSION_TABLE = "alembic_version"
OWN_TABLES = ("audit_entry", "planned_bag")  # one may be gone; another program has neither
MIGRATION_FILE = re.compile(r"r([0-9]{4})_[a-z0-9_]+\.py")


def known_revisions() -> tuple[str, ...]:
    """The revisions that this program knows, oldest first; the last one is the head."""
    folder = resources.files("db.migrations").joinpath("versions")
    found = (MIGRATION_FILE.fullmatch(file.name) for file in folder.iterdir())
    return tuple(sorted(match.group(1) for match in found if match))


def is_up_to_date(engine: Engine, place: str, *, create: bool = True) -> bool:
    """Whether the database has the newest schema; without `create` it must have one.

    Raises:
        StationTrouble: it has a newer one than this program knows, belongs to another program, a
            table is gone, or nothing is there.
    """
    with engine.connect().execution_options(**{READING: True}) as connection:
        revision = _revision(connection, place)
    if revision is None and not create:
        raise StationTrouble(MISSING, {"place": place})
    return revision == known_revisions()[-1]


def upgrade(engine: Engine, place: str) -> None:
    """Brings the database to the newest schema in one transaction: all of it or nothing.

    Two that start for the first time at once: the second waits, then finds nothing left to do.
    """
    with engine.connect() as connection:
        is_sqlite = engine.dialect.name == SQLITE
        if is_sqlite:
            _enforce_foreign_keys(
                connection, "OFF"
            )  # a table that is copied and replaced must not trip over them
        try:
            with connection.begin():
                if _revision(connection, place) != known_revisions()[-1]:
                    migrate(connection)
                if is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise StationTrouble("trouble.database.damaged", {"place": place})
        finally:
            if is_sqlite:
                _enforce_foreign_keys(connection, "ON")


def _revision(connection: Connection, place: str) -> str | None:
    tables = set(inspect(connection).get_table_names())
    if not tables:
        return None
    if VERSION_TABLE not in tables or tables.isdisjoint(OWN_TABLES):
        raise StationTrouble(FOREIGN, {"place": place})
    revision = connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}"))
    known = known_revisions()
    if revision not in known:
        raise StationTrouble(NEWER, {"place": place, "found": str(revision), "known": known[-1]})
    if revision == known[-1] and not tables >= set(Row.metadata.tables):
        raise StationTrouble(NOT_WHOLE, {"place": place})
    return str(revision)


def migrate(connection: Connection, to: str = "head") -> None:
    """Takes the steps up to this revision, in the transaction that is open; see `upgrade`."""
    from alembic import command
    from alembic.config import Config

    with resources.as_file(resources.files("db.migrations")) as folder:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        config.set_main_option("path_separator", "os")
        command.upgrade(config, to)


def _enforce_foreign_keys(connection: Connection, answer: str) -> None:
    """SQLite ignores this within a transaction, so it goes to the driver's connection before one begins."""
    driver_connection: Any = connection.connection.driver_connection
    driver_connection.execute(f"PRAGMA foreign_keys = {answer}")
