"""The ICE score: ten questions in five parts, the score large, its grade in words, the scores before."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pharmacy_app.domain.errors import PharmacyError, RulesRefused
from pharmacy_app.domain.ice_score import CATEGORIES, IceItem
from ui import theme
from ui.course.ice_view import NO, YES, IceDraft, history_of, view_of
from ui.icons import Icon, IconView
from ui.page import PageContext
from ui.remarks import remark_of_finding
from ui.widgets.button import Button, LinkButton
from ui.widgets.card import BigNumber, Card, ValueRow
from ui.widgets.choice import SegmentedChoice
from ui.widgets.finding import FindingList
from ui.widgets.scroll import ScrollPart
from ui.widgets.text import Text

if TYPE_CHECKING:
    from pharmacy_app.domain.ice_score import IceScore
    from ui.words import Words

_CHOICE_WIDTH = 150
_SIDE_WIDTH = 330
_COLUMNS = (("orientation", "commands"), ("naming", "writing", "attention"))


class Question(QWidget):
    """A question and its yes or no; none is chosen at first."""

    def __init__(self, sentence: str, words: Words) -> None:
        super().__init__()
        self.choice = SegmentedChoice([(YES, words("ui.ice.yes")), (NO, words("ui.ice.no"))])
        self.choice.set_name(sentence)
        self.choice.setFixedWidth(_CHOICE_WIDTH)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(Text(sentence, theme.TABLE, wrap=True), 1)
        row.addWidget(self.choice, 0, Qt.AlignmentFlag.AlignVCenter)


class IcePanel(QWidget):
    """The form and the scores of one order. No free text is kept.

    `stop_wanted` carries the grade with which a person wants to record a stop.
    """

    stop_wanted = Signal(int)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._desk, self._gateway, self._words = context.desk, context.gateway, context.words
        words = self._words
        self._order, self._zone = "", ZoneInfo("UTC")
        self.questions = {item: Question(words(f"ui.ice.item.{item.value}"), words) for item in IceItem}
        self.symptoms = Question(words("ui.ice.symptoms"), words)
        self.roused = Question(words("ui.ice.roused"), words)
        self.keep = Button(words("ui.ice.keep"), filled=True)
        self.findings = FindingList(words)
        self.score = BigNumber(size=theme.STOP)
        self.icon = IconView(Icon.UNKNOWN, 22)
        self.sentence = Text(size=theme.TITLE, bold=True, wrap=True)
        self.stop = LinkButton(words("ui.ice.record-stop"))
        self.due_icon = IconView(Icon.REASON, 18)
        self.due = Text(size=theme.TABLE, bold=True, wrap=True)
        self._rows = QVBoxLayout()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.CARD_GAP)
        row.addWidget(self._form(), 1)
        row.addWidget(self._side())
        self._wire()
        self._show()

    def _form(self) -> Card:
        card = Card(self._words("ui.ice.title"))
        part = ScrollPart(edge=0)
        grid = QGridLayout()
        grid.setHorizontalSpacing(28)
        for at, names in enumerate(_COLUMNS):
            grid.addLayout(self._column(names), 0, at)
            grid.setColumnStretch(at, 1)
        part.column.addLayout(grid)
        part.column.addStretch(1)
        card.column.addWidget(part, 1)
        card.column.addWidget(self.roused)
        card.column.addWidget(self.symptoms)
        return card

    def _column(self, names: Iterable[str]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(6)
        for name in names:
            column.addWidget(Text(self._words(f"ui.ice.part.{name}"), theme.SMALL, bold=True, role="muted"))
            for item in CATEGORIES[name]:
                column.addWidget(self.questions[item])
        column.addStretch(1)
        return column

    def _side(self) -> Card:
        card = Card(self._words("ui.ice.score"))
        card.setFixedWidth(_SIDE_WIDTH)
        card.column.addWidget(self.score)
        graded = QHBoxLayout()
        graded.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        graded.addWidget(self.sentence, 1)
        card.column.addLayout(graded)
        card.column.addWidget(self.keep)
        card.column.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignLeft)
        due = QHBoxLayout()
        due.addWidget(self.due_icon, 0, Qt.AlignmentFlag.AlignTop)
        due.addWidget(self.due, 1)
        part = ScrollPart(edge=0)
        part.column.addWidget(self.findings)
        part.column.addLayout(due)
        self._rows.setSpacing(0)
        part.column.addLayout(self._rows)
        part.column.addStretch(1)
        card.column.addWidget(part, 1)
        return card

    def _wire(self) -> None:
        for each in (*self.questions.values(), self.symptoms, self.roused):
            each.choice.chosen.connect(self._show)
        self.keep.clicked.connect(self._keep)
        self.stop.clicked.connect(self._ask_stop)

    @property
    def draft(self) -> IceDraft:
        """The form as it stands."""
        answers = {item.value: each.choice.value for item, each in self.questions.items()}
        return IceDraft(answers, self.roused.choice.value, self.symptoms.choice.value)

    def show_order(self, order_number: str, zone: ZoneInfo) -> None:
        """Be about the patient of this order; what was typed for another one is gone."""
        if order_number != self._order:
            self._clear()
        self._order, self._zone = order_number, zone
        self.reload()

    def reload(self) -> None:
        """Show the scores that are on file now."""
        if self._order:
            question = partial(self._desk.ice.of_order, self._order)
            self._gateway.ask(question, done=self._take, topic="ice scores")

    def _take(self, scores: tuple[IceScore, ...]) -> None:
        history = history_of(scores, self._zone, self._words, now=self._desk.now())
        while self._rows.count():
            item = self._rows.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for when, what in history.rows:
            self._rows.addWidget(ValueRow(when, what))
        self.due.say(history.due)
        self.due.setVisible(bool(history.due))
        self.due_icon.setVisible(history.overdue)

    def _show(self) -> None:
        view = view_of(self.draft, self._words)
        self.score.say(view.number, view.noun)
        self.sentence.say(view.sentence)
        self.icon.setVisible(view.icon is not None)
        if view.icon is not None:
            self.icon.show_icon(view.icon)
        self.roused.setVisible(view.asks_roused)
        self.stop.setVisible(view.stop_grade is not None)
        self.findings.show_remarks(())

    def _keep(self) -> None:
        act = partial(self._desk.ice.keep, self._order, self.draft.taken)
        self._gateway.change(act, nouns=frozenset(), done=self._kept, refused=self._refused)

    def _kept(self, _score: IceScore) -> None:
        self._clear()
        self.reload()

    def _clear(self) -> None:
        for each in (*self.questions.values(), self.symptoms, self.roused):
            each.choice.set_values(())
        self._show()

    def _refused(self, error: PharmacyError) -> None:
        if not isinstance(error, RulesRefused):
            raise error
        self.findings.show_remarks([remark_of_finding(each, self._words) for each in error.findings])

    def _ask_stop(self) -> None:
        grade = view_of(self.draft, self._words).stop_grade
        if grade is not None:
            self.stop_wanted.emit(grade)
