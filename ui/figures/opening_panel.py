"""Opening the installation for patients: what is left to do, the open bags, and two people's secrets."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.figures.view import OpeningView
from ui.icons import Icon
from ui.person.secret_field import SecretField
from ui.remarks import Remark
from ui.widgets.button import Button, ExplainedButton
from ui.widgets.card import Card
from ui.widgets.field import TextField
from ui.widgets.finding import FindingList
from ui.widgets.scroll import ScrollPart
from ui.widgets.tag import Tag
from ui.widgets.text import Text
from ui.words import Words


class OpeningPanel(QWidget):
    """`opened(secret, name, secret of the second person)`: two people open it."""

    opened = Signal(str, str, str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.CARD_GAP)
        column.addWidget(self._state(words), 1)
        self._form = self._signing(words)
        column.addWidget(self._form)

    def _state(self, words: Words) -> QWidget:
        card = Card()
        card.column.setSpacing(theme.SPACES[2])
        self._sentence = Text(size=theme.RESULT, bold=True, wrap=True)
        self._since = Text(size=theme.BODY, wrap=True)
        self._explained = Text(size=theme.BODY, wrap=True)
        self.ready = Tag(Icon.DONE, "", size=theme.TABLE)
        self._findings = FindingList(words)
        self._bags_title = Text(words("ui.figures.opening.list"), theme.BODY, bold=True, wrap=True)
        self._bags = Text(size=theme.BODY, wrap=True)
        part = ScrollPart(edge=0)
        part.column.setSpacing(theme.SPACES[1])
        part.column.addWidget(self.ready, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self._findings, self._bags_title, self._bags):
            part.column.addWidget(widget)
        part.column.addStretch(1)
        for widget in (self._sentence, self._since, self._explained):
            card.column.addWidget(widget)
        card.column.addWidget(part, 1)
        return card

    def _signing(self, words: Words) -> QWidget:
        card = Card()
        self.own = SecretField(words("ui.figures.opening.your-secret"), words)
        self.name = TextField(words("ui.figures.opening.second-name"), words)
        self.second = SecretField(words("ui.figures.opening.second-secret"), words)
        self.button = Button(words("ui.figures.opening.open"), filled=True)
        self.button.clicked.connect(self._open)
        self.button.setFixedWidth(250)
        self._why = ExplainedButton(self.button)
        self._why.setFixedWidth(250)
        self._said = FindingList(words)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACES[3])
        for field in (self.own, self.name, self.second):
            field.setFixedWidth(180)
            row.addWidget(field)
        lowered = QVBoxLayout()
        lowered.addSpacing(22)
        lowered.addWidget(self._why)
        lowered.addStretch(1)
        row.addStretch(1)
        row.addLayout(lowered)
        card.column.addLayout(row)
        card.column.addWidget(self._said)
        return card

    def show_opening(self, view: OpeningView, said: Sequence[Remark]) -> None:
        """Show where the installation stands."""
        for text, sentence in (
            (self._sentence, view.sentence),
            (self._since, view.since),
            (self._explained, view.explained),
        ):
            text.say(sentence)
            text.setVisible(bool(sentence))
        self.ready.setVisible(bool(view.ready))
        if view.ready:
            self.ready.say(Icon.DONE, view.ready)
        self._findings.show_remarks(view.remarks)
        self._bags_title.setVisible(bool(view.bags))
        self._bags.setVisible(bool(view.bags))
        self._bags.say("\n".join(view.bags))
        self._form.setVisible(bool(view.explained))
        for field in (self.own, self.name, self.second):
            field.setVisible(view.asks)
        if view.asks:
            self._why.allow()
        else:
            self._why.forbid(view.why_not)
        self._said.show_remarks(said)

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What is left to do."""
        return self._findings.remarks

    @property
    def said(self) -> tuple[Remark, ...]:
        """What became of the last try."""
        return self._said.remarks

    def _open(self) -> None:
        self.opened.emit(self.own.take(), self.name.text, self.second.take())
