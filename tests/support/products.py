"""Products and lots of a made-up maker. Their codes are of a range that belongs to nobody (GS1 prefix 20)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from pharmacy_app.domain.product import Lot, LotState, Product, ProductKind
from pharmacy_app.domain.quantity import Concentration, Volume
from pharmacy_app.domain.scan import ProductScan
from pharmacy_app.domain.supply import BagMaterial

RECEIVED = datetime(2026, 11, 2, 14, 0, tzinfo=UTC)
DRUG_CODE = "02000000000015"
SALINE_CODE = "02000000000022"
BACTERIOSTATIC_CODE = "02000000000039"


def _empty(code: str, kind: ProductKind, name: str) -> Product:
    return Product(
        code=code,
        kind=kind,
        name=name,
        manufacturer="Sample Maker",
        material=None,
        dehp=None,
        pore_micron=None,
        low_protein_binding=None,
        sterile=None,
        non_pyrogenic=None,
        built_in_filter=None,
        volume=None,
        concentration=None,
        fill=None,
        has_serial=False,
    )


def drug_vial(**changes: Any) -> Product:
    """A vial as the protocol expects it."""
    vial = replace(
        _empty(DRUG_CODE, ProductKind.DRUG_VIAL, "Blinatumomab 38.5 mcg"),
        volume=Volume(Decimal("3.08")),
        concentration=Concentration(Decimal("12.5")),
        has_serial=True,
    )
    return replace(vial, **changes)


def saline(**changes: Any) -> Product:
    """Preservative-free saline, 500 mL."""
    fluid = _empty(
        SALINE_CODE, ProductKind.SALINE_PRESERVATIVE_FREE, "Sodium chloride 0.9 %, no preservative"
    )
    return replace(replace(fluid, volume=Volume(Decimal(500))), **changes)


def bacteriostatic(**changes: Any) -> Product:
    """Bacteriostatic saline, 30 mL."""
    fluid = _empty(BACTERIOSTATIC_CODE, ProductKind.SALINE_BACTERIOSTATIC, "Bacteriostatic sodium chloride")
    return replace(replace(fluid, volume=Volume(Decimal(30))), **changes)


def bag(**changes: Any) -> Product:
    """An empty bag of EVA, free of DEHP."""
    empty = _empty("02000000000046", ProductKind.BAG, "Empty EVA bag 500 mL")
    right = replace(empty, material=BagMaterial.EVA, dehp=False, volume=Volume(Decimal(500)))
    return replace(right, **changes)


def tubing(**changes: Any) -> Product:
    """A set free of DEHP, without a filter."""
    empty = _empty("02000000000053", ProductKind.TUBING, "Pump set")
    right = replace(empty, material=BagMaterial.POLYOLEFIN, dehp=False, built_in_filter=False)
    return replace(right, **changes)


def filter_(**changes: Any) -> Product:
    """An in-line filter with every property known and right."""
    empty = _empty("02000000000060", ProductKind.FILTER, "In-line filter 0.22 micron")
    right = replace(
        empty, pore_micron=Decimal("0.22"), low_protein_binding=True, sterile=True, non_pyrogenic=True
    )
    return replace(right, **changes)


def lot(of: Product | None = None, **changes: Any) -> Lot:
    """Ten vials of lot 7K114, good until the end of 2027-11-30."""
    received = Lot(
        code=(of or drug_vial()).code,
        lot="7K114",
        expires_on=date(2027, 11, 30),
        quantity=10,
        received_at=RECEIVED,
        state=LotState.AVAILABLE,
        reason="",
    )
    return replace(received, **changes)


def scan(**changes: Any) -> ProductScan:
    """The scan of one vial of that lot."""
    return replace(ProductScan(DRUG_CODE, "7K114", date(2027, 11, 30), "U-1"), **changes)
