"""The pharmacy's own clock beside that of the place of infusion, where the two differ (REQ-ORD-013)."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from ui.dates import clock_text, weekday_and_day


def moment_text(moment: datetime) -> str:
    """A moment inside a plan, such as `Fri OCT-30 14:00`."""
    return f"{weekday_and_day(moment)} {clock_text(moment)}"


def same_clock(moment: datetime, pharmacy_zone: str) -> bool:
    """Whether the pharmacy's clock shows the same time at that moment."""
    return moment.astimezone(ZoneInfo(pharmacy_zone)).utcoffset() == moment.utcoffset()


def at_the_pharmacy(moment: datetime, pharmacy_zone: str) -> str:
    """The moment on the pharmacy's clock, its day only where it differs; empty where the clocks agree."""
    if same_clock(moment, pharmacy_zone):
        return ""
    there = moment.astimezone(ZoneInfo(pharmacy_zone))
    return clock_text(there) if there.date() == moment.date() else moment_text(there)
