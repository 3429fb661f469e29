"""The dialog in which a person changes the own secret: the old one once, the new one twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import theme
from ui.person.remarks import refusals
from ui.person.secret_field import SecretField
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


class OwnSecretDialog(BandedDialog):
    """`given` carries old and new Secret. It stays until `accept`; after `refuse` all is typed again."""

    given = Signal(object)  # tuple[Secret, Secret]

    def __init__(self, parent: QWidget | None, words: Words) -> None:
        super().__init__(parent, words, title=words("ui.own-secret.title"))
        self._words = words
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(_WIDTH)
        self.old = SecretField(words("ui.own-secret.old"), words)
        captions = (words("ui.own-secret.new"), words("ui.own-secret.new-again"))
        self.secrets = SecretPair(words, captions=captions)
        self.save = ExplainedButton(Button(words("ui.own-secret.change"), filled=True))
        self.back = Button(words("ui.second-person.back"))
        self._arrange()
        self._wire()
        FocusRing(self)
        self._show_why()
        self.old.set_focus()

    def _arrange(self) -> None:
        self.column.addWidget(Text(self._words("ui.own-secret.text"), wrap=True))
        self.column.addWidget(self.old)
        self.column.addWidget(self.secrets)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACES[2])
        row.addWidget(self.save, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)

    def _wire(self) -> None:
        for button in (self.save.button, self.back):
            button.setAutoDefault(False)
        self.back.clicked.connect(self.reject)
        self.save.button.clicked.connect(self._give)
        self.old.typed.connect(self._show_why)
        self.old.edit.returnPressed.connect(self.secrets.set_focus)
        self.secrets.typed.connect(self._show_why)
        self.secrets.entered.connect(self._give)

    def wait(self, *, waiting: bool) -> None:
        """The answer is under way."""
        for field in (self.old, self.secrets.first, self.secrets.again):
            field.lock(locked=waiting)
        if waiting:
            self.save.forbid(self._words("ui.people.saving"))
        else:
            self._show_why()

    def refuse(self, error: PharmacyError) -> None:
        """It was not taken: say why, at the old or at the new secret."""
        self.old.forget()
        self.secrets.forget()
        self.wait(waiting=False)
        found = refusals(error, self._words)
        self.old.show_remarks([each for each in found if each.field != "secret"])
        self.secrets.show_remarks([each for each in found if each.field == "secret"])
        self.old.set_focus()
        self.adjustSize()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab order is reading order."""
        return go(self, forward=forward)

    def _show_why(self) -> None:
        why = self._words("ui.own-secret.type-old") if self.old.is_empty else self.secrets.why_not
        if why:
            self.save.forbid(why)
        else:
            self.save.allow()

    def _give(self) -> None:
        if self.save.button.isEnabled():
            self.given.emit((self.old.secret, self.secrets.secret))
