"""A copy that cannot be written, such as a backup, is read and checked; nothing else is done to it."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.address import read_url
from db.connection import create_engine_for
from db.engine import open_database
from tests.support.databases import run
from tests.support.records import keep, keep_one_of_each, numbered

# As an ordinary user, which root becomes in a process of its own; what is imported late is imported before.
PROGRAM = """
import os, sys
from db.engine import open_database
from pharmacy_app.domain.errors import StationTrouble
from tests.support.records import keep, numbered
other = open_database(sys.argv[2])
keep(other, numbered("RX-8"))
with other(reading=True) as work:
    work.audit.check(), work.orders.all()
other.close()
os.geteuid() or os.setuid(65534)
try:
    opened = open_database(sys.argv[1], create=False)
    with opened(reading=True) as work:
        check = work.audit.check()
        print(check.entries, check.sealed, [each.code for each in check.findings], len(work.orders.all()))
    keep(opened, numbered("RX-9"))
except StationTrouble as trouble:
    print(trouble.code)
"""


@pytest.fixture
def frozen(tmp_path: Path) -> Iterator[Path]:
    """A copy of a database and its seal in a folder that nobody may write."""
    original = tmp_path / "original" / "x.sqlite3"
    database = open_database(f"sqlite:///{original}")
    keep_one_of_each(database)
    database.close()
    with tempfile.TemporaryDirectory() as place:  # pytest's own folders are closed to other users
        Path(place).chmod(0o755)
        folder = Path(place) / "a copy #1"
        shutil.copytree(original.parent, folder)
        yield folder / original.name
        folder.chmod(0o700)


def answers(file: Path, tmp_path: Path) -> list[str]:
    """What a check, and then a try to store, answer where nothing may be written."""
    for each in file.parent.iterdir():
        each.chmod(0o444)
    file.parent.chmod(0o555)
    url = f"sqlite:///{file}"
    answer = subprocess.run(
        [sys.executable, "-c", PROGRAM, url, f"sqlite:///{tmp_path}/open.sqlite3"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert answer.stderr == ""
    return answer.stdout.splitlines()


@pytest.mark.req("REQ-AUD-002")
def test_a_copy_that_cannot_be_written_is_checked_and_stores_nothing(frozen: Path, tmp_path: Path) -> None:
    before = frozen.read_bytes()
    assert answers(frozen, tmp_path) == ["27 27 [] 1", "trouble.database.not-writable"]
    assert sorted(each.name for each in frozen.parent.iterdir()) == ["x.sqlite3", "x.sqlite3.seal"]
    assert frozen.read_bytes() == before


def test_a_copy_whose_log_was_not_taken_over_is_not_read(frozen: Path, tmp_path: Path) -> None:
    frozen.with_name(f"{frozen.name}-wal").write_bytes(b"newer transactions")
    assert answers(frozen, tmp_path) == ["trouble.database.not-writable"]


def test_a_copy_that_needs_a_newer_program_is_not_read(frozen: Path, tmp_path: Path) -> None:
    engine = create_engine_for(read_url(f"sqlite:///{tmp_path}/original/x.sqlite3"))
    run(engine, "UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    shutil.copy(tmp_path / "original" / "x.sqlite3", frozen)
    assert answers(frozen, tmp_path) == ["trouble.database.newer"]


def test_a_database_that_can_be_written_is_not_frozen_by_looking(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/x.sqlite3"
    open_database(url).close()
    opened = open_database(url, create=False)
    keep(opened, numbered("RX-1"))
    opened.close()
