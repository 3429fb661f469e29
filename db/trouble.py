"""What a database says when it cannot work, as station trouble: a stable code, a place, no traceback.

What is neither full, locked, missing, incomplete nor damaged is a bug and passes through.
"""

from __future__ import annotations

import errno
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from db.types import DamagedText
from pharmacy_app.domain.errors import StationTrouble

BUSY = "trouble.database.busy"
DAMAGED = "trouble.database.damaged"
DISK = "trouble.database.disk"
FULL = "trouble.database.full"
NO_ANSWER = "trouble.database.no-answer"
NOT_A_DATABASE = "trouble.database.not-a-database"
NOT_PERMITTED = "trouble.database.not-permitted"
NOT_WHOLE = "trouble.database.not-whole"
NOT_WRITABLE = "trouble.database.not-writable"

SQLITE_CODES = {
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_IOERR: DISK,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: NOT_A_DATABASE,
    sqlite3.SQLITE_CANTOPEN: NOT_WRITABLE,
    sqlite3.SQLITE_READONLY: NOT_WRITABLE,
    sqlite3.SQLITE_PERM: NOT_WRITABLE,
}
# SQLite has no code for it; that the program asks for what the migrations make, its tests show.
SQLITE_NOT_WHOLE = re.compile(r"no such (table|column): |table \w+ has no column named ")
SQLITE_DAMAGED_SCHEMA = re.compile(r"unknown function: ")  # in a constraint; the program's own are all known
# SQLSTATE, or its first two characters for the whole class.
POSTGRESQL_CODES = {
    "08": NO_ANSWER,
    "57P01": NO_ANSWER,
    "57P02": NO_ANSWER,
    "57P03": NO_ANSWER,
    "3D000": NO_ANSWER,
    "28": NOT_PERMITTED,
    "42501": NOT_PERMITTED,
    "42P01": NOT_WHOLE,
    "42703": NOT_WHOLE,
    "25006": NOT_PERMITTED,
    "53100": FULL,
    "53": BUSY,
    "55P03": BUSY,
    "57014": BUSY,
    "40": BUSY,
    "58": DISK,
    "XX": DAMAGED,
}


class ConstraintBroken(Exception):
    """A bug: a command let through what the database refuses. Says which constraint, never a value."""

    def __init__(self, error: IntegrityError) -> None:
        diagnosis = getattr(error.orig, "diag", None)
        super().__init__(diagnosis.constraint_name if diagnosis else str(error.orig))


@contextmanager
def as_station_trouble(place: str) -> Iterator[None]:
    """Turns what a database says in this block into station trouble at that place."""
    try:
        yield
    except UnicodeDecodeError as error:  # the driver could not read its own message about a damaged schema
        raise StationTrouble(DAMAGED, {"place": place}) from error
    except (DBAPIError, sqlite3.Error, PoolTimeout, DamagedText) as error:
        code = trouble_code(error)
        if code is None:
            raise
        raise StationTrouble(code, {"place": place}) from error


def trouble_code(error: BaseException | None) -> str | None:
    """The code of the station trouble behind an error; None: there is none behind it."""
    match error:
        case DamagedText():
            return DAMAGED
        case PoolTimeout():
            return BUSY
        case DBAPIError():
            return _driver_code(error.orig) or (NO_ANSWER if _is_lost(error) else None)
        case _:
            return _driver_code(error)


def file_trouble(error: OSError, place: str) -> StationTrouble:
    """The station trouble behind an error of the file system."""
    full = error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
    disk = error.errno == errno.EIO
    return StationTrouble(FULL if full else DISK if disk else NOT_WRITABLE, {"place": place})


def _driver_code(error: BaseException | None) -> str | None:
    if isinstance(error, sqlite3.Error):
        return _sqlite_code(error)
    state = getattr(error, "sqlstate", None)
    if isinstance(state, str):
        return POSTGRESQL_CODES.get(state) or POSTGRESQL_CODES.get(state[:2])
    return None


def _is_lost(error: DBAPIError) -> bool:
    """Whether the connection was not made, or broke: psycopg has no SQLSTATE for that."""
    nameless = isinstance(error, OperationalError) and getattr(error.orig, "sqlstate", "") is None
    return nameless or error.connection_invalidated


def _sqlite_code(error: sqlite3.Error) -> str | None:
    number = getattr(error, "sqlite_errorcode", None)
    if number == sqlite3.SQLITE_ERROR and SQLITE_NOT_WHOLE.match(str(error)):
        return NOT_WHOLE
    if number == sqlite3.SQLITE_ERROR and SQLITE_DAMAGED_SCHEMA.match(str(error)):
        return DAMAGED
    if isinstance(number, int):
        return SQLITE_CODES.get(number & 0xFF)
    # Python, not SQLite, found text that is not UTF-8.
    return DAMAGED if isinstance(error, sqlite3.OperationalError) else None
