"""Open bags that were made after another revision: what differs, what replaces them, one signature."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.figures.view import BagRow
from ui.icons import Icon
from ui.person.secret_field import SecretField
from ui.remarks import Remark
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.finding import FindingList
from ui.widgets.head import clear
from ui.widgets.scroll import ScrollPart
from ui.widgets.tag import Tag
from ui.widgets.text import Rule, Text
from ui.words import Words


class BagsPanel(Card):
    """`released(serial, secret)`: a pharmacist lets a bag go on."""

    released = Signal(str, str)

    def __init__(self, words: Words) -> None:
        super().__init__(words("ui.figures.bags.title"))
        self._words = words
        self._shown: tuple[BagRow, ...] | None = None
        self.secret = SecretField(words("ui.figures.secret"), words)
        self.secret.setFixedWidth(240)
        self._said = FindingList(words)
        self._part = ScrollPart(edge=0)
        self._part.column.setSpacing(theme.SPACES[2])
        self.column.addWidget(self._part, 1)
        self.column.addWidget(self._said)
        self.column.addWidget(self.secret)

    @property
    def said(self) -> tuple[Remark, ...]:
        """What became of the last try."""
        return self._said.remarks

    def show_bags(self, rows: tuple[BagRow, ...], said: Sequence[Remark]) -> None:
        """Show these bags."""
        self._said.show_remarks(said)
        self.secret.setVisible(any(row.may_release for row in rows))
        if rows == self._shown:
            return
        self._shown = rows
        clear(self._part.column)
        if not rows:
            self._part.column.addWidget(Text(self._words("ui.figures.bags.none"), theme.BODY))
        for row in rows:
            self._part.column.addWidget(self._bag(row))
            self._part.column.addWidget(Rule())
        self._part.column.addStretch(1)

    def _bag(self, row: BagRow) -> QWidget:
        whole = QWidget()
        head = QHBoxLayout()
        head.setSpacing(theme.SPACES[3])
        head.addWidget(Text(row.title, theme.TITLE, bold=True))
        head.addWidget(Text(row.order, theme.TABLE, role="muted"))
        head.addStretch(1)
        if row.may_release:
            button = Button(self._words("ui.figures.bags.release"))
            button.setAccessibleName(f"{button.text()}, {row.title}")
            button.setObjectName(f"release {row.serial}")
            button.clicked.connect(
                lambda _checked=False, serial=row.serial: self.released.emit(serial, self.secret.take())
            )
            head.addWidget(button)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        said = QHBoxLayout()
        said.addWidget(Tag(Icon(row.tone), row.sentence, size=theme.TABLE))
        said.addStretch(1)
        column.addLayout(said)
        for line in row.lines:
            column.addWidget(Text(line, theme.TABLE, wrap=True))
        return whole
