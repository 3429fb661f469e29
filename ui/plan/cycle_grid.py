"""The grid of the cycle's picture: where rows and minutes of the clock are, in whole pixels. No Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from ui.boxes import Box
from ui.plan.cycle import COLUMN, ROW, BarPiece, Cycle

SIDE = 10
WALL = 6
HOSPITAL = 4
_HEAD = 37
_LOW_HEAD = 20
_LOW_ROW = 96
_LEAST = 4


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of one height under each other. Where they are low, the head of a day has one line, not two."""

    width: int
    top: int
    row_height: int
    rows: int

    @property
    def low(self) -> bool:
        """Whether rows have no room for heads of two lines."""
        return self.row_height < _LOW_ROW

    @property
    def head_height(self) -> int:
        return _LOW_HEAD if self.low else _HEAD

    def x(self, minute: int) -> int:
        """Where a minute of a row is."""
        return SIDE + (self.width - 2 * SIDE) * minute // ROW

    def row_top(self, row: int) -> int:
        return self.top + row * self.row_height

    def bar_top(self, row: int) -> int:
        return self.row_top(row) + self.head_height + HOSPITAL + 1

    def bar_bottom(self, row: int) -> int:
        return self.row_top(row + 1) - 3

    def head(self, row: int, column: int) -> Box:
        left = self.x(column * COLUMN)
        return Box(left, self.row_top(row), self.x((column + 1) * COLUMN) - left, self.head_height)

    def bar(self, piece: BarPiece) -> Box:
        """Ends of a bag keep 3 px from the day's line; a bar that goes on reaches the line."""
        left = self.x(piece.begin) + (3 if piece.begins else 0)
        right = self.x(piece.end) - (3 if piece.ends else 0)
        return self.band(piece.row, left, max(right, left + _LEAST))

    def band(self, row: int, left: int, right: int) -> Box:
        """From one pixel to another, as high as a bar."""
        top = self.bar_top(row)
        return Box(left, top, right - left, self.bar_bottom(row) - top)

    def walls(self, cycle: Cycle) -> Iterator[Box]:
        """A wall between two rows stands at the end of the one and at the beginning of the other."""
        begins = {piece.row * ROW + piece.begin for piece in cycle.pieces if piece.begins}
        ends = {piece.row * ROW + piece.end for piece in cycle.pieces if piece.ends}
        for place in cycle.walls:
            row, minute = divmod(place, ROW)
            if minute:
                yield self._wall(row, self.x(minute) - WALL // 2)
                continue
            if place in ends:
                yield self._wall(row - 1, self.x(ROW) + SIDE - WALL)
            if place in begins:
                yield self._wall(row, SIDE - WALL - 2)

    def _wall(self, row: int, left: int) -> Box:
        top = self.bar_top(row) - HOSPITAL
        return Box(left, top, WALL, self.row_top(row + 1) - 1 - top)

    def hospital(self, cycle: Cycle) -> Iterator[Box]:
        """The green line over the days in hospital."""
        for row, week in enumerate(cycle.weeks):
            for in_hospital, run in groupby(range(len(week)), key=lambda at: week[at].in_hospital):
                columns = list(run)
                if in_hospital:
                    left, right = self.x(columns[0] * COLUMN), self.x((columns[-1] + 1) * COLUMN)
                    yield Box(left, self.row_top(row) + self.head_height - 1, right - left, HOSPITAL)

    def place_at(self, left: int, top: int) -> int:
        """The minute of the cycle at a point; outside the rows that of the nearest one."""
        row = min(max((top - self.top) // max(self.row_height, 1), 0), self.rows - 1)
        span = max(self.width - 2 * SIDE, 1)
        return row * ROW + min(max((left - SIDE) * ROW // span, 0), ROW)
