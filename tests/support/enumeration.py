"""Two ways to the optimum that share nothing with the program: every sequence, and the cheapest path.

Both rest on `cycle_model`, which is a second reading of the rules.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from datetime import datetime

from tests.support.cycle_model import DAYS, Cost, CycleModel, Step


def count_sequences(model: CycleModel) -> int:
    """How many sequences of bags fill the cycle."""
    lengths = [each // 24 for each in model.durations]

    def ways(days: int) -> int:
        counts = [1]
        for day in range(1, days + 1):
            counts.append(sum(counts[day - length] for length in lengths if length <= day))
        return counts[days]

    return ways(DAYS) if model.wall is None else ways(model.wall) * ways(DAYS - model.wall)


def every_sequence(model: CycleModel) -> Iterator[tuple[Cost, tuple[int, ...]]]:
    """Every sequence of bags that fills the cycle, one after the other, with what it costs."""

    def hang(
        day: int,
        start: datetime,
        before: Step | None,
        so_far: tuple[int, ...],
        counts: tuple[int, int, int, int],
    ) -> Iterator[tuple[Cost, tuple[int, ...]]]:
        if day == DAYS:
            closed, bags, vials, lines = counts
            first, second = (vials, bags) if model.fewest_vials else (bags, vials)
            yield Cost(closed, first, second, lines, tuple(-each for each in so_far)), so_far
        for step in model.after(day, start) if day < DAYS else ():
            closed, bags, vials, lines = counts
            more = (
                closed + step.closed,
                bags + 1,
                vials + step.vials,
                lines + model.line_change(before, step),
            )
            yield from hang(step.last_day, step.change, step, (*so_far, step.duration_h), more)

    yield from hang(0, model.clock[0], None, (), (0, 0, 0, 0))


def best_of_every_sequence(model: CycleModel) -> tuple[Cost, tuple[int, ...]] | None:
    """The least cost of all sequences; None where there is none."""
    return min(every_sequence(model), key=lambda way: way[0].key, default=None)


def cheapest_path(model: CycleModel) -> tuple[Cost, tuple[int, ...]] | None:
    """The optimum by settling states (days over, instant, bag before) in the order of their cost."""
    start = model.clock[0]
    waiting: list[tuple[tuple[int, int, int, int, tuple[int, ...]], int, datetime, int]] = []
    steps: list[tuple[Cost, Step | None]] = [(Cost(), None)]
    heapq.heappush(waiting, (Cost().key, 0, start, 0))
    settled: set[tuple[int, datetime, int, int]] = set()
    while waiting:
        _, day, instant, index = heapq.heappop(waiting)
        cost, before = steps[index]
        if day == DAYS:
            return cost, tuple(-each for each in cost.shorter_first)
        state = (day, instant, before.duration_h if before else 0, before.dose if before else 0)
        if state in settled:
            continue
        settled.add(state)
        for step in model.after(day, instant):
            further = model.add(cost, before, step)
            steps.append((further, step))
            heapq.heappush(waiting, (further.key, step.last_day, step.change, len(steps) - 1))
    return None
