"""What a scan means to the step that waits: the right thing, or a stop that says why.

A scan that is not the one thing that the step waits for changes nothing. Nobody can override a stop: the
right scan clears it (REQ-VER-006, -007, REQ-SUP-008).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pharmacy_app.domain.bag_event import ProductScanned
from pharmacy_app.domain.bag_on_file import Bag
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding
from pharmacy_app.domain.preparation import RECONSTITUTE, FindProduct, Progress, Step
from pharmacy_app.domain.product import Product, ProductKind
from pharmacy_app.domain.product_check import check_product
from pharmacy_app.domain.protocol import Diluent, FilterRule, Protocol, Recipe
from pharmacy_app.domain.scan import BagScan

_SALINES = {ProductKind.SALINE_PRESERVATIVE_FREE, ProductKind.SALINE_BACTERIOSTATIC}
_SPECIMEN = "000000"


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit as it was scanned or typed; `serial` is empty where its code tells no units apart.

    A serial stands once for each product code, whatever lot was read beside it.
    """

    code: str
    serial: str


def check_tag(scan: BagScan, bag: Bag, progress: Progress) -> tuple[Finding, ...]:
    """Whether it is this bag's tag, at a step that begins with it."""
    values = {"scanned": shown_serial(scan.serial), "serial": shown_serial(bag.serial)}
    if scan.serial.startswith(_SPECIMEN):
        return (_stop("scan.specimen", "REQ-LBL-011", **values),)
    if scan.serial != bag.serial:
        return (_stop("scan.another-bag", "REQ-VER-007", **values),)
    if scan.print_number != 0:
        return (_stop("scan.label-not-tag", "REQ-VER-007", **values),)
    if not progress.tag_missing:
        return (finding("scan.tag-again", Severity.NOTE, "REQ-VER-007", Mark.DERIVED, **values),)
    return ()


def shown_serial(serial: str) -> str:
    """A serial as people read it: `261026 0317`."""
    return f"{serial[:6]} {serial[6:]}"


def check_unit(
    unit: Unit, product: Product, bag: Bag, progress: Progress, *, used_for: str
) -> tuple[Finding, ...]:
    """Whether it is a unit of what the step waits for, and one that was not used yet.

    `used_for` is the other bag (serial) for which this very unit was scanned before; empty: there is none.
    """
    found = list(_of_the_step(product, progress))
    if product.has_serial and not unit.serial:
        found.append(_stop("scan.no-unit-serial", "REQ-SUP-008", product=product.name))
    elif unit.serial and (_is_in(bag, unit) or used_for):
        serial = bag.serial if _is_in(bag, unit) else used_for
        found.append(_used_before(unit, product, bag, serial))
    return tuple(found)


def _of_the_step(product: Product, progress: Progress) -> Iterator[Finding]:
    values = {"product": product.name}
    step = progress.step
    if step is None or not progress.waits_for_scan:
        yield _stop("scan.nothing-awaited", "REQ-MIX-007", **values)
    elif progress.tag_missing:
        yield _stop("scan.tag-first", "REQ-VER-007", **values)
    elif product.kind not in {need.kind for need in progress.missing}:
        yield _wrong_product(product, step, progress)


def _wrong_product(product: Product, step: Step, progress: Progress) -> Finding:
    values = {"product": product.name}
    needed = progress.missing[0].kind
    if step.code == RECONSTITUTE and product.kind is ProductKind.STABILIZER:
        return finding("scan.stabilizer-in-vial", Severity.STOP, "REQ-MIX-007", Mark.PUBLISHED, **values)
    if {product.kind, needed} == _SALINES:
        return _stop(f"scan.wrong-saline.{needed.value}", "REQ-SUP-006", **values)
    if product.kind in {need.kind for need in step.needs}:
        return _stop("scan.enough-of-it", "REQ-MIX-007", **values)
    return _stop(f"scan.needs.{needed.value}", "REQ-MIX-007", **values)


def _used_before(unit: Unit, product: Product, bag: Bag, serial: str) -> Finding:
    values = {"product": product.name, "unit": unit.serial}
    if serial != bag.serial:
        return _stop("scan.unit-of-another-bag", "REQ-SUP-008", serial=shown_serial(serial), **values)
    alike = [each for each in bag.units if each.kind is product.kind]
    number = next(n for n, each in enumerate(alike, start=1) if _is_unit(each, unit))
    return _stop("scan.same-unit", "REQ-SUP-008", number=str(number), **values)


def _is_in(bag: Bag, unit: Unit) -> bool:
    return any(_is_unit(each, unit) for each in bag.units)


def _is_unit(scanned: ProductScanned, unit: Unit) -> bool:
    return (scanned.code, scanned.unit_serial) == (unit.code, unit.serial)


def check_fit(product: Product, recipe: Recipe, protocol: Protocol) -> tuple[Finding, ...]:
    """Whether a product may be used for a bag of this row: what it is, its size and fill, its filter."""
    found = [*check_product(product, protocol)]
    match product.kind:
        case ProductKind.BAG:
            found.extend(_bag(product, recipe))
        case ProductKind.TUBING | ProductKind.FILTER:
            found.extend(_forbidden_filter(product, recipe, protocol))
        case _:
            pass
    return tuple(found)


def check_fit_still(
    bag: Bag, recipe: Recipe, protocol: Protocol, *, product: FindProduct
) -> tuple[Finding, ...]:
    """`check_fit` of everything in the bag, as the catalogue has it now."""
    known = (product(code) for code in dict.fromkeys(each.code for each in bag.units))
    found = (each for one in known if one is not None for each in check_fit(one, recipe, protocol))
    return tuple(dict.fromkeys(found))


def _bag(product: Product, recipe: Recipe) -> Iterator[Finding]:
    values = {"product": product.name, "holds": recipe.bag_volume.number}
    if product.volume is not None and product.volume < recipe.bag_volume:
        yield _stop("scan.bag-too-small", "REQ-MIX-006", size=product.volume.number, **values)
    if product.fill is not None and recipe.diluent is Diluent.BACTERIOSTATIC:
        yield _stop("scan.bag-not-empty", "REQ-SUP-006", **values)


def _forbidden_filter(product: Product, recipe: Recipe, protocol: Protocol) -> Iterator[Finding]:
    """No in-line filter with a 7-day bag; one that is built into its tubing counts (REQ-SUP-003)."""
    if recipe.filter is FilterRule.NONE and (product.kind is ProductKind.FILTER or product.built_in_filter):
        part = "filter" if product.kind is ProductKind.FILTER else "built-in-filter"
        mark = protocol.mark(f"bag.{recipe.duration_h}h.filter")
        values = {"duration": str(recipe.duration_h)}
        yield finding(f"supply.{part}-forbidden", Severity.STOP, "REQ-SUP-003", mark, **values)


def _stop(code: str, rule: str, **values: str) -> Finding:
    return finding(code, Severity.STOP, rule, Mark.DERIVED, **values)
