"""The order form: every field of an order, in two parts that stand side by side where there is room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout

from ui import theme
from ui.order.draft import CHOICES, FIRST_OF_SECOND_PART, FLAGS, FORM_FIELDS, NO_HOLIDAYS, TEXTS, Draft
from ui.order.fields import DosesField, ModificationField, MomentField
from ui.order.making import WISHES, make_fields
from ui.order.view import FormView
from ui.widgets.card import Card
from ui.widgets.choice import SegmentedChoice
from ui.widgets.field import ChoiceField, Field, SelectField, TextField
from ui.widgets.reading_order import stops, take
from ui.widgets.scroll import ScrollPart
from ui.widgets.text import Text
from ui.words import Words

_BOTH_PARTS = 1040
_NARROW = 3  # from so many fields in a row on, findings stand under the whole row


class OrderForm(Card):
    """Says what was typed: the whole draft, the field that was left, a reason by its finding's code."""

    edited = Signal(object)  # Draft
    field_left = Signal(str)
    reason_typed = Signal(str, str)

    def __init__(self, words: Words, *, durations_h: Sequence[int], asks_reasons: bool = True) -> None:
        self._state = Text(size=theme.SMALL, role="muted")
        super().__init__(" ", beside_title=self._state)
        self._words = words
        self._shown: Draft | None = None
        self._locked = False
        self.fields: Mapping[str, Field] = make_fields(words, durations_h)
        for field in self.fields.values():
            field.ask_reasons(asks=asks_reasons)
        self._full_words = Text(size=theme.SMALL, role="muted", wrap=True)
        self._parts = (self._first_part(), self._second_part())
        self.switch = SegmentedChoice(
            [("course", words("ui.orders.part.course")), ("bags", words("ui.orders.part.bags"))],
            size=14,
            quiet=True,
        )
        self.switch.set_values(["course"])
        self.switch.chosen.connect(lambda _values: self._arrange())
        self.column.addWidget(self.switch)
        row = QHBoxLayout()
        row.setSpacing(26)
        for part, stretch in zip(self._parts, (6, 5), strict=True):
            row.addWidget(part, stretch)
        self.column.addLayout(row, 1)
        for name in FORM_FIELDS:
            self._wire(name, self.fields[name])
        self._arrange()

    # -- arranging ------------------------------------------------------------------------------------

    def _first_part(self) -> ScrollPart:
        part = ScrollPart()
        part.column.setSpacing(7)
        row = self._row
        row(part, "order_number", "patient.record_number", "patient.date_of_birth")
        names = ("patient.family_name", "patient.given_names")
        row(part, *names, "patient.weight_kg", "patient.weight_taken_on", stretches=(11, 11, 7, 10))
        row(part, "indication", "cycle", stretches=(10, 12))
        part.column.addWidget(self._full_words)
        row(part, "start_at", "time_zone", "prescriber", stretches=(12, 9, 9))
        row(part, "setting", "destination", stretches=(11, 10))
        row(part, "patient.pregnant", "patient.breastfeeding")
        row(part, "patient.benzyl_alcohol_hypersensitivity", "dose_modification", stretches=(10, 12))
        part.column.addStretch(1)
        return part

    def _second_part(self) -> ScrollPart:
        part = ScrollPart()
        part.column.setSpacing(7)
        self._row(part, "prescribed")
        self._row(part, "bags.durations_h")
        self._row(part, "bags.benzyl_alcohol", "bags.prefer")
        self._row(part, "bags.closed_days")
        self._row(part, "bags.holidays", "bags.hospital_days")
        part.column.addStretch(1)
        return part

    def _row(self, part: ScrollPart, *names: str, stretches: Sequence[int] = ()) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.CARD_GAP)
        part.column.addLayout(row)
        for number, name in enumerate(names):
            field = self.fields[name]
            row.addWidget(field, stretches[number] if stretches else 1)
            if len(names) >= _NARROW:
                part.column.addWidget(field.detach_findings())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        both = self.width() >= _BOTH_PARTS
        second = self.switch.value == "bags"
        self.switch.setVisible(not both)
        self._parts[0].setVisible(both or not second)
        self._parts[1].setVisible(both or second)

    # -- wiring ---------------------------------------------------------------------------------------

    def _wire(self, name: str, field: Field) -> None:
        field.typed.connect(self._was_edited)
        field.left.connect(lambda: self.field_left.emit(name))
        field.reason_typed.connect(self.reason_typed)
        if isinstance(field, ChoiceField | SelectField):
            # A choice is complete the moment it is made.
            field.typed.connect(lambda: self.field_left.emit(name))

    def _was_edited(self) -> None:
        if self._shown is None or self._locked:
            return
        self._shown = self.draft()
        self.edited.emit(self._shown)

    def draft(self) -> Draft:
        """What stands in the form, as typed."""
        texts = {name: self._text_field(name).text for name in (*TEXTS, "bags.hospital_days")}
        choices: dict[str, str] = {}
        for name in ("cycle", "setting", *FLAGS, *WISHES):
            value = self._choice_field(name).choice.value
            if value is not None:
                choices[name] = value
        for name in ("indication", "bags.holidays"):
            value = self._select_field(name).value
            if value or name == "bags.holidays":
                choices[name] = value
        modification = self.modification
        if modification.choice.value is not None:
            choices["dose_modification"] = modification.choice.value
        return Draft(
            texts=texts,
            choices=choices,
            start_day=self.start.day.text(),
            start_time=self.start.time.text(),
            doses=self.doses.lines,
            grade=modification.grade.text(),
            restart_day=modification.restart_day.text(),
            modification_reason=modification.reason.text(),
            durations_h=self._choice_field("bags.durations_h").choice.values,
            closed_days=self._choice_field("bags.closed_days").choice.values,
            sequence_h=None if self._shown is None else self._shown.sequence_h,
        )

    # -- showing --------------------------------------------------------------------------------------

    def show_view(self, view: FormView) -> None:
        """Show a form. What is being typed is never written over."""
        self.set_title(view.title)
        self._state.say(view.state)
        self._full_words.say(view.indication_words)
        self._full_words.setVisible(bool(view.indication_words))
        other = view.draft != self._shown
        if other:
            self._fill(view.draft, locked=view.locked)
        if other or view.locked != self._locked:
            self._locked = view.locked
            for field in self.fields.values():
                field.lock(locked=view.locked)
        self._choice_field("cycle").choice.strike(view.struck_cycles)
        for name, field in self.fields.items():
            field.show_remarks(view.remarks.get(name, ()))

    def _fill(self, draft: Draft, *, locked: bool) -> None:
        self._shown = draft
        for name in (*TEXTS, "bags.hospital_days"):
            self._text_field(name).set_text(draft.text(name))
        for name in (*(each for each in CHOICES if each != "indication"), *FLAGS, *WISHES):
            value = draft.choice(name)
            self._choice_field(name).choice.set_values([] if value is None else [value])
        self._select_field("indication").set_value(draft.choice("indication") or "")
        self._select_field("bags.holidays").set_value(draft.choice("bags.holidays") or NO_HOLIDAYS)
        self.start.day.setText(draft.start_day)
        self.start.time.setText(draft.start_time)
        self.doses.set_lines(draft.doses, locked=locked)
        modification = self.modification
        modification.set_value(draft.choice("dose_modification"))
        modification.grade.setText(draft.grade)
        modification.restart_day.setText(draft.restart_day)
        modification.reason.setText(draft.modification_reason)
        self._choice_field("bags.durations_h").choice.set_values(draft.durations_h)
        self._choice_field("bags.closed_days").choice.set_values(draft.closed_days)

    def focus_field(self, name: str) -> None:
        """Bring the keyboard to a field, in whichever part it stands."""
        second = FORM_FIELDS.index(name) >= FORM_FIELDS.index(FIRST_OF_SECOND_PART)
        if self.switch.isVisible():
            self._turn_to("bags" if second else "course")
        self.fields[name].set_focus()
        self._parts[second].ensureWidgetVisible(self.fields[name])

    def focus_reason(self, name: str) -> None:
        """Bring the keyboard to the reason that is asked for at a field."""
        self.focus_field(name)
        self.fields[name].focus_reason()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """From the last field of the first part the keyboard goes on into the second, and back."""
        first, second = self._parts
        if self.switch.isVisible():
            focused = QApplication.focusWidget()
            if forward and first.isVisible() and focused is stops(first)[-1]:
                self._turn_to("bags")
                take(stops(second)[0])
                return True
            if not forward and second.isVisible() and focused is stops(second)[0]:
                self._turn_to("course")
                take(stops(first)[-1], forward=False)
                return True
        return super().focusNextPrevChild(forward)

    def _turn_to(self, part: str) -> None:
        self.switch.set_values([part])
        self._arrange()

    @property
    def start(self) -> MomentField:
        field = self.fields["start_at"]
        assert isinstance(field, MomentField)
        return field

    @property
    def doses(self) -> DosesField:
        field = self.fields["prescribed"]
        assert isinstance(field, DosesField)
        return field

    @property
    def modification(self) -> ModificationField:
        field = self.fields["dose_modification"]
        assert isinstance(field, ModificationField)
        return field

    def _text_field(self, name: str) -> TextField:
        field = self.fields[name]
        assert isinstance(field, TextField)
        return field

    def _choice_field(self, name: str) -> ChoiceField:
        field = self.fields[name]
        assert isinstance(field, ChoiceField)
        return field

    def _select_field(self, name: str) -> SelectField:
        field = self.fields[name]
        assert isinstance(field, SelectField)
        return field
