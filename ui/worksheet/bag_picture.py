"""The bag, painted: layers to scale with their words, what is infused, and what is discarded."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.boxes import LINE, SMALL, Box
from ui.widgets.measure import measure
from ui.worksheet.bag_layout import (
    BRACKET_SIZE,
    VOLUME_SIZE,
    BagContents,
    BagDrawing,
    PlacedBracket,
    PlacedLayer,
    lay_out_bag,
)


class BagPicture(QWidget):
    """Paints one bag. What is not known is drawn dashed, with a question mark."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(380, 300)
        self._contents: BagContents | None = None
        self._fill_known = True

    def show_bag(self, contents: BagContents | None, *, fill_known: bool) -> None:
        """Paint this bag, or nothing; `fill_known` is about the first saline."""
        self._contents, self._fill_known = contents, fill_known
        self.update()

    def drawing(self) -> BagDrawing | None:
        """What is painted, for whoever checks it."""
        if self._contents is None:
            return None
        return lay_out_bag(self._contents, width=self.width(), height=self.height(), measure=measure)

    def sizeHint(self) -> QSize:
        return QSize(460, 500)

    def paintEvent(self, _event: QPaintEvent) -> None:
        drawing = self.drawing()
        if drawing is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _BagPainting(painter, drawing, fill_known=self._fill_known).paint()
        painter.end()


class _BagPainting:
    def __init__(self, painter: QPainter, drawing: BagDrawing, *, fill_known: bool) -> None:
        self._painter, self._drawing, self._fill_known = painter, drawing, fill_known
        self._scheme = theme.colours()

    def paint(self) -> None:
        for at, placed in enumerate(self._drawing.layers):
            self._layer(placed, known=self._fill_known or at > 0)
        self._hatch(self._drawing.overfill)
        self._outline()
        for bracket in (self._drawing.infuse_bracket, self._drawing.overfill_bracket):
            self._bracket(bracket)
        edge = self._drawing.overfill.top
        body = self._drawing.body
        self._pen(self._scheme.text, 2, Qt.PenStyle.DashLine)
        self._painter.drawLine(QPointF(body.left - 12, edge), QPointF(body.right + 2, edge))

    def _pen(self, colour: str, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> None:
        self._painter.setPen(QPen(QColor(colour), width, style))

    def _fill(self, kind: str) -> QColor:
        tones = {
            "drug": self._scheme.dose_high.ground,
            "stabilizer": self._scheme.edge,
            "saline-bacteriostatic": self._scheme.reason.ground,
        }
        return QColor(tones.get(kind, self._scheme.dose_low.ground))

    def _layer(self, placed: PlacedLayer, *, known: bool) -> None:
        box = _rect(placed.box)
        self._painter.fillRect(box, self._fill(placed.layer.kind))
        self._pen(self._scheme.text if known else self._scheme.unknown.ink, 1 if known else 2)
        if not known:
            self._pen(self._scheme.unknown.ink, 2, Qt.PenStyle.DashLine)
            self._painter.setBrush(Qt.BrushStyle.NoBrush)
            self._painter.drawRect(box.adjusted(2, 2, -2, -2))
        else:
            self._painter.drawLine(box.topLeft(), box.topRight())
        self._pen(self._scheme.muted, 1.5)
        points = [QPointF(*point) for point in placed.leader]
        self._painter.drawPolyline(points)
        self._words(placed, known=known)

    def _words(self, placed: PlacedLayer, *, known: bool) -> None:
        volume = placed.layer.volume_text if known else "? mL"
        self._text(
            volume,
            Box(placed.label.left, placed.label.top, placed.label.width, 26),
            VOLUME_SIZE,
            self._scheme.text if known else self._scheme.unknown.ink,
        )
        top = placed.label.top + 26
        for line in placed.lines:
            self._text(line, Box(placed.label.left, top, placed.label.width, LINE), SMALL, self._scheme.muted)
            top += LINE

    def _text(self, text: str, box: Box, size: int, ink: str, *, right: bool = False) -> None:
        self._painter.setFont(theme.font(size, bold=size > SMALL))
        self._painter.setPen(QColor(ink))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        place = _rect(box) if right else _rect(box).adjusted(0, 0, 4, 0)
        self._painter.drawText(place, int(side | Qt.AlignmentFlag.AlignVCenter), text)

    def _hatch(self, box: Box) -> None:
        self._painter.save()
        self._painter.setClipRect(_rect(box))
        self._pen(self._scheme.muted, 1.4)
        for start in range(box.left - box.height, box.right, 16):
            self._painter.drawLine(QPointF(start, box.bottom), QPointF(start + box.height, box.top))
        self._painter.restore()

    def _outline(self) -> None:
        body = self._drawing.body
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._pen(self._scheme.muted, 4)
        self._painter.drawRoundedRect(_rect(body), 12, 12)
        middle = body.left + body.width / 2
        self._pen(self._scheme.muted, 3)
        self._painter.drawRect(QRectF(middle - 20, body.top - 15, 40, 14))
        self._painter.drawEllipse(QPointF(middle, body.top - 23), 7, 7)
        for port in (-24, 10):
            port_box = QRectF(middle + port, body.bottom + 2, 15, 14)
            self._painter.fillRect(port_box, QColor(self._scheme.muted))

    def _bracket(self, bracket: PlacedBracket) -> None:
        span = bracket.span
        self._pen(self._scheme.text, 2)
        path = QPainterPath(QPointF(span.right, span.top))
        for point in ((span.left, span.top), (span.left, span.bottom), (span.right, span.bottom)):
            path.lineTo(QPointF(*point))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawPath(path)
        top = bracket.text.top
        for at, line in enumerate(bracket.lines):
            height = LINE if at else 26
            size, ink = (SMALL, self._scheme.muted) if at else (BRACKET_SIZE, self._scheme.text)
            self._text(line, Box(0, top, bracket.text.width, height), size, ink, right=True)
            top += height


def _rect(box: Box) -> QRectF:
    return QRectF(box.left, box.top, box.width, box.height)
