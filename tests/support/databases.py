"""A fresh, migrated database for each test, on SQLite and on PostgreSQL. Import the fixtures where needed.

Each process of the tests migrates once, then copies the SQLite file and empties the PostgreSQL database, so a
test costs milliseconds. PostgreSQL is the server that `./test` starts; without it the marked half is left out
and counted (tests/conftest.py).
"""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import URL, Connection, Engine, event, make_url
from sqlalchemy.exc import DBAPIError

from db.address import read_url
from db.connection import create_engine_for, is_reading
from db.engine import Database, open_database
from db.models import METADATA
from db.schema import VERSION_TABLE, known_revisions
from tests.support.postgresql import URL_VARIABLE

TABLES = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
GUARDS = "guards"
BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


def text_of(url: URL) -> str:
    """The URL with its password, as a person would type it."""
    return url.render_as_string(hide_password=False)


def server_url() -> URL:
    """The server that the tests may use."""
    return make_url(os.environ[URL_VARIABLE])


def on_server(statement: str) -> None:
    """Runs one statement outside any transaction: making and removing databases."""
    url = server_url().set(drivername="postgresql")
    with psycopg.connect(text_of(url), autocommit=True) as connection:
        connection.execute(statement.encode())


@contextmanager
def new_postgresql(template: str = "template0") -> Iterator[URL]:
    """A database of its own on the server, empty or a copy of another one, removed at the end."""
    name = f"t_{uuid.uuid4().hex}"
    on_server(f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield server_url().set(database=name)
    finally:
        on_server(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the newest schema."""
    path = tmp_path_factory.mktemp("migrated") / "empty.sqlite3"
    open_database(f"sqlite:///{path}").close()
    return path


class ReusedPostgresql:
    """One PostgreSQL database for one test after the other, emptied in between; a new one where need be.

    Making a database costs a second on a busy machine, emptying one some milliseconds.
    """

    def __init__(self, seal_folder: Path) -> None:
        self._seal_folder = seal_folder
        self._present = ExitStack()
        self._url: URL | None = None

    def fresh(self) -> URL:
        """A database without content, with the newest schema."""
        if self._url is None or not is_emptied(self._url):
            self._present.close()
            self._url = self._present.enter_context(new_postgresql())
            open_database(text_of(self._url), seal_folder=self._seal_folder).close()
        return self._url

    def close(self) -> None:
        """Removes it."""
        self._present.close()


def is_emptied(url: URL) -> bool:
    """Empties a database whose schema is as it was made; says no to any other, or where somebody holds it."""
    with psycopg.connect(text_of(url.set(drivername="postgresql"))) as connection:
        try:
            connection.execute("SET LOCAL lock_timeout = '1s'")
            connection.execute("SET LOCAL session_replication_role = replica")  # no trigger is in the way
            tables = {str(name) for (name,) in connection.execute(TABLES)}
            if tables != {*METADATA.tables, VERSION_TABLE} or versions(connection) != {known_revisions()[-1]}:
                return False
            for table in reversed(METADATA.sorted_tables):
                connection.execute(f'DELETE FROM "{table.name}"'.encode())
                connection.execute(f'ALTER TABLE "{table.name}" ENABLE TRIGGER USER'.encode())
        except psycopg.Error:
            connection.rollback()
            return False
    return True


def versions(connection: psycopg.Connection[tuple[object, ...]]) -> set[str]:
    """Which schema the database says it has."""
    return {str(version) for (version,) in connection.execute("SELECT version_num FROM alembic_version")}


@pytest.fixture(scope="session")
def reused_postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReusedPostgresql]:
    """The PostgreSQL database of this process of the tests."""
    database = ReusedPostgresql(tmp_path_factory.mktemp("seal"))
    yield database
    database.close()


@pytest.fixture(params=BOTH)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a migrated database without content, once for each engine."""
    if request.param == "sqlite":
        path = tmp_path / "records.sqlite3"
        shutil.copy(request.getfixturevalue("migrated_file"), path)
        yield f"sqlite:///{path}"
    else:
        yield text_of(request.getfixturevalue("reused_postgresql").fresh())


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database that has never been opened, once for each engine."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'new' / 'records.sqlite3'}"
    else:
        with new_postgresql() as fresh:
            yield text_of(fresh)


@pytest.fixture
def database(url: str, tmp_path: Path) -> Iterator[Database]:
    """An open database without content, its seal in the test's folder."""
    opened = open_database(url, seal_folder=tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """The same database for plain SQL, as somebody else would use it."""
    other = create_engine_for(read_url(url))
    yield other
    other.dispose()


def run(engine: Engine, *statements: str) -> None:
    """Runs statements in one transaction."""
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def without_guards(engine: Engine) -> None:
    """From now on what this engine writes meets no trigger; each one is back after it.

    So does somebody who falsifies the record and knows that its check looks for the triggers.
    """
    event.listen(engine, "begin", _take_away)
    event.listen(engine, "commit", _put_back)


def _take_away(connection: Connection) -> None:
    if is_reading(connection):
        return
    if connection.dialect.name == "sqlite":
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        connection.info[GUARDS] = dict(iter(connection.exec_driver_sql(query)))
        for name in connection.info[GUARDS]:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
    else:
        _switch(connection, "DISABLE")


def _put_back(connection: Connection) -> None:
    if is_reading(connection):
        return
    if connection.dialect.name == "sqlite":
        for definition in connection.info.pop(GUARDS).values():
            connection.exec_driver_sql(definition)
    else:
        _switch(connection, "ENABLE")


def _switch(connection: Connection, how: str) -> None:
    for table in METADATA.tables:
        connection.exec_driver_sql(f'ALTER TABLE "{table}" {how} TRIGGER USER')


def constraint_of(error: DBAPIError) -> str:
    """What the database says was violated: the constraint's name, or on SQLite for UNIQUE its columns."""
    if isinstance(error.orig, psycopg.Error):
        return str(error.orig.diag.constraint_name)
    return str(error.orig).partition(": ")[2]
