"""The entries of measured volumes: one line for each syringe, as read; nothing is filled in beforehand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.button import LinkButton
from ui.widgets.field import LineEdit, SelectBox
from ui.widgets.text import Text
from ui.words import Words

_MOST = 6
_ENTRY_WIDTH = 150
_INSTRUMENT_WIDTH = 180


class VolumeEntries(QWidget):
    """Enter goes to the next line, and from the last one says `entered`. `typed_into`: a text changed."""

    entered = Signal()
    typed_into = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._instruments: tuple[str, ...] = ()
        self._suggested: tuple[str, ...] = ()
        self._boxes: list[SelectBox] = []
        self.edits: list[QLineEdit] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self.another = LinkButton(words("ui.bench.another-syringe"), bold=False)
        self.another.clicked.connect(lambda: self._add(""))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._lines)
        column.addWidget(self.another, 0, Qt.AlignmentFlag.AlignLeft)

    def offer(self, suggested: Sequence[str], instruments: Sequence[str]) -> None:
        """A line for each suggested instrument; what was typed for the same ones stays."""
        if (tuple(suggested), tuple(instruments)) == (self._suggested, self._instruments):
            return
        self._suggested, self._instruments = tuple(suggested), tuple(instruments)
        self.clear()

    def clear(self) -> None:
        """Empty lines again."""
        while self._lines.count():
            item = self._lines.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._boxes, self.edits = [], []
        for each in self._suggested or ("",):
            self._add(each)

    @property
    def typed(self) -> tuple[tuple[str, str], ...]:
        """Instrument and text of each line, as typed."""
        pairs = zip(self._boxes, self.edits, strict=True)
        return tuple((str(box.currentData() or ""), edit.text()) for box, edit in pairs)

    @property
    def current(self) -> QLineEdit:
        """The entry that has the keyboard, else the first empty one, else the last."""
        focused = [each for each in self.edits if each.hasFocus()]
        empty = [each for each in self.edits if not each.text()]
        return (focused or empty or self.edits[-1:])[0]

    def open_for_typing(self, *, is_open: bool) -> None:
        """Whether anything can be typed now."""
        for edit in self.edits:
            edit.setEnabled(is_open)
        self.another.setEnabled(is_open and len(self.edits) < _MOST)

    def _add(self, instrument: str) -> None:
        box = SelectBox()
        box.setFont(theme.font(theme.BODY))
        box.setFixedSize(_INSTRUMENT_WIDTH, theme.BUTTON_HEIGHT)
        for each in self._instruments:
            box.addItem(each, each)
        box.setCurrentIndex(box.findData(instrument))
        box.setAccessibleName(self._words("ui.bench.instrument"))
        edit: QLineEdit = LineEdit()
        edit.setFont(theme.font(theme.NAME, bold=True))
        edit.setFixedSize(_ENTRY_WIDTH, theme.BUTTON_HEIGHT)
        edit.setAccessibleName(self._words("ui.bench.read-from", instrument=instrument))
        edit.returnPressed.connect(lambda: self._next(edit))
        edit.textChanged.connect(self.typed_into)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(box)
        row.addWidget(edit)
        row.addWidget(Text("mL", theme.TITLE))
        row.addStretch(1)
        self._boxes.append(box)
        self.edits.append(edit)
        self._lines.addWidget(line)
        self.another.setEnabled(len(self.edits) < _MOST)

    def _next(self, edit: QLineEdit) -> None:
        at = self.edits.index(edit) + 1
        if at < len(self.edits) and edit.text():
            self.edits[at].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.entered.emit()
