"""Engines, set so that both databases promise the same.

A transaction that writes is alone: every other one that wants to write waits until it ends, so what it has
read stays true until it commits. A transaction with the execution option `reading` sees one state of the
database and waits for nobody.
"""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry

from db.address import SQLITE

PATIENCE_S = 5  # how long one waits for another station, or for a server's answer
READING = "reading"
WRITER_LOCK = 4_471_023_001  # any number, the same in every station: the key of PostgreSQL's advisory lock
WAL_PAUSE_S = 0.02


def create_engine_for(url: URL, *, patience_s: int = PATIENCE_S) -> Engine:
    """An engine for a checked URL (`address.read_url`). Opens nothing yet.

    Statements in errors come without their values: those are patients' data.
    """
    if url.get_backend_name() == SQLITE:
        return _sqlite(url, patience_s)
    return _postgresql(url, patience_s)


def create_frozen_engine(file: Path) -> Engine:
    """An engine that only reads a SQLite file, which nobody may write meanwhile: it takes no lock."""

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{file.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False, isolation_level=None
        )
        connection.execute("PRAGMA query_only = ON")
        return connection

    engine = create_engine(URL.create(SQLITE), creator=connect, hide_parameters=True, poolclass=QueuePool)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return engine


def _postgresql(url: URL, patience_s: int) -> Engine:
    engine = create_engine(
        url.difference_update_query(["connect_timeout"]),
        hide_parameters=True,
        pool_pre_ping=True,
        pool_timeout=patience_s,
        connect_args={"connect_timeout": int(str(url.query.get("connect_timeout", patience_s)))},
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if is_reading(connection):
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        else:
            # READ COMMITTED on purpose: what is read after the lock was granted is what others committed.
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{patience_s}s'")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})")

    return engine


def is_reading(connection: Connection) -> bool:
    """Whether the transaction was opened for reading alone."""
    return bool(connection.get_execution_options().get(READING))


def _sqlite(url: URL, patience_s: int) -> Engine:
    # A database in memory, for comparing schemas, lives in its one connection.
    alone = {} if url.database else {"pool_size": 1, "max_overflow": 0}
    engine = create_engine(
        url,
        hide_parameters=True,
        poolclass=QueuePool,
        pool_timeout=patience_s,
        connect_args={"timeout": patience_s, "check_same_thread": False},
        **alone,
    )

    @event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # Python begins nothing by itself; `_begin` does
        use_write_ahead_log(connection, patience_s)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA recursive_triggers = ON")  # REPLACE then meets the triggers against DELETE

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN" if is_reading(connection) else "BEGIN IMMEDIATE")

    return engine


def use_write_ahead_log(connection: sqlite3.Connection, patience_s: int) -> None:
    """Switches the file to its write-ahead log, once for all. SQLite does not itself wait for that lock."""
    deadline = time.monotonic() + patience_s
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(WAL_PAUSE_S)
        else:
            return
