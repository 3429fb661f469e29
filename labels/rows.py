"""Set lines of items into rows: side by side as long as they fit, then on the next row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from labels.layout import Line
from labels.phrase import Phrase, Placed, rows_width
from labels.sheet import Misfit, PlacedText, Shape, Sheet, baseline, row_height

_BETWEEN_ROWS = 0.4
_HARDLY_SMALLER = 0.85

Interval = Callable[[float], tuple[float, float] | None]
"""Left and right of what is free above a height; None: nothing is."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How large and how loose everything is set. `sizes`: what each item may have, the largest first.

    `fitted`: what `fit` has found in these sizes, by phrase (its identity) and room.
    """

    sizes: Mapping[str, tuple[float, ...]]
    phrases: Mapping[str, tuple[Phrase, ...]]
    looseness: float
    with_optional: bool
    fitted: dict[tuple[int, float], Fitted | Misfit] = field(default_factory=dict)

    def padding(self, pad: float) -> float:
        """Space inside a band or box: half of it where everything is set tight."""
        return pad * (1 + min(self.looseness, 1)) / 2

    def of(self, line: Line) -> list[Phrase]:
        """The phrases of a line that are to be set."""
        return [
            phrase
            for run in line.runs
            if self.with_optional or not run.optional
            for phrase in self.phrases[run.item]
        ]


@dataclass(frozen=True, slots=True)
class Fitted:
    """A phrase in the size and the rows in which it fits; `width` is that of the widest row."""

    phrase: Phrase
    size: float
    rows: tuple[tuple[Placed, ...], ...]
    width: float


def fit(phrase: Phrase, setting: Setting, room: float) -> Fitted | Misfit:
    """On one row, if it need be hardly smaller for that; else the largest size on as many as it may take."""
    key = (id(phrase), room)
    if key not in setting.fitted:
        setting.fitted[key] = _fit(phrase, setting.sizes[phrase.run.item], room)
    return setting.fitted[key]


def _fit(phrase: Phrase, sizes: tuple[float, ...], room: float) -> Fitted | Misfit:
    for size in sizes:
        width = phrase.width(size)
        if width <= room and (phrase.run.lines == 1 or size >= sizes[0] * _HARDLY_SMALLER):
            return Fitted(phrase, size, (phrase.row(size),), width)
    if phrase.run.lines > 1:
        for size in sizes:
            rows = phrase.rows(size, room)
            width = rows_width(rows, size)
            if len(rows) <= phrase.run.lines and width <= room:
                return Fitted(phrase, size, rows, width)
    excess = phrase.width(sizes[-1]) - room
    return Misfit(phrase.run.item, "wide", sizes[-1], excess, phrase.run.lines)


def set_line(sheet: Sheet, line: Line, *, setting: Setting, free: Interval, top: float) -> float:
    """Set a line's items from `top` down; returns where it ends."""
    waiting = setting.of(line)
    if not waiting:
        return top
    upper = top + line.space * setting.looseness
    pad = setting.padding(line.pad)
    lower = upper + pad
    while waiting:
        tallest = setting.sizes[waiting[0].run.item][0]
        interval = free(lower + row_height(tallest) + pad)
        if interval is None:
            sheet.misfits += [
                Misfit(each.run.item, "tall", setting.sizes[each.run.item][0]) for each in waiting
            ]
            return lower
        left, right = interval[0] + line.indent, interval[1] - line.indent - line.indent_right
        row = _next_row(sheet, line, waiting, setting=setting, room=right - left)
        lower = _place_row(sheet, line, row, left=left, right=right, top=lower)
        if free(lower + pad) != interval:
            sheet.misfits += [Misfit(each.phrase.run.item, "tall", each.size) for each in row]
        if waiting:
            lower += _BETWEEN_ROWS * setting.looseness
    lower += pad
    if line.black or line.frame:
        outer = free(lower) or (0.0, 0.0)
        sheet.shapes.append(Shape(outer[0], upper, outer[1], lower, line.frame))
    if line.rule:
        outer = free(lower) or (0.0, 0.0)
        sheet.shapes.append(Shape(outer[0], lower, outer[1], lower + line.rule))
        lower += line.rule
    return lower


def _next_row(
    sheet: Sheet, line: Line, waiting: list[Phrase], *, setting: Setting, room: float
) -> list[Fitted]:
    """Take from those waiting what stands on the next row."""
    if line.single:
        return _only_row(sheet, line, waiting, setting=setting, room=room)
    first = fit(waiting.pop(0), setting, room)
    if isinstance(first, Misfit):
        sheet.misfits.append(first)
        return []
    row, used = [first], first.width
    while waiting and len(first.rows) == 1:
        size = setting.sizes[waiting[0].run.item][0]
        width = waiting[0].width(size)
        if used + line.gap + width > room:
            break
        phrase = waiting.pop(0)
        row.append(Fitted(phrase, size, (phrase.row(size),), width))
        used += line.gap + width
    return row


def _only_row(
    sheet: Sheet, line: Line, waiting: list[Phrase], *, setting: Setting, room: float
) -> list[Fitted]:
    """All of them on one row, smaller together until they fit."""
    ladders = [setting.sizes[each.run.item] for each in waiting]
    excess = 0.0
    for smaller in range(max(len(each) for each in ladders)):
        sizes = [each[min(smaller, len(each) - 1)] for each in ladders]
        widths = [phrase.width(size) for phrase, size in zip(waiting, sizes, strict=True)]
        excess = sum(widths) + line.gap * (len(widths) - 1) - room
        if excess <= 0:
            row = [
                Fitted(phrase, size, (phrase.row(size),), width)
                for phrase, size, width in zip(waiting, sizes, widths, strict=True)
            ]
            waiting.clear()
            return row
    widest = max(waiting, key=lambda each: each.width(1))
    sheet.misfits.append(Misfit(widest.run.item, "wide", setting.sizes[widest.run.item][-1], excess))
    waiting.clear()
    return []


def _place_row(
    sheet: Sheet, line: Line, row: list[Fitted], *, left: float, right: float, top: float
) -> float:
    """Put a row on the sheet; returns its lower edge."""
    if not row:
        return top
    tallest = max(each.size for each in row)
    gap = line.gap
    if line.spread and len(row) > 1:
        gap = (right - left - sum(each.width for each in row)) / (len(row) - 1)
    x = left
    for each in row:
        start = _start(each, x=x, left=left, right=right)
        for number, placed_row in enumerate(each.rows):
            base = top + number * row_height(tallest) + baseline(tallest, capitals=line.black)
            sheet.texts += [
                PlacedText(each.phrase.run.item, placed.part, each.size, start + placed.x, base, line.black)
                for placed in placed_row
            ]
        x = start + each.width + gap
    return top + max(len(each.rows) for each in row) * row_height(tallest)


def _start(fitted: Fitted, *, x: float, left: float, right: float) -> float:
    """Where a phrase begins; one on several rows always begins at the left."""
    if len(fitted.rows) > 1 or fitted.phrase.run.align == "left":
        return x
    if fitted.phrase.run.align == "right":
        return right - fitted.width
    return (left + right - fitted.width) / 2
