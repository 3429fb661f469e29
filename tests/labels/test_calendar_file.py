"""The plan's calendar file, read back by another library: the right instants, whole words, the same bytes."""

from __future__ import annotations

import pytest

from tests.labels.plans import AUTUMN, SPRING, STOPPED
from tests.support.plan_calendars import instants, plan, read, written


def moments(changes: dict[str, object]) -> list[str]:
    return instants(read(written(plan(changes))))


# By hand, from REQ-PLN-005: 14:00 by the clock of the place each time; the bag of 96 h that hangs when the
# clock goes back is changed at its limit, an hour earlier by the clock.
@pytest.mark.req("REQ-PLN-005", "REQ-PLN-010")
@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("America/Toronto", ["10-19 18:00", "10-23 18:00", "10-26 18:00", "10-30 18:00", "11-03 18:00",
                             "11-06 19:00", "11-10 19:00", "11-12 19:00", "11-16 19:00"]),
        ("America/St_Johns", ["10-19 16:30", "10-23 16:30", "10-26 16:30", "10-30 16:30", "11-03 16:30",
                              "11-06 17:30", "11-10 17:30", "11-12 17:30", "11-16 17:30"]),
        ("America/Vancouver", ["10-19 21:00", "10-23 21:00", "10-26 21:00", "10-30 21:00", "11-03 21:00",
                               "11-06 21:00", "11-10 21:00", "11-12 21:00", "11-16 21:00"]),
    ],
)  # fmt: skip
def test_every_change_is_at_its_instant_when_the_clock_goes_back(zone: str, expected: list[str]) -> None:
    assert moments({**AUTUMN, "time_zone": zone}) == expected


@pytest.mark.req("REQ-PLN-005", "REQ-PLN-010")
@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("America/Toronto", ["03-01 19:00", "03-05 19:00", "03-08 19:00", "03-12 19:00", "03-16 18:00",
                             "03-19 18:00", "03-23 18:00", "03-25 18:00", "03-29 18:00"]),
        ("America/St_Johns", ["03-01 17:30", "03-05 17:30", "03-08 17:30", "03-12 17:30", "03-16 16:30",
                              "03-19 16:30", "03-23 16:30", "03-25 16:30", "03-29 16:30"]),
        ("America/Regina", ["03-01 20:00", "03-05 20:00", "03-08 20:00", "03-12 20:00", "03-16 20:00",
                            "03-19 20:00", "03-23 20:00", "03-25 20:00", "03-29 20:00"]),
    ],
)  # fmt: skip
def test_every_change_is_at_its_instant_when_the_clock_goes_forward(zone: str, expected: list[str]) -> None:
    assert moments({**SPRING, "time_zone": zone}) == expected


@pytest.mark.req("REQ-INT-003")
def test_after_an_interruption_the_next_bag_is_hung_at_the_restart_and_the_cycle_ends_later() -> None:
    events = read(written(plan(STOPPED)))
    hung = {each.summary.split(" (")[0]: f"{each.at:%m-%d %H:%M}" for each in events[:-1]}
    assert hung["TRAINING – NOT FOR PATIENT USE – Blinatumomab bag 3 of 8"] == "11-30 19:00"
    assert hung["TRAINING – NOT FOR PATIENT USE – Blinatumomab bag 4 of 8"] == "12-06 22:45"
    assert f"{events[-1].at:%m-%d %H:%M}" == "12-25 03:15"  # 28 days infused, less what no pump is set for


def test_every_line_is_at_most_75_octets_and_no_letter_is_parted() -> None:
    changes = {"patient.given_names": "Ắnh", "patient.family_name": "Ễ"}
    file = written(plan(changes))
    lines = file.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode("utf-8") is not None for line in lines)
    assert "Ắ. Ễ. RX-1001" in read(file)[0].summary


def test_what_the_file_says_of_each_entry_is_read_back_whole() -> None:
    first, *_ = read(written(plan()))
    assert (first.sequence, first.status, first.private) == (1, "CONFIRMED", True)
    assert f"{first.stamp:%Y-%m-%d %H:%M %Z}" == "2026-11-20 15:00 UTC"
    assert "START at 2026-NOV-23 14:00 UTC-05:00, America/Toronto: hang bag 1.\n" in first.description


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert written(plan(AUTUMN)) == written(plan(AUTUMN))


def test_no_entry_says_how_long_a_change_takes_and_none_rings() -> None:
    file = written(plan())
    assert [name for name in (b"DTEND", b"DURATION", b"VALARM", b"TZID", b"LOCATION") if name in file] == []
