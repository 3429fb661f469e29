"""The rows of the three cards: what was ordered, what was calculated, what was prepared. Knows no Qt."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from pharmacy_app.domain.bag_event import Measured, ProductScanned
from pharmacy_app.domain.calculation import dose_check
from pharmacy_app.domain.clock import DAYS, time_text
from pharmacy_app.domain.order import Order
from pharmacy_app.domain.plan_record import BagRecord
from pharmacy_app.domain.preparation import DRUG
from pharmacy_app.domain.product import ProductKind
from pharmacy_app.domain.protocol import IngredientKind, Protocol
from pharmacy_app.domain.quantity import plain
from pharmacy_app.domain.rounding import one_decimal, two_decimals
from pharmacy_app.workflow.verification import Check
from ui.verify.view import Fact, Side
from ui.words import Words

COVERED = ""
_SUPPLIES = (ProductKind.BAG, ProductKind.TUBING, ProductKind.FILTER, ProductKind.STERILE_WATER)


def ordered(check: Check, words: Words) -> Side:
    """What the prescriber asked for and a pharmacist accepted."""
    order, planned = check.order, check.planned
    facts = [
        _fact(words, "indication", words(f"ui.orders.indication-short.{order.indication}")),
        _fact(words, "cycle", _days(order, planned, words)),
        _fact(words, "weight", order.patient.weight.text),
        _fact(words, "benzyl-alcohol", words(f"ui.verify.benzyl-alcohol.{order.bags.benzyl_alcohol.value}")),
        _fact(words, "hang", _hang(order, planned)),
        _fact(words, "destination", order.destination),
        _fact(words, "accepted-by", check.people.get(check.accepted_by, check.accepted_by)),
    ]
    return Side(words("ui.verify.ordered"), check.bag.started.dose.text, tuple(facts))


def _days(order: Order, planned: BagRecord | None, words: Words) -> str:
    if planned is None:
        return str(order.cycle)
    values = {"cycle": str(order.cycle), "first": str(planned.first_day), "last": str(planned.last_day)}
    return words("ui.verify.cycle-days", **values)


def _hang(order: Order, planned: BagRecord | None) -> str:
    if planned is None:
        return ""
    at = planned.start_at.astimezone(ZoneInfo(order.time_zone))
    return f"{DAYS[at.weekday()]} {time_text(at)[5:]}"


def calculated(check: Check, protocol: Protocol, words: Words) -> Side:
    """What the protocol's table asks for; the two volumes stay covered until own figures are typed."""
    recipe, planned, open_ = check.recipe, check.planned, check.own is not None
    dose = dose_check(recipe, protocol)
    others = [each.volume.number for each in recipe.ingredients if each.kind is not IngredientKind.DRUG]
    vials = words("ui.verify.drug-vials", drug=recipe.drug.text, vials=str(recipe.vials))
    facts = [
        _fact(words, "drug", vials, covered=not open_, differs=_differs(check, "drug")),
        _fact(words, "others", f"{' + '.join(others)} mL"),
        _fact(words, "bag", recipe.bag_volume.text, covered=not open_, differs=_differs(check, "total")),
        _fact(words, "rate", f"{recipe.rate.text}, {recipe.duration_h} h"),
        _fact(words, "infuse", "" if planned is None else planned.volume_to_infuse.text),
        _fact(words, "discard", "" if planned is None else planned.overfill.text, covered=not open_),
        _fact(words, "difference", f"{_signed(plain(one_decimal(dose.deviation_percent)))} %"),
    ]
    delivered = f"{two_decimals(dose.delivered.value)} mcg/day"
    return Side(words("ui.verify.calculated"), delivered, tuple(facts))


def _signed(number: str) -> str:
    return number if number.startswith("-") or number == "0" else f"+{number}"


def _differs(check: Check, name: str) -> bool:
    return any(each.code == f"verify.{name}-differs" for each in check.findings)


def prepared(check: Check, words: Words) -> Side:
    """What was scanned and read at the bench."""
    if check.own is None:
        return Side(words("ui.verify.prepared"), COVERED, ())
    headline = words("ui.verify.in-the-bag", volume=check.bag.content.text)
    return Side(words("ui.verify.prepared"), headline, (*_drug(check, words), *_units(check, words)))


def _units(check: Check, words: Words) -> list[Fact]:
    """One row for each product and lot at a step, with the volume that was read there."""
    counted: dict[tuple[str, str, str], list[ProductScanned]] = {}
    for each in check.units:
        counted.setdefault((each.step, each.code, each.lot), []).append(each)
    first = {ProductKind.DRUG_VIAL: 0, **dict.fromkeys(_SUPPLIES, 2)}  # what matters most stands on top
    rows = sorted(counted.values(), key=lambda units: first.get(units[0].kind, 1))
    return [_unit(units, check, words) for units in rows]


def _unit(units: list[ProductScanned], check: Check, words: Words) -> Fact:
    first = units[0]
    product = check.products.get(first.code)
    name = first.code if product is None else product.name
    if first.kind is ProductKind.DRUG_VIAL:
        name = words("ui.verify.vials", name=name, count=str(len(units)))
    typed = any(each.by_hand is not None for each in units)
    read = _read(check.measured, first.step)
    value = read or (words("ui.verify.typed") if typed else words("ui.verify.scanned"))
    return Fact(name, value, beside=words("ui.verify.lot", lot=first.lot), done=True)


def _drug(check: Check, words: Words) -> list[Fact]:
    """What was drawn up; its vials have rows of their own."""
    read = _read(check.measured, DRUG)
    beside, wrong = words("ui.verify.as-read"), _differs(check, "drug")
    return [Fact(words("ui.verify.drawn-up"), read, beside=beside, differs=wrong, done=True)] if read else []


def _read(measured: tuple[Measured, ...], step: str) -> str:
    """The readings of a step, as they were typed."""
    numbers = [reading.volume.number for each in measured if each.step == step for reading in each.readings]
    return f"{' + '.join(numbers)} mL" if numbers else ""


def _fact(words: Words, name: str, value: str, *, covered: bool = False, differs: bool = False) -> Fact:
    shown = words("ui.verify.covered") if covered else value
    return Fact(words(f"ui.verify.row.{name}"), shown, covered=covered, differs=differs)
