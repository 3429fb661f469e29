"""Clock times of one place and the instants they mean. Infusions are reckoned in instants (UTC).

A clock time can be skipped (spring) or come twice (autumn). Nothing here reads the present time.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from pharmacy_app.domain.quantity import Duration

_MINUTE = timedelta(minutes=1)
CLOCKS_APART = _MINUTE  # two stations' clocks are never quite alike


def instants(clock_time: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    """The instants (UTC) at which a clock in `zone` shows `clock_time`: none, one, or two, earliest first."""
    found = {
        clock_time.replace(tzinfo=zone, fold=fold).astimezone(UTC)
        for fold in (0, 1)
        if shown(clock_time.replace(tzinfo=zone, fold=fold).astimezone(UTC), zone) == clock_time
    }
    return tuple(sorted(found))


def shown(instant: datetime, zone: ZoneInfo) -> datetime:
    """What a clock in `zone` shows at an instant, without offset."""
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)


def first_instant(clock_time: datetime, zone: ZoneInfo) -> datetime:
    """The instant (UTC) of a clock time; the first of two; the first after the gap where it is skipped."""
    found = instants(clock_time, zone)
    return found[0] if found else _end_of_gap(clock_time, zone)


def _end_of_gap(clock_time: datetime, zone: ZoneInfo) -> datetime:
    before = clock_time.replace(tzinfo=zone, fold=0)
    after = clock_time.replace(tzinfo=zone, fold=1)
    new_offset = after.utcoffset()
    latest = before.astimezone(UTC)  # reckoned with the offset before the gap, it lies after the gap's end
    earliest = after.astimezone(UTC)
    while latest - earliest > _MINUTE:
        middle = earliest + (latest - earliest) // _MINUTE // 2 * _MINUTE
        if middle.astimezone(zone).utcoffset() == new_offset:
            latest = middle
        else:
            earliest = middle
    return latest


def elapsed(start: datetime, end: datetime) -> Duration:
    """The hours that really pass between two aware times."""
    seconds = (end.astimezone(UTC) - start.astimezone(UTC)) // timedelta(seconds=1)
    return Duration(Decimal(seconds) / 3600)


def offset_text(moment: datetime) -> str:
    """The offset of an aware time from UTC, such as `UTC-05:00`."""
    text = moment.isoformat()[-6:]
    return f"UTC{text}"


MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def date_text(day: date) -> str:
    """A date that cannot be misread, such as `2026-MAR-05`."""
    return f"{day.year:04}-{MONTHS[day.month - 1]}-{day.day:02}"


def time_text(moment: datetime) -> str:
    """Date and time of day, such as `2026-MAR-05 14:00`."""
    return f"{date_text(moment)} {moment:%H:%M}"


def span_text(span: timedelta) -> str:
    """How long, in whole hours and minutes; a begun minute does not count.

    >>> span_text(timedelta(hours=3, minutes=59)), span_text(timedelta(hours=4)), span_text(timedelta(0))
    ('3 h 59 min', '4 h', '0 min')
    """
    hours, minutes = divmod(span // _MINUTE, 60)
    parts = [f"{hours} h"] if hours else []
    return " ".join([*parts, f"{minutes} min"] if minutes or not hours else parts)


def time_left_text(span: timedelta) -> str:
    """How long it still takes: a begun minute counts whole, so that nothing comes sooner than said."""
    return span_text(-(-span // _MINUTE) * _MINUTE)
