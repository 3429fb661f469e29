"""One entry, whole: who, where, when, what it tells, and its digests. To be read only."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme
from ui.record.view import EntryView, Pairs
from ui.widgets.card import Card
from ui.widgets.head import clear
from ui.widgets.scroll import ScrollPart
from ui.widgets.text import Text
from ui.words import Words

_LONGEST = 28
_PIECE = 26


class EntryCard(Card):
    """Empty until an entry is chosen."""

    def __init__(self, words: Words) -> None:
        super().__init__(" ")
        self.column.setContentsMargins(16, 12, 6, 12)
        self._words = words
        self._part = ScrollPart(edge=0)
        self._pairs = QVBoxLayout()
        self._pairs.setSpacing(6)
        self._part.column.addLayout(self._pairs)
        self._part.column.addStretch(1)
        self.column.addWidget(self._part, 1)
        self._shown: EntryView | None = None

    def show_entry(self, entry: EntryView | None) -> None:
        """Show this entry."""
        if entry == self._shown:
            return
        self._shown = entry
        clear(self._pairs)
        self.set_title("" if entry is None else entry.title)
        if entry is None:
            return
        self._add(entry.about)
        if entry.facts:
            self._pairs.addWidget(Text(self._words("ui.record.facts"), theme.TABLE, bold=True))
            self._add(entry.facts)
        self._pairs.addWidget(Text(self._words("ui.record.digests"), theme.TABLE, bold=True))
        self._add(entry.digests)
        self._part.verticalScrollBar().setValue(0)

    def _add(self, pairs: Pairs) -> None:
        for caption, value in pairs:
            self._pairs.addWidget(pair(caption, value))


def pair(caption: str, value: str) -> QWidget:
    """A small caption, and under it the value, which can be marked and copied."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 8, 0)
    column.setSpacing(0)
    if caption:
        column.addWidget(Text(caption, theme.SMALL, role="muted", wrap=True))
    text = Text(breakable(value), theme.TABLE, wrap=True)
    text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    column.addWidget(text)
    return whole


def breakable(text: str) -> str:
    """The text with places to break in each word that is longer than a line may be.

    A time with its offset breaks before the offset.
    """
    return " ".join(_broken(word) if len(word) > _LONGEST else word for word in text.split(" "))


def _broken(word: str) -> str:
    return "\u200b".join(word[at : at + _PIECE] for at in range(0, len(word), _PIECE))
