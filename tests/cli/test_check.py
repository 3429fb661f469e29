"""`check SUPPLIES.json [--json]`: the supply rules alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.command_line import EXAMPLES, ask, errors_of, write
from tests.support.orders import ABSENT
from tests.support.supplies import supplies_document, supplies_document_7_days


@pytest.mark.parametrize("name", ["supplies-96h", "supplies-7-day"])
def test_the_example_supplies_are_right(name: str) -> None:
    result = ask("check", EXAMPLES / f"{name}.json", "--json")
    assert (result.code, result.document) == (0, {"findings": []})
    assert ask("check", EXAMPLES / f"{name}.json").out == "Every supply rule holds.\n"


FLAGS = [
    "bag.dehp", "tubing.dehp", "filter.low_protein_binding", "filter.sterile", "filter.non_pyrogenic",
    "pump.programmable", "pump.lockable", "pump.elastomeric", "pump.visual_alarm", "pump.auditory_alarm",
    "pump.tubing_compatible", "access.dedicated_lumen",
]  # fmt: skip
OTHERS = [
    "duration_h",
    "rate_ml_per_h",
    "bag",
    "bag.material",
    "tubing",
    "tubing.material",
    "filter.pore_micron",
]
OTHERS += ["pump", "pump.rate_step_ml_per_h", "diluents", "access"]
WRONG = {"bag.dehp": True, "tubing.dehp": True, "pump.elastomeric": True}


@pytest.mark.req("REQ-SUP-001", "REQ-SUP-002", "REQ-SUP-004", "REQ-SUP-005", "REQ-SUP-006")
@pytest.mark.parametrize("value", [None, ABSENT], ids=["null", "absent"])
@pytest.mark.parametrize("name", [*FLAGS, *OTHERS])
def test_what_is_not_known_is_a_stop(tmp_path: Path, name: str, value: object) -> None:
    result = ask("check", write(tmp_path, supplies_document(**{name: value})), "--json")
    assert (result.code, errors_of("check", result.document)) == (3, [])
    assert "stop" in {each["severity"] for each in result.document["findings"]}


@pytest.mark.req("REQ-SUP-001", "REQ-SUP-002", "REQ-SUP-004", "REQ-SUP-005")
@pytest.mark.parametrize("name", FLAGS)
def test_what_is_not_right_is_a_stop(tmp_path: Path, name: str) -> None:
    document = supplies_document(**{name: WRONG.get(name, False)})
    assert ask("check", write(tmp_path, document), "--json").code == 3


@pytest.mark.req("REQ-SUP-005")
@pytest.mark.parametrize("name", ["access.line", "access.lumens"])
@pytest.mark.parametrize("value", [None, ABSENT], ids=["null", "absent"])
def test_a_line_or_lumens_not_known_need_a_reason(tmp_path: Path, name: str, value: object) -> None:
    result = ask("check", write(tmp_path, supplies_document(**{name: value})), "--json")
    assert (result.code, [each["severity"] for each in result.document["findings"]]) == (0, ["reason"])


@pytest.mark.req("REQ-SUP-002", "REQ-SUP-003")
def test_for_a_filter_null_is_none_and_absent_is_not_known(tmp_path: Path) -> None:
    right = {"pore_micron": "0.2", "low_protein_binding": True, "sterile": True, "non_pyrogenic": True}
    cases = [
        (supplies_document(filter=None), 3),
        (supplies_document(filter=ABSENT), 3),
        (supplies_document(filter=None, **{"tubing.built_in_filter": right}), 0),
        (supplies_document(**{"tubing.built_in_filter": right}), 0),
        (supplies_document(**{"tubing.built_in_filter": {**right, "sterile": None}}), 3),
        (supplies_document(**{"tubing.built_in_filter": ABSENT}), 3),
        (supplies_document_7_days(filter=right), 3),
        (supplies_document_7_days(filter=ABSENT), 3),
        (supplies_document_7_days(**{"tubing.built_in_filter": right}), 3),
        (supplies_document_7_days(**{"tubing.built_in_filter": ABSENT}), 3),
        (supplies_document_7_days(), 0),
    ]
    codes = [ask("check", write(tmp_path, document), "--json").code for document, _ in cases]
    assert codes == [code for _, code in cases]


def test_the_rate_is_the_tables_for_the_duration(tmp_path: Path) -> None:
    assert ask("check", write(tmp_path, supplies_document(rate_ml_per_h="2.50")), "--json").code == 0
    assert ask("check", write(tmp_path, supplies_document(rate_ml_per_h="5")), "--json").code == 3


def test_an_empty_file_of_supplies_names_every_rule_that_it_breaks(tmp_path: Path) -> None:
    result = ask("check", write(tmp_path, {}), "--json")
    requirements = {each["requirement"] for each in result.document["findings"]}
    assert result.code == 3
    assert {"REQ-SUP-001", "REQ-SUP-004", "REQ-SUP-005", "REQ-SUP-006"} <= requirements


def test_diluents_stand_in_any_order(tmp_path: Path) -> None:
    for diluents in (["bacteriostatic", "preservative-free"], ["preservative-free", "bacteriostatic"]):
        assert ask("check", write(tmp_path, supplies_document_7_days(diluents=diluents)), "--json").code == 0


@pytest.mark.parametrize("diluents", [[], ["bacteriostatic"], ["bacteriostatic", "preservative-free"]])
def test_a_96_h_bag_has_preservative_free_diluent_alone(tmp_path: Path, diluents: list[str]) -> None:
    assert ask("check", write(tmp_path, supplies_document(diluents=diluents)), "--json").code == 3


def test_a_stop_is_said_in_text_with_its_rule(tmp_path: Path) -> None:
    result = ask("check", write(tmp_path, supplies_document(**{"bag.dehp": True})))
    assert (result.code, result.err) == (3, "")
    assert result.out == "Stop: The bag contains DEHP. Expected one free of DEHP. [REQ-SUP-001]\n"
