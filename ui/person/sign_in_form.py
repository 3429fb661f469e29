"""Name or badge, secret, and the button. Used by the sign-in page and by the dialog for a second person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pharmacy_app.workflow.people import Credentials
from ui import theme
from ui.person.secret_field import SecretField
from ui.widgets.button import Button, ExplainedButton
from ui.widgets.field import TextField
from ui.widgets.finding import FindingList

if TYPE_CHECKING:
    from ui.remarks import Remark
    from ui.words import Words


class SignInForm(QWidget):
    """`entered` carries Credentials. Enter goes from the name to the secret, and from there on."""

    entered = Signal(object)

    def __init__(self, words: Words, *, button: str = "") -> None:
        super().__init__()
        self._words = words
        self.name = TextField(words("ui.sign-in.name-or-badge"), words)
        self.secret = SecretField(words("ui.sign-in.secret"), words)
        self._findings = FindingList(words)
        self.enter = ExplainedButton(Button(button or words("ui.sign-in.name"), filled=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACES[2])
        for widget in (self.name, self.secret, self._findings, self.enter):
            column.addWidget(widget)
        self.name.edit.returnPressed.connect(self._name_entered)
        self.secret.edit.returnPressed.connect(self._enter)
        self.name.typed.connect(self._show_why)
        self.secret.typed.connect(self._show_why)
        self.enter.button.clicked.connect(self._enter)
        self._show_why()

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What was refused."""
        return self._findings.remarks

    def take_name(self, name: str) -> None:
        """A name or badge that nobody typed; the keyboard goes on to the secret."""
        self.name.set_text(name)
        self.secret.forget()
        self._findings.show_remarks(())
        self._show_why()
        self.set_focus()

    def set_focus(self) -> None:
        """Bring the keyboard to what is still empty."""
        field = self.secret if self.name.text else self.name
        field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Empty both fields."""
        self.take_name("")

    def refuse(self, remarks: Sequence[Remark]) -> None:
        """Say why not. The name stays, the secret is typed again."""
        self.secret.forget()
        self._findings.show_remarks(tuple(remarks))
        self._show_why()
        self.set_focus()

    def wait(self, *, waiting: bool) -> None:
        """The answer is under way."""
        self.name.lock(locked=waiting)
        self.secret.lock(locked=waiting)
        if waiting:
            self.enter.forbid(self._words("ui.sign-in.checking"))
        else:
            self._show_why()

    def _name_entered(self) -> None:
        if self.secret.is_empty:
            self.secret.set_focus()
        else:
            self._enter()

    def _enter(self) -> None:
        if self.enter.button.isEnabled():
            self.entered.emit(Credentials(self.name.text, self.secret.text))

    def _show_why(self) -> None:
        if self.name.text and not self.secret.is_empty:
            self.enter.allow()
        else:
            self.enter.forbid(self._words("ui.sign-in.fill-in"))
