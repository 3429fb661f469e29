"""Where and when an order starts: a zone of the pinned rules, and a clock time that comes there once."""

from __future__ import annotations

import pytest

from pharmacy_app.intake.order_json import read_order
from tests.support.orders import order, order_document
from tests.support.rulebooks import protocol


@pytest.mark.req("REQ-PLN-010")
@pytest.mark.parametrize(
    "zone",
    [
        "america/toronto", "AMERICA/TORONTO", "America/Toronto ", "America/", "America", "EST5EDT4",
        "+05:00", "UTC-5", "../../../etc/passwd", "/etc/passwd", "America/../America/Toronto",
        "./America/Toronto", "posix/America/Toronto", "right/America/Toronto", "America/Toronto\u0000",
        "zone.tab", "tzdata.zi", "leapseconds", "America\\Toronto", "Am\u00e9rica/Toronto", "x" * 5000,
    ],
    ids=lambda zone: ascii(zone)[:40],
)  # fmt: skip
def test_a_zone_is_exactly_a_name_of_the_pinned_rules(zone: str) -> None:
    refusals = read_order(order_document(time_zone=zone), protocol()).refusals
    assert [each.field for each in refusals] == ["time_zone"]


@pytest.mark.parametrize(
    "zone", ["America/St_Johns", "America/Halifax", "America/Vancouver", "Etc/UTC", "UTC"]
)
def test_zones_of_the_pinned_rules_are_taken(zone: str) -> None:
    assert order(time_zone=zone).time_zone == zone


@pytest.mark.req("REQ-ORD-014")
@pytest.mark.parametrize(
    ("start_at", "zone", "code", "values"),
    [
        (
            "2027-03-14T02:30",
            "America/Toronto",
            "expected.clock-time-exists",
            {"earlier": "2027-03-14T01:59", "later": "2027-03-14T03:00"},
        ),
        (
            "2026-11-01T01:30",
            "America/Toronto",
            "expected.clock-time-once",
            {
                "first": "UTC-04:00",
                "second": "UTC-05:00",
                "earlier": "2026-11-01T00:59",
                "later": "2026-11-01T02:00",
            },
        ),
        (
            "2011-12-30T12:00",
            "Pacific/Apia",
            "expected.clock-time-exists",
            {"earlier": "2011-12-29T23:59", "later": "2011-12-31T00:00"},
        ),
        (
            "2027-04-04T01:45",
            "Australia/Lord_Howe",
            "expected.clock-time-once",
            {
                "first": "UTC+11:00",
                "second": "UTC+10:30",
                "earlier": "2027-04-04T01:29",
                "later": "2027-04-04T02:00",
            },
        ),
    ],
)
def test_a_start_that_does_not_exist_or_exists_twice_names_the_choices(
    start_at: str, zone: str, code: str, values: dict[str, str]
) -> None:
    found = read_order(order_document(start_at=start_at, time_zone=zone), protocol()).refusals
    assert [(each.field, each.given, each.code, each.values) for each in found] == [
        ("start_at", start_at, code, values)
    ]


@pytest.mark.req("REQ-ORD-014")
@pytest.mark.parametrize(
    ("start_at", "zone"),
    [
        ("2027-03-14T01:59", "America/Toronto"),
        ("2027-03-14T03:00", "America/Toronto"),
        ("2026-11-01T00:59", "America/Toronto"),
        ("2026-11-01T02:00", "America/Toronto"),
        ("2026-11-01T01:30", "America/Vancouver"),
        ("2026-11-01T01:30", "America/Regina"),
    ],
)
def test_a_start_that_exists_once_is_taken(start_at: str, zone: str) -> None:
    changes = {"start_at": start_at, "time_zone": zone, "patient.weight_taken_on": start_at[:10]}
    assert order(**changes).start_at.isoformat(timespec="minutes") == start_at
