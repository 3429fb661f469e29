"""The questions about the supplies, each with its answer and what the rules say of it at once."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from ui import theme
from ui.icons import Icon
from ui.widgets.choice import SegmentedChoice
from ui.widgets.text import Rule, Text
from ui.words import Words
from ui.worksheet.rows import RemarkLine
from ui.worksheet.supplies_form import Kind
from ui.worksheet.view import QuestionView, SuppliesView

_ANSWER_WIDTH = 372


class QuestionRow(QWidget):
    """One question: its words, the choices or the field, and under them the first remark."""

    answered = Signal(str, object)  # key, tuple[str, ...]

    def __init__(self, question: QuestionView, words: Words) -> None:
        super().__init__()
        self._key = question.key
        self._words = words
        self.choice: SegmentedChoice | None = None
        self.edit: QLineEdit | None = None
        control = self._control(question)
        control.setFixedWidth(max(_ANSWER_WIDTH, control.sizeHint().width() if self.choice else 0))
        self._question = Text(question.text, theme.TABLE, wrap=True)
        self._remark = RemarkLine()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 5, 0, 5)
        grid.setHorizontalSpacing(theme.SPACES[2])
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self._question, 0, 0)
        grid.addWidget(self._remark, 1, 0)
        grid.addWidget(control, 0, 1, 2, 1, Qt.AlignmentFlag.AlignVCenter)

    def _control(self, question: QuestionView) -> QWidget:
        if question.kind in {Kind.DECIMAL, Kind.WHOLE}:
            self.edit = QLineEdit()
            self.edit.setFont(theme.font(theme.BODY))
            self.edit.setFixedHeight(theme.FIELD_HEIGHT)
            self.edit.setAccessibleName(question.text)
            self.edit.textEdited.connect(lambda text: self.answered.emit(self._key, (text,)))
            return self.edit
        self.choice = SegmentedChoice(question.options, many=question.kind is Kind.SEVERAL_OF, size=14)
        self.choice.set_name(question.text)
        self.choice.chosen.connect(lambda values: self.answered.emit(self._key, values))
        return self.choice

    def show_question(self, question: QuestionView) -> None:
        """Show the answer and what the rules say of it. What is being typed is not touched."""
        self.setVisible(question.asked)
        self._question.say(question.text)
        if self.choice is not None:
            self.choice.set_values(question.values)
        if self.edit is not None and self.edit.text() != "".join(question.values):
            self.edit.setText("".join(question.values))
        self._show_remark(question)

    def _show_remark(self, question: QuestionView) -> None:
        remark = question.remarks[0] if question.remarks else None
        if remark is None or question.answered:
            self._remark.show_remark(remark)
        else:
            self._remark.say(Icon.UNKNOWN, self._words("ui.worksheet.not-answered"), "")
        control = self.choice or self.edit
        assert control is not None
        control.setAccessibleDescription(f"{remark.lead} {remark.sentence}" if remark else "")


class SuppliesPanel(QWidget):
    """All questions, in groups, in one scroll area. `answered(key, values)` after each answer."""

    answered = Signal(str, object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._rows: dict[str, QuestionRow] = {}
        self._summary = Text(size=theme.TABLE, bold=True, wrap=True)
        inside = QWidget()
        inside.setProperty("role", "scrolled")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(4, 0, 12, 4)
        self._column.setSpacing(0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area = area
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._summary)
        column.addWidget(area, 1)

    @property
    def rows(self) -> dict[str, QuestionRow]:
        """The rows by the question's key."""
        return self._rows

    def show_supplies(self, supplies: SuppliesView) -> None:
        """Show the answers of one bag."""
        if not self._rows:
            self._build(supplies)
        self._summary.say(supplies.summary)
        for _name, questions in supplies.groups:
            for question in questions:
                self._rows[question.key].show_question(question)

    def _build(self, supplies: SuppliesView) -> None:
        for name, questions in supplies.groups:
            self._column.addSpacing(theme.SPACES[1])
            self._column.addWidget(Text(name, theme.SMALL, bold=True, role="muted"))
            self._column.addWidget(Rule())
            for question in questions:
                row = QuestionRow(question, self._words)
                row.answered.connect(self.answered)
                self._rows[question.key] = row
                self._column.addWidget(row)
        self._column.addStretch(1)
