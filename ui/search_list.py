"""The list of what was found. Arrows move, Enter or a click opens, Esc goes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import theme

if TYPE_CHECKING:
    from ui.search_hits import HitRow

ROW_HEIGHT = 50
_ROW = Qt.ItemDataRole.UserRole
_EDGE = 14

Index = QModelIndex | QPersistentModelIndex


class _HitModel(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[HitRow, ...] = ()

    def set_rows(self, rows: tuple[HitRow, ...]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.upper
            case Qt.ItemDataRole.ToolTipRole:
                return f"{row.upper}\n{row.lower}"
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{row.upper}, {row.lower}"
            case _ if role == _ROW:
                return row
            case _:
                return None


class _HitDelegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(200, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: HitRow = index.data(_ROW)
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        scheme = theme.colours()
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.colour(scheme.note.ground))
            painter.fillRect(QRect(box.left(), box.top(), 5, box.height()), theme.colour(scheme.action))
        inner = box.adjusted(_EDGE, 5, -_EDGE, -5)
        half = inner.height() // 2
        upper = QRect(inner.left(), inner.top(), inner.width(), half)
        lower = QRect(inner.left(), inner.top() + half, inner.width(), half)
        _line(painter, upper, row.upper, size=theme.TABLE, bold=True, colour=scheme.text)
        _line(painter, lower, row.lower, size=theme.SMALL, bold=False, colour=scheme.muted)
        painter.restore()


def _line(painter: QPainter, box: QRect, text: str, *, size: int, bold: bool, colour: str) -> None:
    face = theme.font(size, bold=bold)
    painter.setFont(face)
    painter.setPen(theme.colour(colour))
    shown = QFontMetrics(face).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)


class HitList(QListView):
    """`chosen` carries the HitRow that a person opens."""

    chosen = Signal(object)
    left_by_escape = Signal()

    row_height = ROW_HEIGHT

    def __init__(self, name: str) -> None:
        super().__init__()
        self._model = _HitModel()
        self.setModel(self._model)
        self.setItemDelegate(_HitDelegate(self))
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.clicked.connect(lambda index: self.chosen.emit(index.data(_ROW)))

    @property
    def rows(self) -> tuple[HitRow, ...]:
        """What is shown."""
        return self._model.rows

    def show_rows(self, rows: tuple[HitRow, ...]) -> None:
        """Show these rows, the first one chosen."""
        self._model.set_rows(rows)
        if rows:
            self.setCurrentIndex(self._model.index(0))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows:
            self.setCurrentIndex(self._model.index(0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.chosen.emit(self.currentIndex().data(_ROW))
            case Qt.Key.Key_Escape:
                self.left_by_escape.emit()
            case _:
                super().keyPressEvent(event)
