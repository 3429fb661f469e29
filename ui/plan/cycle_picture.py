"""The cycle as weeks, painted. Arrow keys move from bag to bag; what a bar says stands in `cycle.py`."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.plan.cycle import Cycle
from ui.plan.cycle_layout import Drawing, PlacedBar, lay_out
from ui.plan.cycle_painting import CyclePainting
from ui.widgets.measure import measure

_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class CyclePicture(QWidget):
    """`bag_chosen(number)` follows arrow keys and clicks, `bag_opened(number)` Enter and double click,
    `bag_pointed(number)` the mouse (0: at none)."""

    bag_chosen = Signal(int)
    bag_opened = Signal(int)
    bag_pointed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(640, 400)
        self._cycle: Cycle | None = None
        self._drawing = Drawing((), (), (), (), (), ())
        self._chosen = 0

    @property
    def drawing(self) -> Drawing:
        """What is painted, for whoever checks it."""
        return self._drawing

    @property
    def chosen(self) -> int:
        """The number of the chosen bag; 0: none."""
        return self._chosen

    def show_cycle(self, cycle: Cycle | None, *, chosen: int = 0) -> None:
        """Paint this cycle, or nothing."""
        self._cycle, self._chosen = cycle, chosen
        self._place()

    def choose(self, number: int) -> None:
        """Mark this bag."""
        self._chosen = number
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(866, 540)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS and self._cycle is not None:
            self._step(*_STEPS[key])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._chosen:
            self.bag_opened.emit(self._chosen)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        bar = self._bar_under(event)
        self.bag_pointed.emit(bar.piece.number if bar else 0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        bar = self._bar_under(event)
        if bar is not None:
            self._choose(bar.piece.number)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        bar = self._bar_under(event)
        if bar is not None:
            self.bag_opened.emit(bar.piece.number)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        CyclePainting(painter, self._drawing, chosen=self._chosen, focused=self.hasFocus()).paint()
        painter.end()

    def _place(self) -> None:
        if self._cycle is None:
            self._drawing = Drawing((), (), (), (), (), ())
        else:
            self._drawing = lay_out(self._cycle, width=self.width(), height=self.height(), measure=measure)
        self.update()

    def _bar_under(self, event: QMouseEvent) -> PlacedBar | None:
        point = event.position()
        return self._drawing.bar_at(int(point.x()), int(point.y()))

    def _step(self, bags: int, weeks: int) -> None:
        cycle = self._cycle
        assert cycle is not None
        if not self._chosen:
            self._choose(cycle.pieces[0].number)
            return
        if bags:
            last = cycle.pieces[-1].number
            self._choose(min(max(self._chosen + bags, 1), last))
            return
        self._choose(cycle.in_week(self._chosen, weeks))

    def _choose(self, number: int) -> None:
        self._chosen = number
        self.update()
        self.bag_chosen.emit(number)
