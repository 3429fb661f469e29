"""Plans kept: the newest one of an order counts, none is edited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.finding import Finding
from pharmacy_app.domain.infusion_stop import CourseOnFile
from pharmacy_app.domain.order import Order
from pharmacy_app.domain.person import Permission
from pharmacy_app.domain.plan import Plan
from pharmacy_app.domain.plan_record import plan_digest, plan_record_digest
from pharmacy_app.workflow.course_on_file import (
    as_it_ran,
    check_plan_of_course,
    hung_bags,
    others_as_they_ran,
    read_course,
)
from pharmacy_app.workflow.order import check_accepted, require_pharmacist_for, thing_of
from pharmacy_app.workflow.plan import make_plan
from pharmacy_app.workflow.reasons import as_facts, given_reasons, missing_reasons, open_reasons
from pharmacy_app.workflow.record import entry, refuse
from pharmacy_app.workflow.station import Station
from pharmacy_app.workflow.unit_of_work import OpenUnitOfWork, UnitOfWork


def keep_plan(plan: Plan, reasons: Mapping[str, str], station: Station) -> int:
    """Keep a plan of an order on file, with its entry; its revision for that order, counted from 1.

    The plan that is on file already is not kept twice. `reasons` are what a pharmacist typed now, by the
    code of the finding they answer, beside those kept with the order.

    Raises:
        RulesRefused: the plan is refused, its order is not accepted as it stands on file (REQ-VER-002), or
            a reason is still open; the refusal is recorded. Or the person who works here is no pharmacist.
        StationTrouble: the database does not take it; nothing was kept.
    """
    actor, site, now = station.permitted(Permission.ACCEPT_PLAN), station.rulebook().site, station.now()
    require_pharmacist_for(reasons, station)
    with station.open_unit_of_work() as work:
        thing = thing_of(plan.order.order_number, work)
        if plan.refused:
            refusal = RulesRefused(plan.findings)
            refuse(work, refusal, act="plan-refused", thing=thing, actor=actor, at=now, site=site)
        digest, latest = plan_digest(plan), work.plans.latest(plan.order.order_number)
        if latest is not None and plan_record_digest(latest.content) == digest:
            return latest.revision
        given = {**_kept_reasons(work, plan), **reasons}
        found = (
            *check_accepted(work, plan.order),
            *check_plan_of_course(plan, read_course(work, plan.order.order_number), now=now),
            *missing_reasons(plan.findings, given),
        )
        if found:
            refuse(work, RulesRefused(found), act="plan-refused", thing=thing, actor=actor, at=now, site=site)
        revision = work.plans.add(plan, made_at=now)
        bags = " ".join(str(duration_h) for duration_h in plan.sequence_h)
        made = (("bags", bags), ("revision", str(revision)), ("zone data", plan.zone_data))
        facts = made + as_facts(given_reasons(plan.findings, reasons))
        work.audit.add(
            entry(
                "plan-accepted", actor=actor, thing=thing, at=now, site=site, facts=facts, digest_after=digest
            )
        )
        work.commit()
    return revision


def _kept_reasons(work: UnitOfWork, plan: Plan) -> dict[str, str]:
    stored = work.orders.with_number(plan.order.order_number)
    return {} if stored is None else dict(stored.reasons)


def reasons_still_open(plan: Plan, open_unit_of_work: OpenUnitOfWork) -> tuple[Finding, ...]:
    """The plan's findings that ask for a reason which is not kept with its order."""
    with open_unit_of_work(reading=True) as work:
        return open_reasons(plan.findings, _kept_reasons(work, plan))


def plan_beside_file(order: Order, station: Station) -> Plan:
    """The plan of an order beside those on file, with what interrupted its infusion if it is one of them."""
    with station.open_unit_of_work(reading=True) as work:
        stored = work.orders.with_number(order.order_number)
        if stored is None or not is_same_order(order, stored.order):
            return _plan_beside_others(order, work, station)
        course = read_course(work, order.order_number)
        return plan_of_course(order, course, work, station)


def plan_of_course(order: Order, course: CourseOnFile, work: UnitOfWork, station: Station) -> Plan:
    """The plan of an order on file whose infusion ran so: what hung, hung; the rest is planned anew.

    A sequence that the order itself gives was for an infusion that nothing interrupts.
    """
    stored, ran = work.orders.with_number(order.order_number), as_it_ran(order, course)
    hung = hung_bags(work, order.order_number, course, station.rulebook().protocol)
    if hung and stored is not None and order.bags.sequence_h == stored.order.bags.sequence_h:
        ran = replace(ran, bags=replace(ran.bags, sequence_h=None))
    return _plan_beside_others(ran, work, station, hung=hung)


def newest_plan(order_number: str, station: Station) -> Plan | None:
    """The newest plan of an order on file, computed again as it was made; None where none was kept."""
    with station.open_unit_of_work(reading=True) as work:
        stored, kept = work.orders.with_number(order_number), work.plans.latest(order_number)
        if stored is None or kept is None:
            return None
        course = read_course(work, order_number)
        order = as_it_ran(stored.order, course, told_until=kept.made_at)
        sequence_h = kept.content.sequence_h
        if kept.content.chosen:
            hung = hung_bags(work, order_number, course, station.rulebook().protocol)
            free = replace(order, bags=replace(order.bags, sequence_h=None))
            best = _plan_beside_others(free, work, station, hung=hung)
            if best.sequence_h == sequence_h:
                return best
        fixed = replace(order, bags=replace(order.bags, sequence_h=sequence_h))
        return _plan_beside_others(fixed, work, station)


def _plan_beside_others(
    order: Order, work: UnitOfWork, station: Station, *, hung: Mapping[int, Sequence[int]] | None = None
) -> Plan:
    stored = others_as_they_ran(order, work)
    on_file = [order if is_same_order(order, each) else each for each in stored]
    return make_plan(order, station.rulebook(), now=station.now(), on_file=on_file, hung=hung)


def is_same_order(order: Order, on_file: Order) -> bool:
    """A sequence given while planning and an interrupted infusion change the plan, not the order on file."""
    bags = replace(order.bags, sequence_h=on_file.bags.sequence_h)
    as_ordered = replace(order, bags=bags, interruptions=on_file.interruptions, ended_at=on_file.ended_at)
    return as_ordered == on_file
