"""The focus ring: 3 px in the colour of action, 1 px away from whatever has the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from shiboken6 import isValid

from ui import theme

_WIDTH = 3
_AWAY = 1
_MARGIN = _WIDTH + _AWAY


NO_RING = "no-ring"  # the property of what holds the keyboard without being pressed or typed into


class FocusRing(QWidget):
    """Lies over one window and follows the keyboard. It never takes the mouse."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._watched: list[QWidget] = []
        self._target: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.hide()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        for widget in self._watched:
            if isValid(widget):
                widget.removeEventFilter(self)
        self._watched = []
        self._target = new if new is not None and self._window.isAncestorOf(new) else None
        walker = self._target
        while walker is not None and walker is not self._window:
            walker.installEventFilter(self)
            self._watched.append(walker)
            walker = walker.parentWidget()
        self._place()

    def eventFilter(self, _watched: QObject, event: QEvent, /) -> bool:
        if event.type() in {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide}:
            self._place()
        return False

    def _place(self) -> None:
        target = self._target
        if target is None or not isValid(target) or not target.isVisible() or target.property(NO_RING):
            self.hide()
            return
        box = QRect(target.mapTo(self._window, QPoint(0, 0)), target.size())
        box = box.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)
        for ancestor in self._watched:
            if isinstance(ancestor, QScrollArea):
                box &= QRect(ancestor.mapTo(self._window, QPoint(0, 0)), ancestor.size())
        self.setGeometry(box & self._window.rect())
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(theme.colours().action), _WIDTH))
        half = _WIDTH / 2
        box = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(box, theme.RADIUS_FIELD + 3, theme.RADIUS_FIELD + 3)
        painter.end()
