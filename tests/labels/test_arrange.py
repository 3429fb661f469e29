"""Where things find their place: rows around the blocks, symbols on the printer's dots."""

from __future__ import annotations

from dataclasses import replace

import pytest

from labels import readback, symbols
from labels.arrange import arrange
from labels.layout import Run, layout
from labels.pdf import draw
from labels.phrase import Part, Phrase
from labels.renderer import PdfLabelRenderer
from labels.sheet import PlacedSymbol, Sheet
from tests.support.label_content import BAG_7_DAYS, BAG_96_H
from tests.support.pdf_text import Box, read_page
from tests.support.scanner import ScannedCode, scan


def broken(text: str, room: float) -> list[str]:
    """The lines of a text of 10 points."""
    phrase = Phrase(Run("destination", (10,), lines=9), (Part(text, "label", False, 0),))
    return [row[-1].part.text for row in phrase.rows(10, room)]


@pytest.mark.req("REQ-LBL-003")
def test_lines_are_broken_at_spaces_alone_and_evenly() -> None:
    assert broken("one two three four", 1000) == ["one two three four"]
    assert broken("one two three four", 50) == ["one two", "three four"]
    assert broken("mm mm mm mm", 60) == ["mm mm", "mm mm"]
    assert broken("one two-three/four", 30) == ["one", "two-three/four"]


@pytest.mark.req("REQ-LBL-003")
def test_a_no_break_space_is_never_broken() -> None:
    assert broken("aaaa bbb cccccc", 60) == ["aaaa bbb", "cccccc"]
    assert broken("aaaa bbb\u00a0cccccc", 60) == ["aaaa", "bbb\u00a0cccccc"]


@pytest.mark.req("REQ-LBL-003")
@pytest.mark.parametrize("stock", ["4x3", "4x6"])
def test_rows_that_reach_down_to_the_codes_keep_clear_of_them(stock: str) -> None:
    drawn = 0
    for count in range(1, 24):
        alerts = ("NEW SET AT THIS CHANGE", " ".join(["aspirate"] * count))
        document = PdfLabelRenderer().draw(replace(BAG_7_DAYS, alerts=alerts), stock=stock, dpi=203)
        if document.findings:
            continue
        drawn += 1
        page = read_page(document.pdf)
        codes = scan(readback.picture(document.pdf, dpi=203))
        boxes = [run.box for run in page.runs]
        boxes += [_box(code, page.height) for code in codes.values()]
        assert not [
            (one, other)
            for number, one in enumerate(boxes)
            for other in boxes[number + 1 :]
            if one.overlaps(other)
        ]
    assert drawn > 5


def _box(code: ScannedCode, page_height: float) -> Box:
    dot = 72 / 203.2
    return Box(
        code.left * dot, page_height - code.bottom * dot, code.right * dot, page_height - code.top * dot
    )


@pytest.mark.req("REQ-LBL-004")
@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("stock", ["4x3", "4x6"])
def test_symbols_begin_on_a_whole_dot(stock: str, dpi: int) -> None:
    for symbol in arrange(BAG_96_H, layout(stock), dpi=dpi).symbols:
        assert isinstance(symbol.left, int)
        assert isinstance(symbol.top, int)


def test_space_between_the_rows_never_costs_type() -> None:
    spacious = arrange(replace(BAG_96_H, alerts=()), layout("4x6"), dpi=203)
    sizes = {text.item: text.size for text in spacious.texts}
    assert (sizes["hang_at"], sizes["change_at"]) == (10.5, 10.5)


@pytest.mark.req("REQ-LBL-005")
def test_two_codes_of_one_kind_are_not_believed() -> None:
    made = [
        PlacedSymbol(
            "datamatrix", symbols.datamatrix(f"(90)SPECIMEN(91)00000000010{digit}", dpi=203), left, 100
        )
        for digit, left in ((1, 100), (2, 500))
    ]
    one, both = (draw(Sheet(symbols=some), layout("4x3"), title="", dpi=203) for some in (made[:1], made))
    assert readback.read_back(one, dpi=203).datamatrix == "90SPECIMEN\x1d91000000000101"
    assert readback.read_back(both, dpi=203).datamatrix is None
