"""The state of the record in the largest words of the page, and everything that is wrong with it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from ui import theme
from ui.icons import Icon, IconView
from ui.record.view import ChainView
from ui.widgets.button import LinkButton
from ui.widgets.card import Card
from ui.widgets.finding import FindingList
from ui.widgets.scroll import ScrollPart
from ui.widgets.text import Text
from ui.words import Words

_ICON = 30
_MOST_HEIGHT = 132


class ChainCard(Card):
    """`again` is the button that asks for another check."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.column.setContentsMargins(18, 8, 14, 8)
        self._sign = IconView(Icon.UNKNOWN, _ICON)
        self._text = Text(size=theme.RESULT, bold=True)
        self._beside = Text(size=theme.SMALL, role="muted")
        self.again = LinkButton(words("ui.record.check-again"))
        self._findings = FindingList(words)
        self._wrong = ScrollPart(edge=0)
        self._wrong.setMaximumHeight(_MOST_HEIGHT)
        self._wrong.column.addWidget(self._findings)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._sign)
        row.addWidget(self._text)
        row.addStretch(1)
        row.addWidget(self._beside)
        row.addWidget(self.again)
        self.column.addLayout(row)
        self.column.addWidget(self._wrong)

    @property
    def text(self) -> str:
        """The sentence shown."""
        return self._text.text()

    @property
    def findings(self) -> FindingList:
        """Everything that is wrong."""
        return self._findings

    def show_view(self, view: ChainView) -> None:
        """Show this state."""
        self._sign.show_icon(Icon(view.icon))
        self._text.say(view.text)
        self._beside.say(view.beside)
        self._findings.show_remarks(view.remarks)
        self._wrong.setVisible(bool(view.remarks))
        self.again.setEnabled(bool(view.beside))
        self.setAccessibleName(view.text)
