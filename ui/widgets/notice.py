"""What stands in place of a page's content: one large sentence, and every finding."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ui import theme
from ui.remarks import Remark
from ui.widgets.card import Card
from ui.widgets.finding import FindingList
from ui.widgets.text import Text
from ui.words import Words


class NoticeCard(Card):
    """A card that fills the page."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.column.setContentsMargins(26, 20, 14, 14)
        self.column.setSpacing(theme.SPACES[2])
        self._text = Text(size=theme.RESULT, bold=True, wrap=True)
        self._findings = FindingList(words)
        inside = QWidget()
        inside.setProperty("role", "scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 12, 0)
        column.addWidget(self._findings)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        self.column.addWidget(self._text)
        self.column.addWidget(area, 1)

    @property
    def text(self) -> str:
        """The sentence shown."""
        return self._text.text()

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """The findings shown."""
        return self._findings.remarks

    def show_notice(self, sentence: str, remarks: Sequence[Remark]) -> None:
        """Show this sentence and these findings."""
        self._text.say(sentence)
        self._findings.show_remarks(remarks)
