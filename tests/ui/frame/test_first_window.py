"""How large the window is when the program starts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.errors import StationTrouble
from pharmacy_app.wording import Catalogue
from pharmacy_app.workflow.desk import Desk
from ui.application import show_in
from ui.main_window import MainWindow


def no_desk() -> Desk:
    raise StationTrouble("trouble.database.busy", {"place": "records.sqlite3"})


@pytest.fixture
def window(application: QApplication, words: Catalogue) -> Iterator[MainWindow]:
    made = MainWindow(no_desk, words, station="Office 1")
    yield made
    made.gateway.close()
    made.deleteLater()


@pytest.mark.parametrize("size", [(1280, 720), (1366, 768), (1920, 1080)])
def test_the_first_window_fills_its_screen(qtbot: QtBot, window: MainWindow, size: tuple[int, int]) -> None:
    with qtbot.waitSignal(window.painted):
        show_in(window, QRect(0, 0, *size))
    assert window.isMaximized()
    assert window.normalGeometry().size().toTuple() == size


def test_on_a_smaller_screen_it_is_not_made_smaller_than_it_may_be(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.painted):
        show_in(window, QRect(0, 0, 1024, 768))
    assert window.size().toTuple() == (1280, 768)
