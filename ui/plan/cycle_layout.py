"""Where everything of the cycle's picture stands, in whole pixels.

All rows have one height. A text is never cut: `bar_texts.py` chooses the form that fits.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ui.boxes import ICON, LINE, SMALL, Box, Measure, PlacedText, fitting
from ui.plan.bar_texts import BarTexts
from ui.plan.cycle import COLUMNS, BarPiece, Cycle, DayHead, LegendEntry

HEAD_HEIGHT = 37
LEGEND_LINE = 22
SIDE = 10
WALL = 6
HOSPITAL = 4
SWATCH = 28
_GAP = 6


@dataclass(frozen=True, slots=True)
class PlacedHead:
    """The head of a day."""

    head: DayHead
    box: Box
    texts: tuple[PlacedText, ...]


@dataclass(frozen=True, slots=True)
class PlacedBar:
    """One piece of a bag with its texts."""

    piece: BarPiece
    box: Box
    texts: tuple[PlacedText, ...]


@dataclass(frozen=True, slots=True)
class PlacedEntry:
    """One entry of the legend; `swatch` has no width where the entry is words alone."""

    entry: LegendEntry
    swatch: Box
    text: PlacedText


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole picture, ready to be painted. `marks` are centres of the new-set mark."""

    legend: tuple[PlacedEntry, ...]
    heads: tuple[PlacedHead, ...]
    bars: tuple[PlacedBar, ...]
    walls: tuple[Box, ...]
    hospital: tuple[Box, ...]
    marks: tuple[tuple[int, int], ...]

    def bar_at(self, left: int, top: int) -> PlacedBar | None:
        """The bar under a point."""
        for bar in self.bars:
            inside = bar.box.left <= left < bar.box.right and bar.box.top <= top < bar.box.bottom
            if inside:
                return bar
        return None


def lay_out(cycle: Cycle, *, width: int, height: int, measure: Measure) -> Drawing:
    """Place everything in `width` × `height`; all rows have one height."""
    legend, legend_height = _legend(cycle.legend, width, measure)
    grid = _Grid(width, legend_height, (height - legend_height) // max(len(cycle.weeks), 1))
    heads = tuple(
        _head(head, grid.head(row, column), measure)
        for row, week in enumerate(cycle.weeks)
        for column, head in enumerate(week)
    )
    bars = tuple(_bar(piece, grid.bar(piece), measure) for piece in cycle.pieces)
    marks = tuple(
        (grid.x(piece.first_column), grid.bar_top(piece.row) - HOSPITAL // 2 - 1)
        for piece in cycle.pieces
        if piece.new_set
    )
    return Drawing(legend, heads, bars, tuple(grid.walls(cycle)), tuple(grid.hospital(cycle)), marks)


@dataclass(frozen=True, slots=True)
class _Grid:
    width: int
    top: int
    row_height: int

    def x(self, column: int) -> int:
        return SIDE + (self.width - 2 * SIDE) * column // COLUMNS

    def row_top(self, row: int) -> int:
        return self.top + row * self.row_height

    def bar_top(self, row: int) -> int:
        return self.row_top(row) + HEAD_HEIGHT + HOSPITAL + 1

    def head(self, row: int, column: int) -> Box:
        left = self.x(column)
        return Box(left, self.row_top(row), self.x(column + 1) - left, HEAD_HEIGHT)

    def bar(self, piece: BarPiece) -> Box:
        """Ends of a bag keep 3 px from the day's line; a bar that goes on reaches the line."""
        left = self.x(piece.first_column) + (3 if piece.begins else 0)
        right = self.x(piece.end_column) - (3 if piece.ends else 0)
        top = self.bar_top(piece.row)
        return Box(left, top, right - left, self.row_top(piece.row + 1) - 3 - top)

    def walls(self, cycle: Cycle) -> Iterable[Box]:
        """A wall stands at the end of the row before it and at the beginning of its own."""
        for day in cycle.walls:
            row, column = divmod(day - 1, COLUMNS)
            if column == 0:
                yield self._wall(row - 1, self.x(COLUMNS) + SIDE - WALL)
                yield self._wall(row, SIDE - WALL - 2)
            else:
                yield self._wall(row, self.x(column) - WALL // 2)

    def _wall(self, row: int, left: int) -> Box:
        top = self.bar_top(row) - HOSPITAL
        return Box(left, top, WALL, self.row_top(row + 1) - 1 - top)

    def hospital(self, cycle: Cycle) -> Iterable[Box]:
        for row, week in enumerate(cycle.weeks):
            days = sum(head.in_hospital for head in week)
            if days:
                yield Box(self.x(0), self.row_top(row) + HEAD_HEIGHT - 1, self.x(days) - self.x(0), HOSPITAL)


def _legend(
    entries: tuple[LegendEntry, ...], width: int, measure: Measure
) -> tuple[tuple[PlacedEntry, ...], int]:
    """The entries in as many lines as they need, and the height of all lines."""
    placed: list[PlacedEntry] = []
    left, top = SIDE, 0
    for entry in entries:
        swatch = _swatch_width(entry.swatch)
        whole = swatch + (_GAP if swatch else 0) + measure(entry.text, SMALL, False)
        if left > SIDE and left + whole > width - SIDE:
            left, top = SIDE, top + LEGEND_LINE
        text_left = left + swatch + (_GAP if swatch else 0)
        text_width = left + whole - text_left
        placed.append(
            PlacedEntry(
                entry,
                Box(left, top + 2, swatch, LINE),
                PlacedText(entry.text, Box(text_left, top + 2, text_width, LINE), muted=True),
            )
        )
        left += whole + 18
    return tuple(placed), top + LEGEND_LINE + 4


def _swatch_width(swatch: str) -> int:
    if not swatch:
        return 0
    return {"wall": WALL, "lock": ICON, "clock": ICON, "new-set": ICON + 2}.get(swatch, SWATCH)


def _head(head: DayHead, box: Box, measure: Measure) -> PlacedHead:
    left, right = box.left + 5, box.right - 3
    width = measure(head.date_text, SMALL, True)
    texts = [PlacedText(head.date_text, Box(left, box.top + 1, width, LINE), bold=True)]
    if head.clock_change:
        texts.append(PlacedText("", Box(right - ICON, box.top + 3, ICON, ICON), icon="clock"))
    closed = ICON + 3 + measure(head.closed_text, SMALL, False) if head.closed else 0
    room = right - left - closed - (3 if closed else 0)
    form = fitting(head.day_texts, room, SMALL, measure) or head.day_texts[-1]
    width = measure(form, SMALL, False)
    texts.append(PlacedText(form, Box(left, box.top + 19, width, LINE), muted=True))
    if closed:
        lock_left = left + width + 3
        texts.append(
            PlacedText(head.closed_text, Box(lock_left, box.top + 19, closed, LINE), muted=True, icon="lock")
        )
    return PlacedHead(head, box, tuple(texts))


def _bar(piece: BarPiece, box: Box, measure: Measure) -> PlacedBar:
    return PlacedBar(piece, box, tuple(BarTexts(piece, box, measure).place()))
