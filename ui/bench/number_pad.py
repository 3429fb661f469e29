"""The number pad for gloved hands: it opens over the lower half of the bench and types into the entries."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui import theme
from ui.bench.volumes import VolumeEntries
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.focus import NO_RING
from ui.widgets.text import Text
from ui.words import Words

KEYS = ("7", "8", "9", "4", "5", "6", "1", "2", "3", "0", ".")
_IN_A_ROW = 3
_KEY_WIDTH = 96
_ACT_WIDTH = 150
_GAP = 8


class NumberPad(Card):
    """Each key does what the same key of a keyboard does in the entry that has the keyboard; no more.

    The entries lie under it, so it shows the current one. The keyboard stays there: no key here takes it.
    """

    def __init__(self, words: Words, volumes: VolumeEntries) -> None:
        super().__init__()
        self._volumes = volumes
        self.column.setContentsMargins(26, 10, 26, 10)
        self._caption = Text(size=theme.TITLE, wrap=True)
        self.shown = Text(size=theme.STOP, bold=True)
        self.keys = {each: _key(each, _KEY_WIDTH) for each in KEYS}
        self.delete = _key(words("ui.bench.pad.delete"), _ACT_WIDTH)
        self.next = _key(words("ui.bench.pad.next"), _ACT_WIDTH)
        self.away = _key(words("ui.bench.pad.close"), _ACT_WIDTH)
        self._arrange()
        for sign, key in self.keys.items():
            key.clicked.connect(partial(self._type, sign))
        self.delete.clicked.connect(self._delete)
        self.next.clicked.connect(self._enter)
        self.away.clicked.connect(self.put_away)
        volumes.entered.connect(self.put_away)
        volumes.typed_into.connect(self._show_entry)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._show_entry)
        self.hide()

    def _arrange(self) -> None:
        left = QVBoxLayout()
        left.addWidget(self._caption)
        left.addWidget(self.shown)
        left.addStretch(1)
        grid = QGridLayout()
        grid.setSpacing(_GAP)
        for at, key in enumerate(self.keys.values()):
            grid.addWidget(key, at // _IN_A_ROW, at % _IN_A_ROW)
        acts = QVBoxLayout()
        acts.setSpacing(_GAP)
        acts.addWidget(self.delete)
        acts.addWidget(self.next)
        acts.addStretch(1)
        acts.addWidget(self.away)
        row = QHBoxLayout()
        row.setSpacing(26)
        row.addLayout(left, 1)
        row.addLayout(grid)
        row.addLayout(acts)
        self.column.addLayout(row)

    def open_over(self, page: QWidget) -> None:
        """Open over the lower half of the page; the keyboard goes to the entry that it types into."""
        self.lie_over(page)
        self.show()
        self.raise_()
        self._ring(shown=False)
        self._show_entry()

    def lie_over(self, page: QWidget) -> None:
        """Take the lower half of the page, as large as it is now."""
        height = max(page.height() // 2, self.sizeHint().height())
        self.setGeometry(0, page.height() - height, page.width(), height)

    def put_away(self) -> None:
        """Close. What was typed stays as typed."""
        if self.isVisible():
            self.hide()
            self._ring(shown=True)

    @property
    def _entry(self) -> QLineEdit:
        return self._volumes.current

    def _type(self, sign: str) -> None:
        entry = self._entry
        entry.insert(sign)
        entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def _delete(self) -> None:
        self._entry.backspace()

    def _enter(self) -> None:
        self._entry.returnPressed.emit()

    def _show_entry(self, *_: object) -> None:
        if self.isVisible():
            self._caption.say(self._entry.accessibleName())
            self.shown.say(self._entry.text())

    def _ring(self, *, shown: bool) -> None:
        """No ring around an entry that the pad lies over; the keyboard comes to it anew, so that it shows."""
        entry = self._entry
        for each in self._volumes.edits:
            each.setProperty(NO_RING, not shown)
        entry.clearFocus()
        entry.setFocus(Qt.FocusReason.OtherFocusReason)


def _key(text: str, width: int) -> Button:
    key = Button(text)
    key.setFont(theme.font(theme.TITLE, bold=True))
    key.setFixedSize(width, theme.BENCH_BUTTON_HEIGHT)
    key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return key
