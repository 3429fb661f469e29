"""A second reading of what an order wishes of its bags: which durations, when changed, when prepared.

Written after the promised order file and the rules alone; nothing of `pharmacy_app` is imported here.
Instants are whole minutes since the epoch.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ALL_DURATIONS_H = (24, 48, 72, 96, 168)
PHARMACY = ZoneInfo("America/Toronto")
STORAGE_MINUTES = 240 * 60
"""The training site's sterility limit in the refrigerator: no bag is stable for a shorter time."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)

# Public holidays with their observed days, 2026-08 to 2027-07.
HOLIDAYS = {
    "CA-ON": "2026-09-07 2026-10-12 2026-12-25 2026-12-26 2026-12-28 "
    "2027-01-01 2027-02-15 2027-03-26 2027-05-24 2027-07-01",
    "CA-BC": "2026-08-03 2026-09-07 2026-09-30 2026-10-12 2026-11-11 2026-12-25 "
    "2027-01-01 2027-02-15 2027-03-26 2027-05-24 2027-07-01",
}

Span = tuple[int, int]


@cache
def instant(clock_time: datetime, zone: ZoneInfo) -> int:
    """The first instant at which a clock shows this time; where it never does, the end of the gap."""
    while True:
        found = clock_time.replace(tzinfo=zone, fold=0).astimezone(UTC)
        if found.astimezone(zone).replace(tzinfo=None) == clock_time:
            return (found - EPOCH) // MINUTE
        clock_time += MINUTE


@cache
def local(moment: int, zone: ZoneInfo) -> datetime:
    """What a clock shows, with its offset."""
    return (EPOCH + moment * MINUTE).astimezone(zone)


class PlanWishes:
    """The part `bags` of an order document, and what the patient's answers leave out."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        bags = document["bags"]
        phases = bags.get("phases") or {}
        self._bags: Mapping[str, Any] = bags
        self._hospital: Mapping[str, Any] = phases.get("hospital") or {}
        self._home: Mapping[str, Any] = phases.get("home") or {}
        self.hospital_days: int = bags["hospital_days"]
        patient = document["patient"]
        answers = ("benzyl_alcohol_hypersensitivity", "pregnant", "breastfeeding")
        self._avoids = bags["benzyl_alcohol"] == "avoid" or any(
            patient[each] is not False for each in answers
        )
        self._closed_weekdays = [WEEKDAYS.index(each) for each in self._at_home("closed_days") or ()]
        self._holidays = _dates(self._at_home("holidays"))
        self._hours: Mapping[str, str] | None = self._at_home("change_hours")

    def _at_home(self, name: str) -> Any:
        return self._bags.get(name) if self._home.get(name) is None else self._home[name]

    def _on_day(self, name: str, day: int) -> Any:
        """What holds for a bag that is hung on an infusion day."""
        phase = self._hospital if day <= self.hospital_days else self._home
        return self._bags.get(name) if phase.get(name) is None else phase[name]

    def durations_on(self, day: int) -> list[int]:
        """From which durations the bag of an infusion day is chosen."""
        wished = self._on_day("durations_h", day) or ALL_DURATIONS_H
        return [each for each in wished if not (self._avoids and each == 168)]

    def change_costs(self, days_over: int, clock: datetime) -> bool:
        """Whether a change that is neither at a wall nor at the end counts as one on a closed day."""
        if days_over < self.hospital_days:
            return False
        if self._hours and not self._hours["from"] <= f"{clock:%H:%M}" <= self._hours["to"]:
            return True
        return clock.weekday() in self._closed_weekdays or clock.date() in self._holidays

    @property
    def prepares_always(self) -> bool:
        """Whether no day and no hour of preparation is named."""
        named = [self._bags.get("prepare_hours"), *(self._on_day("prepare_days", day) for day in (1, 28))]
        return not any([*named, self._hospital.get("prepare_days"), self._home.get("prepare_days")])

    def open_spans(self, first: int, last: int, day: int) -> list[Span]:
        """When the bag of an infusion day may be prepared between two instants, both included."""
        if first > last:
            return []
        days: list[str] | None = self._on_day("prepare_days", day)
        hours: Mapping[str, str] | None = self._bags.get("prepare_hours")
        if days is None and hours is None:
            return [(first, last)]
        closed = _dates(self._bags.get("holidays")) if days is not None else frozenset()
        times = ("00:00", "23:59") if hours is None else (hours["from"], hours["to"])
        spans = []
        for each in _days_between(first, last):
            if days is None or (WEEKDAYS[each.weekday()] in days and each not in closed):
                opens, closes = (instant(datetime.fromisoformat(f"{each}T{at}"), PHARMACY) for at in times)
                spans.append((max(first, opens), min(last, closes)))
        return [span for span in spans if span[0] <= span[1]]


@cache
def _dates(region: str | None) -> frozenset[date]:
    return frozenset(date.fromisoformat(day) for day in HOLIDAYS[region].split()) if region else frozenset()


def _days_between(first: int, last: int) -> Iterator[date]:
    day, end = local(first, PHARMACY).date(), local(last, PHARMACY).date()
    while day <= end:
        yield day
        day += DAY
