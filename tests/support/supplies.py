"""Supplies for tests: the supplies file of the promised command line, and what a test wants different."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Final

from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.finding import Finding
from pharmacy_app.domain.supply import Supplies, check_supplies
from pharmacy_app.intake.supplies_json import read_supplies
from tests.support.orders import ABSENT
from tests.support.rulebooks import protocol

_96_H: Final[Mapping[str, object]] = {
    "duration_h": 96,
    "rate_ml_per_h": "2.5",
    "bag": {"material": "polyolefin", "dehp": False},
    "tubing": {"material": "PVC", "dehp": False, "built_in_filter": None},
    "filter": {"pore_micron": "0.22", "low_protein_binding": True, "sterile": True, "non_pyrogenic": True},
    "pump": {
        "programmable": True,
        "lockable": True,
        "elastomeric": False,
        "visual_alarm": True,
        "auditory_alarm": True,
        "tubing_compatible": True,
        "rate_step_ml_per_h": "0.1",
    },
    "access": {"line": "central", "lumens": 2, "dedicated_lumen": True},
    "diluents": ["preservative-free"],
}

_168_H: Final[Mapping[str, object]] = {
    "duration_h": 168,
    "rate_ml_per_h": "0.6",
    "filter": None,
    "diluents": ["bacteriostatic", "preservative-free"],
}


def supplies_document(**changes: object) -> dict[str, object]:
    """Supplies of a 96 h bag with changes by dotted names, such as `**{"pump.lockable": None}`."""
    return _changed(_96_H, changes)


def supplies_document_7_days(**changes: object) -> dict[str, object]:
    """Supplies of a 7-day bag with changes by dotted names."""
    return _changed({**_96_H, **_168_H}, changes)


def _changed(base: Mapping[str, object], changes: Mapping[str, object]) -> dict[str, object]:
    document: dict[str, object] = copy.deepcopy(dict(base))
    for name, value in changes.items():
        *folders, last = name.split(".")
        place = document
        for folder in folders:
            inner = place[folder]
            assert isinstance(inner, dict), f"{name}: {folder} has nothing inside"
            place = inner
        if value is ABSENT:
            del place[last]
        else:
            place[last] = copy.deepcopy(value)
    return document


def supplies_of(document: Mapping[str, object]) -> Supplies:
    """The supplies in a document that must be readable."""
    refusals: list[InputRefused] = []
    supplies = read_supplies(document, protocol(), refusals)
    assert refusals == [], f"the document was refused: {[str(each) for each in refusals]}"
    return supplies


def found_in(document: Mapping[str, object]) -> tuple[Finding, ...]:
    """What the supply rules say of a document."""
    return check_supplies(supplies_of(document), protocol())
