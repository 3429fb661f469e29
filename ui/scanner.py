"""Scanners that act as a keyboard: a code goes to whoever waits for it, never into a field.

The filter stands before every window of the program. Keys that may belong to a code are held back for the
moment in which that is not decided, then either taken out or handed on in their order (`ui.rhythm` says by
what rule). It looks at windows alone: a widget sees each key a second time, and its parents a third.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from shiboken6 import isValid

from pharmacy_app.domain.errors import InputRefused
from ui.patience import Patience
from ui.rhythm import (
    LONGEST_PAUSE,
    LONGEST_PAUSE_AT_CTRL,
    SILENCE,
    Press,
    Setting,
    is_broken_scan,
    is_scanner,
)

GROUP_SEPARATOR = "\x1d"
PAUSE_AFTER_A_PREFIX = 250
QUIET = 250  # what follows a code sooner, or a broken one, still belongs to it
SOONER_THAN_A_REPEAT = 50

_ENDS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})
_MODIFIERS = frozenset({Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr})
_CONTROL = Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier
_META = Qt.KeyboardModifier.MetaModifier
_MOUSE = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin})


class _Follows(Enum):
    """What is thrown away after a code: a second end key, or everything that still comes."""

    ENDS = "ends"
    ANYTHING = "anything"


@dataclass(slots=True)
class _Held:
    """Keys that nobody has seen yet."""

    silence: int = SILENCE
    events: list[tuple[QWindow, QKeyEvent]] = field(default_factory=list)
    presses: list[Press] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(each.text for each in self.presses)


def moment_of(event: QKeyEvent) -> int:
    """When the key was pressed, in ms: the platform's time, so that a busy program splits no code."""
    return event.timestamp()


def prefix_of(named: str) -> str:
    """The prefix that a setting names in caret notation: `^B` is U+0002. Empty: the scanner sends none.

    Raises:
        InputRefused: it is not made of control characters, which nobody types.
    """
    letters = named[1::2]
    if named[::2] != "^" * len(letters) or not all("A" <= each <= "Z" for each in letters):
        raise InputRefused("PHARMACY_APP_SCANNER_PREFIX", named, "expected.scanner-prefix")
    return "".join(chr(ord(each) & 0x1F) for each in letters)


class WedgeScanner(QObject):
    """Takes codes out of the keys of one window and of the dialogs over it.

    `scanned` carries a code without its prefix and its end, once. `broken_off` says that a code began and
    did not end, so that its keys were thrown away. `moment_of` can be set to another clock.
    """

    scanned = Signal(str)
    broken_off = Signal()

    def __init__(self, window: QWidget, *, prefix: str = "") -> None:
        super().__init__(window)
        self.moment_of: Callable[[QKeyEvent], int] = moment_of
        self._window = window
        self._prefix = prefix
        self._held = _Held()
        self._down: set[int] = set()
        self._taken: set[int] = set()
        self._follows: _Follows | None = None
        self._last = -SILENCE
        self._by_hand = -SILENCE
        self._pause = Patience(self)
        self._pause.over.connect(self._nothing_follows)
        application = QGuiApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    @property
    def holds_keys(self) -> bool:
        """Whether keys are held back whose sender is not known yet."""
        return bool(self._held.events)

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        if isinstance(event, QKeyEvent):
            if not isinstance(watched, QWindow) or not event.spontaneous():  # what is handed on is not
                return False
            return self._is_ours(watched) and self._key(watched, event)
        if event.type() in _MOUSE:
            self._hand_on()
        return False

    def _is_ours(self, window: QWindow) -> bool:
        """Whether it is the window, or a dialog or list over it."""
        above: QWindow | None = window
        while above is not None and above != self._window.windowHandle():
            above = above.transientParent()
        return above is not None

    def _key(self, window: QWindow, event: QKeyEvent) -> bool:
        """Whether the key is kept from the window."""
        match event.type():
            case QEvent.Type.ShortcutOverride:
                return self._before_shortcuts(event)
            case QEvent.Type.KeyPress:
                return self._pressed(window, event)
            case QEvent.Type.KeyRelease:
                return self._released(window, event)
            case _:
                return False

    def _before_shortcuts(self, event: QKeyEvent) -> bool:
        """A code's control characters are no shortcuts; what was typed before a shortcut comes before it."""
        if self._character(event) and event.modifiers() & _CONTROL:
            event.accept()
            return True
        if event.key() not in _ENDS | _MODIFIERS and not self._character(event):
            self._hand_on()
        return False

    def _pressed(self, window: QWindow, event: QKeyEvent) -> bool:
        now, key = self.moment_of(event), event.key()
        gap = now - self._last
        self._last = now
        self._taken.discard(key)
        character = "" if self._is_held_down(event, gap) else self._character(event)
        with_control = key == Qt.Key.Key_Control or character == GROUP_SEPARATOR
        if not 0 <= gap <= self._longest_pause(with_control=with_control):
            self._nothing_follows()
        if key in _MODIFIERS:
            if self._held.events:
                self._add(Press(now, "", with_control=with_control))
            return False
        is_end = key in _ENDS and not event.modifiers() & (_CONTROL | _ALT | _META)
        if self._still_follows(gap, character=bool(character), is_end=is_end):
            self._taken.add(key)
            return True
        if character:
            self._hold(window, event, character, now)
            return True
        if is_end and self._is_code(now):
            self._take(key)
            return True
        self._hand_on()
        self._by_hand = now
        return False

    def _is_held_down(self, event: QKeyEvent, gap: int) -> bool:
        """Whether the press repeats a key that is held down.

        A platform takes a character that follows itself at once for such a repeat too; but no key repeats
        so soon after it went down.
        """
        return event.isAutoRepeat() and not (self._held.events and 0 <= gap <= SOONER_THAN_A_REPEAT)

    def _released(self, window: QWindow, event: QKeyEvent) -> bool:
        key = event.key()
        if key in _MODIFIERS:
            return False
        self._down.discard(key)
        if key in self._taken:
            if not event.isAutoRepeat():
                self._taken.discard(key)
            return True
        if self._held.events:
            self._held.events.append((window, event.clone()))
            return True
        return False

    def _character(self, event: QKeyEvent) -> str:
        """The character that a key adds to a code, or empty."""
        modifiers = event.modifiers()
        text = event.text()
        if modifiers & _CONTROL and not modifiers & _ALT:
            in_table = Qt.Key.Key_A.value <= event.key() <= Qt.Key.Key_Underscore.value
            text = chr(event.key() & 0x1F) if in_table else ""
            return text if text == GROUP_SEPARATOR or text in tuple(self._prefix) else ""
        if modifiers & _META or (modifiers & _ALT and not modifiers & _CONTROL):
            return ""
        return text if text == GROUP_SEPARATOR or text.isprintable() else ""

    def _longest_pause(self, *, with_control: bool) -> int:
        if self._has_prefix():
            return PAUSE_AFTER_A_PREFIX
        before = self._held.presses[-1:]
        at_control = with_control or any(each.with_control for each in before)
        return LONGEST_PAUSE_AT_CTRL if at_control else LONGEST_PAUSE

    def _has_prefix(self) -> bool:
        return bool(self._prefix) and self._held.text.startswith(self._prefix)

    def _setting(self) -> Setting:
        field_ = QApplication.focusWidget()
        secret = isinstance(field_, QLineEdit) and field_.echoMode() is not QLineEdit.EchoMode.Normal
        return Setting(self._held.silence, at_a_secret=secret)

    def _still_follows(self, gap: int, *, character: bool, is_end: bool) -> bool:
        """Whether the key belongs to the code before it, and is thrown away with it."""
        follows = self._follows
        if follows is _Follows.ANYTHING and 0 <= gap <= QUIET and (character or is_end):
            return True
        if follows is _Follows.ENDS and 0 <= gap <= QUIET and is_end and not self._held.events:
            return True
        self._follows = None
        return False

    def _hold(self, window: QWindow, event: QKeyEvent, character: str, now: int) -> None:
        if not self._held.events:
            silence = now - self._by_hand
            self._held = _Held(silence if silence >= 0 else SILENCE)
            self._down.clear()
        self._held.events.append((window, event.clone()))
        with_control = character == GROUP_SEPARATOR
        self._add(Press(now, character, rolled=bool(self._down), with_control=with_control))
        self._down.add(event.key())

    def _add(self, press: Press) -> None:
        self._held.presses.append(press)
        self._pause.start(self._longest_pause(with_control=press.with_control))

    def _is_code(self, now: int) -> bool:
        if not self._held.events:
            return False
        return self._has_prefix() or is_scanner(self._held.presses, now, self._setting())

    def _take(self, end_key: int) -> None:
        text = self._held.text.removeprefix(self._prefix)
        self._drop(_Follows.ENDS)
        self._taken.add(end_key)
        if text:
            self.scanned.emit(text)

    def _nothing_follows(self) -> None:
        """After a pause: what is held is a person's, or a code that broke off."""
        if not self._held.events:
            return
        if self._has_prefix() or is_broken_scan(self._held.presses, self._setting()):
            self._drop(_Follows.ANYTHING)
            self.broken_off.emit()
        else:
            self._hand_on()

    def _drop(self, follows: _Follows) -> None:
        self._pause.stop()
        self._held = _Held()
        self._taken |= self._down
        self._down.clear()
        self._follows = follows

    def _hand_on(self) -> None:
        """Give every key that is held to its window, in order."""
        held, self._held = self._held, _Held()
        self._pause.stop()
        if held.presses:
            self._by_hand = held.presses[-1].at
        for window, event in held.events:
            if isValid(window):
                QCoreApplication.sendEvent(window, event)
