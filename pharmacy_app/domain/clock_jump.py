"""A clock that jumps: seen beside the entry before, and beside a clock that nobody sets (REQ-AUD-003).

The work goes on and nothing is stamped anew: the record says that it happened, and with which two times.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from pharmacy_app.domain.audit import AuditEntry, utc_text

CLOCK_JUMPED = "clock-jumped"
# Two stations' clocks are never quite alike, and an entry is stamped before its turn to be written comes.
ALLOWANCE = timedelta(minutes=1)

Told = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ClockReading:
    """One look at two clocks: the station's, which can be set, and one that only ever goes on."""

    shown: datetime
    steady: timedelta


def jumped_against_steady(before: ClockReading, now: ClockReading) -> Told | None:
    """What to tell where the station's clock moved otherwise than the steady one; None: it did not."""
    expected = before.shown + (now.steady - before.steady)
    if abs(now.shown - expected) <= ALLOWANCE:
        return None
    return _told("the steady clock", expected=utc_text(expected), shown=now.shown)


def jumped_against_record(entry: AuditEntry, newest_at: str) -> AuditEntry | None:
    """The entry to be put before this one where it is stamped earlier than the newest on file.

    `newest_at` is that entry's time as it stands there; empty: there is none. None: the clock did not jump,
    or this entry tells of it already.
    """
    if entry.act == CLOCK_JUMPED or newest_at <= utc_text(entry.at + ALLOWANCE):
        return None
    told = _told("the entry before", expected=newest_at, shown=entry.at)
    return clock_entry(
        told, person=entry.person, station=entry.station, at=entry.at, site_zone=entry.site_zone
    )


def clock_entry(told: Told, *, person: str, station: str, at: datetime, site_zone: str) -> AuditEntry:
    """The entry that tells of a jump."""
    thing = f"clock of {station}"
    return AuditEntry(CLOCK_JUMPED, thing, person, station, at=at, site_zone=site_zone, facts=told)


def _told(against: str, *, expected: str, shown: datetime) -> Told:
    return ("against", against), ("expected", expected), ("shown", utc_text(shown))
