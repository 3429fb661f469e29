"""The card that says what runs out or expires soon: shape, colour and a sentence for each."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from ui import theme
from ui.icons import Icon, IconView
from ui.supplies.view import State
from ui.widgets.card import Card
from ui.widgets.head import clear
from ui.widgets.scroll import ScrollPart
from ui.widgets.text import Text
from ui.words import Words


class AttentionCard(Card):
    """A list that scrolls."""

    def __init__(self, words: Words) -> None:
        super().__init__(words("ui.supplies.attention"))
        self._lines: tuple[State, ...] = ()
        self._part = ScrollPart(edge=0)
        self._part.column.setSpacing(theme.SPACES[1])
        self.column.addWidget(self._part, 1)

    @property
    def lines(self) -> tuple[State, ...]:
        """What is shown."""
        return self._lines

    def show_lines(self, lines: tuple[State, ...]) -> None:
        """Show these lines."""
        if lines == self._lines:
            return
        self._lines = lines
        clear(self._part.column)
        for each in lines:
            row = QHBoxLayout()
            row.setSpacing(theme.SPACES[1])
            row.addWidget(IconView(Icon(each.icon), 18), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Text(each.word, theme.TABLE, wrap=True), 1)
            self._part.column.addLayout(row)
        self._part.column.addStretch(1)
