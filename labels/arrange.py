"""Find a place for every item of a label, or say which have none.

The type is as large, and the space as generous, as all items together allow. Nothing is cut, left out,
shrunk below its smallest size or laid over another.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import assert_never

from labels.layout import NAME, Block, Layout, Strip
from labels.phrase import Phrase, phrases
from labels.rows import Fitted, Interval, Setting, fit, set_line
from labels.sheet import Misfit, PlacedSymbol, Sheet
from labels.strip import set_strip
from labels.symbols import Symbol, code128, datamatrix, dot_pt
from pharmacy_app.domain.label import Content

_UNDER_SYMBOL = 1.2


@dataclass(frozen=True, slots=True)
class _Area:
    left: float
    top: float


def arrange(content: Content, layout: Layout, *, dpi: int) -> Sheet:
    """Everything in its place; or, with misfits, what has none even in the smallest type.

    Texts stand in the content's order. Raises `SymbolRefused` when a code's content cannot be written.
    """
    attempts = _Attempts(content, layout, phrases(content, layout), dpi)
    choices = layout.looseness
    step = _first(layout.steps, lambda each: not attempts.at(each, choices[-1]).misfits)
    with_optional = not attempts.at(step, choices[-1], with_optional=True).misfits
    tight = attempts.at(step, choices[-1], with_optional=with_optional)
    choice = _first(
        len(choices),
        lambda each: _as_good(attempts.at(step, choices[each], with_optional=with_optional), tight),
    )
    sheet = attempts.at(step, choices[choice], with_optional=with_optional)
    order = {each.name: number for number, each in enumerate(fields(content))}
    sheet.texts.sort(key=lambda each: order[each.item])
    return sheet


def _as_good(looser: Sheet, tight: Sheet) -> bool:
    """Whether nothing has lost its place, its size or its row to the space between the rows."""
    return not looser.misfits and [each.size for each in looser.texts] == [each.size for each in tight.texts]


def _first(count: int, fits: Callable[[int], bool]) -> int:
    """The first of so many choices that fits, when all after it do; the last where none does."""
    return bisect_left(range(count - 1), 1, key=fits)


@dataclass(frozen=True, slots=True)
class _Attempts:
    """Arrangements tried. The blocks do not depend on how loose the rows above them are."""

    content: Content
    layout: Layout
    phrases: Mapping[str, tuple[Phrase, ...]]
    dpi: int
    sizes: dict[int, dict[str, tuple[float, ...]]] = field(default_factory=dict)
    blocks: dict[tuple[int, bool], tuple[Sheet, Interval]] = field(default_factory=dict)
    fitted: dict[int, dict[tuple[int, float], Fitted | Misfit]] = field(default_factory=dict)
    sheets: dict[tuple[int, float, bool], Sheet] = field(default_factory=dict)

    def at(self, step: int, looseness: float, *, with_optional: bool = False) -> Sheet:
        """Everything in the type of that step; it may have misfits."""
        key = (step, looseness, with_optional)
        if key not in self.sheets:
            fitted = self.fitted.setdefault(step, {})
            setting = Setting(self._sizes(step), self.phrases, looseness, with_optional, fitted)
            blocks, free = self._blocks_at(step, setting)
            self.sheets[key] = sheet = _set_rows(self.layout, setting, free)
            sheet.take(blocks)
        return self.sheets[key]

    def _sizes(self, step: int) -> dict[str, tuple[float, ...]]:
        """No item but the rate is larger than the name."""
        if step not in self.sizes:
            ladders = {run.item: run.sizes[step:] or run.sizes[-1:] for run in self.layout.runs()}
            unlimited = Setting(ladders, self.phrases, 1, with_optional=True)
            room = self.layout.right - self.layout.left
            largest = min((fit(each, unlimited, room).size for each in self.phrases[NAME]), default=0.0)
            for run in self.layout.runs():
                if ladders[run.item][0] > largest and not run.above_name:
                    ladders[run.item] = tuple(min(each, largest) for each in ladders[run.item])
            self.sizes[step] = ladders
        return self.sizes[step]

    def _blocks_at(self, step: int, setting: Setting) -> tuple[Sheet, Interval]:
        key = (step, setting.with_optional)
        if key not in self.blocks:
            self.blocks[key] = _set_blocks(self.content, self.layout, setting, step=step, dpi=self.dpi)
        return self.blocks[key]


def _set_rows(layout: Layout, setting: Setting, free: Interval) -> Sheet:
    sheet = Sheet()
    y = layout.top
    for row in layout.rows:
        if isinstance(row, Strip):
            y = set_strip(sheet, row, setting=setting, left=layout.left, top=y, bottom=layout.bottom)
        else:
            y = set_line(sheet, row, setting=setting, free=free, top=y)
    return sheet


def _set_blocks(
    content: Content, layout: Layout, setting: Setting, *, step: int, dpi: int
) -> tuple[Sheet, Interval]:
    """All blocks, and what they leave free."""
    sheet = Sheet()
    areas: dict[str, _Area] = {}
    for block in layout.blocks:
        bottom = min((areas[name].top for name in block.on), default=layout.bottom) - block.gap
        symbol = _symbol(block, content, step, dpi=dpi)
        top = _set_block(sheet, block, symbol, setting=setting, bottom=bottom, dpi=dpi)
        areas[block.name] = _Area(block.left, top)
    return sheet, _free(layout, tuple(areas.values()))


def _set_block(
    sheet: Sheet, block: Block, symbol: Symbol | None, *, setting: Setting, bottom: float, dpi: int
) -> float:
    """Set a block so that it ends at `bottom`; returns its top."""
    scratch = Sheet()
    height = 0.0
    for line in block.lines:
        height = set_line(
            scratch, line, setting=setting, free=lambda _: (block.left, block.right), top=height
        )
    scratch.lower(bottom - height)
    sheet.take(scratch)
    top = bottom - height
    if symbol is None:
        return top
    return _place_symbol(sheet, block, symbol, bottom=top - (_UNDER_SYMBOL if block.lines else 0), dpi=dpi)


def _symbol(block: Block, content: Content, step: int, *, dpi: int) -> Symbol | None:
    match block.symbol:
        case None:
            return None
        case "datamatrix":
            return datamatrix(content.datamatrix, dpi=dpi)
        case "code128":
            height = block.bar_heights[min(step, len(block.bar_heights) - 1)]
            return code128(content.code128, dpi=dpi, height=int(height / dot_pt(dpi)))
        case _:
            assert_never(block.symbol)


def _place_symbol(sheet: Sheet, block: Block, symbol: Symbol, *, bottom: float, dpi: int) -> float:
    """On the printer's grid of dots: a Code 128 in the middle of its block, a DataMatrix at its right."""
    assert block.symbol is not None
    dot = dot_pt(dpi)
    room = int(block.right / dot) - int(block.left / dot)
    spare = room - symbol.width
    if spare < 0:
        sheet.misfits.append(Misfit(block.symbol, "wide", 0, -spare * dot))
    left = int(block.left / dot) + (spare if block.symbol == "datamatrix" else spare // 2)
    top = int(bottom / dot) - symbol.height
    sheet.symbols.append(PlacedSymbol(block.symbol, symbol, left, top))
    return top * dot


def _free(layout: Layout, areas: tuple[_Area, ...]) -> Interval:
    """What the blocks leave free above a height: nothing at the right of one that begins at the left."""

    def free(bottom: float) -> tuple[float, float] | None:
        right = layout.right
        for area in areas:
            if bottom > area.top:
                right = min(right, area.left)
        return (layout.left, right) if right > layout.left and bottom <= layout.bottom else None

    return free
