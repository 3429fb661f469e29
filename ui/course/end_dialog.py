"""Asks who ends the treatment for good, and why, and says what that does."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import theme
from ui.course.drafts import FIELD_OF
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


class EndDialog(BandedDialog):
    """`given` carries prescriber and reason as typed. It stays until `accept` is called; Esc leaves it."""

    given = Signal(str, str)

    def __init__(self, parent: QWidget | None, words: Words, *, order_number: str, patient: str) -> None:
        super().__init__(parent, words, title=words("ui.course.end.title", patient=patient))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(_WIDTH)
        self.column.addWidget(Text(words("ui.course.end.text", order=order_number), wrap=True))
        self.prescriber = TextField(words("ui.course.prescriber"), words)
        self.reason = TextField(words("ui.course.end.reason"), words)
        self._findings = FindingList(words)
        for widget in (self.prescriber, self.reason, self._findings):
            self.column.addWidget(widget)
        self.give = Button(words("ui.course.end.give"), filled=True)
        self.give.setDefault(True)
        self.give.clicked.connect(lambda: self.given.emit(self.prescriber.text, self.reason.text))
        back = Button(words("ui.reason.back"))
        back.setAutoDefault(False)
        back.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACES[2])
        buttons.addStretch(1)
        buttons.addWidget(self.give)
        buttons.addWidget(back)
        self.column.addLayout(buttons)
        FocusRing(self)
        self.prescriber.set_focus()

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """Every remark shown."""
        return (*self.prescriber.remarks, *self.reason.remarks, *self._findings.remarks)

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        """Why it was refused, each at its field."""
        at = {"prescriber": self.prescriber, "reason": self.reason}
        for name, field in at.items():
            field.show_remarks([each for each in remarks if FIELD_OF.get(each.code) == name])
        self._findings.show_remarks([each for each in remarks if FIELD_OF.get(each.code) not in at])
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(_WIDTH, layout.totalHeightForWidth(_WIDTH))

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab order is reading order."""
        return go(self, forward=forward)
