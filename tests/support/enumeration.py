"""Two ways to the optimum of a stretch that share nothing with the program: every sequence, and the
cheapest path.

Both rest on `cycle_model`, which is a second reading of the rules. A sequence is priced by one whole number:
the costs in their order, sixteen bits each; then a digit for each cell in which a bag is hung, the smaller
the longer the bag. So the least number is the best sequence, and says which it is.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from tests.support.cycle_model import VIALS, CycleModel, Kind, ModelBag, Step, StretchModel

LARGEST = 100_000
DIGIT, BITS = 3, 16
LONGEST_FIRST = (168, 96, 72, 48, 24)

ORDERS = {
    "fewest-changes": ("unprepared", "closed", "bags", "vials", "lines"),
    "fewest-vials": ("unprepared", "closed", "vials", "bags", "lines"),
    "least-changes": ("unprepared", "bags", "closed", "vials", "lines"),
    "least-vials": ("unprepared", "vials", "closed", "bags", "lines"),
    "least-line-changes": ("unprepared", "lines", "closed", "bags", "vials"),
}
"""In which order costs are compared: by what a plan prefers, and what each plan beside it puts first."""


class TooManySequences(Exception):
    """More than are enumerated."""


@dataclass(frozen=True, slots=True)
class Pricing:
    """How a sequence of a stretch is priced."""

    stretch: StretchModel
    order: str

    def cost(self, step: Step, at: int, before: Kind | None) -> int:
        """What one bag adds."""
        costs = {
            "unprepared": step.unprepared,
            "closed": step.closed,
            "bags": 1,
            "vials": VIALS[step.kind],
            "lines": before is not None and before != step.kind,
        }
        number = 0
        for name in ORDERS[self.order]:
            number = (number << BITS) + costs[name]
        digit = LONGEST_FIRST.index(step.kind[1]) + 1
        cells = len(self.stretch.cells)
        return (number << DIGIT * cells) + (digit << DIGIT * (cells - 1 - at))

    def sequence_h(self, price: int) -> tuple[int, ...]:
        """The durations of which a price tells."""
        cells = len(self.stretch.cells)
        digits = [price >> DIGIT * (cells - 1 - at) & 7 for at in range(cells)]
        return tuple(LONGEST_FIRST[digit - 1] for digit in digits if digit)


def every_price(pricing: Pricing) -> list[int]:
    """The price of every sequence of bags that fills the stretch: none is left out, however dear."""
    stretch = pricing.stretch
    begun: list[dict[tuple[int, Kind | None], list[int]]] = [defaultdict(list) for _ in stretch.cells]
    begun[0][stretch.start, stretch.before] = [0]
    filled: list[int] = []
    for at, ways in enumerate(begun):
        for (start, before), prices in ways.items():
            for step in stretch.after(at, start):
                cost = pricing.cost(step, at, before)
                longer = filled if step.end == len(begun) else begun[step.end][step.change, step.kind]
                longer += [price + cost for price in prices]
        ways.clear()
    return filled


def count_sequences(stretch: StretchModel) -> int:
    """How many sequences fill the stretch, without making them."""
    counts = [0] * len(stretch.cells) + [1]
    for at in reversed(range(len(stretch.cells))):
        counts[at] = sum(counts[step.end] for step in stretch.after(at, stretch.cells[at].starts))
    return counts[0]


def best_of_every_sequence(pricing: Pricing) -> tuple[int, ...] | None:
    """The sequence with the least price of all; None where there is none."""
    prices = every_price(pricing)
    return pricing.sequence_h(min(prices)) if prices else None


def cheapest_path(pricing: Pricing) -> tuple[int, ...] | None:
    """The optimum by settling states (cell, instant, bag before) in the order of their price."""
    stretch = pricing.stretch
    waiting: list[tuple[int, int, int, Kind]] = [(0, 0, stretch.start, stretch.before or (0, 0))]
    settled: set[tuple[int, int, Kind]] = set()
    while waiting:
        price, at, start, before = heapq.heappop(waiting)
        if at == len(stretch.cells):
            return pricing.sequence_h(price)
        if (at, start, before) in settled:
            continue
        settled.add((at, start, before))
        for step in stretch.after(at, start):
            cost = pricing.cost(step, at, before if any(before) else None)
            heapq.heappush(waiting, (price + cost, step.end, step.change, step.kind))
    return None


Method = Callable[[Pricing], tuple[int, ...] | None]


def best_bags(
    model: CycleModel, method: Method, order: str | None = None
) -> tuple[list[ModelBag] | None, int]:
    """The bags of a cycle by a method, and how many sequences there were to choose from.

    `order` None: what the document prefers. What an interruption ended is past, whatever else is put first.
    """
    preferred = "fewest-vials" if model.fewest_vials else "fewest-changes"
    counts: list[int] = []

    def choose(stretch: StretchModel, *, is_past: bool) -> tuple[int, ...] | None:
        counts.append(count_sequences(stretch))
        if method is best_of_every_sequence and sum(counts) > LARGEST:
            raise TooManySequences
        return method(Pricing(stretch, preferred if is_past or order is None else order))

    return model.bags(choose), sum(counts)
