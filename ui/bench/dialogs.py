"""The dialogs of the bench: giving a bag up, and a code that cannot be read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import theme
from ui.remarks import Remark
from ui.widgets.button import Button
from ui.widgets.dialog import BandedDialog
from ui.widgets.field import TextField
from ui.widgets.finding import FindingList
from ui.widgets.focus import FocusRing
from ui.widgets.reading_order import go
from ui.widgets.text import Text
from ui.words import Words

_WIDTH = 600


class FormDialog(BandedDialog):
    """Some fields, one act. `given` carries their texts, in their order. Esc leaves and does nothing."""

    given = Signal(object)  # tuple[str, ...]

    def __init__(self, parent: QWidget | None, words: Words, *, name: str, fields: Sequence[str]) -> None:
        super().__init__(parent, words, title=words(f"ui.bench.{name}.title"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(_WIDTH)
        self.column.addWidget(Text(words(f"ui.bench.{name}.text"), wrap=True))
        self.fields = {each: TextField(words(f"ui.bench.{name}.{each}"), words) for each in fields}
        for field in self.fields.values():
            self.column.addWidget(field)
        self._findings = FindingList(words)
        self.column.addWidget(self._findings)
        self.give = Button(words(f"ui.bench.{name}.button"), filled=True)
        self.give.setDefault(True)
        self.give.clicked.connect(lambda: self.given.emit(self.texts))
        back = Button(words("ui.reason.back"))
        back.setAutoDefault(False)
        back.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACES[2])
        row.addStretch(1)
        row.addWidget(self.give)
        row.addWidget(back)
        self.column.addLayout(row)
        FocusRing(self)
        next(iter(self.fields.values())).set_focus()

    @property
    def texts(self) -> tuple[str, ...]:
        """What was typed, as typed."""
        return tuple(field.text for field in self.fields.values())

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What was refused."""
        return self._findings.remarks

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        """Why it was refused."""
        self._findings.show_remarks(remarks)
        self.adjustSize()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab order is reading order."""
        return go(self, forward=forward)
