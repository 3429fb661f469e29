"""What has found its place on a stock, and what has not. Lengths in points from the upper left corner."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from labels.phrase import Part
from labels.symbols import Symbol

ROOM_ABOVE = 0.77  # of a row above its base line, in ems: more than the ascent of either font
ROOM_BELOW = 0.30
_CAPITALS = 0.67


@dataclass(slots=True)
class PlacedText:
    """A text with the left end of its base line."""

    item: str
    part: Part
    size: float
    x: float
    baseline: float
    white: bool = False


@dataclass(slots=True)
class Shape:
    """A black area; with a `line` width, the outline of one."""

    left: float
    top: float
    right: float
    bottom: float
    line: float = 0


@dataclass(frozen=True, slots=True)
class PlacedSymbol:
    """A symbol; its upper left corner in whole dots of the printer."""

    name: str
    symbol: Symbol
    left: int
    top: int


@dataclass(frozen=True, slots=True)
class Misfit:
    """An item that found no place.

    `wide`: too wide by `excess` points at `size`, its smallest, on the `lines` it may take. `tall`: no
    height was left for it.
    """

    item: str
    kind: Literal["wide", "tall"]
    size: float
    excess: float = 0
    lines: int = 1


@dataclass(slots=True)
class Sheet:
    """Everything placed so far."""

    texts: list[PlacedText] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    symbols: list[PlacedSymbol] = field(default_factory=list)
    misfits: list[Misfit] = field(default_factory=list)

    def lower(self, by: float) -> None:
        """Move texts and shapes down. Symbols stay: they stand on the printer's dots."""
        for text in self.texts:
            text.baseline += by
        for shape in self.shapes:
            shape.top += by
            shape.bottom += by

    def take(self, other: Sheet) -> None:
        """Everything from another sheet, which keeps it."""
        self.texts += other.texts
        self.shapes += other.shapes
        self.symbols += other.symbols
        self.misfits += other.misfits


def row_height(size: float) -> float:
    """The height of a row of type."""
    return (ROOM_ABOVE + ROOM_BELOW) * size


def baseline(size: float, *, capitals: bool) -> float:
    """How far the base line is below a row's top; capitals alone stand in the middle of the row."""
    if capitals:
        return (ROOM_ABOVE + ROOM_BELOW + _CAPITALS) / 2 * size
    return ROOM_ABOVE * size
