"""When the course does not go to plan: stop, restart, end, and the answer before the full dose.

Each command is one transaction, in which facts and entries go together. A refusal is an entry too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from pharmacy_app.domain.adverse_event import advice, advice_at, check_restart
from pharmacy_app.domain.audit import utc_text
from pharmacy_app.domain.clock import shown
from pharmacy_app.domain.course_rules import bag_at, check_answer, check_end, check_stop, check_stopped
from pharmacy_app.domain.errors import InputRefused, RulesRefused
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding, has_stop, stops_first
from pharmacy_app.domain.infusion_stop import (
    CourseOnFile,
    Discontinuation,
    EscalationAnswer,
    InfusionRestart,
    InfusionStop,
    NeurologicSign,
    next_number,
)
from pharmacy_app.domain.next_cycle import NextCycle, next_cycle
from pharmacy_app.domain.order import AdverseEvent, InterruptionKind, Order
from pharmacy_app.domain.person import Permission
from pharmacy_app.domain.plan import Plan
from pharmacy_app.workflow.bag_on_file import planned_bag
from pharmacy_app.workflow.course_on_file import check_course, is_held, read_course
from pharmacy_app.workflow.course_turn import course_turn
from pharmacy_app.workflow.plan_on_file import plan_of_course
from pharmacy_app.workflow.rulebook import Rulebook
from pharmacy_app.workflow.station import Station
from pharmacy_app.workflow.unit_of_work import StoredPlan


@dataclass(frozen=True, slots=True)
class StopTyped:
    """When and why the infusion was stopped. `event` and `grade` None: no adverse event brought it."""

    stopped_at: datetime
    reason: str
    event: AdverseEvent | None = None
    grade: int | None = None
    signs: tuple[NeurologicSign, ...] = ()


@dataclass(frozen=True, slots=True)
class RestartTyped:
    """When the infusion begins again, and who decided it; `resolved_at`: the event was grade 1 or less."""

    restarted_at: datetime
    prescriber: str
    decision: str
    resolved_at: datetime | None = None
    keep_clock_time: bool = False


@dataclass(frozen=True, slots=True)
class CourseView:
    """What happened to an order's infusion, and what it means now.

    `findings` are what keeps its bags from going on; `advice` are the prompts of the newest stop. `held` is
    the number of the bag that waits for an answer, None: none does. `plan` None: none is on file.
    """

    order: Order
    plan: StoredPlan | None
    course: CourseOnFile
    findings: tuple[Finding, ...]
    advice: tuple[Finding, ...]
    held: int | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a restart would bring: the new plan, refused or not, and what keeps the restart from being."""

    plan: Plan
    findings: tuple[Finding, ...]

    @property
    def refused(self) -> bool:
        """Whether the restart or its plan is stopped."""
        return has_stop(self.findings) or self.plan.refused


@dataclass(frozen=True, slots=True)
class Course:
    """The commands about the infusion of an order on file. Each raises RulesRefused where a rule stops it."""

    station: Station

    def look(self, order_number: str) -> CourseView:
        """What happened to the infusion of an order, and what that means now.

        Raises:
            InputRefused: there is no such order.
        """
        rules = self.station.rulebook()
        with self.station.open_unit_of_work(reading=True) as work:
            order, plan = work.orders.with_number(order_number), work.plans.latest(order_number)
            if order is None:
                raise InputRefused("order", order_number, "expected.order-on-file")
            course = read_course(work, order_number)
        zone = ZoneInfo(order.order.time_zone)
        found = () if plan is None else check_course(course, plan, zone=zone, protocol=rules.protocol)
        newest = course.stops[-1] if course.stops else None
        return CourseView(
            order=order.order,
            plan=plan,
            course=course,
            findings=found,
            advice=() if newest is None else _advice(newest, order.order, rules),
            held=None if plan is None else _held(order.order, course, plan, rules),
        )

    def next_cycle(self, order_number: str) -> NextCycle | None:
        """What follows the order's cycle; None: nothing does, or nobody can say yet.

        Raises:
            InputRefused: there is no such order.
        """
        view, protocol = self.look(order_number), self.station.rulebook().protocol
        if view.plan is None or view.course.ended is not None or view.findings:
            return None
        last = view.plan.content.bags[-1]
        restarted_low = any(each.kind is InterruptionKind.GRADE_3 for each in view.course.interruptions())
        return next_cycle(
            view.order,
            shown(last.change_at, ZoneInfo(view.order.time_zone)),
            protocol,
            ended_low=restarted_low and last.dose == protocol.low_dose,
        )

    def stop(self, order_number: str, typed: StopTyped) -> InfusionStop:
        """The infusion was stopped; the bag that hangs is stopped with it."""
        with course_turn(self.station, order_number, Permission.MOVE_BAG, "stop-refused") as now:
            hung = bag_at(now.plan.content.bags, typed.stopped_at)
            stop = InfusionStop(
                order_number=order_number,
                number=next_number(now.course.stops),
                stopped_at=typed.stopped_at.astimezone(UTC),
                event=typed.event,
                grade=typed.grade,
                signs=typed.signs,
                dose=now.plan.content.bags[0].dose if hung is None else hung.dose,
                reason=typed.reason,
                told_at=now.at,
            )
            found = check_stop(stop, now.course, now.plan.content.bags, zone=now.zone, now=now.at)
            now.stop_on((*now.check_told_after(), *found), "stop-refused")
            event = "none" if typed.event is None else f"{typed.event.value}, grade {typed.grade}"
            told = (("stopped at", utc_text(stop.stopped_at)), ("event", event), ("reason", stop.reason))
            now.keep(now.work.infusion_stops, stop, "infusion-stopped", told)
            now.stop_hung_bags(stop.stopped_at, stop.reason)
            now.work.commit()
        return stop

    def propose(self, order_number: str, typed: RestartTyped) -> Proposal:
        """What a restart would bring, without keeping anything.

        Raises:
            InputRefused: there is no such order.
            RulesRefused: its infusion is not stopped, or ended for good.
        """
        view, rules, now = self.look(order_number), self.station.rulebook(), self.station.now()
        found, stop = tuple(check_stopped(view.course)), view.course.open_stop
        if found or stop is None:
            raise RulesRefused(found)
        restart = _restart(order_number, stop, typed, now)
        course = replace(view.course, restarts=(*view.course.restarts, restart))
        with self.station.open_unit_of_work(reading=True) as work:
            plan = plan_of_course(view.order, course, work, self.station)
        return Proposal(plan, stops_first(check_restart(stop, restart, rules.protocol)))

    def restart(self, order_number: str, typed: RestartTyped) -> InfusionRestart:
        """The infusion begins again: the prescriber's decision, recorded by a pharmacist."""
        with course_turn(self.station, order_number, Permission.ACCEPT_PLAN, "restart-refused") as now:
            now.stop_on(check_stopped(now.course), "restart-refused")
            stop = now.course.open_stop
            assert stop is not None  # asked before
            restart = _restart(order_number, stop, typed, now.at)
            found = (*now.check_told_after(), *check_restart(stop, restart, now.rules.protocol))
            now.stop_on(found, "restart-refused")
            told = (
                ("restarted at", utc_text(restart.restarted_at)),
                ("prescriber", restart.prescriber),
                ("decision", restart.decision),
            )
            now.keep(now.work.infusion_restarts, restart, "infusion-restarted", told)
            now.work.commit()
        return restart

    def end(self, order_number: str, *, prescriber: str, reason: str) -> Discontinuation:
        """The treatment is ended for good; what hangs is stopped, nothing else goes on."""
        with course_turn(self.station, order_number, Permission.ACCEPT_PLAN, "end-refused") as now:
            now.stop_on(check_end(now.course, prescriber=prescriber, reason=reason), "end-refused")
            ended = Discontinuation(order_number, now.at, prescriber, reason, now.at)
            told = (("prescriber", prescriber), ("reason", reason))
            now.keep(now.work.discontinuations, ended, "treatment-ended", told)
            now.stop_hung_bags(now.at, reason)
            now.work.commit()
        return ended

    def answer_full_dose(
        self, order_number: str, *, prescriber: str, not_recurred: bool | None
    ) -> EscalationAnswer:
        """The toxicity has not come back and the prescriber agrees: the bag that waited may be made."""
        with course_turn(self.station, order_number, Permission.ACCEPT_PLAN, "answer-refused") as now:
            number = _held(now.order.order, now.course, now.plan, now.rules)
            planned = None if number is None else planned_bag(now.plan, number)
            if planned is None:
                now.stop_on((none_held(),), "answer-refused")
                raise AssertionError("refused above")
            found = check_answer(
                planned, prescriber=prescriber, not_recurred=not_recurred,
                protocol=now.rules.protocol, now=now.at,
            )  # fmt: skip
            goes_on = check_course(now.course, now.plan, zone=now.zone, protocol=now.rules.protocol)
            now.stop_on((*goes_on, *found), "answer-refused")
            answer = EscalationAnswer(order_number, planned.start_at, prescriber, now.at)
            told = (("bag", str(planned.number)), ("prescriber", prescriber))
            now.keep(now.work.escalation_answers, answer, "full-dose-answered", told)
            now.work.commit()
        return answer


def _restart(order_number: str, stop: InfusionStop, typed: RestartTyped, now: datetime) -> InfusionRestart:
    return InfusionRestart(
        order_number=order_number,
        number=stop.number,
        restarted_at=typed.restarted_at.astimezone(UTC),
        keep_clock_time=typed.keep_clock_time,
        resolved_at=None if typed.resolved_at is None else typed.resolved_at.astimezone(UTC),
        prescriber=typed.prescriber,
        decision=typed.decision,
        told_at=now,
    )


def _advice(stop: InfusionStop, order: Order, rules: Rulebook) -> tuple[Finding, ...]:
    return (*advice(stop, rules.protocol), *advice_at(order.setting, stop))


def _held(order: Order, course: CourseOnFile, plan: StoredPlan, rules: Rulebook) -> int | None:
    """The newest plan's bag that waits for an answer, or had it."""
    held = (each for each in plan.content.bags if is_held(order, course, each, rules.protocol))
    return max((each.number for each in held), default=None)


def none_held() -> Finding:
    """There is nothing to answer."""
    return finding("answer.none-held", Severity.STOP, "REQ-MOD-008", Mark.DERIVED)
