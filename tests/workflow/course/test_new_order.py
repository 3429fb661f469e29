"""A course that ended early or late, and the order that follows it (REQ-INT-003, REQ-ORD-007, -010)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from pharmacy_app.domain.order import Interruption, InterruptionKind, Order
from pharmacy_app.domain.order_on_file import check_earlier_cycle, check_same_patient
from tests.support.orders import order
from tests.support.rulebooks import protocol

TORONTO = ZoneInfo("America/Toronto")
FIRST = order(order_number="RX-1", indication="consolidation", cycle=1, start_at="2026-11-23T14:00")


def following(start_at: str, cycle: int = 2) -> list[str]:
    """What is said of an order of the same patient that begins then, beside the first."""
    return codes(FIRST, start_at, cycle)


def codes(first: Order, start_at: str, cycle: int = 2) -> list[str]:
    new = order(order_number="RX-2", indication="consolidation", cycle=cycle, start_at=start_at)
    found = (*check_same_patient(new, [first], protocol()), *check_earlier_cycle(new, [first], protocol()))
    return [each.code for each in found]


STOPPED = replace(
    FIRST,
    interruptions=(
        Interruption(
            datetime(2026, 11, 26, 14, 0, tzinfo=TORONTO),
            datetime(2026, 11, 29, 14, 0, tzinfo=TORONTO),
            InterruptionKind.PLAIN,
        ),
    ),
)
ENDED = replace(FIRST, ended_at=datetime(2026, 12, 1, 15, 0, tzinfo=UTC))


@pytest.mark.req("REQ-ORD-007", "REQ-INT-003")
def test_a_course_that_was_ended_for_good_makes_room_for_a_new_order() -> None:
    assert "order.course-overlaps" in following("2026-12-09T14:00")
    assert codes(ENDED, "2026-12-09T14:00") == ["order.treatment-free-days"]
    assert "order.course-overlaps" in codes(ENDED, "2026-12-01T09:00")


@pytest.mark.req("REQ-ORD-007")
def test_what_was_missed_moves_the_end_of_the_course() -> None:
    """It ends on 2026-12-24 at 14:00 instead of 2026-12-21."""
    assert "order.course-overlaps" not in following("2026-12-22T14:00")
    assert "order.course-overlaps" in codes(STOPPED, "2026-12-22T14:00")
    assert "order.course-overlaps" not in codes(STOPPED, "2026-12-24T14:00")


@pytest.mark.req("REQ-ORD-010")
def test_the_treatment_free_days_are_counted_from_the_moved_end() -> None:
    assert following("2027-01-04T14:00") == []
    assert codes(STOPPED, "2027-01-04T14:00") == ["order.treatment-free-days"]
    assert codes(STOPPED, "2027-01-07T14:00") == []
