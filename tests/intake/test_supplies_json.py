"""The supplies document: absent and null are not known, and what cannot be is refused by its field's name."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.supply import Absence
from pharmacy_app.intake.strict_json import OddNumber
from pharmacy_app.intake.supplies_json import read_supplies
from tests.support.orders import ABSENT
from tests.support.rulebooks import protocol
from tests.support.supplies import supplies_document

FIELDS = [
    "duration_h", "rate_ml_per_h", "bag", "bag.material", "bag.dehp", "tubing", "tubing.material",
    "tubing.dehp", "tubing.built_in_filter", "filter", "filter.pore_micron",
    "filter.low_protein_binding", "filter.sterile", "filter.non_pyrogenic", "pump", "pump.programmable",
    "pump.lockable", "pump.elastomeric", "pump.visual_alarm", "pump.auditory_alarm",
    "pump.tubing_compatible", "pump.rate_step_ml_per_h", "access", "access.line", "access.lumens",
    "access.dedicated_lumen", "diluents",
]  # fmt: skip


def refusals(document: Mapping[str, object]) -> list[InputRefused]:
    """What the reader refuses."""
    found: list[InputRefused] = []
    read_supplies(document, protocol(), found)
    return found


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize("value", [None, ABSENT], ids=["null", "absent"])
def test_every_field_may_be_null_or_absent(name: str, value: object) -> None:
    assert refusals(supplies_document(**{name: value})) == []


def test_nothing_at_all_is_known_of_an_empty_file() -> None:
    found: list[InputRefused] = []
    supplies = read_supplies({}, protocol(), found)
    assert found == []
    assert (supplies.filter, supplies.built_in_filter) == (Absence.NOT_KNOWN, Absence.NOT_KNOWN)
    assert (supplies.duration_h, supplies.rate, supplies.diluents) == (None, None, None)


@pytest.mark.parametrize("name", FIELDS)
def test_a_value_of_another_type_is_refused_by_the_name_of_its_field(name: str) -> None:
    for value in ("?", 12345678, OddNumber("2.5"), ["?"], {"stranger": 1}):
        found = refusals(supplies_document(**{name: value}))
        assert found, value
        assert all(each.field.startswith(name) for each in found), value


@pytest.mark.parametrize("folder", ["", "bag.", "tubing.", "filter.", "pump.", "access."])
def test_a_field_that_nobody_knows_is_named(folder: str) -> None:
    found = refusals(supplies_document(**{f"{folder}colour": "blue"}))
    assert [(each.field, each.code) for each in found] == [(f"{folder}colour", "expected.no-such-field")]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("duration_h", 100),
        ("duration_h", "96"),
        ("rate_ml_per_h", "2,5"),
        ("rate_ml_per_h", "28,125"),
        ("rate_ml_per_h", 2),
        ("bag.material", "pvc"),
        ("bag.material", "PVC "),
        ("bag.dehp", "no"),
        ("filter.pore_micron", 0),
        ("filter.pore_micron", "0,22"),
        ("pump.rate_step_ml_per_h", "+0.1"),
        ("access.line", "midline"),
        ("access.lumens", 0),
        ("access.lumens", "2"),
        ("access.lumens", OddNumber("2.0")),
        ("diluents", "preservative-free"),
    ],
    ids=ascii,
)
def test_a_value_that_cannot_be_is_refused_by_the_name_of_its_field(name: str, value: object) -> None:
    assert [each.field for each in refusals(supplies_document(**{name: value}))] == [name]


def test_the_place_in_the_list_of_diluents_is_named() -> None:
    found = refusals(supplies_document(diluents=["preservative-free", "water"]))
    assert [each.field for each in found] == ["diluents[1]"]
