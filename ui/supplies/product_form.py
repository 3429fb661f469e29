"""Which fields a product of each kind has, and where a finding about it belongs. Knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pharmacy_app.domain.product import ProductKind
from pharmacy_app.domain.product_check import properties_of
from ui.remarks import Remark

ALWAYS = ("kind", "code", "name", "manufacturer", "has_serial")
PROPERTIES = {
    "material": "material",
    "dehp": "dehp",
    "built_in_filter": "built_in_filter",
    "pore_micron": "pore_micron",
    "low_protein_binding": "low_protein_binding",
    "sterile": "sterile",
    "non_pyrogenic": "non_pyrogenic",
    "volume": "volume_ml",
    "concentration": "concentration_mcg_per_ml",
    "fill": "fill_ml",
}
COLUMNS = (*ALWAYS, *PROPERTIES.values())


def fields_of(texts: Mapping[str, str]) -> tuple[str, ...]:
    """The fields that a product with these texts has; before its kind is chosen, those of every product."""
    kind = texts["kind"]
    if not kind:
        return ALWAYS
    allowed = properties_of(ProductKind(kind), built_in_filter=texts["built_in_filter"] == "yes")
    return (*ALWAYS, *(column for name, column in PROPERTIES.items() if name in allowed))


def to_be_kept(texts: Mapping[str, str]) -> dict[str, str]:
    """The texts, those of fields that the product does not have being empty."""
    shown = fields_of(texts)
    return {column: texts[column] if column in shown else "" for column in COLUMNS}


def placed(remark: Remark) -> Remark:
    """The remark at the field of the form to which it belongs."""
    name = remark.field.rpartition(".")[2]
    return replace(remark, field=PROPERTIES.get(name, name))
