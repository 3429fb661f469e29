"""The cards of the Verify page: a side with its rows, the bags that wait, the verifier's own figures."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.icons import Icon, IconView, tone_of
from ui.verify.view import Fact, OwnFigure, Side, Waiting
from ui.widgets.card import Card
from ui.widgets.field import TextField
from ui.widgets.scroll import ScrollPart
from ui.widgets.text import Rule, Text
from ui.words import Words


class CoveredText(Text):
    """A value in bold; while it is covered it is hatched, and only the word stands there."""

    def __init__(self, size: int = theme.TABLE) -> None:
        super().__init__("", size, bold=True)
        self._covered = False
        self._differs = False

    def show_value(self, text: str, *, covered: bool, differs: bool) -> None:
        """Show a value, or the word for a covered one."""
        self._covered, self._differs = covered, differs
        self.say(text)
        self.setContentsMargins(8, 1, 8, 1) if covered or differs else self.setContentsMargins(0, 1, 0, 1)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._covered or self._differs:
            painter = QPainter(self)
            box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            scheme = theme.colours()
            if self._covered:
                painter.fillRect(box, theme.colour(scheme.sunken))
                painter.fillRect(box, QBrush(theme.colour(scheme.line), Qt.BrushStyle.BDiagPattern))
            ink = tone_of(Icon.STOP).ink if self._differs else scheme.edge
            painter.setPen(QPen(theme.colour(ink), 2 if self._differs else 1))
            painter.drawRect(box)
            painter.end()
        super().paintEvent(event)


class SideCard(Card):
    """One of the three cards side by side: a headline and rows."""

    def __init__(self, words: Words) -> None:
        super().__init__(" ")
        self._words = words
        self._headline = CoveredText(theme.RESULT)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.column.addWidget(self._headline, 0, Qt.AlignmentFlag.AlignLeft)
        part = ScrollPart(edge=0)
        part.column.addLayout(self._rows)
        part.column.addStretch(1)
        self.column.addWidget(part, 1)

    def show_side(self, side: Side) -> None:
        """Show this side and nothing else."""
        self.set_title(side.title)
        covered = not side.headline
        text = self._words("ui.verify.covered") if covered else side.headline
        self._headline.show_value(text, covered=covered, differs=False)
        while self._rows.count():
            item = self._rows.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for fact in side.facts:
            self._rows.addWidget(FactRow(fact))


class FactRow(QWidget):
    """A name, something beside it, and a value, with a line under them."""

    def __init__(self, fact: Fact) -> None:
        super().__init__()
        value = CoveredText()
        value.show_value(fact.value, covered=fact.covered, differs=fact.differs)
        row = QHBoxLayout()
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(8)
        if fact.done:
            row.addWidget(IconView(Icon.STOP if fact.differs else Icon.DONE, 15))
        row.addWidget(Text(fact.name, theme.TABLE, wrap=True), 1)
        if fact.beside:
            row.addWidget(Text(fact.beside, theme.SMALL, role="muted"))
        row.addWidget(value, 0, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(Rule())


class WaitingCard(Card):
    """The bags that wait. None of them opens by a click: the bag itself is scanned."""

    def __init__(self, words: Words) -> None:
        super().__init__(words("ui.verify.waiting"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(26)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnStretch(1, 1)
        self.column.addLayout(self._grid)
        self.column.addStretch(1)

    def show_waiting(self, rows: Sequence[Waiting]) -> None:
        """Show these bags and no others."""
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for at, row in enumerate(rows):
            self._grid.addWidget(Text(row.serial, theme.NAME, bold=True), at, 0)
            self._grid.addWidget(Text(row.patient, theme.TITLE, bold=True), at, 1)
            self._grid.addWidget(Text(row.what, theme.BODY), at, 2)
            self._grid.addWidget(Text(row.since, theme.SMALL, role="muted"), at, 3)
        self.setVisible(bool(rows))


class OwnField(QWidget):
    """A large field for one of the verifier's own figures, and what became of it."""

    def __init__(self, caption: str, words: Words) -> None:
        super().__init__()
        self.field = TextField(caption, words, suffix="mL")
        self.field.edit.setFont(theme.font(theme.NUMBER, bold=True))
        self.field.edit.setFixedHeight(theme.LARGE_FIELD_HEIGHT)
        self._icon = IconView(Icon.DONE, 17)
        self._said = Text(size=theme.SMALL, wrap=True)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self._said, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.field)
        column.addLayout(below)
        self.show_figure(None)

    def show_figure(self, figure: OwnFigure | None) -> None:
        """Say whether it is the same, or how it differs."""
        self._icon.setVisible(figure is not None)
        self._said.setVisible(figure is not None)
        if figure is not None:
            self._icon.show_icon(Icon.DONE if figure.right else Icon.STOP)
            self._said.say(figure.sentence)
