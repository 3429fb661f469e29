"""When each bag of a sequence is hung and changed, across changes of the clock (REQ-PLN-004, -005).

A bag is changed at the cycle's clock time on its last day, or when its room limit is reached, whichever
comes first. So a wall or the end may come early, never late.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pharmacy_app.domain.clock import elapsed, first_instant, instants
from pharmacy_app.domain.quantity import HOURS_PER_DAY, Duration

HOURS_IN_A_DAY = int(HOURS_PER_DAY)


@dataclass(frozen=True, slots=True)
class BagTimes:
    """Aware times in the zone of the place of infusion; `early` is what the room limit took away."""

    first_day: int
    last_day: int
    start_at: datetime
    change_at: datetime
    elapsed: Duration
    early: Duration
    clock_time_skipped: bool
    clock_time_twice: bool


@dataclass(frozen=True, slots=True)
class CycleClock:
    """The clock times of one cycle: `boundaries[n]` is the clock instant (UTC) at which day n ends."""

    start_at: datetime
    zone: ZoneInfo
    boundaries: tuple[datetime, ...]

    def boundary_clock_time(self, day: int) -> datetime:
        """What the clock should show when day n ends, without offset."""
        return self.start_at + timedelta(days=day)

    def change(self, *, start: datetime, last_day: int, room_limit: timedelta) -> datetime:
        """The instant (UTC) at which a bag hung at `start` is changed."""
        return min(self.boundaries[last_day], start + room_limit)


def cycle_clock(start_at: datetime, zone: ZoneInfo, *, days: int) -> CycleClock:
    """The clock of a cycle that begins at a clock time without offset."""
    boundaries = tuple(first_instant(start_at + timedelta(days=day), zone) for day in range(days + 1))
    return CycleClock(start_at, zone, boundaries)


def as_timedelta(limit: Duration) -> timedelta:
    """A limit in hours as a difference between instants, exact to the second."""
    return timedelta(seconds=int(limit.value * 3600))


def schedule(
    clock: CycleClock, sequence_h: Sequence[int], room_limits: Mapping[int, Duration]
) -> tuple[BagTimes, ...]:
    """The times of each bag. The sequence must not be longer than the cycle."""
    bags: list[BagTimes] = []
    start, day = clock.boundaries[0], 0
    for duration_h in sequence_h:
        last_day = day + duration_h // HOURS_IN_A_DAY
        limit = as_timedelta(room_limits[duration_h])
        change = clock.change(start=start, last_day=last_day, room_limit=limit)
        shown_twice = len(instants(clock.boundary_clock_time(last_day), clock.zone))
        bags.append(
            BagTimes(
                first_day=day + 1,
                last_day=last_day,
                start_at=start.astimezone(clock.zone),
                change_at=change.astimezone(clock.zone),
                elapsed=elapsed(start, change),
                early=elapsed(change, clock.boundaries[last_day]),
                clock_time_skipped=shown_twice == 0,
                clock_time_twice=shown_twice > 1,
            )
        )
        start, day = change, last_day
    return tuple(bags)
