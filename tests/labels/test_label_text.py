"""What is written on the drawn label, taken out of the PDF by a second reader."""

from __future__ import annotations

from dataclasses import replace

import pytest

from labels.renderer import PdfLabelRenderer
from pharmacy_app.domain.label import LabelContent
from tests.support.label_content import BAG_7_DAYS, BAG_24_H, BAG_96_H, EVERYTHING_AT_ONCE
from tests.support.pdf_text import ReadPage, TextRun, read_page

CONTENTS = (BAG_24_H, BAG_96_H, BAG_7_DAYS, EVERYTHING_AT_ONCE)
STOCKS = ("4x3", "4x6")

ON_96_H = (
    "TRAINING – NOT FOR PATIENT USE",
    "SPECIMEN – NOT RELEASED",
    "TREMBLAY, Anne-Marie",
    "MRN 4471023",
    "Born 1979-MAR-14",
    "6 East, bed 12",
    "blinatumomab BLINCYTO",
    "28 mcg per day",
    "112 mcg over 96 h",
    "Bag 3 of 8",
    "Cycle 1, days 8 to 11",
    "in preservative-free 0.9 % sodium chloride with IV Solution Stabilizer",
    "RATE 2.5 mL/h",
    "INFUSE over 96 h (4 days) 240 mL",
    "DISCARD OVERFILL 46.2 mL",
    "BAG 286.2 mL",
    "DO NOT FLUSH",
    "DO NOT INFUSE OVERFILL",
    "intravenous – continuous – dedicated lumen – pump only",
    "0.2 or 0.22 micron low protein-binding in-line filter",
    "DEHP-free bag and set only",
    "2–8 °C if not used at once, do not freeze",
    "hang straight from the refrigerator",
    "dose changes to 28 mcg/day with this bag",
    "NEW SET AT THIS CHANGE",
    "HANG AT 2026-OCT-26 14:00 not before",
    "Change bag at 2026-OCT-30 14:00 whatever remains",
    "Times are UTC-04:00",
    "Prepared 2026-OCT-26 10:42",
    "Start by 2026-OCT-30 14:00",
    "Expires 2026-OCT-30 14:00",
    "Prepared by M. Roy",
    "Verified by S. Park",
    "261026 0317",
    "Lakeside Hospital Pharmacy 416 555 0142",
    "Canada · monograph 2026-FEB-27 · revision 1 · 3f9a12bc",
)

ON_7_DAYS = (
    (
        "prepared with BACTERIOSTATIC 0.9 % sodium chloride – "
        "benzyl alcohol 7.4 mg/mL, 106 mg/day – not under 22 kg"
    ),
    "RATE 0.6 mL/h",
    "NO IN-LINE FILTER",
    "196 mcg over 168 h",
    "HANG AT 2026-OCT-26 14:00 UTC-04:00 not before",
    "Change bag at 2026-NOV-02 13:00 UTC-05:00 whatever remains",
)


def page(content: LabelContent, stock: str = "4x3", dpi: int = 203) -> ReadPage:
    document = PdfLabelRenderer().draw(content, stock=stock, dpi=dpi)
    assert document.findings == ()
    return read_page(document.pdf)


def run_of(read: ReadPage, text: str) -> TextRun:
    (found,) = [run for run in read.runs if run.text == text]
    return found


@pytest.mark.req("REQ-LBL-001", "REQ-LBL-003")
@pytest.mark.parametrize("stock", STOCKS)
def test_the_label_has_every_item_in_reading_order(stock: str) -> None:
    text = page(BAG_96_H, stock).text
    places = [text.index(item) for item in ON_96_H]
    assert places == sorted(places)


@pytest.mark.req("REQ-LBL-001", "REQ-LBL-003")
@pytest.mark.parametrize("stock", STOCKS)
@pytest.mark.parametrize("item", ON_7_DAYS)
def test_a_7_day_bag_says_what_only_it_has_to_say(stock: str, item: str) -> None:
    assert item in page(BAG_7_DAYS, stock).text


@pytest.mark.req("REQ-LBL-001")
@pytest.mark.parametrize("stock", STOCKS)
def test_everything_that_can_apply_at_once_has_room(stock: str) -> None:
    text = page(EVERYTHING_AT_ONCE, stock).text
    for item in (
        "REPRINT 2 – previous label void",
        "dose changes to 28 mcg/day with this bag",
        "NEW SET AT THIS CHANGE",
        "LAST BAG – stop, do not flush, aspirate first",
        "set primed by the pharmacy with this solution",
    ):
        assert item in text


@pytest.mark.req("REQ-LBL-001")
def test_the_larger_stock_also_names_order_prescriber_and_that_it_is_compounded() -> None:
    text = page(EVERYTHING_AT_ONCE, "4x6").text
    assert "Order RX-1001 Prescriber Dr. L. Okafor compounded" in text


@pytest.mark.req("REQ-LBL-001")
def test_the_smaller_stock_names_them_where_there_is_room() -> None:
    short = replace(BAG_24_H, priming="", storage=BAG_24_H.storage[:1], filter="NO IN-LINE FILTER")
    assert "Order RX-1001 Prescriber Dr. L. Okafor compounded" in page(short, "4x3").text
    assert "Order" not in page(EVERYTHING_AT_ONCE, "4x3").text


@pytest.mark.req("REQ-LBL-003")
@pytest.mark.parametrize("stock", STOCKS)
@pytest.mark.parametrize(
    "phrase",
    [
        "28 mcg per day",
        "112 mcg over 96 h",
        "intravenous – continuous – dedicated lumen – pump only",
        "0.2 or 0.22 micron low protein-binding in-line filter",
        "DO NOT INFUSE OVERFILL",
        "HANG AT 2026-OCT-26 14:00 not before",
        "Change bag at 2026-OCT-30 14:00 whatever remains",
        "dose changes to 28 mcg/day with this bag",
    ],
)
def test_a_phrase_is_drawn_as_one_run(stock: str, phrase: str) -> None:
    run_of(page(BAG_96_H, stock), phrase)


@pytest.mark.req("REQ-LBL-001", "REQ-LBL-002")
@pytest.mark.parametrize("stock", STOCKS)
@pytest.mark.parametrize("content", CONTENTS)
def test_no_type_is_smaller_than_six_and_a_half_points(content: LabelContent, stock: str) -> None:
    assert min(run.size for run in page(content, stock).runs) >= 6.5


@pytest.mark.req("REQ-LBL-001")
@pytest.mark.parametrize("stock", STOCKS)
@pytest.mark.parametrize("content", CONTENTS)
def test_the_name_is_bold_and_only_the_rate_is_larger(content: LabelContent, stock: str) -> None:
    read = page(content, stock)
    name = run_of(read, content.patient_name)
    rate = content.rate.replace("\u00a0", " ")
    assert name.size >= 12
    assert name.font == "AtkinsonHyperlegible-Bold"
    assert [run.text for run in read.runs if run.size > name.size] in ([rate], [])
    assert run_of(read, content.dose.replace("\u00a0", " ")).size >= 12


@pytest.mark.req("REQ-LBL-001")
def test_the_larger_stock_has_larger_type() -> None:
    read = page(BAG_96_H, "4x6")
    sizes = [run_of(read, text).size for text in ("TREMBLAY, Anne-Marie", "28 mcg per day", "2.5 mL/h")]
    assert sizes == [20, 20, 22]


@pytest.mark.req("REQ-LBL-001")
def test_the_drug_is_bold_and_in_small_letters() -> None:
    assert run_of(page(BAG_96_H), "blinatumomab").font == "AtkinsonHyperlegible-Bold"


@pytest.mark.req("REQ-LBL-003")
@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("stock", STOCKS)
@pytest.mark.parametrize("content", CONTENTS)
def test_no_text_lies_on_another_or_leaves_the_stock(content: LabelContent, stock: str, dpi: int) -> None:
    read = page(content, stock, dpi)
    runs = read.runs
    overlapping = [
        (one.text, other.text)
        for number, one in enumerate(runs)
        for other in runs[number + 1 :]
        if one.box.overlaps(other.box)
    ]
    outside = [
        run.text
        for run in runs
        if run.box.left < 6.9 or run.box.right > read.width - 6.9 or run.box.bottom < 2
        or run.box.top > read.height - 2
    ]  # fmt: skip
    assert (overlapping, outside) == ([], [])


def test_the_stock_is_the_size_of_the_page() -> None:
    assert (page(BAG_96_H, "4x3").width, page(BAG_96_H, "4x3").height) == (288, 216)
    assert (page(BAG_96_H, "4x6").width, page(BAG_96_H, "4x6").height) == (288, 432)


@pytest.mark.req("REQ-LBL-003")
@pytest.mark.parametrize(
    "destination", ["<b>6 East</b>", "^XZ^XA", "&amp; bed 12", r"\\ (12) %s {x}", "'; DROP TABLE"]
)
def test_what_looks_like_markup_is_drawn_as_it_is(destination: str) -> None:
    assert destination in page(replace(BAG_96_H, destination=destination)).text


def test_the_same_content_gives_the_same_bytes() -> None:
    first = PdfLabelRenderer().draw(BAG_96_H, stock="4x3", dpi=203)
    PdfLabelRenderer().draw(replace(BAG_96_H, patient_name="Nguyễn Thị Ánh"), stock="4x6", dpi=300)
    assert PdfLabelRenderer().draw(BAG_96_H, stock="4x3", dpi=203) == first


@pytest.mark.parametrize("content", [BAG_96_H, replace(BAG_96_H, patient_name="Nguyễn Thị Ánh")])
def test_every_font_is_embedded_and_no_date_is_told(content: LabelContent) -> None:
    pdf = PdfLabelRenderer().draw(content, stock="4x3", dpi=203).pdf
    assert b"Helvetica" not in pdf
    assert pdf.count(b"/FontFile2") == pdf.count(b"/Subtype /TrueType") > 0
    assert b"20000101000000" in pdf  # a fixed day in place of today's
    assert b"TREMBLAY" not in pdf.replace(b"\n", b"")


def test_a_stock_or_resolution_that_does_not_exist_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="2x1"):
        PdfLabelRenderer().draw(BAG_96_H, stock="2x1", dpi=203)
    with pytest.raises(ValueError, match="72"):
        PdfLabelRenderer().draw(BAG_96_H, stock="4x3", dpi=72)
