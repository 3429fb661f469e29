"""Cards, rows of a name and a value, and the big number of a page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.text import Rule, Text


class Card(QFrame):
    """A surface with an edge. Widgets go into `column`; `beside_title` stands right of the title."""

    def __init__(self, title: str = "", *, quiet: bool = False, beside_title: QWidget | None = None) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(18, 14, 18, 14)
        self.column.setSpacing(theme.SPACES[1])
        self._title = Text(
            title, theme.SMALL if quiet else theme.TITLE, bold=True, role="muted" if quiet else ""
        )
        if title or beside_title is not None:
            row = QHBoxLayout()
            row.addWidget(self._title)
            row.addStretch(1)
            if beside_title is not None:
                row.addWidget(beside_title)
            self.column.addLayout(row)

    def set_title(self, title: str) -> None:
        """Another title; the card was made with one."""
        self._title.say(title)


class ValueRow(QWidget):
    """A name at the left, its value in bold at the right, a line under both."""

    def __init__(self, name: str, value: str = "", *, lined: bool = True) -> None:
        super().__init__()
        self._name = Text(name, theme.TABLE)
        self._value = Text(value, theme.TABLE, bold=True)
        row = QHBoxLayout()
        row.setContentsMargins(0, 5, 0, 5)
        row.addWidget(self._name)
        row.addStretch(1)
        row.addWidget(self._value, 0, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        if lined:
            column.addWidget(Rule())

    @property
    def value(self) -> str:
        """The value shown."""
        return self._value.text()

    def say(self, value: str) -> None:
        """Show another value."""
        self._value.say(value)


class BigNumber(QWidget):
    """A number to be read first, with its unit or noun small beside it."""

    def __init__(self, number: str = "", noun: str = "", *, size: int = theme.NUMBER) -> None:
        super().__init__()
        self._number = Text(number, size, bold=True)
        self._noun = Text(noun, theme.TABLE)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._number, 0, Qt.AlignmentFlag.AlignBaseline)
        row.addWidget(self._noun, 0, Qt.AlignmentFlag.AlignBaseline)
        row.addStretch(1)

    @property
    def number(self) -> str:
        """The number shown."""
        return self._number.text()

    def say(self, number: str, noun: str) -> None:
        """Show another number and noun."""
        self._number.say(number)
        self._noun.say(noun)
