"""Fields that only an order has: a moment, the prescribed doses, a dose modification. All plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui import theme
from ui.order.draft import NO_MODIFICATION, DoseLine
from ui.remarks import Remark
from ui.widgets.button import LinkButton
from ui.widgets.choice import SegmentedChoice
from ui.widgets.field import Field
from ui.widgets.text import Text
from ui.words import Words

_HIGHEST_COUNT = 6


@dataclass(frozen=True, slots=True)
class Part:
    """One of several texts in a row: its name for a screen reader, the word before and after it.

    `room` is a text that must fit.
    """

    name: str
    before: str = ""
    after: str = ""
    example: str = ""
    stretch: int = 1
    room: str = ""


class PartsField(Field):
    """A field whose control holds several line edits; it is left when the keyboard leaves all of them."""

    def __init__(self, caption: str, control: QWidget, words: Words) -> None:
        super().__init__(caption, control, words, asks_reasons=True)
        self.edits: list[QLineEdit] = []

    def add_edit(self, part: Part) -> QLineEdit:
        """A line edit of this field, as typed."""
        edit = QLineEdit()
        edit.setFont(theme.font(theme.BODY))
        edit.setFixedHeight(theme.FIELD_HEIGHT)
        edit.setAccessibleName(f"{self.caption}: {part.name}")
        edit.setPlaceholderText(part.example)
        if part.room:
            edit.setMinimumWidth(edit.fontMetrics().horizontalAdvance(part.room) + 28)
        edit.textEdited.connect(lambda _text: self.typed.emit())
        edit.installEventFilter(self)
        self.edits.append(edit)
        return edit

    def add_row(self, parts: Sequence[Part]) -> tuple[QHBoxLayout, list[QLineEdit]]:
        """A row of edits with their words between them."""
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        edits = []
        for part in parts:
            if part.before:
                row.addWidget(Text(part.before, theme.SMALL, role="muted"))
            edit = self.add_edit(part)
            edits.append(edit)
            row.addWidget(edit, part.stretch)
            if part.after:
                row.addWidget(Text(part.after, theme.SMALL, role="muted"))
        return row, edits

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        super().show_remarks(remarks)
        mark = self.control.property("mark") or ""
        for edit in self.edits:
            if edit.property("mark") != mark:
                edit.setProperty("mark", mark)
                edit.style().unpolish(edit)
                edit.style().polish(edit)
            edit.setAccessibleDescription(self.control.accessibleDescription())

    def set_focus(self) -> None:
        empty = next((edit for edit in self.edits if not edit.text()), self.edits[0])
        empty.setFocus(Qt.FocusReason.OtherFocusReason)

    def lock(self, *, locked: bool) -> None:
        for edit in self.edits:
            edit.setReadOnly(locked)
            edit.setProperty("role", "locked" if locked else "")
            edit.style().unpolish(edit)
            edit.style().polish(edit)

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        if event.type() is QEvent.Type.FocusOut and watched in self.edits:
            focused = QApplication.focusWidget()
            if focused is None or not self.control.isAncestorOf(focused):
                self.left.emit()
        return super().eventFilter(watched, event)


class MomentField(PartsField):
    """A date and a clock time, side by side, each as typed."""

    def __init__(self, caption: str, words: Words) -> None:
        control = QWidget()
        super().__init__(caption, control, words)
        day = words("ui.orders.field.start-day")
        time = words("ui.orders.field.start-time")
        row, (self.day, self.time) = self.add_row(
            (
                Part(day, example=words("ui.orders.suffix.date-example"), stretch=4, room="2026-11-23"),
                Part(time, example=words("ui.orders.suffix.time"), stretch=2, room="14:00"),
            )
        )
        control.setLayout(row)


class DosesField(PartsField):
    """What the prescriber wrote: two lines at first, more at the press of a button."""

    def __init__(self, caption: str, words: Words) -> None:
        control = QWidget()
        super().__init__(caption, control, words)
        self._words = words
        self._rows: list[tuple[QWidget, list[QLineEdit]]] = []
        self._column = QVBoxLayout(control)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.more = LinkButton(words("ui.orders.field.more-doses"))
        self.more.clicked.connect(self._add_line)
        self._column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.set_lines((), locked=False)

    @property
    def lines(self) -> tuple[DoseLine, ...]:
        """Every line, as typed."""
        return tuple(DoseLine(*(edit.text() for edit in edits)) for _row, edits in self._rows)

    def set_lines(self, lines: Sequence[DoseLine], *, locked: bool) -> None:
        """Fill in, without a signal."""
        wanted = len(lines) if locked else max(2, len(lines))
        while len(self._rows) < wanted:
            self._add_line()
        while len(self._rows) > wanted:
            row, edits = self._rows.pop()
            self.edits = [edit for edit in self.edits if edit not in edits]
            row.setParent(None)
            row.deleteLater()
        shown = [*lines, *(DoseLine() for _ in range(wanted - len(lines)))]
        for line, (_row, edits) in zip(shown, self._rows, strict=True):
            for edit, text in zip(edits, (line.from_day, line.to_day, line.mcg_per_day), strict=True):
                edit.setText(text)

    def _add_line(self) -> None:
        words = self._words
        number = str(len(self._rows) + 1)
        layout, edits = self.add_row(
            (
                Part(f"{words('ui.orders.field.from-day')} {number}", words("ui.orders.field.from-day")),
                Part(f"{words('ui.orders.field.to-day')} {number}", words("ui.orders.field.to-day")),
                Part(
                    f"{words('ui.orders.field.dose')} {number}",
                    words("ui.orders.field.dose"),
                    words("ui.orders.suffix.dose"),
                ),
            )
        )
        row = QWidget()
        row.setLayout(layout)
        self._rows.append((row, edits))
        self._column.insertWidget(len(self._rows) - 1, row)
        self.more.setVisible(len(self._rows) < _HIGHEST_COUNT)

    def lock(self, *, locked: bool) -> None:
        super().lock(locked=locked)
        self.more.setVisible(not locked and len(self._rows) < _HIGHEST_COUNT)


class ModificationField(PartsField):
    """Whether the cycle restarts after an event; the three texts appear when it does."""

    def __init__(self, caption: str, words: Words) -> None:
        control = QWidget()
        super().__init__(caption, control, words)
        self.choice = SegmentedChoice(
            [
                (NO_MODIFICATION, words("ui.orders.choice.no-modification")),
                *((event, words(f"ui.orders.choice.{event}")) for event in ("crs", "neurologic", "other")),
            ]
        )
        self.choice.set_name(caption)
        self.choice.chosen.connect(self._chosen)
        self.choice.left.connect(self._choice_left)
        column = QVBoxLayout(control)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.choice)
        upper, (self.grade, self.restart_day) = self.add_row(
            (
                Part(words("ui.orders.field.grade"), words("ui.orders.field.grade")),
                Part(words("ui.orders.field.restart-day"), words("ui.orders.field.restart-day")),
            )
        )
        what = words("ui.orders.field.modification-reason")
        lower, (self.reason,) = self.add_row((Part(what, example=what),))
        self._details = QWidget()
        rows = QVBoxLayout(self._details)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addLayout(upper)
        rows.addLayout(lower)
        self._details.hide()
        column.addWidget(self._details)

    def set_value(self, value: str | None) -> None:
        """Choose, without a signal."""
        self.choice.set_values([] if value is None else [value])
        self._details.setVisible(value is not None and value != NO_MODIFICATION)

    def set_focus(self) -> None:
        if self._details.isVisible():
            super().set_focus()
        else:
            self.choice.focus_target().setFocus(Qt.FocusReason.OtherFocusReason)

    def lock(self, *, locked: bool) -> None:
        super().lock(locked=locked)
        self.choice.setEnabled(not locked)

    def _chosen(self, values: tuple[str, ...]) -> None:
        self._details.setVisible(bool(values) and values[0] != NO_MODIFICATION)
        self.typed.emit()

    def _choice_left(self) -> None:
        focused = QApplication.focusWidget()
        if focused is None or not self.control.isAncestorOf(focused):
            self.left.emit()
