"""Short forms of clock times for rows and pictures, such as `Fri OCT-30 14:00`. Knows no Qt.

The long forms are `domain.clock`'s; the program never asks the locale.
"""

from __future__ import annotations

from datetime import date, datetime

from pharmacy_app.domain.clock import DAYS, MONTHS


def short_day_text(day: date) -> str:
    """`OCT-26`.

    >>> short_day_text(date(2026, 10, 26))
    'OCT-26'
    """
    return f"{MONTHS[day.month - 1]}-{day.day:02d}"


def weekday_and_day(day: date) -> str:
    """`Fri OCT-30`.

    >>> weekday_and_day(date(2026, 10, 30))
    'Fri OCT-30'
    """
    return f"{DAYS[day.weekday()]} {short_day_text(day)}"


def short_moment_text(moment: datetime) -> str:
    """`OCT-26 14:00`.

    >>> short_moment_text(datetime(2026, 10, 26, 14, 0))
    'OCT-26 14:00'
    """
    return f"{short_day_text(moment)} {moment:%H:%M}"


def clock_text(moment: datetime) -> str:
    """`14:00`.

    >>> clock_text(datetime(2026, 10, 26, 14, 0))
    '14:00'
    """
    return f"{moment:%H:%M}"
