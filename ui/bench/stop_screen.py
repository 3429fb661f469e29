"""The stop: it fills the page, Esc and Enter do nothing, the right scan clears it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from ui import theme
from ui.bench.view import StopView
from ui.icons import Icon, IconView, tone_of
from ui.widgets.button import Button
from ui.widgets.text import Text
from ui.words import Words

_FRAME = 10
_OCTAGON = 104


class StopScreen(QWidget):
    """`in_bag` says that the wrong thing is in the bag already, `called` that a pharmacist is called.

    `typed_again` goes back to what was typed; after a wrong scan only a scan leads on.
    """

    in_bag = Signal()
    called = Signal()
    typed_again = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._view: StopView | None = None
        self.sentence = Text(size=theme.RESULT, bold=True, wrap=True)
        self._others = Text(size=theme.TITLE, bold=True, wrap=True)
        self._scanned, self._needs = _Box(stop=True), _Box(stop=False)
        self._to_do = Text(size=theme.TITLE, wrap=True)
        self._why = Text(size=theme.TITLE, wrap=True)
        self._recorded = Text(size=theme.SMALL, role="muted")
        self.hint = Button("", filled=True)
        self.already = Button(words("ui.bench.already-in-the-bag"))
        self.call = Button(words("ui.bench.call-a-pharmacist"))
        for button in (self.hint, self.already, self.call):
            button.setFixedHeight(theme.BENCH_BUTTON_HEIGHT + 8)
            button.setFont(theme.font(theme.TITLE, bold=True))
        self.already.clicked.connect(self.in_bag)
        self.call.clicked.connect(self.called)
        self.hint.clicked.connect(self.typed_again)
        self._arrange()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(_FRAME + 40, _FRAME + 24, _FRAME + 40, _FRAME + 24)
        column.setSpacing(16)
        head = QHBoxLayout()
        head.setSpacing(26)
        head.addWidget(IconView(Icon.STOP, _OCTAGON), 0, Qt.AlignmentFlag.AlignTop)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        for widget in (Text(self._words("ui.bench.stop"), theme.STOP, bold=True, role="stop"), self.sentence):
            lines.addWidget(widget)
        lines.addWidget(self._others)
        head.addLayout(lines, 1)
        column.addLayout(head)
        column.addLayout(_side_by_side(self._scanned, self._needs))
        column.addLayout(
            _side_by_side(
                _titled(self._words("ui.bench.what-to-do"), self._to_do),
                _titled(self._words("ui.bench.why"), self._why),
            )
        )
        column.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(16)
        for button in (self.hint, self.already, self.call):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self._recorded)
        column.addLayout(buttons)

    def show_stop(self, view: StopView) -> None:
        """Show this stop; the keyboard is taken away from what was typed."""
        if view == self._view:
            return
        self._view = view
        self.sentence.say(view.sentence)
        self._others.say("\n".join(view.others))
        self._others.setVisible(bool(view.others))
        self._scanned.say(self._words("ui.bench.you-scanned"), view.scanned, view.scanned_lines)
        self._needs.say(self._words("ui.bench.this-step-needs"), view.needs, view.needs_lines)
        self._to_do.say("\n".join(f"{at} {each}" for at, each in enumerate(view.to_do, start=1)))
        self._why.say("\n".join(view.why))
        self._recorded.say(view.recorded)
        self.hint.setText(view.hint)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in {Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tone = tone_of(Icon.STOP)
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour(tone.ink))
        inner = self.rect().adjusted(_FRAME, _FRAME, -_FRAME, -_FRAME)
        painter.fillRect(inner, theme.colour(tone.ground))
        painter.end()


class _Box(QFrame):
    def __init__(self, *, stop: bool) -> None:
        super().__init__()
        self.setProperty("role", "stop-box" if stop else "card")
        self._caption = Text(size=theme.TITLE, bold=True)
        self._name = Text(size=theme.NAME, bold=True, wrap=True)
        self._lines = Text(size=theme.BODY, wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 14)
        for widget in (self._caption, self._name, self._lines):
            column.addWidget(widget)
        column.addStretch(1)

    def say(self, caption: str, name: str, lines: tuple[str, ...]) -> None:
        self._caption.say(caption)
        self._name.say(name)
        self._lines.say(" · ".join(lines))


def _titled(title: str, text: Text) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(4)
    column.addWidget(Text(title, theme.TITLE, bold=True))
    column.addWidget(text)
    column.addStretch(1)
    return column


def _side_by_side(*parts: QWidget | QLayout) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(16)
    for each in parts:
        if isinstance(each, QWidget):
            row.addWidget(each, 1)
        else:
            row.addLayout(each, 1)
    return row
