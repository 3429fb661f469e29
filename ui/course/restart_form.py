"""The form of a restart, with what keeps it from being and the new plan beside the old one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.course.drafts import KEEP, RestartDraft
from ui.course.moment_field import TypedMomentField
from ui.course.plan_table import PlanTable
from ui.course.view import RestartView
from ui.widgets.button import Button
from ui.widgets.field import ChoiceField, Field, TextField
from ui.widgets.finding import FindingList
from ui.words import Words


class RestartForm(QWidget):
    """`edited` carries the RestartDraft, `field_left` a field's name, `sent` nothing."""

    edited = Signal(object)
    field_left = Signal(str)
    now_wanted = Signal(str)
    sent = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setProperty("role", "scrolled")
        self.when = TypedMomentField(words("ui.course.restart.when"), words)
        self.resolved = TypedMomentField(words("ui.course.restart.resolved"), words)
        self.prescriber = TextField(words("ui.course.prescriber"), words)
        self.decision = TextField(words("ui.course.restart.decision"), words)
        options = [(each, words(f"ui.course.restart.keep-{each}")) for each in KEEP]
        self.keep = ChoiceField(words("ui.course.restart.keep"), options, words)
        self.fields: dict[str, Field] = {
            "when": self.when,
            "resolved": self.resolved,
            "prescriber": self.prescriber,
            "decision": self.decision,
            "keep": self.keep,
        }
        self.findings = FindingList(words)
        self.send = Button(words("ui.course.restart.send"), filled=True)
        self.plans = PlanTable(words)
        self._arrange()
        self._wire()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACES[1])
        decided = QHBoxLayout()
        decided.setSpacing(theme.SPACES[2])
        decided.addWidget(self.prescriber, 2)
        decided.addWidget(self.decision, 3)
        column.addWidget(self.when)
        column.addWidget(self.resolved)
        column.addLayout(decided)
        for widget in (self.keep, self.findings, self.send, self.plans):
            column.addWidget(widget)
        column.addStretch(1)

    def _wire(self) -> None:
        self.when.now_wanted.connect(lambda: self.now_wanted.emit("when"))
        self.resolved.now_wanted.connect(lambda: self.now_wanted.emit("resolved"))
        for name, field in self.fields.items():
            field.typed.connect(self._say)
            field.left.connect(lambda left=name: self.field_left.emit(left))
        self.send.clicked.connect(self.sent)

    @property
    def draft(self) -> RestartDraft:
        """What stands in the form, as typed."""
        return RestartDraft(
            when=self.when.moment,
            resolved=self.resolved.moment,
            prescriber=self.prescriber.text,
            decision=self.decision.text,
            keep=self.keep.choice.value,
        )

    def show_form(self, draft: RestartDraft, view: RestartView) -> None:
        """Show this draft with its remarks, and what the restart would bring."""
        for name, field, typed in (
            ("when", self.when, draft.when),
            ("resolved", self.resolved, draft.resolved),
        ):
            field.set_moment(typed)
            field.ask_which(view.form.twice.get(name, ()))
        for text, value in ((self.prescriber, draft.prescriber), (self.decision, draft.decision)):
            if text.text != value:
                text.set_text(value)
        if self.keep.choice.value != draft.keep:
            self.keep.choice.set_values([] if draft.keep is None else [draft.keep])
        self.resolved.setVisible(view.asks_resolved)
        self.keep.setVisible(view.asks_clock)
        for name, each in self.fields.items():
            each.show_remarks(view.form.remarks.get(name, ()))
        self.findings.show_remarks(view.form.remarks.get("", ()))
        self.plans.show_plans(view.comparison, view.plan_remarks)

    def _say(self) -> None:
        self.edited.emit(self.draft)
