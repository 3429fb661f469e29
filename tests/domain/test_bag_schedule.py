"""When each bag is changed: the clock time of its last day or its room limit, whichever comes first."""

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from pharmacy_app.domain.bag_schedule import BagTimes, DoseTime, as_timedelta, cycle_stretch, schedule
from pharmacy_app.domain.quantity import DoseRate, Duration

LIMITS = {24: Duration(Decimal(96)), 72: Duration(Decimal(96)), 96: Duration(Decimal(96))}
LIMITS |= {168: Duration(Decimal(168))}


def times(
    start: str, sequence_h: list[int], limits: dict[int, Duration] | None = None
) -> tuple[BagTimes, ...]:
    doses = (DoseTime(DoseRate(Decimal(28)), 28 * 1440),)
    stretch = cycle_stretch(datetime.fromisoformat(start), ZoneInfo("America/Toronto"), doses)
    return schedule(stretch, sequence_h, limits or LIMITS)


def changes(bags: tuple[BagTimes, ...]) -> list[str]:
    return [bag.change_at.isoformat(timespec="minutes") for bag in bags]


@pytest.mark.req("REQ-PLN-004")
def test_bags_are_changed_at_the_clock_time_of_the_start() -> None:
    bags = times("2027-01-04T14:00", [72, 96, 168])
    assert changes(bags) == ["2027-01-07T14:00-05:00", "2027-01-11T14:00-05:00", "2027-01-18T14:00-05:00"]
    assert [(bag.first_day, bag.last_day) for bag in bags] == [(1, 3), (4, 7), (8, 14)]
    assert {bag.early.value for bag in bags} == {0}


@pytest.mark.req("REQ-PLN-005")
def test_a_96_h_bag_ends_at_its_limit_and_a_72_h_bag_takes_the_clock_time_up_again() -> None:
    bags = times("2026-10-29T14:00", [96, 96, 72, 96])
    assert changes(bags) == [
        "2026-11-02T13:00-05:00",
        "2026-11-06T13:00-05:00",
        "2026-11-09T14:00-05:00",
        "2026-11-13T14:00-05:00",
    ]
    assert [bag.elapsed.number for bag in bags] == ["96", "96", "73", "96"]
    assert [bag.early.number for bag in bags] == ["1", "1", "0", "0"]


@pytest.mark.req("REQ-PLN-005")
def test_a_longer_room_limit_lets_the_bag_run_to_its_clock_time() -> None:
    """The limit is a figure of the protocol: 97 h are enough for the hour that comes twice."""
    bags = times("2026-10-29T14:00", [96, 96], LIMITS | {96: Duration(Decimal(97))})
    assert changes(bags) == ["2026-11-02T14:00-05:00", "2026-11-06T14:00-05:00"]
    assert [bag.elapsed.number for bag in bags] == ["97", "96"]


@pytest.mark.req("REQ-PLN-005")
def test_a_limit_may_have_a_decimal() -> None:
    assert as_timedelta(Duration(Decimal("96.5"))) == timedelta(days=4, minutes=30)
    bags = times("2026-10-29T14:00", [96], LIMITS | {96: Duration(Decimal("96.5"))})
    assert changes(bags) == ["2026-11-02T13:30-05:00"]
    assert bags[0].early.number == "0.5"


@pytest.mark.req("REQ-PLN-005")
def test_it_is_known_which_clock_time_was_skipped_or_came_twice() -> None:
    skipped = times("2027-03-13T02:30", [24, 24])
    assert [bag.clock_time_skipped for bag in skipped] == [True, False]
    assert [bag.clock_time_twice for bag in skipped] == [False, False]
    twice = times("2026-10-31T01:30", [24, 24])
    assert [bag.clock_time_twice for bag in twice] == [True, False]
    assert [bag.clock_time_skipped for bag in twice] == [False, False]
    assert changes(twice)[0] == "2026-11-01T01:30-04:00"
