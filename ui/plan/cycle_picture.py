"""The cycle as weeks, painted; its bags are chosen and changed by keys and mouse."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import cast

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.plan.change_card import ChangeCard
from ui.plan.cycle import Cycle, Edge
from ui.plan.cycle_drag import grip_at
from ui.plan.cycle_layout import NOTHING, Drawing, PlacedBar, changed_rows, lay_out
from ui.plan.cycle_painting import CyclePainting
from ui.plan.drag_card import BrokenRule, DragCard
from ui.plan.wishes import Days, Join, Menu, Step, Wish
from ui.remarks import Remark
from ui.widgets.measure import measure

_MOVES = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_LONGER = (Qt.Key.Key_Plus, Qt.Key.Key_Equal)
_SHORTER = (Qt.Key.Key_Minus, Qt.Key.Key_Underscore)
_CTRL_OR_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_BESIDE = 10
_REACH = 9


class CyclePicture(QWidget):
    """`bag_chosen(number)` follows arrow keys and clicks, `bag_opened(number)` Enter and double click,
    `bag_pointed(number)` the mouse (0: at none), `bag_wished(Wish)` the keys that change a bag.

    While the edge of a bag is held, `edge_moved(number, duration_h)` says where it stands, each time it comes
    to another duration; `edge_let_go(keep)` that it was dropped there, or that the move was given up.
    """

    bag_chosen = Signal(int)
    bag_opened = Signal(int)
    bag_pointed = Signal(int)
    bag_wished = Signal(object)  # Wish
    edge_moved = Signal(int, int)
    edge_let_go = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(640, 400)
        self.hint_of: Callable[[int], str] = lambda _number: ""
        self._cycle: Cycle | None = None
        self._drawing = NOTHING
        self._chosen = 0
        self._held: Edge | None = None
        self._stands = 0
        self._pointer = QPoint()
        self._widths: dict[tuple[str, int, bool], int] = {}
        self.card = DragCard(self)
        self.broken = BrokenRule(self)

    @property
    def drawing(self) -> Drawing:
        """What is painted, for whoever checks it."""
        return self._drawing

    @property
    def chosen(self) -> int:
        """The number of the chosen bag; 0: none."""
        return self._chosen

    @property
    def held(self) -> bool:
        """Whether the edge of a bag is held with the mouse."""
        return self._held is not None

    def show_cycle(self, cycle: Cycle | None, *, chosen: int = 0) -> None:
        """Paint this cycle, or nothing. An edge that is held is held no more."""
        self._held = None
        self.card.hide()
        self.broken.hide()
        self._chosen = chosen
        self._lay_out(cycle)

    def show_move(self, cycle: Cycle, card: ChangeCard, remarks: tuple[Remark, ...]) -> None:
        """Paint what the cycle would be with the held edge where it stands; `remarks` are broken rules."""
        if self._held is None:
            return
        self._lay_out(cycle)
        self.card.say(card)
        self.card.follow(self._pointer)
        self.broken.say(remarks, self.width() - 2 * _BESIDE)
        self.broken.move(_BESIDE, self._under_row(self._held.number))

    def choose(self, number: int) -> None:
        """Mark this bag."""
        self._chosen = number
        self.update()

    def give_up_move(self) -> None:
        """Let go of an edge that is held; nothing is changed."""
        if self._held is not None:
            self._let_go(keep=False)

    def sizeHint(self) -> QSize:
        return QSize(866, 540)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out(self._cycle)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.give_up_move()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if self._held is not None:
            if key == Qt.Key.Key_Escape:
                self._let_go(keep=False)
            return
        wish = None if event.modifiers() & _CTRL_OR_ALT else self._wish(key, event.text())
        if key in _MOVES and self._cycle is not None:
            self._step(*_MOVES[key])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._chosen:
            self.bag_opened.emit(self._chosen)
        elif wish is not None:
            self.bag_wished.emit(wish)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer = event.position().toPoint()
        if self._held is not None:
            self._move(self._held)
            return
        grip = grip_at(self._drawing.grips, self._pointer.x(), self._pointer.y())
        self.setCursor(Qt.CursorShape.SplitHCursor if grip else Qt.CursorShape.ArrowCursor)
        bar = self._bar_under(self._pointer)
        self.bag_pointed.emit(bar.piece.number if bar else 0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() is not Qt.MouseButton.LeftButton or self._held is not None:
            return
        self._pointer = event.position().toPoint()
        grip = grip_at(self._drawing.grips, self._pointer.x(), self._pointer.y())
        if grip is not None:
            self._choose(grip.edge.number)
            self._held, self._stands = grip.edge, 0
            return
        bar = self._bar_under(self._pointer)
        if bar is not None:
            self._choose(bar.piece.number)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._held is not None:
            self._let_go(keep=True)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        bar = self._bar_under(event.position().toPoint())
        if bar is not None:
            self.bag_opened.emit(bar.piece.number)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        bar = self._bar_under(event.pos()) if event.reason() is QContextMenuEvent.Reason.Mouse else None
        if bar is not None:
            self._choose(bar.piece.number)
        if self._chosen and self._held is None:
            self.bag_wished.emit(Menu(self._chosen))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            bar = None if self._held else self._bar_under(event.pos())
            QToolTip.showText(event.globalPos(), self.hint_of(bar.piece.number) if bar else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen, focused = self._chosen, self.hasFocus()
        for part in cast("Iterable[QRect]", event.region()):
            painter.setClipRect(part)
            CyclePainting(painter, self._drawing, part, chosen=chosen, focused=focused).paint()
        painter.end()

    def place_of(self, number: int) -> QPoint:
        """The middle of the first piece of a bag, on the screen."""
        box = next(bar.box for bar in self._drawing.bars if bar.piece.number == number)
        return self.mapToGlobal(QPoint(box.left + box.width // 2, box.top + box.height // 2))

    def _wish(self, key: Qt.Key, text: str) -> Wish | None:
        number = self._chosen
        if not number:
            return None
        if key in _LONGER or key in _SHORTER:
            return Step(number, longer=key in _LONGER)
        if key == Qt.Key.Key_Delete:
            return Join(number)
        if key == Qt.Key.Key_M:
            return Menu(number)
        return Days(number, int(text)) if text in set("12347") else None

    def _move(self, edge: Edge) -> None:
        self.card.follow(self._pointer)
        stands = edge.nearest(self._drawing.grid.place_at(self._pointer.x(), self._pointer.y()))
        if stands != self._stands:
            self._stands = stands
            self.edge_moved.emit(edge.number, stands)

    def _let_go(self, *, keep: bool) -> None:
        self._held = None
        self.edge_let_go.emit(keep)

    def _under_row(self, number: int) -> int:
        """Under the row in which a bag ends; where nothing is under it, above its bars."""
        row = max(bar.piece.row for bar in self._drawing.bars if bar.piece.number == number)
        grid = self._drawing.grid
        under = grid.bar_bottom(row) + 2
        return (
            under
            if under + self.broken.height() <= self.height()
            else grid.bar_top(row) - self.broken.height()
        )

    def _lay_out(self, cycle: Cycle | None) -> None:
        self._cycle, before = cycle, self._drawing
        if cycle is None:
            self._drawing = NOTHING
        else:
            self._drawing = lay_out(cycle, width=self.width(), height=self.height(), measure=self._measure)
        rows = changed_rows(before, self._drawing) if self._held else None
        if rows is None:
            self.update()
            return
        grid = self._drawing.grid
        for row in rows:
            self.update(0, grid.row_top(row) - _REACH, self.width(), grid.row_height + 2 * _REACH)

    def _measure(self, text: str, size: int, bold: bool) -> int:
        """The same few texts are measured again and again while an edge moves."""
        key = text, size, bold
        if key not in self._widths:
            self._widths[key] = measure(text, size, bold)
        return self._widths[key]

    def _bar_under(self, point: QPoint) -> PlacedBar | None:
        return self._drawing.bar_at(point.x(), point.y())

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
