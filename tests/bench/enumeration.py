"""The optimum's peer: every sequence of bags is made and priced, depth first, and the cheapest is kept.

Written from the plan's stated order alone; shares with the program the clock of the cycle, the recipes and
the days that are closed, but none of its search.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.bench.problems import Problem

Price = tuple[int, int, int, int, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class _Bag:
    """A way to go on: the day it ends on, what it adds."""

    last_day: int
    duration_h: int
    vials: int
    dose: int
    room: timedelta


def cheapest(problem: Problem) -> tuple[tuple[int, ...] | None, int]:
    """The cheapest sequence, in hours, and how many sequences there were."""
    bags = {day: list(_bags_from(problem, day)) for day in range(1, problem.days + 1)}
    best: Price | None = None
    count = 0
    for price in _prices(problem, bags):
        count += 1
        if best is None or price < best:
            best = price
    return (None if best is None else tuple(-each for each in best[4])), count


def _bags_from(problem: Problem, day: int) -> Iterator[_Bag]:
    for number, dose in enumerate(problem.doses):
        for duration_h in problem.permitted_h:
            last_day = day + duration_h // 24 - 1
            if dose.from_day <= day and last_day <= dose.to_day:
                recipe = problem.protocol.recipe(duration_h, dose.dose)
                room = timedelta(hours=int(problem.protocol.room_limit(duration_h).value))
                yield _Bag(last_day, duration_h, recipe.vials, number, room)


def _prices(problem: Problem, bags: dict[int, list[_Bag]]) -> Iterator[Price]:
    clock, closed = problem.clock, problem.closed
    walls = {dose.to_day for dose in problem.doses}
    by_bags = problem.prefers_few_bags
    is_free = {day: day in walls or day < closed.hospital_days for day in range(1, problem.days + 1)}

    def go_on(day: int, start: datetime, before: _Bag | None, price: Price) -> Iterator[Price]:
        if day == problem.days:
            yield price
            return
        on_closed, first, second, lines, hours = price
        for bag in bags[day + 1]:
            change = min(clock.boundaries[bag.last_day], start + bag.room)
            costs = not is_free[bag.last_day] and closed.is_closed(change.astimezone(clock.zone).date())
            is_other = before is not None and (before.duration_h, before.dose) != (bag.duration_h, bag.dose)
            new: Price = (
                on_closed + costs,
                first + (1 if by_bags else bag.vials),
                second + (bag.vials if by_bags else 1),
                lines + is_other,
                (*hours, -bag.duration_h),
            )
            yield from go_on(bag.last_day, change, bag, new)

    yield from go_on(0, clock.boundaries[0], None, (0, 0, 0, 0, ()))
