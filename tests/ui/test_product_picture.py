"""Each kind of product has a picture of its own, also in grey."""

from __future__ import annotations

import itertools

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from pharmacy_app.domain.product import ProductKind
from tests.support.products import bag, filter_, tubing
from ui.widgets.product_picture import Look, draw_product, look_of

SIDE = 48
LOOKS = (
    *(Look(kind) for kind in ProductKind),
    Look(ProductKind.BAG, filled=True),
    Look(ProductKind.TUBING, with_filter=True),
)


def drawn(look: Look) -> QImage:
    """The picture in grey, on white, with a margin around it."""
    image = QImage(3 * SIDE, 3 * SIDE, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    draw_product(painter, look, QRectF(SIDE, SIDE, SIDE, SIDE))
    painter.end()
    return image


def differing(one: QImage, other: QImage) -> int:
    pixels = zip(bytes(one.constBits()), bytes(other.constBits()), strict=True)
    return sum(abs(here - there) > 64 for here, there in pixels)


def test_no_two_kinds_look_alike_even_in_grey(application: QApplication) -> None:
    pictures = {look: drawn(look) for look in LOOKS}
    for one, other in itertools.combinations(LOOKS, 2):
        if {one.kind, other.kind} == {ProductKind.BAG}:
            continue
        assert differing(pictures[one], pictures[other]) > 60, (one, other)


def test_a_filled_bag_is_not_drawn_as_an_empty_one(application: QApplication) -> None:
    assert drawn(Look(ProductKind.BAG)) != drawn(Look(ProductKind.BAG, filled=True))


def test_nothing_is_drawn_outside_its_place(application: QApplication) -> None:
    for look in LOOKS:
        image = drawn(look)
        edge = [
            image.pixelColor(x, y).lightness()
            for x in range(3 * SIDE)
            for y in range(3 * SIDE)
            if not (SIDE <= x < 2 * SIDE and SIDE <= y < 2 * SIDE)
        ]
        assert min(edge) == 255, look


def test_what_a_product_has_decides_its_picture() -> None:
    assert look_of(filter_()) == Look(ProductKind.FILTER)
    assert look_of(tubing(built_in_filter=None)) == Look(ProductKind.TUBING)
    assert look_of(tubing(built_in_filter=True)) == Look(ProductKind.TUBING, with_filter=True)
    assert look_of(bag(fill=bag().volume)) == Look(ProductKind.BAG, filled=True)
