"""The shape of each mark, and boxes whose edge says the same as their shape."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from ui import theme
from ui.bench.view import Mark
from ui.icons import Icon, IconView, tone_of

ICONS = {
    Mark.DONE: Icon.DONE,
    Mark.NOW: Icon.NOW,
    Mark.TO_DO: Icon.TO_DO,
    Mark.LATE: Icon.REASON,
    Mark.STOP: Icon.STOP,
}


def mark_view(mark: Mark, size: int) -> QWidget:
    """The shape of a mark."""
    return IconView(ICONS[mark], size)


class MarkedBox(QFrame):
    """A box with a solid edge when it is done, a thick one when it is now, a dashed one when it is to do."""

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.mark = mark

    def paintEvent(self, _event: QPaintEvent) -> None:
        scheme = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = 4 if self.mark is Mark.NOW else 2
        pen = QPen(theme.colour(_ink(self.mark)), width)
        if self.mark is Mark.TO_DO:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        ground = tone_of(Icon.DONE).ground if self.mark is Mark.DONE else scheme.surface
        painter.setBrush(theme.colour(ground))
        inset = width / 2
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, theme.RADIUS_CARD, theme.RADIUS_CARD)
        painter.end()


def _ink(mark: Mark) -> str:
    match mark:
        case Mark.DONE:
            return tone_of(Icon.DONE).ink
        case Mark.NOW:
            return theme.colours().action
        case _:
            return theme.colours().edge
