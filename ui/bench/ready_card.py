"""What stands in the page's place when a bag is made: its serial, and the way to the next one."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from ui import theme
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.text import Text
from ui.words import Words


class ReadyCard(Card):
    """One sentence, one serial, one button."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.column.setContentsMargins(40, 40, 40, 40)
        self.column.setSpacing(20)
        self.next_bag = Button(words("ui.bench.next-bag"), filled=True)
        self._sentence = Text(size=theme.RESULT, bold=True, wrap=True)
        self._serial = Text(size=theme.NUMBER, bold=True)
        row = QHBoxLayout()
        row.addWidget(self.next_bag)
        row.addStretch(1)
        self.column.addStretch(1)
        for widget in (self._sentence, self._serial):
            self.column.addWidget(widget)
        self.column.addLayout(row)
        self.column.addStretch(2)

    def show_done(self, sentence: str, serial: str) -> None:
        """What became of the bag."""
        self._sentence.say(sentence)
        self._serial.say(serial)
