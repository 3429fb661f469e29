"""Changing a plan bag by bag (REQ-PLN-009): what one bag gains or loses, those after it give or take.

The bags before the changed one stay. The next bag takes what is left where the order permits such a bag;
else everything from there to the next dose wall, or to the end, is planned anew by the optimum. Bags of an
infusion that was stopped, bags that somebody has taken, and every bag before one of those stay as they are.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import Enum

from pharmacy_app.domain.bag import OPEN, BagState
from pharmacy_app.domain.bag_schedule import HOURS_IN_A_DAY, Cell, Stretch, days_of, schedule
from pharmacy_app.domain.cycle_bags import Filling
from pharmacy_app.domain.finding import Finding, Severity
from pharmacy_app.domain.optimum import Weighing, best_sequence, goal_of
from pharmacy_app.domain.order import Order
from pharmacy_app.domain.plan import Plan, PlannedBag
from pharmacy_app.domain.plan_rules import check_sequence, permitted_durations
from pharmacy_app.workflow.bag_on_file import bags_of_order
from pharmacy_app.workflow.plan import make_plan
from pharmacy_app.workflow.plan_days import PlanDays
from pharmacy_app.workflow.rulebook import Rulebook
from pharmacy_app.workflow.unit_of_work import OpenUnitOfWork

_NOT_FILLED_YET = ("plan.not-all-days", "plan.not-all-that-is-left")
_TAKEN = (*OPEN, BagState.ENDED)


def bags_taken(order_number: str, open_unit_of_work: OpenUnitOfWork) -> dict[int, BagState]:
    """The bags of an order that somebody has taken, by number, and where they are in their lives.

    What was abandoned, rejected or voided is made again: its number is free.
    """
    with open_unit_of_work(reading=True) as work:
        bags = bags_of_order(work, order_number)
        return {bag.started.bag_number: bag.state for bag in bags if bag.state in _TAKEN}


class NoChange(Enum):
    """Why a bag is not changed, where that is no rule about bags."""

    STAYS = "stays"
    LONGEST = "longest"
    SHORTEST = "shortest"
    NO_SUCH_BAG = "no-such-bag"
    NOTHING_TO_JOIN = "nothing-to-join"
    REST_NOT_FILLED = "rest-not-filled"


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a wish to change bag `number` to so many hours.

    `plan` is the plan with it; None where the change is refused: then `why` says so, or `stops` are the rules
    that it breaks. `planned_anew`: the bags after it were planned anew.
    """

    number: int
    duration_h: int
    plan: Plan | None = None
    stops: tuple[Finding, ...] = ()
    why: NoChange | None = None
    planned_anew: bool = False


@dataclass(frozen=True, slots=True)
class PlanEditor:
    """Changes plans of one order. It asks nobody and keeps nothing: the same wish gives the same answer.

    `others` are the other orders on file; `taken` are the bags that stay because somebody has taken them.
    """

    rulebook: Rulebook
    others: tuple[Order, ...]
    taken: Collection[int]
    now: datetime

    def first_free(self, plan: Plan) -> int:
        """The number of the first bag that may be changed; one more than there are bags: none may."""
        restart = max((bag.number for bag in plan.bags if bag.restart), default=1)
        return max(restart, *(number + 1 for number in self.taken), 1)

    def is_free(self, plan: Plan, number: int) -> bool:
        """Whether this bag may be changed."""
        return self.first_free(plan) <= number <= len(plan.bags)

    def set_duration(self, plan: Plan, number: int, duration_h: int) -> Change:
        """Give a bag another duration of the protocol."""
        wish = Change(number, duration_h)
        if not self.is_free(plan, number):
            return replace(wish, why=NoChange.STAYS)
        if duration_h not in self.rulebook.protocol.durations_h:
            return replace(wish, why=NoChange.NO_SUCH_BAG)
        place = _Place(plan, number)
        broken = self._broken(place, duration_h)
        if broken:
            return replace(wish, stops=broken)
        rest, planned_anew = self._rest(place, duration_h)
        if rest is None:
            return replace(wish, why=NoChange.REST_NOT_FILLED)
        return self._answer(replace(wish, planned_anew=planned_anew), place, rest)

    def step(self, plan: Plan, number: int, *, longer: bool) -> Change:
        """Give a bag the next longer or shorter duration of the protocol."""
        own = plan.bags[number - 1].duration_h
        durations = self.rulebook.protocol.durations_h
        if longer:
            found = min((each for each in durations if each > own), default=None)
        else:
            found = max((each for each in durations if each < own), default=None)
        if found is None:
            return Change(number, own, why=NoChange.LONGEST if longer else NoChange.SHORTEST)
        return self.set_duration(plan, number, found)

    def join(self, plan: Plan, number: int) -> Change:
        """Make one bag of this one and the next."""
        own = plan.bags[number - 1].duration_h
        if not self.is_free(plan, number):
            return Change(number, own, why=NoChange.STAYS)
        after = _Place(plan, number).after
        if not after:
            return Change(number, own, why=NoChange.NOTHING_TO_JOIN)
        return self.set_duration(plan, number, own + after[0].duration_h)

    def _broken(self, place: _Place, duration_h: int) -> tuple[Finding, ...]:
        """The rules about cells that the bag breaks where it lies: a dose wall, or the end of the cycle."""
        before = [bag.duration_h for bag in place.before]
        filling = Filling(place.stretch, place.taken, before=None, until=None, not_before=None)
        order, protocol = place.plan.order, self.rulebook.protocol
        found = check_sequence([*before, duration_h], filling, order=order, protocol=protocol)
        too_long = place.first + days_of(duration_h) > len(place.stretch.cells)
        # That the bags do not reach the end yet is no fault: what is left follows.
        return tuple(
            each
            for each in found
            if each.severity is Severity.STOP and (too_long or each.code not in _NOT_FILLED_YET)
        )

    def _rest(self, place: _Place, duration_h: int) -> tuple[tuple[int, ...] | None, bool]:
        """The durations from after the changed bag up to its wall; and whether they were planned anew."""
        at, after = place.first + days_of(duration_h), [bag.duration_h for bag in place.after]
        if after:
            left = after[0] - (duration_h - place.bag.duration_h)
            if left == 0:
                return tuple(after[1:]), False
            if left > 0 and left in self._permitted(place.plan.order, place.stretch.cells[at].day):
                return (left, *after[1:]), False
        if at == place.wall:
            return (), False
        return self._best(place, at, duration_h), True

    def _permitted(self, order: Order, day: int) -> tuple[int, ...]:
        """The durations from which the planner would choose for a bag that is hung on this infusion day."""
        wished = order.bags.durations_on(day)
        durations = permitted_durations(order, self.rulebook.protocol)
        return tuple(each for each in durations if wished is None or each in wished)

    def _best(self, place: _Place, at: int, duration_h: int) -> tuple[int, ...] | None:
        order, protocol, stretch = place.plan.order, self.rulebook.protocol, place.stretch
        limits = {each: protocol.room_limit(each) for each in protocol.durations_h}
        hung = schedule(stretch, [*(bag.duration_h for bag in place.before), duration_h], limits)
        start = hung[-1].change_at.astimezone(UTC)
        left = Stretch(start, stretch.zone, stretch.cells[at : place.wall], stretch.after)
        days = PlanDays(order, self.rulebook)
        stop = order.interruptions[stretch.after - 1].stopped_at if stretch.after else None
        weighing = Weighing(
            protocol=protocol,
            wishes=order.bags,
            permitted_h=permitted_durations(order, protocol),
            closed=days.closed,
            goal=goal_of(order.bags.prefer),
            prepared=days.prepared(stop),
        )
        return best_sequence(left, weighing, before=(duration_h, place.bag.dose))

    def _answer(self, wish: Change, place: _Place, rest: Sequence[int]) -> Change:
        sequence_h = place.with_rest(wish.duration_h, rest)
        order = place.plan.order
        order = replace(order, bags=replace(order.bags, sequence_h=sequence_h))
        plan = make_plan(order, self.rulebook, now=self.now, on_file=self.others)
        if plan.refused:
            stops = tuple(each for each in plan.findings if each.severity is Severity.STOP)
            return replace(wish, stops=stops)
        return replace(wish, plan=plan)


class _Place:
    """Where a bag of the last stretch lies: its cells, the bags beside it up to the walls of its dose."""

    def __init__(self, plan: Plan, number: int) -> None:
        self.plan, self.bag = plan, plan.bags[number - 1]
        self.stretch: Stretch = plan.stretches[-1]
        restart = max((bag.number for bag in plan.bags if bag.restart), default=1)
        self.taken = restart - 1
        self.before: tuple[PlannedBag, ...] = plan.bags[self.taken : number - 1]
        self.first = sum(days_of(bag.duration_h) for bag in self.before)
        self.wall = _end_of_run(self.stretch.cells, self.first)
        followers = plan.bags[number:]
        self.after = tuple(self._up_to_wall(followers))
        self.behind: tuple[PlannedBag, ...] = followers[len(self.after) :]

    def with_rest(self, duration_h: int, rest: Sequence[int]) -> tuple[int, ...]:
        """The durations of the whole cycle with the bag changed, and these up to its wall."""
        before = [bag.duration_h for bag in self.plan.bags[: self.bag.number - 1]]
        return (*before, duration_h, *rest, *(bag.duration_h for bag in self.behind))

    def _up_to_wall(self, followers: Sequence[PlannedBag]) -> list[PlannedBag]:
        at, found = self.first + days_of(self.bag.duration_h), []
        for bag in followers:
            if at >= self.wall:
                break
            found.append(bag)
            at += days_of(bag.duration_h)
        return found


def _end_of_run(cells: Sequence[Cell], at: int) -> int:
    """The first cell after those of one dose."""
    return next((index for index in range(at, len(cells)) if cells[index].run != cells[at].run), len(cells))


def hours_of(days: int) -> int:
    """The name of a bag that covers so many days."""
    return days * HOURS_IN_A_DAY
