"""When the course does not go to plan: stop, restart, end, and the answer before the full dose.

Each command is one transaction, in which facts and entries go together. A refusal is an entry too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from pharmacy_app.domain.adverse_event import advice, check_restart
from pharmacy_app.domain.audit import utc_text
from pharmacy_app.domain.bag import BagState
from pharmacy_app.domain.bag_event import Hung, Stopped
from pharmacy_app.domain.clock import elapsed
from pharmacy_app.domain.course_rules import bag_at, check_answer, check_end, check_stop
from pharmacy_app.domain.errors import InputRefused, RulesRefused
from pharmacy_app.domain.fact import FactType
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
from pharmacy_app.domain.order import AdverseEvent, Order
from pharmacy_app.domain.person import Actor, Permission
from pharmacy_app.domain.plan import Plan
from pharmacy_app.workflow.bag_on_file import bags_of_order, keep_happening, planned_bag
from pharmacy_app.workflow.course_on_file import as_it_ran, check_course, is_held, read_course
from pharmacy_app.workflow.plan import make_plan
from pharmacy_app.workflow.record import Told, entry, keep
from pharmacy_app.workflow.rulebook import Rulebook
from pharmacy_app.workflow.station import Station
from pharmacy_app.workflow.unit_of_work import Facts, StoredOrder, StoredPlan, UnitOfWork


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
class _Turn:
    """One command: its transaction, who gives it when, and the course before it."""

    work: UnitOfWork
    actor: Actor
    rules: Rulebook
    at: datetime
    order: StoredOrder
    plan: StoredPlan
    course: CourseOnFile

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.order.order.time_zone)

    @property
    def thing(self) -> str:
        return f"order {self.order.order.order_number}"

    def stop_on(self, found: Iterable[Finding], act: str) -> None:
        """Record the refusal and refuse, where a stop is among the findings."""
        findings = stops_first(found)
        if has_stop(findings):
            told = (("findings", ", ".join(each.code for each in findings)),)
            self.tell(act, told)
            self.work.commit()
            raise RulesRefused(findings)

    def tell(self, act: str, told: Told) -> None:
        """An entry without a fact."""
        self.work.audit.add(
            entry(act, actor=self.actor, thing=self.thing, at=self.at, site=self.rules.site, facts=told)
        )

    def keep(self, facts: Facts[FactType], fact: FactType, act: str, told: Told) -> None:
        """A fact with its entry."""
        keep(self.work, facts, fact, act=act, thing=self.thing, actor=self.actor, at=self.at,
             site=self.rules.site, told=told)  # fmt: skip

    def stop_hung_bags(self, stopped_at: datetime, reason: str) -> None:
        """What hangs is stopped too; void unless a pharmacist releases it again (REQ-INT-004)."""
        for bag in bags_of_order(self.work, self.order.order.order_number):
            if bag.state is BagState.HUNG:
                hung_at = bag.moment_of(Hung) or stopped_at
                ran = elapsed(min(hung_at, stopped_at), stopped_at)
                keep_happening(
                    self.work, bag, Stopped(reason, ran), actor=self.actor, at=self.at,
                    site=self.rules.site, told=(("reason", reason),),
                )  # fmt: skip


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
            advice=() if newest is None else advice(newest, rules.protocol),
            held=None if plan is None else _held(order.order, course, plan, rules),
        )

    def stop(self, order_number: str, typed: StopTyped) -> InfusionStop:
        """The infusion was stopped; the bag that hangs is stopped with it."""
        with self._turn(order_number, Permission.MOVE_BAG, "stop-refused") as now:
            hung = bag_at(now.plan.content.bags, typed.stopped_at)
            stop = InfusionStop(
                order_number=order_number,
                number=next_number(now.course.stops),
                stopped_at=typed.stopped_at,
                event=typed.event,
                grade=typed.grade,
                signs=typed.signs,
                dose=now.plan.content.bags[0].dose if hung is None else hung.dose,
                reason=typed.reason,
                told_at=now.at,
            )
            found = check_stop(stop, now.course, now.plan.content.bags, zone=now.zone, now=now.at)
            now.stop_on(found, "stop-refused")
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
            RulesRefused: its infusion is not stopped.
        """
        view, rules, now = self.look(order_number), self.station.rulebook(), self.station.now()
        stop = view.course.open_stop
        if stop is None:
            raise RulesRefused((_stop("course.not-stopped", "REQ-INT-001"),))
        restart = _restart(order_number, stop, typed, now)
        course = CourseOnFile(view.course.stops, (*view.course.restarts, restart))
        plan = make_plan(as_it_ran(view.order, course), rules, now=now)
        return Proposal(plan, stops_first(check_restart(stop, restart, rules.protocol)))

    def restart(self, order_number: str, typed: RestartTyped) -> InfusionRestart:
        """The infusion begins again: the prescriber's decision, recorded by a pharmacist."""
        with self._turn(order_number, Permission.ACCEPT_PLAN, "restart-refused") as now:
            stop = now.course.open_stop
            if stop is None or now.course.ended is not None:
                code = "course.not-stopped" if stop is None else "course.ended-already"
                now.stop_on((_stop(code, "REQ-INT-001"),), "restart-refused")
                raise AssertionError("refused above")
            restart = _restart(order_number, stop, typed, now.at)
            now.stop_on(check_restart(stop, restart, now.rules.protocol), "restart-refused")
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
        with self._turn(order_number, Permission.ACCEPT_PLAN, "end-refused") as now:
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
        with self._turn(order_number, Permission.ACCEPT_PLAN, "answer-refused") as now:
            number = _held(now.order.order, now.course, now.plan, now.rules)
            planned = None if number is None else planned_bag(now.plan, number)
            if planned is None:
                now.stop_on((_stop("answer.none-held", "REQ-MOD-008"),), "answer-refused")
                raise AssertionError("refused above")
            found = check_answer(
                planned, prescriber=prescriber, not_recurred=not_recurred,
                protocol=now.rules.protocol, now=now.at,
            )  # fmt: skip
            now.stop_on(found, "answer-refused")
            answer = EscalationAnswer(order_number, planned.start_at, prescriber, now.at)
            told = (("bag", str(planned.number)), ("prescriber", prescriber))
            now.keep(now.work.escalation_answers, answer, "full-dose-answered", told)
            now.work.commit()
        return answer

    @contextmanager
    def _turn(self, order_number: str, permission: Permission, refused: str) -> Iterator[_Turn]:
        actor, rules, at = self.station.permitted(permission), self.station.rulebook(), self.station.now()
        with self.station.open_unit_of_work() as work:
            order, plan = work.orders.with_number(order_number), work.plans.latest(order_number)
            if order is None or plan is None:
                found = (_stop("bench.no-plan", "REQ-VER-002", order=order_number),)
                codes = (("findings", found[0].code),)
                work.audit.add(
                    entry(refused, actor=actor, thing="orders", at=at, site=rules.site, facts=codes)
                )
                work.commit()
                raise RulesRefused(found)
            yield _Turn(work, actor, rules, at, order, plan, read_course(work, order_number))


def _restart(order_number: str, stop: InfusionStop, typed: RestartTyped, now: datetime) -> InfusionRestart:
    return InfusionRestart(
        order_number=order_number,
        number=stop.number,
        restarted_at=typed.restarted_at,
        keep_clock_time=typed.keep_clock_time,
        resolved_at=typed.resolved_at,
        prescriber=typed.prescriber,
        decision=typed.decision,
        told_at=now,
    )


def _held(order: Order, course: CourseOnFile, plan: StoredPlan, rules: Rulebook) -> int | None:
    """The newest plan's bag that waits for an answer, or had it."""
    held = (each for each in plan.content.bags if is_held(order, course, each, rules.protocol))
    return max((each.number for each in held), default=None)


def _stop(code: str, rule: str, **values: str) -> Finding:
    return finding(code, Severity.STOP, rule, Mark.DERIVED, **values)
