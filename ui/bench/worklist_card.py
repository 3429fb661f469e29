"""The worklist: what is to be done now, by time due; the first act has the filled button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout

from ui import theme
from ui.bench.marks import mark_view
from ui.bench.view import DueRow
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.finding import FindingList
from ui.widgets.text import Text
from ui.words import Words


class WorklistCard(Card):
    """`chosen` carries the DueRow whose button was pressed."""

    chosen = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__(words("ui.bench.to-prepare"))
        self.column.setContentsMargins(20, 16, 20, 16)
        self.buttons: list[Button] = []
        self.findings = FindingList(words)
        self._nothing = Text(size=theme.RESULT, bold=True, wrap=True)
        self._later = Text(size=theme.BODY, role="muted", wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(22)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(2, 1)
        self.column.addWidget(self.findings)
        self.column.addLayout(self._grid)
        self.column.addWidget(self._nothing)
        self.column.addStretch(1)
        self.column.addWidget(self._later)

    def show_rows(self, rows: Sequence[DueRow], *, later: str, nothing: str) -> None:
        """Show these rows and no others."""
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = []
        for at, row in enumerate(rows):
            self._add(at, row)
        self._later.say(later)
        self._nothing.say(nothing)
        self._nothing.setVisible(bool(nothing))

    def _add(self, at: int, row: DueRow) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(mark_view(row.mark, 22), at, 0, middle)
        self._grid.addWidget(Text(f"{row.when}\n{row.how_soon}", theme.BODY), at, 1, middle)
        self._grid.addWidget(Text(row.patient, theme.NAME, bold=True, wrap=True), at, 2, middle)
        self._grid.addWidget(Text(f"{row.what}\n{row.state}", theme.TABLE), at, 3, middle)
        if row.act:
            button = Button(row.act, filled=not self.buttons)
            button.setMinimumWidth(130)
            button.clicked.connect(lambda: self.chosen.emit(row))
            self.buttons.append(button)
            self._grid.addWidget(button, at, 4, middle)
