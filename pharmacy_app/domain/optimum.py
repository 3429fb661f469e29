"""The best sequence of bags: a true optimum of whole-number costs, compared in a stated order.

The order: fewest changes on closed days; the preferred of bags and vials; the other; fewest line
changes; then, from the first bag on, the longer duration. Every sequence without a gap that respects
the walls is weighed, by dynamic programming over (day, instant, bag before).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from pharmacy_app.domain.bag_schedule import HOURS_IN_A_DAY, CycleClock, as_timedelta
from pharmacy_app.domain.order import Preference
from pharmacy_app.domain.protocol import DoseDays, Protocol

Cost = tuple[int, int, int, int, tuple[int, ...]]
"""Closed-day changes, preferred, other, line changes, durations in hours counted negative."""


@dataclass(frozen=True, slots=True)
class ClosedDays:
    """Which changes fall on a closed day: by the date on which the change really falls."""

    is_closed: Callable[[date], bool]
    hospital_days: int
    uncounted_days: frozenset[int]  # ends of days at which a dose wall or the end of the cycle stands

    def counts(self, *, after_day: int, change_at: datetime) -> bool:
        """Whether the change after an infusion day costs; `change_at` is in the zone of the place."""
        if after_day in self.uncounted_days or after_day < self.hospital_days:
            return False
        return self.is_closed(change_at.date())


@dataclass(frozen=True, slots=True)
class _Choice:
    """A bag that may be hung on a day: its duration, its vials, and its identity for line changes."""

    duration_h: int
    days: int
    vials: int
    identity: tuple[int, int]
    room_limit: timedelta


@dataclass(slots=True)
class _Search:
    clock: CycleClock
    closed: ClosedDays
    prefer: Preference
    choices_by_day: list[list[_Choice]]
    known: dict[tuple[int, datetime, tuple[int, int]], Cost | None] = field(default_factory=dict)
    closed_cost: dict[tuple[int, datetime], int] = field(default_factory=dict)

    def best_from(self, day: int, start: datetime, before: tuple[int, int]) -> Cost | None:
        """The cheapest way to fill the days after `day`, or None where there is none."""
        if day == len(self.choices_by_day):
            return (0, 0, 0, 0, ())
        key = (day, start, before)
        if key not in self.known:
            ways = [self._hang(choice, day, start, before) for choice in self.choices_by_day[day]]
            self.known[key] = min((way for way in ways if way is not None), default=None)
        return self.known[key]

    def _hang(self, choice: _Choice, day: int, start: datetime, before: tuple[int, int]) -> Cost | None:
        last_day = day + choice.days
        change = self.clock.change(start=start, last_day=last_day, room_limit=choice.room_limit)
        rest = self.best_from(last_day, change, choice.identity)
        if rest is None:
            return None
        bags, vials = (1, choice.vials)
        first, second = (bags, vials) if self.prefer is Preference.FEWEST_CHANGES else (vials, bags)
        return (
            rest[0] + self._closed(last_day, change),
            rest[1] + first,
            rest[2] + second,
            rest[3] + (day > 0 and before != choice.identity),
            (-choice.duration_h, *rest[4]),
        )

    def _closed(self, last_day: int, change: datetime) -> int:
        key = (last_day, change)
        if key not in self.closed_cost:
            local = change.astimezone(self.clock.zone)
            self.closed_cost[key] = int(self.closed.counts(after_day=last_day, change_at=local))
        return self.closed_cost[key]


def best_sequence(
    *,
    clock: CycleClock,
    doses: tuple[DoseDays, ...],
    permitted_h: tuple[int, ...],
    protocol: Protocol,
    closed: ClosedDays,
    prefer: Preference,
) -> tuple[int, ...] | None:
    """The optimum, as durations in hours; None where the permitted durations cannot fill the cycle."""
    choices = [list[_Choice]() for _ in range(protocol.infusion_days)]
    for number, dose in enumerate(doses):
        for duration_h in permitted_h:
            choice = _Choice(
                duration_h=duration_h,
                days=duration_h // HOURS_IN_A_DAY,
                vials=protocol.recipe(duration_h, dose.dose).vials,
                identity=(duration_h, number),
                room_limit=as_timedelta(protocol.room_limit(duration_h)),
            )
            for first_day in range(dose.from_day, dose.to_day - choice.days + 2):
                choices[first_day - 1].append(choice)
    search = _Search(clock, closed, prefer, choices)
    cost = search.best_from(0, clock.boundaries[0], (0, 0))
    return None if cost is None else tuple(-negated for negated in cost[4])
