"""The optimum's peer: every sequence of bags is made and priced, depth first, and the cheapest is kept."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bench.bag_graph import BagGraph, Node
from tests.bench.problems import Problem

Price = tuple[int, int, int, int, int, tuple[int, ...]]


def cheapest(problem: Problem) -> tuple[tuple[int, ...] | None, int]:
    """The cheapest sequence, in hours, and how many sequences there were."""
    best: Price | None = None
    count = 0
    for price in _prices(BagGraph(problem), problem):
        count += 1
        if best is None or price < best:
            best = price
    return (None if best is None else tuple(-each for each in best[5])), count


def _prices(graph: BagGraph, problem: Problem) -> Iterator[Price]:
    end = len(graph.cells)
    goal = problem.weighing.goal

    def go_on(node: Node, before: int, price: Price) -> Iterator[Price]:
        if node[0] == end:
            yield price
            return
        *costs, hours = price
        unprepared, first, second, third, fourth = costs
        for bag in graph.bags[node]:
            more = bag.price(goal, line_change=before not in (-1, bag.kind))
            new: Price = (
                unprepared + more[0],
                first + more[1],
                second + more[2],
                third + more[3],
                fourth + more[4],
                (*hours, -bag.duration_h),
            )
            yield from go_on(bag.end, bag.kind, new)

    yield from go_on(graph.first, graph.before, (0, 0, 0, 0, 0, ()))
