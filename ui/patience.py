"""Waiting for keys that may still be on their way."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

_LOOK_AGAIN = 20
_ON_TIME = 15


class Patience(QObject):
    """Waits until no key can be on its way any more. `over` says so.

    A program that was busy learns late that the time is over, and of the keys that came meanwhile later
    still. So it looks again after a moment, and once more as long as it comes late.
    """

    over = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._timed_out)
        self._waited = QElapsedTimer()
        self._last_look = False

    def start(self, milliseconds: int) -> None:
        """Begin anew."""
        self._last_look = False
        self._wait(milliseconds)

    def stop(self) -> None:
        """Wait for nothing."""
        self._timer.stop()

    def _wait(self, milliseconds: int) -> None:
        self._timer.start(milliseconds)
        self._waited.start()

    def _timed_out(self) -> None:
        late = self._waited.elapsed() - self._timer.interval() > _ON_TIME
        if self._last_look and not late:
            self.over.emit()
            return
        self._last_look = True
        self._wait(_LOOK_AGAIN)
