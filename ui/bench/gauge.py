"""The bag at the right: how full it is now, and how full it will be after this step."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme

_FULL = 1000


class BagGauge(QWidget):
    """Paints a bag filled to so many thousandths; a dashed line shows where this step leads."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(110, 150)
        self._now = 0
        self._after = 0

    def show_level(self, now: int, after: int) -> None:
        """Both levels, in thousandths of the bag."""
        self._now, self._after = min(now, _FULL), min(after, _FULL)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, 330)

    def paintEvent(self, _event: QPaintEvent) -> None:
        scheme = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = min(self.width() - 20.0, 160.0)
        body = QRectF((self.width() - width) / 2, 34, width, self.height() - 62)
        outline = QPainterPath()
        outline.addRoundedRect(body, 14, 14)
        self._paint_fill(painter, body, outline)
        painter.setPen(QPen(theme.colour(scheme.muted), 4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(outline)
        middle = body.center().x()
        painter.drawRect(QRectF(middle - 20, 20, 40, 13))
        painter.drawEllipse(QPointF(middle, 11), 7, 7)
        for port in (-28, 12):
            box = QRectF(middle + port, body.bottom() + 2, 16, 14)
            painter.fillRect(box, theme.colour(scheme.muted))
        painter.end()

    def _paint_fill(self, painter: QPainter, body: QRectF, outline: QPainterPath) -> None:
        scheme = theme.colours()
        painter.save()
        painter.setClipPath(outline)
        top = body.bottom() - body.height() * self._now / _FULL
        painter.fillRect(
            QRectF(body.x(), top, body.width(), body.bottom() - top), theme.colour(scheme.dose_low.ground)
        )
        if self._now:
            painter.fillRect(QRectF(body.x(), top, body.width(), 5), theme.colour(scheme.action))
        painter.restore()
        if self._after > self._now:
            line = body.bottom() - body.height() * self._after / _FULL
            pen = QPen(theme.colour(scheme.text), 2, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawLine(QPointF(body.x() - 8, line), QPointF(body.right() + 8, line))
