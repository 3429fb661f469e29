"""Dates and clock times as people read them here: `2026-OCT-26 14:00`, `Fri OCT-30 14:00`. Knows no Qt.

The names of months and days are the catalogue's; the program never asks the locale.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from ui.words import Words

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def day_text(day: date) -> str:
    """`2026-OCT-26`.

    >>> day_text(date(2026, 10, 26))
    '2026-OCT-26'
    """
    return f"{day.year:04d}-{_MONTHS[day.month - 1]}-{day.day:02d}"


def moment_text(moment: datetime) -> str:
    """`2026-OCT-26 14:00`, the clock time as it is, without the offset.

    >>> moment_text(datetime(2026, 10, 26, 14, 0))
    '2026-OCT-26 14:00'
    """
    return f"{day_text(moment)} {moment:%H:%M}"


def short_day_text(day: date) -> str:
    """`OCT-26`.

    >>> short_day_text(date(2026, 10, 26))
    'OCT-26'
    """
    return f"{_MONTHS[day.month - 1]}-{day.day:02d}"


def weekday_text(day: date, words: Words) -> str:
    """`Fri`."""
    return words(f"ui.day.{_DAYS[day.weekday()]}")


def plan_text(moment: datetime, words: Words) -> str:
    """`Fri OCT-30 14:00`."""
    return f"{weekday_text(moment, words)} {short_day_text(moment)} {moment:%H:%M}"


def offset_text(moment: datetime) -> str:
    """The offset of an aware time from UTC, such as `UTC–04:00`; UTC itself is `UTC`.

    >>> from datetime import timezone
    >>> offset_text(datetime(2026, 10, 26, 14, 0, tzinfo=timezone(timedelta(hours=-3, minutes=-30))))
    'UTC–03:30'
    """
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError("an offset needs an aware time")
    if not offset:
        return "UTC"
    sign = "–" if offset < timedelta(0) else "+"
    minutes = abs(int(offset.total_seconds())) // 60
    return f"UTC{sign}{minutes // 60:02d}:{minutes % 60:02d}"
