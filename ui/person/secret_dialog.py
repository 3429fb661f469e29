"""The dialog in which a person types a new secret, twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import theme
from ui.person.remarks import refusals
from ui.person.secret_pair import SecretPair
from ui.widgets.button import Button, ExplainedButton
from ui.widgets.dialog import BandedDialog
from ui.widgets.focus import FocusRing
from ui.widgets.reading_order import go
from ui.widgets.text import Text

if TYPE_CHECKING:
    from pharmacy_app.domain.errors import PharmacyError
    from ui.words import Words

_WIDTH = 560


class SecretDialog(BandedDialog):
    """`given` carries the Secret. The dialog stays until `accept`; after `refuse` it is typed again."""

    given = Signal(object)

    def __init__(self, parent: QWidget | None, words: Words, *, person: str) -> None:
        super().__init__(parent, words, title=words("ui.people.new-secret-title", person=person))
        self._words = words
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(_WIDTH)
        self.column.addWidget(Text(words("ui.people.new-secret-text", person=person), wrap=True))
        self.secrets = SecretPair(words)
        self.column.addWidget(self.secrets)
        self.save = ExplainedButton(Button(words("ui.people.set-secret"), filled=True))
        self.save.button.clicked.connect(self._give)
        back = Button(words("ui.second-person.back"))
        for button in (self.save.button, back):
            button.setAutoDefault(False)
        back.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACES[2])
        row.addWidget(self.save, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)
        self.secrets.typed.connect(self._show_why)
        self.secrets.entered.connect(self._give)
        FocusRing(self)
        self._show_why()
        self.secrets.set_focus()

    def refuse(self, error: PharmacyError) -> None:
        """It was not taken."""
        self.secrets.forget()
        self.secrets.show_remarks(refusals(error, self._words))
        self._show_why()
        self.secrets.set_focus()
        self.adjustSize()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab order is reading order."""
        return go(self, forward=forward)

    def _show_why(self) -> None:
        why = self.secrets.why_not
        if why:
            self.save.forbid(why)
        else:
            self.save.allow()

    def _give(self) -> None:
        if self.save.button.isEnabled():
            self.given.emit(self.secrets.secret)
