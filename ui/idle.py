"""Whether somebody still works here: the rule, and what watches keys, mouse and touch."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication, QWindow

_INPUTS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
    }
)


class Idleness:
    """By the station's clock, so that a machine which slept is idle for as long as it slept."""

    def __init__(self) -> None:
        self._stirred = True
        self._since: datetime | None = None

    def stir(self) -> None:
        """Something was typed, clicked or scanned."""
        self._stirred = True

    def is_over(self, now: datetime, limit: timedelta) -> bool:
        """Whether nothing has been for as long as `limit`. A clock that is set back begins anew."""
        if self._stirred or self._since is None or now < self._since:
            self._stirred = False
            self._since = now
        return now - self._since >= limit


class InputWatch(QObject):
    """Tells `idleness` of all that reaches a window of this program. Takes nothing away from anybody."""

    def __init__(self, idleness: Idleness, parent: QObject) -> None:
        super().__init__(parent)
        self._idleness = idleness
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._watch)

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)
            self._idleness.stir()

    def eventFilter(self, _watched: QObject, event: QEvent, /) -> bool:
        if event.type() in _INPUTS:
            self._idleness.stir()
        return False
