"""One bag's worksheet: what goes in, both ways to the dose with their working, times and findings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from pharmacy_app.domain.beyond_use import StorageLimit, hangs_straight_from_refrigerator, storage_limits
from pharmacy_app.domain.calculation import DoseCheck, dose_check
from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding, stops_first
from pharmacy_app.domain.plan import Plan, PlannedBag
from pharmacy_app.domain.protocol import Ingredient, IngredientKind, Protocol
from pharmacy_app.domain.quantity import HOURS_PER_DAY, plain
from pharmacy_app.domain.rounding import two_decimals
from pharmacy_app.domain.site import Site

_FOUR_DECIMALS = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class WorkingLine:
    """One line of the working as written on paper: what is reckoned, and what it comes to."""

    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Worksheet:
    """Everything a technician reads before mixing. `pharmacy_times` are None where the zones agree."""

    plan: Plan
    bag: PlannedBag
    ingredients: tuple[Ingredient, ...]
    dose_check: DoseCheck
    working: tuple[WorkingLine, ...]
    limits: tuple[StorageLimit, ...]
    straight_from_refrigerator: bool
    pharmacy_times: tuple[datetime, datetime] | None
    findings: tuple[Finding, ...]


def make_worksheet(plan: Plan, number: int, site: Site) -> Worksheet:
    """The worksheet of one bag.

    Raises:
        InputRefused: the plan has no such bag.
    """
    bag = bag_of(plan, number)
    check = dose_check(bag.recipe, plan.protocol)
    limits, missing = storage_limits(
        duration_h=bag.duration_h, protocol=plan.protocol, site=site, refrigerated=True
    )
    found = [*plan.findings, *_about_dose(bag, check), *_as_notes(missing)]
    found.append(
        finding("mix.fill-asked", Severity.NOTE, "REQ-MIX-005", Mark.DERIVED, fill=_first_saline(bag))
    )
    found.extend(_reconstitution(plan.protocol))
    return Worksheet(
        plan=plan,
        bag=bag,
        ingredients=bag.recipe.ingredients,
        dose_check=check,
        working=working(bag, plan.protocol, check),
        limits=limits,
        straight_from_refrigerator=hangs_straight_from_refrigerator(
            duration_h=bag.duration_h, protocol=plan.protocol
        ),
        pharmacy_times=_pharmacy_times(plan, bag, site),
        findings=stops_first(found),
    )


def bag_of(plan: Plan, number: int) -> PlannedBag:
    """The bag of that number; refused where the plan has none."""
    for bag in plan.bags:
        if bag.number == number:
            return bag
    raise InputRefused("--bag", str(number), "expected.bag-number", {"last": str(len(plan.bags))})


def _about_dose(bag: PlannedBag, check: DoseCheck) -> tuple[Finding, ...]:
    if check.agrees:
        return ()
    values = {"bag": str(bag.number), "limit": plain(check.limit_percent)}
    values["deviation"] = plain(two_decimals(check.deviation_percent))
    return (finding("mix.ways-differ", Severity.STOP, "REQ-MIX-004", Mark.DERIVED, **values),)


def _as_notes(missing: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Rules about release stop a release, never a worksheet."""
    return tuple(
        Finding(each.code, Severity.NOTE, each.requirement, each.source, each.values, each.field)
        for each in missing
    )


def _reconstitution(protocol: Protocol) -> tuple[Finding, ...]:
    """What a vial gives, how long it lasts once it is reconstituted, and with what the set is primed."""
    names = ("water", "reconstituted", "concentration", "withdrawable", "refrigerated_limit", "room_limit")
    values = {name: protocol.figure(f"vial.{name}").value for name in names}
    values |= {name: protocol.figure(f"storage.{name}").value for name in ("minimum", "maximum")}
    return (
        finding("mix.reconstitution", Severity.NOTE, "REQ-MIX-001", Mark.PUBLISHED, **values),
        finding("mix.prime-with-solution", Severity.NOTE, "REQ-MIX-007", Mark.RECALLED),
    )


def _first_saline(bag: PlannedBag) -> str:
    salines = (IngredientKind.SALINE_BACTERIOSTATIC, IngredientKind.SALINE_PRESERVATIVE_FREE)
    return next(each.volume.number for each in bag.recipe.ingredients if each.kind in salines)


def _pharmacy_times(plan: Plan, bag: PlannedBag, site: Site) -> tuple[datetime, datetime] | None:
    if plan.order.time_zone == site.time_zone:
        return None
    zone = ZoneInfo(site.time_zone)
    return bag.start_at.astimezone(zone), bag.change_at.astimezone(zone)


def working(bag: PlannedBag, protocol: Protocol, check: DoseCheck) -> tuple[WorkingLine, ...]:
    """First principles step by step, each result to at most four decimals, the last to two."""
    recipe, concentration = bag.recipe, protocol.vial_concentration
    drug = concentration.times_volume(recipe.drug)
    per_ml = (drug.value / recipe.bag_volume.value).quantize(_FOUR_DECIMALS)
    delivered = f"{two_decimals(check.delivered.value)} mcg/day"
    return (
        WorkingLine(f"{recipe.drug.text} × {concentration.text}", drug.text),
        WorkingLine(f"÷ {recipe.bag_volume.text}", f"{plain(per_ml)} mcg/mL"),
        WorkingLine(f"× {recipe.rate.text} × {plain(HOURS_PER_DAY)} h", delivered),
    )
