"""The list of orders: the draft on top, then what is on file, newest start first."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import theme
from ui.icons import Icon, draw_icon, tone_of
from ui.order.view import OrderRow

ROW_HEIGHT = 92
_EDGE = 14
_ROW = Qt.ItemDataRole.UserRole

Index = QModelIndex | QPersistentModelIndex


class OrderModel(QAbstractListModel):
    """Rows as the presenter made them."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[OrderRow, ...] = ()

    def set_rows(self, rows: tuple[OrderRow, ...]) -> None:
        """Show these rows."""
        if len(rows) == len(self._rows):
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return row.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(part for part in (row.name, row.course, row.state, row.start) if part)
            case _ if role == _ROW:
                return row
            case _:
                return None


class _OrderDelegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(200, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(_ROW)
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        scheme = theme.colours()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.colour(scheme.note.ground))
            painter.fillRect(QRect(box.left(), box.top(), 5, box.height()), theme.colour(scheme.action))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), theme.colour(scheme.line))
        inner = box.adjusted(_EDGE, 10, -_EDGE, -10)
        _line(painter, inner, 0, row.name, bold=True, size=theme.BODY, colour=scheme.text)
        _line(painter, inner, 24, row.course, bold=False, size=theme.SMALL, colour=scheme.muted)
        _tag(painter, QRect(inner.left(), inner.top() + 49, inner.width(), 22), row)
        painter.setPen(theme.colour(scheme.text))
        painter.setFont(theme.font(theme.SMALL))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(inner.left(), inner.top() + 49, inner.width(), 22), right, row.start)
        painter.restore()


def _line(painter: QPainter, box: QRect, y: int, text: str, *, bold: bool, size: int, colour: str) -> None:
    face = theme.font(size, bold=bold)
    painter.setFont(face)
    painter.setPen(theme.colour(colour))
    shown = QFontMetrics(face).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(QRect(box.left(), box.top() + y, box.width(), 22), Qt.AlignmentFlag.AlignVCenter, shown)


def _tag(painter: QPainter, box: QRect, row: OrderRow) -> None:
    icon = Icon.NOW if row.typing else Icon.DONE if row.accepted else Icon.NOTE
    tone = tone_of(icon)
    face = theme.font(theme.SMALL, bold=True)
    width = QFontMetrics(face).horizontalAdvance(row.state) + 38
    ground = theme.colour(theme.colours().sunken if row.typing else tone.ground)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(
        QRectF(box.left(), box.top(), width, box.height()), theme.RADIUS_TAG, theme.RADIUS_TAG
    )
    sign = QRectF(box.left() + 8, box.top() + 3, 16, 16)
    draw_icon(painter, icon, sign, ink=theme.colour(tone.ink), hole=ground)
    painter.setFont(face)
    painter.setPen(theme.colour(tone.ink))
    words = QRect(box.left() + 30, box.top(), width, box.height())
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, row.state)


class OrderList(QListView):
    """`row_chosen` carries the OrderRow that a person went to."""

    row_chosen = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._model = OrderModel()
        self._telling = True
        self.setModel(self._model)
        self.setItemDelegate(_OrderDelegate(self))
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)

    def show_rows(self, rows: tuple[OrderRow, ...], chosen: int | None) -> None:
        """Show these rows with one chosen, without a signal."""
        self._telling = False
        self._model.set_rows(rows)
        if chosen is None:
            self.setCurrentIndex(QModelIndex())
        elif self.currentIndex().row() != chosen:
            self.setCurrentIndex(self._model.index(chosen))
        self._telling = True

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if self._telling and current.isValid():
            self.row_chosen.emit(current.data(_ROW))
