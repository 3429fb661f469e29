"""A clock time as somebody typed it, and the instant it means at the place of infusion. Knows no Qt.

A time that the clock skips is refused. One that it shows twice is asked: the first or the second.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pharmacy_app.domain.clock import first_instant, instants, shown, time_text
from pharmacy_app.domain.errors import InputRefused

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)
_MINUTE = timedelta(minutes=1)
FIRST, SECOND = "first", "second"
FIRST_YEAR, LAST_YEAR = 1900, 2199


@dataclass(frozen=True, slots=True)
class TypedMoment:
    """Day and time as typed; `which` is chosen where the clock shows the time twice."""

    day: str = ""
    time: str = ""
    which: str | None = None

    @property
    def text(self) -> str:
        """Both, as they stand there."""
        return f"{self.day} {self.time}".strip()


def typed_now(now: datetime, zone: ZoneInfo) -> TypedMoment:
    """The present, as it would be typed."""
    clock = shown(now, zone)
    both = instants(clock.replace(second=0, microsecond=0), zone)
    which = None
    if len(both) > 1:
        which = SECOND if now >= both[1] else FIRST
    return TypedMoment(f"{clock:%Y-%m-%d}", f"{clock:%H:%M}", which)


def twice(typed: TypedMoment, zone: ZoneInfo) -> tuple[datetime, ...]:
    """The two instants of a time that comes twice, the earlier one first; empty: it does not."""
    clock = _clock_time(typed)
    found = () if clock is None else instants(clock, zone)
    return found if len(found) > 1 else ()


def read_moment(typed: TypedMoment, *, field: str, zone: ZoneInfo) -> datetime:
    """The instant (UTC) that was typed.

    Raises:
        InputRefused: no date or no time, one that does not exist, or one that comes twice and is not chosen.
    """
    if not _DAY.fullmatch(typed.day) or not _TIME.fullmatch(typed.time):
        raise InputRefused(field, typed.text, "ui.course.expected.moment")
    clock = _clock_time(typed)
    if clock is None:
        raise InputRefused(field, typed.text, "expected.date")
    found = instants(clock, zone)
    if not found:
        after = first_instant(clock, zone)
        gap = {"earlier": shown(after - _MINUTE, zone), "later": shown(after, zone)}
        values = {name: time_text(each) for name, each in gap.items()}
        raise InputRefused(field, typed.text, "expected.clock-time-exists", values)
    if len(found) == 1:
        return found[0]
    if typed.which is None:
        raise InputRefused(field, typed.text, "ui.course.expected.which")
    return found[1] if typed.which == SECOND else found[0]


def _clock_time(typed: TypedMoment) -> datetime | None:
    if not _DAY.fullmatch(typed.day) or not _TIME.fullmatch(typed.time):
        return None
    try:
        day = date.fromisoformat(typed.day)
    except ValueError:
        return None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return None
    return datetime.combine(day, time.fromisoformat(typed.time))


def local_text(moment: datetime, zone: ZoneInfo) -> str:
    """An instant as the clock at the place of infusion shows it, such as `2026-NOV-23 14:00`."""
    return time_text(moment.astimezone(UTC).astimezone(zone))
