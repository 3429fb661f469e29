"""The training band: on every window and dialog, and nothing removes it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import theme
from ui.icons import Icon, IconView
from ui.widgets.text import Text


class TrainingBand(QWidget):
    """26 px, black on yellow, the same in both colour schemes."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.setFixedHeight(theme.BAND_HEIGHT)
        self.setAccessibleName(words)
        text = Text(words, theme.SMALL, bold=True)
        tone = theme.colours().training
        text.setStyleSheet(f"color: {tone.ink};")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(9)
        row.addStretch(1)
        row.addWidget(IconView(Icon.REASON, 15, tone=tone))
        row.addWidget(text, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour(theme.colours().training.ground))
        painter.end()
