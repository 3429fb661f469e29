"""The days and hours of one order's plan: when changes cost, and when the pharmacy prepares."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from pharmacy_app.domain.bag_schedule import MINUTES_IN_A_DAY, as_timedelta
from pharmacy_app.domain.cycle_bags import HungBag
from pharmacy_app.domain.optimum import ClosedDays
from pharmacy_app.domain.order import Order, Weekday
from pharmacy_app.domain.preparation_window import (
    OpeningTimes,
    PreparationWindow,
    preparation_window,
    storage_before_hanging,
)
from pharmacy_app.domain.quantity import Duration
from pharmacy_app.workflow.rulebook import Rulebook

# A bag may wait so long in the refrigerator, and a cycle end so much later: how far holidays are asked for.
_BEFORE = timedelta(days=30)
_AFTER = timedelta(days=8)


def closed_days(order: Order, rulebook: Rulebook) -> ClosedDays:
    """When a change costs: by weekday, public holiday and clock at the place of infusion."""
    bags = order.bags
    closed = bags.closed_days if bags.home.closed_days is None else bags.home.closed_days
    region = bags.home.holidays or bags.holidays
    weekdays = frozenset(day.value for day in closed)
    holidays = _holidays(region, order, rulebook)
    return ClosedDays(
        is_closed=lambda day: day.weekday() in weekdays or day in holidays,
        hospital_days=bags.hospital_days,
        hours=bags.home.change_hours or bags.change_hours,
    )


def _holidays(region: str | None, order: Order, rulebook: Rulebook) -> frozenset[date]:
    if region is None:
        return frozenset()
    first = order.start_at.date() - _BEFORE
    stopped = sum((each.restarted_at - each.stopped_at for each in order.interruptions), timedelta())
    last = order.start_at.date() + timedelta(days=rulebook.protocol.infusion_days) + stopped + _AFTER
    return rulebook.holidays.days(region, first=first, last=last)


class PlanDays:
    """The days and hours of an order, for both phases of its cycle."""

    def __init__(self, order: Order, rulebook: Rulebook) -> None:
        self._order, self._protocol, self._site = order, rulebook.protocol, rulebook.site
        self.closed = closed_days(order, rulebook)
        self._opening = {
            hospital: self._opening_times(hospital=hospital, rulebook=rulebook) for hospital in (True, False)
        }
        self._storage = {
            each: storage_before_hanging(each, self._protocol, self._site)
            for each in self._protocol.durations_h
        }

    def window(self, bag: HungBag) -> PreparationWindow | None:
        """When a bag is prepared; None: at no open time. A bag that waits for an answer is made after it."""
        start, not_before = bag.times.start_at.astimezone(UTC), bag.not_before
        if bag.held:
            answer = start - as_timedelta(Duration(self._protocol.number("restart.answer_hours")))
            not_before = answer if not_before is None else max(answer, not_before)
        opening = self._opening_on(bag.times.from_minute // MINUTES_IN_A_DAY + 1)
        storage = self._storage[bag.recipe.duration_h]
        return preparation_window(start, storage, opening, not_before=not_before)

    def prepared(self, not_before: datetime | None) -> Callable[[datetime, int, int], bool] | None:
        """Whether a bag hung then could be prepared in time; None: nothing is wished, so every bag can."""
        if all(each.always for each in self._opening.values()):
            return None
        known: dict[tuple[datetime, int, bool], bool] = {}

        def could_be(start: datetime, duration_h: int, day: int) -> bool:
            opening = self._opening_on(day)
            key = (start, duration_h, opening is self._opening[True])
            if key not in known:
                storage = self._storage[duration_h]
                known[key] = preparation_window(start, storage, opening, not_before=not_before) is not None
            return known[key]

        return could_be

    def _opening_on(self, day: int) -> OpeningTimes:
        return self._opening[day <= self._order.bags.hospital_days]

    def _opening_times(self, *, hospital: bool, rulebook: Rulebook) -> OpeningTimes:
        bags = self._order.bags
        phase = bags.hospital if hospital else bags.home
        days: frozenset[Weekday] | None = (
            bags.prepare_days if phase.prepare_days is None else phase.prepare_days
        )
        # Where the pharmacy works on named days, it is closed on the public holidays of the order too.
        closed = frozenset[date]() if days is None else _holidays(bags.holidays, self._order, rulebook)
        return OpeningTimes(ZoneInfo(self._site.time_zone), days, bags.prepare_hours, closed)
