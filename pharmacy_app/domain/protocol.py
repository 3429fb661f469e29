"""The protocol: what the monograph says, as data. Nothing clinical is written in code.

A `Protocol` is a set of named figures, each with unit, mark and source, read from one file. This module
gives them types. Whether they agree with each other is `calculation.check_protocol`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.finding import Mark
from pharmacy_app.domain.quantity import Concentration, DoseRate, Duration, Rate, Volume, Weight


class Diluent(Enum):
    """Named after the sodium chloride that makes the bag."""

    PRESERVATIVE_FREE = "preservative-free"
    BACTERIOSTATIC = "bacteriostatic"


class FilterRule(Enum):
    """What the line of a bag needs."""

    REQUIRED = "0.2-or-0.22-micron"
    NONE = "none"


class IngredientKind(Enum):
    """What goes into a bag. Two salines are never one kind."""

    SALINE_PRESERVATIVE_FREE = "saline-preservative-free"
    SALINE_BACTERIOSTATIC = "saline-bacteriostatic"
    STABILIZER = "stabilizer"
    DRUG = "drug"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the protocol file, as written there."""

    name: str
    value: str
    unit: str
    mark: Mark
    source: str


@dataclass(frozen=True, slots=True)
class Ingredient:
    """One step of mixing: what, and how much."""

    kind: IngredientKind
    volume: Volume


@dataclass(frozen=True, slots=True)
class Recipe:
    """One row of the protocol's table: what makes one bag of this duration and dose.

    `ingredients` are in the order in which they go in. `bag_volume` is their sum.
    """

    duration_h: int
    dose: DoseRate
    rate: Rate
    diluent: Diluent
    filter: FilterRule
    ingredients: tuple[Ingredient, ...]
    drug: Volume
    vials: int

    @property
    def bag_volume(self) -> Volume:
        """All that is in the bag when it is made, overfill included."""
        total = Volume(Decimal(0))
        for ingredient in self.ingredients:
            total += ingredient.volume
        return total


@dataclass(frozen=True, slots=True)
class DoseDays:
    """One dose for a run of infusion days, both ends included."""

    from_day: int
    to_day: int
    dose: DoseRate


@dataclass(frozen=True, slots=True)
class Protocol:
    """One drug in one country after one monograph; `digest` covers every figure and `commissioned`."""

    drug: str
    brand: str
    country: str
    monograph: date
    revision: int
    digest: str
    commissioned: bool
    figures: Mapping[str, Figure]

    def figure(self, name: str) -> Figure:
        """The figure of that name; a protocol without it is refused."""
        found = self.figures.get(name)
        if found is None:
            raise InputRefused(name, "nothing", "expected.protocol-figure")
        return found

    def number(self, name: str) -> Decimal:
        """The figure as an exact number."""
        return Decimal(self.figure(name).value)

    def mark(self, *names: str) -> Mark:
        """The mark of the figure on which something rests; of several figures the least sure one."""
        sureness = list(Mark)
        return max((self.figure(name).mark for name in names), key=sureness.index)

    def whole(self, name: str) -> int:
        """The figure as a whole number."""
        return int(self.figure(name).value)

    def names(self, name: str) -> tuple[str, ...]:
        """The figure as a list of names, such as the order of the steps."""
        return tuple(part.strip() for part in self.figure(name).value.split(","))

    def one_of(self, name: str) -> str:
        """The figure as a choice in words, such as `polyolefin, PVC or EVA`."""
        *others, last = self.names(name)
        return f"{', '.join(others)} or {last}" if others else last

    @property
    def durations_h(self) -> tuple[int, ...]:
        """The bag durations that the protocol has, shortest first."""
        return tuple(sorted(int(each) for each in self.names("bag.durations")))

    @property
    def low_dose(self) -> DoseRate:
        """The dose of the step-up and of a restart."""
        return DoseRate(self.number("dose.low"))

    @property
    def full_dose(self) -> DoseRate:
        """The dose of every other day."""
        return DoseRate(self.number("dose.full"))

    @property
    def infusion_days(self) -> int:
        """Days of infusion in a cycle."""
        return self.whole("cycle.infusion_days")

    @property
    def minimum_weight(self) -> Weight:
        """Below it the program has no dose."""
        return Weight(self.number("patient.minimum_weight"))

    @property
    def vial_concentration(self) -> Concentration:
        """Of the reconstituted vial."""
        return Concentration(self.number("vial.concentration"))

    @property
    def vial_withdrawable(self) -> Volume:
        """What can be drawn up from one reconstituted vial."""
        return Volume(self.number("vial.withdrawable"))

    def diluent(self, duration_h: int) -> Diluent:
        """The diluent that belongs to a duration."""
        return Diluent(self.figure(f"bag.{duration_h}h.diluent").value)

    def room_limit(self, duration_h: int) -> Duration:
        """Longest time at room temperature, the infusion included."""
        return Duration(self.number(self.room_limit_name(duration_h)))

    def room_limit_name(self, duration_h: int) -> str:
        """The name of that figure."""
        return f"{self.diluent(duration_h).value}.room_limit"

    def refrigerated_limit(self, duration_h: int) -> Duration:
        """Longest time at 2–8 °C before hanging."""
        return Duration(self.number(self.refrigerated_limit_name(duration_h)))

    def refrigerated_limit_name(self, duration_h: int) -> str:
        """The name of that figure."""
        return f"{self.diluent(duration_h).value}.refrigerated_limit"

    def recipe(self, duration_h: int, dose: DoseRate) -> Recipe:
        """The row of the table for a duration and a dose."""
        row = f"bag.{duration_h}h"
        drug = Volume(self.number(f"{row}.{dose.number}mcg.drug"))
        diluent = self.diluent(duration_h)
        return Recipe(
            duration_h=duration_h,
            dose=dose,
            rate=Rate(self.number(f"{row}.rate")),
            diluent=diluent,
            filter=FilterRule(self.figure(f"{row}.filter").value),
            ingredients=self._ingredients(row, dose, diluent),
            drug=drug,
            vials=self.whole(f"{row}.{dose.number}mcg.vials"),
        )

    def ingredient_figure(self, recipe: Recipe, kind: IngredientKind) -> Figure:
        """The figure that says how much of an ingredient goes into a row's bag."""
        row = f"bag.{recipe.duration_h}h"
        return self.figure(self._amounts(row, recipe.dose, recipe.diluent)[kind])

    @staticmethod
    def _amounts(row: str, dose: DoseRate, diluent: Diluent) -> dict[IngredientKind, str]:
        """The name of the figure of each ingredient."""
        method = diluent.value
        amounts = {
            IngredientKind.STABILIZER: f"{method}.stabilizer",
            IngredientKind.DRUG: f"{row}.{dose.number}mcg.drug",
        }
        match diluent:
            case Diluent.PRESERVATIVE_FREE:
                amounts[IngredientKind.SALINE_PRESERVATIVE_FREE] = f"{method}.saline"
            case Diluent.BACTERIOSTATIC:
                amounts[IngredientKind.SALINE_BACTERIOSTATIC] = f"{method}.saline"
                amounts[IngredientKind.SALINE_PRESERVATIVE_FREE] = f"{row}.{dose.number}mcg.fill"
        return amounts

    def _ingredients(self, row: str, dose: DoseRate, diluent: Diluent) -> tuple[Ingredient, ...]:
        method, amounts = diluent.value, self._amounts(row, dose, diluent)
        steps = tuple(IngredientKind(step) for step in self.names(f"{method}.steps"))
        if sorted(step.value for step in steps) != sorted(kind.value for kind in amounts):
            raise InputRefused(
                f"{method}.steps", self.figure(f"{method}.steps").value, "expected.protocol-steps"
            )
        return tuple(Ingredient(step, Volume(self.number(amounts[step]))) for step in steps)

    @property
    def recipes(self) -> tuple[Recipe, ...]:
        """All rows of the table: every duration at both doses."""
        return tuple(
            self.recipe(duration_h, dose)
            for duration_h in self.durations_h
            for dose in (self.low_dose, self.full_dose)
        )
