"""SQLite's check of its file goes on beside the rest, and nobody waits for one that is broken off."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import Connection, Engine

from db import file_check
from db.engine import Database
from db.file_check import any_text, checked_beside
from tests.support.records import keep_one_of_each

ENDLESS = "WITH RECURSIVE n(x) AS (SELECT begun() UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"


def test_a_whole_file_is_whole(database: Database) -> None:
    keep_one_of_each(database)
    with checked_beside(database.engine) as is_whole:
        assert is_whole()


@pytest.mark.req("REQ-AUD-002")
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "damage",
    [
        ("PRAGMA ignore_check_constraints = ON", "DROP TRIGGER label_no_update", "UPDATE label SET dpi = 0"),
        ("PRAGMA foreign_keys = OFF", "DROP TRIGGER plan_no_delete", "DELETE FROM plan"),
    ],
    ids=["integrity_check", "foreign_key_check"],
)
def test_both_of_its_checks_are_asked(database: Database, engine: Engine, damage: tuple[str, ...]) -> None:
    keep_one_of_each(database)
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        for statement in damage:
            connection.exec_driver_sql(statement)
    with checked_beside(database.engine) as is_whole:
        assert not is_whole()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_check_that_is_broken_off_waits_for_nothing(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file's check would go on for ever here."""
    begun = threading.Event()

    def begin() -> int:
        begun.set()
        return 1

    def break_off() -> None:
        assert begun.wait(60)
        raise KeyboardInterrupt

    def for_ever(connection: Connection) -> bool:
        driver_connection = connection.connection.driver_connection
        assert driver_connection is not None
        driver_connection.create_function("begun", 0, begin)
        connection.exec_driver_sql(ENDLESS)
        return True

    monkeypatch.setattr(file_check, "_is_whole", for_ever)
    with pytest.raises(KeyboardInterrupt), checked_beside(database.engine):
        break_off()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_bytes_that_are_no_text_are_read_only_meanwhile(database: Database) -> None:
    with database.engine.connect() as connection:
        with any_text(connection):
            read = connection.exec_driver_sql("SELECT CAST(x'61ff' AS TEXT)").scalar_one()
        driver_connection = connection.connection.driver_connection
        assert driver_connection is not None
        assert (read, driver_connection.text_factory) == ("a\\xff", str)
