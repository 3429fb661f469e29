"""Paints a cycle's drawing in the colours of the day: light or dark."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from ui import theme
from ui.boxes import ICON, Box, PlacedText
from ui.icons import Icon, draw_icon
from ui.plan.bar_texts import INNER_LINE, INNER_LINE_AT, OUTER_LINE
from ui.plan.cycle_layout import Drawing, PlacedBar, PlacedEntry, PlacedHead


class CyclePainting:
    """One painting of a drawing."""

    def __init__(self, painter: QPainter, drawing: Drawing, *, chosen: int, focused: bool) -> None:
        self._painter, self._drawing = painter, drawing
        self._chosen, self._focused = chosen, focused
        self._scheme = theme.colours()

    def paint(self) -> None:
        for entry in self._drawing.legend:
            self._entry(entry)
        for head in self._drawing.heads:
            self._head(head)
        for box in self._drawing.hospital:
            self._painter.fillRect(_rect(box), QColor(self._scheme.done.ink))
        for bar in self._drawing.bars:
            self._bar(bar)
        for wall in self._drawing.walls:
            self._painter.fillRect(_rect(wall), QColor(self._scheme.text))
        for left, top in self._drawing.marks:
            self._new_set(left, top)
        for bar in self._drawing.bars:
            if bar.piece.number == self._chosen:
                self._ring(bar)

    def _text(self, text: PlacedText, ink: str) -> None:
        left = text.box.left
        if text.icon:
            icon = Icon.LOCK if text.icon == "lock" else Icon.CLOCK
            top = text.box.top + (text.box.height - ICON) / 2
            size = ICON - 2 if icon is Icon.LOCK else ICON
            box = QRectF(left, top + (ICON - size) / 2, size, size)
            draw_icon(self._painter, icon, box, ink=QColor(ink), hole=QColor(ink))
            left += ICON + (3 if icon is Icon.LOCK else 4)
        self._painter.setPen(QColor(ink))
        self._painter.setFont(theme.font(text.size, bold=text.bold))
        place = QRectF(left, text.box.top, text.box.right - left + 2, text.box.height)
        self._painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), text.text)

    def _entry(self, entry: PlacedEntry) -> None:
        self._swatch(entry.entry.swatch, entry.swatch)
        self._text(entry.text, self._scheme.text if entry.entry.swatch else self._scheme.muted)

    def _swatch(self, swatch: str, box: Box) -> None:
        middle = box.top + box.height / 2
        match swatch:
            case "low" | "full" | "bacteriostatic":
                shape = QRectF(box.left, middle - 6.5, box.width, 13)
                self._body(swatch == "low", _outline(shape, 4, True, True))
                if swatch == "bacteriostatic":
                    inner = shape.adjusted(2.5, 2.5, -2.5, -2.5)
                    self._inner_line(_outline(inner, 2, True, True), low=False)
            case "wall":
                self._painter.fillRect(QRectF(box.left, middle - 8, box.width, 16), QColor(self._scheme.text))
            case "hospital":
                line = QRectF(box.left, middle - 2, box.width, 4)
                self._painter.fillRect(line, QColor(self._scheme.done.ink))
            case "lock" | "clock":
                self._text(PlacedText("", box, icon=swatch), self._scheme.text)
            case "new-set":
                self._new_set(box.left + box.width // 2, int(middle))

    def _head(self, head: PlacedHead) -> None:
        box = _rect(head.box)
        if head.head.closed:
            self._painter.fillRect(box, QColor(self._scheme.sunken))
        self._painter.setPen(QPen(QColor(self._scheme.line), 1))
        self._painter.drawLine(QPointF(box.left() + 0.5, box.top()), QPointF(box.left() + 0.5, box.bottom()))
        for text in head.texts:
            self._text(text, self._scheme.muted if text.muted else self._scheme.text)

    def _bar(self, bar: PlacedBar) -> None:
        piece = bar.piece
        shape = QRectF(_rect(bar.box))
        outer = OUTER_LINE / 2
        path = _outline(shape.adjusted(outer, outer, -outer, -outer), 8, piece.begins, piece.ends)
        self._body(piece.low_dose, path)
        if piece.bacteriostatic:
            at = INNER_LINE_AT + INNER_LINE / 2
            inner = _outline(shape.adjusted(at, at, -at, -at), 6, piece.begins, piece.ends)
            self._inner_line(inner, low=piece.low_dose)
        tone = self._scheme.dose_low if piece.low_dose else self._scheme.dose_high
        for text in bar.texts:
            self._text(text, tone.ink)

    def _body(self, low: bool, path: QPainterPath) -> None:
        tone = self._scheme.dose_low if low else self._scheme.dose_high
        edge = QColor(self._scheme.dose_high.ground)
        pen = QPen(edge, OUTER_LINE, Qt.PenStyle.CustomDashLine if low else Qt.PenStyle.SolidLine)
        if low:
            pen.setDashPattern([3, 2])
        self._painter.setPen(pen)
        self._painter.setBrush(QColor(tone.ground))
        self._painter.drawPath(path)

    def _inner_line(self, path: QPainterPath, *, low: bool) -> None:
        """The second line of a double border."""
        tone = self._scheme.dose_low if low else self._scheme.dose_high
        self._painter.setPen(QPen(QColor(tone.ink), INNER_LINE))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawPath(path)

    def _ring(self, bar: PlacedBar) -> None:
        """The chosen bag: a ring of 3 px, filled where the picture has the focus, else thin."""
        shape = QRectF(_rect(bar.box)).adjusted(-2.5, -2.5, 2.5, 2.5)
        path = _outline(shape, 10, bar.piece.begins, bar.piece.ends)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(QPen(QColor(self._scheme.surface), 6))
        self._painter.drawPath(path)
        self._painter.setPen(QPen(QColor(self._scheme.action), 3 if self._focused else 1.5))
        self._painter.drawPath(path)

    def _new_set(self, left: int, top: int) -> None:
        """A ring with a line that is cut and joined again."""
        ink = QColor(self._scheme.text)
        self._painter.setPen(QPen(ink, 1.5))
        self._painter.setBrush(QColor(self._scheme.surface))
        self._painter.drawEllipse(QPointF(left, top), 7, 7)
        self._painter.setPen(QPen(ink, 2))
        self._painter.drawLine(QPointF(left - 4.5, top + 1.5), QPointF(left - 1, top + 1.5))
        self._painter.drawLine(QPointF(left + 1, top - 1.5), QPointF(left + 4.5, top - 1.5))
        self._painter.drawLine(QPointF(left - 1.5, top + 4), QPointF(left + 1.5, top - 4))


def _rect(box: Box) -> QRectF:
    return QRectF(box.left, box.top, box.width, box.height)


def _outline(shape: QRectF, radius: float, round_left: bool, round_right: bool) -> QPainterPath:
    """A rectangle with round corners at the ends where a bag begins or ends, square ones where it goes on."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addRoundedRect(shape, radius, radius)
    half = shape.width() / 2
    if not round_left:
        path.addRect(QRectF(shape.left(), shape.top(), half, shape.height()))
    if not round_right:
        path.addRect(QRectF(shape.left() + half, shape.top(), half, shape.height()))
    return path.simplified()
