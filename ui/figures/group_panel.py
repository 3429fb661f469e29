"""One group of figures: its rows, and under them the signatures and the place to sign."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.figures.figure_row import COLUMN_GAP, INPUT_WIDTH, PROGRAM_WIDTH, VERDICT_WIDTH, FigureRowView
from ui.figures.view import GroupView
from ui.icons import Icon, IconView
from ui.person.secret_field import SecretField
from ui.remarks import Remark
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.finding import FindingList
from ui.widgets.head import clear
from ui.widgets.scroll import ScrollPart
from ui.widgets.text import Rule, Text
from ui.words import Words

_EDGE = 4
_SCROLL_BAR = 12


class GroupPanel(QWidget):
    """`given(figure, text)`: a value is finished; `signed(secret)`: the person signs the group."""

    given = Signal(str, str)
    signed = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._key = ""
        self.rows: list[FigureRowView] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.CARD_GAP)
        column.addWidget(self._figures(), 1)
        column.addWidget(self._signing())

    def _figures(self) -> QWidget:
        self._progress = Text(size=theme.TABLE, role="muted")
        self._card = Card(" ", beside_title=self._progress)
        self._columns = [Text(size=theme.SMALL, role="muted") for _ in range(3)]
        head = QHBoxLayout()
        head.setContentsMargins(_EDGE, 0, _EDGE + _SCROLL_BAR, 0)
        head.setSpacing(COLUMN_GAP)
        widths = (0, PROGRAM_WIDTH, INPUT_WIDTH)
        for text, width in zip(self._columns, widths, strict=True):
            if width:
                text.setFixedWidth(width)
            head.addWidget(text, 0 if width else 1)
        head.addSpacing(VERDICT_WIDTH + COLUMN_GAP)
        self._card.column.addLayout(head)
        self._card.column.addWidget(Rule())
        self._part = ScrollPart(edge=_EDGE)
        self._part.column.setSpacing(0)
        self._part.verticalScrollBar().rangeChanged.connect(lambda _low, high: self._leave_room(high))
        self._card.column.addWidget(self._part, 1)
        return self._card

    def _signing(self) -> QWidget:
        words = self._words
        card = Card()
        self._signatures = QVBoxLayout()
        self._signatures.setSpacing(theme.SPACES[0])
        self._meaning = Text(size=theme.TABLE, wrap=True)
        self.secret = SecretField(words("ui.figures.secret"), words)
        self.secret.setFixedWidth(240)
        self.secret.edit.returnPressed.connect(self._sign)
        self.secret.typed.connect(self._show_why)
        self.button = Button(words("ui.figures.sign"), filled=True)
        self.button.clicked.connect(self._sign)
        self.button.setFixedWidth(200)
        self._why = Text(size=theme.TABLE, role="muted", wrap=True)
        self._said = FindingList(words)
        texts = QVBoxLayout()
        texts.setSpacing(theme.SPACES[1])
        texts.addLayout(self._signatures)
        texts.addWidget(self._meaning)
        texts.addWidget(self._why)
        texts.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(theme.PAGE_EDGE)
        row.addLayout(texts, 1)
        row.addWidget(self.secret, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignBottom)
        card.column.addLayout(row)
        card.column.addWidget(self._said)
        return card

    @property
    def why_not(self) -> str:
        """Why it cannot be signed, or empty."""
        return self._why.text()

    @property
    def said(self) -> tuple[Remark, ...]:
        """What became of the last try to sign."""
        return self._said.remarks

    def show_group(self, view: GroupView, said: Sequence[Remark]) -> None:
        """Show a group; fields of the same group are kept, with what is just being typed."""
        another = view.key != self._key
        if another:
            self._make_rows(view)
            self.secret.take()
        self._card.set_title(view.title)
        self._progress.say(view.progress)
        for text, word in zip(self._columns, view.columns, strict=True):
            text.say(word)
        for row, shown in zip(self.rows, view.rows, strict=True):
            row.show_row(shown, may_type=view.may_type)
        clear(self._signatures)
        for tone, sentence in view.signatures:
            line = QHBoxLayout()
            line.setSpacing(theme.SPACES[1])
            line.addWidget(IconView(Icon(tone), 17))
            line.addWidget(Text(sentence, theme.TABLE), 1)
            self._signatures.addLayout(line)
        self._meaning.say(view.meaning)
        self._meaning.setVisible(not view.why_not)
        self.secret.setVisible(not view.why_not)
        self._show_button(view)
        self._said.show_remarks(said)
        if another:
            QTimer.singleShot(0, self._look_at_what_is_left)

    def first_input(self) -> QWidget | None:
        """The first field that is still to be filled in, else the secret."""
        for row in self.rows:
            if not row.figure_row.text:
                return row.input.focus_target()
        return self.secret.edit if self.secret.isVisibleTo(self) else None

    def _make_rows(self, view: GroupView) -> None:
        self._key = view.key
        clear(self._part.column)
        self.rows = []
        for row in view.rows:
            shown = FigureRowView(row, self._words)
            shown.given.connect(self.given)
            self.rows.append(shown)
            self._part.column.addWidget(shown)
        self._part.column.addStretch(1)

    def _look_at_what_is_left(self) -> None:
        left = [row for row in self.rows if row.figure_row.remarks]
        if left:
            self._part.ensureWidgetVisible(left[0], 0, theme.PAGE_EDGE)
        else:
            self._part.verticalScrollBar().setValue(0)

    def _leave_room(self, scrolls: int) -> None:
        """The columns stand under their headings, whether or not there is a scroll bar."""
        edge = _EDGE if scrolls else _EDGE + _SCROLL_BAR
        self._part.column.setContentsMargins(_EDGE, 5, edge, 5)

    def _show_button(self, view: GroupView) -> None:
        self.button.setEnabled(not view.why_not)
        self.button.setAccessibleDescription(view.why_not)
        self._why.say(view.why_not)
        self._why.setVisible(bool(view.why_not))

    def _show_why(self) -> None:
        self._said.show_remarks(())

    def _sign(self) -> None:
        if self.button.isEnabled():
            self.signed.emit(self.secret.take())
