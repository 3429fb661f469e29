"""What stands over the picture while an edge is moved: totals at the pointer, a broken rule under its row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import theme
from ui.icons import Icon, IconView, tone_of
from ui.plan.change_card import ChangeCard
from ui.remarks import Remark
from ui.widgets.text import LeadText, unbroken

_PAD = 10
_TITLE_LINE = 22
_LINE = 19
_AWAY = 18


class DragCard(QWidget):
    """A small card beside the pointer; the mouse does not see it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._picture = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._card: ChangeCard | None = None
        self._title = theme.font(theme.TABLE, bold=True)
        self._text = theme.font(theme.SMALL)
        self.hide()

    @property
    def card(self) -> ChangeCard | None:
        """What it says; None where it is not shown."""
        return None if self.isHidden() else self._card

    def say(self, card: ChangeCard) -> None:
        """Show this."""
        self._card = card
        width = QFontMetrics(self._title).horizontalAdvance(card.title)
        width = max([width, *(QFontMetrics(self._text).horizontalAdvance(line) for line in card.lines)])
        self.resize(width + 2 * _PAD + 2, 2 * _PAD - 4 + _TITLE_LINE + _LINE * len(card.lines))
        self.setAccessibleName(" ".join([card.title, *card.lines]))
        self.update()
        self.show()
        self.raise_()

    def follow(self, pointer: QPoint) -> None:
        """Stand beside the pointer, inside the picture and never under it."""
        room = self._picture.size()
        left, top = pointer.x() + _AWAY, pointer.y() + _AWAY
        if left + self.width() > room.width():
            left = pointer.x() - _AWAY - self.width()
        # What is refused has its sentence under the row: the card stays above it.
        if top + self.height() > room.height() or (self._card is not None and self._card.refused):
            top = pointer.y() - _AWAY - self.height()
        self.move(max(left, 0), max(top, 0))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._card is None:
            return
        scheme = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = scheme.stop.ink if self._card.refused else scheme.edge
        painter.setPen(QPen(theme.colour(ink), 2))
        painter.setBrush(theme.colour(scheme.surface))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)
        painter.setPen(theme.colour(scheme.text))
        painter.setFont(self._title)
        top = _PAD - 2
        painter.drawText(self._row(top, _TITLE_LINE), Qt.AlignmentFlag.AlignVCenter, self._card.title)
        painter.setFont(self._text)
        for number, line in enumerate(self._card.lines):
            row = self._row(top + _TITLE_LINE + number * _LINE, _LINE)
            painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, line)
        painter.end()

    def _row(self, top: int, height: int) -> QRect:
        return QRect(_PAD, top, self.width() - _PAD, height)


class BrokenRule(QWidget):
    """The sentence of a broken rule, across the picture."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._text = LeadText("", "", theme.SMALL)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(8)
        row.addWidget(IconView(Icon.STOP, 17), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says; empty where it is not shown."""
        return "" if self.isHidden() else self._text.accessibleName()

    def say(self, remarks: Sequence[Remark], width: int) -> None:
        """Show the first of these, or nothing."""
        if not remarks:
            self.hide()
            return
        self._text.say(remarks[0].lead, unbroken(remarks[0].sentence))
        self.resize(width, self.heightForWidth(width))
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        tone = tone_of(Icon.STOP)
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour(tone.ground))
        painter.fillRect(QRect(0, 0, 4, self.height()), theme.colour(tone.ink))
        painter.end()
