"""Where an infusion stands now, and the clocks of a stop. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pharmacy_app.domain.clock import shown, span_text, time_left_text
from pharmacy_app.domain.infusion_stop import GRADE_3
from pharmacy_app.domain.order import AdverseEvent
from ui.course.moment import local_text

if TYPE_CHECKING:
    from pharmacy_app.domain.infusion_stop import InfusionStop
    from pharmacy_app.domain.plan_record import BagRecord
    from pharmacy_app.domain.protocol import Protocol
    from pharmacy_app.workflow.course import CourseView
    from ui.words import Words

_NEAR = timedelta(minutes=30)
_DAY = timedelta(days=1)
NEW_PLAN = "course.new-plan-needed"


class CourseState(Enum):
    """The value is the name in the catalogue."""

    NO_PLAN = "no-plan"
    NOT_BEGUN = "not-begun"
    RUNNING = "running"
    STOPPED = "stopped"
    NEW_PLAN_NEEDED = "new-plan-needed"
    OVER = "over"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Clock:
    """A name, a time, and the name of the shape that says how near its limit is."""

    name: str
    value: str
    icon: str


@dataclass(frozen=True, slots=True)
class Headline:
    """What is read first."""

    state: CourseState
    text: str
    icon: str
    clocks: tuple[Clock, ...] = ()


def state_of(view: CourseView, now: datetime) -> CourseState:
    """Where the infusion of an order stands."""
    if view.course.ended is not None:
        return CourseState.ENDED
    if view.plan is None:
        return CourseState.NO_PLAN
    if view.course.open_stop is not None:
        return CourseState.STOPPED
    if any(each.code == NEW_PLAN for each in view.findings):
        return CourseState.NEW_PLAN_NEEDED
    bags = view.plan.content.bags
    if now < bags[0].start_at:
        return CourseState.NOT_BEGUN
    return CourseState.OVER if now >= bags[-1].change_at else CourseState.RUNNING


def headline(view: CourseView, now: datetime, protocol: Protocol, words: Words) -> Headline:
    """The state in words, and the clocks of a stop that is open."""
    state = state_of(view, now)
    text = words(f"ui.course.state.{state.value}", **_values(state, view, now, days=protocol.infusion_days))
    stop = view.course.open_stop
    clocks = () if stop is None or state is not CourseState.STOPPED else _clocks(stop, now, protocol, words)
    icons = {
        CourseState.RUNNING: "done",
        CourseState.STOPPED: "stop",
        CourseState.NEW_PLAN_NEEDED: "reason",
        CourseState.ENDED: "stop",
    }
    return Headline(state, text, icons.get(state, "note"), clocks)


def _values(state: CourseState, view: CourseView, now: datetime, *, days: int) -> dict[str, str]:
    zone = ZoneInfo(view.order.time_zone)
    bags = () if view.plan is None else view.plan.content.bags
    ended, stop = view.course.ended, view.course.open_stop
    if state is CourseState.ENDED and ended is not None:
        return {"at": local_text(ended.ended_at, zone)}
    if state is CourseState.STOPPED and stop is not None:
        return {"since": span_text(max(now - stop.stopped_at, timedelta()))}
    if state is CourseState.NOT_BEGUN:
        return {"at": local_text(bags[0].start_at, zone)}
    if state is CourseState.OVER:
        return {"at": local_text(bags[-1].change_at, zone)}
    if state is CourseState.RUNNING:
        return {"day": str(infusion_day(bags, now, zone)), "days": str(days)}
    return {}


def infusion_day(bags: tuple[BagRecord, ...], now: datetime, zone: ZoneInfo) -> int:
    """The day of the cycle that runs now; in a gap, the last day that ran."""
    bag = [each for each in bags if each.start_at <= now][-1]
    days = (shown(now, zone) - shown(bag.start_at, zone)) // _DAY
    return min(bag.first_day + days, bag.last_day)


def _clocks(stop: InfusionStop, now: datetime, protocol: Protocol, words: Words) -> tuple[Clock, ...]:
    """How long off, and what is left to each limit that counts for this stop."""
    found = []
    if stop.grade is None or stop.grade < GRADE_3:
        hours = timedelta(hours=protocol.whole("interruption.restart_hours"))
        found.append(_limit("hours", hours, stop.stopped_at + hours - now, words))
    days = timedelta(days=protocol.whole("interruption.longest_days"))
    found.append(_limit("days", days, stop.stopped_at + days - now, words))
    if stop.grade is not None and stop.grade >= GRADE_3:
        neurologic = stop.event is AdverseEvent.NEUROLOGIC
        name = "restart.neurologic.longest_days" if neurologic else "restart.longest_days"
        days = timedelta(days=protocol.whole(name))
        found.append(_limit("resolve", days, stop.stopped_at + days - now, words))
    if stop.grade is not None and stop.grade >= GRADE_3 and stop.event is AdverseEvent.NEUROLOGIC:
        off = timedelta(days=protocol.whole("restart.neurologic.minimum_interruption"))
        left = stop.stopped_at + off - now
        value = time_left_text(left) if left > timedelta() else words("ui.course.clock.reached")
        found.append(Clock(words("ui.course.clock.not-before", limit=_limit_text(off)), value, "clock"))
    return tuple(found)


def _limit(name: str, limit: timedelta, left: timedelta, words: Words) -> Clock:
    caption = words(f"ui.course.clock.{name}", limit=_limit_text(limit))
    # At the hours the restart is made up already; after whole days the value itself is still within.
    if left < timedelta() or (left == timedelta() and limit < _DAY):
        return Clock(caption, words("ui.course.clock.over"), "stop")
    return Clock(caption, time_left_text(left), "reason" if left < _NEAR else "clock")


def _limit_text(limit: timedelta) -> str:
    return f"{limit // _DAY} days" if limit >= _DAY else f"{limit // timedelta(hours=1)} h"
