"""When a course may be stopped, ended, or go on at the full dose (REQ-INT-001, REQ-MOD-008)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pharmacy_app.domain.adverse_event import GRADES
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding
from pharmacy_app.domain.hanging import local
from pharmacy_app.domain.infusion_stop import CLOCK_ALLOWANCE, CourseOnFile, InfusionStop
from pharmacy_app.domain.order import AdverseEvent
from pharmacy_app.domain.plan_record import BagRecord
from pharmacy_app.domain.protocol import Protocol


def bag_at(bags: Sequence[BagRecord], moment: datetime) -> BagRecord | None:
    """The bag that hangs at a moment by the plan; at a change, the one that ends."""
    return next((each for each in bags if each.start_at < moment <= each.change_at), None)


def check_stop(
    stop: InfusionStop, course: CourseOnFile, bags: Sequence[BagRecord], *, zone: ZoneInfo, now: datetime
) -> Iterator[Finding]:
    """Every stop about recording that the infusion was stopped."""
    if course.ended is not None:
        yield _stop("course.ended-already", "REQ-INT-001")
    if course.open_stop is not None:
        stopped = local(course.open_stop.stopped_at, zone)
        yield _stop("course.stopped-already", "REQ-INT-001", stopped=stopped)
    if stop.stopped_at > now + CLOCK_ALLOWANCE:
        yield _stop("course.in-the-future", "REQ-INT-001", given=local(stop.stopped_at, zone))
    if bag_at(bags, stop.stopped_at) is None or stop.stopped_at >= bags[-1].change_at:  # the end is over
        times = {"from": local(bags[0].start_at, zone), "until": local(bags[-1].change_at, zone)}
        yield _stop("course.outside", "REQ-INT-001", given=local(stop.stopped_at, zone), **times)
    if course.restarts and stop.stopped_at <= course.restarts[-1].restarted_at:
        restarted = local(course.restarts[-1].restarted_at, zone)
        yield _stop("course.before-restart", "REQ-INT-001", restarted=restarted)
    yield from _event(stop)
    if not stop.reason.strip():
        yield _stop("course.reason-missing", "REQ-VER-006")


def _event(stop: InfusionStop) -> Iterator[Finding]:
    if (stop.event is None) != (stop.grade is None):
        yield _stop("course.event-and-grade", "REQ-MOD-001")
    if stop.grade is not None and stop.grade not in GRADES:
        yield _stop("course.grade", "REQ-MOD-001", given=str(stop.grade))
    if stop.signs and stop.event is not AdverseEvent.NEUROLOGIC:
        yield _stop("course.signs", "REQ-MOD-002")


def check_told_after(last: datetime, *, zone: ZoneInfo, now: datetime) -> Iterator[Finding]:
    """No clock runs behind what is on file: by when it was told a plan knows a restart or does not."""
    if now < last:
        shown, later = (f"{each.astimezone(zone):%Y-%m-%d %H:%M:%S}" for each in (now, last))
        yield _stop("course.clock-behind", "REQ-INT-001", now=shown, last=later)


def check_stopped(course: CourseOnFile) -> Iterator[Finding]:
    """A restart follows a stop, and never the end."""
    if course.ended is not None:
        yield _stop("course.ended-already", "REQ-INT-001")
    if course.open_stop is None:
        yield _stop("course.not-stopped", "REQ-INT-001")


def check_end(course: CourseOnFile, *, prescriber: str, reason: str) -> Iterator[Finding]:
    """Every stop about ending the treatment for good."""
    if course.ended is not None:
        yield _stop("course.ended-already", "REQ-INT-001")
    if not prescriber.strip():
        yield _stop("restart.prescriber-missing", "REQ-INT-002")
    if not reason.strip():
        yield _stop("course.reason-missing", "REQ-VER-006")


def check_answer(
    planned: BagRecord, *, prescriber: str, not_recurred: bool | None, protocol: Protocol, now: datetime
) -> Iterator[Finding]:
    """Every stop about the answer that lets the full dose go on: not too early, by whom, and yes."""
    hours = protocol.whole("restart.answer_hours")
    if now < planned.start_at - timedelta(hours=hours):
        yield _stop("answer.too-early", "REQ-MOD-008", hours=str(hours))
    if now >= planned.change_at:
        yield _stop("answer.too-late", "REQ-MOD-008")
    if not_recurred is not True:
        yield _stop("answer.recurred" if not_recurred is False else "answer.not-known", "REQ-MOD-008")
    if not prescriber.strip():
        yield _stop("restart.prescriber-missing", "REQ-INT-002")


def _stop(code: str, rule: str, **values: str) -> Finding:
    return finding(code, Severity.STOP, rule, Mark.DERIVED, **values)
