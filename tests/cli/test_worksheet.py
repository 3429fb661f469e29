"""`worksheet ORDER.json --bag N [--json | --pdf FILE]`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_plan import BAGS
from tests.support.command_line import ORDER, Result, ask, errors_of, leftovers, write
from tests.support.orders import order_document

SALINE, BACTERIOSTATIC = "saline-preservative-free", "saline-bacteriostatic"

# REQ-MIX-002: duration, dose, mL of drug, vials; the doses that they deliver worked by hand from 12.5 mcg/mL.
SHORT_BAGS = [
    (24, "9", "0.83", 1, "9.01"),
    (48, "9", "1.7", 1, "9.20"),
    (72, "9", "2.5", 1, "8.90"),
    (96, "9", "3.3", 2, "8.88"),
    (24, "28", "2.6", 1, "28.05"),
    (48, "28", "5.2", 2, "27.79"),
    (72, "28", "8", 3, "27.94"),
    (96, "28", "10.7", 4, "28.04"),
]
SEQUENCES = {"9": [24, 48, 96, 24, 48, 72, 96, 168, 96], "28": [168, 24, 48, 72, 96, 168, 96]}
NINE_72_H = [72, 96, 168, 168, 168]


def worksheet(folder: Path, number: int, **changes: object) -> Result:
    """The answer to the promised order with changes, and its schema kept."""
    result = ask("worksheet", write(folder, order_document(**changes)), "--bag", str(number), "--json")
    assert errors_of("worksheet", result.document) == []
    return result


def test_the_document_is_as_promised(tmp_path: Path) -> None:
    document = worksheet(tmp_path, 1).document
    assert set(document) == {"order_number", "protocol", "bag", "ingredients", "dose_check", "findings"}
    assert (document["order_number"], document["protocol"]["drug"]) == ("RX-1001", "blinatumomab")
    assert document["bag"] == BAGS[0]


@pytest.mark.req("REQ-MIX-002", "REQ-MIX-007")
@pytest.mark.parametrize("row", SHORT_BAGS, ids=lambda row: f"{row[0]} h, {row[1]} mcg/day")
def test_a_bag_of_24_to_96_h_has_saline_stabilizer_drug(
    tmp_path: Path, row: tuple[int, str, str, int, str]
) -> None:
    duration_h, dose, drug_ml, vials, delivered = row
    sequence = NINE_72_H if (duration_h, dose) == (72, "9") else SEQUENCES[dose]
    number = sequence.index(duration_h) + 1
    document = worksheet(tmp_path, number, **{"bags.sequence_h": sequence}).document
    assert (document["bag"]["duration_h"], document["bag"]["dose_mcg_per_day"]) == (duration_h, dose)
    assert document["ingredients"] == [
        {"step": 1, "kind": SALINE, "volume_ml": "270"},
        {"step": 2, "kind": "stabilizer", "volume_ml": "5.5"},
        {"step": 3, "kind": "drug", "volume_ml": drug_ml, "vials": vials},
    ]
    check = document["dose_check"]
    assert (check["table_drug_ml"], check["delivered_mcg_per_day"]) == (drug_ml, delivered)


@pytest.mark.req("REQ-MIX-003", "REQ-MIX-007")
@pytest.mark.parametrize(
    ("number", "drug_ml", "vials", "fill_ml"), [(1, "5.5", 2, "12.3"), (2, "16.8", 6, "1")]
)
def test_a_7_day_bag_has_four_steps_the_preservative_free_fill_last(
    tmp_path: Path, number: int, drug_ml: str, vials: int, fill_ml: str
) -> None:
    assert worksheet(tmp_path, number).document["ingredients"] == [
        {"step": 1, "kind": BACTERIOSTATIC, "volume_ml": "90"},
        {"step": 2, "kind": "stabilizer", "volume_ml": "2.2"},
        {"step": 3, "kind": "drug", "volume_ml": drug_ml, "vials": vials},
        {"step": 4, "kind": SALINE, "volume_ml": fill_ml},
    ]


@pytest.mark.req("REQ-MIX-004")
def test_both_ways_to_the_dose_are_those_of_the_promise(tmp_path: Path) -> None:
    document = worksheet(tmp_path, 5, **{"bags.sequence_h": SEQUENCES["28"]}).document
    assert document["dose_check"] == {
        "table_drug_ml": "10.7",
        "first_principles_drug_ml": "10.68",
        "delivered_mcg_per_day": "28.04",
        "deviation_percent": "0.14",
        "limit_percent": "2.5",
    }


@pytest.mark.req("REQ-PRO-004")
def test_the_text_begins_with_the_training_mark_and_has_steps_and_working() -> None:
    lines = ask("worksheet", ORDER, "--bag", "2").out.splitlines()
    assert lines[:2] == [
        "TRAINING – NOT FOR PATIENT USE",
        "Worksheet, no label: order RX-1001, bag 2, 28 mcg/day, 168 h",
    ]
    assert lines[4].startswith("3. ")
    assert lines[4].endswith(": 16.8 mL")
    assert [line.strip() for line in lines[6:9]] == [
        "16.8 mL × 12.5 mcg/mL = 210 mcg",
        "÷ 110 mL = 1.9091 mcg/mL",
        "× 0.6 mL/h × 24 h = 27.49 mcg/day",
    ]


def test_a_refused_worksheet_is_its_findings_and_writes_no_file(tmp_path: Path) -> None:
    order, pdf = write(tmp_path, order_document(cycle=10)), tmp_path / "worksheet.pdf"
    result = ask("worksheet", order, "--bag", "1", "--pdf", pdf, "--json")
    assert (result.code, set(result.document)) == (3, {"findings"})
    assert errors_of("worksheet", result.document) == []
    assert "order.cycle" in result.codes
    assert leftovers(tmp_path) == ["order.json"]


def test_a_refused_order_is_refused_by_the_rules_whatever_the_bag(tmp_path: Path) -> None:
    assert worksheet(tmp_path, 99, cycle=10).code == 3


@pytest.mark.req("REQ-MIX-005")
def test_how_the_fill_is_reached_is_asked(tmp_path: Path) -> None:
    messages = [each["message"] for each in worksheet(tmp_path, 1).document["findings"]]
    assert any(message.startswith("Record how the 90 mL of saline are reached") for message in messages)


def test_with_pdf_the_file_is_a_whole_pdf_and_the_answer_is_still_given(tmp_path: Path) -> None:
    pdf = tmp_path / "worksheet.pdf"
    result = ask("worksheet", ORDER, "--bag", "1", "--pdf", pdf, "--json")
    assert (result.code, result.document["bag"]["number"]) == (0, 1)
    content = pdf.read_bytes()
    assert (content[:5], content.rstrip()[-5:]) == (b"%PDF-", b"%%EOF")
    assert leftovers(tmp_path) == ["worksheet.pdf"]
