"""`plan ORDER.json` without `--json`: the same in words, for people."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_plan_beside import GRADE_3, UP_TO_96_H, WISHES
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
    second = " ".join(lines[8].split())
    assert second == (
        "Bag 2 days 8–14 28 mcg/day 168 h bacteriostatic drug 16.8 mL, 6 vials 0.6 mL/h "
        "infuse 100.8 mL, discard 9.2 mL change Mon 2026-DEC-07 14:00 UTC-05:00"
    )
    assert lines[9] == "        prepare Fri 2026-NOV-20 14:00 UTC-05:00 to Mon 2026-NOV-30 14:00 UTC-05:00"
    assert " ".join(lines[12].split()).endswith("discard 9.2 mL ends Mon 2026-DEC-21 14:00 UTC-05:00")
    assert lines[14] == (
        "4 bags, 3 changes (0 on closed days, 1 line change), 20 vials, 651 mcg ordered, 49 mcg discarded, "
        "28 days with benzyl alcohol"
    )
    assert lines[15] == "Bags made in one sitting save no vial."
    assert lines[17:20] == [
        f"{name} instead: 4 bags, 3 changes (0 on closed days, 1 line change), 20 vials. "
        "The same in all of these."
        for name in ("Fewest changes", "Fewest vials", "Fewest line changes")
    ]
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


@pytest.mark.req("REQ-PLN-006", "REQ-MIX-008")
def test_the_text_says_when_bags_are_prepared_what_sittings_share_and_what_other_plans_cost(
    tmp_path: Path,
) -> None:
    lines = ask("plan", write(tmp_path, order_document(**WISHES))).out.splitlines()
    windows = [line.strip() for line in lines if line.startswith("        prepare ")]
    assert windows[:2] == [
        "prepare Mon 2026-NOV-16 08:00 UTC-05:00 to Mon 2026-NOV-23 14:00 UTC-05:00",
        "prepare Thu 2026-NOV-19 08:00 UTC-05:00 to Thu 2026-NOV-26 16:00 UTC-05:00",
    ]
    assert "With bags made in one sitting: 21 vials. Together: bags 1–3 (6 vials)." in lines
    assert (
        "The best plan instead: 4 bags, 3 changes (0 on closed days, 1 line change), 20 vials. "
        "Fewer: 2 changes, 2 vials, 3 line changes."
    ) in lines


@pytest.mark.req("REQ-PLN-006")
def test_the_text_says_what_another_plan_costs_more_and_what_less(tmp_path: Path) -> None:
    lines = ask("plan", write(tmp_path, order_document(**UP_TO_96_H))).out.splitlines()
    assert (
        "Fewest changes instead: 7 bags, 6 changes (2 on closed days, 0 line changes), 28 vials. "
        "More: 2 changes on closed days. Fewer: 1 change, 3 line changes."
    ) in lines


@pytest.mark.req("REQ-PLN-006")
def test_a_single_difference_is_said_as_one(tmp_path: Path) -> None:
    # Off Sundays: four bags of 96 h, then four of 72 h; of seven bags of 96 h one is changed on a Sunday.
    path = write(tmp_path, order_document(**{**UP_TO_96_H, "bags.closed_days": ["sunday"]}))
    assert (
        "Fewest changes instead: 7 bags, 6 changes (1 on closed days, 0 line changes), 28 vials. "
        "More: 1 change on a closed day. Fewer: 1 change, 1 line change."
    ) in ask("plan", path).out.splitlines()


@pytest.mark.req("REQ-PLN-006")
def test_the_text_says_that_there_is_no_other_plan(tmp_path: Path) -> None:
    by_hand = {"bags.sequence_h": [24] * 28, "bags.durations_h": [168], "bags.benzyl_alcohol": "avoid"}
    lines = ask("plan", write(tmp_path, order_document(**by_hand))).out.splitlines()
    assert "The best plan instead: there is no such plan." in lines


@pytest.mark.req("REQ-PLN-006")
def test_the_text_states_the_whole_objective(tmp_path: Path) -> None:
    objective = (
        "Fewest changes on closed days, then fewest bags, then fewest vials, then fewest line changes; "
        "among equals the longer bag first."
    )
    hours = " A change outside the hours of change counts like one on a closed day."
    prepared = " Before all: fewest bags that cannot be prepared on the wished days and hours."
    change_hours = {"from": "07:00", "to": "18:00"}
    for changes, said in (
        ({}, ""),
        ({"bags.change_hours": change_hours}, hours),
        ({"bags.phases.home.change_hours": change_hours}, hours),
        ({"bags.prepare_days": ["monday"]}, prepared),
        ({"bags.prepare_hours": change_hours}, prepared),
        ({"bags.phases.hospital.prepare_days": ["monday"]}, prepared),
        ({"bags.phases.home.prepare_days": ["monday"]}, prepared),
        ({"bags.change_hours": change_hours, "bags.prepare_days": ["monday"]}, hours + prepared),
    ):
        path = write(tmp_path, order_document(**changes))
        assert ask("plan", path, "--json").document["objective"] == objective + said
        assert objective + said in ask("plan", path).out.splitlines()


@pytest.mark.req("REQ-INT-001", "REQ-MOD-008")
def test_the_text_marks_what_an_interruption_does(tmp_path: Path) -> None:
    wishes = {"bags.prepare_days": ["monday"], "bags.benzyl_alcohol": "avoid"}
    lines = ask("plan", write(tmp_path, order_document(interruptions=[GRADE_3], **wishes))).out.splitlines()
    never = "        no time to prepare it on the wished days and hours within its time in the refrigerator"
    stopped = next(at for at, line in enumerate(lines) if "  stopped Thu 2026-DEC-03 23:07 UTC-05:00" in line)
    assert lines[stopped + 3] == f"{never} · first after the interruption"
    assert f"{never} · held until the toxicity has not come back" in lines


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
