"""The supplies file: its fields, read strictly."""

from __future__ import annotations

import pytest

from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.intake.supplies_json import read_supplies
from tests.support.rulebooks import protocol
from tests.support.supplies import supplies_document


@pytest.mark.req("REQ-SUP-001", "REQ-SUP-004")
@pytest.mark.parametrize(
    "name",
    ["accessories_dehp_free", "pump.approved", "pump.keep_open_rate_acceptable", "filter.built_in", "colour"],
)
def test_the_file_takes_no_field_beyond_the_promise(name: str) -> None:
    refusals: list[InputRefused] = []
    read_supplies(supplies_document(**{name: True}), protocol(), refusals)
    assert [(each.field, each.code) for each in refusals] == [(name, "expected.no-such-field")]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("duration_h", 36),
        ("duration_h", "96"),
        ("duration_h", True),
        ("rate_ml_per_h", "2,5"),
        ("rate_ml_per_h", "-2.5"),
        ("rate_ml_per_h", 3),
        ("bag", []),
        ("bag.material", "pvc"),
        ("bag.dehp", "no"),
        ("tubing.built_in_filter", "none"),
        ("filter", True),
        ("filter.pore_micron", "0.22 micron"),
        ("filter.sterile", 1),
        ("pump.lockable", "yes"),
        ("pump.rate_step_ml_per_h", "1e-1"),
        ("access.line", "midline"),
        ("access.lumens", 0),
        ("access.lumens", "2"),
        ("access.lumens", True),
        ("diluents", "preservative-free"),
        ("diluents", ["glucose"]),
    ],
)
def test_a_field_that_is_not_what_it_should_be_is_refused(name: str, value: object) -> None:
    refusals: list[InputRefused] = []
    read_supplies(supplies_document(**{name: value}), protocol(), refusals)
    assert [each.field.partition("[")[0] for each in refusals] == [name]
