"""The worksheet as drawn: nothing on anything else, nothing cut, nothing lost; else it is not drawn."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from labels.worksheet import PdfWorksheetRenderer
from pharmacy_app.domain.finding import Mark, Severity, finding
from pharmacy_app.wording import load
from tests.labels.worksheets import AUTUMN, BAGS_OF_96_H, Reworded, drawn, read_sheet, worksheet
from tests.support.pdf_text import read_pages


def test_many_findings_go_on_on_pages_that_carry_the_marks_too() -> None:
    sheet = worksheet()
    more = tuple(
        finding("mix.fill-asked", Severity.NOTE, "REQ-MIX-005", Mark.DERIVED, fill=str(number))
        for number in range(40)
    )
    pages = read_pages(drawn(replace(sheet, findings=sheet.findings + more)))
    assert sum(page.text.count("[REQ-MIX-005, derived]") for page in pages) == 41
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        assert page.runs[0].text == "TRAINING – NOT FOR PATIENT USE"
        assert "TREMBLAY, Anne-Marie" in page.text
        assert f"page {number}" in page.text


@pytest.mark.parametrize(
    "changes",
    [
        BAGS_OF_96_H,
        {},
        {"bags.sequence_h": [24] * 28},
        {"patient.given_names": "Anne-Marie Elizabeth " * 4 + "X"},
        {"time_zone": "America/Vancouver"},
        {"time_zone": "America/St_Johns"},
        AUTUMN,
        {**AUTUMN, "time_zone": "America/St_Johns"},
    ],
)
@pytest.mark.parametrize("bag", [1, 2, 4])
def test_no_text_lies_on_another_or_leaves_the_page(changes: dict[str, object], bag: int) -> None:
    for page in read_pages(drawn(worksheet(changes, bag=bag))):
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


@pytest.mark.req("REQ-PLN-010", "REQ-ORD-013")
def test_two_zones_and_the_change_of_the_clock_give_four_readable_times() -> None:
    text = read_sheet(worksheet({**AUTUMN, "time_zone": "America/St_Johns"}, bag=4)).text
    assert (
        "Hang at 2026-OCT-30 14:00 UTC-02:30 Change at 2026-NOV-03 13:00 UTC-03:30 "
        "Hang, pharmacy's time 2026-OCT-30 12:30 UTC-04:00 "
        "Change, pharmacy's time 2026-NOV-03 11:30 UTC-05:00"
    ) in text


@pytest.mark.req("REQ-LBL-003")
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"hang": "Hang the bag at this planned time in the place of infusion"}, "outside"),
        ({"not-a-label": "WORKSHEET – THIS IS NOT A LABEL, AND NOTHING ELSE THAN A WORKSHEET"}, "beside"),
        ({"not-a-label": "WORKSHEET " * 20}, "outside"),
        ({"fill-known": "a bag of known fill, written down"}, "outside"),
    ],
)
def test_a_worksheet_whose_texts_have_no_room_is_not_drawn(changes: dict[str, str], code: str) -> None:
    document = PdfWorksheetRenderer(Reworded(changes)).draw(worksheet())
    assert document.pdf == b""
    assert f"worksheet.cannot-draw-{code}" in {found.code for found in document.findings}
    assert {found.severity for found in document.findings} == {Severity.STOP}
    assert all(load().finding(found) for found in document.findings)


def test_a_finding_is_never_parted_between_columns_or_pages() -> None:
    first, second = read_pages(drawn(worksheet(BAGS_OF_96_H, bag=3)))
    for page in (first, second):
        findings = page.text.split("rule and source")[1]
        assert findings.count("[REQ-") == len(re.findall(r"(?:Note|Reason needed)\.", findings))


@pytest.mark.req("REQ-LBL-002")
def test_a_name_without_capitals_stays_as_it_was_given() -> None:
    assert "Groß, Anne-Marie" in read_sheet(worksheet({"patient.family_name": "Groß"})).text


@pytest.mark.req("REQ-LBL-003")
def test_a_name_that_no_font_can_draw_stops_the_worksheet() -> None:
    document = PdfWorksheetRenderer(load()).draw(worksheet({"patient.given_names": "حسن"}))
    assert document.pdf == b""
    (found,) = document.findings
    assert (found.severity, found.code) == (Severity.STOP, "label-stop.cannot-draw")


def test_a_name_in_other_letters_is_drawn_in_the_second_font() -> None:
    changes = {"patient.family_name": "Nguyễn", "patient.given_names": "<b>Ánh</b>"}
    page = read_sheet(worksheet(changes))
    names = [run for run in page.runs if run.text == "NGUYỄN, <b>Ánh</b>"]
    assert {name.font for name in names} == {"DejaVuSans-Bold"}


def test_the_same_worksheet_gives_the_same_bytes() -> None:
    assert drawn(worksheet()) == drawn(worksheet())
