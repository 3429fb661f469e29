"""Names every line of a file that was refused: nothing of it was kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import theme
from ui.remarks import Remark
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.dialog import BandedDialog
from ui.widgets.finding import FindingList
from ui.widgets.focus import FocusRing
from ui.widgets.scroll import ScrollPart
from ui.widgets.text import Text

if TYPE_CHECKING:
    from ui.words import Words

_WIDTH = 760
_HEIGHT = 380


class RefusedDialog(BandedDialog):
    """A list that scrolls, and one button."""

    def __init__(
        self, parent: QWidget | None, words: Words, *, file: str, remarks: tuple[Remark, ...]
    ) -> None:
        super().__init__(parent, words, title=words("ui.supplies.refused.title", file=file))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(_WIDTH)
        self.remarks = remarks
        self.column.addWidget(Text(words("ui.supplies.refused.text"), wrap=True))
        findings = FindingList(words)
        findings.show_remarks(remarks)
        card = Card()
        card.column.setContentsMargins(1, 1, 1, 1)
        part = ScrollPart()
        part.column.addWidget(findings)
        part.column.addStretch(1)
        part.setFixedHeight(min(_HEIGHT, part.column.totalHeightForWidth(_WIDTH - 80) + 12))
        card.column.addWidget(part)
        self.column.addWidget(card)
        close = Button(words("ui.frame.close"), filled=True)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACES[2])
        row.addStretch(1)
        row.addWidget(close)
        self.column.addLayout(row)
        FocusRing(self)
