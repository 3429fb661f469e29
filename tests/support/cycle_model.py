"""A second reading of the bag plan's rules, for comparing: from the promised command line, not the program.

It takes an order document and knows doses, vials, limits and holidays as literals. Nothing of
`pharmacy_app` is imported here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

DAYS = 28
MINUTE = timedelta(minutes=1)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

# By dose in mcg/day and duration in hours: whole vials of 2.8 mL.
VIALS = {
    (9, 24): 1, (9, 48): 1, (9, 72): 1, (9, 96): 2, (9, 168): 2,
    (28, 24): 1, (28, 48): 2, (28, 72): 3, (28, 96): 4, (28, 168): 6,
}  # fmt: skip
MCG_IN_A_VIAL = 35  # 2.8 mL × 12.5 mcg/mL
ROOM_LIMIT_H = {24: 96, 48: 96, 72: 96, 96: 96, 168: 168}

# Statutory holidays with their observed days, 2026-09 to 2027-06.
HOLIDAYS = {
    "CA-ON": "2026-09-07 2026-10-12 2026-12-25 2026-12-26 2026-12-28 "
    "2027-01-01 2027-02-15 2027-03-26 2027-05-24",
    "CA-BC": "2026-09-07 2026-09-30 2026-10-12 2026-11-11 2026-12-25 "
    "2027-01-01 2027-02-15 2027-03-26 2027-05-24",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One bag hung somewhere in the cycle. `change` is an instant (UTC)."""

    duration_h: int
    dose: int
    last_day: int
    change: datetime
    vials: int
    closed: bool


@dataclass(frozen=True, slots=True)
class Cost:
    """What a sequence costs, in the promised order of comparing."""

    closed: int = 0
    preferred: int = 0
    other: int = 0
    lines: int = 0
    shorter_first: tuple[int, ...] = ()

    @property
    def key(self) -> tuple[int, int, int, int, tuple[int, ...]]:
        """Least is best; of two durations the longer is less."""
        return (self.closed, self.preferred, self.other, self.lines, self.shorter_first)


@dataclass
class CycleModel:
    """One cycle of a document: which bags may follow a day, when they are changed, what they cost."""

    document: Mapping[str, Any]
    steps: dict[tuple[int, datetime], list[Step]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.zone = ZoneInfo(self.document["time_zone"])
        self.start = datetime.fromisoformat(self.document["start_at"])
        bags = self.document["bags"]
        self.fewest_vials = bags["prefer"] == "fewest-vials"
        self.hospital_days: int = bags["hospital_days"]
        self.closed_weekdays = {WEEKDAYS.index(name) for name in bags["closed_days"]}
        self.holidays = {date.fromisoformat(day) for day in HOLIDAYS.get(bags["holidays"], "").split()}
        avoided = bags["benzyl_alcohol"] == "avoid"
        self.durations = [each for each in bags["durations_h"] if not (avoided and each == 168)]
        stepped = self.document["indication"] == "relapsed-refractory" and self.document["cycle"] == 1
        self.wall = 7 if stepped or self.document["dose_modification"] is not None else None
        self.clock = [self._instant(self.start + timedelta(days=day)) for day in range(DAYS + 1)]

    def _instant(self, clock_time: datetime) -> datetime:
        """The first instant at which a clock shows this time; where it never does, the end of the gap."""
        while True:
            instant = clock_time.replace(tzinfo=self.zone, fold=0).astimezone(UTC)
            if instant.astimezone(self.zone).replace(tzinfo=None) == clock_time:
                return instant
            clock_time += MINUTE

    def dose(self, day: int) -> int:
        """mcg in an infusion day, counted from 1."""
        return 9 if self.wall is not None and day <= self.wall else 28

    def after(self, day: int, start: datetime) -> list[Step]:
        """Every bag that may be hung at an instant, when `day` days are over."""
        if (day, start) not in self.steps:
            self.steps[day, start] = [
                self._step(duration_h, day, start)
                for duration_h in self.durations
                if day + duration_h // 24 <= self._end(day)
            ]
        return self.steps[day, start]

    def _end(self, day: int) -> int:
        return self.wall if self.wall is not None and day < self.wall else DAYS

    def _step(self, duration_h: int, day: int, start: datetime) -> Step:
        last_day = day + duration_h // 24
        change = min(self.clock[last_day], start + timedelta(hours=ROOM_LIMIT_H[duration_h]))
        dose = self.dose(day + 1)
        closed = self._closed(last_day, change)
        return Step(duration_h, dose, last_day, change, VIALS[dose, duration_h], closed)

    def _closed(self, last_day: int, change: datetime) -> bool:
        if last_day in (self.wall, DAYS) or last_day < self.hospital_days:
            return False
        day = change.astimezone(self.zone).date()
        return day.weekday() in self.closed_weekdays or day in self.holidays

    def line_change(self, before: Step | None, step: Step) -> bool:
        """Whether dose or duration differs from the bag before."""
        return before is not None and (before.dose, before.duration_h) != (step.dose, step.duration_h)

    def add(self, cost: Cost, before: Step | None, step: Step) -> Cost:
        """The cost with one more bag."""
        preferred, other = (step.vials, 1) if self.fewest_vials else (1, step.vials)
        return Cost(
            closed=cost.closed + step.closed,
            preferred=cost.preferred + preferred,
            other=cost.other + other,
            lines=cost.lines + self.line_change(before, step),
            shorter_first=(*cost.shorter_first, -step.duration_h),
        )

    def figures(self, cost: Cost) -> dict[str, int]:
        """The totals of the plan document that follow from a cost."""
        vials, bags = (cost.preferred, cost.other) if self.fewest_vials else (cost.other, cost.preferred)
        ordered = sum(self.dose(day) for day in range(1, DAYS + 1))
        return {
            "bags": bags,
            "changes": bags - 1,
            "closed_day_changes": cost.closed,
            "line_changes": cost.lines,
            "vials": vials,
            "drug_mcg_ordered": ordered,
            "drug_mcg_discarded": vials * MCG_IN_A_VIAL - ordered,
            "benzyl_alcohol_days": 7 * cost.shorter_first.count(-168),
        }
