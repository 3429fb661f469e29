"""A table of two-line rows: the upper line to be read, the lower one, small, beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from ui import theme
from ui.icons import Icon, draw_icon, tone_of
from ui.record.view import Cell, Row

ROW_HEIGHT = 48
_CELL = Qt.ItemDataRole.UserRole
_ROW = Qt.ItemDataRole.UserRole + 1
_EDGE = 10
_ICON = 16
_MIDDLE = Qt.AlignmentFlag.AlignVCenter

Index = QModelIndex | QPersistentModelIndex


class RowModel(QAbstractTableModel):
    """Rows as a presenter made them, under these heads."""

    def __init__(self, heads: Sequence[str]) -> None:
        super().__init__()
        self._heads = tuple(heads)
        self._rows: tuple[Row, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown."""
        return self._rows

    def set_rows(self, rows: tuple[Row, ...]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | _MIDDLE)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        cell = row.cells[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cell.upper
            case Qt.ItemDataRole.ToolTipRole:
                return f"{cell.upper}\n{cell.lower}"
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.spoken
            case _ if role == _CELL:
                return cell
            case _ if role == _ROW:
                return row
            case _:
                return None


class _Delegate(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell = index.data(_CELL)
        assert isinstance(cell, Cell)
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        scheme = theme.colours()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.colour(scheme.note.ground))
            if index.column() == 0:
                painter.fillRect(QRect(box.left(), box.top(), 5, box.height()), theme.colour(scheme.action))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), theme.colour(scheme.line))
        _paint(painter, box.adjusted(_EDGE, 4, -4, -4), cell)
        painter.restore()


def _paint(painter: QPainter, box: QRect, cell: Cell) -> None:
    scheme, half = theme.colours(), box.height() // 2
    upper = QRect(box.left(), box.top(), box.width(), half)
    lower = QRect(box.left(), box.top() + half, box.width(), half)
    if cell.icon:
        icon = Icon(cell.icon)
        tone = tone_of(icon)
        sign = QRectF(upper.left(), upper.top() + (half - _ICON) / 2, _ICON, _ICON)
        draw_icon(painter, icon, sign, ink=theme.colour(tone.ink), hole=theme.colour(tone.ground))
        upper = upper.adjusted(_ICON + 8, 0, 0, 0)
    _line(painter, upper, cell.upper, size=theme.TABLE, bold=cell.bold, colour=scheme.text)
    _line(painter, lower, cell.lower, size=theme.SMALL, bold=False, colour=scheme.muted)


def _line(painter: QPainter, box: QRect, text: str, *, size: int, bold: bool, colour: str) -> None:
    """One line; what is too long for it stands whole in the hint, and beside the table."""
    face = theme.font(size, bold=bold)
    painter.setFont(face)
    painter.setPen(theme.colour(colour))
    shown = QFontMetrics(face).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, _MIDDLE, shown)


class TwoLineTable(QTableView):
    """`row_chosen` carries the key of the row that a person went to, `row_opened` of one that was opened.

    `widths` are those of the columns; the one that is 0 takes what the others leave.
    """

    row_chosen = Signal(str)
    row_opened = Signal(str)

    def __init__(self, name: str, heads: Sequence[str], widths: Sequence[int]) -> None:
        super().__init__()
        self._model = RowModel(heads)
        self._widths = tuple(widths)
        self._telling = True
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setHighlightSections(False)
        head.setFont(theme.font(theme.SMALL, bold=True))
        self.activated.connect(lambda index: self.row_opened.emit(self._model.rows[index.row()].key))

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown."""
        return self._model.rows

    def show_rows(self, rows: tuple[Row, ...], chosen: int | None) -> None:
        """Show these rows with one chosen, without a signal."""
        self._telling = False
        if self._model.rows != rows:
            self._model.set_rows(rows)
            self._share_width()
        if chosen is None:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        elif self.currentIndex().row() != chosen:
            self.selectRow(chosen)
        self._telling = True

    def _share_width(self) -> None:
        rest = max(self.viewport().width() - sum(self._widths), 120)
        for at, width in enumerate(self._widths):
            self.setColumnWidth(at, width or rest)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if self._telling and current.isValid():
            self.row_chosen.emit(self._model.rows[current.row()].key)
