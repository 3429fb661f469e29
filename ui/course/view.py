"""What the panel of a course shows, ready to be shown. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass, field

from ui.course.comparison import Comparison
from ui.course.headline import Headline
from ui.course.story import StoryRow
from ui.remarks import Remark

Remarks = dict[str, tuple[Remark, ...]]  # by field; the empty name is the whole form


@dataclass(frozen=True, slots=True)
class FormView:
    """The remarks at each field of the form that is open, and the words of a time that comes twice."""

    remarks: Remarks = field(default_factory=dict)
    twice: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RestartView:
    """The form of a restart with what it would bring. `comparison` None: nothing to compare yet."""

    form: FormView
    asks_resolved: bool
    asks_clock: bool
    comparison: Comparison | None
    plan_remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class BagRow:
    """One bag that is made and not ended."""

    serial: str
    shown: str
    what: str
    answer: str
    icon: str
    may_void: bool


@dataclass(frozen=True, slots=True)
class HeldView:
    """The bag that waits for an answer. `may_answer`: a pharmacist is here."""

    text: str
    answered: bool
    may_answer: bool
    remarks: Remarks


@dataclass(frozen=True, slots=True)
class NextView:
    """The next cycle of the indication."""

    title: str
    rows: tuple[tuple[str, str], ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class CourseShown:
    """Everything of one order's course. `form` names the open one: `stop`, `restart` or none."""

    head: Headline
    form: str
    no_form: str
    stop: FormView
    restart: RestartView
    story: tuple[StoryRow, ...]
    findings: tuple[Remark, ...]
    advice: tuple[Remark, ...]
    bags: tuple[BagRow, ...]
    held: HeldView | None
    next: NextView | None
    may_accept_plan: bool
    may_end: bool
