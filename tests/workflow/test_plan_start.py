"""The start: which change times follow from it, in which zone, and whether it can be one at all."""

from datetime import UTC, datetime, timedelta

import pytest

from pharmacy_app.domain.plan import Plan
from pharmacy_app.intake.order_json import read_order
from tests.support.orders import document_starting, order_document
from tests.support.rulebooks import plan_of, protocol, rulebook


def codes(plan: Plan) -> dict[str, str]:
    return {each.code: each.severity.value for each in plan.findings}


@pytest.mark.req("REQ-ORD-009")
def test_every_change_time_follows_from_the_start() -> None:
    """Three days later and one hour later: so is each change."""
    first = plan_of(document_starting("2027-01-04T14:00", bags={"sequence_h": [72, 96, 168, 168, 168]}))
    later = plan_of(document_starting("2027-01-07T15:00", bags={"sequence_h": [72, 96, 168, 168, 168]}))
    assert [f"{bag.change_at:%a %Y-%m-%d %H:%M}" for bag in first.bags] == [
        "Thu 2027-01-07 14:00",
        "Mon 2027-01-11 14:00",
        "Mon 2027-01-18 14:00",
        "Mon 2027-01-25 14:00",
        "Mon 2027-02-01 14:00",
    ]
    assert [f"{bag.change_at:%a %Y-%m-%d %H:%M}" for bag in later.bags] == [
        "Sun 2027-01-10 15:00",
        "Thu 2027-01-14 15:00",
        "Thu 2027-01-21 15:00",
        "Thu 2027-01-28 15:00",
        "Thu 2027-02-04 15:00",
    ]


@pytest.mark.req("REQ-ORD-013")
@pytest.mark.parametrize(
    ("zone", "offset", "hung_utc"),
    [
        ("America/Toronto", "-05:00", "19:00"),
        ("America/Vancouver", "-07:00", "21:00"),
        ("America/St_Johns", "-03:30", "17:30"),
    ],
)
def test_the_zone_of_the_place_of_infusion_drives_the_plan(zone: str, offset: str, hung_utc: str) -> None:
    plan = plan_of(order_document(time_zone=zone))
    assert plan.bags[0].start_at.isoformat(timespec="minutes") == f"2026-11-23T14:00{offset}"
    assert f"{plan.bags[0].start_at.astimezone(UTC):%H:%M}" == hung_utc
    assert {bag.change_at.isoformat()[-6:] for bag in plan.bags} == {offset}


@pytest.mark.req("REQ-ORD-013")
def test_a_pharmacy_in_another_zone_is_noted() -> None:
    assert rulebook().site.time_zone == "America/Toronto"
    assert codes(plan_of(order_document(time_zone="America/Vancouver"))).get("plan.two-zones") == "note"
    assert "plan.two-zones" not in codes(plan_of(order_document(time_zone="America/Toronto")))


@pytest.mark.req("REQ-ORD-014")
@pytest.mark.parametrize(
    ("start_at", "zone", "choices"),
    [
        ("2027-03-14T02:30", "America/Toronto", {"earlier": "2027-03-14T01:59", "later": "2027-03-14T03:00"}),
        ("2027-03-14T02:00", "America/Toronto", {"earlier": "2027-03-14T01:59", "later": "2027-03-14T03:00"}),
        (
            "2026-10-04T02:15",
            "Australia/Lord_Howe",
            {"earlier": "2026-10-04T01:59", "later": "2026-10-04T02:30"},
        ),
        ("2026-11-01T01:30", "America/Toronto", {"first": "UTC-04:00", "second": "UTC-05:00"}),
        ("2026-11-01T01:00", "America/St_Johns", {"first": "UTC-02:30", "second": "UTC-03:30"}),
        ("2027-04-04T01:45", "Australia/Lord_Howe", {"first": "UTC+11:00", "second": "UTC+10:30"}),
    ],
)
def test_a_start_that_does_not_exist_or_exists_twice_is_refused_naming_the_choices(
    start_at: str, zone: str, choices: dict[str, str]
) -> None:
    reading = read_order(document_starting(start_at, time_zone=zone), protocol())
    assert reading.order is None
    (refusal,) = reading.refusals
    assert (refusal.field, refusal.given) == ("start_at", start_at)
    assert choices.items() <= refusal.values.items()


@pytest.mark.req("REQ-ORD-014")
@pytest.mark.parametrize(
    ("start_at", "zone"),
    [
        ("2027-03-14T01:59", "America/Toronto"),
        ("2027-03-14T03:00", "America/Toronto"),
        ("2026-11-01T00:59", "America/Toronto"),
        ("2026-11-01T02:00", "America/Toronto"),
        ("2026-11-01T01:30", "America/Vancouver"),
        ("2027-03-14T02:30", "America/Edmonton"),
    ],
)
def test_a_start_beside_the_change_or_where_none_is_can_be_planned(start_at: str, zone: str) -> None:
    assert plan_of(document_starting(start_at, time_zone=zone)).bags


@pytest.mark.req("REQ-ORD-014")
def test_a_start_in_the_past_needs_a_reason_and_stops_no_plan() -> None:
    start = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)  # 14:00 in Toronto, five hours behind
    at_once = plan_of(order_document(), now=start)
    past = plan_of(order_document(), now=start + timedelta(minutes=1))
    assert "order.start-past" not in codes(at_once)
    assert codes(past)["order.start-past"] == "reason"
    assert past.bags == at_once.bags
