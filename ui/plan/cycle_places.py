"""Where the bags, stops and days of a plan lie in the picture of its cycle, in minutes of the clock. No Qt.

A place counts from the start of the cycle. Before any interruption a bag lies on its infusion days, also
where the clock makes it end an hour early; after one it lies where the clock of its place says.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from pharmacy_app.domain.bag_schedule import Stretch, days_of
from pharmacy_app.domain.clock import first_instant, shown
from pharmacy_app.domain.order import Interruption
from pharmacy_app.domain.plan import Plan, PlannedBag
from ui.plan.cycle import COLUMN

_MINUTE = timedelta(minutes=1)


class Places:
    """The places of one plan that has bags."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._durations_h = plan.protocol.durations_h
        self._zone = ZoneInfo(plan.order.time_zone)
        self._bags: dict[int, tuple[int, int]] = {}
        self._cells: dict[int, tuple[Stretch, int]] = {}
        self._lay_bags()

    @property
    def columns(self) -> int:
        """How many days the picture has."""
        return -(-max(end for _, end in self._bags.values()) // COLUMN)

    def of(self, bag: PlannedBag) -> tuple[int, int]:
        """Where a bag begins and ends."""
        return self._bags[bag.number]

    def at(self, moment: datetime) -> int:
        """Where a moment lies, by the clock of the place of infusion."""
        return (shown(moment, self._zone) - self._plan.order.start_at) // _MINUTE

    def ends(self, bag: PlannedBag) -> tuple[tuple[int, int], ...]:
        """Where the bag would end with each duration of the protocol, in hours."""
        stretch, first = self._cells[bag.number]
        begin = self.of(bag)[0]
        found = []
        for duration_h in self._durations_h:
            cell = first + days_of(duration_h) - 1
            beyond = cell - len(stretch.cells) + 1
            if stretch.after == 0:
                found.append((duration_h, begin + days_of(duration_h) * COLUMN))
            else:
                last = stretch.cells[min(cell, len(stretch.cells) - 1)]
                found.append((duration_h, self.at(last.ends_at) + max(beyond, 0) * COLUMN))
        return tuple(found)

    def stops(self) -> tuple[tuple[int, int, Interruption], ...]:
        """From where to where each interruption lies after which bags were planned anew."""
        made_up = [stretch.after for stretch in self._plan.stretches if stretch.after]
        stops = [self._plan.order.interruptions[number - 1] for number in made_up]
        return tuple((self.at(each.stopped_at), self.at(each.restarted_at), each) for each in stops)

    def infusion_day(self, column: int) -> int:
        """The infusion day that runs when a column begins, or first in it; 0: none runs in it."""
        if len(self._plan.stretches) == 1:
            return column + 1
        days = (self._plan.order.start_at + timedelta(days=each) for each in (column, column + 1))
        begins, ends = (first_instant(day, self._zone) for day in days)
        for bag in self._plan.bags:
            moment = max(bag.start_at.astimezone(UTC), begins)
            if moment < min(bag.change_at.astimezone(UTC), ends):
                return self._cells[bag.number][0].infused_until(moment) // COLUMN + 1
        return 0

    def _lay_bags(self) -> None:
        stretches = iter(self._plan.stretches)
        stretch, first = next(stretches), 0
        for bag in self._plan.bags:
            if bag.restart:
                stretch, first = next(stretches), 0
            self._cells[bag.number] = stretch, first
            last = first + days_of(bag.duration_h)
            self._bags[bag.number] = self._span(bag, stretch, first, last)
            first = last

    def _span(self, bag: PlannedBag, stretch: Stretch, first: int, last: int) -> tuple[int, int]:
        if stretch.after == 0:
            begin, end = first * COLUMN, last * COLUMN
        else:
            cells = stretch.cells
            begin, end = self.at(cells[first].starts_at), self.at(cells[min(last, len(cells)) - 1].ends_at)
        return begin, self.at(bag.change_at) if bag.stopped else end
