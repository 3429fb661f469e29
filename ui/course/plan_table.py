"""The new plan beside the old one: a row for each bag from the first that differs on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ui import theme
from ui.course.comparison import Comparison
from ui.remarks import Remark
from ui.widgets.finding import FindingList
from ui.widgets.head import clear
from ui.widgets.text import Text
from ui.words import Words


class PlanTable(QWidget):
    """What a restart would bring; empty until it can be reckoned."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setProperty("role", "scrolled")
        self._words = words
        self._shown: Comparison | None = None
        self.title = Text(size=theme.TITLE, bold=True, wrap=True)
        self.infused = Text(size=theme.TABLE, wrap=True)
        self.void = Text(size=theme.TABLE, bold=True, role="stop", wrap=True)
        self.findings = FindingList(words)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACES[1])
        for widget in (self.title, self.infused, self.void):
            column.addWidget(widget)
        column.addLayout(self._grid)
        column.addWidget(self.findings)
        self.show_plans(None, ())

    def show_plans(self, comparison: Comparison | None, remarks: Sequence[Remark]) -> None:
        """Show this comparison, and every finding of the new plan."""
        self.findings.show_remarks(remarks)
        texts = (self.title, self.infused, self.void)
        for text in texts:
            text.setVisible(comparison is not None)
        if comparison == self._shown:
            return
        self._shown = comparison
        clear(self._grid)
        if comparison is None:
            return
        name = "stays" if comparison.stays else "title"
        self.title.say(self._words(f"ui.course.new.{name}"))
        self.infused.say(comparison.infused)
        self.infused.setVisible(bool(comparison.infused))
        self.void.setVisible(bool(comparison.void))
        self.void.say(self._words("ui.course.new.void", bags=comparison.void))
        if not comparison.stays:
            self._fill(comparison)

    def _fill(self, comparison: Comparison) -> None:
        for at, name in enumerate(("number", "old", "new")):
            self._grid.addWidget(Text(self._words(f"ui.course.new.{name}"), theme.SMALL, role="muted"), 0, at)
        for row, bag in enumerate(comparison.rows, start=1):
            none = self._words("ui.course.new.no-bag")
            for at, text in enumerate((bag.number, bag.old or none, bag.new or none)):
                cell = Text(text, theme.SMALL, bold=at == 0 or (at == 2 and bag.differs), wrap=at > 0)
                self._grid.addWidget(cell, row, at, Qt.AlignmentFlag.AlignTop)
