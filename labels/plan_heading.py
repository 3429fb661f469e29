"""The head of a printed plan: the marks, whose plan it is, and of what."""

from __future__ import annotations

import re
from collections.abc import Iterator

from labels.page import BLACK, LEADING, WHITE, Page
from labels.plan_words import PlanWords

_NAME_SIZES = (15, 13, 11, 9, 8)
_FACT_SIZES = (8.5, 8, 7.5, 7, 6.5)
_MARK = 14.0
_BETWEEN = 12.0
_PARTS = re.compile(r"[^-]*-|[^-]+")


def draw_heading(page: Page, words: PlanWords, *, x: float, y: float, right: float) -> float:
    """From the upper edge down; returns where the rest of the page begins."""
    mark = words.mark()
    if mark:
        page.box(x=x, y=y, wide=right - x, high=_MARK, line=0, fill=BLACK)
    ink = WHITE if mark else BLACK
    page.text(mark, x=x + 6, y=y + 10.5, size=10, bold=True, grey=ink)
    page.text(words.title(), x=right - 6, y=y + 10.5, size=10, bold=True, align="right", grey=ink)
    y = _name(page, words.name(), x=x, y=y + _MARK + 2, room=right - x)
    return _facts(page, words, x=x, y=y, right=right) + 8


def _name(page: Page, name: str, *, x: float, y: float, room: float) -> float:
    """The name in the largest size that needs one line, else in the smallest on several."""
    sizes = [each for each in _NAME_SIZES if page.measure(name, size=each, bold=True) <= room]
    size = sizes[0] if sizes else _NAME_SIZES[-1]
    y += size
    for line in _lines(page, name, size=size, room=room):
        page.text(line, x=x, y=y, size=size, bold=True, room=room)
        y += size * LEADING
    return y - size * (LEADING - 0.35)


def _lines(page: Page, text: str, *, size: float, room: float) -> Iterator[str]:
    """Broken at spaces; a word that is wider than the page at its hyphens, else wherever it must be."""
    for line in page.broken(text, room=room, size=size, bold=True):
        kept = ""
        for part in _parts(page, line, size=size, room=room):
            if kept and page.measure(kept + part, size=size, bold=True) > room:
                yield kept
                kept = ""
            kept += part
        yield kept


def _parts(page: Page, line: str, *, size: float, room: float) -> Iterator[str]:
    if page.measure(line, size=size, bold=True) <= room:
        yield line
        return
    for part in _PARTS.findall(line):
        yield from [part] if page.measure(part, size=size, bold=True) <= room else part


def _facts(page: Page, words: PlanWords, *, x: float, y: float, right: float) -> float:
    """Captions and values side by side, each whole on a line; one that is longer has lines of its own."""
    facts = words.facts()
    size = next(
        (each for each in _FACT_SIZES if _fact_lines(page, facts, size=each, room=right - x) <= 2),
        _FACT_SIZES[-1],
    )
    left, y = x, y + size
    for caption, value in facts:
        wide = _wide(page, caption, value, size=size)
        if left > x and left + wide > right:
            left, y = x, y + size * LEADING
        end = page.text(caption, x=left, y=y, size=size) + 3 if caption else left
        if left + wide <= right:
            left = page.text(value, x=end, y=y, size=size, bold=True) + _BETWEEN
        else:
            for line in _lines(page, value, size=size, room=right - end):
                page.text(line, x=end, y=y, size=size, bold=True, room=right - end)
                y += size * LEADING
            left = x
    return y if left > x else y - size * LEADING


def _wide(page: Page, caption: str, value: str, *, size: float) -> float:
    return page.measure(caption, size=size) + 3 + page.measure(value, size=size, bold=True)


def _fact_lines(page: Page, facts: tuple[tuple[str, str], ...], *, size: float, room: float) -> int:
    lines, left = 1, 0.0
    for caption, value in facts:
        wide = _wide(page, caption, value, size=size)
        if left and left + wide > room:
            lines, left = lines + 1, 0.0
        left += wide + _BETWEEN
    return lines
