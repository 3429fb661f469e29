"""All of a cycle's bags, with their totals and every finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from pharmacy_app.domain.bag_schedule import BagTimes
from pharmacy_app.domain.calculation import (
    delivered_dose,
    deviation_percent,
    drug_in_vials,
    volume_to_infuse,
)
from pharmacy_app.domain.finding import Finding, has_stop
from pharmacy_app.domain.optimum import ClosedDays
from pharmacy_app.domain.order import Order
from pharmacy_app.domain.protocol import Diluent, DoseDays, Protocol, Recipe
from pharmacy_app.domain.quantity import DoseRate, Duration, Mass, Rate, Volume


@dataclass(frozen=True, slots=True)
class PlannedBag:
    """One bag of the plan. Times are aware, in the zone of the place of infusion.

    `elapsed` is what it really runs, `volume_to_infuse` is rate × elapsed, `overfill` is what stays in
    the bag and is discarded. `delivered` and `deviation_percent` are exact and come from first
    principles, not from the table. `line_change` and `dose_change` belong to the change at which this
    bag is hung. `early` is how much earlier than the clock time of the plan it is changed;
    `clock_time_skipped` and `clock_time_twice` are about the clock time of that change.
    """

    number: int
    first_day: int
    last_day: int
    recipe: Recipe
    elapsed: Duration
    volume_to_infuse: Volume
    overfill: Volume
    delivered: DoseRate
    deviation_percent: Decimal
    ordered: Mass
    start_at: datetime
    change_at: datetime
    line_change: bool
    dose_change: bool
    closed_day_change: bool
    early: Duration
    clock_time_skipped: bool
    clock_time_twice: bool

    @property
    def dose(self) -> DoseRate:
        return self.recipe.dose

    @property
    def duration_h(self) -> int:
        return self.recipe.duration_h

    @property
    def rate(self) -> Rate:
        return self.recipe.rate

    @property
    def bag_volume(self) -> Volume:
        return self.recipe.bag_volume


@dataclass(frozen=True, slots=True)
class Totals:
    """What the plan costs."""

    bags: int
    changes: int
    closed_day_changes: int
    line_changes: int
    vials: int
    drug_ordered: Mass
    drug_discarded: Mass
    benzyl_alcohol_days: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The answer to an order. With a stop among the findings it has no bags and no totals.

    `chosen` tells whether the program chose the sequence; otherwise a person gave it. `doses` is empty
    where the order is refused before its doses are known. `zone_data` is the version of the zone rules.
    """

    order: Order
    protocol: Protocol
    doses: tuple[DoseDays, ...]
    bags: tuple[PlannedBag, ...]
    totals: Totals | None
    findings: tuple[Finding, ...]
    chosen: bool
    zone_data: str

    @property
    def refused(self) -> bool:
        """Whether a rule stops it."""
        return has_stop(self.findings)

    @property
    def sequence_h(self) -> tuple[int, ...]:
        """The bag durations in order."""
        return tuple(bag.duration_h for bag in self.bags)


def planned_bags(
    times: Sequence[BagTimes], *, recipes: Sequence[Recipe], protocol: Protocol, closed: ClosedDays
) -> tuple[PlannedBag, ...]:
    """The bags of a sequence that fits the cycle: one recipe for each bag's times."""
    bags: list[PlannedBag] = []
    before: Recipe | None = None
    for number, (bag, recipe) in enumerate(zip(times, recipes, strict=True), start=1):
        infused = volume_to_infuse(recipe, bag.elapsed)
        delivered = delivered_dose(recipe, protocol.vial_concentration)
        bags.append(
            PlannedBag(
                number=number,
                first_day=bag.first_day,
                last_day=bag.last_day,
                recipe=recipe,
                elapsed=bag.elapsed,
                volume_to_infuse=infused,
                overfill=recipe.bag_volume - infused,
                delivered=delivered,
                deviation_percent=deviation_percent(delivered, recipe.dose),
                ordered=recipe.dose.over_days(bag.last_day - bag.first_day + 1),
                start_at=bag.start_at,
                change_at=bag.change_at,
                line_change=before is not None and _differs(before, recipe),
                dose_change=before is not None and before.dose != recipe.dose,
                closed_day_change=closed.counts(after_day=bag.last_day, change_at=bag.change_at),
                early=bag.early,
                clock_time_skipped=bag.clock_time_skipped,
                clock_time_twice=bag.clock_time_twice,
            )
        )
        before = recipe
    return tuple(bags)


def _differs(before: Recipe, after: Recipe) -> bool:
    return (before.dose, before.duration_h) != (after.dose, after.duration_h)


def totals_of(bags: Sequence[PlannedBag], protocol: Protocol) -> Totals:
    """The totals of a whole plan."""
    vials = sum(bag.recipe.vials for bag in bags)
    ordered = Mass(sum((bag.ordered.value for bag in bags), Decimal(0)))
    return Totals(
        bags=len(bags),
        changes=len(bags) - 1,
        closed_day_changes=sum(bag.closed_day_change for bag in bags),
        line_changes=sum(bag.line_change for bag in bags),
        vials=vials,
        drug_ordered=ordered,
        drug_discarded=drug_in_vials(vials, protocol) - ordered,
        benzyl_alcohol_days=sum(
            bag.last_day - bag.first_day + 1 for bag in bags if bag.recipe.diluent is Diluent.BACTERIOSTATIC
        ),
    )
