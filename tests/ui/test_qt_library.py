"""What the window needs of its library, beyond what its own tests would notice."""

from __future__ import annotations

import sys

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot


class Painted(QWidget):
    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Nothing to draw."""


def test_qt_gives_back_every_none_that_it_takes(qtbot: QtBot) -> None:
    """PySide 6.12.0 loses one reference at each such call: before Python 3.12 that ends in a crash."""
    widget = Painted()
    qtbot.addWidget(widget)
    widget.show()
    before = sys.getrefcount(None)
    for _ in range(200):
        widget.parentWidget()
        widget.repaint()
    lost = before - sys.getrefcount(None)
    assert lost < 100
