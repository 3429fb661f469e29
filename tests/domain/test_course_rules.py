"""When a course may be stopped, ended, or go on at the full dose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from pharmacy_app.domain.course_rules import (
    bag_at,
    check_answer,
    check_end,
    check_stop,
    check_stopped,
    check_told_after,
)
from pharmacy_app.domain.finding import Finding, Severity
from pharmacy_app.domain.infusion_stop import (
    CourseOnFile,
    Discontinuation,
    InfusionRestart,
    InfusionStop,
    NeurologicSign,
)
from pharmacy_app.domain.order import AdverseEvent
from pharmacy_app.domain.quantity import DoseRate
from pharmacy_app.wording import load
from tests.support.ledgers import BAGS, TORONTO, clock
from tests.support.rulebooks import protocol

MONDAY = datetime(2026, 11, 23, tzinfo=UTC).date()
WORDS = load()
SECOND = timedelta(seconds=1)


def at(text: str) -> datetime:
    """`+2/14:00`: two days after the start on Monday, in Toronto."""
    return clock(MONDAY, text)


def stopped(when: str = "+2/14:00", **changes: object) -> InfusionStop:
    found = InfusionStop(
        "RX-1001", 1, at(when), None, None, (), DoseRate(Decimal(28)), "Port re-accessed", at(when)
    )
    return replace(found, **changes)  # type: ignore[arg-type]


def begun(number: int, when: str) -> InfusionRestart:
    return InfusionRestart("RX-1001", number, at(when), False, None, "Dr. L. Okafor", "Go on", at(when))


ENDED = Discontinuation("RX-1001", at("+1/09:00"), "Dr. L. Okafor", "Relapse", at("+1/09:00"))


def codes(found: Iterable[Finding]) -> list[str]:
    told = list(found)
    assert all(each.severity is Severity.STOP for each in told)
    assert all("{" not in WORDS.finding(each) for each in told)
    return [each.code for each in told]


def refused(stop: InfusionStop, course: CourseOnFile | None = None, *, now: str = "+27/13:00") -> list[str]:
    return codes(check_stop(stop, course or CourseOnFile(), BAGS, zone=TORONTO, now=at(now)))


@pytest.mark.req("REQ-INT-001")
def test_a_stop_within_the_infusion_is_kept() -> None:
    assert refused(stopped()) == []


@pytest.mark.req("REQ-INT-001")
def test_at_a_change_the_bag_that_ends_is_the_one_that_hung() -> None:
    found = [bag_at(BAGS, at(text)) for text in ("14:01", "+4/14:00", "+4/14:01", "+28/14:00")]
    assert [each and each.number for each in found] == [1, 1, 2, 8]
    assert bag_at(BAGS, at("14:00")) is None
    assert bag_at(BAGS, at("+28/14:01")) is None


@pytest.mark.req("REQ-INT-001")
@pytest.mark.parametrize(("when", "inside"), [
    ("14:00", False), ("14:01", True), ("-1/14:00", False),
    ("+28/13:59", True), ("+28/14:00", False), ("+28/14:01", False),
])  # fmt: skip
def test_a_stop_is_after_the_start_and_before_the_end(when: str, *, inside: bool) -> None:
    assert refused(stopped(when), now="+29/14:00") == ([] if inside else ["course.outside"])


@pytest.mark.req("REQ-INT-001")
def test_a_stop_is_not_in_the_future_but_for_what_two_clocks_may_differ() -> None:
    assert refused(stopped("+2/14:05"), now="+2/14:00") == []
    late = stopped(stopped_at=at("+2/14:05") + SECOND)
    assert refused(late, now="+2/14:00") == ["course.in-the-future"]


@pytest.mark.req("REQ-INT-001")
def test_nothing_is_stopped_twice_or_after_its_end() -> None:
    assert refused(stopped(), CourseOnFile((stopped("+1/10:00"),))) == ["course.stopped-already"]
    assert refused(stopped(), CourseOnFile(ended=ENDED)) == ["course.ended-already"]


@pytest.mark.req("REQ-INT-001")
def test_the_next_stop_is_after_the_restart() -> None:
    course = CourseOnFile((stopped("+1/10:00"),), (begun(1, "+2/14:00"),))
    assert refused(stopped("+2/14:01"), course) == []
    assert refused(stopped("+2/14:00"), course) == ["course.before-restart"]
    assert refused(stopped("+1/12:00"), course) == ["course.before-restart"]


@pytest.mark.req("REQ-MOD-001", "REQ-MOD-002")
def test_an_event_has_a_kind_and_a_grade_and_signs_are_those_of_a_neurologic_event() -> None:
    crs, neurologic = AdverseEvent.CRS, AdverseEvent.NEUROLOGIC
    seizures = (NeurologicSign.MORE_THAN_ONE_SEIZURE,)
    assert refused(stopped(event=crs)) == ["course.event-and-grade"]
    assert refused(stopped(grade=3)) == ["course.event-and-grade"]
    for grade in (1, 2, 3, 4):
        assert refused(stopped(event=crs, grade=grade)) == []
    for grade in (0, 5, -1):
        assert refused(stopped(event=crs, grade=grade)) == ["course.grade"]
    assert refused(stopped(event=crs, grade=3, signs=seizures)) == ["course.signs"]
    assert refused(stopped(signs=seizures)) == ["course.signs"]
    assert refused(stopped(event=neurologic, grade=3, signs=seizures)) == []


def test_a_stop_has_a_reason_and_everything_against_it_is_told_at_once() -> None:
    assert refused(stopped(reason=" \t")) == ["course.reason-missing"]
    wrong = stopped("+30/14:00", grade=7, signs=(NeurologicSign.LEUKOENCEPHALOPATHY,), reason="")
    assert refused(wrong, CourseOnFile((stopped("+1/10:00"),), ended=ENDED), now="+3/14:00") == [
        "course.ended-already", "course.stopped-already", "course.in-the-future", "course.outside",
        "course.event-and-grade", "course.grade", "course.signs", "course.reason-missing",
    ]  # fmt: skip


@pytest.mark.req("REQ-INT-001")
def test_a_restart_needs_a_stop_and_no_end() -> None:
    open_stop = CourseOnFile((stopped(),))
    assert codes(check_stopped(open_stop)) == []
    assert codes(check_stopped(CourseOnFile())) == ["course.not-stopped"]
    assert codes(check_stopped(replace(open_stop, ended=ENDED))) == ["course.ended-already"]


@pytest.mark.req("REQ-INT-001")
def test_no_clock_is_behind_what_is_on_record() -> None:
    last = at("+2/14:00")
    assert codes(check_told_after(last, zone=TORONTO, now=last)) == []
    (behind,) = check_told_after(last, zone=TORONTO, now=last - SECOND)
    assert behind.code == "course.clock-behind"
    assert "says 2026-11-25 13:59:59" in WORDS.finding(behind)


@pytest.mark.req("REQ-MOD-003")
def test_the_end_has_a_prescriber_and_a_reason_and_comes_once() -> None:
    assert codes(check_end(CourseOnFile(), prescriber="Dr. L. Okafor", reason="Relapse")) == []
    assert codes(check_end(CourseOnFile(ended=ENDED), prescriber=" ", reason=" ")) == [
        "course.ended-already", "restart.prescriber-missing", "course.reason-missing"
    ]  # fmt: skip


def answer(
    now: datetime, *, prescriber: str = "Dr. L. Okafor", not_recurred: bool | None = True
) -> list[str]:
    """Of bag 2, which hangs from +4/14:00 to +7/14:00."""
    return codes(
        check_answer(BAGS[1], prescriber=prescriber, not_recurred=not_recurred, protocol=protocol(), now=now)
    )


@pytest.mark.req("REQ-MOD-008")
def test_an_answer_is_given_within_the_day_before_the_bag_and_while_it_could_hang() -> None:
    assert answer(at("+3/13:59")) == ["answer.too-early"]
    assert answer(at("+3/14:00")) == []
    assert answer(at("+7/13:59")) == []
    assert answer(at("+7/14:00")) == ["answer.too-late"]


@pytest.mark.req("REQ-MOD-008")
def test_only_a_yes_is_a_yes_and_the_prescriber_is_named() -> None:
    now = at("+4/09:00")
    assert answer(now, not_recurred=False) == ["answer.recurred"]
    assert answer(now, not_recurred=None) == ["answer.not-known"]
    assert answer(now, prescriber="") == ["restart.prescriber-missing"]
