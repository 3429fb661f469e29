"""The printed worksheet: everything a technician needs, and that it is no label."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from labels.worksheet import PdfWorksheetRenderer
from pharmacy_app.domain.finding import Mark, Severity, finding
from pharmacy_app.wording import load
from pharmacy_app.workflow.worksheet import Worksheet, make_worksheet
from tests.support.orders import order_document
from tests.support.pdf_text import ReadPage, read_page, read_pages
from tests.support.rulebooks import plan_of, rulebook


def worksheet(changes: Mapping[str, object] | None = None, *, bag: int = 2) -> Worksheet:
    return make_worksheet(plan_of(order_document(**(changes or {}))), bag, rulebook().site)


def drawn(sheet: Worksheet) -> bytes:
    document = PdfWorksheetRenderer(load()).draw(sheet)
    assert document.findings == ()
    return document.pdf


BAGS_OF_96_H: dict[str, object] = {"bags.sequence_h": [96, 72, 96, 96, 96, 96, 96, 24]}


@pytest.fixture(scope="module")
def page_96_h() -> ReadPage:
    return read_page(drawn(worksheet(BAGS_OF_96_H, bag=3)))


@pytest.fixture(scope="module")
def page_7_days() -> ReadPage:
    return read_page(drawn(worksheet(bag=2)))


@pytest.mark.req("REQ-PRO-004")
def test_it_carries_the_training_mark_and_says_that_it_is_no_label(page_96_h: ReadPage) -> None:
    first, second, *_ = page_96_h.runs
    assert (first.text, second.text) == ("TRAINING – NOT FOR PATIENT USE", "WORKSHEET – THIS IS NOT A LABEL")


@pytest.mark.parametrize(
    "text",
    [
        "TREMBLAY, Anne-Marie",
        "Bag 3 of 8",
        "MRN 4471023",
        "Born 1979-MAR-14",
        "Order RX-1001",
        "Prescriber Dr. L. Okafor",
        "Cycle 1, days 8 to 11",
        "DRUG TO DRAW UP 10.7 mL from 4 vials",
        "DOSE 28 mcg/day 112 mcg over 96 h",
        "RATE 2.5 mL/h",
        "INFUSE 240 mL over 96 h",
        "DISCARD 46.2 mL overfill",
        "total 286.2 mL",
    ],
)
@pytest.mark.req("REQ-MIX-002", "REQ-MIX-006")
def test_it_says_whose_bag_it_is_and_what_goes_in(page_96_h: ReadPage, text: str) -> None:
    assert text in page_96_h.text


@pytest.mark.req("REQ-MIX-007")
def test_the_steps_stand_in_their_order_with_lines_for_what_is_measured(page_96_h: ReadPage) -> None:
    text = page_96_h.text
    steps = [
        "Reconstitute 4 vials, each with 3 mL preservative-free",
        "2 270 mL preservative-free 0.9 % sodium chloride in the bag.",
        "3 5.5 mL IV Solution Stabilizer. It coats the bag: turn the bag.",
        "4 Let the air out of the bag.",
        "5 10.7 mL blinatumomab. Mix gently, do not shake.",
        "6 Look at it: clear to slightly opalescent, colourless to slightly yellow, or reject it.",
    ]
    places = [text.index(step) for step in steps]
    assert places == sorted(places)
    assert text.count("Measured mL Initials") == 3


@pytest.mark.req("REQ-MIX-003", "REQ-MIX-007")
def test_a_7_day_bag_names_both_salines_in_full_and_fills_up_last(page_7_days: ReadPage) -> None:
    text = page_7_days.text
    steps = [
        "2 90 mL bacteriostatic 0.9 % sodium chloride in the bag.",
        "3 2.2 mL IV Solution Stabilizer.",
        "5 16.8 mL blinatumomab.",
        "6 1 mL preservative-free 0.9 % sodium chloride, to 110 mL in all.",
    ]
    places = [text.index(step) for step in steps]
    assert places == sorted(places)
    assert text.count("Measured mL Initials") == 4
    assert "NO IN-LINE FILTER, and none built into the set." in text


@pytest.mark.req("REQ-MIX-004")
@pytest.mark.parametrize(
    "text",
    [
        "96 h at 28 mcg/day: drug (recalled) 10.7 mL",
        "Saline and stabilizer (published) 270 + 5.5 mL",
        "Rate (quoted) 2.5 mL/h",
        "10.7 mL × 12.5 mcg/mL 133.75 mcg",
        "÷ 286.2 mL 0.4673 mcg/mL",
        "× 2.5 mL/h × 24 h 28.04 mcg/day",
        "Drug for exactly 28 mcg/day 10.68 mL",
        "They agree: 0.14 % (allowed ± 2.5 %)",
    ],
)
def test_both_ways_to_the_dose_are_written_with_their_working(page_96_h: ReadPage, text: str) -> None:
    assert text in page_96_h.text


@pytest.mark.req("REQ-MIX-005")
def test_it_asks_how_the_fill_is_reached(page_96_h: ReadPage, page_7_days: ReadPage) -> None:
    assert "How the 270 mL is reached pumped into an empty bag bag of known fill mL" in page_96_h.text
    assert "How the 90 mL is reached" in page_7_days.text


@pytest.mark.req("REQ-BUD-001", "REQ-PLN-010")
def test_planned_times_have_their_offset(page_96_h: ReadPage) -> None:
    assert "Hang at 2026-NOV-30 14:00 UTC-05:00 Change at 2026-DEC-04 14:00 UTC-05:00" in page_96_h.text


@pytest.mark.req("REQ-ORD-013")
def test_the_pharmacys_own_time_stands_beside_where_it_differs() -> None:
    text = read_page(drawn(worksheet({"time_zone": "America/Vancouver"}))).text
    assert "Hang at 2026-NOV-30 14:00 UTC-07:00" in text
    assert "Hang, pharmacy's time 2026-NOV-30 16:00 UTC-05:00" in text


@pytest.mark.req("REQ-PRO-002")
def test_the_foot_names_protocol_and_digest(page_96_h: ReadPage) -> None:
    digest = rulebook().protocol.digest.removeprefix("sha256:")[:8]
    assert f"monograph 2026-FEB-27 · revision 1 · digest {digest} · zone rules 2026." in page_96_h.text


@pytest.mark.req("REQ-ORD-008")
def test_every_finding_and_reminder_stands_there_with_rule_and_source() -> None:
    sheet = worksheet()
    text = read_page(drawn(sheet)).text
    assert len(sheet.findings) > 10
    for each in sheet.findings:
        assert load().finding(each).replace("\u00a0", " ") in text
    assert text.count("[REQ-") == len(sheet.findings)
    assert "Prime the set with the finished solution, not with saline. [REQ-MIX-007, recalled]" in text


def test_many_findings_go_on_on_a_second_page_that_carries_the_marks_too() -> None:
    sheet = worksheet()
    more = tuple(
        finding("mix.fill-asked", Severity.NOTE, "REQ-MIX-005", Mark.DERIVED, fill=str(number))
        for number in range(60)
    )
    first, second = read_pages(drawn(replace(sheet, findings=sheet.findings + more)))
    assert f"{first.text} {second.text}".count("[REQ-MIX-005, derived]") == 61
    assert second.runs[0].text == "TRAINING – NOT FOR PATIENT USE"
    assert "TREMBLAY, Anne-Marie" in second.text
    assert "page 2" in second.text


@pytest.mark.parametrize(
    "changes",
    [
        BAGS_OF_96_H,
        {},
        {"bags.sequence_h": [24] * 28},
        {"patient.given_names": "Anne-Marie Elizabeth " * 4 + "X"},
    ],
)
def test_no_text_lies_on_another_or_leaves_the_page(changes: dict[str, object]) -> None:
    for page in read_pages(drawn(worksheet(changes))):
        overlapping = [
            (one.text, other.text)
            for number, one in enumerate(page.runs)
            for other in page.runs[number + 1 :]
            if one.box.overlaps(other.box)
        ]
        outside = [run.text for run in page.runs if run.box.left < 35 or run.box.right > 577]
        low = [run.text for run in page.runs if run.box.bottom < 10]
        assert (overlapping, outside, low) == ([], [], [])
        assert min(run.size for run in page.runs) >= 6.5


@pytest.mark.req("REQ-LBL-003")
def test_a_name_that_no_font_can_draw_stops_the_worksheet() -> None:
    document = PdfWorksheetRenderer(load()).draw(worksheet({"patient.given_names": "حسن"}))
    assert document.pdf == b""
    (found,) = document.findings
    assert (found.severity, found.code) == (Severity.STOP, "label-stop.cannot-draw")


def test_a_name_in_other_letters_is_drawn_in_the_second_font() -> None:
    changes = {"patient.family_name": "Nguyễn", "patient.given_names": "<b>Ánh</b>"}
    page = read_page(drawn(worksheet(changes)))
    (name,) = [run for run in page.runs if run.text == "NGUYỄN, <b>Ánh</b>"]
    assert name.font == "DejaVuSans-Bold"


def test_the_same_worksheet_gives_the_same_bytes() -> None:
    assert drawn(worksheet()) == drawn(worksheet())
