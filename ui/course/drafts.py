"""What is typed into the forms of a course, as typed, and the commands made of it. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Generic, TypeVar
from zoneinfo import ZoneInfo

from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.infusion_stop import NeurologicSign
from pharmacy_app.domain.order import AdverseEvent
from pharmacy_app.workflow.course import RestartTyped, StopTyped
from ui.course.moment import TypedMoment, read_moment

if TYPE_CHECKING:
    from pharmacy_app.domain.infusion_stop import InfusionStop

Typed = TypeVar("Typed")
NO_EVENT = "none"
KEEP = {"yes": True, "no": False}
NOT_RECURRED = {"yes": True, "no": False, "unknown": None}


@dataclass(frozen=True, slots=True)
class StopDraft:
    """The form of a stop. What is None was not chosen."""

    when: TypedMoment = field(default_factory=TypedMoment)
    reason: str = ""
    event: str | None = None
    grade: str | None = None
    signs: tuple[str, ...] = ()

    @property
    def has_event(self) -> bool:
        """Whether an adverse event was chosen."""
        return self.event not in {None, NO_EVENT}


@dataclass(frozen=True, slots=True)
class RestartDraft:
    """The form of a restart."""

    when: TypedMoment = field(default_factory=TypedMoment)
    resolved: TypedMoment = field(default_factory=TypedMoment)
    prescriber: str = ""
    decision: str = ""
    keep: str | None = None


@dataclass(frozen=True, slots=True)
class Read(Generic[Typed]):
    """What a form says, or everything in it that cannot be read."""

    typed: Typed | None
    refused: tuple[InputRefused, ...] = ()


def read_stop(draft: StopDraft, zone: ZoneInfo) -> Read[StopTyped]:
    """The stop that was typed."""
    refused: list[InputRefused] = []
    when = _moment(draft.when, "when", zone, refused)
    if draft.event is None:
        refused.append(InputRefused("event", "", "ui.course.expected.event"))
    if draft.has_event and draft.grade is None:
        refused.append(InputRefused("grade", "", "ui.course.expected.grade"))
    if refused and not draft.reason.strip():
        refused.append(InputRefused("reason", "", "ui.course.expected.reason"))
    if refused or when is None:
        return Read(None, tuple(refused))
    event = AdverseEvent(draft.event) if draft.has_event else None
    signs = draft.signs if event is AdverseEvent.NEUROLOGIC else ()
    return Read(
        StopTyped(
            stopped_at=when,
            reason=draft.reason,
            event=event,
            grade=int(draft.grade) if draft.has_event and draft.grade is not None else None,
            signs=tuple(NeurologicSign(each) for each in signs),
        )
    )


def read_restart(
    draft: RestartDraft, stop: InfusionStop, zone: ZoneInfo, *, asks_clock: bool
) -> Read[RestartTyped]:
    """The restart that was typed. An empty *resolved* is none; `asks_clock`: the old clock time is asked."""
    refused: list[InputRefused] = []
    when = _moment(draft.when, "when", zone, refused)
    resolved = None
    if stop.event is not None and draft.resolved.text:
        resolved = _moment(draft.resolved, "resolved", zone, refused)
    if asks_clock and draft.keep is None:
        refused.append(InputRefused("keep", "", "ui.course.expected.keep"))
    if refused or when is None:
        return Read(None, tuple(refused))
    keep = KEEP[draft.keep] if asks_clock and draft.keep is not None else False
    return Read(RestartTyped(when, draft.prescriber, draft.decision, resolved, keep))


def restart_moment(draft: RestartDraft, zone: ZoneInfo) -> datetime | None:
    """When the infusion is to begin again; None while that cannot be read."""
    try:
        return read_moment(draft.when, field="when", zone=zone)
    except InputRefused:
        return None


def _moment(typed: TypedMoment, name: str, zone: ZoneInfo, refused: list[InputRefused]) -> datetime | None:
    try:
        return read_moment(typed, field=name, zone=zone)
    except InputRefused as refusal:
        refused.append(refusal)
        return None


# At which field of its form a finding stands; the others stand above the button.
FIELD_OF = {
    "course.in-the-future": "when",
    "course.outside": "when",
    "course.before-restart": "when",
    "course.event-and-grade": "grade",
    "course.grade": "grade",
    "course.signs": "signs",
    "course.reason-missing": "reason",
    "restart.before-stop": "when",
    "restart.new-cycle": "when",
    "restart.new-cycle-low-dose": "when",
    "restart.too-early": "when",
    "restart.not-resolved": "resolved",
    "restart.resolved-before-stop": "resolved",
    "restart.resolved-too-late": "resolved",
    "restart.prescriber-missing": "prescriber",
    "restart.decision-missing": "decision",
}
