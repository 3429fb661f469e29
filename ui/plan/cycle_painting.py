"""Paints a cycle's drawing in the colours of the day: light or dark."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen

from ui import theme
from ui.boxes import ICON, Box, PlacedText
from ui.icons import Icon, draw_icon
from ui.plan.bar_texts import INNER_LINE, INNER_LINE_AT, OUTER_LINE
from ui.plan.cycle_layout import Drawing, PlacedBar, PlacedEntry, PlacedGap, PlacedHead, PlacedNow
from ui.plan.cycle_shapes import body, crossed_out, hatched, new_set, outline

_HALO = 2
_REACH = 9  # marks and rings reach out of their boxes


class CyclePainting:
    """One painting of a drawing, or of what of it lies in `part`."""

    def __init__(
        self, painter: QPainter, drawing: Drawing, part: QRect, *, chosen: int, focused: bool
    ) -> None:
        self._painter, self._drawing = painter, drawing
        self._chosen, self._focused = chosen, focused
        self._part = QRectF(part).adjusted(-_REACH, -_REACH, _REACH, _REACH)
        self._scheme = theme.colours()
        self._fonts: dict[tuple[int, bool], QFont] = {}

    def paint(self) -> None:
        self._above_the_bars()
        for gap in self._drawing.gaps:
            self._gap(gap)
        bars = [bar for bar in self._drawing.bars if self._is_seen(bar.box)]
        for bar in bars:
            self._bar(bar)
        for wall in self._drawing.walls:
            self._painter.fillRect(_rect(wall), QColor(self._scheme.text))
        for left, top in self._drawing.marks:
            new_set(self._painter, left, top)
        for bar in bars:
            if _is_broken(bar):
                self._broken(_rect(bar.box))
            elif bar.piece.number == self._chosen:
                self._ring(bar)
        if self._drawing.now is not None:
            self._now(self._drawing.now)

    def _is_seen(self, box: Box) -> bool:
        return self._part.intersects(_rect(box))

    def _above_the_bars(self) -> None:
        for entry in self._drawing.legend:
            if self._is_seen(entry.text.box):
                self._entry(entry)
        for head in self._drawing.heads:
            if self._is_seen(head.box):
                self._head(head)
        for box in self._drawing.hospital:
            self._painter.fillRect(_rect(box), QColor(self._scheme.done.ink))

    def _text(self, text: PlacedText, ink: str, ground: str = "") -> None:
        """`ground` is drawn under the text where something else lies there."""
        left = text.box.left
        if ground:
            box = QRectF(_rect(text.box)).adjusted(-3, 1, 3, -1)
            self._painter.fillRect(box, QColor(ground))
        if text.icon:
            icon = Icon(text.icon)
            top = text.box.top + (text.box.height - ICON) / 2
            size = ICON - 2 if icon is Icon.LOCK else ICON
            box = QRectF(left, top + (ICON - size) / 2, size, size)
            draw_icon(self._painter, icon, box, ink=QColor(ink), hole=QColor(ground or self._hole(ink)))
            left += ICON + (3 if icon is Icon.LOCK else 4)
        if not text.text:
            return
        self._painter.setPen(QColor(ink))
        self._painter.setFont(self._font(text.size, text.bold))
        place = QRectF(left, text.box.top, text.box.right - left + 2, text.box.height)
        self._painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), text.text)

    def _hole(self, ink: str) -> str:
        """The ground on which words of this ink stand."""
        high, low = self._scheme.dose_high, self._scheme.dose_low
        return high.ground if ink == high.ink else low.ground if ink == low.ink else self._scheme.surface

    def _font(self, size: int, bold: bool) -> QFont:
        if (size, bold) not in self._fonts:
            self._fonts[size, bold] = theme.font(size, bold=bold)
        return self._fonts[size, bold]

    def _entry(self, entry: PlacedEntry) -> None:
        self._swatch(entry.entry.swatch, entry.swatch)
        self._text(entry.text, self._scheme.text if entry.entry.swatch else self._scheme.muted)

    def _swatch(self, swatch: str, box: Box) -> None:
        middle = box.top + box.height / 2
        shape = QRectF(box.left, middle - 6.5, box.width, 13)
        match swatch:
            case "low" | "full" | "outlined":
                body(self._painter, outline(shape, 4), low=swatch == "low", outlined=swatch == "outlined")
            case "bacteriostatic":
                body(self._painter, outline(shape, 4), low=False)
                self._inner_line(outline(shape.adjusted(2.5, 2.5, -2.5, -2.5), 2), low=False)
            case "void":
                body(self._painter, outline(shape, 4), low=False, outlined=True)
                crossed_out(self._painter, shape)
            case "gap":
                hatched(self._painter, shape)
            case "wall":
                self._painter.fillRect(QRectF(box.left, middle - 8, box.width, 16), QColor(self._scheme.text))
            case "now":
                line = QRectF(box.left + 2, middle - 8, 2, 16)
                self._painter.fillRect(line, QColor(self._scheme.action))
            case "hospital":
                line = QRectF(box.left, middle - 2, box.width, 4)
                self._painter.fillRect(line, QColor(self._scheme.done.ink))
            case "lock" | "clock" | "unknown":
                self._text(PlacedText("", box, icon=swatch), self._scheme.text)
            case "new-set":
                new_set(self._painter, box.left + box.width // 2, int(middle))

    def _head(self, head: PlacedHead) -> None:
        box = _rect(head.box)
        if head.head.closed:
            self._painter.fillRect(box, QColor(self._scheme.sunken))
        self._painter.setPen(QPen(QColor(self._scheme.line), 1))
        self._painter.drawLine(QPointF(box.left() + 0.5, box.top()), QPointF(box.left() + 0.5, box.bottom()))
        for text in head.texts:
            self._text(text, self._scheme.muted if text.muted else self._scheme.text)

    def _gap(self, gap: PlacedGap) -> None:
        hatched(self._painter, _rect(gap.box))
        for text in gap.texts:
            self._text(text, self._scheme.text, self._scheme.surface)

    def _bar(self, bar: PlacedBar) -> None:
        piece = bar.piece
        shape = _rect(bar.box)
        outer = OUTER_LINE / 2
        path = self._outline(shape.adjusted(outer, outer, -outer, -outer), 8, bar)
        body(self._painter, path, low=piece.low_dose, outlined=piece.outlined)
        if piece.bacteriostatic:
            at = INNER_LINE_AT + INNER_LINE / 2
            inner = self._outline(shape.adjusted(at, at, -at, -at), 6, bar)
            self._inner_line(inner, low=piece.low_dose or piece.outlined)
        if piece.void:
            crossed_out(self._painter, shape.adjusted(4, 4, -4, -4))
        tone = self._scheme.dose_low if piece.low_dose else self._scheme.dose_high
        for text in bar.texts:
            self._text(text, self._scheme.text if piece.outlined else tone.ink)

    def _broken(self, shape: QRectF) -> None:
        """The border of a bag that a rule forbids."""
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(QPen(QColor(self._scheme.surface), 6))
        self._painter.drawPath(outline(shape, 8))
        self._painter.setPen(QPen(QColor(self._scheme.stop.ink), 3))
        self._painter.drawPath(outline(shape, 8))

    def _inner_line(self, path: QPainterPath, *, low: bool) -> None:
        """The second line of a double border."""
        tone = self._scheme.dose_low if low else self._scheme.dose_high
        self._painter.setPen(QPen(QColor(tone.ink), INNER_LINE))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawPath(path)

    def _ring(self, bar: PlacedBar) -> None:
        """The chosen bag: a ring of 3 px, filled where the picture has the focus, else thin."""
        path = self._outline(_rect(bar.box).adjusted(-2.5, -2.5, 2.5, 2.5), 10, bar)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(QPen(QColor(self._scheme.surface), 6))
        self._painter.drawPath(path)
        self._painter.setPen(QPen(QColor(self._scheme.action), 3 if self._focused else 1.5))
        self._painter.drawPath(path)

    def _outline(self, shape: QRectF, radius: float, bar: PlacedBar) -> QPainterPath:
        return outline(shape, radius, round_left=bar.piece.begins, round_right=bar.piece.ends)

    def _now(self, now: PlacedNow) -> None:
        """A line with light at both sides, so that it is seen on a dark bar too."""
        line = _rect(now.line)
        self._painter.fillRect(line.adjusted(-_HALO, 0, _HALO, 0), QColor(self._scheme.surface))
        self._painter.fillRect(line, QColor(self._scheme.action))
        for bar in self._drawing.bars:
            tone = self._scheme.dose_low if bar.piece.low_dose else self._scheme.dose_high
            if bar.piece.outlined:
                tone = theme.Tone(self._scheme.text, self._scheme.surface)
            for text in bar.texts:
                if _rect(text.box).intersects(line):  # words are not cut by the line
                    self._text(text, tone.ink, tone.ground)
        if now.tag is None:
            return
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(QColor(self._scheme.action))
        self._painter.drawRoundedRect(_rect(now.tag), 4, 4)
        self._painter.setPen(QColor(self._scheme.on_action))
        self._painter.setFont(self._font(14, bold=True))
        self._painter.drawText(_rect(now.tag), int(Qt.AlignmentFlag.AlignCenter), now.text)


def _is_broken(bar: PlacedBar) -> bool:
    return bar.piece.mark == "stop" and not bar.piece.void


def _rect(box: Box) -> QRectF:
    return QRectF(box.left, box.top, box.width, box.height)
