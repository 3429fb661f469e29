"""The table of accounts: the name that others read, the name to sign in, roles, badge, state."""

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
from ui.person.view import PersonRow, State
from ui.words import Words

ROW_HEIGHT = 66
_ROW = Qt.ItemDataRole.UserRole
_COLUMNS = ("person", "roles", "badge", "state")
_WIDTHS = {"badge": 66, "state": 112}
_EDGE = 14
_ICONS = {State.IN_USE: Icon.DONE, State.TRAINING: Icon.REASON, State.ENDED: Icon.LOCK}
_VERTICAL = Qt.AlignmentFlag.AlignVCenter
_WRAP = Qt.TextFlag.TextWordWrap.value
_LINE = 20

Index = QModelIndex | QPersistentModelIndex


class PeopleModel(QAbstractTableModel):
    """Rows as the presenter made them."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._rows: tuple[PersonRow, ...] = ()

    @property
    def rows(self) -> tuple[PersonRow, ...]:
        """What is shown."""
        return self._rows

    def set_rows(self, rows: tuple[PersonRow, ...]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._words(f"ui.people.column.{_COLUMNS[section]}")
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | _VERTICAL)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        texts = {"person": row.display_name, "roles": row.roles, "badge": row.badge, "state": row.state_word}
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return texts[_COLUMNS[index.column()]]
            case Qt.ItemDataRole.ToolTipRole:
                return f"{row.display_name} · {row.roles}"
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{row.display_name}, {row.name}, {row.roles}, {row.badge}, {row.state_word}"
            case _ if role == _ROW:
                return row
            case _:
                return None


class _PeopleDelegate(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(_ROW)
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
        inner = box.adjusted(_EDGE, 4, -6, -5)
        ink = scheme.muted if row.state is State.ENDED else scheme.text
        match _COLUMNS[index.column()]:
            case "person":
                _person(painter, inner, row, ink)
            case "roles":
                _text(painter, inner, row.roles, ink)
            case "badge":
                _text(painter, inner, row.badge, scheme.muted)
            case _:
                _state(painter, inner, row)
        painter.restore()


def _person(painter: QPainter, box: QRect, row: PersonRow, ink: str) -> None:
    """The name that others read in one line or two, the name to sign in under it."""
    face = theme.font(theme.TABLE, bold=True)
    shape = QFontMetrics(face).boundingRect(QRect(0, 0, box.width(), 99), _WRAP, row.display_name)
    height = min(shape.height(), 2 * _LINE)
    top = box.top() + (box.height() - height - _LINE) // 2
    _text(painter, QRect(box.left(), top, box.width(), height), row.display_name, ink, bold=True)
    lower = QRect(box.left(), top + height, box.width(), _LINE)
    _text(painter, lower, row.name, theme.colours().muted, size=theme.SMALL)


def _text(
    painter: QPainter, box: QRect, text: str, colour: str, *, bold: bool = False, size: int = theme.TABLE
) -> None:
    painter.setFont(theme.font(size, bold=bold))
    painter.setPen(theme.colour(colour))
    painter.drawText(box, _WRAP | _VERTICAL.value, text)


def _state(painter: QPainter, box: QRect, row: PersonRow) -> None:
    icon = _ICONS[row.state]
    tone = tone_of(icon)
    face = theme.font(theme.SMALL, bold=True)
    width = QFontMetrics(face).horizontalAdvance(row.state_word) + 38
    tag = QRectF(box.left(), box.center().y() - 11, min(width, box.width()), 24)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(tone.ground))
    painter.drawRoundedRect(tag, theme.RADIUS_TAG, theme.RADIUS_TAG)
    sign = QRectF(tag.left() + 8, tag.top() + 4, 16, 16)
    draw_icon(painter, icon, sign, ink=theme.colour(tone.ink), hole=theme.colour(tone.ground))
    painter.setFont(face)
    painter.setPen(theme.colour(tone.ink))
    painter.drawText(tag.adjusted(30, 0, 0, 0), _VERTICAL, row.state_word)


class PeopleTable(QTableView):
    """`row_chosen` carries the name of the account that a person went to."""

    row_chosen = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._model = PeopleModel(words)
        self._telling = True
        self.setModel(self._model)
        self.setItemDelegate(_PeopleDelegate(self))
        self.setAccessibleName(words("ui.people.name"))
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
    def rows(self) -> tuple[PersonRow, ...]:
        """What is shown."""
        return self._model.rows

    def show_rows(self, rows: tuple[PersonRow, ...], chosen: int | None) -> None:
        """Show these rows with one chosen, without a signal."""
        self._telling = False
        if self._model.rows != rows:
            self._model.set_rows(rows)
        if chosen is None:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        elif self.currentIndex().row() != chosen:
            self.selectRow(chosen)
        self._telling = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        rest = self.viewport().width() - sum(_WIDTHS.values())
        for at, each in enumerate(_COLUMNS):
            self.setColumnWidth(at, _WIDTHS.get(each, rest // 2))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if self._telling and current.isValid():
            self.row_chosen.emit(current.data(_ROW).name)
