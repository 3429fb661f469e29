"""A tag: shape and word on the ground of its meaning."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ui import theme
from ui.icons import Icon, IconView, draw_icon, tone_of
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


class TagButton(QPushButton):
    """A tag that can be pressed: a count, and the way to the first of what it counts."""

    def __init__(self, icon: Icon) -> None:
        super().__init__()
        self._icon = icon
        self.setFont(theme.font(theme.SMALL, bold=True))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(28)

    def say(self, word: str) -> None:
        """Show another word."""
        self.setText(word)
        self.setFixedWidth(self.fontMetrics().horizontalAdvance(word) + 42)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tone = tone_of(self._icon)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour(tone.ink) if self.underMouse() else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(tone.ground))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, theme.RADIUS_TAG, theme.RADIUS_TAG)
        sign = QRectF(9, (self.height() - 17) / 2, 17, 17)
        draw_icon(painter, self._icon, sign, ink=theme.colour(tone.ink), hole=theme.colour(tone.ground))
        painter.setPen(theme.colour(tone.ink))
        painter.setFont(self.font())
        painter.drawText(self.rect().adjusted(33, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.end()
