"""What happened to a course, as rows: stops, restarts, decisions, plans; who told each, and when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pharmacy_app.domain.clock import span_text
from pharmacy_app.workflow.course_told import PLAN_ACCEPTED
from ui.course.moment import local_text

if TYPE_CHECKING:
    from pharmacy_app.domain.infusion_stop import InfusionRestart, InfusionStop
    from pharmacy_app.workflow.course import CourseView
    from pharmacy_app.workflow.course_told import CourseTold
    from ui.words import Words


@dataclass(frozen=True, slots=True)
class _Kind:
    """The name of its words, its shape, and the act under which the record has it."""

    name: str
    icon: str
    act: str


_STOPPED = _Kind("stopped", "stop", "infusion-stopped")
_RESTARTED = _Kind("restarted", "done", "infusion-restarted")
_ANSWERED = _Kind("answered", "done", "full-dose-answered")
_ENDED = _Kind("ended", "stop", "treatment-ended")
_PLAN = _Kind("plan", "note", PLAN_ACCEPTED)


@dataclass(frozen=True, slots=True)
class StoryRow:
    """One happening: what, when, the rest of it, and who told it when."""

    icon: str
    what: str
    when: str
    lines: tuple[str, ...]
    told: str
    at: datetime


def story(view: CourseView, told: CourseTold, words: Words) -> tuple[StoryRow, ...]:
    """The newest first."""
    teller = _Teller(view, told, words, ZoneInfo(view.order.time_zone))
    return tuple(sorted(teller.rows(), key=lambda each: each.at, reverse=True))


@dataclass(frozen=True, slots=True)
class _Teller:
    view: CourseView
    told: CourseTold
    words: Words
    zone: ZoneInfo

    def rows(self) -> Iterator[StoryRow]:
        course = self.view.course
        stops = {each.number: each for each in course.stops}
        for stop in course.stops:
            yield self._stop(stop)
        for restart in course.restarts:
            yield self._restart(restart, stops[restart.number])
        if course.answer is not None:
            told_at, prescriber = course.answer.told_at, course.answer.prescriber
            lines = (self._prescriber(prescriber),)
            yield self._row(_ANSWERED, told_at, told_at, lines)
        if course.ended is not None:
            ended = course.ended
            yield self._row(
                _ENDED, ended.ended_at, ended.told_at, (self._prescriber(ended.prescriber), ended.reason)
            )
        for plan in self.told.plans:
            yield self._row(_PLAN, plan.at, plan.at, (), revision=plan.revision)

    def _stop(self, stop: InfusionStop) -> StoryRow:
        lines = [stop.reason]
        if stop.event is not None:
            event = self.words(f"ui.course.event.{stop.event.value}")
            lines.append(self.words("ui.course.story.event", event=event, grade=str(stop.grade)))
        lines += [self.words(f"ui.course.sign.{each.value}") for each in stop.signs]
        lines.append(self.words("ui.course.story.dose", dose=stop.dose.text))
        return self._row(_STOPPED, stop.stopped_at, stop.told_at, lines)

    def _restart(self, restart: InfusionRestart, stop: InfusionStop) -> StoryRow:
        lines = [self.words("ui.course.story.off", off=span_text(restart.restarted_at - stop.stopped_at))]
        if restart.resolved_at is not None:
            lines.append(
                self.words("ui.course.story.resolved", at=local_text(restart.resolved_at, self.zone))
            )
        if restart.prescriber:
            lines.append(self._prescriber(restart.prescriber))
        lines += [restart.decision] if restart.decision else []
        if restart.keep_clock_time:
            lines.append(self.words("ui.course.story.clock-kept"))
        at, told_at = restart.restarted_at, restart.told_at
        return self._row(_RESTARTED, at, told_at, lines)

    def _prescriber(self, name: str) -> str:
        return self.words("ui.course.story.prescriber", prescriber=name)

    def _row(
        self, kind: _Kind, at: datetime, told_at: datetime, lines: Sequence[str], **values: str
    ) -> StoryRow:
        who, when = self.told.who(kind.act, told_at), local_text(told_at, self.zone)
        return StoryRow(
            icon=kind.icon,
            what=self.words(f"ui.course.story.{kind.name}", **values),
            when=local_text(at, self.zone),
            lines=tuple(lines),
            told=self.words("ui.course.story.told", who=who, when=when),
            at=told_at,
        )
