"""The label as the printer will draw it: each of its dots is a whole number of pixels, never blurred."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pharmacy_app.workflow.ports import Picture
from ui import theme

_STEP = 60
_ZOOMS = (1, 2, 3)
_DIRECTIONS = {
    Qt.Key.Key_Left: (1, 0),
    Qt.Key.Key_Right: (-1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class LabelPreview(QWidget):
    """Arrow keys and dragging move a label that is larger than its place; + and – change the zoom.

    `zoomed` carries how many pixels a dot has, after a change of the zoom or of the place.
    """

    zoomed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(400, 300)
        self._image = QImage()
        self._data = b""  # QImage does not own the bytes it shows
        self._zoom = 1
        self._offset = QPoint(0, 0)
        self._dragged_from: QPoint | None = None

    @property
    def image(self) -> QImage:
        """What is shown; a null image: nothing."""
        return self._image

    @property
    def zoom(self) -> int:
        """Pixels of a dot."""
        return self._zoom

    @property
    def fits(self) -> bool:
        """Whether the whole label is seen."""
        place = self.place()
        return place.width() <= self.width() and place.height() <= self.height()

    def show_picture(self, picture: Picture | None) -> None:
        """Show this, or nothing."""
        if picture is None:
            self._image, self._data = QImage(), b""
        else:
            self._data = picture.data
            self._image = QImage(
                self._data, picture.width, picture.height, picture.width, QImage.Format.Format_Grayscale8
            )
        self._offset = QPoint(0, 0)
        self._keep_inside()
        self.update()

    def place(self) -> QRect:
        """Where the label stands: centred where it fits, else moved by the offset."""
        size = QSize(self._image.width() * self._zoom, self._image.height() * self._zoom)
        left = max((self.width() - size.width()) // 2, 0) + self._offset.x()
        top = max((self.height() - size.height()) // 2, 0) + self._offset.y()
        return QRect(QPoint(left, top), size)

    def sizeHint(self) -> QSize:
        return QSize(830, 620)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_inside()
        self.zoomed.emit(self._zoom)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _DIRECTIONS:
            across, down = _DIRECTIONS[key]
            self._move(QPoint(across * _STEP, down * _STEP))
        elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus}:
            self._set_zoom(self._zoom + (-1 if key == Qt.Key.Key_Minus else 1))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._dragged_from = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged_from is not None:
            here = event.position().toPoint()
            self._move(here - self._dragged_from)
            self._dragged_from = here

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._dragged_from = None

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.colours().sunken))
        if self._image.isNull():
            painter.end()
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
        place = self.place()
        painter.drawImage(place, self._image)
        painter.setPen(QColor(theme.colours().edge))
        painter.drawRect(place.adjusted(-1, -1, 0, 0))
        painter.end()

    def _set_zoom(self, zoom: int) -> None:
        if zoom in _ZOOMS and zoom != self._zoom:
            self._zoom = zoom
            self._keep_inside()
            self.zoomed.emit(zoom)
            self.update()

    def _move(self, by: QPoint) -> None:
        self._offset += by
        self._keep_inside()
        self.update()

    def _keep_inside(self) -> None:
        """No further than to the label's edge; a label that fits does not move."""
        spare_x = min(self.width() - self._image.width() * self._zoom, 0)
        spare_y = min(self.height() - self._image.height() * self._zoom, 0)
        self._offset = QPoint(min(max(self._offset.x(), spare_x), 0), min(max(self._offset.y(), spare_y), 0))
