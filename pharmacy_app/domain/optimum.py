"""The best sequence of bags: a true optimum of whole-number costs, compared in a stated order.

The order of a plan: fewest changes on closed days; the preferred of bags and vials; the other; fewest line
changes; then, from the first bag on, the longer duration. What stands beside a plan puts its own goal first.
Where days of preparation are wished, bags that could not be prepared on them count before all. Every sequence
without a gap that respects the walls is weighed, by dynamic programming over (cell, instant, bag before).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum

from pharmacy_app.domain.bag_schedule import Cell, Stretch, as_timedelta, days_of
from pharmacy_app.domain.order import BagWishes, Hours, Preference
from pharmacy_app.domain.protocol import Protocol
from pharmacy_app.domain.quantity import DoseRate

Identity = tuple[int, DoseRate]
"""Duration in hours and dose: where one of them differs from the bag before, the line is changed."""
Cost = tuple[int, int, int, int, int, tuple[int, ...]]
"""Bags not to be prepared in time, four costs in the goal's order, durations in hours counted negative."""

_CLOSED, _BAGS, _VIALS, _LINES = range(4)


class Goal(Enum):
    """In which order costs are compared. `LEAST_` puts one cost before closed days."""

    FEWEST_CHANGES = (_CLOSED, _BAGS, _VIALS, _LINES)
    FEWEST_VIALS = (_CLOSED, _VIALS, _BAGS, _LINES)
    LEAST_CHANGES = (_BAGS, _CLOSED, _VIALS, _LINES)
    LEAST_VIALS = (_VIALS, _CLOSED, _BAGS, _LINES)
    LEAST_LINE_CHANGES = (_LINES, _CLOSED, _BAGS, _VIALS)


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
    """A bag that may be hung in a cell: the cell after its last, its vials, and its identity."""

    duration_h: int
    end: int
    vials: int
    identity: Identity
    room_limit: timedelta
    last: Cell


@dataclass(slots=True)
class _Search:
    stretch: Stretch
    weighing: Weighing
    choices: list[list[_Choice]]
    known: dict[tuple[int, datetime, Identity | None], Cost | None] = field(default_factory=dict)
    closed_cost: dict[tuple[int, datetime], int] = field(default_factory=dict)

    def best_from(self, cell: int, start: datetime, before: Identity | None) -> Cost | None:
        """The cheapest way to fill the stretch from a cell on, or None where there is none."""
        if cell == len(self.choices):
            return (0, 0, 0, 0, 0, ())
        key = (cell, start, before)
        if key not in self.known:
            ways = [self._hang(choice, start, before, cell) for choice in self.choices[cell]]
            self.known[key] = min((way for way in ways if way is not None), default=None)
        return self.known[key]

    def _hang(self, choice: _Choice, start: datetime, before: Identity | None, cell: int) -> Cost | None:
        change = min(choice.last.ends_at, start + choice.room_limit)
        rest = self.best_from(choice.end, change, choice.identity)
        if rest is None:
            return None
        costs = (
            self._closed(choice, change),
            1,
            choice.vials,
            int(before is not None and before != choice.identity),
        )
        first, second, third, fourth = self.weighing.goal.value
        return (
            rest[0] + self._unprepared(choice, start, cell),
            rest[1] + costs[first],
            rest[2] + costs[second],
            rest[3] + costs[third],
            rest[4] + costs[fourth],
            (-choice.duration_h, *rest[5]),
        )

    def _closed(self, choice: _Choice, change: datetime) -> int:
        key = (choice.end, change)
        if key not in self.closed_cost:
            self.closed_cost[key] = int(
                self.weighing.closed.counts(
                    completed_days=choice.last.completed_days,
                    at_wall=choice.last.last,
                    change_at=change.astimezone(self.stretch.zone),
                )
            )
        return self.closed_cost[key]

    def _unprepared(self, choice: _Choice, start: datetime, cell: int) -> int:
        prepared = self.weighing.prepared
        if prepared is None:
            return 0
        return int(not prepared(start, choice.duration_h, self.stretch.cells[cell].day))


def best_sequence(
    stretch: Stretch, weighing: Weighing, *, before: Identity | None = None
) -> tuple[int, ...] | None:
    """The optimum of a stretch, as durations in hours; None where what is permitted cannot fill it.

    `before` is the bag that was stopped before this stretch; None: the cycle begins.
    """
    choices = [list(_choices(stretch.cells, at, weighing)) for at in range(len(stretch.cells))]
    cost = _Search(stretch, weighing, choices).best_from(0, stretch.start_at, before)
    return None if cost is None else tuple(-negated for negated in cost[5])


def _choices(cells: tuple[Cell, ...], at: int, weighing: Weighing) -> list[_Choice]:
    first, protocol, found = cells[at], weighing.protocol, []
    for duration_h in weighing.durations_on(first.day):
        end = at + days_of(duration_h)
        if end <= len(cells) and cells[end - 1].run == first.run:
            room_limit = as_timedelta(protocol.room_limit(duration_h))
            vials = protocol.recipe(duration_h, first.dose).vials
            identity = (duration_h, first.dose)
            found.append(_Choice(duration_h, end, vials, identity, room_limit, cells[end - 1]))
    return found
