"""A stock's layout as data: which item stands where, in which type, down to which size.

A label's layout is read from `layouts/<stock>.toml`, a tag's from `layouts/tag-<stock>.toml`. It is checked
whole: every text of the content has exactly one place, sizes never rise, none is below 6 pt, the name's none
below 12 pt. All lengths are in points, `left` and `right` from the left edge of the stock.

`rows` follow each other from the top. `blocks` stand at the bottom, on the edge or on another block; the
rows flow around them. A size has one value for each step: when the rows do not fit at one step, all of
them are set again at the next.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any, Literal, assert_never, get_args

from pharmacy_app.domain.label import Content, LabelContent, TagContent

Align = Literal["left", "right", "centre"]
SymbolName = Literal["code128", "datamatrix"]
Kind = Literal["label", "tag"]
Table = dict[str, Any]

SMALLEST_PT = 6
SMALLEST_NAME_PT = 12
NAME = "patient_name"
_CODES = ("code128", "datamatrix")
CONTENTS: dict[Kind, type[Content]] = {"label": LabelContent, "tag": TagContent}
OPTIONAL = ("order_number", "prescriber", "compounded")


class LayoutFault(ValueError):
    """A layout file is not what it should be: which stock, what is wrong."""


@dataclass(frozen=True, slots=True)
class Run:
    """One item of the content and how it is set. Of a caption and its value, `bold` means the value.

    `sizes`: one for each step, the last also for later steps; an item too wide for its place goes on down
    the list, which may therefore be longer.

    `lines`: how many it may take, broken at spaces. `value_at`: where the value begins, from the
    item's left; 0: right after its caption. `second_font`: people's and places' names, which may need it.
    `above_name`: may be larger than the patient's name (the rate alone). `optional`: left out where there
    is no room.
    """

    item: str
    sizes: tuple[float, ...]
    bold: bool = False
    align: Align = "left"
    lines: int = 1
    value_at: float = 0
    second_font: bool = False
    above_name: bool = False
    optional: bool = False

    def size(self, step: int) -> float:
        """The size at a step."""
        return self.sizes[min(step, len(self.sizes) - 1)]


@dataclass(frozen=True, slots=True)
class Line:
    """Items one after another, on as many rows as they need; with `single`, on one.

    `space` is above it. `black`: white on black. `frame` and `rule` are the widths of a box around it and
    of a rule under it, 0 for none. `indent`: at both ends, `indent_right` more at the right.
    `spread`: what is left of a row stands evenly between its items.
    """

    runs: tuple[Run, ...]
    space: float = 0
    gap: float = 6
    pad: float = 0
    indent: float = 0
    indent_right: float = 0
    black: bool = False
    frame: float = 0
    rule: float = 0
    spread: bool = False
    single: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A caption above its value, `width` wide."""

    caption: Run
    value: Run
    width: float


@dataclass(frozen=True, slots=True)
class Strip:
    """Boxed cells side by side; their values share one base line."""

    cells: tuple[Cell, ...]
    space: float = 0
    pad: float = 2
    indent: float = 4
    frame: float = 1


@dataclass(frozen=True, slots=True)
class Block:
    """Lines at the bottom of the stock, with a symbol above them where `symbol` names one.

    `on` names the blocks it stands on; empty: the lower margin. `bar_heights`: of a Code 128, by step.
    """

    name: str
    left: float
    right: float
    lines: tuple[Line, ...] = ()
    on: tuple[str, ...] = ()
    gap: float = 0
    symbol: SymbolName | None = None
    bar_heights: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """One stock for one kind of content. `title` is its name for people, such as 4 × 3 in."""

    stock: str
    kind: Kind
    title: str
    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    steps: int
    looseness: tuple[float, ...]
    rows: tuple[Line | Strip, ...]
    blocks: tuple[Block, ...]

    def runs(self) -> Iterator[Run]:
        """Every run, rows before blocks."""
        for row in self.rows:
            if isinstance(row, Strip):
                for cell in row.cells:
                    yield from (cell.caption, cell.value)
            else:
                yield from row.runs
        for block in self.blocks:
            for line in block.lines:
                yield from line.runs


_FOLDER, _SUFFIX = "layouts", ".toml"
_PREFIX: dict[Kind, str] = {"label": "", "tag": "tag-"}


@cache
def stocks(kind: Kind = "label") -> tuple[str, ...]:
    """The stocks that have a layout for labels, or for tags, in alphabetical order."""
    found = (each.name for each in files("labels").joinpath(_FOLDER).iterdir())
    names = [name.removesuffix(_SUFFIX) for name in found if name.endswith(_SUFFIX)]
    tags = [name.removeprefix(_PREFIX["tag"]) for name in names if name.startswith(_PREFIX["tag"])]
    match kind:
        case "tag":
            return tuple(sorted(tags))
        case "label":
            return tuple(sorted(name for name in names if not name.startswith(_PREFIX["tag"])))
        case _:
            assert_never(kind)


@cache
def layout(stock: str, kind: Kind = "label") -> Layout:
    """The layout of a stock, read and checked once for the life of the process."""
    text = files("labels").joinpath(_FOLDER, f"{_PREFIX[kind]}{stock}{_SUFFIX}").read_text(encoding="utf-8")
    return parse(stock, text, kind)


def parse(stock: str, text: str, kind: Kind = "label") -> Layout:
    """Read and check a layout; anything unknown, missing, twice or too small is a `LayoutFault`."""
    try:
        table = tomllib.loads(text)
        rows = tuple(_row(each) for each in table.pop("row"))
        blocks = tuple(_block(each) for each in table.pop("block"))
        table["looseness"] = tuple(table["looseness"])
        made = Layout(stock=stock, kind=kind, rows=rows, blocks=blocks, **table)
    except (KeyError, TypeError, tomllib.TOMLDecodeError) as error:
        message = f"{stock}: {error}"
        raise LayoutFault(message) from error
    for fault in _faults(made):
        message = f"{stock}: {fault}"
        raise LayoutFault(message)
    return made


def _run(table: Table) -> Run:
    return Run(**{**table, "sizes": tuple(table["sizes"])})


def _row(table: Table) -> Line | Strip:
    if "cells" not in table:
        return _line(table)
    cells = tuple(
        Cell(_run(each["caption"]), _run(each["value"]), width=each["width"]) for each in table["cells"]
    )
    return Strip(**{**table, "cells": cells})


def _line(table: Table) -> Line:
    return Line(**{**table, "runs": tuple(_run(each) for each in table["runs"])})


def _block(table: Table) -> Block:
    lines = tuple(_line(each) for each in table.get("lines", ()))
    lists = {name: tuple(table.get(name, ())) for name in ("on", "bar_heights")}
    return Block(**{**table, **lists, "lines": lines})


def _faults(made: Layout) -> Iterator[str]:
    yield from _item_faults(made)
    yield from _size_faults(made)
    yield from _place_faults(made)


def _item_faults(made: Layout) -> Iterator[str]:
    wanted = sorted(each.name for each in fields(CONTENTS[made.kind]) if each.name not in _CODES)
    placed = sorted(run.item for run in made.runs())
    if placed != wanted:
        different = sorted(set(placed) ^ set(wanted)) or [each for each in placed if placed.count(each) > 1]
        yield f"missing, unknown or placed twice: {', '.join(different)}"
    if sorted(block.symbol for block in made.blocks if block.symbol) != sorted(_CODES):
        yield "each code has one place"


def _size_faults(made: Layout) -> Iterator[str]:
    for run in made.runs():
        smallest = SMALLEST_NAME_PT if run.item == NAME else SMALLEST_PT
        if not run.sizes or min(run.sizes) < smallest:
            yield f"{run.item}: given {run.sizes}, expected {smallest} pt or more"
        if list(run.sizes) != sorted(run.sizes, reverse=True):
            yield f"{run.item}: given {run.sizes}, expected the largest first"
        if run.align not in get_args(Align):
            yield f"{run.item}: given {run.align}, expected {get_args(Align)}"
        if run.optional and run.item not in OPTIONAL:
            yield f"{run.item}: only {', '.join(OPTIONAL)} may be left out"
        if run.above_name and run.item != "rate":
            yield f"{run.item}: only the rate may be larger than the name"


def _place_faults(made: Layout) -> Iterator[str]:
    known: set[str] = set()
    for block in made.blocks:
        if not known.issuperset(block.on):
            yield f"{block.name} stands on {block.on}, which are not blocks before it"
        if not 0 <= block.left < block.right <= made.width:
            yield f"{block.name} is not on the stock"
        if (block.symbol == "code128") != bool(block.bar_heights):
            yield f"{block.name}: bar heights belong to a Code 128"
        known.add(block.name)
    for row in made.rows:
        if isinstance(row, Strip) and sum(each.width for each in row.cells) != made.right - made.left:
            yield "the cells of a strip fill its width"
