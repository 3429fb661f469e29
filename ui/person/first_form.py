"""The form of the first account: an administrator's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pharmacy_app.domain.account import Secret
from ui import theme
from ui.person.secret_pair import SecretPair
from ui.widgets.button import Button, ExplainedButton
from ui.widgets.field import TextField

if TYPE_CHECKING:
    from ui.remarks import Remark
    from ui.words import Words


class FirstForm(QWidget):
    """`made` carries name, display name and secret."""

    made = Signal(str, str, object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.name = TextField(words("ui.people.field.name"), words, example="kjones")
        self.display_name = TextField(words("ui.people.field.display-name"), words, example="K. Jones")
        self.secrets = SecretPair(words)
        self.make = ExplainedButton(Button(words("ui.sign-in.make-first"), filled=True))
        self.make.button.clicked.connect(self._make)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACES[1])
        names = QHBoxLayout()
        names.setSpacing(theme.SPACES[2])
        for field in (self.name, self.display_name):
            names.addWidget(field, 1)
        column.addLayout(names)
        for findings in (self.name.detach_findings(), self.display_name.detach_findings()):
            column.addWidget(findings)
        for widget in (self.secrets, self.make):
            column.addWidget(widget)
        for field in (self.name, self.display_name):
            field.typed.connect(self._show_why)
            field.edit.returnPressed.connect(lambda: self.focusNextPrevChild(True))
        self.secrets.typed.connect(self._show_why)
        self.secrets.entered.connect(self._make)
        self._show_why()

    def forget(self) -> None:
        """Empty every field."""
        for field in (self.name, self.display_name):
            field.set_text("")
            field.show_remarks(())
        self.secrets.forget()
        self._show_why()

    def set_focus(self) -> None:
        """Bring the keyboard to the first field."""
        self.name.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        """Put what is wrong to its fields."""
        for name, field in (("name", self.name), ("display_name", self.display_name)):
            field.show_remarks([each for each in remarks if each.field == name])
        self.secrets.show_remarks([each for each in remarks if each.field not in {"name", "display_name"}])

    def wait(self, *, waiting: bool) -> None:
        """The answer is under way."""
        if waiting:
            self.make.forbid(self._words("ui.sign-in.checking"))
        else:
            self._show_why()

    def _show_why(self) -> None:
        if not (self.name.text and self.display_name.text):
            self.make.forbid(self._words("ui.sign-in.fill-in"))
        elif self.secrets.why_not:
            self.make.forbid(self.secrets.why_not)
        else:
            self.make.allow()

    def _make(self) -> None:
        if self.make.button.isEnabled():
            secret: Secret = self.secrets.secret
            self.made.emit(self.name.text, self.display_name.text, secret)
