"""What a measurement gives: a spread of values, a figure with its aim, and the verdict in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median, quantiles
from typing import Literal

Unit = Literal["ms", "MB"]


@dataclass(frozen=True, slots=True)
class Spread:
    """Values in short: their middle, the middle half of them (`lower` to `upper`), and the outermost."""

    median: float
    lower: float
    upper: float
    smallest: float
    largest: float
    count: int


def spread_of(values: Iterable[float]) -> Spread:
    """The spread of at least one value.

    >>> spread_of([3.0, 1.0, 2.0]).median
    2.0
    """
    kept = sorted(values)
    lower, _, upper = quantiles(kept, n=4, method="inclusive") if len(kept) > 1 else kept * 3
    return Spread(median(kept), lower, upper, kept[0], kept[-1], len(kept))


@dataclass(frozen=True, slots=True)
class Aim:
    """At most `limit`: of the ratio, or of our own value; its middle, or the worst of all (`largest`)."""

    limit: float
    of: Literal["ratio", "ours"]
    taken: Literal["median", "largest"] = "median"


@dataclass(frozen=True, slots=True)
class Figure:
    """One row. `ratio` is the spread of ours / peer, pair by pair, each pair measured one after the other.

    `missing` says why there is no peer, or nothing at all; empty where all was measured. `note`: what else
    to know, in a few words.
    """

    name: str
    what: str
    unit: Unit
    ours: Spread | None = None
    peer: Spread | None = None
    ratio: Spread | None = None
    aim: Aim | None = None
    missing: str = ""
    note: str = ""

    @property
    def verdict(self) -> str:
        """The figure against its aim, in words."""
        if self.aim is None:
            return "no aim"
        measured = self.ratio if self.aim.of == "ratio" else self.ours
        if measured is None:
            return "not measured"
        value = measured.median if self.aim.taken == "median" else measured.largest
        return "met" if value <= self.aim.limit else "not met"


@dataclass(frozen=True, slots=True)
class Case:
    """One call with bad input: its longest time, its highest peak, its exit code and the right one.

    `exit_code` is None when it did not end. `named` is the field or the finding that the answer names; empty
    when it was not one document that names any.
    """

    what: str
    seconds: float
    peak_mb: float
    exit_code: int | None
    right_exit_code: int
    named: str

    @property
    def refused(self) -> bool:
        """Whether it was answered as promised."""
        return self.exit_code == self.right_exit_code and bool(self.named)


@dataclass(frozen=True, slots=True)
class Result:
    """What one measurement gives."""

    figures: tuple[Figure, ...]
    cases: tuple[Case, ...] = ()


def paired(figure: Figure, ours: Sequence[float], peer: Sequence[float] = ()) -> Figure:
    """The figure with values that were measured in turn; without a peer's there is no ratio."""
    if not peer:
        return replace(figure, ours=spread_of(ours))
    ratio = spread_of(one / other for one, other in zip(ours, peer, strict=True))
    return replace(figure, ours=spread_of(ours), peer=spread_of(peer), ratio=ratio)
