"""The interruptions of an order document: certain instants, in the order of time, or refused."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.order import Interruption, InterruptionKind, Order
from pharmacy_app.intake.order_json import read_order
from tests.support.orders import ABSENT, order, order_document
from tests.support.rulebooks import protocol

FIRST = {"stopped_at": "2026-11-27T09:30", "restarted_at": "2026-11-28T10:00", "kind": "plain"}
SECOND = {
    "stopped_at": "2026-12-02T23:00",
    "restarted_at": "2026-12-05T08:15",
    "kind": "grade-3",
    "keep_clock_time": True,
}
BOTH = [FIRST, SECOND]


def refusals(given: object, **changes: object) -> list[InputRefused]:
    """What the reader refuses of an order with these interruptions."""
    return list(read_order(order_document(interruptions=given, **changes), protocol()).refusals)


def stopped(stopped_at: object, restarted_at: object = "2027-12-31T10:00", **changes: object) -> Order | None:
    """The order with one interruption; None where it is refused."""
    one = {"stopped_at": stopped_at, "restarted_at": restarted_at, "kind": "plain"}
    return read_order(order_document(interruptions=[one], **changes), protocol()).order


@pytest.mark.req("REQ-INT-001")
def test_interruptions_are_instants_by_the_clock_of_the_place() -> None:
    # Toronto is 5 hours behind UTC in winter.
    assert order(interruptions=BOTH).interruptions == (
        Interruption(
            datetime(2026, 11, 27, 14, 30, tzinfo=UTC),
            datetime(2026, 11, 28, 15, 0, tzinfo=UTC),
            InterruptionKind.PLAIN,
        ),
        Interruption(
            datetime(2026, 12, 3, 4, 0, tzinfo=UTC),
            datetime(2026, 12, 5, 13, 15, tzinfo=UTC),
            InterruptionKind.GRADE_3,
            keep_clock_time=True,
        ),
    )


@pytest.mark.parametrize("none", [ABSENT, None, []], ids=["absent", "null", "empty"])
def test_an_order_may_have_none(none: object) -> None:
    document = order_document(interruptions=none) if none is not ABSENT else order_document()
    reading = read_order(document, protocol())
    assert reading.order == order()
    assert order().interruptions == ()


@pytest.mark.parametrize("name", ["stopped_at", "restarted_at", "kind"])
def test_a_field_that_is_missing_is_named(name: str) -> None:
    given = {key: value for key, value in SECOND.items() if key != name}
    assert [(each.field, each.code) for each in refusals([FIRST, given])] == [
        (f"interruptions[1].{name}", "expected.field")
    ]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({**FIRST, "reason": "port"}, "interruptions[0].reason"),
        ({**FIRST, "kind": "grade-4"}, "interruptions[0].kind"),
        ({**FIRST, "kind": 3}, "interruptions[0].kind"),
        ({**FIRST, "kind": None}, "interruptions[0].kind"),
        ({**FIRST, "keep_clock_time": None}, "interruptions[0].keep_clock_time"),
        ({**FIRST, "keep_clock_time": "no"}, "interruptions[0].keep_clock_time"),
        ({**FIRST, "keep_clock_time": 0}, "interruptions[0].keep_clock_time"),
        ("2026-11-27T09:30", "interruptions[0]"),
        (None, "interruptions[0]"),
        ([], "interruptions[0]"),
    ],
)
def test_what_is_not_as_it_should_be_is_named(given: object, field: str) -> None:
    assert [each.field for each in refusals([given])] == [field]


@pytest.mark.parametrize("given", [{}, "none", 0, False, FIRST])
def test_interruptions_are_a_list(given: object) -> None:
    assert [(each.field, each.code) for each in refusals(given)] == [("interruptions", "expected.list")]


@pytest.mark.parametrize(
    "given",
    [
        "2026-11-27", "2026-11-27T9:30", "2026-11-27 09:30", "2026-11-27T24:00", "2026-02-30T09:30",
        "2026-11-27T09:30Z", "2026-11-27T09:30-5", "2026-11-27T09:30-0500", "2026-11-27T09:30 -05:00",
        "2026-11-27T09:30:00", "2026-11-27T09:30-05:00\n", "1899-12-31T09:30", "2200-01-01T09:30", "", None,
        20261127, [],
    ],
    ids=ascii,
)  # fmt: skip
def test_a_time_that_cannot_be_read_is_refused(given: object) -> None:
    found = refusals([{**FIRST, "stopped_at": given}])
    assert [(each.field, each.code) for each in found] == [
        ("interruptions[0].stopped_at", "expected.local-time")
    ]


@pytest.mark.req("REQ-ORD-014")
def test_a_time_that_the_clock_skips_is_refused_with_the_choices() -> None:
    one = {**FIRST, "stopped_at": "2027-03-14T02:30", "restarted_at": "2027-03-14T03:30"}
    (refusal,) = refusals([one])
    assert (refusal.field, refusal.given) == ("interruptions[0].stopped_at", "2027-03-14T02:30")
    assert refusal.code == "expected.clock-time-exists"
    assert refusal.values == {"earlier": "2027-03-14T01:59", "later": "2027-03-14T03:00"}


@pytest.mark.req("REQ-ORD-014")
def test_a_time_that_comes_twice_is_refused_with_both_as_they_are_to_be_written() -> None:
    (refusal,) = refusals([{**FIRST, "stopped_at": "2026-11-01T01:30"}])
    assert (refusal.field, refusal.code) == ("interruptions[0].stopped_at", "expected.local-time-which")
    assert refusal.values == {"first": "2026-11-01T01:30-04:00", "second": "2026-11-01T01:30-05:00"}


@pytest.mark.parametrize(
    ("given", "utc"),
    [
        ("2026-11-01T01:30-04:00", datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
        ("2026-11-01T01:30-05:00", datetime(2026, 11, 1, 6, 30, tzinfo=UTC)),
        ("2026-11-27T09:30-05:00", datetime(2026, 11, 27, 14, 30, tzinfo=UTC)),
        ("2026-11-27T09:30", datetime(2026, 11, 27, 14, 30, tzinfo=UTC)),
    ],
)
def test_an_offset_tells_which_of_two_times_is_meant(given: str, utc: datetime) -> None:
    read = stopped(given)
    assert read is not None
    assert read.interruptions[0].stopped_at == utc


@pytest.mark.parametrize("offset", ["-04:00", "+05:00", "+00:00", "-05:01", "-04:60", "-29:00", "-05:00:00"])
def test_an_offset_that_the_place_does_not_have_then_is_refused_with_its_own(offset: str) -> None:
    (refusal,) = refusals([{**FIRST, "stopped_at": f"2026-11-27T09:30{offset}"}])
    assert (refusal.field, refusal.code) == ("interruptions[0].stopped_at", "expected.offset")
    assert (refusal.given, refusal.values) == (f"2026-11-27T09:30{offset}", {"choices": "-05:00"})


def test_an_offset_of_seconds_as_old_clocks_had_it_is_read() -> None:
    # Monrovia kept 44 minutes and 30 seconds behind Greenwich until 1972.
    read = stopped("1970-06-05T09:30-00:44:30", time_zone="Africa/Monrovia")
    assert read is not None
    assert read.interruptions[0].stopped_at == datetime(1970, 6, 5, 10, 14, 30, tzinfo=UTC)


def test_a_time_in_the_gap_is_refused_whatever_its_offset() -> None:
    (refusal,) = refusals([{**FIRST, "restarted_at": "2027-03-14T02:30-05:00"}])
    assert (refusal.field, refusal.code) == ("interruptions[0].restarted_at", "expected.clock-time-exists")


@pytest.mark.req("REQ-INT-001")
@pytest.mark.parametrize(
    ("restarted_at", "refused"),
    [("2026-11-27T09:29", True), ("2026-11-27T09:30", True), ("2026-11-27T09:31", False)],
)
def test_a_restart_is_after_its_stop(restarted_at: str, refused: bool) -> None:
    found = refusals([{**FIRST, "restarted_at": restarted_at}])
    assert [(each.field, each.code, each.values) for each in found] == [
        ("interruptions[0].restarted_at", "expected.time-after", {"earlier": "2026-11-27T09:30"})
    ] * refused


@pytest.mark.req("REQ-INT-001")
@pytest.mark.parametrize(
    ("stopped_at", "refused"),
    [("2026-11-28T09:59", True), ("2026-11-28T10:00", True), ("2026-11-28T10:01", False)],
)
def test_a_stop_is_after_the_restart_before(stopped_at: str, refused: bool) -> None:
    found = refusals([FIRST, {**SECOND, "stopped_at": stopped_at}])
    assert [(each.field, each.code, each.values) for each in found] == [
        ("interruptions[1].stopped_at", "expected.time-after", {"earlier": "2026-11-28T10:00"})
    ] * refused


def test_the_order_of_time_is_that_of_instants_and_not_of_the_clock() -> None:
    read = stopped("2026-11-01T01:45-04:00", "2026-11-01T01:15-05:00")
    assert read is not None
    assert stopped("2026-11-01T01:15-05:00", "2026-11-01T01:45-04:00") is None


def test_fifty_are_the_most() -> None:
    each = [
        {
            **FIRST,
            "stopped_at": f"2026-11-27T{hour:02}:{minute:02}",
            "restarted_at": f"2026-11-27T{hour:02}:{minute + 1:02}",
        }
        for hour in range(9, 14)
        for minute in range(0, 60, 5)
    ]
    assert refusals(each[:50]) == []
    assert [(each.field, each.code, each.values) for each in refusals(each[:51])] == [
        ("interruptions", "expected.list-most", {"most": "50"})
    ]


def test_all_refusals_come_at_once() -> None:
    given = [{**FIRST, "kind": "x"}, {**SECOND, "stopped_at": "?", "more": 1}]
    found = refusals(given, cycle=0)
    assert [each.field for each in found] == [
        "cycle",
        "interruptions[0].kind",
        "interruptions[1].stopped_at",
        "interruptions[1].more",
    ]


def test_where_the_zone_is_refused_no_time_is_judged_by_it() -> None:
    skipped = [{**FIRST, "stopped_at": "2027-03-14T02:30"}]
    assert [each.field for each in refusals(skipped, time_zone="America/Montreal-by-night")] == ["time_zone"]
