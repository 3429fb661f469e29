"""A lot, its bags and patients, and the button that recalls it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.icons import Icon, IconView
from ui.record.entry_card import pair
from ui.record.table import TwoLineTable
from ui.record.view import Pairs, RecallView
from ui.widgets.button import Button, ExplainedButton
from ui.widgets.card import Card
from ui.widgets.field import SelectField, TextField
from ui.widgets.finding import FindingList
from ui.widgets.head import clear
from ui.widgets.scroll import ScrollPart
from ui.widgets.text import Text
from ui.words import Words

_WIDTHS = (214, 0, 172, 182)
_HEADS = ("where", "patient", "bag", "since")
_SIDE = 280
_ICON = 30


class RecallPart(QWidget):
    """`asked` carries lot and code; the code is empty where every product is meant."""

    asked = Signal(str, str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        heads = [words(f"ui.record.recall.column.{name}") for name in _HEADS]
        self.lot = TextField(words("ui.record.recall.lot"), words, example=words("ui.record.recall.example"))
        self.product = SelectField(words("ui.record.recall.product"), [], words)
        self.look = Button(words("ui.record.look"), filled=True)
        self.table = TwoLineTable(words("ui.record.recall.bags"), heads, _WIDTHS)
        self.recall = ExplainedButton(Button(words("ui.record.recall.set")))
        self._sign = IconView(Icon.DONE, _ICON)
        self._result = Text(size=theme.RESULT, bold=True)
        self._said = Text(size=theme.SMALL, role="muted", wrap=True)
        self._findings = FindingList(words)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(6)
        self._side = self._lot_card()
        self.look.clicked.connect(lambda: self.asked.emit(self.lot.text, ""))
        self.product.typed.connect(lambda: self.asked.emit(self.lot.text, self.product.value))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.CARD_GAP)
        row.addWidget(self._list(), 1)
        row.addWidget(self._side)

    def _list(self) -> Card:
        card = Card()
        card.column.setContentsMargins(1, 12, 1, 8)
        top = QVBoxLayout()
        top.setContentsMargins(14, 0, 14, 0)
        top.setSpacing(8)
        ask = QHBoxLayout()
        ask.setSpacing(8)
        self.lot.setFixedWidth(220)
        self.product.setMinimumWidth(380)
        ask.addWidget(self.lot)
        ask.addWidget(self.product)
        ask.addWidget(self.look, 0, Qt.AlignmentFlag.AlignBottom)
        ask.addStretch(1)
        result = QHBoxLayout()
        result.setSpacing(12)
        result.addWidget(self._sign)
        result.addWidget(self._result)
        result.addStretch(1)
        top.addLayout(ask)
        top.addWidget(self.lot.detach_findings())
        top.addLayout(result)
        card.column.addLayout(top)
        card.column.addWidget(self.table, 1)
        self._blank = QWidget()
        card.column.addWidget(self._blank, 1)
        return card

    def _lot_card(self) -> Card:
        card = Card()
        card.column.setContentsMargins(16, 12, 8, 12)
        card.setFixedWidth(_SIDE)
        part = ScrollPart(edge=0)
        part.column.addLayout(self._facts)
        part.column.addWidget(self._findings)
        part.column.addStretch(1)
        card.column.addWidget(part, 1)
        card.column.addWidget(self._said)
        card.column.addWidget(self.recall)
        return card

    @property
    def result(self) -> str:
        """The large sentence."""
        return self._result.text()

    @property
    def said(self) -> str:
        """What became of the last act."""
        return self._said.text()

    def say(self, sentence: str) -> None:
        """Tell what became of an act."""
        self._said.say(sentence)
        self._said.setVisible(bool(sentence))

    def show_view(self, view: RecallView) -> None:
        """Show these bags."""
        self._result.say(view.result)
        self._sign.show_icon(Icon(view.icon))
        self._sign.setVisible(bool(view.result))
        self._result.setVisible(bool(view.result))
        self.lot.show_remarks(view.remarks)
        self.table.show_rows(view.rows, view.chosen)
        self.table.setVisible(bool(view.rows))
        self._blank.setVisible(not view.rows)
        self._show_products(view)
        clear(self._facts)
        self._add(self._words("ui.record.recall.this-lot"), view.facts)
        self._add(self._words("ui.record.recall.this-bag"), view.bag)
        if view.why_not:
            self.recall.forbid(view.why_not)
        else:
            self.recall.allow()

    def _add(self, title: str, pairs: Pairs) -> None:
        """A title, and under it each caption with its value."""
        if not pairs:
            return
        self._facts.addWidget(Text(title, theme.TITLE, bold=True))
        for caption, value in pairs:
            self._facts.addWidget(pair(caption, value))
        self._facts.addSpacing(theme.SPACES[2])

    def _show_products(self, view: RecallView) -> None:
        """Which product's lot it is, where the number alone leaves that open."""
        self.product.setVisible(len(view.lots) > 1)
        box = self.product.box
        box.clear()
        box.addItem(self._words("ui.record.recall.every-product"), "")
        for code, name in view.lots:
            box.addItem(f"{name} · {code}", code)
        self.product.set_value(view.code)
