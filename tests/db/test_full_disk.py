"""A full disk is said; nothing is lost or half-written. SQLite only: a server has a disk of its own."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import event

from db.engine import Database, open_database
from pharmacy_app.domain.errors import StationTrouble
from tests.support.records import keep, numbered

ORDERS = [numbered(f"RX-{number}") for number in range(100)]


def numbers(database: Database) -> list[str]:
    """The orders on file; the record must be whole."""
    with database(reading=True) as work:
        assert work.audit.check().findings == ()
        return sorted(each.order.order_number for each in work.orders.all())


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_full_disk_is_station_trouble_and_what_was_stored_before_stays(database: Database) -> None:
    keep(database, ORDERS[0])
    with database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    limit_pages(database, pages + 1)
    with pytest.raises(StationTrouble) as trouble:
        keep(database, *ORDERS[1:])
    assert trouble.value.code == "trouble.database.full"
    assert numbers(database) == ["RX-0"]
    limit_pages(database, pages + 10_000)
    keep(database, *ORDERS[1:])
    assert len(numbers(database)) == 100


def limit_pages(database: Database, pages: int) -> None:
    """The file may grow to so many pages; every connection is a new one that knows it."""
    database.engine.dispose()

    @event.listens_for(database.engine, "connect")
    def _limit(connection: object, _entry: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")  # type: ignore[attr-defined]  # a driver's


STORES = """
import resource, sys
from db.engine import open_database
from pharmacy_app.domain.errors import StationTrouble
from tests.support.records import keep, numbered
database = open_database(sys.argv[1])
keep(database, numbered("RX-0"))
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    keep(database, *[numbered(f"RX-{number}") for number in range(1, 100)])
except StationTrouble as trouble:
    print(trouble.code)
"""


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("room", [1, 50_000, 100_000, 200_000])
def test_a_file_that_may_not_grow_keeps_what_it_has(url: str, room: int) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", STORES, url, str(room)], check=False, capture_output=True, text=True
    )
    assert (answer.stdout, answer.stderr) == ("trouble.database.disk\n", "")
    opened = open_database(url)
    assert numbers(opened) == ["RX-0"]
    opened.close()


def test_a_first_start_without_room_leaves_no_half_database(tmp_path: Path) -> None:
    file = tmp_path / "new" / "x.sqlite3"
    program = STORES.replace(
        "database = open", "resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 10**9))\ndatabase = open"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program, f"sqlite:///{file}", "1"], check=False, capture_output=True, text=True
    )
    assert answer.returncode == 1
    assert "StationTrouble: trouble.database.disk" in answer.stderr.splitlines()[-1]
    opened = open_database(f"sqlite:///{file}")
    assert numbers(opened) == []
    opened.close()
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY
