"""Windows with a door."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pharmacy_app.wording import Catalogue
from pharmacy_app.workflow.desk import Desk
from tests.support.people import Clock
from tests.ui.person.doors import Shown, empty_desk, peopled_desk, shows


@pytest.fixture
def clock() -> Clock:
    """The station's clock."""
    return Clock()


@pytest.fixture
def nobodys_desk(migrated_file: Path, tmp_path: Path, clock: Clock) -> Desk:
    """A desk on a file without people."""
    return empty_desk(migrated_file, tmp_path, clock)


@pytest.fixture
def desk(migrated_file: Path, tmp_path: Path, clock: Clock) -> Desk:
    """A desk with four people, none of them signed in."""
    return peopled_desk(migrated_file, tmp_path, clock)


@pytest.fixture
def show(application: QApplication, qtbot: QtBot, words: Catalogue) -> Iterator[Shown]:
    """Opens a window on a desk."""
    yield from shows(qtbot, words)
