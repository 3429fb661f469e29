"""The in-process tag: drawn, read back and linted like a label."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib.resources import files

import pytest

from labels.layout import LayoutFault, layout, parse, stocks
from labels.renderer import PdfLabelRenderer
from pharmacy_app.domain.label import TagContent
from pharmacy_app.domain.label_lint import judge
from pharmacy_app.wording import load
from tests.support.label_content import BAG_96_H, FULLEST_TAG, TAG
from tests.support.pdf_text import read_page
from tests.support.scanner import black_runs, scan

RENDERER = PdfLabelRenderer()
everywhere = pytest.mark.parametrize(
    ("stock", "dpi"), [("3x2", 203), ("3x2", 300), ("4x3", 203), ("4x3", 300)]
)


def drawn(content: TagContent, stock: str, dpi: int) -> bytes:
    document = RENDERER.draw(content, stock=stock, dpi=dpi)
    assert document.findings == ()
    return document.pdf


@pytest.mark.req("REQ-VER-005", "REQ-LBL-005")
@everywhere
@pytest.mark.parametrize("content", [TAG, FULLEST_TAG])
def test_both_codes_are_read_from_the_picture_and_nothing_is_wrong(
    content: TagContent, stock: str, dpi: int
) -> None:
    pdf = drawn(content, stock, dpi)
    codes = scan(RENDERER.picture(pdf, dpi=dpi))
    assert {code: each.text for code, each in codes.items()} == {
        "]C0": "261026031700",
        "]d2": "90TAG\x1d91261026031700\x1d923f9a12bc",
    }
    assert judge(content, RENDERER.read_back(pdf, dpi=dpi)) == ()


@pytest.mark.req("REQ-LBL-004")
@everywhere
def test_its_bars_are_whole_printer_dots(stock: str, dpi: int) -> None:
    picture = RENDERER.picture(drawn(TAG, stock, dpi), dpi=dpi)
    code = scan(picture)["]C0"]
    bars = black_runs(picture, row=(code.top + code.bottom) // 2, left=code.left, right=code.right + 1)
    assert {bar % {203: 3, 300: 4}[dpi] for bar in bars} == {0}
    assert len(bars) == 28


@pytest.mark.req("REQ-VER-005", "REQ-LBL-001")
@pytest.mark.parametrize("stock", ["3x2", "4x3"])
def test_the_name_is_largest_and_every_word_stands_on_it(stock: str) -> None:
    page = read_page(drawn(TAG, stock, 203))
    sizes = {run.text.strip(): run.size for run in page.runs}
    assert max(sizes.values()) == sizes["TREMBLAY, Anne-Marie"] >= 16
    assert sizes["28 mcg per day"] >= 12
    wanted = {"NOT RELEASED", "TRAINING – NOT FOR PATIENT USE", "4471023", "1979-MAR-14", "blinatumomab"}
    assert wanted | {"Bag 3 of 8 (plan 1)", "261026 0317"} <= set(sizes)


@pytest.mark.req("REQ-LBL-003")
@pytest.mark.parametrize("stock", ["3x2", "4x3"])
def test_nothing_lies_on_anything_else(stock: str) -> None:
    pdf = drawn(FULLEST_TAG, stock, 203)
    boxes = [run.box for run in read_page(pdf).runs]
    assert not [
        (one, other)
        for number, one in enumerate(boxes)
        for other in boxes[number + 1 :]
        if one.overlaps(other)
    ]


@pytest.mark.req("REQ-LBL-003")
def test_a_name_that_the_small_tag_cannot_hold_stops_it_and_names_the_larger_one() -> None:
    long = replace(TAG, patient_name="W" * 12 + "-" + "W" * 8)
    document = RENDERER.draw(long, stock="3x2", dpi=203)
    assert document.pdf == b""
    (found,) = [load().finding(each) for each in document.findings]
    assert found.endswith("Use 4 × 3 in.")
    assert RENDERER.draw(long, stock="4x3", dpi=203).findings == ()


@pytest.mark.req("REQ-VER-005")
def test_a_rate_on_a_tag_is_a_stop() -> None:
    odd = replace(TAG, bag_of="2.5 mL/h")
    found = judge(odd, RENDERER.read_back(drawn(odd, "4x3", 203), dpi=203))
    assert [each.code for each in found] == ["label-lint.rate-on-tag"]


def test_stocks_of_tags_and_of_labels_are_told_apart() -> None:
    assert (stocks("tag"), stocks()) == (("3x2", "4x3"), ("4x3", "4x6"))
    assert (RENDERER.tag_stocks, RENDERER.stocks) == (("3x2", "4x3"), ("4x3", "4x6"))
    small = layout("3x2", "tag")
    assert (small.title, small.width, small.height) == ("3 × 2 in", 216, 144)


def test_a_label_has_no_3_by_2_and_a_tag_no_4_by_6() -> None:
    with pytest.raises(ValueError, match="3x2"):
        RENDERER.draw(BAG_96_H, stock="3x2", dpi=203)
    with pytest.raises(ValueError, match="4x6"):
        RENDERER.draw(TAG, stock="4x6", dpi=203)


@pytest.mark.req("REQ-LBL-003")
def test_a_tags_layout_has_a_place_for_each_of_its_texts() -> None:
    shipped = files("labels").joinpath("layouts", "tag-3x2.toml").read_text(encoding="utf-8")
    assert parse("3x2", shipped, "tag").kind == "tag"
    for item in ("not_released", "patient_name", "dose", "bag_of", "serial"):
        spoilt = re.sub(rf'\{{ item = "{item}".*?\}},?\n?', "", shipped, count=1)
        assert spoilt != shipped
        with pytest.raises(LayoutFault):
            parse("3x2", spoilt, "tag")
    with pytest.raises(LayoutFault, match="missing, unknown or placed twice"):
        parse("3x2", shipped, "label")


def test_the_same_tag_has_the_same_bytes() -> None:
    assert drawn(TAG, "3x2", 203) == drawn(TAG, "3x2", 203)
