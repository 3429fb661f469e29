"""What the Record page shows, as plain values. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass

from ui.remarks import Remark

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """Two lines of a table, the upper one larger. `icon` names a shape that stands before the upper one."""

    upper: str
    lower: str
    bold: bool = False
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `key` tells it from the others; `spoken` is read aloud."""

    key: str
    cells: tuple[Cell, ...]
    spoken: str


@dataclass(frozen=True, slots=True)
class ChainView:
    """The state of the record. `icon` is the name of its shape, `beside` stands small at the right."""

    icon: str
    text: str
    beside: str
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry, whole. `facts` are what it tells by name, `digests` captions and values."""

    title: str
    about: Pairs
    facts: Pairs
    digests: Pairs


@dataclass(frozen=True, slots=True)
class EntriesView:
    """The entries that are meant, a portion at a time. With `empty` there is none."""

    rows: tuple[Row, ...]
    chosen: int | None
    shown: str
    may_newer: bool
    may_older: bool
    empty: bool
    remarks: tuple[Remark, ...]
    entry: EntryView | None


@dataclass(frozen=True, slots=True)
class RecallView:
    """The bags of a lot. `result` is the large sentence, empty before anything was asked.

    `lots` are code and name of each product that has a lot of the number; `facts` tell of the one that is
    chosen, and `why_not` why it cannot be recalled here. `bag` tells of the bag that is chosen.
    """

    result: str
    icon: str
    rows: tuple[Row, ...]
    chosen: int | None
    lots: Pairs
    code: str
    facts: Pairs
    bag: Pairs
    why_not: str
    remarks: tuple[Remark, ...]
