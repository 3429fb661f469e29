"""How a figure is given: typed in a line, or chosen from a few names. What was typed stays as typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from pharmacy_app.domain.figure_value import BETWEEN
from ui import theme
from ui.figures.view import FigureRow, InputKind
from ui.widgets.choice import SegmentedChoice
from ui.widgets.field import SelectBox
from ui.widgets.text import Text
from ui.words import Words


class FigureInput(QWidget):
    """`given(text)` says that a person has finished with a value. Showing one gives no signal."""

    given = Signal(str)

    def show_text(self, text: str) -> None:
        """Show a value, unless a person is just typing another."""
        raise NotImplementedError

    def lock(self, *, locked: bool) -> None:
        """Show without letting it be changed."""
        raise NotImplementedError

    def mark(self, mark: str) -> None:
        """Put the colour of a meaning around it."""
        raise NotImplementedError

    def focus_target(self) -> QWidget:
        """What takes the keyboard."""
        raise NotImplementedError


def input_for(row: FigureRow, words: Words) -> FigureInput:
    """The input that a row asks for."""
    match row.kind:
        case InputKind.LINE:
            return LineInput(row)
        case InputKind.ONE:
            return ChoiceInput(row, many=False)
        case InputKind.MANY:
            return ChoiceInput(row, many=True)
        case InputKind.IN_ORDER:
            return OrderInput(row, words)


class _Line(QLineEdit):
    """A line that is finished with Enter, which goes on to the next field, or when the keyboard leaves it."""

    finished = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.finished.emit()
            self.focusNextChild()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.finished.emit()


class LineInput(FigureInput):
    """One line, with the unit beside it."""

    def __init__(self, row: FigureRow) -> None:
        super().__init__()
        self.edit = _Line()
        self.edit.setFont(theme.font(theme.BODY))
        self.edit.setFixedHeight(theme.FIELD_HEIGHT)
        self.edit.setAccessibleName(f"{row.caption}, {row.unit}" if row.unit else row.caption)
        self.edit.setPlaceholderText(row.example)
        self.edit.finished.connect(self._finish)
        self._shown = ""
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.edit, 1)
        unit = Text(row.unit, theme.TABLE)
        unit.setMinimumWidth(70)
        line.addWidget(unit)

    def show_text(self, text: str) -> None:
        if self.edit.text() == self._shown:
            self.edit.setText(text)
        self._shown = text

    def lock(self, *, locked: bool) -> None:
        self.edit.setReadOnly(locked)
        self.edit.setProperty("role", "locked" if locked else "")
        _polish(self.edit)

    def mark(self, mark: str) -> None:
        if self.edit.property("mark") != mark:
            self.edit.setProperty("mark", mark)
            _polish(self.edit)

    def focus_target(self) -> QWidget:
        return self.edit

    def _finish(self) -> None:
        text = self.edit.text()
        if text != self._shown and not self.edit.isReadOnly():
            self._shown = text
            self.given.emit(text)


class ChoiceInput(FigureInput):
    """One or several names; what is chosen is given at once."""

    def __init__(self, row: FigureRow, *, many: bool) -> None:
        super().__init__()
        self.choice = SegmentedChoice(row.options, many=many)
        self.choice.set_name(row.caption)
        self.choice.chosen.connect(lambda values: self.given.emit(BETWEEN.join(values)))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.choice)

    def show_text(self, text: str) -> None:
        self.choice.set_values(text.split(BETWEEN))

    def lock(self, *, locked: bool) -> None:
        self.choice.setEnabled(not locked)

    def mark(self, mark: str) -> None:
        del mark  # the word and the shape beside it say it

    def focus_target(self) -> QWidget:
        return self.choice.focus_target()


class OrderInput(FigureInput):
    """Names in an order: a list that opens for each place. Places left empty do not count."""

    def __init__(self, row: FigureRow, words: Words) -> None:
        super().__init__()
        self.boxes: list[SelectBox] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        for place in range(len(row.options)):
            caption = words("ui.figures.choose-steps", number=str(place + 1))
            box = SelectBox()
            box.setFont(theme.font(theme.TABLE))
            box.setFixedHeight(34)
            box.setAccessibleName(f"{row.caption}, {caption}")
            for value, word in (("", words("ui.figures.no-step")), *row.options):
                box.addItem(word, value)
            box.activated.connect(lambda _at: self.given.emit(self.text))
            self.boxes.append(box)
            grid.addWidget(Text(caption, theme.SMALL, role="muted"), place, 0)
            grid.addWidget(box, place, 1)
        grid.setColumnStretch(1, 1)

    @property
    def text(self) -> str:
        """The names in their order."""
        chosen = (str(box.currentData()) for box in self.boxes)
        return BETWEEN.join(each for each in chosen if each)

    def show_text(self, text: str) -> None:
        if self.text == text:
            return
        names: Sequence[str] = text.split(BETWEEN)
        for place, box in enumerate(self.boxes):
            at = box.findData(names[place]) if place < len(names) else 0
            box.setCurrentIndex(max(at, 0))

    def lock(self, *, locked: bool) -> None:
        for box in self.boxes:
            box.setEnabled(not locked)

    def mark(self, mark: str) -> None:
        del mark  # the word and the shape beside it say it

    def focus_target(self) -> QWidget:
        return self.boxes[0]


def _polish(widget: QWidget) -> None:
    widget.style().unpolish(widget)
    widget.style().polish(widget)
