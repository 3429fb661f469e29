"""The form of a stop: when, why, and which adverse event brought it, if one did."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pharmacy_app.domain.adverse_event import GRADES
from pharmacy_app.domain.infusion_stop import NeurologicSign
from pharmacy_app.domain.order import AdverseEvent
from ui import theme
from ui.course.drafts import NO_EVENT, StopDraft
from ui.course.moment_field import TypedMomentField
from ui.course.view import FormView
from ui.widgets.button import Button
from ui.widgets.field import ChoiceField, Field, TextField
from ui.widgets.finding import FindingList
from ui.words import Words


class StopForm(QWidget):
    """`edited` carries the StopDraft, `field_left` a field's name, `sent` nothing."""

    edited = Signal(object)
    field_left = Signal(str)
    now_wanted = Signal(str)
    sent = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setProperty("role", "scrolled")
        self.when = TypedMomentField(words("ui.course.stop.when"), words)
        self.reason = TextField(words("ui.course.stop.reason"), words)
        events = [(NO_EVENT, words("ui.course.event.none"))]
        events += [(each.value, words(f"ui.course.event.{each.value}")) for each in AdverseEvent]
        self.event_kind = ChoiceField(words("ui.course.stop.event"), events, words)
        grades = [(str(each), str(each)) for each in GRADES]
        self.grade = ChoiceField(words("ui.course.stop.grade"), grades, words)
        signs = [(each.value, words(f"ui.course.sign.{each.value}")) for each in NeurologicSign]
        self.signs = ChoiceField(words("ui.course.stop.signs"), signs, words, many=True)
        self.fields: dict[str, Field] = {
            "when": self.when,
            "reason": self.reason,
            "event": self.event_kind,
            "grade": self.grade,
            "signs": self.signs,
        }
        self.findings = FindingList(words)
        self.send = Button(words("ui.course.stop.send"), filled=True)
        self._arrange()
        self.when.now_wanted.connect(lambda: self.now_wanted.emit("when"))
        for name, field in self.fields.items():
            field.typed.connect(self._say)
            field.left.connect(lambda left=name: self.field_left.emit(left))
        self.send.clicked.connect(self.sent)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACES[1])
        for widget in (*self.fields.values(), self.findings, self.send):
            column.addWidget(widget)
        column.addStretch(1)

    @property
    def draft(self) -> StopDraft:
        """What stands in the form, as typed."""
        return StopDraft(
            when=self.when.moment,
            reason=self.reason.text,
            event=self.event_kind.choice.value,
            grade=self.grade.choice.value,
            signs=self.signs.choice.values,
        )

    def show_form(self, draft: StopDraft, view: FormView) -> None:
        """Show this draft with its remarks."""
        self.when.set_moment(draft.when)
        self.when.ask_which(view.twice.get("when", ()))
        if self.reason.text != draft.reason:
            self.reason.set_text(draft.reason)
        for field, value in ((self.event_kind, draft.event), (self.grade, draft.grade)):
            if field.choice.value != value:
                field.choice.set_values([] if value is None else [value])
        if self.signs.choice.values != draft.signs:
            self.signs.choice.set_values(draft.signs)
        self.grade.setVisible(draft.has_event)
        self.signs.setVisible(draft.event == AdverseEvent.NEUROLOGIC.value)
        for name, each in self.fields.items():
            each.show_remarks(view.remarks.get(name, ()))
        self.findings.show_remarks(view.remarks.get("", ()))

    def _say(self) -> None:
        self.edited.emit(self.draft)
