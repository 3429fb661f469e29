"""Taking a bag: everything that must hold before anything is prepared, and its serial."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NoReturn
from zoneinfo import ZoneInfo

from pharmacy_app.domain.bag import OPEN, BagState
from pharmacy_app.domain.bag_event import BagEvent, Started
from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding, has_stop, stops_first
from pharmacy_app.domain.order_document import order_digest
from pharmacy_app.domain.person import Actor, Permission
from pharmacy_app.domain.plan_record import BagRecord, plan_record_digest
from pharmacy_app.domain.preparation_scan import shown_serial
from pharmacy_app.domain.site import Site
from pharmacy_app.domain.verification import check_in_time, check_weight, times_of
from pharmacy_app.workflow.bag_on_file import bags_of_order, keep_event, planned_bag, read_bag
from pharmacy_app.workflow.course_on_file import check_course, check_held, read_course
from pharmacy_app.workflow.record import entry
from pharmacy_app.workflow.rulebook import Rulebook
from pharmacy_app.workflow.station import Station
from pharmacy_app.workflow.unit_of_work import StoredOrder, StoredPlan, UnitOfWork

_MOST_A_DAY = 9999


def start_bag(order_number: str, bag_number: int, station: Station) -> str:
    """Take a planned bag at this bench; its serial.

    Raises:
        RulesRefused: the order is not accepted, no plan is in force, the bag is made already or
            elsewhere, another bag is open at this bench, or it could not be hung in time; recorded.
    """
    actor, rules, now = station.permitted(Permission.PREPARE), station.rulebook(), station.now()
    with station.open_unit_of_work() as work:
        order, plan = work.orders.with_number(order_number), work.plans.latest(order_number)
        planned = None if plan is None else planned_bag(plan, bag_number)
        if order is None or plan is None or planned is None:
            none = (_stop("bench.no-plan", "REQ-VER-002", order=order_number),)
            known = "" if order is None else order_number  # what is on no order may be anything
            _refuse(work, none, bag=(known, bag_number), actor=actor, at=now, site=rules.site)
        found = stops_first(_before_start(work, order, plan, planned, rules=rules, actor=actor, now=now))
        if has_stop(found):
            _refuse(work, found, bag=(order_number, bag_number), actor=actor, at=now, site=rules.site)
        serial = next_serial(work, now, rules.site.time_zone)
        started = Started(
            order_number=order_number,
            bag_number=bag_number,
            duration_h=planned.duration_h,
            dose=planned.dose,
            plan_revision=plan.revision,
            plan_digest=plan_record_digest(plan.content),
            protocol_digest=rules.protocol.digest,
            commissioned=rules.protocol.commissioned,
            bench=actor.station,
        )
        event = BagEvent(serial, 1, now, actor.person, actor.station, started)
        keep_event(work, event, actor=actor, site=rules.site, told=_whose(order, bag_number))
        work.commit()
    return serial


def _refuse(
    work: UnitOfWork,
    found: tuple[Finding, ...],
    *,
    bag: tuple[str, int],
    actor: Actor,
    at: datetime,
    site: Site,
) -> NoReturn:
    """Record the refusal, then refuse. `bag`: the order's number, empty where there is none, and its own."""
    order_number, number = bag
    facts = (("bag", str(number)), ("findings", ", ".join(each.code for each in found)))
    thing = f"order {order_number}" if order_number else "orders"
    work.audit.add(entry("start-refused", actor=actor, thing=thing, at=at, site=site, facts=facts))
    work.commit()
    raise RulesRefused(found)


def _whose(order: StoredOrder, bag_number: int) -> tuple[tuple[str, str], ...]:
    return ("order", order.order.order_number), ("bag", str(bag_number))


def next_serial(work: UnitOfWork, now: datetime, time_zone: str) -> str:
    """Ten digits: the site's day and a count of that day, `2610260317`; there is one left."""
    day = f"{now.astimezone(ZoneInfo(time_zone)):%y%m%d}"
    return f"{day}{_next_count(work, day):04}"


def _next_count(work: UnitOfWork, day: str) -> int:
    last = work.bag_events.last_serial(day)
    return 1 if last is None else int(last[6:]) + 1


def _serial_left(work: UnitOfWork, now: datetime, time_zone: str) -> Iterator[Finding]:
    if _next_count(work, f"{now.astimezone(ZoneInfo(time_zone)):%y%m%d}") > _MOST_A_DAY:
        yield _stop("bench.no-serial-left", "REQ-VER-007")


def _before_start(
    work: UnitOfWork,
    order: StoredOrder,
    plan: StoredPlan,
    planned: BagRecord,
    *,
    rules: Rulebook,
    actor: Actor,
    now: datetime,
) -> Iterator[Finding]:
    yield from _accepted(work, order)
    yield from _in_force(order, plan, rules)
    course = read_course(work, order.order.order_number)
    zone = ZoneInfo(order.order.time_zone)
    yield from check_course(course, plan, zone=zone, protocol=rules.protocol)
    yield from check_held(order.order, course, planned, rules.protocol)
    later = [each.weight for each in work.weights.history(order.order.order_number)]
    yield from check_weight(order.order.patient, later, rules.protocol)
    times = times_of(planned, prepared_at=now, protocol=rules.protocol, site=rules.site)
    yield from times.findings
    yield from check_in_time(times, now)
    yield from _made_already(work, order, planned)
    yield from _open_at(work, actor.station)
    yield from _serial_left(work, now, rules.site.time_zone)


def _accepted(work: UnitOfWork, order: StoredOrder) -> Iterator[Finding]:
    """A pharmacist accepts the order before anything is prepared (REQ-VER-002)."""
    accepted = work.acceptances.latest(order.order.order_number)
    if accepted is None or accepted.order_digest != order_digest(order.order):
        yield _stop("order.not-accepted", "REQ-VER-002", number=order.order.order_number)


def _in_force(order: StoredOrder, plan: StoredPlan, rules: Rulebook) -> Iterator[Finding]:
    if plan.content.protocol_digest != rules.protocol.digest:
        yield _stop("bench.plan-of-another-protocol", "REQ-PRO-002")
    if order.starts_at < order.stored_at:
        yield _stop("verify.start-past", "REQ-ORD-014")


def _made_already(work: UnitOfWork, order: StoredOrder, planned: BagRecord) -> Iterator[Finding]:
    for bag in bags_of_order(work, order.order.order_number):
        made = bag.started.bag_number == planned.number and bag.state in (*OPEN, BagState.ENDED)
        if made:
            values = {"serial": shown_serial(bag.serial), "bench": bag.bench, "state": bag.state.value}
            yield _stop("bench.made-already", "REQ-VER-007", bag=str(planned.number), **values)


def _open_at(work: UnitOfWork, bench: str) -> Iterator[Finding]:
    """One bag is open at a bench (REQ-VER-007)."""
    for serial in open_at(work, bench):
        yield _stop("bench.another-open", "REQ-VER-007", serial=shown_serial(serial))


def open_at(work: UnitOfWork, bench: str) -> tuple[str, ...]:
    """The serials of the bags that are in preparation at a bench."""
    bags = (read_bag(work, serial) for serial in work.bag_events.not_ended())
    return tuple(bag.serial for bag in bags if bag.state is BagState.IN_PREPARATION and bag.bench == bench)


def _stop(code: str, rule: str, **values: str) -> Finding:
    return finding(code, Severity.STOP, rule, Mark.DERIVED, **values)
