"""Asks a pharmacist for the reasons that are still open before a plan is accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import theme
from ui.widgets.button import Button, ExplainedButton
from ui.widgets.card import Card
from ui.widgets.dialog import BandedDialog
from ui.widgets.finding import FindingList
from ui.widgets.focus import FocusRing
from ui.widgets.reading_order import go
from ui.widgets.scroll import ScrollPart
from ui.widgets.text import Text

if TYPE_CHECKING:
    from ui.plan.reasons import OpenReasons
    from ui.words import Words

_WIDTH = 640
_HIGHEST = 400  # of the findings; the whole dialog then fits the smallest window
_WHY_WIDTH = 230


class ReasonsDialog(BandedDialog):
    """`given` carries the reasons by code once every one is typed and the plan is to be accepted.

    Esc and *Back to the plan* leave without it.
    """

    given = Signal(object)  # dict[str, str]

    def __init__(self, parent: QWidget | None, words: Words, reasons: OpenReasons) -> None:
        super().__init__(parent, words, title=words("ui.plan.reasons.title"))
        self._reasons = reasons
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(_WIDTH)
        self.findings = FindingList(words, asks_reasons=True)
        self.findings.reason_typed.connect(self._type)
        self.accept_button = Button(words("ui.plan.accept"), filled=True)
        self.back = Button(words("ui.plan.reasons.back"))
        self._explained = ExplainedButton(self.accept_button)
        self._arrange(words)
        self.accept_button.setDefault(True)
        self.accept_button.clicked.connect(self._give)
        self.back.clicked.connect(self.reject)
        FocusRing(self)
        self._show_why()

    def _arrange(self, words: Words) -> None:
        self.column.addWidget(Text(words("ui.plan.reasons.text"), wrap=True))
        card = Card()
        card.column.setContentsMargins(1, 1, 1, 1)
        self._part = ScrollPart()
        self._part.column.addWidget(self.findings)
        self.findings.show_remarks(self._reasons.remarks)
        inner = self._part.widget()
        assert inner is not None
        inner.installEventFilter(self)
        card.column.addWidget(self._part)
        self.column.addWidget(card)
        self._explained.setFixedWidth(_WHY_WIDTH)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACES[2])
        row.addStretch(1)
        row.addWidget(self._explained, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)
        self.column.addStretch(1)

    @property
    def why_not(self) -> str:
        """What stands under the button while it cannot be pressed."""
        return self._explained.why

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()
        self.adjustSize()
        self.findings.focus_reason()

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab order is reading order."""
        return go(self, forward=forward)

    def _fit(self) -> None:
        """As high as the findings are, up to where they begin to scroll."""
        needed = self._part.column.totalHeightForWidth(self._part.viewport().width())
        self._part.setFixedHeight(min(needed, _HIGHEST))

    def _type(self, code: str, text: str) -> None:
        self._reasons.type_reason(code, text)
        self._show_why()

    def _show_why(self) -> None:
        why = self._reasons.why_not_accept
        if why:
            self._explained.forbid(why)
        else:
            self._explained.allow()

    def _give(self) -> None:
        self.given.emit(self._reasons.typed)
        self.accept()
