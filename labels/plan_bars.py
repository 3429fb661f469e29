"""Draws the weeks of a plan, readable in greys: dose by fill and border, everything else by words too."""

from __future__ import annotations

from collections.abc import Sequence

from labels.page import BLACK, LEADING, PALE, WHITE, Page
from labels.plan_weeks import COLUMNS, DayHead, Piece, Weeks

LEAST_ROW, LARGEST_ROW = 34.0, 62.0
_HEAD = 16.5
_SIZES = (8, 7.5, 7, 6.5, 6.25, 6)
_HEAD_SIZES = (7, 6.5, 6.25, 6)
_CLOSED = 0.82
_HATCH = 0.72
_PAD = 3.0
_LINE = 1.15


def draw_weeks(page: Page, weeks: Weeks, *, x: float, y: float, wide: float, row_high: float) -> None:
    """All weeks from the upper left corner down."""
    column = wide / COLUMNS
    for head in weeks.heads:
        _head(page, head, x=x + head.column * column, y=y + head.row * row_high, wide=column)
    for piece in weeks.pieces:
        left, top = x + piece.left * column, y + piece.row * row_high + _HEAD
        _piece(page, piece, left=left, right=x + piece.right * column, top=top, high=row_high - _HEAD - 2)
    for piece in weeks.pieces:
        if piece.wall:
            left, top = x + piece.left * column, y + piece.row * row_high + _HEAD
            page.box(x=left - 1.5, y=top - 1, wide=3, high=row_high - _HEAD, line=0, fill=BLACK)


def _head(page: Page, head: DayHead, *, x: float, y: float, wide: float) -> None:
    if head.closed:
        page.box(x=x, y=y, wide=wide, high=_HEAD - 1, line=0, fill=_CLOSED)
    page.rule(x=x, y=y, to_x=x, to_y=y + _HEAD - 1, line=0.4)
    room = wide - 5
    size = _fitting_size(page, (f"{head.date_text}  {head.clock}",), room=room)
    page.text(head.date_text, x=x + 3, y=y + 6, size=size, bold=True, room=room)
    page.text(head.clock, x=x + wide - 3, y=y + 6, size=size, bold=True, align="right", room=room)
    fitting = [text for text in head.below if page.measure(text, size=_HEAD_SIZES[-1]) <= room]
    text = fitting[0] if fitting else head.below[-1]
    page.text(text, x=x + 3, y=y + 13.8, size=_fitting_size(page, (text,), room=room), room=room)
    if head.in_hospital:
        page.box(x=x, y=y + _HEAD - 1.6, wide=wide, high=1.6, line=0, fill=BLACK)


def _fitting_size(page: Page, texts: Sequence[str], *, room: float) -> float:
    for size in _HEAD_SIZES:
        if all(page.measure(text, size=size, bold=True) <= room for text in texts):
            return size
    return _HEAD_SIZES[-1]


def _piece(page: Page, piece: Piece, *, left: float, right: float, top: float, high: float) -> None:
    left, right = left + (0.8 if piece.begins else 0), right - (0.8 if piece.ends else 0)
    wide = max(right - left, 0.5)
    draw_bar(page, piece.kind, x=left, y=top, wide=wide, high=high, double=piece.bacteriostatic)
    mark, pad = 2.0 if piece.new_set else 0.0, min(_PAD, wide / 8)
    if piece.new_set:
        page.disc(x=left + 1.5, y=top + high, radius=2.6)
    edge = 2.2 if piece.bacteriostatic else 0.0
    room = wide - 2 * (pad + edge) - mark
    _words(page, piece, x=left + pad + edge + mark, y=top + edge, wide=room, high=high - 2 * edge)


def draw_bar(
    page: Page, kind: str, *, x: float, y: float, wide: float, high: float, double: bool = False
) -> None:
    """A low dose is white with a dashed border, a full one grey, the time between two bags hatched."""
    if kind == "gap":
        page.hatch(x=x, y=y, wide=wide, high=high, grey=_HATCH)
        page.box(x=x, y=y, wide=wide, high=high, line=0.4)
        return
    page.box(
        x=x, y=y, wide=wide, high=high, line=0.9, fill=PALE if kind == "full" else WHITE, dashed=kind == "low"
    )
    if double and wide > 6:
        page.box(x=x + 2.2, y=y + 2.2, wide=wide - 4.4, high=high - 4.4, line=0.5, dashed=kind == "low")


def _words(page: Page, piece: Piece, *, x: float, y: float, wide: float, high: float) -> None:
    """The form that says most of those that fit, in the largest size in which it does."""
    for form in piece.forms:
        for size in _SIZES:
            lines = _lines(page, form, size=size, room=wide)
            if lines is not None and len(lines) * size * _LINE <= high - 1:
                step = size * _LINE
                base = y + (high - len(lines) * step) / 2 + 0.82 * size
                for number, line in enumerate(lines):
                    _line(page, piece, line, x=x, y=base + number * step, size=size, first=number == 0)
                return


def _line(page: Page, piece: Piece, text: str, *, x: float, y: float, size: float, first: bool) -> None:
    if piece.kind == "gap":
        wide = page.measure(text, size=size, bold=True)
        page.box(x=x - 1, y=y - 0.8 * size, wide=wide + 2, high=size * 1.1, line=0, fill=WHITE)
    page.text(text, x=x, y=y, size=size, bold=first or piece.kind == "gap")


def _lines(page: Page, form: Sequence[str], *, size: float, room: float) -> list[str] | None:
    """The phrases, side by side as long as they fit; None where one alone is too wide."""
    lines: list[str] = []
    for phrase in form:
        longer = f"{lines[-1]} · {phrase}" if lines else phrase
        if lines and page.measure(longer, size=size, bold=True) <= room:
            lines[-1] = longer
        elif page.measure(phrase, size=size, bold=True) <= room:
            lines.append(phrase)
        else:
            return None
    return lines


def bar_height(size: float) -> float:
    """How high a swatch beside words of that size is."""
    return size * LEADING - 2
