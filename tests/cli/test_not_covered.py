"""Below 45 kg the answer names the weight and the limit, and no dose, volume, rate or time."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.support.command_line import Result, ask, leftovers, write
from tests.support.orders import order_document

FORBIDDEN = re.compile(
    r"mcg|µg|\bmL\b|/h\b|\b[0-9.]+ ?h\b|/day|\bvials?\b|\b[0-9]{1,2}:[0-9]{2}\b|T[0-9]{2}"
    r"|[+-][0-9]{2}:[0-9]{2}|2026-11|NOV|DEC|\bmg\b|\bdays?\b",
    re.IGNORECASE,
)
COMMANDS = ["plan", "worksheet", "label"]


def answer(folder: Path, command: str, *options: str, **changes: object) -> Result:
    """The command on the promised order with changes, asked for its first bag."""
    bag = [] if command == "plan" else ["--bag", "1"]
    pdf = [] if command == "plan" else ["--pdf", str(folder / "it.pdf")]
    return ask(command, write(folder, order_document(**changes)), *bag, *pdf, *options)


def test_the_pattern_finds_what_a_plan_says(tmp_path: Path) -> None:
    assert len(FORBIDDEN.findall(answer(tmp_path, "plan").out)) > 50


@pytest.mark.req("REQ-ORD-003", "REQ-ORD-006")
@pytest.mark.parametrize("weight", ["44.9", "44.9999", "0", "10"])
@pytest.mark.parametrize("command", COMMANDS)
def test_below_45_kg_nothing_is_said_but_weight_and_limit(tmp_path: Path, command: str, weight: str) -> None:
    result = answer(tmp_path, command, "--json", **{"patient.weight_kg": weight})
    document = result.document
    assert (result.code, result.codes) == (3, ["order.weight"])
    document.pop("order_number", None)
    document.pop("protocol", None)
    assert FORBIDDEN.findall(json.dumps(document, ensure_ascii=False)) == []
    assert re.findall(r"[0-9]{4}-[0-9]{2}|[0-9]", document["findings"][0]["source"]) == []
    assert document["findings"][0]["message"] == (
        f"{weight} kg. This program covers patients of 45 kg and more. Refer to the Product Monograph."
    )
    assert leftovers(tmp_path) == ["order.json"]


@pytest.mark.req("REQ-ORD-003")
@pytest.mark.parametrize("command", COMMANDS)
def test_below_45_kg_the_text_says_no_more(tmp_path: Path, command: str) -> None:
    result = answer(tmp_path, command, **{"patient.weight_kg": "44.9"})
    assert (result.code, result.err, FORBIDDEN.findall(result.out)) == (3, "", [])


@pytest.mark.req("REQ-ORD-003")
def test_whatever_else_is_wrong_below_45_kg_is_not_said(tmp_path: Path) -> None:
    changes = {
        "patient.weight_kg": "44.9",
        "patient.weight_taken_on": "2026-01-01",
        "patient.pregnant": True,
        "prescribed": [{"from_day": 1, "to_day": 28, "mcg_per_day": "28"}],
        "bags.sequence_h": [24],
        "dose_modification": {"event": "crs", "grade": 4, "restart_on_infusion_day": 1, "reason": "9 mcg"},
    }
    result = answer(tmp_path, "plan", "--json", **changes)
    assert (result.code, result.codes) == (3, ["order.weight"])


@pytest.mark.req("REQ-ORD-006")
@pytest.mark.parametrize("weight", ["45", "45.0", "45.0000"])
def test_45_kg_is_in(tmp_path: Path, weight: str) -> None:
    result = answer(tmp_path, "plan", "--json", **{"patient.weight_kg": weight})
    assert (result.code, result.document["totals"]["bags"]) == (0, 4)


@pytest.mark.req("REQ-ORD-011")
@pytest.mark.parametrize("command", COMMANDS)
def test_17_years_and_364_days_is_refused(tmp_path: Path, command: str) -> None:
    result = answer(tmp_path, command, "--json", **{"patient.date_of_birth": "2008-11-24"})
    assert (result.code, result.codes) == (3, ["order.age"])
    assert leftovers(tmp_path) == ["order.json"]


@pytest.mark.req("REQ-ORD-011")
def test_18_years_on_the_day_of_the_start_is_in(tmp_path: Path) -> None:
    assert answer(tmp_path, "plan", "--json", **{"patient.date_of_birth": "2008-11-23"}).code == 0


@pytest.mark.req("REQ-ORD-011")
@pytest.mark.parametrize(
    ("born", "start", "code"), [("2008-02-29", "2026-02-28", 3), ("2008-02-29", "2026-03-01", 0)]
)
def test_born_on_29_february_one_is_18_on_1_march(tmp_path: Path, born: str, start: str, code: int) -> None:
    changes = {
        "patient.date_of_birth": born,
        "start_at": f"{start}T14:00",
        "patient.weight_taken_on": start,
    }
    assert answer(tmp_path, "plan", "--json", **changes).code == code
