"""What a worksheet's sections are made of: titles, rows, captions with values, lines to write on."""

from __future__ import annotations

from collections.abc import Sequence

from labels.page import LEADING, Page

LEFT, RIGHT = 36, 576
_GUTTER = 16
HALF = (RIGHT - LEFT - _GUTTER) / 2
COLUMN_2 = LEFT + HALF + _GUTTER
SMALL = 8
BODY = 9
_SHORTEST_LINE = 20


def draw_title(page: Page, title: str, *, x: float, y: float, right: float, beside: str = "") -> float:
    """A section's title over a line; returns where the section begins."""
    page.text(title, x=x, y=y + 10, size=11, bold=True)
    page.text(beside, x=right, y=y + 10, size=BODY, align="right")
    page.rule(x=x, y=y + 14, to_x=right)
    return y + 17


def draw_blank(page: Page, caption: str, *, x: float, y: float, to_x: float, unit: str = "") -> None:
    """A caption and a line to write on."""
    start = page.text(caption, x=x, y=y, size=SMALL) + 4
    end = to_x - (page.measure(unit, size=SMALL) + 3 if unit else 0)
    if end - start < _SHORTEST_LINE:
        page.homeless.append(caption)
    page.rule(x=start, y=y + 1, to_x=end)
    page.text(unit, x=to_x, y=y, size=SMALL, align="right")


def draw_rows(page: Page, title: str, rows: Sequence[tuple[str, str]], *, x: float, y: float) -> float:
    """A title, then each caption with its value at the right."""
    page.text(title, x=x, y=y + 9, size=SMALL, bold=True)
    y += 21
    for caption, value in rows:
        page.text(caption, x=x, y=y, size=BODY)
        page.text(value, x=x + HALF, y=y, size=BODY, bold=True, align="right")
        y += 11
    return y - 6


def draw_pairs(page: Page, pairs: Sequence[tuple[str, str]], *, x: float, y: float, right: float) -> float:
    """Captions with their values at the right, each on a line of its own where it has no room beside."""
    for caption, value in pairs:
        end = page.text(caption, x=x, y=y, size=SMALL, room=right - x)
        if end + 6 + page.measure(value, size=SMALL, bold=True) > right:
            y += SMALL * LEADING
        page.text(value, x=right, y=y, size=SMALL, bold=True, align="right", room=right - x)
        y += SMALL * LEADING
    return y
