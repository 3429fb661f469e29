"""What happened to an order's infusion, on file, and what that forbids (REQ-INT-007, REQ-MOD-008)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pharmacy_app.domain.bag import OPEN, BagState
from pharmacy_app.domain.course import is_made_up
from pharmacy_app.domain.course_rules import check_told_after
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding
from pharmacy_app.domain.hanging import local
from pharmacy_app.domain.infusion_stop import CourseOnFile, stop_key
from pharmacy_app.domain.order import InterruptionKind, Order
from pharmacy_app.domain.plan_record import BagRecord
from pharmacy_app.domain.preparation_scan import shown_serial
from pharmacy_app.domain.protocol import Protocol
from pharmacy_app.domain.superseded import PlanOfBag, check_superseded
from pharmacy_app.workflow.bag_on_file import bags_of_order

if TYPE_CHECKING:
    from pharmacy_app.domain.bag_on_file import Bag
    from pharmacy_app.domain.infusion_stop import InfusionStop
    from pharmacy_app.domain.plan import Plan
    from pharmacy_app.workflow.bag_on_file import BagOnFile
    from pharmacy_app.workflow.unit_of_work import StoredPlan, UnitOfWork


def read_course(work: UnitOfWork, order_number: str) -> CourseOnFile:
    """The stops, restarts, end and answer of one order; all empty where its infusion went to plan."""
    stops = tuple(_stops(work, order_number))
    restarts = (work.infusion_restarts.latest(each.key) for each in stops)
    return CourseOnFile(
        stops=stops,
        restarts=tuple(each for each in restarts if each is not None),
        ended=work.discontinuations.latest(order_number),
        answer=work.escalation_answers.latest(order_number),
    )


def _stops(work: UnitOfWork, order_number: str) -> Iterator[InfusionStop]:
    number = 1
    while (stop := work.infusion_stops.latest(stop_key(order_number, number))) is not None:
        yield stop
        number += 1


def as_it_ran(order: Order, course: CourseOnFile, *, told_until: datetime | None = None) -> Order:
    """The order with what interrupted or ended its infusion; `told_until`: as far as it was known then."""
    ended = course.ended
    if ended is not None and told_until is not None and ended.told_at > told_until:
        ended = None
    ended_at = None if ended is None else ended.ended_at
    return replace(order, interruptions=course.interruptions(told_until=told_until), ended_at=ended_at)


def others_as_they_ran(order: Order, work: UnitOfWork) -> list[Order]:
    """The orders on file, those of the same patient as their infusion really ran; this one as it is there."""
    return [
        each.order
        if each.order.order_number == order.order_number
        or each.order.patient.record_number != order.patient.record_number
        else as_it_ran(each.order, read_course(work, each.order.order_number))
        for each in work.orders.all()
    ]


def hung_bags(
    work: UnitOfWork, order_number: str, course: CourseOnFile, protocol: Protocol
) -> dict[int, tuple[int, ...]]:
    """The bags that the plan in force had when each stop was recorded, from the restart before it on.

    Durations in hours, by the number of the interruption before them, as `plan.make_plan` takes them: what
    hung is not planned again. Those beyond the stop fall away there.
    """
    hung: dict[int, tuple[int, ...]] = {}
    after, since = 0, None
    for number, interruption in enumerate(course.interruptions(), start=1):
        if not is_made_up(interruption, protocol):
            continue
        plan = _in_force_at(work, order_number, course.stops[number - 1].told_at)
        if plan is not None:
            bags = plan.content.bags
            hung[after] = tuple(each.duration_h for each in bags if since is None or each.start_at >= since)
        after, since = number, interruption.restarted_at
    return hung


def _in_force_at(work: UnitOfWork, order_number: str, moment: datetime) -> StoredPlan | None:
    plan = work.plans.latest(order_number)
    while plan is not None and plan.made_at > moment:
        plan = work.plans.with_revision(order_number, plan.revision - 1)
    return plan


def check_course(
    course: CourseOnFile, plan: StoredPlan, *, zone: ZoneInfo, protocol: Protocol
) -> tuple[Finding, ...]:
    """A stop where nothing of this plan goes on: the treatment is ended, stopped, or went otherwise since.

    Old doses and old times are void at once (REQ-INT-007).
    """
    found = list(_ended_or_stopped(course, zone))
    if course.open_stop is None and _is_superseded(course, plan, protocol):
        restarted = local(course.restarts[-1].restarted_at, zone)
        found.append(_stop("course.new-plan-needed", "REQ-INT-007", restarted=restarted))
    return tuple(found)


def check_answered(work: UnitOfWork, file: BagOnFile) -> tuple[Finding, ...]:
    """A stop while a bag made for an older plan that says otherwise is neither ended nor void (REQ-INT-007).

    A bag that hangs runs on to the change that was told.
    """
    bag, zone = file.bag, ZoneInfo(file.order.order.time_zone)
    left = [
        each.serial
        for each in bags_of_order(work, bag.started.order_number)
        if each.serial != bag.serial and each.state in OPEN and each.state is not BagState.HUNG
        if _is_otherwise_planned(work, each, file.plan, zone)
    ]
    return (bags_unanswered(left),) if left else ()


def bags_unanswered(serials: Sequence[str]) -> Finding:
    """Each of these bags is kept, returned or made void before a bag of the new plan is released."""
    shown = ", ".join(shown_serial(each) for each in serials)
    return _stop("course.bags-unanswered", "REQ-INT-007", serials=shown)


def _is_otherwise_planned(work: UnitOfWork, bag: Bag, in_force: StoredPlan, zone: ZoneInfo) -> bool:
    started = bag.started
    made_for = work.plans.with_revision(started.order_number, started.plan_revision)
    if made_for is None:
        return True
    plans = [PlanOfBag(each.revision, each.content.bags, started.bag_number) for each in (made_for, in_force)]
    return bool(check_superseded(plans[0], plans[1], hangs=False, zone=zone))


def check_course_of(work: UnitOfWork, file: BagOnFile, protocol: Protocol) -> tuple[Finding, ...]:
    """A stop where a bag on file does not go on with its course, or waits for an answer."""
    order = file.order.order
    course, zone = read_course(work, order.order_number), ZoneInfo(order.time_zone)
    found = check_course(course, file.plan, zone=zone, protocol=protocol)
    if file.planned is not None:
        found += check_held(order, course, file.planned, protocol)
    return found


def check_plan_of_course(plan: Plan, course: CourseOnFile, *, now: datetime) -> tuple[Finding, ...]:
    """A stop where a new plan does not rest on what is on file of the infusion, or no plan helps."""
    zone = ZoneInfo(plan.order.time_zone)
    found = list(_ended_or_stopped(course, zone))
    for each in course.restarts[-1:]:
        found += check_told_after(each.told_at, zone=zone, now=now)
    if plan.order.interruptions != course.interruptions():
        found.append(_stop("plan.course-changed", "REQ-INT-007"))
    return tuple(found)


def _ended_or_stopped(course: CourseOnFile, zone: ZoneInfo) -> Iterator[Finding]:
    if course.ended is not None:
        values = {"ended": local(course.ended.ended_at, zone), "reason": course.ended.reason}
        yield _stop("course.ended", "REQ-INT-007", **values)
    if course.open_stop is not None:
        stopped = local(course.open_stop.stopped_at, zone)
        yield _stop("course.stopped", "REQ-INT-001", stopped=stopped)


def _is_superseded(course: CourseOnFile, plan: StoredPlan, protocol: Protocol) -> bool:
    known = course.interruptions(told_until=plan.made_at)
    later = course.interruptions()[len(known) :]
    return any(is_made_up(each, protocol) for each in later)


def is_held(order: Order, course: CourseOnFile, planned: BagRecord, protocol: Protocol) -> bool:
    """Whether a bag is the first at the full dose after a restart at the low one (REQ-MOD-008)."""
    if not planned.dose_change or planned.dose != protocol.full_dose:
        return False
    low = (each for each in course.interruptions() if each.kind is InterruptionKind.GRADE_3)
    return order.dose_modification is not None or any(each.restarted_at <= planned.start_at for each in low)


def check_held(
    order: Order, course: CourseOnFile, planned: BagRecord, protocol: Protocol
) -> tuple[Finding, ...]:
    """A stop where such a bag still waits for its answer."""
    if not is_held(order, course, planned, protocol):
        return ()
    if course.answered_for(planned.start_at):
        return ()
    hours = protocol.figure("restart.answer_hours").value
    return (_stop("bench.held-after-toxicity", "REQ-MOD-008", hours=hours),)


def _stop(code: str, rule: str, **values: str) -> Finding:
    return finding(code, Severity.STOP, rule, Mark.DERIVED, **values)
