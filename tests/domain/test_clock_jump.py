"""Which movements of a clock are jumps."""

from datetime import UTC, datetime, timedelta

import pytest

from pharmacy_app.domain.audit import AuditEntry
from pharmacy_app.domain.clock_jump import ClockReading, jumped_against_record, jumped_against_steady

NOON = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)


def after(shown: timedelta, steady: timedelta) -> tuple[tuple[str, str], ...] | None:
    """What is told where the station's clock and the steady one went on by so much."""
    before = ClockReading(NOON, timedelta(days=3))
    return jumped_against_steady(before, ClockReading(NOON + shown, timedelta(days=3) + steady))


@pytest.mark.req("REQ-AUD-003")
@pytest.mark.parametrize("minutes", [-60, -2, 62, 60 * 24])
def test_a_clock_that_moved_otherwise_than_the_steady_one_jumped(minutes: int) -> None:
    told = after(timedelta(minutes=minutes), timedelta(0))
    assert told is not None
    assert dict(told)["against"] == "the steady clock"


def test_a_jump_is_told_with_both_times() -> None:
    assert after(timedelta(hours=-3), timedelta(minutes=10)) == (
        ("against", "the steady clock"),
        ("expected", "2026-11-20T17:10:00.000000Z"),
        ("shown", "2026-11-20T14:00:00.000000Z"),
    )


@pytest.mark.parametrize(
    ("shown", "steady"),
    [
        (timedelta(hours=10), timedelta(hours=10)),  # the station slept, and both clocks went on
        (timedelta(hours=10), timedelta(hours=10, seconds=60)),
        (timedelta(hours=10, seconds=60), timedelta(hours=10)),
    ],
)
def test_a_clock_that_went_on_with_the_steady_one_to_a_minute_did_not_jump(
    shown: timedelta, steady: timedelta
) -> None:
    assert after(shown, steady) is None


def entry(at: datetime, act: str = "order-added") -> AuditEntry:
    return AuditEntry(act, "order RX-1", "mroy", "bench 2", at=at, site_zone="America/Toronto")


@pytest.mark.req("REQ-AUD-003")
def test_an_entry_stamped_earlier_than_the_newest_is_preceded_by_one_with_both_times() -> None:
    jump = jumped_against_record(entry(NOON), "2026-11-20T17:01:00.000001Z")
    assert jump == AuditEntry(
        "clock-jumped",
        "clock of bench 2",
        "mroy",
        "bench 2",
        at=NOON,
        site_zone="America/Toronto",
        facts=(
            ("against", "the entry before"),
            ("expected", "2026-11-20T17:01:00.000001Z"),
            ("shown", "2026-11-20T17:00:00.000000Z"),
        ),
    )


@pytest.mark.parametrize("newest", ["", "2026-11-20T16:59:59.000000Z", "2026-11-20T17:01:00.000000Z"])
def test_an_entry_at_most_a_minute_earlier_than_the_newest_waited_for_its_turn(newest: str) -> None:
    assert jumped_against_record(entry(NOON), newest) is None


def test_an_entry_that_tells_of_a_jump_needs_no_other() -> None:
    assert jumped_against_record(entry(NOON, "clock-jumped"), "2026-11-20T20:00:00.000000Z") is None
