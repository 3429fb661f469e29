"""Products, lots and receipts as texts, field by field: typed in the window, or columns of a file.

What can be read is written again exactly so. An empty text is *not known*, or *does not apply*.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import TypeVar

from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.product import Lot, LotState, Product, ProductKind
from pharmacy_app.domain.quantity import Amount, Concentration, Volume
from pharmacy_app.domain.stock_rules import Receipt
from pharmacy_app.domain.supply import BagMaterial
from pharmacy_app.intake.fields import Fields, calendar_date, choice, decimal, refuse, text

T = TypeVar("T")
AmountType = TypeVar("AmountType", bound=Amount)

_WHOLE = re.compile(r"0|[1-9][0-9]{0,8}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{6})?Z")
_YES_NO = {"yes": True, "no": False}


def read_product(texts: Mapping[str, str], refusals: list[InputRefused]) -> Product:
    """The product in these texts; what is refused goes to `refusals`: then do not use the answer."""
    fields = Fields(texts, "", refusals)
    product = Product(
        code=fields.required("code", _any),
        kind=fields.required("kind", choice(ProductKind)),
        name=fields.required("name", text),
        manufacturer=fields.required("manufacturer", text),
        material=fields.required("material", _or_empty(_material)),
        dehp=fields.required("dehp", _or_empty(_yes_no("expected.yes-no-empty"))),
        pore_micron=fields.required("pore_micron", _or_empty(_decimal)),
        low_protein_binding=fields.required(
            "low_protein_binding", _or_empty(_yes_no("expected.yes-no-empty"))
        ),
        sterile=fields.required("sterile", _or_empty(_yes_no("expected.yes-no-empty"))),
        non_pyrogenic=fields.required("non_pyrogenic", _or_empty(_yes_no("expected.yes-no-empty"))),
        built_in_filter=fields.required("built_in_filter", _or_empty(_yes_no("expected.yes-no-empty"))),
        volume=fields.required("volume_ml", _or_empty(_amount(Volume))),
        concentration=fields.required("concentration_mcg_per_ml", _or_empty(_amount(Concentration))),
        fill=fields.required("fill_ml", _or_empty(_amount(Volume))),
        has_serial=fields.required("has_serial", _yes_no("expected.yes-no")),
    )
    fields.finish()
    return product


def texts_of_product(product: Product) -> dict[str, str]:
    """The texts from which `read_product` makes the product again."""
    return {
        "code": product.code,
        "kind": product.kind.value,
        "name": product.name,
        "manufacturer": product.manufacturer,
        "material": "" if product.material is None else product.material.value,
        "dehp": _answer(product.dehp),
        "pore_micron": _number(product.pore_micron),
        "low_protein_binding": _answer(product.low_protein_binding),
        "sterile": _answer(product.sterile),
        "non_pyrogenic": _answer(product.non_pyrogenic),
        "built_in_filter": _answer(product.built_in_filter),
        "volume_ml": _number(product.volume),
        "concentration_mcg_per_ml": _number(product.concentration),
        "fill_ml": _number(product.fill),
        "has_serial": _answer(product.has_serial),
    }


def read_lot(texts: Mapping[str, str], refusals: list[InputRefused]) -> Lot:
    """The lot in these texts. Raises nothing: as `read_product`."""
    fields = Fields(texts, "", refusals)
    lot = Lot(
        code=fields.required("code", _any),
        lot=fields.required("lot", _any),
        expires_on=fields.required("expires_on", calendar_date),
        quantity=fields.required("quantity", _whole),
        received_at=fields.required("received_at", _moment),
        state=fields.required("state", choice(LotState)),
        reason=fields.required("reason", _any),
    )
    fields.finish()
    return lot


def texts_of_lot(lot: Lot) -> dict[str, str]:
    """The texts from which `read_lot` makes the lot again."""
    moment = lot.received_at.astimezone(UTC).replace(tzinfo=None)
    return {
        "code": lot.code,
        "lot": lot.lot,
        "expires_on": lot.expires_on.isoformat(),
        "quantity": str(lot.quantity),
        "received_at": f"{moment.isoformat()}Z",
        "state": lot.state.value,
        "reason": lot.reason,
    }


def read_receipt(texts: Mapping[str, str], refusals: list[InputRefused]) -> Receipt:
    """What was received, in these texts. Raises nothing: as `read_product`."""
    fields = Fields(texts, "", refusals)
    receipt = Receipt(
        code=fields.required("code", _any),
        lot=fields.required("lot", _any),
        expires_on=fields.required("expires_on", calendar_date),
        quantity=fields.required("quantity", _whole),
    )
    fields.finish()
    return receipt


def _any(given: object, _field: str) -> str:
    """A text whose form is a rule of the domain."""
    assert isinstance(given, str)
    return given


def _or_empty(parse: Callable[[object, str], T]) -> Callable[[object, str], T | None]:
    return lambda given, field: None if given == "" else parse(given, field)


def _yes_no(code: str) -> Callable[[object, str], bool]:
    def parse(given: object, field: str) -> bool:
        if not isinstance(given, str) or given not in _YES_NO:
            raise refuse(field, given, code)
        return _YES_NO[given]

    return parse


def _material(given: object, field: str) -> BagMaterial:
    try:
        return choice(BagMaterial)(given, field)
    except InputRefused as refusal:
        raise refuse(field, given, "expected.one-of-or-empty", **refusal.values) from None


def _decimal(given: object, field: str) -> Decimal:
    try:
        return decimal(given, field)
    except InputRefused:
        raise refuse(field, given, "expected.decimal-or-empty") from None


def _amount(kind: type[AmountType]) -> Callable[[object, str], AmountType]:
    return lambda given, field: kind(_decimal(given, field))


def _whole(given: object, field: str) -> int:
    if not isinstance(given, str) or not _WHOLE.fullmatch(given):
        raise refuse(field, given, "expected.quantity")
    return int(given)


def _moment(given: object, field: str) -> datetime:
    if isinstance(given, str) and _MOMENT.fullmatch(given):
        try:
            return datetime.fromisoformat(given.removesuffix("Z")).replace(tzinfo=UTC)
        except ValueError:
            pass
    raise refuse(field, given, "expected.moment")


def _answer(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"


def _number(value: Amount | Decimal | None) -> str:
    match value:
        case None:
            return ""
        case Amount():
            return format(value.value, "f")
        case Decimal():
            return format(value, "f")
