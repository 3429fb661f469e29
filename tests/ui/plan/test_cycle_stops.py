"""Where bars, gaps, walls and days lie in the picture of an interrupted cycle, reckoned by hand.

The cycle begins on 2026-10-19 at 14:00 in Toronto, where daylight saving time ends on 2026-11-01.
"""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.plan.cycles import cycle_with
from tests.ui.plan.interruptions import (
    CLOCK,
    EARLY,
    GRADE_3,
    HOURS_57,
    IN_HOSPITAL,
    KEPT_CLOCK,
    SIX_DAYS,
    SIX_MORE,
    interrupted,
    picture,
    toronto,
)
from tests.ui.plan.test_cycle_layout import SIZES
from tests.ui.plan.test_interrupted_cycle import DAY, place, span
from ui.plan.cycle import Cycle
from ui.plan.cycle_layout import Drawing, lay_out
from ui.widgets.measure import measure

WEEK = 7 * DAY


@pytest.fixture(autouse=True)
def _dressed(application: QApplication) -> None:
    """The window's own face is loaded."""


def gaps(cycle: Cycle) -> list[tuple[int, int, int]]:
    return [(gap.row, gap.begin, gap.end) for gap in cycle.gaps]


def drawn(cycle: Cycle, size: tuple[int, int] = SIZES[0]) -> Drawing:
    return lay_out(cycle, width=size[0], height=size[1], measure=measure)


@pytest.mark.req("REQ-INT-008")
def test_a_stop_of_57_hours_in_the_middle_of_a_day() -> None:
    # 6 days and 10 hours are infused: 14 hours at the low dose are left, then 21 days.
    cycle = picture([HOURS_57])
    assert gaps(cycle) == [(0, place(7, 0), WEEK), (1, 0, place(9, 9) - WEEK)]
    assert span(cycle, 2) == (4 * DAY, place(7, 0))
    assert span(cycle, 3) == (place(9, 9), place(9, 23))
    assert cycle.walls == (place(9, 23),)
    assert span(cycle, 4)[0] == place(9, 23)
    assert span(cycle, 10)[1] == place(30, 23)
    assert [len(week) for week in cycle.weeks] == [7, 7, 7, 7, 3]


@pytest.mark.req("REQ-INT-001", "REQ-PLN-005")
def test_a_stop_while_the_clock_changes_is_as_wide_as_the_clock_shows() -> None:
    # 12 days and 6 hours are infused: 15 days and 18 hours are left, from 2026-11-01 06:00.
    cycle = picture([CLOCK])
    assert gaps(cycle) == [(1, place(12, 20) - WEEK, place(13, 6) - WEEK)]
    assert cycle.pieces[-1].row * WEEK + cycle.pieces[-1].end == place(29, 0)
    changing = [head.date_text for week in cycle.weeks for head in week if head.clock_change]
    assert changing == ["Sat OCT-31"]
    assert not [piece.clock for piece in cycle.pieces if piece.clock and piece.clock_mark == "clock"]


@pytest.mark.req("REQ-INT-001", "REQ-MOD-004")
def test_two_stops_each_have_their_gap_and_what_was_missed_is_made_up() -> None:
    # 2 days 19 h 15 min and 7 days 18 h 15 min are infused: 17 days 10 h 30 min are left on 2026-11-04 10:00.
    cycle = picture([EARLY, GRADE_3])
    assert gaps(cycle) == [
        (0, place(3, 9, 15), place(3, 15)),
        (1, place(11, 9, 15) - WEEK, WEEK),
        (2, 0, place(16, 10) - 2 * WEEK),
    ]
    assert cycle.pieces[-1].row * WEEK + cycle.pieces[-1].end == place(33, 20, 30)
    assert {piece.number for piece in cycle.pieces if piece.void} == {1, 4}
    restarted = {piece.number: piece.state for piece in cycle.pieces if "restart" in " ".join(piece.state)}
    assert restarted == {2: ("restart · infused", "infused"), 5: ("restart",)}


def test_a_cycle_stopped_twice_for_six_days_needs_six_weeks_of_one_height() -> None:
    cycle = picture([SIX_DAYS, SIX_MORE])
    assert [len(week) for week in cycle.weeks] == [7, 7, 7, 7, 7, 6]
    drawing = drawn(cycle)
    tops = sorted({head.box.top for head in drawing.heads})
    assert len({after - before for before, after in pairwise(tops)}) == 1
    assert max(bar.box.bottom for bar in drawing.bars) <= SIZES[0][1]


def test_days_in_hospital_are_those_of_the_infusion_and_their_line_leaves_the_stop_out() -> None:
    # 19 h 15 min are infused; on 2026-10-31 at 14:00 it is the 9th infusion day.
    cycle = picture([IN_HOSPITAL])
    first, second = cycle.weeks[:2]
    assert [head.in_hospital for head in first] == [True, False, False, False, True, True, True]
    assert [head.day for head in first] == [1, 0, 0, 0, 1, 2, 3]
    assert [head.in_hospital for head in second] == [True] * 6 + [False]
    drawing = drawn(cycle)
    heads = [head.box for head in drawing.heads]
    assert [(line.left, line.right) for line in drawing.hospital] == [
        (heads[0].left, heads[0].right),
        (heads[4].left, heads[6].right),
        (heads[7].left, heads[12].right),
    ]


def test_a_shortened_bag_says_how_long_it_runs_without_the_clock_s_mark() -> None:
    cycle = picture([HOURS_57])
    last = [piece for piece in cycle.pieces_of(10) if piece.clock]
    assert [(piece.clock, piece.clock_mark) for piece in last] == [(("runs 62 h",), "")]
    # 2026-10-29 09:00 to 2026-11-02: the limit of 96 h takes the hour that the clock gives.
    early = [piece for piece in cycle.pieces_of(5) if piece.clock]
    assert [(piece.clock[-1], piece.clock_mark) for piece in early] == [("1 h early", "clock")]
    undisturbed = cycle_with(96, 72, 96, 96, 72, 96, 48, 96)
    assert {piece.clock_mark for piece in undisturbed.pieces} == {"clock"}


@pytest.mark.req("REQ-INT-008")
def test_where_the_clock_time_is_kept_the_first_bag_is_shortened_to_the_column_s_line() -> None:
    # From 2026-11-04 10:00: 4 hours to 14:00, and the other days of the bag whole.
    plan = interrupted(KEPT_CLOCK)
    cycle = picture([KEPT_CLOCK])
    first = next(bag for bag in plan.bags if bag.restart)
    hours = {24: "4", 48: "28", 72: "52", 96: "76"}[first.duration_h]
    assert span(cycle, first.number) == (place(16, 10), (16 + first.duration_h // 24 - 1) * DAY)
    assert [piece.clock for piece in cycle.pieces_of(first.number) if piece.clock] == [(f"runs {hours} h",)]


@pytest.mark.parametrize("size", SIZES)
def test_a_narrow_bar_still_says_void_or_restart(size: tuple[int, int]) -> None:
    drawing = drawn(picture([IN_HOSPITAL]), size)
    words = [text.text for bar in drawing.bars if bar.piece.number == 1 for text in bar.texts]
    assert words[0].startswith("Bag 1")
    assert "VOID" in words
    drawing = drawn(picture([HOURS_57]), size)
    words = [text.text for bar in drawing.bars if bar.piece.number == 3 for text in bar.texts]
    assert "restart" in words


@pytest.mark.parametrize("size", SIZES)
def test_the_gap_says_when_it_was_stopped_and_restarted_in_the_longest_form_that_fits(
    size: tuple[int, int],
) -> None:
    # The second piece of the gap is 1 3/4 columns wide.
    first, second = drawn(picture([HOURS_57]), size).gaps
    assert [text.text for text in first.texts] in ([], ["stopped"])
    forms = {
        SIZES[0]: ["stopped OCT-26 00:00 –", "restarted OCT-28 09:00"],
        SIZES[1]: ["stopped OCT-26 00:00 –", "restarted OCT-28 09:00"],
        SIZES[2]: ["stopped OCT-26 00:00 – restarted OCT-28 09:00"],
    }
    assert [text.text for text in second.texts] == forms[size]
    longest = drawn(picture([SIX_DAYS]), SIZES[2]).gaps[0]
    assert [text.text for text in longest.texts] == [
        "stopped 2026-OCT-22 09:15 – restarted 2026-OCT-28 15:00"
    ]


def test_the_word_now_stands_at_its_line_inside_a_gap() -> None:
    drawing = drawn(picture([SIX_DAYS, SIX_MORE], toronto(11, 5, 3)))
    assert drawing.now is not None
    assert drawing.now.tag is not None
    assert drawing.now.tag.left <= drawing.now.line.left <= drawing.now.tag.right
    assert drawing.now.text == "Now"


def test_five_weeks_have_heads_of_one_line_with_the_infusion_day() -> None:
    heads = drawn(picture([IN_HOSPITAL]), SIZES[1]).heads
    said = {head.head.date_text: [text.text for text in head.texts] for head in heads}
    assert said["Mon OCT-19"] == ["OCT-19", "day 1"]
    assert said["Tue OCT-20"] == ["OCT-20", "stopped"]
    assert said["Fri OCT-23"] == ["OCT-23", "day 1"]
    assert said["Sun NOV-01"] == ["", "Sun NOV-01"], "closed: the lock has the room of the day"
