"""Every bag that can be hung in a stretch, as a graph: for peers that look for the best way through it.

Written from the plan's stated order alone; shares with the program the cells of the stretch, the recipes, the
days that are closed and those of preparation, but none of its search.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from pharmacy_app.domain.optimum import Goal
from tests.bench.problems import Problem

Node = tuple[int, datetime]
"""The cell in which a bag is hung, and when."""


@dataclass(frozen=True, slots=True)
class Bag:
    """A way from a node to another. `kind` numbers what must be alike for no line change."""

    end: Node
    duration_h: int
    kind: int
    unprepared: int
    closed: int
    vials: int

    def price(self, goal: Goal, *, line_change: int) -> tuple[int, int, int, int, int]:
        """What it costs, in the goal's order."""
        if goal is Goal.FEWEST_VIALS:
            return self.unprepared, self.closed, self.vials, 1, line_change
        return self.unprepared, self.closed, 1, self.vials, line_change


class BagGraph:
    """The bags that may be hung at each node that can be reached."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self.cells = problem.stretch.cells
        self.first: Node = (0, problem.stretch.start_at)
        self.bags: dict[Node, list[Bag]] = {}
        waiting = [self.first]
        while waiting:
            node = waiting.pop()
            if node in self.bags or node[0] == len(self.cells):
                continue
            self.bags[node] = list(self._bags_from(*node))
            waiting += [bag.end for bag in self.bags[node]]

    @property
    def before(self) -> int:
        """The kind of the bag that was stopped before; -1: there was none."""
        return -1 if self._problem.before is None else self.kind(*self._problem.before)

    def kind(self, duration_h: int, dose: object) -> int:
        """Durations and doses by number."""
        return duration_h * 2 + (dose == self._problem.weighing.protocol.full_dose)

    def _bags_from(self, at: int, start: datetime) -> Iterator[Bag]:
        weighing = self._problem.weighing
        first = self.cells[at]
        for duration_h in weighing.durations_on(first.day):
            end = at + duration_h // 24
            if end > len(self.cells) or self.cells[end - 1].run != first.run:
                continue
            last = self.cells[end - 1]
            room = timedelta(hours=int(weighing.protocol.room_limit(duration_h).value))
            change = min(last.ends_at, start + room)
            closed = weighing.closed.counts(
                completed_days=last.completed_days,
                at_wall=last.last,
                change_at=change.astimezone(self._problem.stretch.zone),
            )
            could_be = weighing.prepared is None or weighing.prepared(start, duration_h, first.day)
            vials = weighing.protocol.recipe(duration_h, first.dose).vials
            kind = self.kind(duration_h, first.dose)
            yield Bag((end, change), duration_h, kind, not could_be, closed, vials)
