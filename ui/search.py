"""The search field in the bar: Ctrl+K, a text, Enter. One hit is opened, several are listed under the field.

The keyboard alone is enough: arrows go through the list, Enter opens, Esc goes back to where it came from.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from ui import theme
from ui.search_list import HitList
from ui.widgets.text import Text

if TYPE_CHECKING:
    from pharmacy_app.domain.errors import PharmacyError
    from pharmacy_app.domain.person import Actor
    from pharmacy_app.workflow.desk import Desk
    from pharmacy_app.workflow.search import Found
    from ui.gateway import Branch
    from ui.page import PageName
    from ui.search_hits import HitRow
    from ui.words import Words

WIDTH = 330
_PANEL_WIDTH = 560
_KEYS_WIDTH = 56
_MOST_ROWS = 8


class SearchField(QLineEdit):
    """What is looked for. `left_by_escape` says that a person does not want it any more."""

    left_by_escape = Signal()
    down_pressed = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setFixedSize(WIDTH, theme.FIELD_HEIGHT - 4)
        self.setFont(theme.font(theme.SMALL))
        self.setPlaceholderText(words("ui.search.field"))
        self.setAccessibleName(words("ui.search.field"))
        self.setAccessibleDescription("Ctrl+K")
        self.setTextMargins(0, 0, _KEYS_WIDTH, 0)
        self._keys = QLabel(words("ui.search.keys"), self)
        self._keys.setFont(theme.font(theme.SMALL))
        self._keys.setProperty("role", "muted")
        self._keys.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._keys.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._keys.setGeometry(self.width() - _KEYS_WIDTH - 10, 0, _KEYS_WIDTH, self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape:
                self.left_by_escape.emit()
            case Qt.Key.Key_Down:
                self.down_pressed.emit()
            case _:
                super().keyPressEvent(event)


class SearchPanel(QFrame):
    """What was found, under the field: a list, or one sentence."""

    def __init__(self, parent: QWidget, words: Words) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.list = HitList(words("ui.search.hits"))
        self._sentence = Text(size=theme.BODY, wrap=True)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(1, 6, 1, 6)
        column.setSpacing(4)
        around = QVBoxLayout()
        around.setContentsMargins(14, 2, 14, 2)
        around.addWidget(self._sentence)
        column.addWidget(self.list)
        column.addLayout(around)
        self.hide()

    @property
    def sentence(self) -> str:
        """The sentence shown, or empty."""
        return self._sentence.text() if self.isVisible() else ""

    def show_found(self, rows: tuple[HitRow, ...], sentence: str) -> None:
        """Show these hits, and this sentence under them."""
        self.list.show_rows(rows)
        self.list.setVisible(bool(rows))
        self.list.setFixedHeight(min(len(rows), _MOST_ROWS) * self.list.row_height + 2)
        self._sentence.say(sentence)
        self._sentence.setVisible(bool(sentence))
        self.setFixedWidth(_PANEL_WIDTH)
        self.show()
        self._column.activate()
        self.resize(_PANEL_WIDTH, self.sizeHint().height())
        self.raise_()


class Search(QObject):
    """The field and its panel at work. `followed` carries the Way to what was opened.

    `here` tells which page is open.
    """

    followed = Signal(object)  # Way

    def __init__(self, window: QWidget, words: Words, *, here: Callable[[], PageName | None]) -> None:
        super().__init__(window)
        self._here = here
        QShortcut(QKeySequence("Ctrl+K"), window).activated.connect(self.begin)
        self._words = words
        self._window = window
        self._desk: Desk | None = None
        self._branch: Branch | None = None
        self._actor: Actor | None = None
        self._came_from: QWidget | None = None
        self.field = SearchField(words)
        self.panel = SearchPanel(window, words)
        self.field.returnPressed.connect(self._ask)
        self.field.textEdited.connect(lambda _text: self.panel.hide())
        self.field.left_by_escape.connect(self.leave)
        self.field.down_pressed.connect(self._go_into_list)
        self.panel.list.chosen.connect(self._open)
        self.panel.list.left_by_escape.connect(self._back_to_field)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_moved)
        self.close()

    def open_for(self, desk: Desk | None, branch: Branch, actor: Actor) -> None:
        """This person works here: the field can be used, and holds nothing of the person before."""
        self._desk, self._branch, self._actor = desk, branch, actor
        self.field.clear()
        self.panel.hide()
        self.field.show()

    def close(self) -> None:
        """Nobody works here: nothing can be looked for."""
        self._desk = self._branch = self._actor = None
        self.field.clear()
        self.field.hide()
        self.panel.hide()

    def begin(self) -> None:
        """Bring the keyboard to the field."""
        if self._desk is None:
            return
        focused = QApplication.focusWidget()
        if focused is not None and focused not in {self.field, self.panel.list}:
            self._came_from = focused
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Bring the keyboard back to where it came from."""
        self.panel.hide()
        self.field.clear()
        back, self._came_from = self._came_from, None
        if back is not None and isValid(back) and back.isVisible():
            back.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.field.clearFocus()

    def _ask(self) -> None:
        if self._desk is not None and self._branch is not None:
            ask = partial(self._desk.record.search, self.field.text())
            self._branch.ask(ask, done=self._take, refused=self._refused, topic="search")

    def _refused(self, _error: PharmacyError) -> None:
        """Nobody works here any more: the answer is not wanted."""
        self.panel.hide()

    def _take(self, found: Found) -> None:
        if self._actor is None:
            return
        from ui.search_hits import hit_rows  # brings the domain, for which the first paint does not wait

        rows = hit_rows(found, self._words, actor=self._actor, here=self._here())
        if len(rows) == 1 and not found.left_off:
            self._open(rows[0])
            return
        self._place()
        self.panel.show_found(rows, self._sentence(found))

    def _sentence(self, found: Found) -> str:
        if not found.hits:
            return self._words("ui.search.nothing", text=found.text)
        if found.left_off:
            return self._words("ui.search.more", count=str(found.left_off))
        return ""

    def _place(self) -> None:
        corner = self.field.mapTo(self._window, QPoint(0, self.field.height() + 4))
        self.panel.move(min(corner.x(), self._window.width() - _PANEL_WIDTH - 8), corner.y())

    def _open(self, row: HitRow) -> None:
        self.panel.hide()
        self.field.clear()
        self._came_from = None
        self.followed.emit(row.way)

    def _go_into_list(self) -> None:
        if self.panel.isVisible() and self.panel.list.rows:
            self.panel.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _back_to_field(self) -> None:
        self.panel.hide()
        self.begin()

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        """The panel goes away when a person goes on elsewhere in this window."""
        if now is not None and now is not self.field and not self.panel.isAncestorOf(now):
            self.panel.hide()
