"""The record looked up: filters, the entries that are meant, and the chosen one whole."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.record.entry_card import EntryCard
from ui.record.filters import FilterRow
from ui.record.table import TwoLineTable
from ui.record.view import EntriesView
from ui.widgets.button import LinkButton
from ui.widgets.card import Card
from ui.widgets.text import Text
from ui.words import Words

_WIDTHS = (208, 132, 0, 136)
_HEADS = ("time", "who", "what", "digest")
_SIDE = 310
_WIDEST_SIDE = 420


class EntriesPart(QWidget):
    """`older_wanted` and `newer_wanted` ask for another portion."""

    older_wanted = Signal()
    newer_wanted = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        heads = [words(f"ui.record.column.{name}") for name in _HEADS]
        self.filters = FilterRow(words)
        self.table = TwoLineTable(words("ui.record.entries"), heads, _WIDTHS)
        self.entry = EntryCard(words)
        self.older = LinkButton(words("ui.record.older"))
        self.newer = LinkButton(words("ui.record.newer"))
        self.clear = LinkButton(words("ui.record.clear-filter"))
        self._shown = Text(size=theme.SMALL, role="muted")
        self._empty = Text(words("ui.record.empty"), theme.BODY)
        self.older.clicked.connect(self.older_wanted)
        self.newer.clicked.connect(self.newer_wanted)
        self.clear.clicked.connect(self.filters.clear.click)
        asked = Card()
        asked.column.setContentsMargins(14, 8, 14, 10)
        asked.column.addWidget(self.filters)
        row = QHBoxLayout()
        row.setSpacing(theme.CARD_GAP)
        row.addWidget(self._list(), 1)
        self.entry.setFixedWidth(_SIDE)
        row.addWidget(self.entry)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.CARD_GAP)
        column.addWidget(asked)
        column.addLayout(row, 1)

    def _list(self) -> Card:
        card = Card()
        card.column.setContentsMargins(1, 6, 1, 8)
        card.column.addWidget(self.table, 1)
        self._nothing = QWidget()
        nothing = QHBoxLayout()
        nothing.addWidget(self._empty)
        nothing.addWidget(self.clear)
        nothing.addStretch(1)
        column = QVBoxLayout(self._nothing)
        column.setContentsMargins(14, 4, 14, 0)
        column.addLayout(nothing)
        column.addStretch(1)
        card.column.addWidget(self._nothing, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(14, 0, 14, 0)
        foot.addWidget(self._shown)
        foot.addStretch(1)
        foot.addWidget(self.newer)
        foot.addWidget(self.older)
        card.column.addLayout(foot)
        return card

    @property
    def shown(self) -> str:
        """How much of what is meant is shown."""
        return self._shown.text()

    @property
    def empty(self) -> str:
        """The sentence that says that nothing matches, or empty."""
        return self._empty.text() if self._nothing.isVisibleTo(self) else ""

    def show_view(self, view: EntriesView) -> None:
        """Show these entries."""
        self.filters.show_remarks(view.remarks)
        self.table.show_rows(view.rows, view.chosen)
        self.table.setVisible(not view.empty)
        self._nothing.setVisible(view.empty)
        self.clear.setVisible(bool(self.filters.question.given))
        self._shown.say(view.shown)
        self.older.setVisible(view.may_older)
        self.newer.setVisible(view.may_newer)
        self.entry.show_entry(view.entry)

    def widen(self, width: int) -> None:
        """Give the entry its share of this width."""
        self.entry.setFixedWidth(min(max(_SIDE, width // 4), _WIDEST_SIDE))
