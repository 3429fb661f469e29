"""The shapes of the cycle's picture that are no text: bodies of bars, hatching, the cross, marks."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen

from ui import theme
from ui.plan.bar_texts import OUTER_LINE


def body(painter: QPainter, path: QPainterPath, *, low: bool, outlined: bool = False) -> None:
    """A bar: filled by its dose, or only outlined; the border is dashed for the low dose."""
    scheme = theme.colours()
    tone = scheme.dose_low if low else scheme.dose_high
    pen = QPen(QColor(scheme.dose_high.ground), OUTER_LINE)
    if low:
        pen.setStyle(Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([3, 2])
    painter.setPen(pen)
    painter.setBrush(QColor(scheme.surface if outlined else tone.ground))
    painter.drawPath(path)


def hatched(painter: QPainter, box: QRectF) -> None:
    """A stretch of time without an infusion."""
    scheme = theme.colours()
    painter.fillRect(box, QColor(scheme.sunken))
    painter.setBrushOrigin(box.topLeft())  # the same lines whatever part is painted
    painter.fillRect(box, QBrush(QColor(scheme.muted), Qt.BrushStyle.BDiagPattern))
    painter.setPen(QPen(QColor(scheme.muted), 1, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))


def crossed_out(painter: QPainter, box: QRectF) -> None:
    """Two lines from corner to corner."""
    painter.setPen(QPen(QColor(theme.colours().stop.ink), 1.5))
    painter.drawLine(box.topLeft(), box.bottomRight())
    painter.drawLine(box.bottomLeft(), box.topRight())


def new_set(painter: QPainter, left: int, top: int) -> None:
    """A ring with a line that is cut and joined again."""
    scheme = theme.colours()
    ink = QColor(scheme.text)
    painter.setPen(QPen(ink, 1.5))
    painter.setBrush(QColor(scheme.surface))
    painter.drawEllipse(QPointF(left, top), 7, 7)
    painter.setPen(QPen(ink, 2))
    painter.drawLine(QPointF(left - 4.5, top + 1.5), QPointF(left - 1, top + 1.5))
    painter.drawLine(QPointF(left + 1, top - 1.5), QPointF(left + 4.5, top - 1.5))
    painter.drawLine(QPointF(left - 1.5, top + 4), QPointF(left + 1.5, top - 4))


def outline(
    shape: QRectF, radius: float, *, round_left: bool = True, round_right: bool = True
) -> QPainterPath:
    """A rectangle with round corners at the ends where a bag begins or ends, square ones where it goes on."""
    path = QPainterPath()
    if round_left and round_right:
        path.addRoundedRect(shape, radius, radius)
        return path
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addRoundedRect(shape, radius, radius)
    half = shape.width() / 2
    if not round_left:
        path.addRect(QRectF(shape.left(), shape.top(), half, shape.height()))
    if not round_right:
        path.addRect(QRectF(shape.left() + half, shape.top(), half, shape.height()))
    return path.simplified()
