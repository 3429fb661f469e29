"""Asks for a reason before something is done that cannot be undone."""

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

_WIDTH = 560


class AskReason(BandedDialog):
    """`given` carries the reason as typed. The dialog stays until `accept` is called; Esc leaves it."""

    given = Signal(str)

    def __init__(
        self, parent: QWidget | None, words: Words, *, title: str, text: str, caption: str, button: str
    ) -> None:
        super().__init__(parent, words, title=title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(_WIDTH)
        self.column.addWidget(Text(text, wrap=True))
        self.reason = TextField(caption, words)
        self.column.addWidget(self.reason)
        self._findings = FindingList(words)
        self.column.addWidget(self._findings)
        self.give = Button(button, filled=True)
        self.give.setDefault(True)
        self.give.clicked.connect(lambda: self.given.emit(self.reason.text))
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
        self.reason.set_focus()

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        """Why it was refused."""
        self._findings.show_remarks(remarks)
        self.adjustSize()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab order is reading order."""
        return go(self, forward=forward)
