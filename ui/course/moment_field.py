"""A date and a clock time as typed, a button for the present, and the question which of two is meant."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.course.moment import FIRST, SECOND, TypedMoment
from ui.order.fields import Part, PartsField
from ui.widgets.button import LinkButton
from ui.widgets.choice import SegmentedChoice
from ui.words import Words


class TypedMomentField(PartsField):
    """`now_wanted` says that the present is meant."""

    now_wanted = Signal()

    def __init__(self, caption: str, words: Words) -> None:
        control = QWidget()
        super().__init__(caption, control, words)
        self._words = words
        self._shown: tuple[str, ...] = ()
        self.which: SegmentedChoice | None = None
        self._chosen: str | None = None
        day, time = words("ui.course.field.day"), words("ui.course.field.time")
        row, (self.day, self.time) = self.add_row(
            (
                Part(day, example=words("ui.orders.suffix.date-example"), stretch=4, room="2026-11-23"),
                Part(time, example=words("ui.orders.suffix.time"), stretch=2, room="14:00"),
            )
        )
        self.now = LinkButton(words("ui.course.now"))
        self.now.setAccessibleName(f"{caption}: {self.now.text()}")
        self.now.clicked.connect(self.now_wanted)
        row.addWidget(self.now)
        self._column = QVBoxLayout(control)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addLayout(row)

    @property
    def moment(self) -> TypedMoment:
        """What was typed and chosen."""
        which = None if self.which is None else self.which.value
        return TypedMoment(self.day.text(), self.time.text(), which)

    def set_moment(self, typed: TypedMoment) -> None:
        """Fill in, without a signal."""
        for edit, text in ((self.day, typed.day), (self.time, typed.time)):
            if edit.text() != text:
                edit.setText(text)
        self._chosen = typed.which
        if self.which is not None:
            self.which.set_values([] if typed.which is None else [typed.which])

    def ask_which(self, shown: tuple[str, ...]) -> None:
        """The two times that the clock shows alike, with their offsets; empty: nothing to ask."""
        if shown == self._shown:
            return
        self._shown = shown
        if self.which is not None:
            self.which.hide()
            self.which.setParent(None)
            self.which.deleteLater()
            self.which = None
        if shown:
            self.which = SegmentedChoice(list(zip((FIRST, SECOND), shown, strict=True)))
            self.which.set_name(self._words("ui.course.which"))
            self.which.set_values([] if self._chosen is None else [self._chosen])
            self.which.chosen.connect(lambda _values: self.typed.emit())
            self._column.addWidget(self.which)
