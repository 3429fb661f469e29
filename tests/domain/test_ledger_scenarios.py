"""What a scan answers, hour by hour. Each table can be checked with a clock and a pencil.

Training site: 1 h of handling is forgiven. Room limits: 96 h, 7-day bags 168 h. Rates: 24 h 10, 72 h 3.3,
96 h 2.5, 7 days 0.6 mL/h. Clock times in Toronto on the day on which the bag is planned to be hung, at 14:00.
"""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.support.ledgers import Made, codes, planned_bags, shown, training_site

MONDAY = "2026-11-23T14:00"
TIGHT = planned_bags([96] * 7, MONDAY)  # no bag has an hour to spare
ABSORBING = planned_bags([96, 72, *[96] * 5, 24], MONDAY)  # the second may run up to 24 h longer
DAILY = planned_bags([24] * 28, MONDAY)
WEEKLY = planned_bags([168] * 4, MONDAY)
LOW_FIRST = {
    "indication": "relapsed-refractory",
    "prescribed": [
        {"from_day": 1, "to_day": 7, "mcg_per_day": "9"},
        {"from_day": 8, "to_day": 28, "mcg_per_day": "28"},
    ],
}
WALLED = planned_bags([168] * 4, MONDAY, **LOW_FIRST)  # the dose changes with the second bag
SHORT_WALL = planned_bags([96, 72, *[96] * 5, 24], MONDAY, **LOW_FIRST)  # and with the third

# mixed    in     out    now     answer   change       mL     codes of the reasons
STRAIGHT = """
96 h bags, no hour to spare
TIGHT      1  09:00  09:40  13:40  13:59  not-yet  11-27 14:00  240    not-before
TIGHT      1  09:00  09:40  13:40  14:00  hang     11-27 14:00  240    -
TIGHT 1 09:00 09:40 13:40 14:01 expired 11-27 13:00 237.5 end-would-move counted.handled
TIGHT      7  09:00  09:40  13:40  14:00  hang     12-21 14:00  240    -
7-day bags, no hour to spare
WEEKLY     2  09:00  09:20  13:30  14:00  hang     12-07 14:00  100.8  -
WEEKLY     2  09:00  09:20  13:19  14:00  expired  12-07 12:59  100.2  end-would-move counted.handled
WALLED     1  09:00  09:20  13:19  14:00  expired  11-30 12:59  100.2  wall-would-move counted.handled
a bag after it has hours to spare
ABSORBING 1 09:00 09:40 13:40 14:01 hang 11-27 13:00 237.5 earlier-change counted.handled hung-late
SHORT_WALL 1  09:00  09:40  13:39  14:00  hang     11-27 12:59  237.5  earlier-change counted.handled
SHORT_WALL 2  09:00  09:40  13:39  14:00  hang     11-30 14:00  237.6  counted.handled
"""
LATE = """
the change does not move; from 4 h on it is an interruption
TIGHT 1 09:00 09:40 14:00 14:30 expired 11-27 13:20 237.1 end-would-move counted.handled
TIGHT      1  09:00  09:40  14:10  14:30  hang     11-27 14:00  238.8  hung-late
TIGHT      1  09:00  09:40  17:39  17:59  hang     11-27 14:00  230    hung-late
TIGHT      1  09:00  09:40  17:40  18:00  hang     11-27 14:00  230    hung-late interruption
DAILY      1  09:00  09:40  13:40  23:00  hang     11-24 14:00  150    counted.handled hung-late interruption
DAILY      1  09:00  09:40  13:40  +1/13:59 hang   11-24 14:00  0.2    counted.handled hung-late interruption
DAILY      1  09:00  09:40  13:40  +1/14:00 expired 11-24 14:00 240    past-start-by
WEEKLY     1  09:00  09:20  19:50  20:00  hang     11-30 14:00  97.2   hung-late interruption
"""
MISSING = """
never refrigerated: from mixing to the end
DAILY      1  09:00  -      -      14:00  hang     11-24 14:00  240    counted.never-refrigerated
TIGHT 1 09:00 - - 14:00 expired 11-27 09:00 227.5 end-would-move counted.never-refrigerated
ABSORBING 1 09:00 - - 14:00 hang 11-27 09:00 227.5 earlier-change counted.never-refrigerated
ABSORBING 1 01:00 - - 14:00 hang 11-27 01:00 207.5 earlier-change counted.never-refrigerated
ABSORBING 1 00:59 - - 14:00 expired 11-27 00:59 207.5 next-cannot-hang counted.never-refrigerated
DAILY      1  -4/14:00 -    -      14:00  expired  11-24 14:00  240    past-start-by
no entry that it went in: as if never refrigerated
ABSORBING 1 09:00 - 13:40 14:00 hang 11-27 09:00 227.5 earlier-change counted.never-refrigerated
no entry that it came out: as if it came out at once, where that changes nothing
DAILY      1  09:00  09:40  -      14:00  hang     11-24 14:00  240    counted.not-taken-out
DAILY      1  -3/09:00 -3/09:40 -  14:00  not-yet  11-24 14:00  240    take-out-first
TIGHT      1  09:00  09:40  -      14:00  not-yet  11-27 14:00  240    take-out-first
TIGHT      1  09:00  09:40  -      13:59  not-yet  11-27 14:00  240    not-before
"""
STORED = """
10 days in the refrigerator, from mixing
DAILY     12  -10/14:01 -10/14:20 13:50 14:00  hang     12-05 14:00  240  -
DAILY     12  -10/14:00 -10/14:20 13:50 14:00  expired  12-05 14:00  240  past-start-by
out too early: 96 h at room temperature, the infusion included
TIGHT      2  -2/09:00 -2/09:40 02:00 14:00  expired  12-01 01:20  208.3  end-would-move counted.handled
DAILY      5  -4/09:00 -4/09:40 -4/14:00 13:00 expired 11-28 14:00 240    room-time-over not-before
DAILY      5  -4/09:00 -4/09:40 -4/14:00 13:20 expired 11-28 14:00 240    past-start-by not-before
"""


AUTUMN = planned_bags([96] * 7, "2026-10-29T14:00")  # the first bag reaches its limit an hour early
AUTUMN_DAY = planned_bags([24] * 28, "2026-10-31T14:00")  # the first bag runs 25 h
SPRING = planned_bags([96] * 7, "2027-03-11T14:00")  # the first bag runs 95 h: an hour to spare
CLOCKS = """
the clock goes back on 2026-11-01: the change is an hour earlier by the clock, or the bag runs an hour longer
AUTUMN     1  09:00  09:40  13:40  14:00  hang     11-02 13:00  240    -
AUTUMN     1  09:00  09:40  14:40  15:00  hang     11-02 13:00  237.5  hung-late
AUTUMN 1 09:00 09:40 13:40 14:01 expired 11-02 12:00 237.5 end-would-move counted.handled
AUTUMN_DAY 1  09:00  09:40  13:40  14:00  hang     11-01 14:00  250    -
AUTUMN_DAY 1  09:00  09:40  14:40  15:00  hang     11-01 14:00  240    hung-late
AUTUMN_DAY 1  09:00  09:40  17:40  17:59  hang     11-01 14:00  210.2  hung-late
AUTUMN_DAY 1  09:00  09:40  17:40  18:00  hang     11-01 14:00  210    hung-late interruption
AUTUMN_DAY 2  -1/23:30 -  -  14:00  hang     11-02 14:00  240    counted.never-refrigerated
the clock goes forward on 2027-03-14
SPRING     1  09:00  09:40  13:40  14:00  hang     03-15 14:00  237.5  -
SPRING     1  09:00  09:40  13:39  14:00  expired  03-15 13:59  237.5  end-would-move counted.handled
SPRING     1  09:00  10:00  13:00  14:00  expired  03-15 13:00  235    end-would-move counted.handled
"""


def rows(table: str) -> list[tuple[Made, str, str]]:
    """A bag, the time of the scan, and what the scan answers; other lines say what follows."""
    found = []
    for line in table.strip().splitlines():
        cells = line.split()
        if cells[0] in globals():
            plan, number, mixed, put_in, taken_out, now, *expected = cells
            made = Made(globals()[plan], int(number), mixed, put_in, taken_out)
            found.append((made, now, " ".join(expected)))
    return found


def said(made: Made, now: str, previous_change: datetime | None = None) -> str:
    """Answer, change, volume, and the codes of the reasons without their table's name."""
    found = made.ask(now, previous_change=previous_change)
    assert found.volume is not None
    reasons = " ".join(each.removeprefix("ledger.") for each in codes(found)) or "-"
    return f"{found.answer.value} {shown(found.change_at)} {found.volume.number} {reasons}"


@pytest.mark.req("REQ-BUD-006", "REQ-HND-002")
@pytest.mark.parametrize(("made", "now", "expected"), rows(STRAIGHT))
def test_a_bag_is_hung_straight_from_the_refrigerator(made: Made, now: str, expected: str) -> None:
    assert said(made, now) == expected


@pytest.mark.req("REQ-BUD-008", "REQ-HND-002")
@pytest.mark.parametrize(("made", "now", "expected"), rows(LATE))
def test_a_bag_that_is_hung_late_runs_to_its_change(made: Made, now: str, expected: str) -> None:
    assert said(made, now) == expected


@pytest.mark.req("REQ-BUD-006")
@pytest.mark.parametrize(("made", "now", "expected"), rows(MISSING))
def test_a_missing_entry_counts_as_the_worst(made: Made, now: str, expected: str) -> None:
    assert said(made, now) == expected


@pytest.mark.req("REQ-BUD-004", "REQ-BUD-005")
@pytest.mark.parametrize(("made", "now", "expected"), rows(STORED))
def test_storage_ends(made: Made, now: str, expected: str) -> None:
    assert said(made, now) == expected


@pytest.mark.req("REQ-PLN-005", "REQ-BUD-006", "REQ-BUD-008")
@pytest.mark.parametrize(("made", "now", "expected"), rows(CLOCKS))
def test_hours_are_elapsed_hours_where_the_clock_changes(made: Made, now: str, expected: str) -> None:
    assert said(made, now) == expected


@pytest.mark.req("REQ-BUD-006")
@pytest.mark.parametrize(
    ("put_in", "taken_out", "expected"),
    [
        ("09:00", "14:00", "hang 11-27 14:00 240 -"),
        ("09:01", "14:00", "expired 11-27 13:59 240 end-would-move counted.handled"),
    ],
)
def test_where_the_site_forgives_nothing_every_minute_counts(
    put_in: str, taken_out: str, expected: str
) -> None:
    made = Made(TIGHT, 1, "09:00", put_in, taken_out, site=training_site(handling_allowance=None))
    assert said(made, "14:00") == expected


@pytest.mark.req("REQ-BUD-006", "REQ-PLN-005")
def test_the_hour_that_spring_leaves_to_spare_can_be_used() -> None:
    nothing_forgiven = training_site(handling_allowance=None)
    hour = Made(SPRING, 1, "09:00", "09:40", "13:40", site=nothing_forgiven)
    assert said(hour, "14:00") == "hang 03-15 14:00 237.5 counted.handled"
    minute_more = Made(SPRING, 1, "09:00", "09:40", "13:39", site=nothing_forgiven)
    assert minute_more.ask("14:00").answer.value == "expired"


@pytest.mark.req("REQ-BUD-003", "REQ-BUD-006")
def test_the_site_s_limit_at_room_temperature_holds_outside_the_refrigerator_too() -> None:
    site = training_site(sterility_room=training_site().handling_allowance)  # 1 h, of which 40 min were used
    assert said(Made(DAILY, 1, taken_out="13:41", site=site), "14:00") == ("hang 11-24 14:00 240 -")
    assert said(Made(DAILY, 1, taken_out="13:40", site=site), "14:00").startswith(
        "expired 11-24 14:00 240 past-start-by"
    )


@pytest.mark.req("REQ-BUD-003")
def test_a_bag_never_refrigerated_is_not_hung_where_the_site_s_room_limit_is_not_set() -> None:
    made = Made(DAILY, 1, "09:00", "-", "-", site=training_site(sterility_room=None))
    assert said(made, "14:00") == (
        "expired 11-24 14:00 240 beyond-use.sterility-not-set counted.never-refrigerated"
    )
    assert said(made, "13:00") == "not-yet 11-24 14:00 240 not-before"


@pytest.mark.req("REQ-BUD-006")
def test_the_next_bag_hangs_when_the_one_before_it_had_to_be_changed_earlier() -> None:
    made = Made(ABSORBING, 2, taken_out="12:45")  # the bag before it was told 13:00, the label says 14:00
    earlier = made.at("13:00")
    assert said(made, "12:59", previous_change=earlier) == "not-yet 11-30 14:00 240.9 not-before"
    assert said(made, "13:00", previous_change=earlier) == "hang 11-30 14:00 240.9 -"
    assert said(made, "13:00") == "not-yet 11-30 14:00 237.6 not-before"


@pytest.mark.req("REQ-BUD-006")
def test_a_bag_before_it_that_was_told_a_later_change_moves_nothing() -> None:
    made = Made(ABSORBING, 2)
    assert said(made, "14:00", previous_change=made.at("15:00")) == "hang 11-30 14:00 237.6 -"


def test_the_tables_are_all_read() -> None:
    counts = [len(rows(each)) for each in (STRAIGHT, LATE, MISSING, STORED, CLOCKS)]
    assert counts == [10, 8, 11, 5, 11]
