"""The drawn bag: to scale, in order, nothing over anything else, nothing cut."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from PySide6.QtWidgets import QApplication

from pharmacy_app.wording import load
from tests.ui.worksheet.sheets import worksheet_of
from ui.boxes import Box
from ui.widgets.measure import measure
from ui.worksheet.bag_layout import BRACKET_SIZE, VOLUME_SIZE, BagDrawing, lay_out_bag, spread, wrapped
from ui.worksheet.sheet import bag_contents

ROWS = [(dose, duration) for dose in ("9", "28") for duration in ("24", "48", "72", "96", "168")]
SIZES = [(416, 430), (452, 480), (700, 820)]


@pytest.fixture(autouse=True)
def _dressed(application: QApplication) -> None:
    """The window's own face is loaded."""


def drawn(dose: str, duration: str, size: tuple[int, int] = SIZES[1]) -> BagDrawing:
    contents = bag_contents(worksheet_of(dose, duration), load())
    return lay_out_bag(contents, width=size[0], height=size[1], measure=measure)


@pytest.mark.req("REQ-MIX-003", "REQ-MIX-007")
def test_a_7_day_bag_has_four_layers_with_both_salines_named_in_full() -> None:
    layers = drawn("28", "168").layers
    assert [(each.layer.volume_text, each.layer.words) for each in layers] == [
        ("90 mL", "0.9 % sodium chloride, BACTERIOSTATIC, first"),
        ("2.2 mL", "IV Solution Stabilizer, second"),
        ("16.8 mL", "blinatumomab, third"),
        ("1 mL", "0.9 % sodium chloride, preservative-free, last"),
    ]


@pytest.mark.req("REQ-MIX-002")
def test_another_bag_has_saline_then_stabilizer_then_drug() -> None:
    layers = drawn("28", "96").layers
    assert [(each.layer.volume_text, each.layer.words) for each in layers] == [
        ("270 mL", "0.9 % sodium chloride, preservative-free, first"),
        ("5.5 mL", "IV Solution Stabilizer, second"),
        ("10.7 mL", "blinatumomab, last"),
    ]


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize("size", SIZES)
def test_the_layers_fill_the_bag_from_the_bottom_up_in_order(
    row: tuple[str, str], size: tuple[int, int]
) -> None:
    drawing = drawn(*row, size)
    boxes = [each.box for each in drawing.layers]
    assert boxes[0].bottom == drawing.fluid.bottom
    assert boxes[-1].top == drawing.fluid.top
    assert all(above.bottom == below.top for below, above in pairwise(boxes))
    assert all(box.height >= 3 for box in boxes)


def test_a_layer_is_as_high_as_its_share_of_the_whole() -> None:
    drawing = drawn("28", "168", (452, 480))
    heights = [each.box.height for each in drawing.layers]
    assert drawing.fluid.height == sum(heights)
    # 90, 2.2, 16.8 and 1 of 110 mL; the least is a line of 3 px
    assert heights[0] / drawing.fluid.height == pytest.approx(90 / 110, abs=0.01)
    assert heights[2] / drawing.fluid.height == pytest.approx(16.8 / 110, abs=0.01)


@pytest.mark.req("REQ-MIX-006")
def test_the_hatched_part_is_the_overfill_and_the_brackets_say_both_volumes() -> None:
    drawing = drawn("28", "96")
    assert drawing.infuse_bracket.lines == ("240 mL", "infuse")
    volume, *words = drawing.overfill_bracket.lines
    assert (volume, " ".join(words)) == ("46.2 mL", "overfill, stays in the bag, discarded at the change")
    assert drawing.overfill.bottom == drawing.fluid.bottom
    assert drawing.overfill.height / drawing.fluid.height == pytest.approx(46.2 / 286.2, abs=0.01)
    assert drawing.infuse_bracket.span.bottom <= drawing.overfill.top <= drawing.overfill_bracket.span.top


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize("size", SIZES)
def test_no_words_are_cut_or_lie_on_each_other(row: tuple[str, str], size: tuple[int, int]) -> None:
    drawing = drawn(*row, size)
    boxes: list[Box] = []
    for placed in drawing.layers:
        boxes.append(placed.label)
        assert measure(placed.layer.volume_text, VOLUME_SIZE, True) <= placed.label.width
        for line in placed.lines:
            assert measure(line, 14, False) <= placed.label.width, line
        assert " ".join(placed.lines) == placed.layer.words
        assert placed.label.left > drawing.body.right
    for bracket in (drawing.infuse_bracket, drawing.overfill_bracket):
        boxes.append(bracket.text)
        assert measure(bracket.lines[0], BRACKET_SIZE, True) <= bracket.text.width
        assert bracket.text.right < bracket.span.left < drawing.body.left
    for box in boxes:
        assert box.top >= 0, box
        assert box.bottom <= size[1], box
        assert box.right <= size[0], box
    assert not [(one, other) for one, other in combinations(boxes, 2) if _overlap(one, other)]


def _overlap(one: Box, other: Box) -> bool:
    across = one.left < other.right and other.left < one.right
    return across and one.top < other.bottom and other.top < one.bottom


def test_labels_that_would_touch_are_moved_apart_upwards_first() -> None:
    assert spread([80, 78, 10], [20, 20, 20], first=0, last=100) == [80, 52, 10]
    assert spread([5, 4], [20, 20], first=0, last=100) == [28, 0]


def test_a_text_is_broken_at_spaces_only() -> None:
    narrow = wrapped("0.9\u00a0% sodium chloride", 10, lambda text, _size, _bold: 7 * len(text))
    assert narrow == ("0.9\u00a0%", "sodium", "chloride")
