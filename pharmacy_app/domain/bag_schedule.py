"""When each bag of a sequence is hung and changed (REQ-PLN-004, -005, REQ-INT-008).

A stretch is the infusion from its start, or from a restart, to where the cycle would end. It is cut into
cells: one for each infusion day, and a shorter one where a day is cut by a restart, a dose wall or the end.
A bag covers as many cells as it has days. It is changed when its last cell ends, or when its room limit is
reached, whichever comes first; so a wall or the end may come early, never late.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pharmacy_app.domain.clock import elapsed, first_instant, instants, shown
from pharmacy_app.domain.quantity import HOURS_PER_DAY, DoseRate, Duration

HOURS_IN_A_DAY = int(HOURS_PER_DAY)
MINUTES_IN_A_DAY = HOURS_IN_A_DAY * 60
QUARTER = 15
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class DoseTime:
    """One dose for so many minutes of infusion; a clock day counts 1440."""

    dose: DoseRate
    minutes: int


@dataclass(frozen=True, slots=True)
class Cell:
    """An infusion day of a stretch, or what is left of one.

    `from_minute` and `to_minute` count the infusion of the whole cycle, a clock day as 1440 minutes.
    `ends_at` is UTC; `clock_time` is what the clock should show then, None where the end is reckoned in
    hours. `last`: a dose wall or the end of the cycle stands behind it. `run` numbers the doses.
    """

    run: int
    dose: DoseRate
    from_minute: int
    to_minute: int
    starts_at: datetime
    ends_at: datetime
    clock_time: datetime | None
    last: bool

    @property
    def day(self) -> int:
        """The infusion day that it belongs to, from 1."""
        return self.from_minute // MINUTES_IN_A_DAY + 1

    @property
    def completed_days(self) -> int:
        """Whole infusion days when it ends."""
        return self.to_minute // MINUTES_IN_A_DAY


@dataclass(frozen=True, slots=True)
class Stretch:
    """The infusion from an instant (UTC) on, without a gap. `after` numbers the interruption before it."""

    start_at: datetime
    zone: ZoneInfo
    cells: tuple[Cell, ...]
    after: int

    @property
    def ends_at(self) -> datetime:
        """Where the cycle ends if nothing stops it."""
        return self.cells[-1].ends_at

    def infused_until(self, moment: datetime) -> int:
        """Minutes of the cycle infused when the stretch stops at `moment`, before its end.

        A cell that is over counts whole, also where the clock took an hour from it.
        """
        for cell in self.cells:
            if moment < cell.ends_at:
                ran = (moment - cell.starts_at) // _MINUTE
                return cell.from_minute + min(ran, cell.to_minute - cell.from_minute)
        raise ValueError("the stretch ends before that moment")


def stretch_of(
    start_at: datetime,
    zone: ZoneInfo,
    doses: Sequence[DoseTime],
    *,
    clock_time: time | None = None,
    infused: int = 0,
    after: int = 0,
) -> Stretch:
    """The stretch that begins at an instant. `infused` minutes of the cycle lie before it.

    `clock_time` is when bags are changed; None: at the clock time of the start. `after` of 0: no interruption
    before it.
    """
    start_at = start_at.astimezone(UTC)
    local = shown(start_at, zone)
    cells = _cells(start_at, zone, doses, clock_time=clock_time or local.time(), infused=infused)
    return Stretch(start_at, zone, tuple(cells), after)


def cycle_stretch(start_at: datetime, zone: ZoneInfo, doses: Sequence[DoseTime]) -> Stretch:
    """The whole cycle, which begins at a clock time without offset."""
    return stretch_of(first_instant(start_at, zone), zone, doses)


def _cells(
    start_at: datetime, zone: ZoneInfo, doses: Sequence[DoseTime], *, clock_time: time, infused: int
) -> Iterator[Cell]:
    now, boundary = start_at, datetime.combine(shown(start_at, zone).date(), clock_time)
    on_time = shown(now, zone) == boundary
    if first_instant(boundary, zone) <= now:
        boundary += timedelta(days=1)
    for run, each in enumerate(doses):
        left = each.minutes
        while left >= QUARTER:
            end = first_instant(boundary, zone)
            whole = MINUTES_IN_A_DAY if on_time else (end - now) // _MINUTE
            minutes = min(whole, left)
            if left < whole:
                # Rounded down to what a pump takes: a wall or the end comes early, never late. Nor does it
                # pass the clock time where the clock took an hour from that day.
                end = min(end, now + (left - left % QUARTER) * _MINUTE)
            on_time = end == first_instant(boundary, zone)
            left -= minutes
            last = left < QUARTER
            until = infused + minutes + (left if last else 0)
            yield Cell(run, each.dose, infused, until, now, end, boundary if on_time else None, last)
            boundary += timedelta(days=1) if on_time else timedelta(0)
            infused, now = until, end


@dataclass(frozen=True, slots=True)
class BagTimes:
    """Aware times in the zone of the place of infusion; `early` is what the room limit took away.

    `from_minute` and `to_minute` count the infusion of the cycle. `at_wall`: a dose wall or the end of the
    cycle stands behind the bag. `stopped`: an interruption ended it.
    """

    from_minute: int
    to_minute: int
    start_at: datetime
    change_at: datetime
    elapsed: Duration
    early: Duration
    clock_time_skipped: bool
    clock_time_twice: bool
    at_wall: bool
    stopped: bool = False

    @property
    def first_day(self) -> int:
        """The infusion day on which it is hung."""
        return self.from_minute // MINUTES_IN_A_DAY + 1

    @property
    def last_day(self) -> int:
        """The infusion day on which it ends; the one on which it is hung, where no minute is left to it."""
        return max(self.first_day, -(-self.to_minute // MINUTES_IN_A_DAY))

    @property
    def completed_days(self) -> int:
        """Whole infusion days when it is changed."""
        return self.to_minute // MINUTES_IN_A_DAY


def as_timedelta(limit: Duration) -> timedelta:
    """A limit in hours as a difference between instants, exact to the second."""
    return timedelta(seconds=int(limit.value * 3600))


def days_of(duration_h: int) -> int:
    """How many cells a bag of this name covers."""
    return duration_h // HOURS_IN_A_DAY


def schedule(
    stretch: Stretch, sequence_h: Sequence[int], room_limits: Mapping[int, Duration]
) -> tuple[BagTimes, ...]:
    """The times of each bag. The sequence must not be longer than the stretch."""
    bags: list[BagTimes] = []
    start, at = stretch.start_at, 0
    for duration_h in sequence_h:
        first, at = stretch.cells[at], at + days_of(duration_h)
        last = stretch.cells[at - 1]
        change = min(last.ends_at, start + as_timedelta(room_limits[duration_h]))
        shown_twice = 1 if last.clock_time is None else len(instants(last.clock_time, stretch.zone))
        bags.append(
            BagTimes(
                from_minute=first.from_minute,
                to_minute=last.to_minute,
                start_at=start.astimezone(stretch.zone),
                change_at=change.astimezone(stretch.zone),
                elapsed=elapsed(start, change),
                early=elapsed(change, last.ends_at),
                clock_time_skipped=shown_twice == 0,
                clock_time_twice=shown_twice > 1,
                at_wall=last.last,
            )
        )
        start = change
    return tuple(bags)
