"""A scrolling part of a card. Its edges fade while more follows there, so nothing looks cut off."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ui import theme

_FADE = 28


class _Fade(QWidget):
    def __init__(self, area: QScrollArea, *, upper: bool) -> None:
        super().__init__(area)
        self._upper = upper
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:
        solid = theme.colour(theme.colours().surface)
        clear = theme.colour(theme.colours().surface)
        clear.setAlpha(0)
        start, end = (self.height(), 0) if self._upper else (0, self.height())
        gradient = QLinearGradient(0, start, 0, end)
        gradient.setColorAt(0, clear)
        gradient.setColorAt(0.85, solid)
        painter = QPainter(self)
        painter.fillRect(self.rect(), gradient)
        painter.end()


class ScrollPart(QScrollArea):
    """Vertical only. Widgets and layouts go into `column`."""

    def __init__(self, *, edge: int = 5) -> None:
        super().__init__()
        inner = QWidget()
        inner.setProperty("role", "scrolled")
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(edge, 5, edge, 5)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inner)
        self._lower = _Fade(self, upper=False)
        self._upper = _Fade(self, upper=True)
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(self._place_fades)
        bar.rangeChanged.connect(self._place_fades)
        self.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._place_fades()
        return super().eventFilter(watched, event)

    def _place_fades(self) -> None:
        bar = self.verticalScrollBar()
        port = self.viewport().geometry()
        self._lower.setGeometry(port.left(), port.bottom() + 1 - _FADE, port.width(), _FADE)
        self._upper.setGeometry(port.left(), port.top(), port.width(), _FADE)
        self._lower.setVisible(bar.value() < bar.maximum())
        self._upper.setVisible(bar.value() > bar.minimum())
        self._lower.raise_()
        self._upper.raise_()
