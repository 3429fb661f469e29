"""Clock times of a place that are meant as instants: which one it is must be certain (REQ-ORD-014)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pharmacy_app.domain.clock import first_instant, instants, offset_text, shown
from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.intake.fields import clock_time, refuse

_MINUTE = timedelta(minutes=1)
_CLOCK_TIME = "%Y-%m-%dT%H:%M"
_LENGTH = len("2026-11-23T14:00")
_OFFSET = re.compile(r"([+-][0-9]{2}:[0-9]{2}(:[0-9]{2})?)?")


@dataclass(frozen=True, slots=True)
class LocalTime:
    """A clock time and, where it was given, the offset from UTC as written."""

    clock_time: datetime
    offset: str

    @property
    def text(self) -> str:
        """As it was given."""
        return f"{self.clock_time.strftime(_CLOCK_TIME)}{self.offset}"


def local_time(given: object, field: str) -> LocalTime:
    """A date and a time of day, with or without an offset."""
    if not isinstance(given, str) or not _OFFSET.fullmatch(given[_LENGTH:]):
        raise refuse(field, given, "expected.local-time")
    try:
        return LocalTime(clock_time(given[:_LENGTH], field), given[_LENGTH:])
    except InputRefused:
        raise refuse(field, given, "expected.local-time") from None


def instant_of(given: LocalTime, zone: ZoneInfo, field: str) -> datetime:
    """The instant (UTC) that is meant.

    Raises:
        InputRefused: the clock never shows this time; or shows it twice, and no offset tells which; or the
            place has another offset then. The refusal names the choices.
    """
    found = instants(given.clock_time, zone)
    if not found:
        raise _skipped(given.clock_time, zone, field, given.text)
    offsets = [each.astimezone(zone).isoformat(timespec="minutes")[_LENGTH:] for each in found]
    if given.offset in offsets:
        return found[offsets.index(given.offset)]
    if given.offset:
        raise refuse(field, given.text, "expected.offset", choices=", ".join(offsets))
    if len(found) > 1:
        first, second = (f"{given.text}{offset}" for offset in offsets)
        raise refuse(field, given.text, "expected.local-time-which", first=first, second=second)
    return found[0]


def start_refusals(start_at: datetime, time_zone: str) -> Iterator[InputRefused]:
    """A start must be at a clock time that exists once; the refusal names the choices."""
    zone = ZoneInfo(time_zone)
    found = instants(start_at, zone)
    if len(found) == 1:
        return
    given = start_at.strftime(_CLOCK_TIME)
    if not found:
        yield _skipped(start_at, zone, "start_at", given)
        return
    offsets = [offset_text(each.astimezone(zone)) for each in found]
    earlier, later = _around_repeated(start_at, zone)
    values = {"first": offsets[0], "second": offsets[1]}
    values |= {"earlier": earlier.strftime(_CLOCK_TIME), "later": later.strftime(_CLOCK_TIME)}
    yield InputRefused("start_at", given, "expected.clock-time-once", values)


def _skipped(clock_time: datetime, zone: ZoneInfo, field: str, given: str) -> InputRefused:
    later = shown(first_instant(clock_time, zone), zone)
    earlier = _last_before_gap(later, zone)
    values = {"earlier": earlier.strftime(_CLOCK_TIME), "later": later.strftime(_CLOCK_TIME)}
    return InputRefused(field, given, "expected.clock-time-exists", values)


def _last_before_gap(end_of_gap: datetime, zone: ZoneInfo) -> datetime:
    """The last minute that the clock shows before it skips to `end_of_gap`."""
    before = first_instant(end_of_gap, zone) - _MINUTE
    return shown(before, zone)


def _around_repeated(clock_time: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The nearest clock times before and after a repeated stretch that come once."""
    earlier = later = clock_time
    while len(instants(earlier, zone)) > 1:
        earlier -= _MINUTE
    while len(instants(later, zone)) > 1:
        later += _MINUTE
    return earlier, later
