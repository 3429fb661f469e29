"""What the Verify page shows, ready to be shown. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass

from ui.remarks import Remark


@dataclass(frozen=True, slots=True)
class Fact:
    """One row: a name, something beside it such as a lot, and the value.

    `covered`: nobody may see the value yet. `differs`: it is boxed. `done`: it has the square with the tick.
    """

    name: str
    value: str
    beside: str = ""
    covered: bool = False
    differs: bool = False
    done: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One of the three cards side by side; `headline` empty: covered."""

    title: str
    headline: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A bag that waits to be verified."""

    serial: str
    patient: str
    what: str
    since: str


@dataclass(frozen=True, slots=True)
class OwnFigure:
    """What became of one of the verifier's own figures."""

    sentence: str
    right: bool


@dataclass(frozen=True, slots=True)
class VerifyView:
    """Everything. Without `sides` no bag is open: then `notice`, `notice_remarks` and `waiting` are shown."""

    title: str
    facts: tuple[tuple[str, str], ...]
    notice: str
    notice_remarks: tuple[Remark, ...]
    waiting: tuple[Waiting, ...]
    sides: tuple[Side, ...]
    figures_typed: bool
    drug: OwnFigure | None
    total: OwnFigure | None
    remarks: tuple[Remark, ...]
    meaning: str
    signed: str
    may_sign: bool
    why_not: str
    released: str
