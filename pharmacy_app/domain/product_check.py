"""What a product of each kind must be, and whether a unit of a lot may go into a bag (REQ-SUP-008).

Not known is never a yes. A lot is good until the end of its expiry day, by the site's date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import assert_never

from pharmacy_app.domain.clock import date_text
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding
from pharmacy_app.domain.product import Lot, LotState, Product, ProductKind, lot_key
from pharmacy_app.domain.protocol import Protocol
from pharmacy_app.domain.quantity import Amount
from pharmacy_app.domain.scan import ProductScan
from pharmacy_app.domain.supply import Filter, Plastic, check_filter, check_plastic

_RULE = "REQ-SUP-008"
_CODE = re.compile(r"[!-~]([ -~]{0,38}[!-~])?")
_GTIN = re.compile(r"[0-9]{14}")
_SHORT_GTIN = re.compile(r"[0-9]{8}|[0-9]{12,13}")

_OF_FILTERS = frozenset({"pore_micron", "low_protein_binding", "sterile", "non_pyrogenic"})
_OF_FLUIDS = frozenset({"volume"})
_PROPERTIES = ("material", "dehp", "pore_micron", "low_protein_binding", "sterile", "non_pyrogenic",
               "built_in_filter", "volume", "concentration", "fill")  # fmt: skip


def check_digit(digits: str) -> str:
    """The last digit of a GTIN whose other digits these are, as GS1 counts it.

    >>> check_digit("0061414112345")
    '2'
    """
    weighed = (int(digit) * (1 if at % 2 else 3) for at, digit in enumerate(reversed(digits)))
    return str(-sum(weighed) % 10)


def check_code(code: str) -> tuple[Finding, ...]:
    """A GTIN-14 with its check digit, or another code of 1 to 40 printable ASCII signs.

    A GTIN of 8, 12 or 13 digits is written with zeros before it: a product has one code.
    """
    if _SHORT_GTIN.fullmatch(code):
        return (_stop("product.code-short", field="code", given=code),)
    if _GTIN.fullmatch(code):
        expected = check_digit(code[:-1])
        if code[-1] != expected:
            return (_stop("product.code-check-digit", field="code", given=code, expected=expected),)
        return ()
    if not _CODE.fullmatch(code):
        return (_stop("product.code", field="code"),)
    return ()


def properties_of(kind: ProductKind, *, built_in_filter: bool) -> frozenset[str]:
    """The names of the properties that a product of this kind may have."""
    match kind:
        case ProductKind.DRUG_VIAL:
            return _OF_FLUIDS | {"concentration"}
        case ProductKind.STABILIZER | ProductKind.STERILE_WATER:
            return _OF_FLUIDS
        case ProductKind.SALINE_PRESERVATIVE_FREE | ProductKind.SALINE_BACTERIOSTATIC:
            return _OF_FLUIDS
        case ProductKind.BAG:
            return frozenset({"material", "dehp", "sterile", "volume", "fill"})
        case ProductKind.TUBING:
            of_the_filter = _OF_FILTERS if built_in_filter else frozenset({"sterile"})
            return of_the_filter | {"material", "dehp", "built_in_filter"}
        case ProductKind.FILTER:
            return _OF_FILTERS
        case _:
            assert_never(kind)


def check_entry(product: Product) -> tuple[Finding, ...]:
    """What must be right before a product is kept in the catalogue; whether it may be used is asked apart."""
    found = list(check_code(product.code))
    allowed = properties_of(product.kind, built_in_filter=product.built_in_filter is True)
    for name in _PROPERTIES:
        value = getattr(product, name)
        if value is not None and name not in allowed:
            found.append(_stop("product.not-of-kind", field=name, kind=product.kind.value))
        elif isinstance(value, Amount | Decimal) and not _above_zero(value):
            found.append(_stop("product.not-above-zero", field=name))
    needed = [name for name in ("volume", "concentration") if name in allowed]
    found += [
        _stop("product.not-known", field=name, kind=product.kind.value)
        for name in needed
        if getattr(product, name) is None
    ]
    return tuple(found)


def _above_zero(value: Amount | Decimal) -> bool:
    return (value.value if isinstance(value, Amount) else value) > 0


def check_product(product: Product, protocol: Protocol) -> tuple[Finding, ...]:
    """Why a product may be in no bag at all, whatever the bag's duration; nothing found: it may."""
    found = list(check_entry(product))
    match product.kind:
        case ProductKind.DRUG_VIAL:
            found += _drug(product, protocol)
        case ProductKind.BAG:
            found += check_plastic("bag", _plastic(product), protocol)
        case ProductKind.TUBING:
            found += check_plastic("tubing", _plastic(product), protocol)
            found += _built_in(product, protocol)
        case ProductKind.FILTER:
            found += check_filter(_filter(product), "filter", protocol)
        case (
            ProductKind.STABILIZER
            | ProductKind.STERILE_WATER
            | ProductKind.SALINE_PRESERVATIVE_FREE
            | ProductKind.SALINE_BACTERIOSTATIC
        ):
            pass
        case _:
            assert_never(product.kind)
    return tuple(found)


def _drug(product: Product, protocol: Protocol) -> Iterator[Finding]:
    for field, figure, given in (
        ("volume", "vial.reconstituted", product.volume),
        ("concentration", "vial.concentration", product.concentration),
    ):
        expected = protocol.number(figure)
        if given is not None and given.value != expected:
            values = {"given": given.text, "expected": type(given)(expected).text}
            mark = protocol.mark(figure)
            yield finding(f"product.drug-{field}", Severity.STOP, "REQ-MIX-001", mark, field=field, **values)


def _plastic(product: Product) -> Plastic:
    return Plastic(product.material, product.dehp)


def _filter(product: Product) -> Filter:
    return Filter(product.pore_micron, product.low_protein_binding, product.sterile, product.non_pyrogenic)


def _built_in(product: Product, protocol: Protocol) -> Iterator[Finding]:
    field = "tubing.built_in_filter"
    if product.built_in_filter is None:
        mark = protocol.mark("filter.pore_sizes")
        yield finding("supply.built-in-filter-not-known", Severity.STOP, "REQ-SUP-002", mark, field=field)
    elif product.built_in_filter:
        yield from check_filter(_filter(product), field, protocol)


def check_lot(
    product: Product | None, lot: Lot | None, *, scanned: ProductScan, used: int, today: date
) -> tuple[Finding, ...]:
    """Whether the unit that was scanned, or whose code was typed, may be taken; every finding is a stop.

    `product` and `lot` are what is on file for the code and the lot number of the scan, None where there
    is nothing. `used` is how many other units of the lot were scanned, `today` the site's date.

    Raises:
        ValueError: product or lot is not the one that was scanned.
    """
    if product is None:
        return (_stop("lot.product-unknown", given=scanned.code),)
    wanted = lot_key(scanned.code, scanned.lot)
    if product.code != scanned.code or (lot is not None and lot.key != wanted):
        raise ValueError(f"not what was scanned: {product.code!r}, {lot!r}, scanned {scanned!r}")
    found = []
    if not scanned.lot:
        found.append(_stop("lot.number-missing", product=product.name))
    elif lot is None:
        found.append(_stop("lot.unknown", product=product.name, lot=scanned.lot))
    else:
        found += _state(product, lot)
        found += _dates(product, lot, scanned.expires_on, today)
        if used >= lot.quantity:
            values = {"product": product.name, "lot": lot.lot, "quantity": str(lot.quantity)}
            found.append(_stop("lot.used-up", **values))
    return tuple(found)


def _state(product: Product, lot: Lot) -> Iterator[Finding]:
    values = {
        "product": product.name,
        "lot": lot.lot,
        "expires": date_text(lot.expires_on),
        "reason": lot.reason,
    }
    match lot.state:
        case LotState.AVAILABLE:
            return
        case LotState.QUARANTINED:
            yield _stop("lot.quarantined", **values)
        case LotState.RECALLED:
            yield _stop("lot.recalled", **values)
        case _:
            assert_never(lot.state)


def _dates(product: Product, lot: Lot, scanned: date | None, today: date) -> Iterator[Finding]:
    values = {"product": product.name, "lot": lot.lot, "expires": date_text(lot.expires_on)}
    if scanned is not None and scanned != lot.expires_on:
        yield _stop("lot.expiry-differs", scanned=date_text(scanned), **values)
    if is_expired(lot, today):
        yield _stop("lot.expired", today=date_text(today), **values)


def is_expired(lot: Lot, today: date) -> bool:
    """Whether the lot's last day is over at the site."""
    return lot.expires_on < today


def _stop(code: str, *, field: str = "", **values: str) -> Finding:
    return finding(code, Severity.STOP, _RULE, Mark.DERIVED, field=field, **values)
