"""A course as it is kept: which stop is open, what a plan was told of, and whether an answer still counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from pharmacy_app.domain.infusion_stop import (
    CourseOnFile,
    Discontinuation,
    EscalationAnswer,
    InfusionRestart,
    InfusionStop,
    next_number,
)
from pharmacy_app.domain.order import AdverseEvent, Interruption, InterruptionKind
from pharmacy_app.domain.quantity import DoseRate

NOON = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
FULL = DoseRate(Decimal(28))
PLAIN, GRADE_3 = InterruptionKind.PLAIN, InterruptionKind.GRADE_3


def hours(number: float) -> datetime:
    return NOON + timedelta(hours=number)


def stop(number: int, at: float, grade: int | None = None, *, told: float | None = None) -> InfusionStop:
    event = None if grade is None else AdverseEvent.CRS
    told_at = hours(at if told is None else told)
    return InfusionStop("RX-1001", number, hours(at), event, grade, (), FULL, "line", told_at)


def begun(number: int, at: float, *, told: float | None = None, keep: bool = False) -> InfusionRestart:
    told_at = hours(at if told is None else told)
    return InfusionRestart("RX-1001", number, hours(at), keep, None, "Dr. L. Okafor", "Go on", told_at)


TWICE = CourseOnFile((stop(1, 0), stop(2, 30, 3)), (begun(1, 5, keep=True), begun(2, 60, told=59)))


def test_stops_are_numbered_from_one_and_kept_under_their_order() -> None:
    assert next_number(()) == 1
    assert next_number((stop(1, 0), stop(2, 9))) == 3
    assert stop(2, 9).key == begun(2, 12).key == "RX-1001\n2"
    assert Discontinuation("RX-1001", NOON, "Dr. L. Okafor", "Relapse", NOON).key == "RX-1001"
    assert EscalationAnswer("RX-1001", NOON, "Dr. L. Okafor", NOON).key == "RX-1001"


@pytest.mark.req("REQ-MOD-004")
@pytest.mark.parametrize(
    ("grade", "kind"), [(None, PLAIN), (1, PLAIN), (2, PLAIN), (3, GRADE_3), (4, GRADE_3)]
)
def test_from_grade_3_on_whoever_goes_on_begins_at_the_low_dose(
    grade: int | None, kind: InterruptionKind
) -> None:
    assert stop(1, 0, grade).kind is kind


@pytest.mark.req("REQ-INT-001")
def test_the_stop_without_a_restart_is_open() -> None:
    assert CourseOnFile().open_stop is None
    assert CourseOnFile((stop(1, 0),)).open_stop == stop(1, 0)
    assert TWICE.open_stop is None
    assert CourseOnFile(TWICE.stops, TWICE.restarts[:1]).open_stop == stop(2, 30, 3)


@pytest.mark.req("REQ-INT-001", "REQ-MOD-004")
def test_what_a_plan_needs_to_know_of_stops_and_restarts() -> None:
    first = Interruption(NOON, hours(5), PLAIN, keep_clock_time=True)
    second = Interruption(hours(30), hours(60), GRADE_3)
    assert TWICE.interruptions() == (first, second)
    assert CourseOnFile(TWICE.stops, TWICE.restarts[:1]).interruptions() == (first,)
    told_by = [TWICE.interruptions(told_until=hours(at)) for at in (4.9, 5, 58.9, 59)]
    assert told_by == [(), (first,), (first,), (first, second)]


def answered(at: float, *stops: InfusionStop) -> CourseOnFile:
    return CourseOnFile(stops, answer=EscalationAnswer("RX-1001", hours(100), "Dr. L. Okafor", hours(at)))


@pytest.mark.req("REQ-MOD-008")
def test_an_answer_counts_for_the_bag_of_its_time_alone() -> None:
    assert not CourseOnFile().answered_for(hours(100))
    assert answered(80).answered_for(hours(100))
    assert not answered(80).answered_for(hours(101))


@pytest.mark.req("REQ-MOD-008")
def test_an_adverse_event_told_after_the_answer_asks_again_and_a_plain_stop_does_not() -> None:
    assert answered(80, stop(1, 0, 3)).answered_for(hours(100))
    assert answered(80, stop(1, 0, 3), stop(2, 90)).answered_for(hours(100))
    assert not answered(80, stop(1, 0, 3), stop(2, 90, 2)).answered_for(hours(100))
    assert not answered(80, stop(1, 0, 3), stop(2, 70, 1, told=81)).answered_for(hours(100))
