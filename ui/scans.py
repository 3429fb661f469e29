"""The way of a scan in the window: from the scanner to whoever waits for it, and its answer to the line."""

from __future__ import annotations

from functools import partial
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject, Qt, SignalInstance
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from ui.scan_answer import ScanAnswer, refused
from ui.scan_line import ScanLine
from ui.scanner import WedgeScanner
from ui.sound import Sound
from ui.words import Words


@runtime_checkable
class ScanTaker(Protocol):
    """Takes scans: every page, and any view or dialog that wants them while it covers the page.

    `scan_answered` carries one ScanAnswer for each `scanned`; `scan_expectation_changed` says that
    `scan_expected` tells something else now.
    """

    @property
    def scan_answered(self) -> SignalInstance: ...
    @property
    def scan_expectation_changed(self) -> SignalInstance: ...
    def scan_expected(self) -> str:
        """What a scan will do now, for the scan line."""
        ...

    def scanned(self, text: str) -> None:
        """A code was scanned: the text as the scanner sent it, once."""
        ...


class Scans(QObject):
    """Gives each scan to one taker: the dialog that is open, else the one named last with `go_to`."""

    def __init__(self, window: QWidget, words: Words, *, sound: Sound, prefix: str = "") -> None:
        super().__init__(window)
        self.line = ScanLine(words)
        self.scanner = WedgeScanner(window, prefix=prefix)
        self._window = window
        self._words = words
        self._sound = sound
        self._taker: ScanTaker | None = None
        self._asked: ScanTaker | None = None
        self._unanswered = False
        self._heard: list[ScanTaker] = []
        self.line.expect(words("ui.scan.nothing"))
        self.scanner.scanned.connect(self._scanned, Qt.ConnectionType.QueuedConnection)
        self.scanner.broken_off.connect(self._broken_off, Qt.ConnectionType.QueuedConnection)

    def go_to(self, taker: ScanTaker | None) -> None:
        """From now on scans go to this taker; with None each is refused."""
        self._taker = taker
        if taker is not None:
            self._hear(taker)
        self.show_expected()

    def show_expected(self) -> None:
        """Tell anew what a scan will do now."""
        taker = self._taker
        self.line.expect(self._words("ui.scan.nothing") if taker is None else taker.scan_expected())

    def forget(self) -> None:
        """Show no last scan, and no answer that still comes: nobody works here any more."""
        self._asked = None
        self._unanswered = False
        self.line.forget()

    def give_up(self) -> None:
        """The file did not answer, or something went wrong: a scan that waits for its answer says so."""
        if self._unanswered:
            self._show(refused(self._words("ui.scan.not-checked")))

    def _hear(self, taker: ScanTaker) -> None:
        self._heard = [each for each in self._heard if isValid(each)]
        if any(each is taker for each in self._heard):
            return
        self._heard.append(taker)
        taker.scan_answered.connect(partial(self._answered, taker))
        taker.scan_expectation_changed.connect(self.show_expected)

    def _scanned(self, text: str) -> None:
        over = QApplication.activeModalWidget()
        in_front: object = self._taker if over is None or over is self._window else over
        if isinstance(in_front, ScanTaker):
            self._hear(in_front)
            self._asked = in_front
            self._unanswered = True
            self.line.show_received()
            in_front.scanned(text)
        else:
            code = "ui.scan.too-early" if in_front is None else "ui.scan.dialog"
            self._show(refused(self._words(code)))

    def _broken_off(self) -> None:
        self._show(refused(self._words("ui.scan.broken-off")))

    def _answered(self, taker: ScanTaker, answer: ScanAnswer) -> None:
        """An answer of whoever was scanned for, or of whoever is in front and read a typed code."""
        if taker is self._asked or taker is self._taker:
            self._show(answer)

    def _show(self, answer: ScanAnswer) -> None:
        self._unanswered = False
        self.line.show_answer(answer)
        self._sound.play(answer.kind)
        self.show_expected()
