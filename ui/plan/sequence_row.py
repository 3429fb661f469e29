"""The sequence of bags as a line of text, checked as one types, with what may be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import theme
from ui.icons import Icon, IconView
from ui.plan.view import SequenceView
from ui.widgets.button import Button
from ui.widgets.field import LineEdit
from ui.widgets.text import LeadText, Text
from ui.words import Words

_HEIGHT = 56


class SequenceRow(QWidget):
    """What is wrong stands in place of what cannot be pressed then, so the picture above never moves.

    `typed` carries the text as it stands; `used` and `best_wanted` are the two buttons."""

    typed = Signal(str)
    used = Signal()
    best_wanted = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.edit = LineEdit()
        self.edit.setFont(theme.font(theme.BODY))
        self.edit.setFixedHeight(theme.FIELD_HEIGHT)
        self.edit.setMinimumWidth(190)
        self.edit.setAccessibleName(words("ui.plan.sequence"))
        self.edit.textEdited.connect(self.typed)
        self.edit.returnPressed.connect(self._use)
        self._reach = Text(size=theme.SMALL, role="muted")
        self._icon = IconView(Icon.STOP, 17)
        self._remark = LeadText("", "", theme.SMALL)
        self._remark.setMinimumWidth(220)
        self.use = _small(Button(words("ui.plan.use-sequence")))
        self.best = _small(Button(words("ui.plan.back-to-best")))
        self.use.clicked.connect(self.used)
        self.best.clicked.connect(self.best_wanted)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACES[1])
        row.addWidget(Text(words("ui.plan.sequence"), theme.SMALL, bold=True))
        row.addWidget(self.edit, 1)
        row.addWidget(self._icon)
        row.addWidget(self._remark, 2)
        row.addWidget(self._reach)
        row.addWidget(self.use)
        row.addWidget(self.best)
        row.setContentsMargins(10, 0, 10, 0)
        self.setLayout(row)
        self.setFixedHeight(_HEIGHT)

    def set_text(self, text: str) -> None:
        """Put the sequence in use into the line; nobody typed it."""
        self.edit.setText(text)
        self.edit.setCursorPosition(0)

    def show_view(self, view: SequenceView) -> None:
        """Show how far it reaches, what is wrong, what may be pressed."""
        self._reach.say(view.reach)
        for remark in view.first_remark:
            self._remark.say(remark.lead, remark.sentence)
        broken = bool(view.first_remark)
        self._icon.setVisible(broken)
        self._remark.setVisible(broken)
        self._reach.setVisible(not broken)
        self.use.setVisible(not broken)
        self.best.setVisible(view.may_go_back or not broken)
        self.use.setEnabled(view.may_use)
        self.best.setEnabled(view.may_go_back)
        mark = "stop" if view.remarks else ""
        if self.edit.property("mark") != mark:
            self.edit.setProperty("mark", mark)
            self.edit.style().unpolish(self.edit)
            self.edit.style().polish(self.edit)
        sentences = " ".join(f"{each.lead} {each.sentence}" for each in view.remarks)
        self.edit.setAccessibleDescription(sentences or view.reach)

    def _use(self) -> None:
        if self.use.isEnabled():
            self.used.emit()


def _small(button: Button) -> Button:
    button.setFont(theme.font(theme.SMALL, bold=True))
    button.setFixedHeight(theme.FIELD_HEIGHT)
    button.setStyleSheet("padding: 0 10px;")
    return button
