"""The plan on paper: all of it on one page, readable without colour, nothing cut and nothing lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pypdfium2 import PdfDocument

from labels.plan_pdf import PdfPlanRenderer
from pharmacy_app.domain.finding import Severity
from pharmacy_app.wording import load
from pharmacy_app.workflow.plan_paper import PaperSize, paper_size
from tests.labels.plans import (
    AUTUMN,
    BAGS_OF_24_H,
    BAGS_OF_96_H,
    GRADE_3,
    LONG,
    SPRING,
    STOPPED,
    STOPPED_24_H,
    Reworded,
    drawn,
    paper,
    read_plan,
)

CASES: list[dict[str, object]] = [
    {},
    BAGS_OF_96_H,
    BAGS_OF_24_H,
    {**BAGS_OF_24_H, **LONG},
    {**BAGS_OF_96_H, "patient.family_name": "Nguyễn " * 24 + "X", "patient.given_names": "Ánh " * 40 + "X"},
    {**STOPPED, **LONG},
    STOPPED_24_H,
    GRADE_3,
    {**AUTUMN, "time_zone": "America/St_Johns"},
    {**SPRING, "time_zone": "America/St_Johns"},
]


@pytest.mark.parametrize("size", list(PaperSize))
@pytest.mark.parametrize("changes", CASES)
def test_a_plan_is_one_page_on_which_nothing_is_small_overlaps_or_leaves_the_paper(
    changes: dict[str, object], size: PaperSize
) -> None:
    page = read_plan(changes, size)
    assert min(run.size for run in page.runs) >= 6
    overlapping = [
        (one.text, other.text)
        for number, one in enumerate(page.runs)
        for other in page.runs[number + 1 :]
        if one.box.overlaps(other.box, slack=1.5)
    ]
    outside = [
        run.text
        for run in page.runs
        if run.box.left < 27 or run.box.right > page.width - 27 or not 15 < run.box.bottom < page.height - 15
    ]
    assert (overlapping, outside) == ([], [])


@pytest.mark.parametrize(("size", "points"), [(PaperSize.LETTER, (792, 612)), (PaperSize.A4, (842, 595))])
def test_the_page_lies_on_its_side(size: PaperSize, points: tuple[int, int]) -> None:
    page = read_plan({}, size)
    assert (round(page.width), round(page.height)) == points


def test_canada_and_the_united_states_print_on_letter_and_others_on_a4() -> None:
    assert [paper_size(country) for country in ("CA", "US", "DE")] == [
        PaperSize.LETTER, PaperSize.LETTER, PaperSize.A4,
    ]  # fmt: skip


def test_it_says_whose_plan_it_is_and_of_what() -> None:
    text = read_plan(BAGS_OF_96_H).text
    assert text.startswith(
        "TRAINING – NOT FOR PATIENT USE PLAN 2 of order RX-1001 – blinatumomab TREMBLAY, Anne-Marie"
        " MRN 4471023 Born 1979-MAR-14 Order RX-1001 Relapsed or refractory, cycle 1"
        " Prescriber Dr. L. Okafor For 6 East, bed 12 Times in America/Toronto"
        " Accepted 2026-NOV-20 10:00 UTC-05:00"
    )
    assert "Training Pharmacy · blinatumomab · Canada · monograph 2026-FEB-27 · revision 1 · digest " in text
    assert "zone rules 2026." in text


def test_each_bag_has_its_row() -> None:
    text = read_plan(BAGS_OF_96_H).text
    assert (
        "3 8–11 2026-NOV-30 14:00 2026-DEC-04 14:00 28 mcg/day 96 h 96 h preservative-free 2.5 mL/h 240 mL"
        " 46.2 mL 4 2026-NOV-20 14:00 – 2026-NOV-30 14:00 NEW SET, DOSE CHANGE"
    ) in text.replace("DOSE  CHANGE", "DOSE CHANGE")
    assert "Hang at, UTC-05:00" in text


def test_what_the_plan_costs_also_with_vials_shared_in_one_sitting() -> None:
    text = read_plan(BAGS_OF_96_H).text
    assert (
        "Bags 8 Changes 7 Changes on closed days 2 Line changes (NEW SET) 3 Vials, each bag by itself 24"
        " Vials, shared in one sitting 23 Drug ordered 651 mcg Drug discarded 189 mcg"
        " Days of benzyl alcohol 0 Vials are shared if these bags are made in one sitting: 1–3."
    ) in text


def test_all_28_bags_of_24_hours_have_their_bar_and_their_row() -> None:
    page = read_plan(BAGS_OF_24_H)
    texts = [run.text for run in page.runs]
    for number in range(1, 29):
        assert any(text.startswith(f"Bag {number} · 24 h") for text in texts)
        assert str(number) in texts
    assert page.text.count(" 24 h 24 h preservative-free 10 mL/h 240 mL ") == 28


def test_a_7_day_bag_says_bacteriostatic_on_its_bar_in_its_row_and_in_the_legend() -> None:
    text = read_plan().text
    assert text.count("BACTERIOSTATIC") == 4 + 4 + 1
    assert "0.6 mL/h 100.8 mL 9.2 mL" in text


def test_days_say_that_they_are_in_hospital_or_closed() -> None:
    text = read_plan(BAGS_OF_96_H).text
    assert text.count(", hospital") == 9
    assert [f"day {day}, closed" in text for day in (12, 13, 14, 20, 21, 27, 28)] == [False, *[True] * 6]


@pytest.mark.req("REQ-PLN-010")
@pytest.mark.parametrize(
    ("changes", "head", "row"),
    [
        (AUTUMN, "Sat 31 OCT clock –1 h", "2026-OCT-30 14:00 UTC-04:00 2026-NOV-03 13:00 UTC-05:00"),
        (SPRING, "Sat 13 MAR clock +1 h", "2027-MAR-12 14:00 UTC-05:00 2027-MAR-16 14:00 UTC-04:00"),
    ],
)
def test_where_the_clock_changes_the_day_says_so_and_every_time_has_its_offset(
    changes: dict[str, object], head: str, row: str
) -> None:
    text = read_plan(changes).text
    assert head in text
    assert row in text
    assert "Hang at," not in text
    assert text.count("UTC-") == 1 + 2 * 8  # when it was accepted, and two times of each bag


@pytest.mark.req("REQ-ORD-013")
def test_a_patient_in_another_zone_has_local_times_and_the_pharmacy_its_own() -> None:
    text = read_plan({**AUTUMN, "time_zone": "America/St_Johns"}).text
    assert "Times in America/St_Johns" in text
    assert "Prepare between, America/Toronto" in text
    assert "2026-OCT-19 14:00 UTC-02:30" in text
    assert "2026-OCT-09 12:30 – 2026-OCT-19 12:30" in text


@pytest.mark.req("REQ-INT-003")
def test_an_interruption_is_a_gap_with_its_times_and_the_bag_that_hung_is_void() -> None:
    text = read_plan(STOPPED).text
    assert "stopped Thu 3 DEC 09:20" in text
    assert "what is left of bag 3 is VOID" in text
    assert "restarted Sun 6 DEC 17:45" in text
    assert "STOPPED – VOID" in text
    assert "RESTART" in text
    assert (
        "Interruption 1: stopped 2026-DEC-03 09:20 UTC-05:00, restarted 2026-DEC-06 17:45 UTC-05:00,"
        " 80 h 25 min; made up. The bag that hung is VOID."
    ) in text


def test_a_short_interruption_changes_no_bag_and_is_told() -> None:
    short = [{"stopped_at": "2026-12-03T09:20", "restarted_at": "2026-12-03T13:19", "kind": "plain"}]
    text = read_plan({"interruptions": short}).text
    assert "went on 2026-DEC-03 13:19 UTC-05:00, 3 h 59 min; not made up." in text
    assert "VOID" not in text


@pytest.mark.req("REQ-MOD-008")
def test_a_held_bag_says_so_on_its_bar_and_in_its_row() -> None:
    assert read_plan(GRADE_3).text.count("HELD") == 2


def test_reminders_are_there_and_say_once_whose_protocol_is_followed() -> None:
    text = read_plan().text
    assert "Before the start: neurological examination, liver enzymes and bilirubin." in text
    assert text.count("institutional protocol") == 1


@pytest.mark.req("REQ-PRO-004")
def test_without_the_training_mark_only_where_the_protocol_is_commissioned() -> None:
    sheet = paper()
    plan = replace(sheet.plan, protocol=replace(sheet.plan.protocol, commissioned=True))
    pdf = drawn(replace(sheet, plan=plan))
    assert b"TRAINING" not in pdf
    assert "TRAINING" not in PdfDocument(pdf)[0].get_textpage().get_text_bounded()


@pytest.mark.req("REQ-LBL-003")
@pytest.mark.parametrize(
    ("others", "code"),
    [
        ({"plan-paper.head.remarks": "REMARKS" * 40}, "outside"),
        ({"plan-paper.remark.new-set": "NEW-SET" * 60}, "outside"),
        ({"plan-paper.footer": "footer " * 60}, "outside"),
        ({"plan-paper.title": "PLAN " * 24}, "beside"),
    ],
)
def test_what_does_not_fit_is_named_and_nothing_is_drawn(others: dict[str, str], code: str) -> None:
    document = PdfPlanRenderer(Reworded(others)).draw(paper(BAGS_OF_96_H), size=PaperSize.LETTER)
    assert document.pdf == b""
    assert f"plan-paper.cannot-draw-{code}" in {found.code for found in document.findings}
    assert {found.severity for found in document.findings} == {Severity.STOP}
    assert all(load().finding(found) for found in document.findings)


@pytest.mark.req("REQ-LBL-003")
def test_a_name_that_no_font_can_draw_stops_the_page() -> None:
    document = PdfPlanRenderer(load()).draw(paper({"patient.given_names": "حسن"}), size=PaperSize.LETTER)
    assert document.pdf == b""
    assert {found.code for found in document.findings} == {"label-stop.cannot-draw"}


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert drawn(paper(STOPPED)) == drawn(paper(STOPPED))
