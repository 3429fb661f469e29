"""The best sequence of bags: a true optimum of whole-number costs, compared in a stated order.

The order of a plan: fewest changes on closed days; the preferred of bags and vials; the other; fewest line
changes; then, from the first bag on, the longer duration. What stands beside a plan puts its own goal first.
Where days of preparation are wished, bags that could not be prepared on them count before all. Every sequence
without a gap that respects the walls is weighed, by dynamic programming over (cell, instant, bag before).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from pharmacy_app.domain.bag_schedule import Cell, Stretch, as_timedelta, days_of
from pharmacy_app.domain.order import BagWishes, Hours, Preference
from pharmacy_app.domain.protocol import Protocol
from pharmacy_app.domain.quantity import DoseRate

Identity = tuple[int, DoseRate]
"""Duration in hours and dose: where one of them differs from the bag before, the line is changed."""
Cost = tuple[int, tuple[int, ...]]
"""Five costs in one whole number (`Goal.weight`), and the durations in hours counted negative."""

_CLOSED, _BAGS, _VIALS, _LINES = range(4)
# Room for each cost in the whole number: more than a cycle can come to, since a figure has six digits.
_BITS = 32


class Goal(Enum):
    """In which order costs are compared. `LEAST_` puts one cost before closed days."""

    FEWEST_CHANGES = (_CLOSED, _BAGS, _VIALS, _LINES)
    FEWEST_VIALS = (_CLOSED, _VIALS, _BAGS, _LINES)
    LEAST_CHANGES = (_BAGS, _CLOSED, _VIALS, _LINES)
    LEAST_VIALS = (_VIALS, _CLOSED, _BAGS, _LINES)
    LEAST_LINE_CHANGES = (_LINES, _CLOSED, _BAGS, _VIALS)

    def weight(self, cost: int) -> int:
        """What one of a cost counts: more than all that may be had of those after it."""
        return 1 << _BITS * (len(self.value) - 1 - self.value.index(cost))

    @property
    def weight_unprepared(self) -> int:
        """What a bag counts that cannot be prepared in time: before all."""
        return 1 << _BITS * len(self.value)


def goal_of(prefer: Preference) -> Goal:
    """The goal of a plan that prefers this."""
    match prefer:
        case Preference.FEWEST_CHANGES:
            return Goal.FEWEST_CHANGES
        case Preference.FEWEST_VIALS:
            return Goal.FEWEST_VIALS


@dataclass(frozen=True, slots=True)
class ClosedDays:
    """Which changes fall on a closed day or outside the hours of change, by when they really fall."""

    is_closed: Callable[[date], bool]
    hospital_days: int
    hours: Hours | None = None

    def counts(self, *, completed_days: int, at_wall: bool, change_at: datetime) -> bool:
        """Whether a change costs; `change_at` is in the zone of the place.

        A change at a dose wall, at the end, or in the hospital days is free.
        """
        if at_wall or completed_days < self.hospital_days:
            return False
        outside = self.hours is not None and not self.hours.hold(change_at.time())
        return outside or self.is_closed(change_at.date())


@dataclass(frozen=True, slots=True)
class Weighing:
    """What the search is to weigh. `wishes` say which durations are permitted on which day.

    `permitted_h` are those that no rule forbids; `prepared` tells whether a bag of a duration that is hung at
    an instant (UTC), on an infusion day, could be prepared in time.
    """

    protocol: Protocol
    wishes: BagWishes
    permitted_h: tuple[int, ...]
    closed: ClosedDays
    goal: Goal
    prepared: Callable[[datetime, int, int], bool] | None = None

    def durations_on(self, day: int) -> tuple[int, ...]:
        """The durations of a bag that is hung on this infusion day."""
        wished = self.wishes.durations_on(day)
        return tuple(each for each in self.permitted_h if wished is None or each in wished)


@dataclass(frozen=True, slots=True)
class _Choice:
    """A bag that may be hung in a cell: the cell after its last, and what it costs wherever it is changed.

    `joins`: the dose stays the same after it.
    """

    duration_h: int
    end: int
    cost: int
    room_limit: timedelta
    last: Cell
    joins: bool


@dataclass(frozen=True, slots=True)
class _Rest:
    """The cheapest ways to fill the rest of a stretch, by the duration in hours of the first bag.

    A line change at which that bag is hung is not among their costs. `changed` is the cheapest of all with
    one; None where nothing fills the rest.
    """

    by_duration_h: dict[int, Cost]
    changed: Cost | None

    def after(self, duration_h: int) -> Cost | None:
        """The cheapest way after a bag of the same dose: without a line change only by one like it."""
        same = self.by_duration_h.get(duration_h)
        if same is None or self.changed is None:
            return self.changed
        return min(same, self.changed)


class _Search:
    def __init__(self, stretch: Stretch, weighing: Weighing) -> None:
        self._stretch, self._weighing = stretch, weighing
        self._choices = _choices(stretch.cells, weighing)
        self._closed_day = weighing.goal.weight(_CLOSED)
        self._line_change = weighing.goal.weight(_LINES)
        self._unprepared = weighing.goal.weight_unprepared
        self._known: dict[tuple[int, datetime], _Rest] = {}
        self._closed_cost: dict[tuple[int, datetime], int] = {}

    def rest(self, at: int, start: datetime) -> _Rest:
        """What is left from a cell on, when its first bag is hung at an instant."""
        key = (at, start)
        if key not in self._known:
            ways = {each.duration_h: self._hang(each, at, start) for each in self._choices[at]}
            found = {duration_h: cost for duration_h, cost in ways.items() if cost is not None}
            changed = min(found.values(), default=None)
            if changed is not None:
                changed = (changed[0] + self._line_change, changed[1])
            self._known[key] = _Rest(found, changed)
        return self._known[key]

    def _hang(self, choice: _Choice, at: int, start: datetime) -> Cost | None:
        change = min(choice.last.ends_at, start + choice.room_limit)
        cost: Cost | None = (0, ())
        if choice.end < len(self._choices):
            rest = self.rest(choice.end, change)
            cost = rest.after(choice.duration_h) if choice.joins else rest.changed
        if cost is None:
            return None
        own = choice.cost + self._closed(choice, change) + self._prepared(choice, at, start)
        return cost[0] + own, (-choice.duration_h, *cost[1])

    def _closed(self, choice: _Choice, change: datetime) -> int:
        key = (choice.end, change)
        if key not in self._closed_cost:
            counts = self._weighing.closed.counts(
                completed_days=choice.last.completed_days,
                at_wall=choice.last.last,
                change_at=change.astimezone(self._stretch.zone),
            )
            self._closed_cost[key] = self._closed_day if counts else 0
        return self._closed_cost[key]

    def _prepared(self, choice: _Choice, at: int, start: datetime) -> int:
        prepared = self._weighing.prepared
        if prepared is None or prepared(start, choice.duration_h, self._stretch.cells[at].day):
            return 0
        return self._unprepared


def best_sequence(
    stretch: Stretch, weighing: Weighing, *, before: Identity | None = None
) -> tuple[int, ...] | None:
    """The optimum of a stretch, as durations in hours; None where what is permitted cannot fill it.

    `before` is the bag that was stopped before this stretch; None: the cycle begins.
    """
    if not stretch.cells:
        return ()
    rest = _Search(stretch, weighing).rest(0, stretch.start_at)
    if before is None:
        cost = min(rest.by_duration_h.values(), default=None)
    else:
        duration_h, dose = before
        cost = rest.after(duration_h) if dose == stretch.cells[0].dose else rest.changed
    return None if cost is None else tuple(-negated for negated in cost[1])


def _choices(cells: tuple[Cell, ...], weighing: Weighing) -> list[list[_Choice]]:
    """For each cell the bags that may be hung in it: permitted on its day, and not across a wall."""
    costs = {run: _bag_costs(dose, weighing) for run, dose in {each.run: each.dose for each in cells}.items()}
    limits = {each: as_timedelta(weighing.protocol.room_limit(each)) for each in weighing.permitted_h}
    found: list[list[_Choice]] = []
    for at, first in enumerate(cells):
        here: list[_Choice] = []
        for duration_h in weighing.durations_on(first.day):
            end = at + days_of(duration_h)
            if end <= len(cells) and cells[end - 1].run == first.run:
                joins = end < len(cells) and cells[end].dose == first.dose
                cost, limit = costs[first.run][duration_h], limits[duration_h]
                here.append(_Choice(duration_h, end, cost, limit, cells[end - 1], joins))
        found.append(here)
    return found


def _bag_costs(dose: DoseRate, weighing: Weighing) -> dict[int, int]:
    """What a bag of each permitted duration costs for itself and its vials."""
    bag, vial = weighing.goal.weight(_BAGS), weighing.goal.weight(_VIALS)
    recipes = {each: weighing.protocol.recipe(each, dose) for each in weighing.permitted_h}
    return {each: bag + vial * recipe.vials for each, recipe in recipes.items()}
