"""All of a cycle's bags, with their totals and every finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from pharmacy_app.domain.bag_schedule import MINUTES_IN_A_DAY, BagTimes, Stretch
from pharmacy_app.domain.calculation import (
    delivered_dose,
    deviation_percent,
    drug_in_vials,
    volume_to_infuse,
)
from pharmacy_app.domain.cycle_bags import HungBag
from pharmacy_app.domain.finding import Finding, has_stop
from pharmacy_app.domain.optimum import ClosedDays
from pharmacy_app.domain.order import Order
from pharmacy_app.domain.preparation_window import PreparationWindow, Sitting
from pharmacy_app.domain.protocol import Diluent, DoseDays, Protocol, Recipe
from pharmacy_app.domain.quantity import DoseRate, Duration, Mass, Rate, Volume
from pharmacy_app.domain.rounding import two_decimals


@dataclass(frozen=True, slots=True)
class PlannedBag:
    """One bag of the plan. Times are aware, in the zone of the place of infusion.

    `elapsed` is what it really runs, `volume_to_infuse` is rate × elapsed, `overfill` is what stays in
    the bag and is discarded. `delivered` and `deviation_percent` are exact and come from first
    principles, not from the table. `line_change` and `dose_change` belong to the change at which this
    bag is hung. `early` is how much earlier than the clock time of the plan it is changed;
    `clock_time_skipped` and `clock_time_twice` are about the clock time of that change.

    `infused_minutes` is its part of the cycle, a clock day as 1440. `stopped`: an interruption ended it, and
    its hours and volume are what it ran, to two decimals. `restart`: it is the first after an interruption.
    `held`: neither mixed nor released until somebody records that the toxicity has not come back
    (REQ-MOD-008). `preparation` is when it is prepared; None: at no open time within its storage limit.
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
    infused_minutes: int
    stopped: bool
    restart: bool
    held: bool
    preparation: PreparationWindow | None

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
    `stretches` are the infusion between interruptions, `sittings` the bags that may be made at one time.
    """

    order: Order
    protocol: Protocol
    doses: tuple[DoseDays, ...]
    bags: tuple[PlannedBag, ...]
    totals: Totals | None
    findings: tuple[Finding, ...]
    chosen: bool
    zone_data: str
    stretches: tuple[Stretch, ...] = ()
    sittings: tuple[Sitting, ...] = ()

    @property
    def vials_shared(self) -> int:
        """The vials if bags that may be made in one sitting share them (REQ-MIX-008)."""
        return sum(each.vials for each in self.sittings)

    @property
    def refused(self) -> bool:
        """Whether a rule stops it."""
        return has_stop(self.findings)

    @property
    def sequence_h(self) -> tuple[int, ...]:
        """The bag durations in order."""
        return tuple(bag.duration_h for bag in self.bags)


def planned_bags(
    hung: Sequence[HungBag],
    windows: Sequence[PreparationWindow | None],
    *,
    protocol: Protocol,
    closed: ClosedDays,
) -> tuple[PlannedBag, ...]:
    """The bags of a cycle as they are hung, each with its window of preparation."""
    bags: list[PlannedBag] = []
    before: Recipe | None = None
    for number, (bag, window) in enumerate(zip(hung, windows, strict=True), start=1):
        bags.append(_planned(bag, number, before, window, protocol=protocol, closed=closed))
        before = bag.recipe
    return tuple(bags)


def _planned(
    bag: HungBag,
    number: int,
    before: Recipe | None,
    window: PreparationWindow | None,
    *,
    protocol: Protocol,
    closed: ClosedDays,
) -> PlannedBag:
    times, recipe = bag.times, bag.recipe
    infused = volume_to_infuse(recipe, times.elapsed)
    delivered = delivered_dose(recipe, protocol.vial_concentration)
    minutes = times.to_minute - times.from_minute
    return PlannedBag(
        number=number,
        first_day=times.first_day,
        last_day=times.last_day,
        recipe=recipe,
        elapsed=times.elapsed,
        volume_to_infuse=infused,
        overfill=recipe.bag_volume - infused,
        delivered=delivered,
        deviation_percent=deviation_percent(delivered, recipe.dose),
        ordered=ordered_mass(((recipe.dose, minutes),)),
        start_at=times.start_at,
        change_at=times.change_at,
        line_change=before is not None and _differs(before, recipe),
        dose_change=before is not None and before.dose != recipe.dose,
        closed_day_change=_costs(times, closed),
        early=times.early,
        clock_time_skipped=times.clock_time_skipped,
        clock_time_twice=times.clock_time_twice,
        infused_minutes=minutes,
        stopped=times.stopped,
        restart=bag.restart,
        held=bag.held,
        preparation=window,
    )  # fmt: skip


def _costs(times: BagTimes, closed: ClosedDays) -> bool:
    """Whether the change after a bag counts. A stop is no change at a clinic: it costs no closed day."""
    return not times.stopped and closed.counts(
        completed_days=times.completed_days, at_wall=times.at_wall, change_at=times.change_at
    )


def ordered_mass(doses: Sequence[tuple[DoseRate, int]]) -> Mass:
    """What doses for so many minutes of infusion come to: exact for whole days, else to two decimals.

    >>> dose = DoseRate(Decimal(28))
    >>> ordered_mass([(dose, 4 * 1440)]).text, ordered_mass([(dose, 845)]).text
    ('112 mcg', '16.43 mcg')
    """
    total = sum((dose.value * minutes for dose, minutes in doses), Decimal(0)) / MINUTES_IN_A_DAY
    by_dose: dict[DoseRate, int] = {}
    for dose, minutes in doses:
        by_dose[dose] = by_dose.get(dose, 0) + minutes
    whole_days = all(minutes % MINUTES_IN_A_DAY == 0 for minutes in by_dose.values())
    return Mass(total if whole_days else two_decimals(total))


def _differs(before: Recipe, after: Recipe) -> bool:
    return (before.dose, before.duration_h) != (after.dose, after.duration_h)


def totals_of(bags: Sequence[PlannedBag], protocol: Protocol) -> Totals:
    """The totals of a whole plan."""
    vials = sum(bag.recipe.vials for bag in bags)
    ordered = ordered_mass([(bag.dose, bag.infused_minutes) for bag in bags])
    return Totals(
        bags=len(bags),
        changes=len(bags) - 1,
        closed_day_changes=sum(bag.closed_day_change for bag in bags),
        line_changes=sum(bag.line_change for bag in bags),
        vials=vials,
        drug_ordered=ordered,
        drug_discarded=drug_in_vials(vials, protocol) - ordered,
        benzyl_alcohol_days=len(_benzyl_alcohol_days(bags)),
    )


def _benzyl_alcohol_days(bags: Sequence[PlannedBag]) -> set[int]:
    """The infusion days with such a bag: one on which an interruption lies has two bags, and counts once."""
    bacteriostatic = [bag for bag in bags if bag.recipe.diluent is Diluent.BACTERIOSTATIC]
    return {day for bag in bacteriostatic for day in range(bag.first_day, bag.last_day + 1)}
