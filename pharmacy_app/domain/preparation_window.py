"""Between when each bag is prepared, and what bags made in one sitting save (REQ-PLN-006, REQ-MIX-008)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from pharmacy_app.domain.bag_schedule import as_timedelta
from pharmacy_app.domain.beyond_use import storage_limits
from pharmacy_app.domain.clock import first_instant
from pharmacy_app.domain.order import Hours, Weekday
from pharmacy_app.domain.protocol import Protocol, Recipe
from pharmacy_app.domain.rounding import whole_up
from pharmacy_app.domain.site import Site

_WHOLE_DAY = Hours(time(0), time(23, 59))
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OpeningTimes:
    """When the pharmacy prepares, by its own clock. `days` None: every day; `closed` are public holidays."""

    zone: ZoneInfo
    days: frozenset[Weekday] | None
    hours: Hours | None
    closed: frozenset[date]

    @property
    def always(self) -> bool:
        """Whether no time is excluded."""
        return self.days is None and self.hours is None

    def within(self, first: datetime, last: datetime) -> tuple[datetime, datetime] | None:
        """The first and the last open moment (UTC) from `first` to `last`; None: none is open."""
        if first > last:
            return None
        if self.always:
            return first, last
        day, end = first.astimezone(self.zone).date(), last.astimezone(self.zone).date()
        days = [day + each * _DAY for each in range((end - day).days + 1)]
        earliest = next(self._spans(first, last, days), None)
        if earliest is None:
            return None
        return earliest[0], next(self._spans(first, last, reversed(days)))[1]

    def and_those_of(self, other: OpeningTimes) -> OpeningTimes:
        """When both are open. Both are of one pharmacy, with the same hours."""
        if self.days is None or other.days is None or self.days == other.days:
            return self if other.days is None else other
        return replace(self, days=self.days & other.days, closed=self.closed | other.closed)

    def _spans(
        self, first: datetime, last: datetime, days: Iterable[date]
    ) -> Iterator[tuple[datetime, datetime]]:
        for day in filter(self._open_on, days):
            opens, closes = _open_hours(day, self.hours or _WHOLE_DAY, self.zone)
            if max(first, opens) <= min(last, closes):
                yield max(first, opens), min(last, closes)

    def _open_on(self, day: date) -> bool:
        if self.days is None:
            return True
        return day not in self.closed and Weekday(day.weekday()) in self.days


@lru_cache(maxsize=512)
def _open_hours(day: date, hours: Hours, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From when to when (UTC) the pharmacy is open on a day. Kept: a search asks for each day many times."""
    opens, closes = (datetime.combine(day, each) for each in (hours.first, hours.last))
    return first_instant(opens, zone), first_instant(closes, zone)


@dataclass(frozen=True, slots=True)
class PreparationWindow:
    """From when to when a bag is prepared (UTC); `opening` are the times that hold for it."""

    first: datetime
    last: datetime
    opening: OpeningTimes

    def meets(self, other: PreparationWindow) -> PreparationWindow | None:
        """What two windows share; None where no moment that is open for both lies in both."""
        opening = self.opening.and_those_of(other.opening)
        shared = opening.within(max(self.first, other.first), min(self.last, other.last))
        return None if shared is None else PreparationWindow(*shared, opening)


def storage_before_hanging(duration_h: int, protocol: Protocol, site: Site) -> timedelta:
    """How long a bag may wait in the refrigerator: the shorter of its stability and the site's limit.

    A site limit that is not set is left out here: it stops the release.
    """
    limits, _ = storage_limits(duration_h=duration_h, protocol=protocol, site=site, refrigerated=True)
    return as_timedelta(min(each.limit for each in limits))


def preparation_window(
    hang_at: datetime, storage: timedelta, opening: OpeningTimes, *, not_before: datetime | None = None
) -> PreparationWindow | None:
    """When a bag that is hung at an instant is prepared; None: at no open time within its storage limit."""
    hang_at = hang_at.astimezone(UTC)
    first = hang_at - storage
    if not_before is not None:
        first = max(first, not_before.astimezone(UTC))
    found = opening.within(first, hang_at)
    return None if found is None else PreparationWindow(*found, opening)


@dataclass(frozen=True, slots=True)
class Sitting:
    """Bags that may be made at one time, and the vials that they take together."""

    bags: tuple[int, ...]
    vials: int
    window: PreparationWindow | None


def sittings(
    recipes: Sequence[Recipe], windows: Sequence[PreparationWindow | None], protocol: Protocol
) -> tuple[Sitting, ...]:
    """The bags, neighbours made in one sitting where that saves vials: the fewest vials there are.

    Among equals the most sittings, so that no bag is older than it must be.
    """
    # best[n]: vials, sittings counted negative, and the sittings of the first n bags.
    best: list[tuple[int, int, tuple[Sitting, ...]]] = [(0, 0, ())]
    for end in range(1, len(recipes) + 1):
        ways = []
        for first, sitting in _sittings_ending(end, recipes, windows, protocol):
            vials, count, before = best[first]
            ways.append((vials + sitting.vials, count - 1, (*before, sitting)))
        best.append(min(ways, key=lambda way: way[:2]))
    return best[-1][2]


def _sittings_ending(
    end: int, recipes: Sequence[Recipe], windows: Sequence[PreparationWindow | None], protocol: Protocol
) -> Iterator[tuple[int, Sitting]]:
    """Every sitting whose last bag is the `end`-th, with the number of bags before it."""
    shared, volume = windows[end - 1], Decimal(0)
    for first in range(end - 1, -1, -1):
        recipe, window = recipes[first], windows[first]
        if first < end - 1:
            shared = None if shared is None or window is None else window.meets(shared)
            if shared is None:
                return
        volume += recipe.drug.value
        vials = whole_up(volume / protocol.vial_withdrawable.value)
        yield first, Sitting(tuple(range(first + 1, end + 1)), vials, shared)
