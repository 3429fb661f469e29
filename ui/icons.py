"""The shapes that stand beside every word of meaning, drawn as paths: no font has to have them.

Each shape is described on a square of 16 × 16 and drawn at any size. A filled shape carries its sign as a
hole in the colour of the ground, so a print in grey still tells an octagon from a triangle.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from pharmacy_app.domain.finding import Severity
from ui import theme


class Icon(Enum):
    """The value is the name of the tone that the shape is drawn in."""

    STOP = "stop"
    REASON = "reason"
    NOTE = "note"
    DONE = "done"
    UNKNOWN = "unknown"
    NOW = "now"
    LOCK = "lock"
    CLOCK = "clock"
    DOWN = "down"
    SCAN = "scan"
    TO_DO = "to-do"


SEVERITY_ICONS = {Severity.STOP: Icon.STOP, Severity.REASON: Icon.REASON, Severity.NOTE: Icon.NOTE}

_SIDE = 16.0


def draw_icon(painter: QPainter, icon: Icon, box: QRectF, *, ink: QColor, hole: QColor) -> None:
    """Draw the shape into the square of `box`, with its sign in the colour `hole`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width() / _SIDE, box.height() / _SIDE)
    _DRAWINGS[icon](painter, ink, hole)
    painter.restore()


def tone_of(icon: Icon) -> theme.Tone:
    """The colours an icon has where nothing else is said."""
    scheme = theme.colours()
    if icon in {Icon.LOCK, Icon.CLOCK, Icon.DOWN, Icon.SCAN, Icon.TO_DO}:
        return theme.Tone(scheme.text, scheme.surface)
    return scheme.tone(icon.value)


class IconView(QWidget):
    """One icon of a fixed size beside a text. `tone` overrules the icon's own colours."""

    def __init__(self, icon: Icon, size: int = 16, *, tone: theme.Tone | None = None) -> None:
        super().__init__()
        self._icon = icon
        self._size = size
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(size, size)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_icon(self, icon: Icon) -> None:
        """Draw another icon."""
        self._icon = icon
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tone = self._tone or tone_of(self._icon)
        box = QRectF(0, 0, self._size, self._size)
        painter = QPainter(self)
        draw_icon(painter, self._icon, box, ink=theme.colour(tone.ink), hole=theme.colour(tone.ground))
        painter.end()


def _fill(painter: QPainter, path: QPainterPath, ink: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawPath(path)


def _pen(colour: QColor, width: float = 1.9) -> QPen:
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _strokes(painter: QPainter, colour: QColor, *lines: tuple[float, float, float, float]) -> None:
    painter.setPen(_pen(colour))
    for x1, y1, x2, y2 in lines:
        painter.drawLine(QPointF(x1, y1), QPointF(x2, y2))


def _polygon(*points: tuple[float, float]) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
    path.closeSubpath()
    return path


def _dot(painter: QPainter, colour: QColor, centre: QPointF, radius: float = 1.15) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(centre, radius, radius)


def _stop(painter: QPainter, ink: QColor, hole: QColor) -> None:
    corners = [
        (8 + 7.9 * math.cos(math.radians(22.5 + 45 * n)), 8 + 7.9 * math.sin(math.radians(22.5 + 45 * n)))
        for n in range(8)
    ]
    _fill(painter, _polygon(*corners), ink)
    _strokes(painter, hole, (5.4, 5.4, 10.6, 10.6), (10.6, 5.4, 5.4, 10.6))


def _reason(painter: QPainter, ink: QColor, hole: QColor) -> None:
    path = _polygon((8, 1.6), (15.2, 14.2), (0.8, 14.2))
    painter.setPen(_pen(ink, 1.4))
    painter.setBrush(ink)
    painter.drawPath(path)
    _strokes(painter, hole, (8, 5.8, 8, 9.4))
    _dot(painter, hole, QPointF(8, 12.2))


def _note(painter: QPainter, ink: QColor, hole: QColor) -> None:
    path = QPainterPath()
    path.addEllipse(QPointF(8, 8), 7.5, 7.5)
    _fill(painter, path, ink)
    _strokes(painter, hole, (8, 7.6, 8, 11.6))
    _dot(painter, hole, QPointF(8, 4.6))


def _done(painter: QPainter, ink: QColor, hole: QColor) -> None:
    path = QPainterPath()
    path.addRoundedRect(QRectF(0.8, 0.8, 14.4, 14.4), 2, 2)
    _fill(painter, path, ink)
    painter.setPen(_pen(hole, 2.1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([QPointF(4, 8.4), QPointF(6.9, 11.2), QPointF(12, 5)]))


def _unknown(painter: QPainter, ink: QColor, hole: QColor) -> None:
    _fill(painter, _polygon((8, 0.2), (15.8, 8), (8, 15.8), (0.2, 8)), ink)
    path = QPainterPath(QPointF(5.9, 6.2))
    path.cubicTo(QPointF(5.9, 3.2), QPointF(10.1, 3.2), QPointF(10.1, 6.2))
    path.cubicTo(QPointF(10.1, 7.8), QPointF(8, 7.8), QPointF(8, 9.6))
    painter.setPen(_pen(hole, 1.6))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
    _dot(painter, hole, QPointF(8, 12.1), 1)


def _now(painter: QPainter, ink: QColor, _hole: QColor) -> None:
    _fill(painter, _polygon((3, 2), (14, 8), (3, 14)), ink)


def _lock(painter: QPainter, ink: QColor, _hole: QColor) -> None:
    body = QPainterPath()
    body.addRoundedRect(QRectF(2.8, 7, 10.4, 8), 1.4, 1.4)
    _fill(painter, body, ink)
    shackle = QPainterPath(QPointF(5, 8))
    shackle.lineTo(5, 5)
    shackle.cubicTo(QPointF(5, 0.8), QPointF(11, 0.8), QPointF(11, 5))
    shackle.lineTo(11, 8)
    painter.setPen(_pen(ink, 1.8))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(shackle)


def _clock(painter: QPainter, ink: QColor, _hole: QColor) -> None:
    painter.setPen(_pen(ink, 1.6))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QPointF(8, 8), 6.8, 6.8)
    painter.drawPolyline(QPolygonF([QPointF(8, 4), QPointF(8, 8.2), QPointF(10.8, 9.8)]))


def _down(painter: QPainter, ink: QColor, _hole: QColor) -> None:
    _fill(painter, _polygon((3, 5), (13, 5), (8, 12)), ink)


def _scan(painter: QPainter, ink: QColor, _hole: QColor) -> None:
    painter.setPen(_pen(ink, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for x, y, right, down in ((1, 1, 1, 1), (15, 1, -1, 1), (1, 15, 1, -1), (15, 15, -1, -1)):
        painter.drawPolyline(QPolygonF([QPointF(x + 4 * right, y), QPointF(x, y), QPointF(x, y + 4 * down)]))
    _strokes(painter, ink, (5, 5.4, 5, 10.6), (8, 5.4, 8, 10.6), (11, 5.4, 11, 10.6))


def _to_do(painter: QPainter, ink: QColor, _hole: QColor) -> None:
    painter.setPen(_pen(ink, 1.6))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(1.2, 1.2, 13.6, 13.6), 2, 2)


_DRAWINGS: dict[Icon, Callable[[QPainter, QColor, QColor], None]] = {
    Icon.STOP: _stop,
    Icon.TO_DO: _to_do,
    Icon.REASON: _reason,
    Icon.NOTE: _note,
    Icon.DONE: _done,
    Icon.UNKNOWN: _unknown,
    Icon.NOW: _now,
    Icon.LOCK: _lock,
    Icon.CLOCK: _clock,
    Icon.DOWN: _down,
    Icon.SCAN: _scan,
}
