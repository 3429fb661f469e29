"""All of a cycle's bags, with their totals and every finding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from pharmacy_app.domain.finding import Finding, has_stop
from pharmacy_app.domain.order import Order
from pharmacy_app.domain.protocol import DoseDays, Protocol, Recipe
from pharmacy_app.domain.quantity import DoseRate, Duration, Mass, Rate, Volume


@dataclass(frozen=True, slots=True)
class PlannedBag:
    """One bag of the plan. Times are aware, in the zone of the place of infusion.

    `elapsed` is what it really runs, `volume_to_infuse` is rate × elapsed, `overfill` is what stays in
    the bag and is discarded. `delivered` and `deviation_percent` are exact and come from first
    principles, not from the table. `line_change` and `dose_change` belong to the change at which this
    bag is hung. `early` is how much earlier than the clock time of the plan it is changed.
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

    `sequence_h` is empty then; `chosen` tells whether the program chose the sequence (or a person did).
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
        return has_stop(self.findings)

    @property
    def sequence_h(self) -> tuple[int, ...]:
        return tuple(bag.duration_h for bag in self.bags)
