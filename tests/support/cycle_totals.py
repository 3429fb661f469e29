"""What the bags of a cycle come to, reckoned apart from the program: the totals of a plan document."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from itertools import pairwise

from tests.support.cycle_model import DAY_MINUTES, DRUG, VIALS, ModelBag
from tests.support.plan_wishes import Span

MCG_IN_A_VIAL = 35  # 2.8 mL × 12.5 mcg/mL
VIAL = 280  # hundredths of a mL


def totals_of(bags: Sequence[ModelBag]) -> dict[str, object]:
    """The totals as the plan document has them."""
    vials = sum(VIALS[bag.kind] for bag in bags)
    ordered = ordered_mcg(bags)
    return {
        "bags": len(bags),
        "changes": len(bags) - 1,
        "closed_day_changes": sum(bag.closed for bag in bags),
        "line_changes": sum(one.kind != other.kind for one, other in pairwise(bags)),
        "vials": vials,
        "vials_shared": vials_shared(bags),
        "drug_mcg_ordered": text(ordered),
        "drug_mcg_discarded": text(vials * MCG_IN_A_VIAL - ordered),
        "benzyl_alcohol_days": len({day for bag in bags if bag.kind[1] == 168 for day in bag.days}),
    }


def ordered_mcg(bags: Sequence[ModelBag]) -> Decimal:
    """Dose by clock days, to two decimals."""
    exact = sum(Fraction(bag.kind[0] * (bag.to_minute - bag.from_minute), DAY_MINUTES) for bag in bags)
    cents = round(exact * 100)  # half to even, as Fraction rounds
    return (Decimal(cents) / 100).quantize(Decimal("0.01"), ROUND_HALF_EVEN)


def text(value: Decimal) -> str:
    """Without trailing zeros."""
    return f"{value:f}".rstrip("0").rstrip(".")


def vials_shared(bags: Sequence[ModelBag]) -> int:
    """The fewest vials where neighbours that have an open moment in common are made in one sitting.

    From the last bag backwards: the first of the rest is made with none, one, two … of those that follow.
    """
    fewest = [0] * (len(bags) + 1)
    for first in reversed(range(len(bags))):
        common, ways = list(bags[first].open_spans), [VIALS[bags[first].kind] + fewest[first + 1]]
        for end in range(first + 2, len(bags) + 1):
            common = in_both(common, bags[end - 1].open_spans)
            if not common:
                break
            kinds = [bag.kind for bag in bags[first:end]]
            together = -(-sum(DRUG[kind] for kind in kinds) // VIAL)
            ways.append(min(together, sum(VIALS[kind] for kind in kinds)) + fewest[end])
        fewest[first] = min(ways)
    return fewest[0]


def in_both(some: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    """What two lists of spans share."""
    shared = [(max(one[0], other[0]), min(one[1], other[1])) for one in some for other in others]
    return [span for span in shared if span[0] <= span[1]]
