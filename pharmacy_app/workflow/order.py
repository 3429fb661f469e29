"""Orders kept and accepted: checked beside what is on file, stored with their entry in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from pharmacy_app.domain.acceptance import OrderAcceptance
from pharmacy_app.domain.audit import utc_text
from pharmacy_app.domain.clock import first_instant
from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding, has_stop, stops_first
from pharmacy_app.domain.order import Order
from pharmacy_app.domain.order_document import order_digest
from pharmacy_app.domain.order_rules import check_order
from pharmacy_app.domain.person import Permission
from pharmacy_app.domain.protocol import Protocol
from pharmacy_app.workflow.course_on_file import others_as_they_ran
from pharmacy_app.workflow.plan import make_plan
from pharmacy_app.workflow.reasons import as_facts, given_reasons, missing_reasons
from pharmacy_app.workflow.record import entry, keep, refuse
from pharmacy_app.workflow.rulebook import Rulebook
from pharmacy_app.workflow.station import Station
from pharmacy_app.workflow.unit_of_work import OpenUnitOfWork, StoredOrder, UnitOfWork


def orders_on_file(open_unit_of_work: OpenUnitOfWork) -> tuple[StoredOrder, ...]:
    """All orders kept, newest start first."""
    with open_unit_of_work(reading=True) as work:
        return work.orders.all()


def check_with_file(
    order: Order, rulebook: Rulebook, open_unit_of_work: OpenUnitOfWork, *, now: datetime
) -> tuple[Finding, ...]:
    """Every finding about an order beside what is on file, stops first."""
    with open_unit_of_work(reading=True) as work:
        on_file = others_as_they_ran(order, work)
    found = check_order(order, rulebook.protocol, rulebook.site, now=now, on_file=on_file)
    return stops_first((*found, *check_uninterrupted(order)))


def keep_order(
    order: Order, reasons: Mapping[str, str] | None, station: Station, *, accept: bool = False
) -> None:
    """Check an order and its plan beside what is on file, and keep it; the same order twice is kept once.

    `reasons` are what a pharmacist typed, by the code of the finding they answer. None: the order comes
    from a file or a technician, and its reasons stay open. With `accept` a pharmacist accepts it too.

    Raises:
        RulesRefused: a rule stops the order, or a reason is missing; the refusal is recorded. Or the person
            who works here may not enter an order, give a reason or accept.
        StationTrouble: the database does not take it; nothing was kept.
    """
    station.permitted(Permission.ENTER_ORDER)
    require_pharmacist_for(reasons or {}, station)
    if accept:
        station.permitted(Permission.ACCEPT_ORDER)
    with station.open_unit_of_work() as work:
        stored = work.orders.all()
        if all(each.order != order for each in stored):
            _add(work, order, reasons, station=station, on_file=others_as_they_ran(order, work))
        if accept:
            _accept(work, order, station)
        work.commit()


def require_pharmacist_for(reasons: Mapping[str, str], station: Station) -> None:
    """A reason is a pharmacist's (REQ-VER-006).

    Raises:
        RulesRefused: one is given by somebody else.
    """
    if any(text.strip() for text in reasons.values()):
        station.permitted(Permission.GIVE_REASON)


def _add(
    work: UnitOfWork,
    order: Order,
    reasons: Mapping[str, str] | None,
    *,
    station: Station,
    on_file: Sequence[Order],
) -> None:
    actor, rulebook, now = station.actor(), station.rulebook(), station.now()
    tell = partial(entry, actor=actor, thing=f"order {order.order_number}", at=now, site=rulebook.site)
    planned = make_plan(order, rulebook, now=now, on_file=on_file)
    found = stops_first((*planned.findings, *check_uninterrupted(order)))
    missing = () if reasons is None else missing_reasons(found, reasons)
    if has_stop(found) or missing:
        work.audit.add(tell("order-refused", facts=_facts((*found, *missing))))
        work.commit()
        raise RulesRefused(stops_first((*found, *missing)))
    given = given_reasons(found, reasons or {})
    kept = _stored(order, rulebook.protocol, now, given)
    work.orders.add(kept)
    facts = (*_facts(found), *_infusion(kept), *as_facts(given))
    work.audit.add(tell("order-added", facts=facts, digest_after=order_digest(order)))


def accept_order(order_number: str, station: Station) -> None:
    """A pharmacist accepts an order on file as it stands there; once for each content (REQ-VER-002).

    Raises:
        RulesRefused: the person who works here is no pharmacist, or there is no such order.
        StationTrouble: the database does not take it; nothing was kept.
    """
    actor, at, site = station.permitted(Permission.ACCEPT_ORDER), station.now(), station.rulebook().site
    with station.open_unit_of_work() as work:
        stored = work.orders.with_number(order_number)
        if stored is None:
            none, thing = RulesRefused((not_on_file(order_number),)), thing_of(order_number, work)
            refuse(work, none, act="order-refused", thing=thing, actor=actor, at=at, site=site)
        _accept(work, stored.order, station)
        work.commit()


def _accept(work: UnitOfWork, order: Order, station: Station) -> None:
    if is_accepted(work, order):
        return
    actor, now = station.actor(), station.now()
    acceptance = OrderAcceptance(order.order_number, order_digest(order), actor.person, now)
    keep(
        work,
        work.acceptances,
        acceptance,
        act="order-accepted",
        thing=f"order {order.order_number}",
        actor=actor,
        at=now,
        site=station.rulebook().site,
        told=(("order digest", acceptance.order_digest),),
    )


def is_accepted(work: UnitOfWork, order: Order) -> bool:
    """Whether a pharmacist accepted exactly this content."""
    acceptance = work.acceptances.latest(order.order_number)
    return acceptance is not None and acceptance.order_digest == order_digest(order)


def acceptance_of(order_number: str, open_unit_of_work: OpenUnitOfWork) -> OrderAcceptance | None:
    """Who accepted the order as it stands on file, and when; None: nobody, or there is no such order."""
    with open_unit_of_work(reading=True) as work:
        stored = work.orders.with_number(order_number)
        if stored is None or not is_accepted(work, stored.order):
            return None
        return work.acceptances.latest(order_number)


def accepted_orders(open_unit_of_work: OpenUnitOfWork) -> frozenset[str]:
    """The numbers of the orders on file that are accepted as they stand there."""
    with open_unit_of_work(reading=True) as work:
        digests = {each.order_number: each.order_digest for each in work.acceptances.all()}
        return frozenset(
            stored.order.order_number
            for stored in work.orders.all()
            if digests.get(stored.order.order_number) == order_digest(stored.order)
        )


def check_accepted(work: UnitOfWork, order: Order) -> tuple[Finding, ...]:
    """A stop where the order is not on file, or not accepted as it stands there.

    A sequence that a person gives while planning, or an interrupted infusion, makes no other order.
    """
    stored = work.orders.with_number(order.order_number)
    if stored is not None:
        bags = replace(order.bags, sequence_h=stored.order.bags.sequence_h)
        as_ordered = replace(order, bags=bags, interruptions=(), ended_at=None)
        if as_ordered == stored.order and is_accepted(work, stored.order):
            return ()
    return (not_accepted(order.order_number),)


def check_uninterrupted(order: Order) -> tuple[Finding, ...]:
    """A stop where an order that is to be kept has interruptions.

    What happens to a course on file is recorded when it happens, and is no part of what was ordered.
    """
    if not order.interruptions:
        return ()
    code, rule = "order.interruptions-in-file", "REQ-INT-001"
    return (finding(code, Severity.STOP, rule, Mark.DERIVED, field="interruptions"),)


def thing_of(order_number: str, work: UnitOfWork) -> str:
    """How the record names an order. What no order on file has may be anything, and is not named."""
    return "orders" if work.orders.with_number(order_number) is None else f"order {order_number}"


def not_accepted(order_number: str) -> Finding:
    """A pharmacist has not accepted the order as it stands on file."""
    return finding("order.not-accepted", Severity.STOP, "REQ-VER-002", Mark.DERIVED, number=order_number)


def not_on_file(order_number: str) -> Finding:
    """There is no such order."""
    return finding("order.not-on-file", Severity.STOP, "REQ-VER-002", Mark.DERIVED, number=order_number)


def _stored(
    order: Order, protocol: Protocol, now: datetime, reasons: tuple[tuple[str, str], ...]
) -> StoredOrder:
    zone = ZoneInfo(order.time_zone)
    end = order.start_at + timedelta(days=protocol.infusion_days)
    return StoredOrder(order, now, first_instant(order.start_at, zone), first_instant(end, zone), reasons)


def _infusion(stored: StoredOrder) -> tuple[tuple[str, str], ...]:
    """From when to when it runs, as stored: later zone rules may say otherwise."""
    return ("starts at", utc_text(stored.starts_at)), ("ends at", utc_text(stored.ends_at))


def _facts(found: tuple[Finding, ...]) -> tuple[tuple[str, str], ...]:
    codes = sorted({each.code for each in found if each.severity is not Severity.NOTE})
    return (("findings", ", ".join(codes)),)
