"""Windows with one of each kind of field."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.scanner.fields import Fields


@pytest.fixture
def shown(application: QApplication, qtbot: QtBot) -> Iterator[Callable[..., Fields]]:
    windows: list[Fields] = []

    def show(prefix: str = "") -> Fields:
        window = Fields(prefix=prefix)
        windows.append(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return window

    yield show
    for window in windows:
        window.deleteLater()
