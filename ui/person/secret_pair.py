"""A new secret, typed twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pharmacy_app.domain.account import SHORTEST_SECRET, Secret
from ui import theme
from ui.person.secret_field import SecretField
from ui.widgets.finding import FindingList

if TYPE_CHECKING:
    from ui.remarks import Remark
    from ui.words import Words


class SecretPair(QWidget):
    """`typed` says that something changed, `entered` that Enter was pressed in the second field."""

    typed = Signal()
    entered = Signal()

    def __init__(self, words: Words, *, captions: tuple[str, str] | None = None) -> None:
        super().__init__()
        self._words = words
        usual = (words("ui.people.field.secret"), words("ui.people.field.secret-again"))
        self.first, self.again = (SecretField(each, words) for each in captions or usual)
        self._findings = FindingList(words)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACES[2])
        for field in (self.first, self.again):
            row.addWidget(field, 1)
            field.typed.connect(self.typed)
        self.first.edit.returnPressed.connect(self.again.set_focus)
        self.again.edit.returnPressed.connect(self.entered)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACES[0])
        column.addLayout(row)
        column.addWidget(self._findings)

    @property
    def secret(self) -> Secret:
        """The secret; to be asked for once nothing stands against it."""
        return self.first.secret

    @property
    def why_not(self) -> str:
        """Why the two are no secret yet; empty: they agree."""
        if len(self.first.text) < SHORTEST_SECRET:
            return self._words("ui.people.secret-short", shortest=str(SHORTEST_SECRET))
        if self.first.text != self.again.text:
            return self._words("ui.people.secrets-differ")
        return ""

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What stands under both fields."""
        return self._findings.remarks

    def set_focus(self) -> None:
        """Bring the keyboard to the first field."""
        self.first.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        """Put what is wrong under both fields."""
        self._findings.show_remarks(tuple(remarks))

    def forget(self) -> None:
        """Empty both fields."""
        self.first.forget()
        self.again.forget()
        self.show_remarks(())
