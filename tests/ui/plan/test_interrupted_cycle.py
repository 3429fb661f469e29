"""The picture of a cycle that was interrupted: bars to scale, the gap, the void bag, walls inside a day.

A column has 1440 minutes and begins at 14:00; the first on 2026-10-19.
"""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from tests.ui.plan.cycles import cycle_with
from tests.ui.plan.interruptions import (
    CLOCK,
    EARLY,
    GRADE_3,
    HOURS_57,
    IN_HOSPITAL,
    PLAIN,
    SIX_DAYS,
    SIX_MORE,
    interrupted,
    picture,
    toronto,
)
from tests.ui.plan.test_cycle_layout import SIZES, needed, overlap
from ui.boxes import PlacedText
from ui.plan.cycle import Cycle
from ui.plan.cycle_layout import Drawing, lay_out
from ui.plan.cycle_painting import CyclePainting
from ui.widgets.measure import measure

DAY = 24 * 60


def place(day: int, hour: int, minute: int = 0) -> int:
    """Minutes from the first column's beginning to an hour so many days later."""
    return day * DAY + (hour - 14) * 60 + minute


def span(cycle: Cycle, number: int) -> tuple[int, int]:
    pieces = cycle.pieces_of(number)
    return pieces[0].row * 7 * DAY + pieces[0].begin, pieces[-1].row * 7 * DAY + pieces[-1].end


@pytest.mark.req("REQ-INT-001", "REQ-INT-008")
def test_the_stopped_bag_ends_where_it_was_stopped_and_the_next_begins_at_the_restart() -> None:
    # 2026-11-03 is 15 days after the start, 2026-11-04 is 16.
    cycle = picture([PLAIN])
    assert span(cycle, 4) == (11 * DAY, place(15, 9, 15))
    assert span(cycle, 5)[0] == place(16, 10)
    assert [(gap.row, gap.begin, gap.end) for gap in cycle.gaps] == [
        (2, place(15, 9, 15) - 14 * DAY, place(16, 10) - 14 * DAY)
    ]
    assert cycle.gaps[0].texts == (
        "stopped 2026-NOV-03 09:15 – restarted 2026-NOV-04 10:00",
        "stopped NOV-03 09:15 – restarted NOV-04 10:00",
        "stopped 2026-NOV-03 09:15 –\nrestarted 2026-NOV-04 10:00",
        "stopped NOV-03 09:15 –\nrestarted NOV-04 10:00",
        "stopped",
    )


@pytest.mark.req("REQ-INT-008")
def test_after_the_restart_bags_change_inside_a_column_at_the_new_clock_time() -> None:
    cycle = picture([PLAIN])
    plan = interrupted(PLAIN)
    changes = [bag.change_at for bag in plan.bags[4:-1]]
    assert {(each.hour, each.minute) for each in changes} == {(10, 0)}
    assert [span(cycle, bag.number)[1] % DAY for bag in plan.bags[4:-1]] == [20 * 60] * len(changes)


def test_an_undisturbed_cycle_lies_on_whole_columns_also_where_a_bag_is_changed_early() -> None:
    cycle = cycle_with(96, 72, 96, 96, 72, 96, 48, 96)
    edges = {number: span(cycle, number) for number in range(1, 9)}
    assert edges[4] == (11 * DAY, 15 * DAY), "changed an hour early, at the limit of 96 h"
    assert all(begin % DAY == end % DAY == 0 for begin, end in edges.values())


def test_the_stopped_bag_is_void_and_those_before_it_are_infused_and_locked() -> None:
    cycle = picture([PLAIN])
    void = cycle.pieces_of(4)[0]
    assert (void.void, void.outlined, void.locked, void.state) == (True, True, True, ("VOID",))
    assert void.times[0] == "stopped Tue NOV-03 09:15"
    before = cycle.pieces_of(1)[0]
    assert (before.void, before.outlined, before.locked, before.state) == (False, True, True, ("infused",))
    after = cycle.pieces_of(5)[0]
    assert (after.void, after.outlined, after.locked, after.state) == (False, False, False, ("restart",))
    assert {piece.state for piece in cycle.pieces if piece.number > 5} == {()}
    swatches = [entry.swatch for entry in cycle.legend]
    assert {"gap", "void", "outlined"} <= set(swatches)


@pytest.mark.req("REQ-MOD-004", "REQ-MOD-008")
def test_after_grade_3_a_wall_stands_inside_a_day_and_the_first_full_dose_bag_waits() -> None:
    # 7 infused days from 2026-11-04 10:00, which is 16 days after the start: 23 days after it, at 10:00.
    cycle = picture([GRADE_3])
    assert place(23, 10) in cycle.walls
    held = [piece for piece in cycle.pieces if piece.mark == "unknown"]
    assert {span(cycle, piece.number)[0] for piece in held} == {place(23, 10)}
    assert held[0].state == ("waits for an answer", "waits")


def test_a_head_names_the_infusion_day_that_runs_first_in_its_column_or_says_stopped() -> None:
    # Stopped on 2026-10-30 at 09:15, in the 11th infusion day; on again from 2026-11-04 10:00.
    cycle = picture([GRADE_3])
    heads = {head.date_text: (head.day, head.day_texts[-1]) for week in cycle.weeks for head in week}
    assert heads["Thu OCT-29"] == (11, "day 11")
    assert {heads[day] for day in ("Fri OCT-30", "Sat OCT-31", "Mon NOV-02")} == {(0, "stopped")}
    assert heads["Tue NOV-03"] == (11, "day 11"), "from 10:00 on the next morning"
    assert heads["Wed NOV-04"] == (11, "day 11")
    assert heads["Thu NOV-05"] == (12, "day 12")


def test_only_bags_after_the_last_restart_have_edges_that_move() -> None:
    cycle = picture([EARLY, GRADE_3])
    restart = max(bag.number for bag in interrupted(EARLY, GRADE_3).bags if bag.restart)
    assert min(edge.number for edge in cycle.edges) == restart
    first = next(edge for edge in cycle.edges if edge.number == restart)
    assert dict(first.choices)[24] == place(17, 10), "a day after the restart, at its hour"


def test_the_present_is_a_line_where_the_clock_says() -> None:
    cycle = picture([PLAIN], toronto(11, 2, 20))
    assert cycle.now == place(14, 20)
    assert "now" in [entry.swatch for entry in cycle.legend]
    before = picture([PLAIN], toronto(10, 1, 8))
    assert "now" not in [entry.swatch for entry in before.legend]


# Nothing is cut

STOPS = {
    "plain": [PLAIN],
    "grade 3": [GRADE_3],
    "two": [EARLY, GRADE_3],
    "57 h": [HOURS_57],
    "the clock changes": [CLOCK],
    "in hospital": [IN_HOSPITAL],
    "six weeks": [SIX_DAYS, SIX_MORE],
}
NOWS = [toronto(10, 20, 9), toronto(10, 31, 23), toronto(11, 4, 7), toronto(11, 9, 13, 59)]


@pytest.fixture(autouse=True)
def _dressed(application: QApplication) -> None:
    """The window's own face is loaded."""


def words_of(drawing: Drawing) -> list[PlacedText]:
    texts = [text for bar in drawing.bars for text in bar.texts]
    texts += [text for head in drawing.heads for text in head.texts]
    texts += [text for gap in drawing.gaps for text in gap.texts]
    return texts + [entry.text for entry in drawing.legend]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("stops", STOPS)
def test_no_word_is_cut_or_lies_on_another(stops: str, size: tuple[int, int]) -> None:
    for now in NOWS:
        drawing = lay_out(picture(STOPS[stops], now), width=size[0], height=size[1], measure=measure)
        for bar in drawing.bars:
            for text in bar.texts:
                assert bar.box.left <= text.box.left, text
                assert text.box.right <= bar.box.right, text
                assert bar.box.top <= text.box.top, text
                assert text.box.bottom <= bar.box.bottom, text
        texts = words_of(drawing)
        assert [text for text in texts if text.box.width < needed(text)] == []
        assert [pair for pair in combinations(texts, 2) if overlap(pair[0].box, pair[1].box)] == []
        assert all(entry.text.box.right <= size[0] for entry in drawing.legend)
        assert drawing.now is not None
        for gap in drawing.gaps:
            for text in gap.texts:
                assert gap.box.left < text.box.left, text
                assert text.box.right < gap.box.right, text
                assert gap.box.top <= text.box.top, text
                assert text.box.bottom <= gap.box.bottom, text
                assert not overlap(drawing.now.line, text.box), text
        tag = drawing.now.tag
        assert tag is None or [text for text in texts if overlap(tag, text.box)] == []
        assert "Now" in [entry.text.text for entry in drawing.legend]


@pytest.mark.parametrize("size", SIZES)
def test_the_word_void_and_what_waits_stand_on_their_bars(size: tuple[int, int]) -> None:
    drawing = lay_out(picture([GRADE_3]), width=size[0], height=size[1], measure=measure)
    words = [text.text for bar in drawing.bars for text in bar.texts if text.icon in ("stop", "unknown")]
    assert words[0] == "VOID"
    assert words[1] in ("waits for an answer", "waits")


@pytest.mark.parametrize("stops", STOPS)
def test_a_part_of_the_picture_is_painted_as_in_the_whole(stops: str) -> None:
    drawing = lay_out(picture(STOPS[stops], NOWS[1]), width=862, height=534, measure=measure)
    part = QRect(200, 150, 400, 240)
    whole, alone = (painted(drawing, each).copy(part) for each in (QRect(0, 0, 862, 534), part))
    pixels = [(left, top) for left in range(part.width()) for top in range(part.height())]
    differ = [each for each in pixels if whole.pixel(*each) != alone.pixel(*each)]
    assert len(differ) < len(pixels) / 1000, "the soft edges of lines that are cut, no more"


def painted(drawing: Drawing, part: QRect) -> QImage:
    image = QImage(862, 534, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setClipRect(part)
    CyclePainting(painter, drawing, part, chosen=5, focused=True).paint()
    painter.end()
    return image
