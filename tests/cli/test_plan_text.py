"""`plan ORDER.json` without `--json`: the same in words, for people."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.command_line import ORDER, ask, write
from tests.support.orders import order_document
from tests.support.protocols import shipped_text


@pytest.mark.req("REQ-PRO-004")
def test_the_text_begins_with_the_training_mark(tmp_path: Path) -> None:
    result = ask("plan", ORDER)
    assert (result.code, result.err) == (0, "")
    assert result.out.splitlines()[:2] == ["TRAINING – NOT FOR PATIENT USE", "Plan of order RX-1001"]


def test_the_text_says_what_the_document_says() -> None:
    lines = ask("plan", ORDER).out.splitlines()
    second = " ".join(lines[7].split())
    assert second == (
        "Bag 2 days 8–14 28 mcg/day 168 h bacteriostatic drug 16.8 mL, 6 vials 0.6 mL/h "
        "infuse 100.8 mL, discard 9.2 mL change Mon 2026-DEC-07 14:00 UTC-05:00"
    )
    assert " ".join(lines[9].split()).endswith("discard 9.2 mL ends Mon 2026-DEC-21 14:00 UTC-05:00")
    assert lines[10] == (
        "4 bags, 3 changes (0 on closed days, 1 line change), 20 vials, 651 mcg ordered, 49 mcg discarded, "
        "28 days with benzyl alcohol"
    )
    assert len([line for line in lines if line.startswith(("Note: ", "Reason needed: "))]) == 12


@pytest.mark.req("REQ-PRO-002")
def test_the_text_says_whose_plan_it_is_when_it_starts_and_on_what_it_rests() -> None:
    result = ask("plan", ORDER)
    digest = ask("plan", ORDER, "--json").document["protocol"]["digest"]
    assert result.out.splitlines()[2:6] == [
        "Tremblay, Anne-Marie · record number 4471023 · born 1979-MAR-14",
        "Relapsed or refractory, cycle 1",
        "Starts Mon 2026-NOV-23 14:00 UTC-05:00",
        f"Canada · monograph 2026-FEB-27 · revision 1 · {digest[7:15]}",
    ]


def test_a_single_day_vial_or_change_is_said_as_one(tmp_path: Path) -> None:
    changes = {"bags.sequence_h": [168, 96, 72, 168, 96, 48, 24]}
    text = ask("plan", write(tmp_path, order_document(**changes))).out
    bags = [" ".join(line.split()) for line in text.splitlines() if line.startswith("Bag ")]
    assert bags[6] == (
        "Bag 7 day 28 28 mcg/day 24 h preservative-free drug 2.6 mL, 1 vial 10 mL/h "
        "infuse 240 mL, discard 38.1 mL ends Mon 2026-DEC-21 14:00 UTC-05:00"
    )
    assert bags[5].startswith(
        "Bag 6 days 26–27 28 mcg/day 48 h preservative-free drug 5.2 mL, 2 vials 5 mL/h"
    )
    one_week = {"bags.sequence_h": [168] * 4, "indication": "consolidation", "cycle": 1}
    assert (
        "(0 on closed days, 0 line changes), 24 vials"
        in ask("plan", write(tmp_path, order_document(**one_week))).out
    )


def test_the_columns_of_the_bags_stand_under_each_other(tmp_path: Path) -> None:
    changes = {"bags.sequence_h": [168, 96, 72, 168, 96, 48, 24]}
    text = ask("plan", write(tmp_path, order_document(**changes))).out
    bags = [line for line in text.splitlines() if line.startswith("Bag ")]
    for column in (" mcg/day", " h  ", " mL/h", "infuse ", "discard "):
        assert len({line.index(column) for line in bags}) == 1, column


@pytest.mark.req("REQ-ORD-013")
def test_where_the_zones_differ_the_text_shows_both_times(tmp_path: Path) -> None:
    result = ask("plan", write(tmp_path, order_document(time_zone="America/Vancouver")))
    assert "Starts Mon 2026-NOV-23 14:00 UTC-07:00 (pharmacy Mon 2026-NOV-23 16:00 UTC-05:00)" in result.out
    assert "ends Mon 2026-DEC-21 14:00 UTC-07:00 (pharmacy Mon 2026-DEC-21 16:00 UTC-05:00)" in result.out
    assert (
        "Note: The infusion runs in America/Vancouver, the pharmacy is in America/Toronto. Times are those "
        "of the infusion; the worksheet shows both. [REQ-ORD-013]"
    ) in result.out
    assert "pharmacy Mon" not in ask("plan", ORDER).out


@pytest.mark.req("REQ-PRO-002")
def test_no_answer_names_an_edition_that_its_protocol_file_does_not_have(tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    edition = shipped_text().replace('monograph = "2026-02-27"', 'monograph = "2027-05-04"')
    other.write_text(edition.replace('country = "CA"', 'country = "US"'), encoding="utf-8")
    for options in ([], ["--json"]):
        answer = ask("plan", ORDER, "--protocol", str(other), *options).out
        assert "2026-02-27" not in answer
        assert "2026-FEB-27" not in answer
        assert "Canada ·" not in answer
        assert "for adults, Canada" not in answer


def test_a_refused_plan_says_why_on_standard_output(tmp_path: Path) -> None:
    result = ask("plan", write(tmp_path, order_document(cycle=10)))
    assert (result.code, result.err) == (3, "")
    assert (
        "Stop: Cycle 10 does not exist for this indication. Its last cycle is 9. [REQ-ORD-004]" in result.out
    )
