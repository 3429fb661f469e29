"""A tag: shape and word on the ground of its meaning."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import theme
from ui.icons import Icon, IconView, tone_of
from ui.widgets.text import Text


class Tag(QWidget):
    """Never colour alone: the word is always there."""

    def __init__(self, icon: Icon, word: str, *, size: int = theme.SMALL) -> None:
        super().__init__()
        self._icon = icon
        self._sign = IconView(icon, size + 2)
        self._word = Text(word, size, bold=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 8, 2)
        row.setSpacing(6)
        row.addWidget(self._sign)
        row.addWidget(self._word)
        self._colour()

    @property
    def word(self) -> str:
        """The word shown."""
        return self._word.text()

    def say(self, icon: Icon, word: str) -> None:
        """Show another shape and word."""
        self._icon = icon
        self._sign.show_icon(icon)
        self._word.say(word)
        self._colour()

    def _colour(self) -> None:
        self._word.setStyleSheet(f"color: {tone_of(self._icon).ink};")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        ground = theme.colours().sunken if self._icon is Icon.NOW else tone_of(self._icon).ground
        painter.setBrush(theme.colour(ground))
        painter.drawRoundedRect(QRectF(self.rect()), theme.RADIUS_TAG, theme.RADIUS_TAG)
        painter.end()
