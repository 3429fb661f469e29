"""What may be done with the label: one card at the right, under what was read back from it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.icons import Icon, IconView
from ui.label.giving import Giving, UnknownPrint, Way
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.head import clear
from ui.widgets.text import Text
from ui.words import Words

_MOST_UNKNOWN = 2


class GivingCard(Card):
    """Shows one way at a time: save a specimen, print, say what became of a print, print again."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.save = Button(words("ui.label.save"), filled=True)
        self.print = Button(words("ui.label.print.button"), filled=True)
        self.again = Button(words("ui.label.print.again"))
        self.printed = Button(words("ui.label.print.it-printed"))
        self.not_printed = Button(words("ui.label.print.it-did-not-print"))
        self._sign = IconView(Icon.NOW, 22)
        self._told = Text(size=theme.TABLE, wrap=True)
        self._why_not = Text(size=theme.SMALL, role="muted", wrap=True)
        self._saved = Text(size=theme.SMALL, role="muted", wrap=True)
        self._where = QWidget()
        where = QHBoxLayout(self._where)
        where.setContentsMargins(0, 0, 0, 4)
        where.setSpacing(theme.SPACES[1])
        where.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        where.addWidget(self._told, 1)
        self.column.addWidget(self._where)
        decide = QHBoxLayout()
        decide.setSpacing(theme.SPACES[1])
        decide.addWidget(self.printed, 2)
        decide.addWidget(self.not_printed, 3)
        for each in (self.save, self.print, self.again):
            self.column.addWidget(each)
        self.column.addLayout(decide)
        self.column.addWidget(self._why_not)
        self.column.addWidget(self._saved)

    @property
    def told(self) -> str:
        """Where the newest print is, in words."""
        return self._told.text() if self._where.isVisibleTo(self) else ""

    @property
    def why_not(self) -> str:
        """Why nothing can be given out, in words."""
        return self._why_not.text() if self._why_not.isVisibleTo(self) else ""

    def say_saved(self, text: str) -> None:
        """Where the specimen was saved; empty: it was not."""
        self._saved.say(text)
        self._saved.setVisible(bool(text))

    def show_giving(self, giving: Giving, *, may_save: bool, why_not_save: str) -> None:
        """Offer this and nothing else."""
        why_not = why_not_save if giving.way is Way.SAVE else giving.why_not
        self._where.setVisible(bool(giving.told))
        self._told.say(giving.told)
        if giving.sign:
            self._sign.show_icon(Icon(giving.sign))
        self.save.setVisible(giving.way is Way.SAVE)
        self.save.setEnabled(may_save)
        self.print.setVisible(giving.way is Way.PRINT)
        self.print.setEnabled(not why_not)
        self.again.setVisible(giving.way is Way.AGAIN)
        self.again.setEnabled(not why_not)
        for each in (self.printed, self.not_printed):
            each.setVisible(giving.way is Way.DECIDE)
        self.printed.setEnabled(giving.may_say_printed)
        self._why_not.say(why_not)
        self._why_not.setVisible(bool(why_not))
        for each in (self.save, self.print, self.again):
            each.setAccessibleDescription(why_not)


class UnknownCard(Card):
    """Prints of other bags of which nobody knows whether they are on paper. They block nothing.

    `decided` carries the print and whether it printed.
    """

    decided = Signal(object, bool)  # UnknownPrint

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._shown: tuple[UnknownPrint, ...] = ()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.SPACES[1])
        self.column.addLayout(self._rows)
        self.hide()

    @property
    def shown(self) -> tuple[UnknownPrint, ...]:
        """All of them, also those for which there is no row."""
        return self._shown

    def show_prints(self, prints: Sequence[UnknownPrint]) -> None:
        """Show these; of many the oldest, and how many more there are."""
        if tuple(prints) == self._shown:
            return
        self._shown = tuple(prints)
        clear(self._rows)
        for each in self._shown[:_MOST_UNKNOWN]:
            self._rows.addLayout(self._row(each))
        more = len(self._shown) - _MOST_UNKNOWN
        if more > 0:
            text = self._words("ui.label.print.more-unknown", count=str(more))
            self._rows.addWidget(Text(text, theme.SMALL, role="muted"))
        self.setVisible(bool(self._shown))

    def _row(self, one: UnknownPrint) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACES[2])
        row.addWidget(IconView(Icon.UNKNOWN, 22))
        row.addWidget(Text(one.told, theme.TABLE, wrap=True), 1)
        for printed, code in ((True, "it-printed"), (False, "it-did-not-print")):
            button = Button(self._words(f"ui.label.print.{code}"))
            button.setObjectName(f"{code} {one.serial}{one.number:02}")
            button.clicked.connect(lambda _=False, yes=printed: self.decided.emit(one, yes))
            row.addWidget(button)
        return row
