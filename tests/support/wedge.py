"""A simulated scanner, and simulated hands: keys at the window itself, as from a keyboard, in simulated time.

    scan(window, "]d201006141411234521728022910A1")       a code at 1 ms a key, ended by Return
    scan(window, text, gap_ms=40, end=Qt.Key.Key_Tab)
    type_by_hand(window, "71.5", every_ms=66)             a person, 15 keys a second

`window` is any widget of the window; a dialog over it gets the keys if it has the keyboard. Control
characters in a text are sent with Ctrl, as scanners do: U+001D is Ctrl+]. When `scan` returns the code has
been delivered; what the page then asks of the file is still under way: settle the gateway as after a click.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from ui.scanner import WedgeScanner

_FIRST_VISIBLE = 0x20
ALONE_MS = 2000


@dataclass(slots=True)
class _Clock:
    now: int = 0


_CLOCK = _Clock()


def scan(window: QWidget, text: str, *, gap_ms: int = 1, end: Qt.Key | None = Qt.Key.Key_Return) -> None:
    """Scan one code, after a pause: a key every `gap_ms`, the end key too. With end None none is sent."""
    with _simulated_time(window):
        for character in text:
            _click(character)
            _CLOCK.now += gap_ms
        if end is not None:
            QTest.keyClick(_place(), end)
    _let_it_arrive()


def type_by_hand(
    window: QWidget, text: str, *, every_ms: int | Sequence[int] = 120, end: Qt.Key | None = None
) -> None:
    """Type as a person does, with these times between the keys, and wait until the last one is handed on."""
    steps = [every_ms] * len(text) if isinstance(every_ms, int) else list(every_ms)
    with _simulated_time(window) as scanner:
        for character, step in zip(text, steps, strict=True):
            _click(character)
            _CLOCK.now += step
        if end is not None:
            QTest.keyClick(_place(), end)
        while scanner.holds_keys:
            QTest.qWait(10)
    _let_it_arrive()


@contextmanager
def _simulated_time(window: QWidget) -> Iterator[WedgeScanner]:
    scanner = window.window().findChild(WedgeScanner)
    assert isinstance(scanner, WedgeScanner), "this window has no scanner"
    QCoreApplication.processEvents()  # a dialog that was just opened has the keyboard only now
    real = scanner.moment_of
    _CLOCK.now += ALONE_MS
    scanner.moment_of = lambda _event: _CLOCK.now
    try:
        yield scanner
    finally:
        scanner.moment_of = real


def _place() -> QWindow:
    window = QGuiApplication.focusWindow()
    assert window is not None, "no window has the keyboard"
    return window


def _click(character: str) -> None:
    if ord(character) < _FIRST_VISIBLE:
        QTest.keyClick(_place(), Qt.Key(ord(character) | 0x40), Qt.KeyboardModifier.ControlModifier)
        return
    assert character.isascii(), "a simulated keyboard types ASCII"
    modifier = Qt.KeyboardModifier.ShiftModifier if character.isupper() else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(_place(), ord(character), modifier)


def _let_it_arrive() -> None:
    QCoreApplication.sendPostedEvents()
    QCoreApplication.processEvents()
