"""Clock times and instants: skipped, twice, and ordinary ones."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from pharmacy_app.domain.clock import (
    date_text,
    elapsed,
    first_instant,
    instants,
    offset_text,
    shown,
    time_text,
)

TORONTO, LORD_HOWE, APIA = (
    ZoneInfo("America/Toronto"),
    ZoneInfo("Australia/Lord_Howe"),
    ZoneInfo("Pacific/Apia"),
)


def clock(text: str) -> datetime:
    return datetime.fromisoformat(text)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.req("REQ-PLN-005", "REQ-ORD-014")
@pytest.mark.parametrize(
    ("time", "zone", "expected"),
    [
        ("2026-11-01T14:00", TORONTO, ["2026-11-01T19:00"]),
        ("2026-10-31T14:00", TORONTO, ["2026-10-31T18:00"]),
        ("2026-11-01T01:30", TORONTO, ["2026-11-01T05:30", "2026-11-01T06:30"]),
        ("2026-11-01T00:59", TORONTO, ["2026-11-01T04:59"]),
        ("2026-11-01T01:00", TORONTO, ["2026-11-01T05:00", "2026-11-01T06:00"]),
        ("2026-11-01T02:00", TORONTO, ["2026-11-01T07:00"]),
        ("2027-03-14T01:59", TORONTO, ["2027-03-14T06:59"]),
        ("2027-03-14T02:00", TORONTO, []),
        ("2027-03-14T02:59", TORONTO, []),
        ("2027-03-14T03:00", TORONTO, ["2027-03-14T07:00"]),
        ("2027-04-04T01:45", LORD_HOWE, ["2027-04-03T14:45", "2027-04-03T15:15"]),
    ],
)
def test_a_clock_time_comes_never_once_or_twice(time: str, zone: ZoneInfo, expected: list[str]) -> None:
    assert instants(clock(time), zone) == tuple(utc(each) for each in expected)


@pytest.mark.req("REQ-PLN-005")
@pytest.mark.parametrize(
    ("time", "zone", "expected"),
    [
        ("2026-11-01T01:30", TORONTO, "2026-11-01T05:30"),
        ("2027-03-14T02:00", TORONTO, "2027-03-14T07:00"),
        ("2027-03-14T02:30", TORONTO, "2027-03-14T07:00"),
        ("2027-03-14T02:59", TORONTO, "2027-03-14T07:00"),
        ("2027-03-14T03:00", TORONTO, "2027-03-14T07:00"),
        ("2026-10-04T02:15", LORD_HOWE, "2026-10-03T15:30"),
        ("2011-12-30T14:00", APIA, "2011-12-30T10:00"),  # a whole day that Samoa left out
    ],
)
def test_a_skipped_time_moves_to_the_end_of_the_gap_and_a_double_one_is_the_first(
    time: str, zone: ZoneInfo, expected: str
) -> None:
    assert first_instant(clock(time), zone) == utc(expected)


@pytest.mark.req("REQ-PLN-005")
def test_elapsed_hours_are_those_that_really_pass() -> None:
    def toronto(time: str) -> datetime:
        return clock(time).replace(tzinfo=TORONTO)

    assert elapsed(toronto("2026-10-31T14:00"), toronto("2026-11-01T14:00")).value == 25
    assert elapsed(toronto("2027-03-13T14:00"), toronto("2027-03-14T14:00")).value == 23
    assert elapsed(toronto("2026-11-23T14:00"), toronto("2026-11-30T14:00")).value == 168
    assert elapsed(toronto("2026-11-23T14:00"), toronto("2026-11-23T14:30")).value == Decimal("0.5")


@pytest.mark.req("REQ-PLN-010")
def test_a_time_is_shown_as_its_clock_shows_it_and_with_its_offset() -> None:
    assert shown(utc("2026-11-01T06:30"), TORONTO) == clock("2026-11-01T01:30")
    assert offset_text(utc("2026-11-01T06:30").astimezone(TORONTO)) == "UTC-05:00"
    assert offset_text(utc("2026-11-01T05:30").astimezone(TORONTO)) == "UTC-04:00"
    assert offset_text(utc("2026-07-01T05:30").astimezone(ZoneInfo("America/St_Johns"))) == "UTC-02:30"


def test_dates_are_written_so_that_they_cannot_be_misread() -> None:
    assert date_text(date(2026, 3, 5)) == "2026-MAR-05"
    assert time_text(clock("2026-03-05T14:00")) == "2026-MAR-05 14:00"
    months = [date_text(date(2026, month, 1))[5:8] for month in range(1, 13)]
    assert months == ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
