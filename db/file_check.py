"""SQLite's own check of its file. It takes about as long as the rest of a check, so it goes on beside that.

It needs no second process: while SQLite works, Python is free for another thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine, text

from db.address import SQLITE
from db.connection import READING

Answer = Callable[[], bool]


@contextmanager
def checked_beside(engine: Engine) -> Iterator[Answer]:
    """While this lasts the file is checked, in a transaction of its own; the answer waits for the end of it.

    The answer is whether the file is whole. PostgreSQL checks its pages itself, where that is set.
    """
    if engine.dialect.name != SQLITE:
        yield lambda: True
        return
    with (
        engine.connect().execution_options(**{READING: True}) as connection,
        any_text(connection),
        ThreadPoolExecutor(1) as beside,
    ):
        answer = beside.submit(_is_whole, connection)
        try:
            yield answer.result
        except BaseException:
            _driver_connection(connection).interrupt()  # nobody waits for it any more
            raise


@contextmanager
def any_text(connection: Connection) -> Iterator[None]:
    """Bytes of a SQLite file that are no text any more are read as one that fits no digest.

    So they are a finding, and no error. PostgreSQL looks after its texts itself.
    """
    if connection.dialect.name != SQLITE:
        yield
        return
    driver_connection = _driver_connection(connection)
    driver_connection.text_factory = partial(str, encoding="utf-8", errors="backslashreplace")
    try:
        yield
    finally:
        driver_connection.text_factory = str


def _is_whole(connection: Connection) -> bool:
    if connection.scalar(text("PRAGMA integrity_check(1)")) != "ok":
        return False
    return connection.execute(text("PRAGMA foreign_key_check")).first() is None


def _driver_connection(connection: Connection) -> Any:
    return connection.connection.driver_connection
