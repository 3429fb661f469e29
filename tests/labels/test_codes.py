"""Both codes: encoded rightly, drawn in whole printer dots, and read from the picture."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from itertools import groupby

import biip
import pypdfium2
import pytest
from pystrich.datamatrix import DataMatrixData, DataMatrixEncoder
from pystrich.gs1 import GS1Fixed, GS1Variable

from labels import symbols
from labels.renderer import PdfLabelRenderer
from pharmacy_app.domain.label import LabelContent
from pharmacy_app.wording import load
from pharmacy_app.workflow.ports import Picture
from tests.support.label_content import BAG_7_DAYS, BAG_24_H, BAG_96_H, EVERYTHING_AT_ONCE
from tests.support.pdf_text import Box, read_page
from tests.support.scanner import ScannedCode, black_runs, scan

CONTENTS = (BAG_24_H, BAG_96_H, BAG_7_DAYS, EVERYTHING_AT_ONCE)
RENDERER = PdfLabelRenderer()
LARGEST = "(01)00614141123452(7003)2611021300(10)LOT26102603ABCD(21)2610260317011234"

everywhere = pytest.mark.parametrize(
    ("stock", "dpi"), [("4x3", 203), ("4x3", 300), ("4x6", 203), ("4x6", 300)]
)


def drawn(content: LabelContent, stock: str, dpi: int) -> tuple[bytes, Picture, dict[str, ScannedCode]]:
    document = RENDERER.draw(content, stock=stock, dpi=dpi)
    assert document.findings == ()
    picture = RENDERER.picture(document.pdf, dpi=dpi)
    return document.pdf, picture, scan(picture)


@pytest.mark.req("REQ-LBL-004", "REQ-LBL-005")
@everywhere
@pytest.mark.parametrize("content", CONTENTS)
def test_a_scanner_reads_exactly_two_codes(content: LabelContent, stock: str, dpi: int) -> None:
    _, _, codes = drawn(content, stock, dpi)
    assert codes.keys() == {"]C0", "]d2"}
    assert codes["]C0"].text == "261026031701"


@pytest.mark.req("REQ-LBL-004")
@everywhere
def test_a_second_parser_finds_expiry_lot_and_serial(stock: str, dpi: int) -> None:
    _, _, codes = drawn(BAG_7_DAYS, stock, dpi)
    message = biip.parse("]d2" + codes["]d2"].text).gs1_message
    assert message is not None
    assert [(each.ai.ai, each.value) for each in message.element_strings] == [
        ("01", "00614141123452"),
        ("7003", "2611021300"),
        ("10", "L26102603"),
        ("21", "261026031701"),
    ]


@pytest.mark.req("REQ-LBL-004", "REQ-LBL-011")
def test_a_specimen_has_internal_identifiers_alone() -> None:
    _, _, codes = drawn(BAG_96_H, "4x3", 203)
    assert codes["]d2"].text == "90SPECIMEN\x1d91261026031701\x1d923f9a12bc"


@pytest.mark.req("REQ-LBL-005")
@everywhere
@pytest.mark.parametrize("content", CONTENTS)
def test_the_read_back_tells_what_the_scanner_reads(content: LabelContent, stock: str, dpi: int) -> None:
    pdf, _, codes = drawn(content, stock, dpi)
    read = RENDERER.read_back(pdf, dpi=dpi)
    assert (read.code128, read.datamatrix) == (codes["]C0"].text, codes["]d2"].text)
    assert read.symbologies == ("]C0", "]d2")


@pytest.mark.req("REQ-LBL-005")
@pytest.mark.parametrize("content", CONTENTS)
def test_the_read_back_has_the_text_that_a_second_reader_finds(content: LabelContent) -> None:
    pdf, _, _ = drawn(content, "4x3", 203)
    second = [(run.text, run.size) for run in read_page(pdf).runs]
    assert [(each.text.rstrip(), float(each.size_pt)) for each in RENDERER.read_back(pdf, dpi=203).texts] == (
        second
    )


@pytest.mark.req("REQ-LBL-005")
def test_a_code_that_cannot_be_read_is_told_as_none() -> None:
    document = RENDERER.draw(BAG_96_H, stock="4x3", dpi=300)
    read = RENDERER.read_back(_without_symbols(document.pdf), dpi=300)
    assert (read.code128, read.datamatrix, read.symbologies) == (None, None, ())
    assert read.texts


def _without_symbols(pdf: bytes) -> bytes:
    """The same page with its text alone."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    for each in list(page.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_PATH,))):
        page.remove_obj(each)
    page.gen_content()
    saved = BytesIO()
    document.save(saved)
    document.close()
    return saved.getvalue()


@pytest.mark.req("REQ-LBL-004")
@pytest.mark.parametrize(("dpi", "wide", "high"), [(203, 813, 610), (300, 1200, 900)])
def test_the_picture_is_what_the_printer_draws(dpi: int, wide: int, high: int) -> None:
    _, picture, _ = drawn(BAG_96_H, "4x3", dpi)
    assert (picture.width, picture.height, len(picture.data)) == (wide, high, wide * high)
    assert set(picture.data) == {0, 255}


@pytest.mark.req("REQ-LBL-004")
@pytest.mark.parametrize(("dpi", "module"), [(203, 3), (300, 4)])
@pytest.mark.parametrize("stock", ["4x3", "4x6"])
def test_bars_are_whole_printer_dots_with_quiet_zones_of_ten_modules(
    stock: str, dpi: int, module: int
) -> None:
    _, picture, codes = drawn(BAG_96_H, stock, dpi)
    code = codes["]C0"]
    middle, left, right = (code.top + code.bottom) // 2, code.left - 10 * module, code.right + 10 * module
    bars = black_runs(picture, row=middle, left=left, right=right + 1)
    assert len(bars) == 28
    assert {bar % module for bar in bars} == {0}
    assert min(bars) == module
    assert code.right - code.left + 1 in range(101 * module - 1, 101 * module + 2)
    assert (code.bottom - code.top) / (8 if dpi == 203 else 11.8) >= 6.3  # millimetres


@pytest.mark.req("REQ-LBL-004")
@pytest.mark.parametrize(("dpi", "module"), [(203, 4), (300, 6)])
@pytest.mark.parametrize("stock", ["4x3", "4x6"])
def test_modules_of_the_matrix_are_whole_printer_dots(stock: str, dpi: int, module: int) -> None:
    _, picture, codes = drawn(BAG_7_DAYS, stock, dpi)
    code = codes["]d2"]
    rows = range(code.top + module // 2, code.bottom, module)
    runs = [run for row in rows for run in black_runs(picture, row=row, left=code.left, right=code.right + 1)]
    assert len(rows) == 24
    assert {run % module for run in runs} == {0}
    assert min(runs) == module


@pytest.mark.req("REQ-LBL-003", "REQ-LBL-004")
@everywhere
@pytest.mark.parametrize("content", [*CONTENTS, replace(BAG_7_DAYS, datamatrix=LARGEST)])
def test_no_text_stands_in_a_code_or_its_quiet_zone(content: LabelContent, stock: str, dpi: int) -> None:
    pdf, _, codes = drawn(content, stock, dpi)
    read = read_page(pdf)
    dot = 72 / (203.2 if dpi == 203 else 300)
    linear, matrix = codes["]C0"], codes["]d2"]
    for code, across, around in (
        (linear, 10 * (3 if dpi == 203 else 4), 0),
        (matrix, 2 * (4 if dpi == 203 else 6), 2 * (4 if dpi == 203 else 6)),
    ):
        zone = Box(
            (code.left - across) * dot,
            read.height - (code.bottom + 1 + around) * dot,
            (code.right + 1 + across) * dot,
            read.height - (code.top - around) * dot,
        )
        assert zone.left >= 0
        assert zone.right <= read.width
        assert [run.text for run in read.runs if run.box.overlaps(zone, slack=0.4)] == []


@pytest.mark.req("REQ-LBL-004")
def test_a_second_encoder_gives_the_same_matrix() -> None:
    second = DataMatrixEncoder(
        DataMatrixData.gs1(
            GS1Fixed("01", "00614141123452"),
            GS1Variable("7003", "2611021300"),
            GS1Variable("10", "L26102603"),
            GS1Variable("21", "261026031701"),
        )
    )
    inside = ["".join("1" if dot else "0" for dot in row) for row in second.matrix]
    rows = symbols.matrix("(01)00614141123452(7003)2611021300(10)L26102603(21)261026031701")
    assert [row[1:-1] for row in rows[1:-1]] == inside


@pytest.mark.req("REQ-LBL-004")
def test_merged_rectangles_cover_the_black_modules_and_nothing_twice() -> None:
    elements = "(90)SPECIMEN(91)000000000200(92)195b3902"
    rows, symbol = symbols.matrix(elements), symbols.datamatrix(elements, dpi=203)
    covered = [
        (bar.left + column, bar.top + row)
        for bar in symbol.bars
        for column in range(bar.width)
        for row in range(bar.height)
    ]
    black = {
        (4 * (column + 2) + x, 4 * (row + 2) + y)
        for row, text in enumerate(rows)
        for column, dot in enumerate(text)
        if dot == "1"
        for x in range(4)
        for y in range(4)
    }
    assert len(covered) == len(set(covered))
    assert set(covered) == black


@pytest.mark.req("REQ-LBL-004")
def test_twelve_digits_are_101_modules_of_code_128() -> None:
    symbol = symbols.code128("261026031701", dpi=203, height=60)
    assert symbol.width == 121 * 3
    assert (symbol.bars[0].left, symbol.bars[-1].left + symbol.bars[-1].width) == (30, 111 * 3)
    edges = [0, *(edge for bar in symbol.bars for edge in (bar.left, bar.left + bar.width))]
    assert all(edge % 3 == 0 for edge, _ in groupby(edges))


@pytest.mark.req("REQ-LBL-003", "REQ-LBL-004")
@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"code128": "26102603170"}, "“26102603170” cannot be written as Code 128."),
        ({"code128": "BL2610260317"}, "“BL2610260317” cannot be written as Code 128."),
        ({"code128": "٢٦"}, "“٢٦” cannot be written as Code 128."),
        ({"code128": ""}, "“” cannot be written as Code 128."),
        ({"datamatrix": "90abc"}, "“90abc” cannot be written as a DataMatrix"),
        ({"datamatrix": "(90)"}, "“(90)” cannot be written as a DataMatrix"),
        ({"datamatrix": "(90)é"}, "“(90)é” cannot be written as a DataMatrix"),
        ({"datamatrix": f"(91){'x' * 90}"}, f"“(91){'x' * 90}” cannot be written as a DataMatrix"),
    ],
)
def test_a_code_that_cannot_be_written_stops_the_label(change: dict[str, str], refusal: str) -> None:
    content = replace(BAG_96_H, **change)  # type: ignore[arg-type]
    document = RENDERER.draw(content, stock="4x3", dpi=203)
    assert document.pdf == b""
    (found,) = [load().finding(each) for each in document.findings]
    assert found.startswith(refusal)


def test_the_largest_matrix_that_has_room_still_fits() -> None:
    assert len(symbols.matrix(LARGEST)) == 26
    _, _, codes = drawn(replace(EVERYTHING_AT_ONCE, datamatrix=LARGEST), "4x3", 300)
    assert codes["]d2"].text.startswith("0100614141123452")
