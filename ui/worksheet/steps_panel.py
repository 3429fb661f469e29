"""The steps in order, storage and its limits, and the reminders that travel with the bag."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui import theme
from ui.icons import Icon, IconView
from ui.widgets.card import Card
from ui.widgets.head import clear
from ui.widgets.text import Rule, Text
from ui.words import Words
from ui.worksheet.rows import show_rows
from ui.worksheet.view import SheetView


class StepsPanel(Card):
    """Read from top to bottom while the bag is made."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.column.setContentsMargins(6, 6, 6, 6)
        inside = QWidget()
        inside.setProperty("role", "scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        self._steps, self._storage, self._reminders = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        self._limits = QGridLayout()
        column.addWidget(Text(words("ui.worksheet.steps"), theme.SMALL, bold=True, role="muted"))
        column.addLayout(self._steps)
        column.addWidget(Rule())
        column.addWidget(Text(words("ui.worksheet.storage-title"), theme.SMALL, bold=True, role="muted"))
        column.addLayout(self._storage)
        column.addLayout(self._limits)
        column.addWidget(Rule())
        column.addWidget(Text(words("ui.worksheet.reminders"), theme.SMALL, bold=True, role="muted"))
        column.addLayout(self._reminders)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        self.column.addWidget(area)

    def show_sheet(self, sheet: SheetView) -> None:
        """Show this worksheet."""
        clear(self._steps)
        for number, step in enumerate(sheet.steps, start=1):
            self._steps.addLayout(_line(Text(str(number), theme.BODY, bold=True), step, theme.BODY))
        clear(self._storage)
        for sentence in sheet.storage:
            self._storage.addLayout(_line(IconView(Icon.NOTE, 16), sentence, theme.TABLE))
        show_rows(self._limits, sheet.limits)
        clear(self._reminders)
        for sentence in sheet.reminders:
            self._reminders.addLayout(_line(IconView(Icon.NOTE, 16), sentence, theme.TABLE))


def _line(sign: QWidget, sentence: str, size: int) -> QHBoxLayout:
    sign.setMinimumWidth(18)
    row = QHBoxLayout()
    row.setSpacing(10)
    row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Text(sentence, size, wrap=True), 1)
    return row
