"""The picture of a cycle as weeks, as values: what lies where, and what each bar has to say.

Seven columns, each beginning at the cycle's clock time; a row is a week. Places are minutes of the clock
since the first column begins: a column has 1440 of them, whatever the clock does. Nothing here knows pixels.
"""

from __future__ import annotations

from dataclasses import dataclass

COLUMNS = 7
COLUMN = 1440
ROW = COLUMNS * COLUMN


@dataclass(frozen=True, slots=True)
class DayHead:
    """The head of one column of one week. Each tuple of texts holds forms of one text, the longest first.

    `day` is the infusion day that runs when the column begins, or first in it; 0: none runs in it.
    """

    day: int
    date_texts: tuple[str, ...]
    day_texts: tuple[str, ...]
    closed_text: str
    in_hospital: bool
    clock_change: bool

    @property
    def date_text(self) -> str:
        """Weekday and date."""
        return self.date_texts[0]

    @property
    def closed(self) -> bool:
        return bool(self.closed_text)


@dataclass(frozen=True, slots=True)
class BarPiece:
    """What one bag covers of one week: from `begin` up to `end`, in minutes since the row begins.

    Each tuple of texts holds forms of one text, the longest first; an empty tuple: nothing to say here.
    `diluent`, `state` and `clock` stand on the bag's widest piece at least. `state` is what is to be known of
    the bag beside its figures, and `mark` names the shape before it, as `clock_mark` that before `clock`.
    `outlined`: it runs or has run; `void`: it was stopped; `locked`: it cannot be changed any more.
    """

    number: int
    row: int
    begin: int
    end: int
    begins: bool
    ends: bool
    low_dose: bool
    bacteriostatic: bool
    heading: tuple[str, ...]
    dose: str
    diluent: str
    times: tuple[str, ...]
    clock: tuple[str, ...]
    amounts: tuple[str, ...]
    new_set: str
    state: tuple[str, ...] = ()
    mark: str = ""
    outlined: bool = False
    void: bool = False
    locked: bool = False
    clock_mark: str = "clock"

    @property
    def first_column(self) -> int:
        """The column in which it begins."""
        return self.begin // COLUMN

    @property
    def end_column(self) -> int:
        """The column after the last one that it touches."""
        return -(-self.end // COLUMN)

    @property
    def wide(self) -> bool:
        """Whether it has more room than one column."""
        return self.end - self.begin > COLUMN


@dataclass(frozen=True, slots=True)
class GapPiece:
    """What an interruption covers of one week.

    `texts` are forms of one text, the one that says most first; a form may have several lines.
    """

    row: int
    begin: int
    end: int
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edge:
    """The end of a bag, which may be moved to where another duration would end: `choices`, in hours."""

    number: int
    at: int
    choices: tuple[tuple[int, int], ...]

    def nearest(self, place: int) -> int:
        """The duration that ends next to a place; of two as near, the shorter."""
        return min(self.choices, key=lambda choice: (abs(choice[1] - place), choice[0]))[0]


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """`swatch` names what is drawn beside the words; empty: words alone."""

    swatch: str
    text: str


@dataclass(frozen=True, slots=True)
class Cycle:
    """All that is drawn. `walls` are the places at which the dose changes, `now` that of the present."""

    weeks: tuple[tuple[DayHead, ...], ...]
    pieces: tuple[BarPiece, ...]
    walls: tuple[int, ...]
    legend: tuple[LegendEntry, ...]
    gaps: tuple[GapPiece, ...] = ()
    edges: tuple[Edge, ...] = ()
    now: int | None = None
    now_text: str = ""

    @property
    def end(self) -> int:
        """The place where the last column ends."""
        return sum(len(week) for week in self.weeks) * COLUMN

    def pieces_of(self, number: int) -> tuple[BarPiece, ...]:
        """The pieces of one bag, in the order of the weeks."""
        return tuple(piece for piece in self.pieces if piece.number == number)

    def in_week(self, number: int, weeks: int) -> int:
        """The bag that lies so many weeks below (or above) the beginning of another."""
        own = self.pieces_of(number)[0 if weeks < 0 else -1]
        for piece in self.pieces:
            if piece.row == own.row + weeks and piece.begin <= own.begin < piece.end:
                return piece.number
        return number


def rows_of(begin: int, end: int) -> tuple[tuple[int, int, int], ...]:
    """Row, begin and end in the row, of each week that a stretch of time lies in.

    >>> rows_of(9 * 1440, 15 * 1440)
    ((1, 2880, 10080), (2, 0, 1440))
    """
    found = []
    while begin < end:
        row = begin // ROW
        until = min(end, (row + 1) * ROW)
        found.append((row, begin - row * ROW, until - row * ROW))
        begin = until
    return tuple(found)
