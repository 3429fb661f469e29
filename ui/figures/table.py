"""The list at the left: groups with their state, under headings."""

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
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import theme
from ui.figures.view import ListRow
from ui.icons import Icon, draw_icon, tone_of

ROW_HEIGHT = 50
HEADING_HEIGHT = 32
_EDGE, _SIGN = 14, 18
_ROW = Qt.ItemDataRole.UserRole

Index = QModelIndex | QPersistentModelIndex


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[ListRow, ...] = ()

    def set_rows(self, rows: tuple[ListRow, ...]) -> None:
        if [each.key for each in rows] == [each.key for each in self.rows]:
            self.rows = rows
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return row.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(part for part in (row.heading, row.title, row.state) if part)
            case _ if role == _ROW:
                return row
            case _:
                return None


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(_ROW)
        return QSize(200, _height(row) + (HEADING_HEIGHT if row.heading else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: ListRow = index.data(_ROW)
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        scheme = theme.colours()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.heading:
            _word(painter, box.adjusted(_EDGE, 6, -_EDGE, 0), row.heading, bold=True, colour=scheme.muted)
            box = box.adjusted(0, HEADING_HEIGHT, 0, 0)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.colour(scheme.note.ground))
            painter.fillRect(QRect(box.left(), box.top(), 5, box.height()), theme.colour(scheme.action))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), theme.colour(scheme.line))
        self._sign(painter, box, row)
        inner = box.adjusted(_EDGE + _SIGN + 10, 6, -8, 0)
        bold = bool(state & QStyle.StateFlag.State_Selected)
        _word(painter, inner, row.title, bold=bold, size=theme.TABLE, colour=scheme.text)
        if row.state:
            ink = tone_of(Icon(row.tone)).ink if row.tone else scheme.muted
            _word(painter, inner.adjusted(0, 19, 0, 0), row.state, bold=False, colour=ink)
        painter.restore()

    def _sign(self, painter: QPainter, box: QRect, row: ListRow) -> None:
        square = QRectF(box.left() + _EDGE, box.top() + (box.height() - _SIGN) / 2, _SIGN, _SIGN)
        if row.tone:
            tone = tone_of(Icon(row.tone))
            ground = theme.colours().surface
            draw_icon(painter, Icon(row.tone), square, ink=theme.colour(tone.ink), hole=theme.colour(ground))
            return
        painter.setPen(theme.colour(theme.colours().edge))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(square.adjusted(1.5, 1.5, -1.5, -1.5), 2, 2)


def _height(row: ListRow) -> int:
    return ROW_HEIGHT if row.state else ROW_HEIGHT - 14


def _word(
    painter: QPainter, box: QRect, text: str, *, bold: bool, colour: str, size: int = theme.SMALL
) -> None:
    face = theme.font(size, bold=bold)
    painter.setFont(face)
    painter.setPen(theme.colour(colour))
    shown = QFontMetrics(face).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(QRect(box.left(), box.top(), box.width(), 22), Qt.AlignmentFlag.AlignVCenter, shown)


class GroupList(QListView):
    """`row_chosen` carries the key of the row that a person went to; `entered`: Enter goes into it."""

    row_chosen = Signal(str)
    entered = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._model = _Model()
        self._telling = True
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)

    @property
    def rows(self) -> tuple[ListRow, ...]:
        """What is shown."""
        return self._model.rows

    def show_rows(self, rows: tuple[ListRow, ...], chosen: str) -> None:
        """Show these rows with one chosen, without a signal."""
        self._telling = False
        self._model.set_rows(rows)
        at = next((number for number, row in enumerate(rows) if row.key == chosen), -1)
        if self.currentIndex().row() != at:
            self.setCurrentIndex(self._model.index(at))
        self._telling = True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
            return
        super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if self._telling and current.isValid():
            self.row_chosen.emit(current.data(_ROW).key)
