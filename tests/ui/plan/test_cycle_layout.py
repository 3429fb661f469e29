"""Where the cycle's picture puts things: nothing is cut, whatever the sequence and the window's size."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.plan.cycles import cycle_with
from ui.boxes import Box, PlacedText
from ui.plan.cycle_layout import Drawing, PlacedBar, lay_out
from ui.plan.cycle_picture import CyclePicture
from ui.widgets.measure import measure

SIZES = [(776, 486), (862, 534), (1416, 846)]
SEQUENCES = [
    (96, 72, 96, 96, 72, 96, 48, 96),
    (24,) * 28,
    (168, 168, 168, 168),
    (48, 96, 24, 24, 168, 96, 72, 72, 72),
    (24, 48, 96, 168, 168, 168),
]


@pytest.fixture(autouse=True)
def _dressed(application: QApplication) -> None:
    """The window's own face is loaded."""


def drawn(sequence: tuple[int, ...], size: tuple[int, int], zone: str = "America/Toronto") -> Drawing:
    return lay_out(cycle_with(*sequence, zone=zone), width=size[0], height=size[1], measure=measure)


def needed(text: PlacedText) -> int:
    icon = 17 if text.icon == "lock" else 18 if text.icon else 0
    return measure(text.text, text.size, text.bold) + (icon if text.text else 0)


def overlap(one: Box, other: Box) -> bool:
    return (
        one.left < other.right
        and other.left < one.right
        and one.top < other.bottom
        and other.top < one.bottom
    )


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("sequence", SEQUENCES)
@pytest.mark.parametrize("zone", ["America/Toronto", "America/St_Johns"])
def test_no_text_is_wider_or_higher_than_its_bar(
    sequence: tuple[int, ...], size: tuple[int, int], zone: str
) -> None:
    for bar in drawn(sequence, size, zone).bars:
        for text in bar.texts:
            assert text.box.width >= needed(text), text
            assert bar.box.left <= text.box.left, (bar.piece.number, text)
            assert text.box.right <= bar.box.right, (bar.piece.number, text)
            assert bar.box.top <= text.box.top, (bar.piece.number, text)
            assert text.box.bottom <= bar.box.bottom, (bar.piece.number, text)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("sequence", SEQUENCES)
def test_the_words_of_a_bar_keep_clear_of_its_border(
    sequence: tuple[int, ...], size: tuple[int, int]
) -> None:
    for bar in drawn(sequence, size).bars:
        # a double border is 2 px, 1 px apart, and 1 px; each is 1 px away from the words at least
        edge = 5 if bar.piece.bacteriostatic else 3
        for text in bar.texts:
            assert text.box.left >= bar.box.left + edge, (bar.piece.number, text)
            assert text.box.right <= bar.box.right - edge, (bar.piece.number, text)
            assert text.box.top >= bar.box.top + edge, (bar.piece.number, text)
            assert text.box.bottom <= bar.box.bottom - edge, (bar.piece.number, text)


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_painted_across_the_lines_of_a_double_border(size: tuple[int, int]) -> None:
    picture = CyclePicture()
    picture.resize(*size)
    picture.show_cycle(cycle_with(168, 168, 168, 168), chosen=0)
    image = picture.grab().toImage()
    for bar in picture.drawing.bars:
        across = range(bar.box.left + 20, bar.box.right - 20)
        for row in (2, 4, bar.box.height - 5, bar.box.height - 3):
            colours = {image.pixel(left, bar.box.top + row) for left in across}
            assert len(colours) == 1, (bar.piece.number, row)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("sequence", SEQUENCES)
def test_no_text_lies_on_another(sequence: tuple[int, ...], size: tuple[int, int]) -> None:
    drawing = drawn(sequence, size)
    texts = [text for bar in drawing.bars for text in bar.texts]
    texts += [text for head in drawing.heads for text in head.texts]
    texts += [entry.text for entry in drawing.legend]
    clashes = [(one, other) for one, other in combinations(texts, 2) if overlap(one.box, other.box)]
    assert clashes == []


@pytest.mark.parametrize("size", SIZES)
def test_the_head_of_each_day_holds_its_words(size: tuple[int, int]) -> None:
    for head in drawn(SEQUENCES[0], size).heads:
        for text in head.texts:
            assert head.box.left < text.box.left
            assert text.box.right <= head.box.right, text
            assert text.box.width >= needed(text), text


@pytest.mark.parametrize("size", SIZES)
def test_the_legend_stays_inside_the_picture_in_two_lines_at_most(size: tuple[int, int]) -> None:
    legend = drawn(SEQUENCES[4], size).legend
    assert len(legend) == 9
    assert len({entry.text.box.top for entry in legend}) <= 2
    for entry in legend:
        assert entry.text.box.right <= size[0]
        assert entry.text.box.width >= needed(entry.text)


@pytest.mark.parametrize("size", SIZES)
def test_the_four_weeks_have_one_height_and_fill_the_picture(size: tuple[int, int]) -> None:
    drawing = drawn(SEQUENCES[0], size)
    tops = sorted({head.box.top for head in drawing.heads})
    heights = {after - before for before, after in pairwise(tops)}
    assert len(tops) == 4
    assert len(heights) == 1
    assert size[1] - (tops[-1] + heights.pop()) in range(4)


def test_a_week_row_is_128_px_high_where_the_picture_has_room_for_it() -> None:
    drawing = drawn(SEQUENCES[0], (868, 48 + 4 * 128))
    tops = sorted({head.box.top for head in drawing.heads})
    assert tops[1] - tops[0] == 128


def texts_of(drawing: Drawing, number: int) -> list[str]:
    return [text.text for bar in drawing.bars if bar.piece.number == number for text in bar.texts]


def test_a_24_h_bar_says_number_duration_dose_and_end_in_three_lines() -> None:
    drawing = drawn((24,) * 28, (776, 486))
    assert texts_of(drawing, 7) == ["Bag 7 · 24 h", "9 mcg/day", "to Mon 14:00"]


@pytest.mark.req("REQ-PLN-005")
@pytest.mark.parametrize("size", SIZES)
def test_a_24_h_bar_across_the_change_of_the_clock_says_how_long_it_runs(size: tuple[int, int]) -> None:
    drawing = drawn((24,) * 28, size)
    assert "runs 25 h" in texts_of(drawing, 13)
    assert "runs 25 h" not in texts_of(drawing, 12)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.req("REQ-SUP-007")
def test_every_7_day_bag_has_the_word_bacteriostatic(size: tuple[int, int]) -> None:
    drawing = drawn((24, 48, 96, 168, 168, 168), size)
    for number in (4, 5, 6):
        assert "BACTERIOSTATIC" in texts_of(drawing, number)


def test_the_wall_is_6_px_wide_and_stands_at_both_row_ends() -> None:
    first, second = drawn((96, 72, 168, 168, 168), (868, 540)).walls
    assert (first.width, second.width) == (6, 6)
    assert first.left > 850
    assert second.left < 10
    assert second.top > first.bottom


def test_the_green_line_covers_the_hospital_days() -> None:
    drawing = drawn((96, 72, 168, 168, 168), (868, 540))
    heads = {head.head.day: head.box for head in drawing.heads}
    first, second = drawing.hospital
    assert (first.left, first.right) == (heads[1].left, heads[7].right)
    assert (second.left, second.right) == (heads[8].left, heads[9].right)


def test_a_bar_that_goes_on_reaches_the_line_of_the_day_and_one_that_ends_keeps_from_it() -> None:
    drawing = drawn((96, 72, 96, 96, 72, 96, 48, 96), (868, 540))
    first, second = [bar for bar in drawing.bars if bar.piece.number == 4]
    last_head = next(head.box for head in drawing.heads if head.head.day == 14)
    assert first.box.right == last_head.right
    assert second.box.left == drawing.heads[14].box.left
    assert second.box.right == drawing.heads[14].box.right - 3


def test_a_point_on_a_bar_finds_its_bag() -> None:
    drawing = drawn((96, 72, 168, 168, 168), (868, 540))
    bar: PlacedBar = drawing.bars[1]
    found = drawing.bar_at(bar.box.left + 5, bar.box.top + 5)
    assert found is bar
    assert drawing.bar_at(2, 2) is None
