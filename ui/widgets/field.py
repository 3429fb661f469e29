"""Fields: a caption, what is typed or chosen, and every remark about it right under it.

What was typed stays as typed: no validator, no mask, no locale, no completion.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QMetaMethod, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from ui import theme
from ui.icons import Icon, draw_icon
from ui.remarks import Remark, in_order
from ui.widgets.choice import SegmentedChoice
from ui.widgets.finding import FindingList
from ui.widgets.text import Text
from ui.words import Words

_AROUND_SUFFIX = 44
_AROUND_TEXT = 28


class Field(QWidget):
    """Base of the three kinds of field. `left` says that the keyboard went on to something else."""

    typed = Signal()
    left = Signal()
    reason_typed = Signal(str, str)

    def __init__(self, caption: str, control: QWidget, words: Words, *, asks_reasons: bool = False) -> None:
        super().__init__()
        self.control = control
        self._detached = False
        self._caption = Text(caption, theme.SMALL, bold=True)
        self._findings = FindingList(words, asks_reasons=asks_reasons)
        self._findings.reason_typed.connect(self.reason_typed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._caption)
        column.addWidget(control)
        column.addWidget(self._findings)
        column.addStretch(1)

    @property
    def caption(self) -> str:
        """The words above the field."""
        return self._caption.text()

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What stands under the field."""
        return self._findings.remarks

    def detach_findings(self) -> FindingList:
        """The findings, to be put under a whole row of narrow fields; each then names its field."""
        self._detached = True
        self._findings.setParent(None)
        return self._findings

    def ask_reasons(self, *, asks: bool) -> None:
        """Whether a reason that is asked for has a field here; only a pharmacist gives one."""
        self._findings.asks_reasons = asks

    def focus_reason(self) -> None:
        """Bring the keyboard to the first reason that is asked for here."""
        if not self._findings.focus_reason():
            self.set_focus()

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        """Put these remarks under the field and their colour around it."""
        ordered = in_order(remarks)
        named = [replace(each, lead=f"{self.caption}: {each.lead}") for each in ordered]
        self._findings.show_remarks(named if self._detached else ordered)
        mark = ordered[0].severity.value if ordered else ""
        if self.control.property("mark") != mark:
            self.control.setProperty("mark", mark)
            self.control.style().unpolish(self.control)
            self.control.style().polish(self.control)
        self.control.setAccessibleDescription(" ".join(f"{each.lead} {each.sentence}" for each in ordered))

    def set_focus(self) -> None:
        """Bring the keyboard here."""
        self.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def lock(self, *, locked: bool) -> None:
        """Show without letting it be changed."""
        self.control.setEnabled(not locked)


class LineEdit(QLineEdit):
    """Keeps Enter to itself where somebody listens for it; else the page's or dialog's button gets it too."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        is_heard = is_enter and self.isSignalConnected(QMetaMethod.fromSignal(self.returnPressed))
        super().keyPressEvent(event)
        if is_heard:
            event.accept()


class TextField(Field):
    """One line, exactly as typed. `suffix` stands inside at the right: a unit or the form of a date."""

    def __init__(
        self, caption: str, words: Words, *, suffix: str = "", example: str = "", asks_reasons: bool = False
    ) -> None:
        self.edit = LineEdit()
        self.edit.setFont(theme.font(theme.BODY))
        self.edit.setFixedHeight(theme.FIELD_HEIGHT)
        self.edit.setAccessibleName(caption)
        self.edit.setPlaceholderText(example)
        super().__init__(caption, self.edit, words, asks_reasons=asks_reasons)
        self._suffix = QLabel(suffix, self.edit)
        self._suffix.setFont(theme.font(theme.SMALL))
        self._suffix.setProperty("role", "muted")
        self._suffix.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.edit.textChanged.connect(lambda _text: self._place_suffix())
        self.edit.textEdited.connect(lambda _text: self.typed.emit())
        self.edit.installEventFilter(self)

    def make_room_for(self, sample: str) -> None:
        """Never become so narrow that a text like this does not fit."""
        self.edit.setMinimumWidth(self.edit.fontMetrics().horizontalAdvance(sample) + _AROUND_TEXT)

    @property
    def text(self) -> str:
        """What was typed, as typed."""
        return self.edit.text()

    def set_text(self, text: str) -> None:
        """Fill in, without a signal."""
        self.edit.setText(text)
        self.edit.setToolTip(text)
        self.edit.setCursorPosition(0)

    def lock(self, *, locked: bool) -> None:
        self.edit.setReadOnly(locked)
        self.edit.setProperty("role", "locked" if locked else "")
        self.edit.style().unpolish(self.edit)
        self.edit.style().polish(self.edit)

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        if watched is self.edit:
            if event.type() is QEvent.Type.FocusOut:
                self.left.emit()
            if event.type() is QEvent.Type.Resize:
                self._place_suffix()
        return super().eventFilter(watched, event)

    def _place_suffix(self) -> None:
        # The suffix gives way to what is typed: nothing typed is ever hidden behind it.
        hint = self._suffix.sizeHint()
        typed = self.edit.fontMetrics().horizontalAdvance(self.edit.text() or self.edit.placeholderText())
        fits = bool(self._suffix.text()) and typed + hint.width() + _AROUND_SUFFIX <= self.edit.width()
        self._suffix.setVisible(fits)
        self.edit.setTextMargins(0, 0, hint.width() + 6 if fits else 0, 0)
        top = (self.edit.height() - hint.height()) // 2
        self._suffix.setGeometry(self.edit.width() - hint.width() - 12, top, hint.width(), hint.height())


class ChoiceField(Field):
    """Segments under a caption."""

    def __init__(
        self,
        caption: str,
        options: Sequence[tuple[str, str]],
        words: Words,
        *,
        many: bool = False,
        asks_reasons: bool = False,
    ) -> None:
        self.choice = SegmentedChoice(options, many=many)
        self.choice.set_name(caption)
        super().__init__(caption, self.choice, words, asks_reasons=asks_reasons)
        self.choice.chosen.connect(lambda _values: self.typed.emit())
        self.choice.left.connect(self.left)

    def set_focus(self) -> None:
        self.choice.focus_target().setFocus(Qt.FocusReason.OtherFocusReason)


class SelectField(Field):
    """One of many, in a list that opens. With an empty first value nothing is chosen at first."""

    def __init__(
        self, caption: str, options: Sequence[tuple[str, str]], words: Words, *, asks_reasons: bool = False
    ) -> None:
        self.box = SelectBox()
        self.box.setFont(theme.font(theme.BODY))
        self.box.setFixedHeight(theme.FIELD_HEIGHT)
        self.box.setAccessibleName(caption)
        for value, word in options:
            self.box.addItem(word, value)
        super().__init__(caption, self.box, words, asks_reasons=asks_reasons)
        self.box.activated.connect(lambda _at: self.typed.emit())
        self.box.installEventFilter(self)

    @property
    def value(self) -> str:
        """The chosen value."""
        return str(self.box.currentData())

    def set_value(self, value: str) -> None:
        """Choose, without a signal; an unknown value is shown as it is."""
        at = self.box.findData(value)
        if at < 0:
            self.box.addItem(value, value)
            at = self.box.count() - 1
        self.box.setCurrentIndex(at)

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        if watched is self.box and event.type() is QEvent.Type.FocusOut and not self.box.view().isVisible():
            self.left.emit()
        return super().eventFilter(watched, event)


class SelectBox(QComboBox):
    """A list that opens, with its own arrow. The wheel never changes it."""

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumContentsLength(4)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        box = QRectF(self.width() - 26, (self.height() - 12) / 2, 12, 12)
        ink = theme.colour(theme.colours().muted)
        draw_icon(painter, Icon.DOWN, box, ink=ink, hole=ink)
        painter.end()
