"""An installation with its people, and the page opened by one of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.person import Actor
from pharmacy_app.workflow.desk import Desk
from tests.support.stations import PHARMACIST
from tests.ui.figures.offices import Office
from tests.ui.figures.seen import Seen
from ui.main_window import MainWindow


@pytest.fixture
def file(migrated_file: Path, tmp_path: Path) -> Path:
    copied = tmp_path / "records.sqlite3"
    shutil.copy(migrated_file, copied)
    return copied


@pytest.fixture
def office(file: Path) -> Office:
    return Office(file)


@pytest.fixture
def see(qtbot: QtBot, open_window: Callable[[Desk], MainWindow]) -> Callable[..., Seen]:
    def see(office: Office, actor: Actor = PHARMACIST) -> Seen:
        return Seen(qtbot, open_window(office.desk(actor)))

    return see
