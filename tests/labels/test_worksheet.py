"""The printed worksheet: everything a technician needs, and that it is no label."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pharmacy_app.domain.site import PrimedBy
from pharmacy_app.wording import load
from pharmacy_app.workflow.worksheet import make_worksheet
from tests.labels.worksheets import BAGS_OF_96_H, read_sheet, worksheet
from tests.support.orders import order_document
from tests.support.pdf_text import ReadPage
from tests.support.rulebooks import plan_of, rulebook


@pytest.fixture(scope="module")
def page_96_h() -> ReadPage:
    return read_sheet(worksheet(BAGS_OF_96_H, bag=3))


@pytest.fixture(scope="module")
def page_7_days() -> ReadPage:
    return read_sheet(worksheet(bag=2))


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
        "STAYS IN THE BAG 46.2 mL overfill, thrown away with the bag at the change",
        "46.2 mL overfill, stays in the bag, discarded at the change",
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
        "2 Look at each vial: clear to slightly opalescent, colourless to slightly yellow, or reject it.",
        "3 270 mL preservative-free 0.9 % sodium chloride in the bag.",
        "4 5.5 mL IV Solution Stabilizer. It coats the bag: turn the bag.",
        "5 Let the air out of the bag.",
        "6 10.7 mL blinatumomab. Mix gently, do not shake.",
        "7 Look at the bag: no particles, no leak, or reject it.",
        "8 At the bedside, not here: prime the set with the finished solution, not with saline.",
    ]
    places = [text.index(step) for step in steps]
    assert places == sorted(places)
    assert text.count("Measured mL Initials") == 3


@pytest.mark.req("REQ-MIX-003", "REQ-MIX-007")
def test_a_7_day_bag_names_both_salines_in_full_and_fills_up_last(page_7_days: ReadPage) -> None:
    text = page_7_days.text
    steps = [
        "3 90 mL BACTERIOSTATIC 0.9 % sodium chloride in the bag.",
        "4 2.2 mL IV Solution Stabilizer.",
        "6 16.8 mL blinatumomab.",
        "7 1 mL preservative-free 0.9 % sodium chloride, to 110 mL in all.",
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
        "preservative-free 0.9 % sodium chloride (published) 270 mL",
        "IV Solution Stabilizer (recalled) 5.5 mL",
        "Rate (quoted) 2.5 mL/h",
        "10.7 mL × 12.5 mcg/mL 133.75 mcg",
        "÷ 286.2 mL 0.4673 mcg/mL",
        "× 2.5 mL/h × 24 h 28.04 mcg/day",
        "For comparison only, do not draw up: exactly 28 mcg/day would take 10.68 mL of drug.",
        "They agree: 0.14 % (allowed ± 2.5 %)",
    ],
)
def test_both_ways_to_the_dose_are_written_with_their_working(page_96_h: ReadPage, text: str) -> None:
    assert text in page_96_h.text


@pytest.mark.req("REQ-MIX-005")
def test_it_asks_how_the_fill_is_reached(page_96_h: ReadPage, page_7_days: ReadPage) -> None:
    assert "How the 270 mL is reached pumped into an empty bag bag of known fill mL" in page_96_h.text
    assert "How the 90 mL is reached" in page_7_days.text
    warning = "A bag sold as 250 mL holds more; what is printed on it is not its fill."
    assert warning in page_96_h.text


@pytest.mark.req("REQ-BUD-001", "REQ-PLN-010")
def test_planned_times_have_their_offset(page_96_h: ReadPage) -> None:
    assert "Hang at 2026-NOV-30 14:00 UTC-05:00 Change at 2026-DEC-04 14:00 UTC-05:00" in page_96_h.text


@pytest.mark.req("REQ-ORD-013")
def test_the_pharmacys_own_time_stands_beside_where_it_differs() -> None:
    text = read_sheet(worksheet({"time_zone": "America/Vancouver"})).text
    assert "Hang at 2026-NOV-30 14:00 UTC-07:00" in text
    assert "Hang, pharmacy's time 2026-NOV-30 16:00 UTC-05:00" in text


@pytest.mark.req("REQ-MIX-007")
def test_a_pharmacy_that_primes_does_so_before_it_looks_at_the_bag() -> None:
    plan = plan_of(order_document(**BAGS_OF_96_H))
    site = replace(rulebook().site, primed_by=PrimedBy.PHARMACY)
    text = read_sheet(make_worksheet(plan, 3, site)).text
    assert "7 In the pharmacy: prime the set with the finished solution, not with saline." in text
    assert "8 Look at the bag: no particles, no leak, or reject it." in text


@pytest.mark.req("REQ-MIX-003")
def test_bacteriostatic_saline_alone_stands_in_bold_among_steps_and_layers(page_7_days: ReadPage) -> None:
    salines = [run for run in page_7_days.runs if "sodium chloride" in run.text or "0.9 %" in run.text]
    strong = [run for run in salines if run.font.endswith("Bold")]
    assert [run.text for run in strong if "BACTERIOSTATIC" in run.text] == [
        "BACTERIOSTATIC 0.9 %",
        "90 mL BACTERIOSTATIC 0.9 % sodium chloride in the",
    ]
    assert not [run for run in strong if "preservative-free" in run.text]


@pytest.mark.req("REQ-MIX-004")
def test_a_7_day_bag_marks_each_of_its_figures(page_7_days: ReadPage) -> None:
    for row in (
        "168 h at 28 mcg/day: drug (recalled) 16.8 mL",
        "BACTERIOSTATIC 0.9 % sodium chloride (recalled) 90 mL",
        "IV Solution Stabilizer (recalled) 2.2 mL",
        "preservative-free 0.9 % sodium chloride (recalled) 1 mL",
        "Rate (quoted) 0.6 mL/h",
    ):
        assert row in page_7_days.text


@pytest.mark.req("REQ-BUD-001", "REQ-BUD-002", "REQ-BUD-003")
def test_it_says_how_the_bag_is_kept_and_that_the_sites_limit_is_an_example(page_96_h: ReadPage) -> None:
    for text in (
        "2–8 °C if not used at once. Do not freeze. Once out of the refrigerator it does not go back.",
        "No protection from room light needed.",
        "At room temperature 96 h at most, the infusion included.",
        "stability in the refrigerator 240 h",
        "the site's sterility limit in the refrigerator (training example) 240 h",
    ):
        assert text in page_96_h.text


@pytest.mark.req("REQ-PRO-001")
def test_pore_sizes_are_those_of_the_protocol() -> None:
    sheet = worksheet(BAGS_OF_96_H, bag=3)
    figures = dict(sheet.plan.protocol.figures)
    figures["filter.pore_sizes"] = replace(figures["filter.pore_sizes"], value="0.2")
    plan = replace(sheet.plan, protocol=replace(sheet.plan.protocol, figures=figures))
    text = read_sheet(replace(sheet, plan=plan)).text
    assert "0.2 micron low protein-binding in-line filter." in text
    assert "0.22" not in text


def test_the_last_bag_ends_and_is_not_changed() -> None:
    text = read_sheet(worksheet({"time_zone": "America/Vancouver"}, bag=4)).text
    assert "Ends at 2026-DEC-21 14:00 UTC-07:00" in text
    assert "Ends, pharmacy's time 2026-DEC-21 16:00 UTC-05:00" in text
    assert "overfill, thrown away with the bag at the end" in text
    assert "Change at" not in text


@pytest.mark.req("REQ-PRO-002")
def test_the_foot_names_protocol_and_digest(page_96_h: ReadPage) -> None:
    digest = rulebook().protocol.digest.removeprefix("sha256:")[:8]
    assert f"monograph 2026-FEB-27 · revision 1 · digest {digest} · zone rules 2026." in page_96_h.text


@pytest.mark.req("REQ-ORD-008")
def test_every_finding_and_reminder_stands_there_with_rule_and_source() -> None:
    sheet = worksheet()
    text = read_sheet(sheet).text
    assert len(sheet.findings) > 10
    for each in sheet.findings:
        assert load().finding(each).replace("\u00a0", " ") in text
    assert text.count("[REQ-") == len(sheet.findings)
    assert "Prime the set with the finished solution, not with saline. [REQ-MIX-007, recalled]" in text
