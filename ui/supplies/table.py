"""The table of lots or products: a picture, the name and the kind, then lot, expiry, count and state."""

from __future__ import annotations

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
from ui.supplies.view import Shelf, SupplyRow
from ui.widgets.product_picture import draw_product, look_of
from ui.widgets.text import unbroken
from ui.words import Words

ROW_HEIGHT = 64
_ROW = Qt.ItemDataRole.UserRole
_COLUMNS = {
    Shelf.LOTS: ("name", "lot", "expires", "on-hand", "state"),
    Shelf.PRODUCTS: ("name", "code", "on-hand", "state"),
}
_WIDTHS = {"lot": 108, "expires": 114, "code": 156, "on-hand": 82, "state": 166}
_PICTURE = 44
_EDGE = 10
_VERTICAL = Qt.AlignmentFlag.AlignVCenter
_WRAP = Qt.TextFlag.TextWordWrap.value
_ANYWHERE = Qt.TextFlag.TextWrapAnywhere.value
_LINE = 19
_TWO_LINES = 40

Index = QModelIndex | QPersistentModelIndex


class SupplyModel(QAbstractTableModel):
    """Rows as the presenter made them."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._shelf = Shelf.LOTS
        self._rows: tuple[SupplyRow, ...] = ()

    def set_rows(self, shelf: Shelf, rows: tuple[SupplyRow, ...]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self._shelf = shelf
        self._rows = rows
        self.endResetModel()

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return _COLUMNS[self._shelf]

    @property
    def rows(self) -> tuple[SupplyRow, ...]:
        """What is shown."""
        return self._rows

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._words(f"ui.supplies.column.{self.columns[section]}")
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | _VERTICAL)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(row, self.columns[index.column()])
            case Qt.ItemDataRole.ToolTipRole:
                return f"{row.product.name} · {row.lot}" if row.lot else row.product.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.spoken
            case _ if role == _ROW:
                return row
            case _:
                return None

    def _text(self, row: SupplyRow, column: str) -> str:
        match column:
            case "name":
                return row.product.name
            case "lot":
                return row.lot
            case "on-hand":
                return row.on_hand
            case "state":
                return row.state.word
            case _:
                return row.expires


class _SupplyDelegate(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, model = index.data(_ROW), index.model()
        assert isinstance(row, SupplyRow)
        assert isinstance(model, SupplyModel)
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
        _cell(painter, box.adjusted(_EDGE, 2, -4, -3), row, model.columns[index.column()])
        painter.restore()


def _cell(painter: QPainter, box: QRect, row: SupplyRow, column: str) -> None:
    match column:
        case "name":
            _name(painter, box, row)
        case "lot":
            _wrapped(painter, box, row.lot)
        case "on-hand":
            _wrapped(painter, box, row.on_hand, bold=True)
        case "state":
            _state(painter, box, row)
        case _:
            _two_lines(painter, box, row.expires, row.when)


def _name(painter: QPainter, box: QRect, row: SupplyRow) -> None:
    """The picture, the name in one or two lines, the kind under it."""
    place = QRectF(box.left() + 2, box.center().y() - _PICTURE / 2 + 1, _PICTURE, _PICTURE)
    draw_product(painter, look_of(row.product), place)
    texts = box.adjusted(_PICTURE + 14, 0, 0, 0)
    face = theme.font(theme.TABLE, bold=True)
    name = _shortened(unbroken(row.product.name), QFontMetrics(face), QRect(0, 0, texts.width(), _TWO_LINES))
    height = QFontMetrics(face).boundingRect(QRect(0, 0, texts.width(), 99), _WRAP, name).height()
    top = texts.top() + (texts.height() - height - _LINE) // 2
    painter.setFont(face)
    painter.setPen(theme.colour(theme.colours().text))
    painter.drawText(QRect(texts.left(), top, texts.width(), height), _WRAP, name)
    painter.setFont(theme.font(theme.SMALL))
    painter.setPen(theme.colour(theme.colours().muted))
    painter.drawText(QRect(texts.left(), top + height, texts.width(), _LINE), _VERTICAL, row.kind)


def _shortened(text: str, metrics: QFontMetrics, box: QRect, *, wrap: int = _WRAP) -> str:
    """The text, or its beginning that fits the box; the whole stands in the hint."""
    while text and metrics.boundingRect(box, wrap, text).height() > box.height():
        text = f"{text[:-2].rstrip()}…"
    return text


def _wrapped(painter: QPainter, box: QRect, text: str, *, bold: bool = False) -> None:
    """A number or a lot, broken at any letter where it is long."""
    face = theme.font(theme.TABLE, bold=bold)
    painter.setFont(face)
    painter.setPen(theme.colour(theme.colours().text))
    shown = _shortened(text, QFontMetrics(face), box, wrap=_ANYWHERE)
    painter.drawText(box, _ANYWHERE | _VERTICAL.value, shown)


def _two_lines(painter: QPainter, box: QRect, upper: str, lower: str) -> None:
    painter.setPen(theme.colour(theme.colours().text))
    painter.setFont(theme.font(theme.TABLE))
    if not lower:
        painter.drawText(box, _VERTICAL, upper)
        return
    half = box.height() // 2
    painter.drawText(QRect(box.left(), box.top() + 3, box.width(), half), _VERTICAL, upper)
    painter.setPen(theme.colour(theme.colours().muted))
    painter.setFont(theme.font(theme.SMALL))
    painter.drawText(QRect(box.left(), box.top() + half, box.width(), half), _VERTICAL, lower)


def _state(painter: QPainter, box: QRect, row: SupplyRow) -> None:
    """The tag in the middle, or above the line that says more of it."""
    state = row.state
    tone = tone_of(Icon(state.icon))
    ground = theme.colour(theme.colours().sunken if Icon(state.icon) is Icon.NOW else tone.ground)
    face = theme.font(theme.SMALL, bold=True)
    width = QFontMetrics(face).horizontalAdvance(state.word) + 38
    up = 11 if not row.detail else 24
    tag = QRectF(box.left(), box.center().y() - up, min(width, box.width()), 24)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(tag, theme.RADIUS_TAG, theme.RADIUS_TAG)
    sign = QRectF(tag.left() + 8, tag.top() + 4, 16, 16)
    draw_icon(painter, Icon(state.icon), sign, ink=theme.colour(tone.ink), hole=ground)
    painter.setFont(face)
    painter.setPen(theme.colour(tone.ink))
    painter.drawText(tag.adjusted(30, 0, 0, 0), _VERTICAL, state.word)
    line = QRect(box.left(), int(tag.bottom()) + 2, box.width(), _LINE)
    face = theme.font(theme.SMALL)
    painter.setFont(face)
    painter.setPen(theme.colour(theme.colours().muted))
    painter.drawText(line, _VERTICAL, _shortened(row.detail, QFontMetrics(face), line))


class SupplyTable(QTableView):
    """`row_chosen` carries the SupplyRow that a person went to."""

    row_chosen = Signal(object)

    def __init__(self, words: Words, name: str) -> None:
        super().__init__()
        self._model = SupplyModel(words)
        self._telling = True
        self.setModel(self._model)
        self.setItemDelegate(_SupplyDelegate(self))
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setHighlightSections(False)
        head.setFont(theme.font(theme.SMALL, bold=True))

    @property
    def rows(self) -> tuple[SupplyRow, ...]:
        """What is shown."""
        return self._model.rows

    def show_rows(self, shelf: Shelf, rows: tuple[SupplyRow, ...], chosen: int | None) -> None:
        """Show these rows with one chosen, without a signal."""
        self._telling = False
        if (self._model.rows, self._model.columns) != (rows, _COLUMNS[shelf]):
            at = self.verticalScrollBar().value()
            self._model.set_rows(shelf, rows)
            self._share_width()
            self.verticalScrollBar().setValue(at)
        if chosen is None:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        elif self.currentIndex().row() != chosen:
            self.selectRow(chosen)
        self._telling = True

    def _share_width(self) -> None:
        """The name takes what the other columns leave."""
        columns = self._model.columns
        rest = self.viewport().width() - sum(_WIDTHS.get(each, 0) for each in columns)
        for at, each in enumerate(columns):
            self.setColumnWidth(at, _WIDTHS.get(each, max(rest, 120)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if self._telling and current.isValid():
            self.row_chosen.emit(current.data(_ROW))
