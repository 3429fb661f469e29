"""From an order to its bags: the best sequence, or the one a person gave, with every finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from pharmacy_app.domain.bag_schedule import CycleClock, cycle_clock, schedule
from pharmacy_app.domain.calculation import check_protocol
from pharmacy_app.domain.course import dose_days, has_cycle
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding, has_stop, stops_first
from pharmacy_app.domain.optimum import ClosedDays, best_sequence
from pharmacy_app.domain.order import BagWishes, Order
from pharmacy_app.domain.order_rules import check_order, is_covered
from pharmacy_app.domain.plan import Plan, planned_bags, totals_of
from pharmacy_app.domain.plan_rules import (
    check_bags,
    check_benzyl_alcohol,
    check_other_sources,
    check_sequence,
    check_whole_cycle,
    no_plan,
    permitted_durations,
)
from pharmacy_app.domain.protocol import DoseDays
from pharmacy_app.domain.quantity import DoseRate
from pharmacy_app.workflow.rulebook import Rulebook


def make_plan(
    order: Order, rulebook: Rulebook, *, now: datetime, on_file: Sequence[Order] | None = None
) -> Plan:
    """The plan of an order; refused, with every finding, where a rule stops it.

    `on_file` are the orders already kept; None where nobody can know them.
    """
    protocol = rulebook.protocol
    found = [*check_order(order, protocol, rulebook.site, now=now, on_file=on_file)]
    if not is_covered(order, protocol):
        return _refused(order, rulebook, found)
    found = [*check_protocol(protocol, rulebook.site), *found, *_about_the_site(order, rulebook)]
    if not has_cycle(order.indication, order.cycle, protocol):
        return _refused(order, rulebook, found)
    doses = dose_days(order, protocol)
    found.extend(check_benzyl_alcohol(order, protocol))
    sequence, bag_doses, findings = _sequence(order, doses, rulebook)
    found.extend(findings)
    if has_stop(found):
        return _refused(order, rulebook, found, doses)
    return _with_bags(order, rulebook, found, doses=doses, sequence=sequence, bag_doses=bag_doses)


def _refused(
    order: Order, rulebook: Rulebook, found: Iterable[Finding], doses: tuple[DoseDays, ...] = ()
) -> Plan:
    chosen = order.bags.sequence_h is None
    findings = stops_first(found)
    return Plan(order, rulebook.protocol, doses, (), None, findings, chosen, rulebook.zone_data)


def _with_bags(
    order: Order,
    rulebook: Rulebook,
    found: list[Finding],
    *,
    doses: tuple[DoseDays, ...],
    sequence: tuple[int, ...],
    bag_doses: tuple[DoseRate, ...],
) -> Plan:
    protocol = rulebook.protocol
    clock = _clock(order, rulebook)
    limits = {duration_h: protocol.room_limit(duration_h) for duration_h in protocol.durations_h}
    recipes = [protocol.recipe(duration, dose) for duration, dose in zip(sequence, bag_doses, strict=True)]
    closed = closed_days(order, doses, rulebook)
    bags = planned_bags(schedule(clock, sequence, limits), recipes=recipes, protocol=protocol, closed=closed)
    found.extend(check_whole_cycle(bags, protocol))
    found.extend(check_bags(bags, protocol=protocol, site=rulebook.site))
    found.extend(check_other_sources(bags, protocol))
    if has_stop(found):
        return _refused(order, rulebook, found, doses)
    totals = totals_of(bags, protocol)
    chosen = order.bags.sequence_h is None
    return Plan(order, protocol, doses, bags, totals, stops_first(found), chosen, rulebook.zone_data)


def _clock(order: Order, rulebook: Rulebook) -> CycleClock:
    return cycle_clock(order.start_at, ZoneInfo(order.time_zone), days=rulebook.protocol.infusion_days)


def _sequence(
    order: Order, doses: tuple[DoseDays, ...], rulebook: Rulebook
) -> tuple[tuple[int, ...], tuple[DoseRate, ...], tuple[Finding, ...]]:
    protocol = rulebook.protocol
    if order.bags.sequence_h is not None:
        found, bag_doses = check_sequence(order.bags.sequence_h, order=order, doses=doses, protocol=protocol)
        return order.bags.sequence_h, bag_doses, found
    permitted = permitted_durations(order, protocol)
    best = best_sequence(
        clock=_clock(order, rulebook),
        doses=doses,
        permitted_h=permitted,
        protocol=protocol,
        closed=closed_days(order, doses, rulebook),
        prefer=order.bags.prefer,
    )
    if best is None:
        return (), (), (no_plan(permitted),)
    _, bag_doses = check_sequence(best, order=order, doses=doses, protocol=protocol)
    return best, bag_doses, ()


def closed_days(order: Order, doses: Sequence[DoseDays], rulebook: Rulebook) -> ClosedDays:
    """The days on which a change costs, by weekday and by public holiday at the place of infusion."""
    weekdays = frozenset(day.value for day in order.bags.closed_days)
    holidays: frozenset[date] = frozenset()
    if order.bags.holidays is not None:
        first = order.start_at.date() - timedelta(days=1)
        last = first + timedelta(days=rulebook.protocol.infusion_days + 2)
        holidays = rulebook.holidays.days(order.bags.holidays, first=first, last=last)
    return ClosedDays(
        is_closed=lambda day: day.weekday() in weekdays or day in holidays,
        hospital_days=order.bags.hospital_days,
        uncounted_days=frozenset(each.to_day for each in doses),
    )


def _about_the_site(order: Order, rulebook: Rulebook) -> Iterator[Finding]:
    site = rulebook.site
    if site.training:
        yield finding("site.training-figures", Severity.NOTE, "REQ-PRO-004", Mark.SITE)
    if order.time_zone != site.time_zone:
        values = {"infusion": order.time_zone, "pharmacy": site.time_zone}
        yield finding("plan.two-zones", Severity.NOTE, "REQ-ORD-013", Mark.DERIVED, **values)


@dataclass(frozen=True, slots=True)
class Alternative:
    """A plan that was not chosen: `name` is the code of its name in the catalogue."""

    name: str
    plan: Plan


def alternatives(plan: Plan, rulebook: Rulebook, *, now: datetime) -> tuple[Alternative, ...]:
    """What the plan beats: the same order with one wish changed. Each may itself be refused."""
    order, bags = plan.order, plan.order.bags
    wished = bags.durations_h or rulebook.protocol.durations_h
    shorter = tuple(each for each in wished if each != max(wished))
    changed: dict[str, BagWishes] = {}
    if bags.sequence_h is not None:
        changed["alternative.best"] = replace(bags, sequence_h=None)
    else:
        longest = max(rulebook.protocol.durations_h)
        if longest not in plan.sequence_h:
            days = rulebook.protocol.infusion_days * 24 // longest
            changed["alternative.seven-day"] = replace(bags, sequence_h=(longest,) * days)
        if bags.closed_days or bags.holidays is not None:
            changed["alternative.any-day"] = replace(bags, closed_days=frozenset(), holidays=None)
        if shorter:
            changed["alternative.shorter"] = replace(bags, durations_h=shorter)
    return tuple(
        Alternative(name, make_plan(replace(order, bags=wishes), rulebook, now=now))
        for name, wishes in changed.items()
    )
