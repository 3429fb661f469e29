"""Who may read the database's files: their user alone, for patients stand in them."""

from __future__ import annotations

import os
from pathlib import Path

from db.engine import open_database
from tests.support.records import keep, numbered


def test_a_new_folder_is_for_its_user_alone(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    open_database(f"sqlite:///{folder / 'x.sqlite3'}").close()
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_new_database_its_log_and_its_seal_are_for_their_user_alone(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    before = os.umask(0o022)
    try:
        opened = open_database(f"sqlite:///{folder / 'x.sqlite3'}")
        keep(opened, numbered("RX-1"))
        modes = {each.name: each.stat().st_mode & 0o777 for each in folder.iterdir()}
        opened.close()
    finally:
        os.umask(before)
    assert {"x.sqlite3", "x.sqlite3-wal", "x.sqlite3.seal"} <= modes.keys()
    assert set(modes.values()) == {0o600}


def test_a_database_that_others_may_read_is_opened_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "x.sqlite3"
    open_database(f"sqlite:///{file}").close()
    file.chmod(0o660)
    open_database(f"sqlite:///{file}").close()
    assert file.stat().st_mode & 0o777 == 0o660
