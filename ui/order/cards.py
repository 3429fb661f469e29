"""Beside the form: what the order asks for, what keeps it from being saved; and the first start."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.icons import Icon, IconView
from ui.order.view import Asked, FormView
from ui.widgets.button import Button, ExplainedButton, LinkButton
from ui.widgets.card import Card
from ui.widgets.finding import FindingList
from ui.widgets.head import clear
from ui.widgets.scroll import ScrollPart
from ui.widgets.tag import TagButton
from ui.widgets.text import Rule, Text, unbroken
from ui.words import Words


class AskedCard(Card):
    """The doses first and largest, then every bag change, then the reminders, which may scroll."""

    def __init__(self, words: Words) -> None:
        super().__init__(words("ui.orders.asks-for"), quiet=True)
        self._words = words
        self._shown: Asked | None = None
        self._doses = QVBoxLayout()
        self._doses.setSpacing(0)
        self.column.addLayout(self._doses)
        area = ScrollPart(edge=0)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        area.setAccessibleName(words("ui.orders.asks-for"))
        self._rest = area.column
        self._rest.setSpacing(6)
        self.column.addWidget(area, 1)

    def show_asked(self, asked: Asked) -> None:
        """Show this; nothing is drawn anew while it stays the same."""
        if asked == self._shown:
            return
        self._shown = asked
        clear(self._doses)
        clear(self._rest)
        for days, dose in asked.doses:
            self._add_dose(days, dose)
        if asked.why_empty:
            self._doses.addWidget(self._empty(asked))
        if asked.changes:
            self._add_changes(asked)
        if asked.reminders:
            self._add_reminders(asked)
        self._rest.addStretch(1)

    def _add_dose(self, days: str, dose: str) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, 4, 0, 4)
        row.addWidget(Text(days, theme.SMALL), 0, Qt.AlignmentFlag.AlignBaseline)
        row.addStretch(1)
        row.addWidget(Text(dose, theme.RESULT, bold=True), 0, Qt.AlignmentFlag.AlignBaseline)
        self._doses.addLayout(row)
        self._doses.addWidget(Rule())

    def _empty(self, asked: Asked) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(8)
        if asked.refused:
            row.addWidget(IconView(Icon.STOP, 18), 0, Qt.AlignmentFlag.AlignTop)
        role = "stop" if asked.refused else "muted"
        row.addWidget(Text(asked.why_empty, theme.TABLE, bold=asked.refused, role=role, wrap=True), 1)
        return line

    def _add_changes(self, asked: Asked) -> None:
        self._rest.addWidget(Text(asked.changes_title, theme.SMALL, bold=True, role="muted", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        for number, change in enumerate(asked.changes):
            grid.addWidget(Text(unbroken(change), theme.SMALL), number // 2, number % 2)
        self._rest.addLayout(grid)
        self._rest.addWidget(Rule())

    def _add_reminders(self, asked: Asked) -> None:
        self._rest.addWidget(Text(self._words("ui.orders.reminders"), theme.SMALL, bold=True, role="muted"))
        for reminder in asked.reminders:
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(IconView(Icon.NOTE, 15), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Text(reminder, theme.SMALL, wrap=True), 1)
            self._rest.addLayout(row)


class SaveCard(Card):
    """Counts of what is open, each a way to its field, and the one filled button of the page."""

    count_pressed = Signal(str)
    reasons_pressed = Signal(str)
    saved = Signal()
    accepted = Signal()
    plan_opened = Signal()
    weight_wanted = Signal()
    course_opened = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.accept = Button(words("ui.orders.accept"), filled=True)
        self.accept.clicked.connect(self.accepted)
        self.open_plan = Button(words("ui.orders.open-plan"), filled=True)
        self.open_plan.clicked.connect(self.plan_opened)
        self.add_weight = Button(words("ui.orders.add-weight"))
        self.add_weight.clicked.connect(self.weight_wanted)
        self.open_course = LinkButton(words("ui.course.open"))
        self.open_course.clicked.connect(self.course_opened)
        self._on_file = Text(size=theme.SMALL, role="muted", wrap=True)
        self.save = ExplainedButton(Button("", filled=True))
        self.save.button.clicked.connect(self.saved)
        self.findings = FindingList(words)
        self.counts = {icon: TagButton(icon) for icon in (Icon.UNKNOWN, Icon.STOP, Icon.REASON)}
        self._targets = dict.fromkeys(self.counts, "")
        tags = QVBoxLayout()
        tags.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(8)
        for icon, tag in self.counts.items():
            tag.clicked.connect(lambda _checked=False, each=icon: self._pressed(each))
            (tags if icon is Icon.UNKNOWN else row).addWidget(tag)
        row.addStretch(1)
        tags.addLayout(row)
        self.column.addLayout(tags)
        for widget in (
            self.findings,
            self.save,
            self.accept,
            self.open_plan,
            self.add_weight,
            self.open_course,
            self._on_file,
        ):
            self.column.addWidget(widget)

    def show_view(self, view: FormView, *, on_file: bool) -> None:
        """Show what stands between the form and the file."""
        self.save.setVisible(not on_file)
        self.save.button.setText(
            self._words("ui.orders.save-and-accept" if view.accepts else "ui.orders.save")
        )
        self.accept.setVisible(on_file and view.may_be_accepted)
        self.open_plan.setVisible(on_file)
        self.open_course.setVisible(on_file)
        self.add_weight.setVisible(on_file and view.may_add_weight)
        self.open_plan.fill(filled=not view.may_be_accepted)
        self._on_file.setVisible(on_file)
        self._on_file.say(view.on_file_note)
        self.findings.show_remarks(view.general)
        words = self._words
        reasons = (
            words("ui.orders.one-reason")
            if view.reasons == 1
            else words("ui.orders.some-reasons", count=str(view.reasons))
        )
        self._count(
            Icon.UNKNOWN,
            view.to_fill_in,
            words("ui.orders.to-fill-in", count=str(view.to_fill_in)),
            view.next_to_fill_in,
        )
        self._count(
            Icon.STOP, view.refusals, words("ui.orders.refusals", count=str(view.refusals)), view.next_refusal
        )
        self._count(Icon.REASON, view.reasons, reasons, view.next_reason)
        if view.may_save:
            self.save.allow()
        else:
            self.save.forbid(view.why_not)

    def _count(self, icon: Icon, count: int, words: str, target: str) -> None:
        tag = self.counts[icon]
        tag.say(words)
        tag.setVisible(count > 0)
        self._targets[icon] = target

    def _pressed(self, icon: Icon) -> None:
        target = self._targets[icon]
        if target and icon is Icon.REASON:
            self.reasons_pressed.emit(target)
        elif target:
            self.count_pressed.emit(target)


class FirstStartCard(Card):
    """No order yet: the training pharmacy, or a new order."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.load = Button(words("ui.orders.first.load"), filled=True)
        self.new_order = Button(words("ui.orders.new-order"))
        inner = QVBoxLayout()
        inner.setSpacing(theme.SPACES[3])
        inner.addWidget(Text(words("ui.orders.first.title"), theme.NAME, bold=True))
        text = Text(words("ui.orders.first.text"), theme.BODY, wrap=True)
        text.setFixedWidth(480)
        inner.addWidget(text)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACES[2])
        row.addWidget(self.load)
        row.addWidget(self.new_order)
        row.addStretch(1)
        inner.addLayout(row)
        self.column.addStretch(2)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addLayout(inner)
        middle.addStretch(1)
        self.column.addLayout(middle)
        self.column.addStretch(3)
