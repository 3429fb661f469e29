"""The preparation, step by step: what each step asks for, and how far a bag has come.

The order of what goes into the bag is the protocol's (REQ-MIX-007). A step asks for the in-process tag, for
units of products, for a measured volume, or for somebody to look and say that it is right; it is done when
nothing of it is missing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from pharmacy_app.domain.bag_event import MoreVials, StepDone, TagScanned
from pharmacy_app.domain.bag_on_file import Bag
from pharmacy_app.domain.product import Product, ProductKind
from pharmacy_app.domain.protocol import Diluent, FilterRule, Ingredient, IngredientKind, Recipe
from pharmacy_app.domain.quantity import Volume
from pharmacy_app.domain.site import PrimedBy

TAG = "tag"
SUPPLIES = "supplies"
RECONSTITUTE = "reconstitute"
LOOK_AT_VIALS = "look-at-vials"
AIR_OUT = "air-out"
DRUG = "drug"
FILL_UP = "fill-up"
PRIME = "prime-pharmacy"
LOOK_AT_BAG = "look-at-bag"

PRODUCT_OF = {
    IngredientKind.SALINE_PRESERVATIVE_FREE: ProductKind.SALINE_PRESERVATIVE_FREE,
    IngredientKind.SALINE_BACTERIOSTATIC: ProductKind.SALINE_BACTERIOSTATIC,
    IngredientKind.STABILIZER: ProductKind.STABILIZER,
    IngredientKind.DRUG: ProductKind.DRUG_VIAL,
}
FindProduct = Callable[[str], Product | None]


@dataclass(frozen=True, slots=True)
class Need:
    """So many units of a kind are still to be scanned."""

    kind: ProductKind
    count: int


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `code` names it in words; `looked_at`: somebody says that it is done and right."""

    code: str
    with_tag: bool = False
    needs: tuple[Need, ...] = ()
    ingredient: Ingredient | None = None
    looked_at: bool = False


def steps_of(recipe: Recipe, primed_by: PrimedBy) -> tuple[Step, ...]:
    """Every step of one bag in its order.

    Before each addition the tag is scanned (REQ-VER-007), so that nothing goes into another patient's bag.
    The vials are scanned when they are reconstituted; the air leaves the bag before the drug goes in.
    """
    steps = [
        Step(TAG, with_tag=True),
        Step(SUPPLIES, needs=_supplies(recipe)),
        Step(
            RECONSTITUTE,
            needs=(Need(ProductKind.STERILE_WATER, 1), Need(ProductKind.DRUG_VIAL, recipe.vials)),
        ),
        Step(LOOK_AT_VIALS, looked_at=True),
    ]
    for each in recipe.ingredients:
        if each.kind is IngredientKind.DRUG:
            steps.append(Step(AIR_OUT, looked_at=True))
        steps.append(Step(step_of(each.kind, recipe), with_tag=True, needs=_needs(each), ingredient=each))
    if primed_by is PrimedBy.PHARMACY:
        steps.append(Step(PRIME, looked_at=True))
    return (*steps, Step(LOOK_AT_BAG, looked_at=True))


def _supplies(recipe: Recipe) -> tuple[Need, ...]:
    needs = (Need(ProductKind.BAG, 1), Need(ProductKind.TUBING, 1))
    return (*needs, Need(ProductKind.FILTER, 1)) if recipe.filter is FilterRule.REQUIRED else needs


def _needs(ingredient: Ingredient) -> tuple[Need, ...]:
    """The drug's vials were scanned when they were reconstituted."""
    return () if ingredient.kind is IngredientKind.DRUG else (Need(PRODUCT_OF[ingredient.kind], 1),)


def step_of(kind: IngredientKind, recipe: Recipe) -> str:
    """The step at which an ingredient goes in. In a 7-day bag the preservative-free saline fills up."""
    fills_up = recipe.diluent is Diluent.BACTERIOSTATIC and kind is IngredientKind.SALINE_PRESERVATIVE_FREE
    return FILL_UP if fills_up else kind.value


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a bag has come. `step` is the one that waits; None: every step is done.

    `tag_missing`, `missing`, `volume_missing`, `look_missing` are what it still asks for, in that order.
    """

    steps: tuple[Step, ...]
    done: tuple[str, ...]
    step: Step | None
    tag_missing: bool
    missing: tuple[Need, ...]
    volume_missing: bool
    look_missing: bool

    @property
    def number(self) -> int:
        """The number of the step that waits, from 1; one more than the last when all are done."""
        return len(self.done) + 1

    @property
    def waits_for_scan(self) -> bool:
        """Whether only a scan leads on."""
        return self.tag_missing or bool(self.missing)


def progress_of(bag: Bag, recipe: Recipe, *, primed_by: PrimedBy, product: FindProduct) -> Progress:
    """How far the bag has come; `product` finds a product of the catalogue by its code."""
    steps = steps_of(recipe, primed_by)
    done: list[str] = []
    for step in steps:
        waiting = _waiting(bag, step, steps, product)
        if waiting is not None:
            return Progress(steps, tuple(done), step, *waiting)
        done.append(step.code)
    return Progress(steps, tuple(done), None, False, (), False, False)


def _waiting(
    bag: Bag, step: Step, steps: tuple[Step, ...], product: FindProduct
) -> tuple[bool, tuple[Need, ...], bool, bool] | None:
    """What a step still asks for; None where it asks for nothing any more."""
    tag = step.with_tag and not any(each.step == step.code for each in bag.every(TagScanned))
    missing = tuple(_still_missing(bag, step, steps, product))
    volume = step.ingredient is not None and bag.measured_at(step.code) is None
    look = step.looked_at and not any(each.step == step.code for each in bag.every(StepDone))
    return (tag, missing, volume, look) if tag or missing or volume or look else None


def _still_missing(bag: Bag, step: Step, steps: tuple[Step, ...], product: FindProduct) -> list[Need]:
    missing = []
    for need in (*step.needs, *_more_vials(bag, step)):
        if _is_covered(bag, need.kind, step=step, steps=steps, product=product):
            continue
        scanned = sum(each.step == step.code and each.kind is need.kind for each in bag.units)
        if scanned < need.count:
            missing.append(Need(need.kind, need.count - scanned))
    return missing


def _more_vials(bag: Bag, step: Step) -> tuple[Need, ...]:
    """A vial that yielded less than planned asks for one more at the step that found it out (REQ-MIX-010)."""
    more = sum(each.step == step.code for each in bag.every(MoreVials))
    return (Need(ProductKind.DRUG_VIAL, more),) if more else ()


def _is_covered(
    bag: Bag, kind: ProductKind, *, step: Step, steps: tuple[Step, ...], product: FindProduct
) -> bool:
    """Tubing with a filter built in needs no other; a bag of known fill needs no other first saline."""
    if kind is ProductKind.FILTER:
        tubing = _scanned_product(bag, ProductKind.TUBING, product)
        return tubing is not None and tubing.built_in_filter is True
    if step.ingredient is not None and step.code == first_saline(steps).code:
        container = _scanned_product(bag, ProductKind.BAG, product)
        return container is not None and container.fill is not None
    return False


def _scanned_product(bag: Bag, kind: ProductKind, product: FindProduct) -> Product | None:
    return next((product(each.code) for each in bag.units if each.kind is kind), None)


def first_saline(steps: tuple[Step, ...]) -> Step:
    """The step at which the bag gets its starting volume."""
    salines = (IngredientKind.SALINE_BACTERIOSTATIC, IngredientKind.SALINE_PRESERVATIVE_FREE)
    return next(each for each in steps if each.ingredient is not None and each.ingredient.kind in salines)


def planned_content(steps: tuple[Step, ...], done: tuple[str, ...]) -> Volume:
    """What the bag should hold once these steps are done."""
    total = Volume(Decimal(0))
    for each in steps:
        if each.ingredient is not None and each.code in done:
            total += each.ingredient.volume
    return total
