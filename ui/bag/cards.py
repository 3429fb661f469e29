"""The list of bags and the answer to one of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout

from pharmacy_app.domain.answer_reason import Answer
from ui import theme
from ui.bag.view import AnswerView, BagRow
from ui.icons import Icon, IconView
from ui.widgets.button import Button, LinkButton
from ui.widgets.card import Card, ValueRow
from ui.widgets.finding import FindingList
from ui.widgets.scroll import ScrollPart
from ui.widgets.text import Text
from ui.words import Words

ICONS = {
    Answer.HANG: Icon.DONE,
    Answer.NOT_YET: Icon.REASON,
    Answer.EXPIRED: Icon.STOP,
    Answer.VOID: Icon.STOP,
}
_ICON = 64


class BagsCard(Card):
    """The bags that are made and not ended, the first due on top. `chosen` carries a serial."""

    chosen = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__(words("ui.bags.list"))
        self._words = words
        self._nothing = Text(words("ui.bags.nothing"), theme.BODY, role="muted", wrap=True)
        self._part = ScrollPart(edge=0)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self._part.column.addLayout(self._grid)
        self._part.column.addStretch(1)
        self.column.addWidget(self._nothing)
        self.column.addWidget(self._part, 1)

    def show_rows(self, rows: Sequence[BagRow]) -> None:
        """Show these bags and no others."""
        _empty(self._grid)
        self._nothing.setVisible(not rows)
        for at, row in enumerate(rows):
            link = LinkButton(row.shown)
            link.clicked.connect(lambda _checked=False, serial=row.serial: self.chosen.emit(serial))
            texts = Text(f"{row.patient}\n{row.what}\n{row.when} · {row.state}", theme.SMALL, wrap=True)
            self._grid.addWidget(IconView(ICONS[row.answer], 18), at, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(texts, at, 1)
            self._grid.addWidget(link, at, 2, Qt.AlignmentFlag.AlignTop)


class AnswerCard(Card):
    """One word, large; every reason; the times; the moves. `move_chosen` carries a Move."""

    move_chosen = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.column.setContentsMargins(26, 18, 26, 18)
        self._words = words
        self._icon = IconView(Icon.NOTE, _ICON)
        self._word = Text(size=theme.STOP, bold=True)
        self._patient = Text(size=theme.RESULT, bold=True, wrap=True)
        self._what = Text(size=theme.TITLE, wrap=True)
        self.findings = FindingList(words)
        self.refused = FindingList(words)
        self._times = QGridLayout()
        self._times.setHorizontalSpacing(30)
        self._times.setVerticalSpacing(0)
        self._moves = QHBoxLayout()
        self._moves.setSpacing(12)
        self.buttons: list[Button] = []
        self._arrange()
        self.show_answer(None)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(22)
        head.addWidget(self._icon)
        head.addWidget(self._word, 1)
        self.column.addLayout(head)
        for widget in (self._patient, self._what, self.findings, self.refused):
            self.column.addWidget(widget)
        self.column.addLayout(self._times)
        self.column.addStretch(1)
        self.column.addLayout(self._moves)

    def show_answer(self, view: AnswerView | None) -> None:
        """Show this answer; None: no bag was scanned yet."""
        _empty(self._times)
        _empty(self._moves)
        self.buttons = []
        for widget in (self._icon, self._patient, self._what):
            widget.setVisible(view is not None)
        self._word.setFont(theme.font(theme.RESULT if view is None else theme.STOP, bold=True))
        self._word.setWordWrap(view is None)
        if view is None:
            self._word.say(self._words("ui.bags.scan"))
            self.findings.show_remarks(())
            return
        self._icon.show_icon(ICONS[view.answer])
        self._word.say(view.word)
        self._patient.say(view.patient)
        self._what.say(" · ".join(part for part in (view.shown, view.what, view.state) if part))
        self.findings.show_remarks(view.remarks)
        for at, (name, value) in enumerate(view.times):
            self._times.addWidget(ValueRow(name, value), at // 2, at % 2)
        for move in view.moves:
            button = Button(move.word)
            button.setObjectName(f"move {move.move.value}")
            button.clicked.connect(lambda _checked=False, chosen=move: self.move_chosen.emit(chosen))
            button.setMinimumWidth(button.sizeHint().width())
            self.buttons.append(button)
            self._moves.addWidget(button)
        self._moves.addStretch(1)


def _empty(layout: QLayout) -> None:
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
