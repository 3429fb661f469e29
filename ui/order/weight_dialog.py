"""The dialog in which a weight is added to an order on file, and which then says what the weight means."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import theme
from ui.order.weight import TWICE, kept_lines, refusal_remarks, typed_weight
from ui.page import Noun
from ui.remarks import remark_of_finding
from ui.widgets.button import Button
from ui.widgets.dialog import BandedDialog
from ui.widgets.field import TextField
from ui.widgets.finding import FindingList
from ui.widgets.focus import FocusRing
from ui.widgets.reading_order import go
from ui.widgets.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pharmacy_app.domain.errors import PharmacyError
    from pharmacy_app.domain.weight import WeightTyped
    from pharmacy_app.workflow.weight import WeightKept
    from ui.page import PageContext
    from ui.remarks import Remark
    from ui.words import Words

_WIDTH = 600
_NOUNS = frozenset({Noun.ORDER, Noun.BAG})


class WeightDialog(BandedDialog):
    """`given` carries a WeightTyped. The second weight and the reason open where they are asked for.

    A change of the weight closes them again: whether they are asked for is not known then.
    """

    given = Signal(object)  # WeightTyped

    def __init__(self, parent: QWidget | None, words: Words, *, order_number: str) -> None:
        super().__init__(parent, words, title=words("ui.weight.title", number=order_number))
        self._words = words
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(_WIDTH)
        self._text = Text(words("ui.weight.text"), wrap=True)
        self.fields = {
            "weight": TextField(words("ui.weight.weight"), words, suffix=words("ui.orders.suffix.kg")),
            "taken_on": TextField(words("ui.weight.taken-on"), words, suffix=words("ui.orders.suffix.date")),
            "again": TextField(words("ui.weight.again"), words, suffix=words("ui.orders.suffix.kg")),
            "reason": TextField(words("ui.weight.reason"), words),
        }
        self.findings = FindingList(words)
        self.outcome = Text(size=theme.BODY, bold=True, wrap=True)
        self.give = Button(words("ui.weight.button"), filled=True)
        self.back = Button(words("ui.reason.back"))
        self._arrange()
        self._ask_twice(asked=False)
        self.fields["weight"].typed.connect(partial(self._ask_twice, asked=False))
        self.give.setDefault(True)
        self.give.clicked.connect(self._give)
        self.back.setAutoDefault(False)
        self.back.clicked.connect(self.reject)
        FocusRing(self)
        self.fields["weight"].set_focus()

    def _arrange(self) -> None:
        self.column.addWidget(self._text)
        for field in self.fields.values():
            self.column.addWidget(field)
        self.column.addWidget(self.findings)
        self.column.addWidget(self.outcome)
        self.outcome.hide()
        row = QHBoxLayout()
        row.setSpacing(theme.SPACES[2])
        row.addStretch(1)
        row.addWidget(self.give)
        row.addWidget(self.back)
        self.column.addLayout(row)

    def refuse(self, error: PharmacyError) -> None:
        """Say why not, and open what is asked for."""
        remarks = refusal_remarks(error, self._words)
        asked = [each.field for each in remarks if each.field in TWICE]
        if asked:
            self._ask_twice(asked=True)
        self._show(remarks)
        if asked:
            self.fields[asked[0]].set_focus()

    def show_kept(self, kept: WeightKept) -> None:
        """The weight is kept: say what it means for the bags, and wait to be closed."""
        for widget in (self._text, *self.fields.values(), self.give):
            widget.hide()
        self.outcome.say("\n".join(kept_lines(kept, self._words)))
        self.outcome.show()
        self.back.setText(self._words("ui.weight.close"))
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show([remark_of_finding(each, self._words) for each in kept.findings])

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab order is reading order."""
        return go(self, forward=forward)

    def _give(self) -> None:
        texts = {name: field.text for name, field in self.fields.items()}
        typed, unread = typed_weight(
            texts["weight"],
            texts["taken_on"],
            again=texts["again"],
            reason=texts["reason"],
            words=self._words,
        )
        self._show(unread)
        if typed is not None:
            self.given.emit(typed)

    def _ask_twice(self, *, asked: bool) -> None:
        for name in TWICE:
            if not asked:
                self.fields[name].set_text("")
            self.fields[name].setVisible(asked)
        self._fit()

    def _fit(self) -> None:
        """As high as its content: `adjustSize` stops at two thirds of the screen."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(_WIDTH, layout.totalHeightForWidth(_WIDTH))

    def _show(self, remarks: Sequence[Remark]) -> None:
        self.findings.show_remarks(remarks)
        self._fit()


def add_weight(owner: QWidget, context: PageContext, order_number: str) -> WeightDialog:
    """Open the dialog for an order on file."""
    dialog = WeightDialog(owner, context.words, order_number=order_number)

    def give(typed: WeightTyped) -> None:
        context.gateway.change(
            partial(context.desk.ledger.add_weight, order_number, typed),
            nouns=_NOUNS,
            done=dialog.show_kept,
            refused=dialog.refuse,
        )

    dialog.given.connect(give)
    dialog.open()
    return dialog
