"""Both ways to the dose side by side, and what goes with the bag: fill, filter, times."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.icons import Icon
from ui.widgets.card import Card
from ui.widgets.field import SelectBox
from ui.widgets.head import clear
from ui.widgets.scroll import ScrollPart
from ui.widgets.tag import Tag
from ui.widgets.text import Rule, Text
from ui.words import Words
from ui.worksheet.rows import RemarkLine, show_rows
from ui.worksheet.steps_panel import StepsPanel
from ui.worksheet.view import DoseView, QuestionView, SheetView, StripItem, WayView

TALL = 640


class Strip(Card):
    """The four results on top; the drug to draw up is the biggest."""

    def __init__(self) -> None:
        super().__init__()
        self.column.setContentsMargins(20, 2, 20, 2)
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.SPACES[2])
        self.column.addLayout(self._row)

    def show_items(self, items: tuple[StripItem, ...]) -> None:
        """Show these four."""
        clear(self._row)
        for at, item in enumerate(items):
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addWidget(Text(item.caption, theme.SMALL))
            size = theme.NUMBER if at == 1 else theme.RESULT
            column.addWidget(Text(item.value, size, bold=True), 1, Qt.AlignmentFlag.AlignVCenter)
            column.addWidget(Text(item.below, theme.SMALL))
            self._row.addLayout(column)
            if at < len(items) - 1:
                self._row.addStretch(1)


class _Way(QWidget):
    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self._title = Text(size=theme.SMALL, bold=True, role="muted")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._remark = Text(size=theme.SMALL, role="muted", wrap=True)
        self._result = Text(size=theme.RESULT, bold=True)
        self._below = Text(size=theme.SMALL, role="muted")
        line = Rule()
        column.addWidget(self._title)
        column.addLayout(self._rows)
        column.addWidget(self._remark)
        column.addStretch(1)
        column.addWidget(line)
        column.addWidget(self._result)
        column.addWidget(self._below)

    def show_way(self, way: WayView, *, boxed: int | None) -> None:
        self._title.say(way.title)
        clear(self._rows)
        for at, (name, value) in enumerate(way.rows):
            self._rows.addWidget(_working_row(name, value, boxed=at == boxed))
        self._remark.say(way.remark)
        self._result.setFont(theme.font(theme.RESULT if boxed is None else 32, bold=True))
        self._result.say(way.result)
        self._below.say(way.below)


def _working_row(name: str, value: str, *, boxed: bool) -> QFrame:
    frame = QFrame()
    if boxed:
        frame.setObjectName("boxed")
        frame.setStyleSheet(f"QFrame#boxed {{ border: 2px solid {theme.colours().stop.ink}; }}")
    row = QHBoxLayout()
    row.setContentsMargins(0, 1, 0, 1)
    row.addWidget(Text(name, theme.TABLE))
    row.addStretch(1)
    row.addWidget(Text(value, theme.TABLE, bold=True))
    column = QVBoxLayout(frame)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addLayout(row)
    column.addWidget(Rule())
    return frame


class DoseCard(Card):
    """Two ways to the dose, with the tag that says whether they agree."""

    def __init__(self, words: Words) -> None:
        self._tag = Tag(Icon.DONE, "")
        super().__init__(words("ui.worksheet.two-ways"), beside_title=self._tag)
        self.column.setContentsMargins(18, 8, 18, 6)
        self.column.setSpacing(2)
        self._ways = (_Way(), _Way())
        row = QHBoxLayout()
        row.setSpacing(28)
        for way in self._ways:
            row.addWidget(way, 1)
        part = ScrollPart(edge=0)  # on the lowest window it scrolls
        part.column.setContentsMargins(0, 0, 0, 0)
        part.column.addLayout(row, 1)
        self.column.addWidget(part, 1)

    def show_dose(self, dose: DoseView) -> None:
        """Show both."""
        self._tag.say(Icon.DONE if dose.agrees else Icon.STOP, dose.verdict)
        for way, view in zip(self._ways, (dose.table, dose.principles), strict=True):
            way.show_way(view, boxed=dose.differs_at)


class BesideCard(Card):
    """How the fill is reached, filter and set, times. `fill_answered` carries the answer as a tuple."""

    fill_answered = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.column.setContentsMargins(18, 8, 18, 8)
        self.column.setSpacing(2)
        self._fill_caption = Text(size=theme.SMALL, bold=True, role="muted", wrap=True)
        self.fill = SelectBox()
        self.fill.setFont(theme.font(theme.TABLE))
        self.fill.setFixedHeight(theme.FIELD_HEIGHT)
        self.fill.activated.connect(lambda _at: self.fill_answered.emit(self._chosen()))
        self._fill_remark = RemarkLine()
        self._filter = Text(size=theme.TABLE, wrap=True)
        self._times = QGridLayout()
        self._times.setHorizontalSpacing(8)
        self._times.setVerticalSpacing(1)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addLayout(_titled(self._fill_caption, self.fill), 5)
        filter_title = Text(words("ui.worksheet.filter-and-set"), theme.SMALL, bold=True, role="muted")
        row.addLayout(_titled(filter_title, self._filter), 4)
        self._times_title = Text(size=theme.SMALL, bold=True, role="muted", wrap=True)
        times = _titled(self._times_title)
        times.insertLayout(1, self._times)
        row.addLayout(times, 4)
        self.column.addLayout(row)
        self.column.addWidget(self._fill_remark)

    def show_sheet(self, sheet: SheetView) -> None:
        """Show what goes with this bag."""
        self._show_fill(sheet.fill)
        self._filter.say(sheet.filter_text)
        self._times_title.say(sheet.times_title)
        show_rows(self._times, sheet.times)

    def _show_fill(self, fill: QuestionView) -> None:
        self._fill_caption.say(fill.text)
        self.fill.setAccessibleName(fill.text)
        if self.fill.count() == 0:
            self.fill.addItem(self._words("ui.worksheet.not-answered"), "")
            for value, word in fill.options:
                self.fill.addItem(word, value)
        self.fill.setCurrentIndex(max(self.fill.findData("".join(fill.values)), 0))
        self._fill_remark.show_remark(fill.remarks[0] if fill.answered and fill.remarks else None)

    def _chosen(self) -> tuple[str, ...]:
        value = str(self.fill.currentData())
        return (value,) if value else ()


def _titled(*widgets: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(4)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    return column


class DosePanel(QWidget):
    """The first thing seen of a worksheet."""

    fill_answered = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._dose = DoseCard(words)
        self.beside = BesideCard(words)
        self.beside.fill_answered.connect(self.fill_answered)
        self._steps = StepsPanel(words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACES[1])
        column.addWidget(self._dose)
        column.addWidget(self.beside)
        column.addWidget(self._steps, 1)
        self._column = column
        self._give_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()

    def _give_room(self) -> None:
        """In a high window the steps stand here too."""
        tall = self.height() >= TALL
        self._steps.setVisible(tall)
        self._column.setStretchFactor(self._dose, 0 if tall else 1)

    def show_sheet(self, sheet: SheetView) -> None:
        """Show this worksheet."""
        self._steps.show_sheet(sheet)
        self._dose.show_dose(sheet.dose)
        self.beside.show_sheet(sheet)
