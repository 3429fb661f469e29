"""Every finding that a course which does not go to plan can come to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from pharmacy_app.domain.adverse_event import advice, advice_at, check_restart
from pharmacy_app.domain.course_rules import (
    check_answer,
    check_end,
    check_stop,
    check_stopped,
    check_told_after,
)
from pharmacy_app.domain.finding import Finding
from pharmacy_app.domain.infusion_stop import (
    CourseOnFile,
    Discontinuation,
    InfusionRestart,
    InfusionStop,
    NeurologicSign,
)
from pharmacy_app.domain.order import AdverseEvent, Setting
from pharmacy_app.domain.plan_record import plan_record
from pharmacy_app.workflow.course import none_held
from pharmacy_app.workflow.course_on_file import bags_unanswered, check_course, check_plan_of_course
from pharmacy_app.workflow.unit_of_work import StoredPlan
from tests.support.orders import order_document
from tests.support.rulebooks import plan_of, protocol

_TORONTO = ZoneInfo("America/Toronto")
_AT = datetime(2026, 11, 28, 15, 0, tzinfo=UTC)
_WHO, _WHY = "Dr. L. Okafor", "see chart"


def findings_of_courses() -> Iterator[Finding]:
    """All of them, some more than once."""
    yield from _of_events()
    yield from _of_restarts()
    yield from _of_stops()
    yield from _of_answers()
    yield from _of_plans()


def _stop(event: AdverseEvent | None = None, grade: int | None = None) -> InfusionStop:
    signs = tuple(NeurologicSign) if event is AdverseEvent.NEUROLOGIC else ()
    return InfusionStop("RX-1001", 1, _AT, event, grade, signs, protocol().low_dose, _WHY, _AT)


def _begun(days: float, resolved: float | None = None) -> InfusionRestart:
    at = _AT + timedelta(days=days)
    resolved_at = None if resolved is None else _AT + timedelta(days=resolved)
    return InfusionRestart("RX-1001", 1, at, False, resolved_at, "", "", _AT + timedelta(days=30))


def _of_events() -> Iterator[Finding]:
    yield from advice(_stop(), protocol())
    yield from advice_at(Setting.HOME, _stop())
    for event in AdverseEvent:
        for grade in (1, 2, 3, 4):
            stop = _stop(event, grade)
            yield from advice(stop, protocol())
            yield from advice(replace(stop, signs=(), dose=protocol().full_dose), protocol())


def _of_restarts() -> Iterator[Finding]:
    neurologic = _stop(AdverseEvent.NEUROLOGIC, 3)
    for stop in (_stop(), neurologic):
        for begun in (_begun(-1), _begun(1), _begun(1, 1), _begun(1, -1), _begun(20, 16)):
            yield from check_restart(stop, begun, protocol())


def _ended() -> CourseOnFile:
    return CourseOnFile((_stop(),), ended=Discontinuation("RX-1001", _AT, _WHO, _WHY, _AT))


def _of_stops() -> Iterator[Finding]:
    bags = plan_record(plan_of(order_document())).bags
    late = _AT + timedelta(days=60)
    wrong = replace(_stop(), stopped_at=late, grade=5, reason="", signs=tuple(NeurologicSign))
    begun = CourseOnFile((_stop(),), (_begun(90),))
    for course in (_ended(), begun):
        yield from check_stop(wrong, course, bags, zone=_TORONTO, now=_AT)
    yield from check_end(_ended(), prescriber="", reason="")
    yield from (*check_stopped(_ended()), *check_stopped(CourseOnFile()))
    yield from check_told_after(_AT, zone=_TORONTO, now=_AT - timedelta(hours=1))


def _of_answers() -> Iterator[Finding]:
    bag = plan_record(plan_of(order_document())).bags[0]
    for now in (_AT - timedelta(days=30), _AT + timedelta(days=30)):
        for answer in (False, None):
            yield from check_answer(bag, prescriber="", not_recurred=answer, protocol=protocol(), now=now)
    yield none_held()


def _of_plans() -> Iterator[Finding]:
    plan = plan_of(order_document())
    stored = StoredPlan(1, _AT, plan_record(plan))
    begun = CourseOnFile((_stop(),), (_begun(1),))
    for course in (_ended(), begun):
        yield from check_course(course, stored, zone=_TORONTO, protocol=protocol())
    yield from check_plan_of_course(plan, begun, now=_AT)
    yield bags_unanswered(["2611230001"])
