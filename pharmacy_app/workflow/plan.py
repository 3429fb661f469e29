"""From an order to its bags: the best sequence, or the one a person gave, with every finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pharmacy_app.domain.calculation import check_protocol
from pharmacy_app.domain.course import dose_days, has_cycle
from pharmacy_app.domain.cycle_bags import CycleBags, Filled, Filling, cycle_bags
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding, has_stop, stops_first
from pharmacy_app.domain.optimum import Goal, Weighing, best_sequence, goal_of
from pharmacy_app.domain.order import BagWishes, BenzylAlcohol, Order
from pharmacy_app.domain.order_rules import check_order, is_covered
from pharmacy_app.domain.plan import Plan, planned_bags, totals_of
from pharmacy_app.domain.plan_rules import (
    check_bags,
    check_benzyl_alcohol,
    check_other_sources,
    check_sequence,
    check_whole_cycle,
    giving_up,
    no_plan,
    permitted_durations,
)
from pharmacy_app.domain.preparation_window import sittings
from pharmacy_app.domain.protocol import DoseDays
from pharmacy_app.workflow.plan_days import PlanDays
from pharmacy_app.workflow.rulebook import Rulebook


def make_plan(
    order: Order,
    rulebook: Rulebook,
    *,
    now: datetime,
    on_file: Sequence[Order] | None = None,
    goal: Goal | None = None,
    hung: Mapping[int, Sequence[int]] | None = None,
) -> Plan:
    """The plan of an order; refused, with every finding, where a rule stops it.

    `on_file` are the orders already kept; None where nobody can know them. `goal` None: what the order
    prefers. `hung` are the durations of bags that hung before a stop, by the number of the interruption
    before them (0: none); where they are not given, the optimum without that stop.
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
    planner = _Planner(order, rulebook, goal or goal_of(order.bags.prefer), hung)
    cycle = planner.cycle()
    found.extend(cycle.findings)
    if not cycle.bags and not has_stop(found):
        found.extend(_no_plan(planner))
    if has_stop(found):
        return _refused(order, rulebook, found, doses)
    return planner.plan(cycle, doses, found)


def _refused(
    order: Order, rulebook: Rulebook, found: Iterable[Finding], doses: tuple[DoseDays, ...] = ()
) -> Plan:
    chosen = order.bags.sequence_h is None
    findings = stops_first(found)
    return Plan(order, rulebook.protocol, doses, (), None, findings, chosen, rulebook.zone_data)


class _Planner:
    """Fills the stretches of one order's cycle, and makes the plan of what came out.

    `hung` are the bags of stretches that were stopped: what hung is not planned again.
    """

    def __init__(
        self, order: Order, rulebook: Rulebook, goal: Goal, hung: Mapping[int, Sequence[int]] | None = None
    ) -> None:
        self.order, self.rulebook, self.goal = order, rulebook, goal
        self.hung = dict(hung or {})
        self.days = PlanDays(order, rulebook)
        self.permitted_h = permitted_durations(order, rulebook.protocol)

    def cycle(self) -> CycleBags:
        """Every bag, by the optimum or by hand; none where a rule or a wish stands in the way."""
        by_hand = self.order.bags.sequence_h is not None
        return cycle_bags(self.order, self.rulebook.protocol, self._by_hand if by_hand else self._best)

    def _by_hand(self, filling: Filling) -> Filled:
        rest = (self.order.bags.sequence_h or ())[filling.taken :]
        found = check_sequence(rest, filling, order=self.order, protocol=self.rulebook.protocol)
        return Filled(rest, found)

    def _best(self, filling: Filling) -> Filled:
        after = filling.stretch.after
        if filling.until is not None and after in self.hung:
            return Filled(tuple(self.hung[after]))
        best = self._optimum(filling)
        if filling.until is not None and best is not None:
            self.hung[after] = best
        return Filled(best)

    def _optimum(self, filling: Filling) -> tuple[int, ...] | None:
        weighing = Weighing(
            protocol=self.rulebook.protocol,
            wishes=self.order.bags,
            permitted_h=self.permitted_h,
            closed=self.days.closed,
            goal=self.goal,
            prepared=self.days.prepared(filling.not_before),
        )
        return best_sequence(filling.stretch, weighing, before=filling.before)

    def plan(self, cycle: CycleBags, doses: tuple[DoseDays, ...], found: list[Finding]) -> Plan:
        """The plan of these bags, with what is to be said of them; refused where that is a stop."""
        order, rulebook, protocol = self.order, self.rulebook, self.rulebook.protocol
        windows = [self.days.window(each) for each in cycle.bags]
        bags = planned_bags(cycle.bags, windows, protocol=protocol, closed=self.days.closed)
        found.extend(check_whole_cycle(bags, protocol))
        found.extend(check_bags(bags, protocol=protocol, site=rulebook.site))
        found.extend(check_other_sources(bags, protocol))
        if has_stop(found):
            return _refused(order, rulebook, found, doses)
        return Plan(
            order=order,
            protocol=protocol,
            doses=doses,
            bags=bags,
            totals=totals_of(bags, protocol),
            findings=stops_first(found),
            chosen=order.bags.sequence_h is None,
            zone_data=rulebook.zone_data,
            stretches=cycle.stretches,
            sittings=sittings([bag.recipe for bag in bags], windows, protocol),
        )


def _about_the_site(order: Order, rulebook: Rulebook) -> Iterator[Finding]:
    site = rulebook.site
    if site.training:
        yield finding("site.training-figures", Severity.NOTE, "REQ-PRO-004", Mark.SITE)
    if order.time_zone != site.time_zone:
        values = {"infusion": order.time_zone, "pharmacy": site.time_zone}
        yield finding("plan.two-zones", Severity.NOTE, "REQ-ORD-013", Mark.DERIVED, **values)


def _no_plan(planner: _Planner) -> Iterator[Finding]:
    """Nothing fills the cycle: which wish is in the way, and what giving it up would bring."""
    yield no_plan(planner.permitted_h)
    for name, wishes in _relaxed(planner.order.bags).items():
        relaxed = replace(planner.order, bags=wishes)
        other = _Planner(relaxed, planner.rulebook, planner.goal, planner.hung)
        cycle = other.cycle()
        if cycle.bags:
            plan = other.plan(cycle, (), [])
            if plan.totals is not None:
                yield giving_up(name, plan.totals)


def _relaxed(bags: BagWishes) -> dict[str, BagWishes]:
    """The wishes with one of them given up; last, where there are several, with all."""
    one: dict[str, BagWishes] = {}
    if bags.durations_h is not None:
        one["durations"] = replace(bags, durations_h=None)
    if bags.hospital.durations_h is not None:
        one["hospital-durations"] = replace(bags, hospital=replace(bags.hospital, durations_h=None))
    if bags.home.durations_h is not None:
        one["home-durations"] = replace(bags, home=replace(bags.home, durations_h=None))
    if bags.benzyl_alcohol is BenzylAlcohol.AVOID:
        one["benzyl-alcohol"] = replace(bags, benzyl_alcohol=BenzylAlcohol.PERMITTED)
    if len(one) > 1:
        one["all"] = replace(
            bags,
            durations_h=None,
            hospital=replace(bags.hospital, durations_h=None),
            home=replace(bags.home, durations_h=None),
            benzyl_alcohol=BenzylAlcohol.PERMITTED,
        )
    return one


@dataclass(frozen=True, slots=True)
class Alternative:
    """A plan that stands beside the one in use: `name` says what it is best in."""

    name: str
    plan: Plan


BESIDE = {
    "fewest-changes": Goal.LEAST_CHANGES,
    "fewest-vials": Goal.LEAST_VIALS,
    "fewest-line-changes": Goal.LEAST_LINE_CHANGES,
}


def alternatives(plan: Plan, rulebook: Rulebook, *, now: datetime) -> tuple[Alternative, ...]:
    """Three plans of the same order, each the best in one thing before all others; none where it is refused.

    Beside a sequence by hand the best plan stands first. What hung before an interruption is the same in all.
    """
    if plan.refused:
        return ()
    order, hung = replace(plan.order, bags=replace(plan.order.bags, sequence_h=None)), _hung(plan)
    found = [
        Alternative(name, make_plan(order, rulebook, now=now, goal=goal, hung=hung))
        for name, goal in BESIDE.items()
    ]
    if plan.order.bags.sequence_h is not None:
        found.insert(0, Alternative("best", make_plan(order, rulebook, now=now, hung=hung)))
    return tuple(found)


def _hung(plan: Plan) -> dict[int, list[int]]:
    """The durations of the plan's bags, by the number of the interruption before them."""
    bags: dict[int, list[int]] = {}
    stretch, *later = plan.stretches
    for bag in plan.bags:
        if bag.restart:
            stretch, *later = later
        bags.setdefault(stretch.after, []).append(bag.duration_h)
    return bags
