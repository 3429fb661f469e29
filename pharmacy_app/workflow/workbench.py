"""What the bench shows of a bag: its steps, what it waits for, how to measure it, what is in the bag."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pharmacy_app.domain.bag_event import Reading
from pharmacy_app.domain.bag_on_file import Bag
from pharmacy_app.domain.cold_storage import KIT, check_outside
from pharmacy_app.domain.finding import Finding, Severity
from pharmacy_app.domain.measuring import split
from pharmacy_app.domain.order import Order
from pharmacy_app.domain.plan_record import BagRecord
from pharmacy_app.domain.preparation import Progress, planned_content
from pharmacy_app.domain.product import Product
from pharmacy_app.domain.protocol import Recipe
from pharmacy_app.domain.quantity import Volume
from pharmacy_app.domain.site import Site
from pharmacy_app.domain.vial_clock import vials_good_until
from pharmacy_app.workflow.bag_on_file import read_bag_on_file
from pharmacy_app.workflow.bench_turn import progress
from pharmacy_app.workflow.cold_storage_on_file import outside_of
from pharmacy_app.workflow.rulebook import Rulebook
from pharmacy_app.workflow.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Workbench:
    """`products` are those that were scanned, by code. `readings` is how to measure what the step asks for.

    `bags` is how many bags the plan has. `after_step` is what the bag should hold after the step that waits.
    `notes` are about lots of the kit in it that are out of the refrigerator now.
    """

    bag: Bag
    order: Order
    planned: BagRecord | None
    bags: int
    recipe: Recipe
    progress: Progress
    products: dict[str, Product]
    readings: tuple[Reading, ...]
    after_step: Volume
    vials_good_until: datetime | None
    notes: tuple[Finding, ...]
    now: datetime


def workbench(work: UnitOfWork, serial: str, rules: Rulebook, *, now: datetime) -> Workbench:
    """The bag as the bench shows it. Raises InputRefused: there is no such bag."""
    file = read_bag_on_file(work, serial)
    recipe = file.recipe(rules.protocol)
    so_far = progress(file, recipe, rules, work)
    step = so_far.step
    ingredient = None if step is None else step.ingredient
    done = so_far.done if step is None else (*so_far.done, step.code)
    found = {each.code: work.products.latest(each.code) for each in file.bag.units}
    return Workbench(
        bag=file.bag,
        order=file.order.order,
        planned=file.planned,
        bags=len(file.plan.content.bags),
        recipe=recipe,
        progress=so_far,
        products={code: product for code, product in found.items() if product is not None},
        readings=() if ingredient is None else split(ingredient.volume, rules.site.instruments),
        after_step=planned_content(so_far.steps, done),
        vials_good_until=vials_good_until(file.bag, rules.protocol),
        notes=_notes(work, file.bag, found, site=rules.site, now=now),
        now=now,
    )


def _notes(
    work: UnitOfWork, bag: Bag, products: Mapping[str, Product | None], *, site: Site, now: datetime
) -> tuple[Finding, ...]:
    """What is left of the limit of each lot that is out; what the scan would stop now is no note."""
    lots = dict.fromkeys((each.code, each.lot) for each in bag.units)
    found = (
        each
        for code, lot in lots
        if (product := products[code]) is not None and product.kind in KIT
        for each in check_outside(product, lot, outside_of(work, code, lot, site=site, at=now))
    )
    return tuple(each for each in found if each.severity is Severity.NOTE)
