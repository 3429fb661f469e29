"""The card for receiving: scan unit by unit, or type what stands on the package."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import theme
from ui.remarks import Remark
from ui.supplies.cold import storage_of
from ui.supplies.receipt_draft import FIELDS, ReceiptDraft
from ui.widgets.button import Button, ExplainedButton
from ui.widgets.card import Card
from ui.widgets.field import TextField
from ui.widgets.finding import FindingList
from ui.widgets.product_picture import Look, ProductPicture, look_of
from ui.widgets.scroll import ScrollPart
from ui.widgets.text import Text

if TYPE_CHECKING:
    from pharmacy_app.domain.product import Product
    from ui.words import Words

_PICTURE = 44
_UNITS_WIDTH = 92


class ReceivingCard(Card):
    """`code_given` carries a code that was typed and left, `edited` a field and its text."""

    code_given = Signal(str)
    edited = Signal(str, str)
    received = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__(words("ui.supplies.receive.title"))
        self._words = words
        self.fields = {
            "code": TextField(words("ui.supplies.receive.code"), words),
            "lot": TextField(words("ui.supplies.receive.lot"), words),
            "quantity": TextField(words("ui.supplies.receive.quantity"), words),
            "expires_on": TextField(
                words("ui.supplies.receive.expires_on"), words, suffix=words("ui.supplies.receive.date")
            ),
        }
        self.button = Button(words("ui.supplies.receive.button"), filled=True)
        self.explained = ExplainedButton(self.button)
        self._picture = ProductPicture(_PICTURE)
        self._name = Text(size=theme.TABLE, bold=True, wrap=True)
        self._storage = Text(size=theme.SMALL, wrap=True)
        self._findings = FindingList(words)
        self._said = Text(size=theme.SMALL, role="muted", wrap=True)
        self._arrange()
        for name, field in self.fields.items():
            field.typed.connect(lambda which=name: self.edited.emit(which, self.fields[which].text))
        self.fields["code"].left.connect(self._code_left)
        self.button.clicked.connect(self.received)

    def _arrange(self) -> None:
        part = ScrollPart(edge=4)
        part.column.setSpacing(theme.SPACES[1])
        part.column.addWidget(self.fields["code"])
        found = QHBoxLayout()
        found.setSpacing(theme.SPACES[1])
        found.addWidget(self._picture)
        found.addWidget(self._name, 1)
        part.column.addLayout(found)
        part.column.addWidget(self._storage)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACES[2])
        row.addWidget(self.fields["lot"], 1)
        row.addWidget(self.fields["quantity"])
        self.fields["quantity"].setFixedWidth(_UNITS_WIDTH)
        part.column.addLayout(row)
        part.column.addWidget(self.fields["quantity"].detach_findings())
        part.column.addWidget(self.fields["lot"].detach_findings())
        part.column.addWidget(self.fields["expires_on"])
        part.column.addWidget(self._findings)
        part.column.addStretch(1)
        self.column.addWidget(part, 1)
        self.column.addWidget(self.explained)
        self.column.addWidget(self._said)

    def _code_left(self) -> None:
        code = self.fields["code"].text
        if code:
            self.code_given.emit(code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the field of the code reads it; a scanner ends so."""
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and self.fields["code"].edit.hasFocus():
            self._code_left()
            return
        super().keyPressEvent(event)

    def show_draft(self, draft: ReceiptDraft, product: Product | None, *, name: str) -> None:
        """Show the texts, and the product that has the code; `name` is what to say of it."""
        for each in FIELDS:
            if self.fields[each].text != draft.texts[each]:
                self.fields[each].set_text(draft.texts[each])
        look: Look | None = None if product is None else look_of(product)
        self._picture.show_look(look)
        self._picture.setVisible(look is not None)
        self._name.say(name)
        self._name.setVisible(bool(name))
        storage = storage_of(product, self._words)
        self._storage.say(storage)
        self._storage.setVisible(bool(storage))

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        """Put each remark at its field; those of none stand below."""
        for name, field in self.fields.items():
            field.show_remarks([each for each in remarks if each.field == name])
        self._findings.show_remarks([each for each in remarks if each.field not in self.fields])

    def say(self, sentence: str) -> None:
        """What became of the last receipt or scan."""
        self._said.say(sentence)
        self._said.setVisible(bool(sentence))

    @property
    def said(self) -> str:
        """The sentence under the button."""
        return self._said.text()

    @property
    def storage(self) -> str:
        """How what is being received is kept; empty: it is no part of the kit."""
        return self._storage.text()

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """Every remark shown, those at fields first."""
        at_fields = tuple(each for field in self.fields.values() for each in field.remarks)
        return at_fields + self._findings.remarks

    def first_field(self) -> QWidget:
        """Where the keyboard starts."""
        return self.fields["code"].edit
