"""A field for a secret: dots on the screen, and nothing of it in a tool tip or a description."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from pharmacy_app.domain.account import LONGEST_SECRET, Secret
from ui.widgets.field import TextField
from ui.words import Words


class SecretField(TextField):
    """What is typed is taken out as a `Secret`, whose text nothing prints."""

    def __init__(self, caption: str, words: Words) -> None:
        super().__init__(caption, words)
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setMaxLength(LONGEST_SECRET + 1)  # one too many is refused, in words
        self.edit.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )

    @property
    def secret(self) -> Secret:
        """What was typed."""
        return Secret(self.text)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not self.text

    def forget(self) -> None:
        """Empty the field."""
        self.edit.clear()
        self.show_remarks(())

    def take(self) -> str:
        """What was typed, for the one command that needs it; the field is empty afterwards."""
        text = self.text
        self.forget()
        return text
