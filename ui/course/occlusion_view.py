"""What the occlusion card shows: the steps in order, and the clock from the disconnection. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pharmacy_app.domain.bag import BagState
from pharmacy_app.domain.clock import span_text
from ui.course.moment import local_text
from ui.icons import Icon

if TYPE_CHECKING:
    from pharmacy_app.domain.quantity import Rate
    from pharmacy_app.workflow.desk import Desk
    from ui.words import Words

GOAL = "interruption.restart_hours"
SOON = timedelta(minutes=30)
STEPS = ("stop", "aspirate", "saline", "thrombolytic", "go-on", "call")
_AT_PATIENT = (BagState.HUNG, BagState.STOPPED)


@dataclass(frozen=True, slots=True)
class LoadedOcclusion:
    """The rate of the bag at the patient (None: none is), the open stop, and the goal in hours."""

    rate: Rate | None
    stopped_at: datetime | None
    hours: int


@dataclass(frozen=True, slots=True)
class ClockView:
    """The time left, large; a sentence; the shape: clock, triangle, stop."""

    left: str
    sentence: str
    icon: Icon


def load_occlusion(desk: Desk, order_number: str) -> LoadedOcclusion:
    """What the card rests on. Of two bags at the patient the one that is due later."""
    ledgers = [each.ledger for each in desk.ledger.not_ended(order_number)]
    at_patient = [each for each in ledgers if each is not None and each.bag.state in _AT_PATIENT]
    stop = desk.course.look(order_number).course.open_stop
    return LoadedOcclusion(
        rate=at_patient[-1].planned.rate if at_patient else None,
        stopped_at=None if stop is None else stop.stopped_at,
        hours=desk.protocol.whole(GOAL),
    )


def steps_of(loaded: LoadedOcclusion, words: Words) -> tuple[str, ...]:
    """The steps in order, in words, with the rate of the bag."""
    rate = words("ui.occlusion.no-rate") if loaded.rate is None else loaded.rate.text
    values = {"saline": {"rate": rate}, "call": {"hours": str(loaded.hours)}}
    return tuple(words(f"ui.occlusion.step.{each}", **values.get(each, {})) for each in STEPS)


def clock_of(
    since: datetime | None, loaded: LoadedOcclusion, zone: ZoneInfo, words: Words, *, now: datetime
) -> ClockView:
    """The clock: what is left of the goal. The exact goal is reached, not kept."""
    hours = str(loaded.hours)
    if since is None:
        goal = words("ui.occlusion.goal", hours=hours)
        return ClockView("–", f"{words('ui.occlusion.not-running')} {goal}", Icon.CLOCK)
    off, when = now - since, local_text(since, zone)
    if off < timedelta():
        return ClockView("–", words("ui.occlusion.in-the-future", since=when), Icon.STOP)
    left = timedelta(hours=loaded.hours) - off
    values = {"since": when, "off": span_text(off), "hours": hours}
    if left <= timedelta():
        return ClockView(span_text(timedelta()), words("ui.occlusion.over", **values), Icon.STOP)
    icon = Icon.REASON if left < SOON else Icon.CLOCK
    return ClockView(span_text(left), words("ui.occlusion.running", **values), icon)
