"""The table of a plan's bags: columns as wide as what stands in them, remarks in what is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from labels.page import LEADING, PALE, Page
from labels.plan_words import COLUMNS, PlanWords, TableRow

SIZES = (8, 7.5, 7, 6.75, 6.5, 6.25, 6)
_GAP = 5.0
_LEAST_REMARKS = 60.0
_AT_THE_RIGHT = {"number", "bag", "runs", "rate", "infuse", "discard", "vials"}


@dataclass(frozen=True, slots=True)
class Table:
    """The table in one size of type. `widths` of the columns, `heads` and `cells` broken into lines."""

    size: float
    widths: tuple[float, ...]
    heads: tuple[tuple[str, ...], ...]
    rows: tuple[TableRow, ...]
    remarks: tuple[tuple[str, ...], ...]

    @property
    def high(self) -> float:
        """How much of the page it takes."""
        lines = sum(max(1, len(each)) for each in self.remarks)
        return self._head_high + lines * self.step + 3

    @property
    def step(self) -> float:
        """From one line to the next."""
        return self.size * LEADING

    @property
    def _head_high(self) -> float:
        return max(len(each) for each in self.heads) * self.step + 3

    def draw(self, page: Page, *, x: float, y: float) -> float:
        """From the upper left corner down; returns where it ends."""
        right = x + sum(self.widths)
        base = y + self.size
        for number, (head, left) in enumerate(zip(self.heads, self._lefts(x), strict=True)):
            for line, text in enumerate(head):
                self._cell(page, number, text, left=left, y=base + line * self.step, bold=True)
        y += self._head_high
        page.rule(x=x, y=y - 1, to_x=right)
        for row, remarks in zip(self.rows, self.remarks, strict=True):
            high = max(1, len(remarks)) * self.step
            if row.strong:
                page.box(x=x, y=y, wide=right - x, high=high, line=0, fill=PALE)
            self._row(page, row, remarks, x=x, y=y + self.size)
            y += high
            page.rule(x=x, y=y, to_x=right, line=0.25)
        return y + 3

    def _row(self, page: Page, row: TableRow, remarks: Sequence[str], *, x: float, y: float) -> None:
        lefts = self._lefts(x)
        for number, (text, left) in enumerate(zip(row.cells[:-1], lefts, strict=False)):
            self._cell(page, number, text, left=left, y=y, bold=row.strong or number == 0)
        for line, text in enumerate(remarks):
            self._cell(page, len(COLUMNS) - 1, text, left=lefts[-1], y=y + line * self.step, bold=True)

    def _lefts(self, x: float) -> list[float]:
        return [x + sum(self.widths[:number]) for number in range(len(self.widths))]

    def _cell(self, page: Page, number: int, text: str, *, left: float, y: float, bold: bool) -> None:
        room = self.widths[number] - _GAP
        if COLUMNS[number] in _AT_THE_RIGHT:
            page.text(text, x=left + room, y=y, size=self.size, bold=bold, align="right", room=room)
        else:
            page.text(text, x=left, y=y, size=self.size, bold=bold, room=room)


def table_of(page: Page, words: PlanWords, *, size: float, room: float) -> Table | None:
    """The table in this size; None where the columns leave no room for the remarks."""
    rows = words.rows()
    texts = [[row.cells[number] for row in rows] for number in range(len(COLUMNS) - 1)]
    widest_cells = [max(page.measure(each, size=size, bold=True) for each in column) for column in texts]
    heads = tuple(
        _head(page, text, size=size, room=wide)
        for text, wide in zip(words.heads(), (*widest_cells, _LEAST_REMARKS), strict=True)
    )
    widths = [
        max(wide, *(page.measure(each, size=size, bold=True) for each in head)) + _GAP
        for head, wide in zip(heads, widest_cells, strict=False)
    ]
    left = room - sum(widths)
    remarks = tuple(
        tuple(page.broken(row.cells[-1], room=left - _GAP, size=size, bold=True)) if row.cells[-1] else ()
        for row in rows
    )
    widest = max((page.measure(each, size=size, bold=True) for lines in remarks for each in lines), default=0)
    if left < _LEAST_REMARKS or widest > left - _GAP:
        return None
    return Table(size, (*widths, left), heads, rows, remarks)


def _head(page: Page, text: str, *, size: float, room: float) -> tuple[str, ...]:
    """A head stands on two lines where it is wider than what stands under it."""
    if page.measure(text, size=size, bold=True) <= room:
        return (text,)
    words = text.split(" ")
    ways = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    return min(
        ways, key=lambda way: max(page.measure(each, size=size, bold=True) for each in way), default=(text,)
    )
