"""The two independent ways to the dose, and what a bag holds.

The first way is the protocol's table. The second way is first principles: what the drug in the bag
comes to at the bag's rate. Nothing here rounds.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pharmacy_app.domain.finding import Finding, Mark, Severity, finding
from pharmacy_app.domain.protocol import Diluent, IngredientKind, Protocol, Recipe
from pharmacy_app.domain.quantity import (
    HOURS_PER_DAY,
    Concentration,
    DoseRate,
    Duration,
    Mass,
    Volume,
    plain,
)
from pharmacy_app.domain.rounding import two_decimals, whole_up
from pharmacy_app.domain.site import Site

_HUNDRED = Decimal(100)
# Saline from a bag of 250 mL instead of 270 mL makes every dose 6 to 10 % too high (REQ-MIX-005). Two ways to
# the dose that may differ as much as that would agree on a bag mixed so: such a tolerance finds nothing.
HIDING_TOLERANCE_PERCENT = Decimal(6)


@dataclass(frozen=True, slots=True)
class DoseCheck:
    """Both ways side by side. `first_principles_drug` and `delivered` are exact."""

    table_drug: Volume
    first_principles_drug: Volume
    delivered: DoseRate
    deviation_percent: Decimal
    limit_percent: Decimal

    @property
    def agrees(self) -> bool:
        """Whether they lie within the protocol's tolerance; the limit itself agrees."""
        return abs(self.deviation_percent) <= self.limit_percent


def delivered_dose(recipe: Recipe, concentration: Concentration) -> DoseRate:
    """drug mL × mcg/mL ÷ total mL × mL/h × 24."""
    drug = concentration.times_volume(recipe.drug).value
    return DoseRate(drug * recipe.rate.value * HOURS_PER_DAY / recipe.bag_volume.value)


def deviation_percent(delivered: DoseRate, ordered: DoseRate) -> Decimal:
    """By how much the delivered dose differs from the ordered one, in percent of the ordered."""
    return (delivered.value - ordered.value) * _HUNDRED / ordered.value


def first_principles_drug(recipe: Recipe, concentration: Concentration) -> Volume:
    """The drug volume that gives exactly the ordered dose, without looking at the table's drug volume.

    A bag that is filled up to a total keeps that total; in any other bag the drug adds to it.
    """
    wanted = recipe.dose.value / (recipe.rate.value * HOURS_PER_DAY)
    match recipe.diluent:
        case Diluent.BACTERIOSTATIC:
            return Volume(wanted * recipe.bag_volume.value / concentration.value)
        case Diluent.PRESERVATIVE_FREE:
            without_drug = (recipe.bag_volume - recipe.drug).value
            return Volume(wanted * without_drug / (concentration.value - wanted))


def dose_check(recipe: Recipe, protocol: Protocol) -> DoseCheck:
    """Both ways to the dose for one row of the table."""
    concentration = protocol.vial_concentration
    delivered = delivered_dose(recipe, concentration)
    return DoseCheck(
        table_drug=recipe.drug,
        first_principles_drug=first_principles_drug(recipe, concentration),
        delivered=delivered,
        deviation_percent=deviation_percent(delivered, recipe.dose),
        limit_percent=protocol.number("dose.tolerance"),
    )


def vials_needed(drug: Volume, protocol: Protocol) -> int:
    """Whole vials that yield this volume."""
    return whole_up(drug.value / protocol.vial_withdrawable.value)


def drug_in_vials(vials: int, protocol: Protocol) -> Mass:
    """What can be withdrawn from so many vials."""
    return protocol.vial_concentration.times_volume(protocol.vial_withdrawable).times(vials)


def benzyl_alcohol(recipe: Recipe, protocol: Protocol) -> tuple[Decimal, Decimal]:
    """Benzyl alcohol of a bacteriostatic bag: mg/mL in the bag and mg in a clock day, both exact."""
    saline = Decimal(0)
    for ingredient in recipe.ingredients:
        if ingredient.kind is IngredientKind.SALINE_BACTERIOSTATIC:
            saline += ingredient.volume.value
    per_ml = saline * protocol.number("bacteriostatic.benzyl_alcohol") / recipe.bag_volume.value
    return per_ml, per_ml * recipe.rate.value * HOURS_PER_DAY


def volume_to_infuse(recipe: Recipe, elapsed: Duration) -> Volume:
    """Rate × the hours that really pass."""
    return recipe.rate.over(elapsed)


def check_line_volume(
    recipe: Recipe, *, number: int, infused: Volume, priming: Volume | None
) -> tuple[Finding, ...]:
    """What is infused and what primes the set must both be in the bag (REQ-MIX-006)."""
    rule = "REQ-MIX-006"
    bag = str(number)
    if priming is None:
        severity = Severity.STOP if recipe.diluent is Diluent.BACTERIOSTATIC else Severity.REASON
        return (finding("mix.priming-not-known", severity, rule, Mark.SITE, bag=bag),)
    needed = infused + priming
    if needed > recipe.bag_volume:
        values = {"needed": needed.number, "holds": recipe.bag_volume.number, "priming": priming.number}
        return (finding("mix.bag-too-small", Severity.STOP, rule, Mark.DERIVED, bag=bag, **values),)
    return ()


def check_protocol(protocol: Protocol, site: Site) -> tuple[Finding, ...]:
    """Whether the protocol's figures agree with each other. Every disagreement is a stop."""
    found: list[Finding] = []
    if protocol.vial_concentration.times_volume(Volume(protocol.number("vial.reconstituted"))) != Mass(
        protocol.number("vial.labelled")
    ):
        mark = protocol.mark("vial.labelled", "vial.reconstituted", "vial.concentration")
        found.append(finding("protocol.vial", Severity.STOP, "REQ-MIX-001", mark))
    found.extend(_check_tolerance(protocol))
    for diluent in Diluent:
        found.extend(_check_steps(diluent, protocol))
    for recipe in protocol.recipes:
        found.extend(_check_recipe(recipe, protocol, site))
    return tuple(found)


def _check_tolerance(protocol: Protocol) -> list[Finding]:
    tolerance = protocol.figure("dose.tolerance")
    if protocol.number("dose.tolerance") < HIDING_TOLERANCE_PERCENT:
        return []
    values = {"given": tolerance.value, "limit": plain(HIDING_TOLERANCE_PERCENT)}
    return [finding("protocol.tolerance", Severity.STOP, "REQ-MIX-004", tolerance.mark, **values)]


def _check_steps(diluent: Diluent, protocol: Protocol) -> list[Finding]:
    """The stabilizer coats the bag, so that the drug does not stick to it: the drug comes after it."""
    steps = protocol.figure(f"{diluent.value}.steps")
    names = protocol.names(steps.name)
    if names.index(IngredientKind.STABILIZER.value) < names.index(IngredientKind.DRUG.value):
        return []
    values = {"diluent": diluent.value, "given": steps.value}
    return [finding("protocol.steps-order", Severity.STOP, "REQ-MIX-007", steps.mark, **values)]


def _check_recipe(recipe: Recipe, protocol: Protocol, site: Site) -> list[Finding]:
    found: list[Finding] = []
    row = {"duration": str(recipe.duration_h), "dose": recipe.dose.number}
    check = dose_check(recipe, protocol)
    if not check.agrees:
        found.append(
            finding(
                "protocol.dose", Severity.STOP, "REQ-MIX-004", protocol.mark("dose.tolerance"), **row,
                delivered=plain(two_decimals(check.delivered.value)),
                deviation=plain(two_decimals(check.deviation_percent)), limit=plain(check.limit_percent),
            )
        )  # fmt: skip
    needed = vials_needed(recipe.drug, protocol)
    if needed != recipe.vials:
        values = {"given": str(recipe.vials), "needed": str(needed), "drug": recipe.drug.number}
        mark = protocol.mark("vial.withdrawable")
        found.append(finding("protocol.vials", Severity.STOP, "REQ-MIX-001", mark, **row, **values))
    if recipe.diluent is Diluent.BACTERIOSTATIC:
        total = Volume(protocol.number("bacteriostatic.total"))
        if recipe.bag_volume != total:
            values = {"sum": recipe.bag_volume.number, "total": total.number}
            mark = protocol.mark("bacteriostatic.total")
            found.append(finding("protocol.total", Severity.STOP, "REQ-MIX-003", mark, **row, **values))
    planned = Duration(Decimal(recipe.duration_h))
    limit = protocol.room_limit(recipe.duration_h)
    if limit < planned:
        hours, mark = {"limit": limit.number}, protocol.mark(protocol.room_limit_name(recipe.duration_h))
        found.append(finding("protocol.room-limit", Severity.STOP, "REQ-BUD-002", mark, **row, **hours))
    infused = volume_to_infuse(recipe, planned)
    if infused + (site.priming_volume or Volume(Decimal(0))) > recipe.bag_volume:
        values = {"infused": infused.number, "holds": recipe.bag_volume.number}
        found.append(
            finding("protocol.bag-too-small", Severity.STOP, "REQ-MIX-006", Mark.DERIVED, **row, **values)
        )
    return found
