"""Where everything of the cycle's picture stands, in whole pixels.

All rows have one height. A text is never cut: `bar_texts.py` chooses the form that fits.
"""

from __future__ import annotations

from dataclasses import dataclass

from ui.boxes import ICON, LINE, SMALL, Box, Measure, PlacedText, fitting
from ui.plan.bar_texts import BarTexts
from ui.plan.cycle import ROW, BarPiece, Cycle, DayHead, GapPiece, LegendEntry
from ui.plan.cycle_drag import Grip, grips
from ui.plan.cycle_grid import HOSPITAL, SIDE, WALL, Grid

LEGEND_LINE = 22
SWATCH = 28
_GAP = 6
_TAG_PAD = 5
_NOW_LINE = 2
_BETWEEN = 5


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
class PlacedGap:
    """One piece of an interruption; without a text where none has room. `more` are the lines below it."""

    box: Box
    text: PlacedText | None
    more: tuple[PlacedText, ...] = ()

    @property
    def texts(self) -> tuple[PlacedText, ...]:
        """Its lines."""
        return () if self.text is None else (self.text, *self.more)


@dataclass(frozen=True, slots=True)
class PlacedNow:
    """The line at the present, and its word; without one where no place is free."""

    line: Box
    tag: Box | None
    text: str


@dataclass(frozen=True, slots=True)
class PlacedEntry:
    """One entry of the legend; `swatch` has no width where the entry is words alone."""

    entry: LegendEntry
    swatch: Box
    text: PlacedText


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole picture, ready to be painted. `marks` are centres of the new-set mark."""

    grid: Grid
    legend: tuple[PlacedEntry, ...] = ()
    heads: tuple[PlacedHead, ...] = ()
    bars: tuple[PlacedBar, ...] = ()
    gaps: tuple[PlacedGap, ...] = ()
    walls: tuple[Box, ...] = ()
    hospital: tuple[Box, ...] = ()
    marks: tuple[tuple[int, int], ...] = ()
    grips: tuple[Grip, ...] = ()
    now: PlacedNow | None = None

    def bar_at(self, left: int, top: int) -> PlacedBar | None:
        """The bar under a point; where one lies over another, that one."""
        for bar in reversed(self.bars):
            inside = bar.box.left <= left < bar.box.right and bar.box.top <= top < bar.box.bottom
            if inside:
                return bar
        return None


NOTHING = Drawing(Grid(0, 0, 0, 1))


def changed_rows(old: Drawing, new: Drawing) -> list[int] | None:
    """The weeks in which two drawings of one size differ; None: more differs than weeks."""
    if (old.grid, old.legend, old.heads, old.now) != (new.grid, new.legend, new.heads, new.now):
        return None
    return [row for row in range(new.grid.rows) if _in_row(old, row) != _in_row(new, row)]


def _in_row(drawing: Drawing, row: int) -> tuple[object, ...]:
    top, bottom = drawing.grid.row_top(row), drawing.grid.row_top(row + 1)
    bars = [bar for bar in drawing.bars if bar.piece.row == row]
    marks = [mark for mark in drawing.marks if top <= mark[1] < bottom]
    return bars, marks


def lay_out(cycle: Cycle, *, width: int, height: int, measure: Measure) -> Drawing:
    """Place everything in `width` × `height`; all rows have one height."""
    legend, legend_height = _legend(cycle.legend, width, measure)
    rows = max(len(cycle.weeks), 1)
    grid = Grid(width, legend_height, (height - legend_height) // rows, rows)
    heads = tuple(
        _head(head, grid.head(row, column), measure, low=grid.low)
        for row, week in enumerate(cycle.weeks)
        for column, head in enumerate(week)
    )
    bars = tuple(_bar(piece, grid.bar(piece), measure) for piece in cycle.pieces)
    gaps = tuple(_gap(gap, grid, measure, _free_of_now(gap, grid, cycle, measure)) for gap in cycle.gaps)
    # Under a head of one line the marks stand lower, so that they cover none of its words.
    above = HOSPITAL // 2 + 1 - (HOSPITAL if grid.low else 0)
    marks = tuple(
        (grid.x(piece.begin), grid.bar_top(piece.row) - above) for piece in cycle.pieces if piece.new_set
    )
    texts = [text.box for head in heads for text in head.texts]
    texts += [text.box for bar in bars for text in bar.texts]
    texts += [text.box for gap in gaps for text in gap.texts]
    return Drawing(
        grid=grid,
        legend=legend,
        heads=heads,
        bars=bars,
        gaps=gaps,
        walls=tuple(grid.walls(cycle)),
        hospital=tuple(grid.hospital(cycle)),
        marks=marks,
        grips=grips(cycle, grid),
        now=_now(cycle, grid, texts, measure),
    )


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


_NARROW_SWATCHES = {
    "wall": WALL,
    "now": WALL,
    "lock": ICON,
    "clock": ICON,
    "unknown": ICON,
    "new-set": ICON + 2,
}


def _swatch_width(swatch: str) -> int:
    return _NARROW_SWATCHES.get(swatch, SWATCH) if swatch else 0


def _head(head: DayHead, box: Box, measure: Measure, *, low: bool) -> PlacedHead:
    return PlacedHead(
        head, box, tuple(_low_head(head, box, measure) if low else _high_head(head, box, measure))
    )


def _high_head(head: DayHead, box: Box, measure: Measure) -> list[PlacedText]:
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
    return texts


def _low_head(head: DayHead, box: Box, measure: Measure) -> list[PlacedText]:
    """One line: the date, at the right the marks, and between them the day where it has room.

    The day goes before the weekday: the bars say that where they end.
    """
    left, right = box.left + 5, box.right - 3
    texts: list[PlacedText] = []
    for icon, wanted in (("clock", head.clock_change), ("lock", head.closed)):
        if wanted:
            right -= ICON
            texts.append(PlacedText("", Box(right, box.top + 3, ICON, ICON), muted=True, icon=icon))
            right -= 3
    day, room = head.day_texts[-1], right - left
    day_width = measure(day, SMALL, False)
    date = fitting(head.date_texts, room - _BETWEEN - day_width, SMALL, measure, bold=True)
    if date is None:
        day_width = 0
        date = fitting(head.date_texts, room, SMALL, measure, bold=True) or head.date_texts[-1]
    width = measure(date, SMALL, True)
    texts.append(PlacedText(date, Box(left, box.top + 1, width, LINE), bold=True))
    if day_width:
        place = Box(left + width + _BETWEEN, box.top + 1, day_width, LINE)
        texts.append(PlacedText(day, place, muted=True))
    return texts


def _bar(piece: BarPiece, box: Box, measure: Measure) -> PlacedBar:
    return PlacedBar(piece, box, tuple(BarTexts(piece, box, measure).place()))


def _gap(gap: GapPiece, grid: Grid, measure: Measure, free: Box) -> PlacedGap:
    """`free` is where in it words may stand."""
    box = grid.band(gap.row, grid.x(gap.begin), grid.x(gap.end))
    for form in gap.texts:
        lines = form.split("\n")
        widths = [measure(line, SMALL, True) for line in lines]
        if max(widths) > free.width - 12 or len(lines) * LINE > free.height - 4:
            continue
        top = free.top + (free.height - len(lines) * LINE) // 2
        first, *more = (
            PlacedText(
                line, Box(free.left + (free.width - width) // 2, top + at * LINE, width, LINE), bold=True
            )
            for at, (line, width) in enumerate(zip(lines, widths, strict=True))
        )
        return PlacedGap(box, first, tuple(more))
    return PlacedGap(box, None)


def _free_of_now(gap: GapPiece, grid: Grid, cycle: Cycle, measure: Measure) -> Box:
    """The part of a gap at one side of the present, so that its words are not crossed."""
    left, right = grid.x(gap.begin), grid.x(gap.end)
    if cycle.now is not None and cycle.now // ROW == gap.row:
        now, tag = grid.x(cycle.now % ROW), measure(cycle.now_text, SMALL, True) + 2 * _TAG_PAD
        if left <= now < right:
            left, right = (left, now) if now - left > right - now else (now + _NOW_LINE, right)
            left, right = (left, right - tag) if right == now else (left + tag, right)
    return grid.band(gap.row, left, right)


def _now(cycle: Cycle, grid: Grid, texts: list[Box], measure: Measure) -> PlacedNow | None:
    """The line at the present; its word stands beside it where it covers no other."""
    if cycle.now is None or not 0 <= cycle.now < cycle.end:
        return None
    row, minute = divmod(cycle.now, ROW)
    middle, width = grid.x(minute), measure(cycle.now_text, SMALL, True) + 2 * _TAG_PAD
    top, bottom = grid.row_top(row) + grid.head_height, grid.bar_bottom(row)
    line = Box(middle - _NOW_LINE // 2, top, _NOW_LINE, bottom - top)
    lefts = (middle - width // 2, middle, middle - width)
    in_head = (grid.row_top(row) + grid.head_height - LINE, grid.row_top(row) + 1)
    tops = (*in_head, *range(bottom - LINE - 3, top, -3))
    places = (Box(left, each, width, LINE) for each in tops for left in lefts)
    free = (
        each
        for each in places
        if each.left >= 0 and each.right <= grid.width and not any(_meet(each, text) for text in texts)
    )
    return PlacedNow(line, next(free, None), cycle.now_text)


def _meet(one: Box, other: Box) -> bool:
    """Whether they cover each other, or stand less than 3 px apart in a line."""
    apart = one.right + 3 <= other.left or other.right + 3 <= one.left
    return not (apart or one.bottom <= other.top or other.bottom <= one.top)
