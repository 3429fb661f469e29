"""What the Plan page shows, as values. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from ui.plan.bag_facts import BagFacts
from ui.plan.change_card import ChangeCard
from ui.plan.comparison import AlternativeView
from ui.plan.cycle import Cycle
from ui.remarks import Remark


class Shown(Enum):
    """Which plan is in the picture; the value names its words."""

    IN_USE = "in-use"
    TYPED = "typed"
    NOT_CHOSEN = "not-chosen"


@dataclass(frozen=True, slots=True)
class PlanFigures:
    """The totals of the plan in the picture: the two big ones, the rows, and why."""

    bags: tuple[str, str]
    changes: tuple[str, str]
    rows: tuple[tuple[str, str], ...]
    why: str


@dataclass(frozen=True, slots=True)
class SequenceView:
    """The typed line: how far it reaches, every stop about it, what may be done with it.

    `first_remark` is the first of `remarks` in one line, or nothing: the others stand among the findings.
    """

    reach: str
    remarks: tuple[Remark, ...]
    first_remark: tuple[Remark, ...]
    may_use: bool
    may_go_back: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """What the picture shows while a bag's edge is moved. `remarks` are the rules that it breaks."""

    cycle: Cycle
    card: ChangeCard
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class PlanView:
    """Everything the page shows. `cycle` and `figures` are None where a plan is refused or missing.

    `may_change`: the bag in view can be given another duration.
    """

    title: str
    facts: tuple[tuple[str, str], ...]
    notice: str
    shown: Shown
    shown_name: str
    cycle: Cycle | None
    figures: PlanFigures | None
    bag: BagFacts | None
    remarks: tuple[Remark, ...]
    alternatives: tuple[AlternativeView, ...]
    alternative_shown: int | None
    sequence: SequenceView
    may_accept: bool
    why_not_accept: str
    kept: bool
    may_undo: bool = False
    may_redo: bool = False
    may_change: bool = False
