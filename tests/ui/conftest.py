"""The window's tests: the application in its own dress, and a real desk."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pharmacy_app.wording import Catalogue, load
from pharmacy_app.workflow.desk import Desk
from tests.support.databases import migrated_file
from tests.ui.desks import real_desk
from ui import theme
from ui.main_window import MainWindow

__all__ = ["migrated_file"]


@pytest.fixture(scope="session")
def words() -> Catalogue:
    """The English catalogue."""
    return load()


@pytest.fixture
def application(qapp: QApplication) -> QApplication:
    """The application, dressed once."""
    if qapp.font().family() != theme.FAMILY:
        theme.dress(qapp)
    return qapp


@pytest.fixture
def desk(migrated_file: Path, tmp_path: Path) -> Desk:
    """A desk on an empty file."""
    file = tmp_path / "records.sqlite3"
    shutil.copy(migrated_file, file)
    return real_desk(file)


@pytest.fixture
def open_window(
    application: QApplication, qtbot: QtBot, words: Catalogue
) -> Iterator[Callable[[Desk], MainWindow]]:
    """Opens the main window on a desk and waits until its first page is there and nothing is under way."""
    windows: list[MainWindow] = []

    def open_it(desk: Desk) -> MainWindow:
        window = MainWindow(lambda: desk, words, station="Office 1")
        windows.append(window)
        window.resize(1366, 768)
        with qtbot.waitSignal(window.opened), qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        settle(qtbot, window)
        return window

    yield open_it
    for window in windows:
        window.gateway.close()
        window.deleteLater()


def settle(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until every question to the file has been answered and shown."""
    qtbot.waitUntil(lambda: not window.gateway.busy)
