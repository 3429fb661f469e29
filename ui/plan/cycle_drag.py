"""Where the edges of bags can be taken with the mouse. No Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ui.boxes import Box
from ui.plan.cycle import ROW, Cycle, Edge
from ui.plan.cycle_grid import Grid

GRIP = 6


@dataclass(frozen=True, slots=True)
class Grip:
    """A place at which an edge can be taken."""

    edge: Edge
    box: Box


def grips(cycle: Cycle, grid: Grid) -> tuple[Grip, ...]:
    """Every place at which an edge can be taken: the right end of a bag, and the left end of the one after.

    Between two weeks those are two places. The left end of a bag behind a dose wall or a stop moves nothing.
    """
    return tuple(grip for edge in cycle.edges for grip in _grips(edge, cycle, grid))


def grip_at(found: tuple[Grip, ...], left: int, top: int) -> Grip | None:
    """The edge under a point."""
    for grip in found:
        if grip.box.left <= left < grip.box.right and grip.box.top <= top < grip.box.bottom:
            return grip
    return None


def _grips(edge: Edge, cycle: Cycle, grid: Grid) -> Iterator[Grip]:
    row = (edge.at - 1) // ROW
    minute = edge.at - row * ROW
    middle = grid.x(minute)
    joined = edge.at not in cycle.walls and edge.at < cycle.end
    right = middle + GRIP if joined and minute < ROW else middle + 1
    yield Grip(edge, grid.band(row, middle - GRIP - 3, right))
    if joined and minute == ROW:
        left = grid.x(0)
        yield Grip(edge, grid.band(row + 1, left, left + GRIP + 3))
