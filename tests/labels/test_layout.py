"""A layout is checked whole before anything is drawn by it."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from labels.layout import LayoutFault, layout, parse, stocks

SHIPPED = files("labels").joinpath("layouts", "4x3.toml").read_text(encoding="utf-8")


def test_the_stocks_of_this_version_have_a_layout() -> None:
    assert stocks() == ("4x3", "4x6")
    assert [layout(each).title for each in stocks()] == ["4 × 3 in", "4 × 6 in"]


@pytest.mark.req("REQ-LBL-002", "REQ-LBL-003")
@pytest.mark.parametrize(
    ("pattern", "replacement", "fault"),
    [
        (r'\{ item = "materials".*\n', "", "missing, unknown or placed twice: materials"),
        (r'item = "materials"', 'item = "route"', "materials"),
        (r'item = "materials"', 'item = "weather"', "weather"),
        (r'(item = "materials", bold = true, sizes = )\[.*?\]', r"\1[7, 5.9]", "materials: given"),
        (r'(item = "patient_name", bold = true, sizes = )\[.*?\]', r"\1[16, 11.5]", "expected 12 pt or more"),
        (r'(item = "materials", bold = true, sizes = )\[.*?\]', r"\1[7, 8]", "expected the largest first"),
        (r'(item = "materials", bold = true, sizes = )\[.*?\]', r"\1[]", "materials"),
        (r'(item = "serial", .*)"centre"', r'\1"middle"', "given middle"),
        (r'item = "materials"', 'optional = true, item = "materials"', "may be left out"),
        (r'item = "dose"', 'above_name = true, item = "dose"', "only the rate may be larger"),
        (r'symbol = "datamatrix"', "", "each code has one place"),
        (r'on = \["serial"\]', 'on = ["roof"]', "stands on"),
        (r"right = 285", "right = 285000", "serial is not on the stock"),
        (r"bar_heights = .*", "", "bar heights belong to a Code 128"),
        (r"width = 76", "width = 78", "cells of a strip fill its width"),
        (r"steps = 8", "stepps = 8", "stepps"),
        (r"steps = 8", "", "steps"),
        (r"pad = 0.4", "colour = 1", "colour"),
        (r"title = ", "title : ", "4x3"),
    ],
)
def test_a_faulty_layout_is_refused(pattern: str, replacement: str, fault: str) -> None:
    spoilt, count = re.subn(pattern, replacement, SHIPPED, count=1)
    assert count == 1
    with pytest.raises(LayoutFault, match=fault):
        parse("4x3", spoilt)
