"""A drawn picture for each kind of product: people who work look before they read.

Each is described on a square of 48 × 48 and drawn at any size, in lines, so that a print in grey is the
same. Bacteriostatic saline has a double border, as its bags have everywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pharmacy_app.domain.product import Product, ProductKind
from ui import theme

_SIDE = 48.0
_THICK = 2.2
_THIN = 1.5


@dataclass(frozen=True, slots=True)
class Look:
    """What tells two pictures apart: the kind, a filter that is built in, a bag that is filled already."""

    kind: ProductKind
    with_filter: bool = False
    filled: bool = False


def look_of(product: Product) -> Look:
    """How this product is drawn."""
    return Look(product.kind, product.built_in_filter is True, product.fill is not None)


@dataclass(frozen=True, slots=True)
class _Colours:
    line: QColor
    fluid: QColor
    cap: QColor
    paper: QColor


def draw_product(painter: QPainter, look: Look, box: QRectF) -> None:
    """The picture, as large as fits into the box."""
    side = min(box.width(), box.height())
    scheme = theme.colours()
    colours = _Colours(
        line=theme.colour(scheme.muted),
        fluid=theme.colour(scheme.dose_low.ground),
        cap=theme.colour(scheme.action),
        paper=theme.colour(scheme.surface),
    )
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.center() - QPointF(side / 2, side / 2))
    painter.scale(side / _SIDE, side / _SIDE)
    _DRAWINGS[look.kind](painter, colours, look)
    painter.restore()


class ProductPicture(QWidget):
    """One picture of a fixed size; nothing until there is a product."""

    def __init__(self, size: int = 48, look: Look | None = None) -> None:
        super().__init__()
        self._look = look
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(size, size)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    @property
    def look(self) -> Look | None:
        """What is drawn."""
        return self._look

    def show_look(self, look: Look | None) -> None:
        """Draw another one, or nothing."""
        self._look = look
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._look is not None:
            painter = QPainter(self)
            draw_product(painter, self._look, QRectF(self.rect()))
            painter.end()


def _pen(painter: QPainter, colour: QColor, width: float = _THICK) -> None:
    painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap,
                        Qt.PenJoinStyle.RoundJoin))  # fmt: skip


def _body(painter: QPainter, colours: _Colours, box: QRectF, level: float, *, radius: float = 4) -> None:
    """A container with a fluid up to `level` (a y), and its outline."""
    outline = QPainterPath()
    outline.addRoundedRect(box, radius, radius)
    fluid = QPainterPath()
    fluid.addRect(QRectF(box.left(), level, box.width(), box.bottom() - level))
    painter.fillPath(outline, colours.paper)
    painter.fillPath(outline.intersected(fluid), colours.fluid)
    _pen(painter, colours.line)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(outline)
    if level < box.bottom():
        _pen(painter, colours.line, _THIN)
        painter.drawLine(QPointF(box.left(), level), QPointF(box.right(), level))


def _cap(painter: QPainter, colours: _Colours, box: QRectF, *, filled: bool = True) -> None:
    _pen(painter, colours.line, _THIN)
    painter.setBrush(colours.cap if filled else colours.paper)
    painter.drawRoundedRect(box, 1.5, 1.5)


def _neck(painter: QPainter, colours: _Colours, place: QRectF) -> None:
    _pen(painter, colours.line, _THICK)
    painter.drawLine(place.topLeft(), place.bottomLeft())
    painter.drawLine(place.topRight(), place.bottomRight())


def _drug_vial(painter: QPainter, colours: _Colours, _look: Look) -> None:
    """A squat vial with a broad cap, powder at its ground."""
    _body(painter, colours, QRectF(12, 18, 24, 26), 38)
    _neck(painter, colours, QRectF(18, 12, 12, 6))
    _cap(painter, colours, QRectF(15, 5, 18, 8))
    _pen(painter, colours.line, _THIN)
    for y in (25, 30):
        painter.drawLine(QPointF(17, y), QPointF(31, y))


def _stabilizer(painter: QPainter, colours: _Colours, _look: Look) -> None:
    """A tall vial, full, with an open ring as cap."""
    _body(painter, colours, QRectF(15, 16, 18, 28), 21)
    _neck(painter, colours, QRectF(20, 11, 8, 5))
    _cap(painter, colours, QRectF(17, 4, 14, 7), filled=False)
    _pen(painter, colours.line, _THIN)
    wave = QPainterPath(QPointF(18, 32))
    wave.cubicTo(QPointF(21, 28), QPointF(23, 36), QPointF(25, 32))
    wave.cubicTo(QPointF(27, 28), QPointF(28, 34), QPointF(30, 32))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(wave)


def _sterile_water(painter: QPainter, colours: _Colours, _look: Look) -> None:
    """A vial with a drop."""
    _body(painter, colours, QRectF(13, 15, 22, 29), 44)
    _neck(painter, colours, QRectF(19, 10, 10, 5))
    _cap(painter, colours, QRectF(16, 4, 16, 7), filled=False)
    drop = QPainterPath(QPointF(24, 20))
    drop.cubicTo(QPointF(24, 20), QPointF(30.5, 28), QPointF(30.5, 32))
    drop.cubicTo(QPointF(30.5, 41), QPointF(17.5, 41), QPointF(17.5, 32))
    drop.cubicTo(QPointF(17.5, 28), QPointF(24, 20), QPointF(24, 20))
    painter.setBrush(colours.fluid)
    painter.drawPath(drop)


def _bottle(painter: QPainter, colours: _Colours, _look: Look) -> None:
    """A large bottle, full."""
    _body(painter, colours, QRectF(10, 14, 28, 31), 19, radius=6)
    _neck(painter, colours, QRectF(19, 9, 10, 5))
    _cap(painter, colours, QRectF(17, 3, 14, 6), filled=False)


def _bacteriostatic(painter: QPainter, colours: _Colours, look: Look) -> None:
    """The same bottle with a double border and a B."""
    _bottle(painter, colours, look)
    _pen(painter, colours.line, _THICK)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(14, 18, 20, 23), 3, 3)
    letter = QPainterPath(QPointF(21, 23))
    letter.lineTo(21, 36)
    letter.moveTo(21, 23)
    letter.cubicTo(QPointF(29, 22), QPointF(29, 29.5), QPointF(21, 29.3))
    letter.cubicTo(QPointF(30, 29), QPointF(30, 36.6), QPointF(21, 36))
    painter.drawPath(letter)


def _bag(painter: QPainter, colours: _Colours, look: Look) -> None:
    """A bag on its hook, with two ports; full or empty."""
    _pen(painter, colours.line, _THIN)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QPointF(24, 5), 2.6, 2.6)
    _body(painter, colours, QRectF(11, 8, 26, 31), 15 if look.filled else 39, radius=5)
    _pen(painter, colours.line, 4)
    for x in (19, 29):
        painter.drawLine(QPointF(x, 41), QPointF(x, 44.5))


def _tubing(painter: QPainter, colours: _Colours, look: Look) -> None:
    """A drip chamber and a coil of tube; with a filter in it, or without."""
    _body(painter, colours, QRectF(6, 4, 10, 16), 13, radius=3)
    _pen(painter, colours.line, _THICK)
    tube = QPainterPath(QPointF(11, 20))
    tube.cubicTo(QPointF(11, 50), QPointF(42, 50), QPointF(42, 33))
    tube.cubicTo(QPointF(42, 20), QPointF(22, 20), QPointF(22, 31))
    tube.cubicTo(QPointF(22, 40), QPointF(34, 40), QPointF(34, 31))
    tube.cubicTo(QPointF(34, 22), QPointF(36, 14), QPointF(36, 5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(tube)
    if look.with_filter:
        _disc(painter, colours, QPointF(35.5, 13), 7.5)


def _filter(painter: QPainter, colours: _Colours, _look: Look) -> None:
    """A disc between two ports."""
    _pen(painter, colours.line, 4)
    painter.drawLine(QPointF(24, 3), QPointF(24, 9))
    painter.drawLine(QPointF(24, 39), QPointF(24, 45))
    _disc(painter, colours, QPointF(24, 24), 14)


def _disc(painter: QPainter, colours: _Colours, centre: QPointF, radius: float) -> None:
    _pen(painter, colours.line, _THICK)
    painter.setBrush(colours.fluid)
    painter.drawEllipse(centre, radius, radius)
    _pen(painter, colours.line, _THIN)
    for part in (-0.45, 0, 0.45):
        half = radius * (0.62 if part else 0.75)
        y = centre.y() + radius * part
        painter.drawLine(QPointF(centre.x() - half, y), QPointF(centre.x() + half, y))


_DRAWINGS: dict[ProductKind, Callable[[QPainter, _Colours, Look], None]] = {
    ProductKind.DRUG_VIAL: _drug_vial,
    ProductKind.STABILIZER: _stabilizer,
    ProductKind.STERILE_WATER: _sterile_water,
    ProductKind.SALINE_PRESERVATIVE_FREE: _bottle,
    ProductKind.SALINE_BACTERIOSTATIC: _bacteriostatic,
    ProductKind.BAG: _bag,
    ProductKind.TUBING: _tubing,
    ProductKind.FILTER: _filter,
}
