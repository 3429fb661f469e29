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
from pharmacy_app.domain.protocol import Diluent, Ingredient, IngredientKind, Protocol, Recipe
from pharmacy_app.domain.quantity import HOURS_PER_DAY, Duration, plain
from pharmacy_app.domain.rounding import two_decimals
from pharmacy_app.domain.site import PrimedBy, Site

_FOUR_DECIMALS = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class WorkingLine:
    """One line of the working as written on paper: what is reckoned, and what it comes to."""

    left: str
    right: str


@dataclass(frozen=True, slots=True)
class MixingStep:
    """One step; `code` names it in words. With an ingredient a volume is read and written down for it."""

    code: str
    ingredient: Ingredient | None = None


@dataclass(frozen=True, slots=True)
class Worksheet:
    """Everything a technician reads before mixing. `pharmacy_times` are None where the zones agree.

    `example_limits`: the site's own limits are a training pharmacy's examples.
    """

    plan: Plan
    bag: PlannedBag
    ingredients: tuple[Ingredient, ...]
    steps: tuple[MixingStep, ...]
    dose_check: DoseCheck
    working: tuple[WorkingLine, ...]
    limits: tuple[StorageLimit, ...]
    example_limits: bool
    straight_from_refrigerator: bool
    pharmacy_times: tuple[datetime, datetime] | None
    findings: tuple[Finding, ...]

    @property
    def is_last(self) -> bool:
        """Whether the cycle ends with this bag: it is taken down, not changed."""
        return self.bag.number == len(self.plan.bags)

    @property
    def room_limit(self) -> Duration:
        """Longest time at room temperature, the infusion included."""
        return self.plan.protocol.room_limit(self.bag.duration_h)


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
    mark = plan.protocol.mark("dose.tolerance")
    found = [*plan.findings, *_about_dose(bag, check, mark), *_as_notes(missing)]
    found.append(
        finding("mix.fill-asked", Severity.NOTE, "REQ-MIX-005", Mark.DERIVED, fill=_first_saline(bag))
    )
    found.extend(_reconstitution(plan.protocol))
    return Worksheet(
        plan=plan,
        bag=bag,
        ingredients=bag.recipe.ingredients,
        steps=mixing_steps(bag.recipe, site.primed_by),
        dose_check=check,
        working=working(bag, plan.protocol, check),
        limits=limits,
        example_limits=site.training,
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


def mixing_steps(recipe: Recipe, primed_by: PrimedBy) -> tuple[MixingStep, ...]:
    """Every step in its order (REQ-MIX-007).

    A vial is looked at before its drug can go into a bag, the bag when all is in it. The air leaves the bag
    before the drug goes in. What is not done in the pharmacy stands last.
    """
    reconstitute = "reconstitute-one" if recipe.vials == 1 else "reconstitute"
    steps = [MixingStep(reconstitute), MixingStep("look-at-vials")]
    for each in recipe.ingredients:
        if each.kind is IngredientKind.DRUG:
            steps.append(MixingStep("air-out"))
        steps.append(MixingStep(_step_of(each.kind, recipe), each))
    match primed_by:
        case PrimedBy.PHARMACY:
            return (*steps, MixingStep("prime-pharmacy"), MixingStep("look-at-bag"))
        case PrimedBy.BEDSIDE:
            return (*steps, MixingStep("look-at-bag"), MixingStep("prime-bedside"))


def _step_of(kind: IngredientKind, recipe: Recipe) -> str:
    fills_up = recipe.diluent is Diluent.BACTERIOSTATIC and kind is IngredientKind.SALINE_PRESERVATIVE_FREE
    return "fill-up" if fills_up else kind.value


def _about_dose(bag: PlannedBag, check: DoseCheck, source: Mark) -> tuple[Finding, ...]:
    if check.agrees:
        return ()
    values = {"bag": str(bag.number), "limit": plain(check.limit_percent)}
    values["deviation"] = plain(two_decimals(check.deviation_percent))
    return (finding("mix.ways-differ", Severity.STOP, "REQ-MIX-004", source, **values),)


def _as_notes(missing: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Rules about release stop a release, never a worksheet."""
    return tuple(
        Finding(each.code, Severity.NOTE, each.requirement, each.source, each.values, each.field)
        for each in missing
    )


def _reconstitution(protocol: Protocol) -> tuple[Finding, ...]:
    """What a vial gives, how long it lasts once it is reconstituted, and with what the set is primed."""
    vial = ("water", "reconstituted", "concentration", "withdrawable", "refrigerated_limit", "room_limit")
    names = {name: f"vial.{name}" for name in vial}
    names |= {name: f"storage.{name}" for name in ("minimum", "maximum")}
    values = {gap: protocol.figure(name).value for gap, name in names.items()}
    mark = protocol.mark(*names.values())
    return (
        finding("mix.reconstitution", Severity.NOTE, "REQ-MIX-001", mark, **values),
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
