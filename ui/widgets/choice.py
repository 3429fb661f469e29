"""Choices as segments beside each other. None is chosen at first: an answer is never assumed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from ui import theme

_TICK_ROOM = 20
_QUIET_HEIGHT = 32


class _Segment:
    """What both kinds of segment share: how they are drawn and how large they are."""

    struck = False
    quiet = False
    place = (True, True)  # first, last

    def paint(self, button: QAbstractButton) -> None:
        scheme = theme.colours()
        chosen = button.isChecked()
        ground, ink = self._colours(scheme, chosen=chosen, enabled=button.isEnabled())
        painter = QPainter(button)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(button.rect())
        outline = self._outline(QRectF(button.rect()))
        painter.setBrush(theme.colour(ground))
        painter.setPen(QPen(theme.colour(scheme.edge), 1))
        painter.drawPath(outline)
        if not self.place[0]:
            painter.drawLine(QPointF(0.5, 1), QPointF(0.5, button.height() - 1))
        if self.quiet and chosen:
            bar = QRectF(2, button.height() - 4, button.width() - 4, 3)
            painter.fillRect(bar, theme.colour(scheme.action))
        painter.setPen(theme.colour(ink))
        painter.setFont(button.font())
        self._paint_word(painter, button, tick=chosen and not self.quiet)
        painter.end()

    def _colours(self, scheme: theme.Colours, *, chosen: bool, enabled: bool) -> tuple[str, str]:
        if chosen and self.quiet:
            return scheme.note.ground, scheme.action
        if chosen:
            return scheme.chosen, scheme.on_action
        return scheme.surface, scheme.text if enabled else scheme.muted

    def _outline(self, box: QRectF) -> QPainterPath:
        # Rounded at the ends of the group; where a neighbour stands, the edge lies outside and is cut off.
        first, last = self.place
        reach = 3 * theme.RADIUS_FIELD
        left = 0.5 if first else -reach
        right = -0.5 if last else reach
        path = QPainterPath()
        path.addRoundedRect(box.adjusted(left, 0.5, right, -0.5), theme.RADIUS_FIELD, theme.RADIUS_FIELD)
        return path

    def _paint_word(self, painter: QPainter, button: QAbstractButton, *, tick: bool) -> None:
        box = QRectF(button.rect())
        words = button.fontMetrics().horizontalAdvance(button.text())
        tick = tick and box.width() >= words + _TICK_ROOM + 8
        start = (box.width() - words - (_TICK_ROOM if tick else 0)) / 2
        if tick:
            middle = box.height() / 2
            pen = painter.pen()
            painter.setPen(QPen(pen.color(), 2.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            points = [(0, 0.5), (4, 4.5), (11, -4.5)]
            painter.drawPolyline(QPolygonF([QPointF(start + x, middle + y) for x, y in points]))
            painter.setPen(pen)
            start += _TICK_ROOM
        painter.drawText(
            QRectF(start, 0, words + 2, box.height()), Qt.AlignmentFlag.AlignVCenter, button.text()
        )
        if self.struck:
            y = box.height() / 2 + 1
            painter.setPen(QPen(painter.pen().color(), 1.6))
            painter.drawLine(QPointF(start - 3, y), QPointF(start + words + 3, y))

    def size(self, button: QAbstractButton) -> QSize:
        metrics = button.fontMetrics()
        return QSize(metrics.horizontalAdvance(button.text()) + 18, theme.FIELD_HEIGHT)


class _One(QRadioButton):
    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.segment = _Segment()
        self.setAutoExclusive(False)

    def paintEvent(self, _event: QPaintEvent) -> None:
        self.segment.paint(self)

    def sizeHint(self) -> QSize:
        return self.segment.size(self)

    def minimumSizeHint(self) -> QSize:
        return self.segment.size(self)

    def hitButton(self, _position: object) -> bool:
        return True

    def nextCheckState(self) -> None:
        """The group decides."""


class _Many(QCheckBox):
    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.segment = _Segment()

    def paintEvent(self, _event: QPaintEvent) -> None:
        self.segment.paint(self)

    def sizeHint(self) -> QSize:
        return self.segment.size(self)

    def minimumSizeHint(self) -> QSize:
        return self.segment.size(self)

    def hitButton(self, _position: object) -> bool:
        return True

    def nextCheckState(self) -> None:
        """The group decides."""


class SegmentedChoice(QWidget):
    """One of several (or, with `many`, any of several) values, each with its word.

    `quiet` is for switching between views: lighter, and lower. Keyboard: one tab stop; left and right
    move, space chooses; with one of several, the arrows choose once something is chosen. `chosen` carries
    the tuple of chosen values after a person changed it.
    """

    chosen = Signal(object)  # tuple[str, ...]
    left = Signal()

    def __init__(
        self, options: Sequence[tuple[str, str]], *, many: bool = False, size: int = 15, quiet: bool = False
    ) -> None:
        super().__init__()
        self._many = many
        self._values = [value for value, _word in options]
        self._buttons: list[_One | _Many] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for number, (_value, word) in enumerate(options):
            button: _One | _Many = _Many(word) if many else _One(word)
            button.setFont(theme.font(size))
            button.segment.place = (number == 0, number == len(options) - 1)
            button.segment.quiet = quiet
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setFixedHeight(_QUIET_HEIGHT if quiet else theme.FIELD_HEIGHT)
            button.clicked.connect(lambda _checked=False, at=number: self._choose(at))
            button.installEventFilter(self)
            self._buttons.append(button)
            row.addWidget(button)
        self._keep_one_tab_stop(0)

    @property
    def values(self) -> tuple[str, ...]:
        """What is chosen, in the order of the segments."""
        return tuple(
            value for value, button in zip(self._values, self._buttons, strict=True) if button.isChecked()
        )

    @property
    def value(self) -> str | None:
        """The one chosen value, or None while nothing is chosen."""
        return self.values[0] if self.values else None

    def set_values(self, values: Iterable[str]) -> None:
        """Choose exactly these, without a signal."""
        wanted = set(values)
        for value, button in zip(self._values, self._buttons, strict=True):
            button.setChecked(value in wanted)
        at = next((n for n, button in enumerate(self._buttons) if button.isChecked()), 0)
        self._keep_one_tab_stop(at)

    def strike(self, values: Iterable[str]) -> None:
        """Strike these out: they can be chosen, and are then refused with the reason."""
        struck = set(values)
        for value, button in zip(self._values, self._buttons, strict=True):
            button.segment.struck = value in struck
            button.update()

    def set_name(self, name: str) -> None:
        """The question that the segments answer, for a screen reader."""
        self.setAccessibleName(name)
        for button in self._buttons:
            button.setAccessibleName(f"{name}: {button.text()}")

    def focus_target(self) -> QWidget:
        """The segment that takes the keyboard."""
        return next(b for b in self._buttons if b.focusPolicy() != Qt.FocusPolicy.ClickFocus)

    def segments(self) -> tuple[QAbstractButton, ...]:
        """The buttons, in order."""
        return tuple(self._buttons)

    def _choose(self, at: int) -> None:
        if self._many:
            self._buttons[at].setChecked(not self._buttons[at].isChecked())
        else:
            for number, button in enumerate(self._buttons):
                button.setChecked(number == at)
        self._keep_one_tab_stop(at)
        self.chosen.emit(self.values)

    def _keep_one_tab_stop(self, at: int) -> None:
        for number, button in enumerate(self._buttons):
            policy = Qt.FocusPolicy.StrongFocus if number == at else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)

    def eventFilter(self, watched: object, event: object, /) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QKeyEvent.Type.KeyPress:
            return self._key(watched, event.key())
        if isinstance(event, QFocusEvent) and event.lostFocus():
            self.left.emit()
        return False

    def _key(self, watched: object, key: int) -> bool:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(key), 0)
        at = next((n for n, button in enumerate(self._buttons) if button is watched), None)
        if not step or at is None:
            return False
        target = min(max(at + step, 0), len(self._buttons) - 1)
        self._keep_one_tab_stop(target)
        self._buttons[target].setFocus(Qt.FocusReason.TabFocusReason)
        if not self._many and self.values:
            self._choose(target)
        return True
