"""The picture of a cycle as weeks: what lies where, and what each bar says."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.ui.plan.cycles import cycle_with, plan_with
from ui.plan.cycle import BarPiece, Cycle

SEQUENCES = [
    (96, 72, 96, 96, 72, 96, 48, 96),
    (24,) * 28,
    (168, 168, 168, 168),
    (48, 96, 24, 24, 168, 96, 72, 72, 72),
]


def piece(cycle: Cycle, number: int, at: int = 0) -> BarPiece:
    return cycle.pieces_of(number)[at]


@pytest.mark.parametrize("sequence", SEQUENCES)
@pytest.mark.req("REQ-PLN-002")
def test_the_bars_cover_each_of_the_28_columns_once(sequence: tuple[int, ...]) -> None:
    cycle = cycle_with(*sequence)
    covered = [
        each.row * 7 + column for each in cycle.pieces for column in range(each.first_column, each.end_column)
    ]
    assert covered == list(range(28))
    assert [len(week) for week in cycle.weeks] == [7, 7, 7, 7]


@pytest.mark.req("REQ-PLN-003")
def test_the_wall_stands_before_day_8_and_no_bar_runs_across_it() -> None:
    cycle = cycle_with(96, 72, 96, 96, 96, 96, 96, 24)
    assert cycle.walls == (7 * 1440,)
    assert [each.number for each in cycle.pieces if each.low_dose] == [1, 2]
    assert all(each.low_dose == (each.row == 0) for each in cycle.pieces)


def test_a_bar_that_goes_on_repeats_number_dose_and_end_in_the_next_week() -> None:
    cycle = cycle_with(96, 72, 96, 96, 72, 96, 48, 96)
    first, second = cycle.pieces_of(4)
    assert (first.begins, first.ends, first.first_column, first.end_column) == (True, False, 4, 7)
    assert (second.begins, second.ends, second.first_column, second.end_column) == (False, True, 0, 1)
    assert first.heading == ("Bag 4 · 96 h", "Bag 4")
    assert second.heading == ("Bag 4, on",)
    assert second.dose == "28 mcg/day"
    assert second.times == ("change Tue NOV-03 13:00", "to NOV-03 13:00", "to Tue 13:00")


@pytest.mark.req("REQ-PLN-005")
def test_each_bag_that_the_end_of_daylight_saving_time_touches_says_so() -> None:
    cycle = cycle_with(96, 72, 96, 96, 72, 96, 48, 96)
    assert piece(cycle, 4).clock == ("1 h early: 96 h limit", "1 h early")
    assert piece(cycle, 4, 1).clock == ()
    assert piece(cycle, 5).clock == ("runs 73 h",)
    assert {each.number for each in cycle.pieces if each.clock} == {4, 5}
    marked = [head.date_text for week in cycle.weeks for head in week if head.clock_change]
    assert marked == ["Sat OCT-31"]
    assert [entry.text for entry in cycle.legend if entry.swatch == "clock"] == [
        "clock goes back NOV-01, then UTC-05:00"
    ]


@pytest.mark.req("REQ-PLN-005")
def test_a_7_day_bag_across_the_start_of_daylight_saving_time_runs_an_hour_less() -> None:
    cycle = cycle_with(
        168,
        168,
        168,
        168,
        **{"start_at": "2027-03-08T14:00", "patient.weight_taken_on": "2027-03-07"},
    )
    assert [(each.number, each.clock) for each in cycle.pieces if each.clock] == [(1, ("runs 167 h",))]
    assert "clock goes forward MAR-14, then UTC-04:00" in [entry.text for entry in cycle.legend]


@pytest.mark.req("REQ-PLN-010")
@pytest.mark.parametrize("zone", ["America/Vancouver", "America/Edmonton", "America/Winnipeg"])
def test_where_the_clock_does_not_change_nothing_is_marked(zone: str) -> None:
    cycle = cycle_with(168, 168, 168, 168, zone=zone)
    assert not [each for each in cycle.pieces if each.clock]
    assert not [entry for entry in cycle.legend if entry.swatch == "clock"]


@pytest.mark.req("REQ-ORD-013")
def test_where_the_zones_differ_both_clock_times_stand_on_the_bar() -> None:
    cycle = cycle_with(96, 72, 96, 96, 72, 96, 48, 96, zone="America/Halifax")
    assert piece(cycle, 1).times[0] == "change Fri OCT-23 14:00 (pharmacy 13:00)"
    assert piece(cycle_with(96, 72, 168, 168, 168), 1).times[0] == "change Fri OCT-23 14:00"


def test_days_that_the_order_wants_closed_carry_the_word_and_hospital_days_do_not() -> None:
    cycle = cycle_with(96, 72, 168, 168, 168)
    heads = [head for week in cycle.weeks for head in week]
    assert [head.day for head in heads if head.closed] == [13, 14, 20, 21, 27, 28]
    assert {head.closed_text for head in heads if head.closed} == {"closed"}
    assert [head.day for head in heads if head.in_hospital] == list(range(1, 10))
    assert heads[0].day_texts == ("day 1 · hospital", "day 1")


def test_a_public_holiday_is_closed_too() -> None:
    cycle = cycle_with(
        96,
        72,
        168,
        168,
        168,
        **{
            "start_at": "2026-12-14T14:00",
            "patient.weight_taken_on": "2026-12-12",
            "bags.holidays": "CA-ON",
            "bags.closed_days": [],
        },
    )
    closed = [head.date_text for week in cycle.weeks for head in week if head.closed]
    assert closed == ["Fri DEC-25", "Sat DEC-26", "Mon DEC-28", "Fri JAN-01"]


@pytest.mark.req("REQ-PLN-011")
def test_a_line_change_is_marked_where_dose_or_duration_changes() -> None:
    cycle = cycle_with(96, 72, 96, 96, 72, 96, 48, 96)
    marked = [each.number for each in cycle.pieces if each.new_set]
    assert marked == [2, 3, 5, 6, 7, 8]
    assert all(each.begins for each in cycle.pieces if each.new_set)


@pytest.mark.req("REQ-SUP-006")
def test_a_7_day_bag_is_marked_bacteriostatic_and_the_others_preservative_free() -> None:
    cycle = cycle_with(48, 96, 24, 24, 168, 96, 72, 72, 72)
    assert {each.number for each in cycle.pieces if each.bacteriostatic} == {5}
    assert {each.diluent for each in cycle.pieces_of(5)} == {"BACTERIOSTATIC"}
    assert piece(cycle, 1).diluent == "preservative-free"


def test_up_and_down_lead_to_the_bag_in_the_week_above_or_below() -> None:
    cycle = cycle_with(96, 72, 96, 96, 72, 96, 48, 96)
    assert cycle.in_week(1, 1) == 3
    assert cycle.in_week(2, 1) == 4
    assert cycle.in_week(7, -1) == 5
    assert cycle.in_week(8, 1) == 8
    assert cycle.in_week(1, -1) == 1


def test_the_legend_names_only_what_is_in_the_picture() -> None:
    swatches = [entry.swatch for entry in cycle_with(168, 168, 168, 168).legend]
    assert swatches == ["low", "full", "bacteriostatic", "wall", "hospital", "lock", "new-set", "clock", ""]
    plain = cycle_with(
        168,
        168,
        168,
        168,
        **{
            "indication": "consolidation",
            "prescribed": [{"from_day": 1, "to_day": 28, "mcg_per_day": "28"}],
            "start_at": "2026-11-23T14:00",
            "patient.weight_taken_on": "2026-11-20",
            "bags.closed_days": [],
            "bags.hospital_days": 0,
        },
    )
    assert [entry.swatch for entry in plain.legend] == ["full", "bacteriostatic", ""]


def test_the_bars_follow_the_bags_without_a_gap_in_time() -> None:
    plan = plan_with(96, 72, 96, 96, 72, 96, 48, 96)
    assert all(before.change_at == after.start_at for before, after in pairwise(plan.bags))
