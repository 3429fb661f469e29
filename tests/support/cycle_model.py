"""A second reading of the bag plan's rules, for comparing: from the promised command line, not the program.

It takes an order document and knows doses, vials, limits and holidays as literals. Nothing of
`pharmacy_app` is imported here. Instants are whole minutes since the epoch; minutes of infusion are counted
by clock days of 1440.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from tests.support.plan_wishes import EPOCH, MINUTE, PlanWishes, Span, instant, local

DAYS = 28
DAY_MINUTES = 1440
QUARTER = 15
LOW_DAYS = 7
MADE_UP_MINUTES = 4 * 60

# By dose in mcg/day and duration in hours: whole vials of 2.8 mL, and the drug in hundredths of a mL.
VIALS = {
    (9, 24): 1, (9, 48): 1, (9, 72): 1, (9, 96): 2, (9, 168): 2,
    (28, 24): 1, (28, 48): 2, (28, 72): 3, (28, 96): 4, (28, 168): 6,
}  # fmt: skip
DRUG = {
    (9, 24): 83, (9, 48): 170, (9, 72): 250, (9, 96): 330, (9, 168): 550,
    (28, 24): 260, (28, 48): 520, (28, 72): 800, (28, 96): 1070, (28, 168): 1680,
}  # fmt: skip
ROOM_LIMIT_H = {24: 96, 48: 96, 72: 96, 96: 96, 168: 168}

Kind = tuple[int, int]
"""Dose in mcg/day and duration in hours: where it differs from the bag before, the line is changed."""
Run = tuple[int, int]
"""A dose in mcg/day for so many minutes of infusion."""


@dataclass(frozen=True, slots=True)
class Cell:
    """An infusion day, or the part of one that a restart, a wall or the end leaves."""

    run: int
    dose: int
    from_minute: int
    to_minute: int
    starts: int
    ends: int
    last_of_run: bool

    @property
    def day(self) -> int:
        """The infusion day on which it begins, from 1."""
        return self.from_minute // DAY_MINUTES + 1


@dataclass(frozen=True, slots=True)
class Step:
    """One bag hung in a cell at an instant. `end` is the cell after its last."""

    kind: Kind
    end: int
    change: int
    closed: bool
    unprepared: bool


@dataclass(frozen=True, slots=True)
class ModelBag:
    """One bag of the whole cycle as it ran or will run."""

    kind: Kind
    start: int
    change: int
    from_minute: int
    to_minute: int
    closed: bool
    stopped: bool
    open_spans: tuple[Span, ...]

    @property
    def days(self) -> range:
        """The infusion days in which it hangs."""
        return range(self.from_minute // DAY_MINUTES + 1, -(-self.to_minute // DAY_MINUTES) + 1)


@dataclass
class StretchModel:
    """The infusion from a start or a restart on, as if nothing more would stop it."""

    wishes: PlanWishes
    zone: ZoneInfo
    cells: Sequence[Cell]
    before: Kind | None
    not_before: int | None
    waits: bool
    steps: dict[tuple[int, int], list[Step]] = field(default_factory=dict)

    @property
    def start(self) -> int:
        """When its first bag is hung."""
        return self.cells[0].starts

    def after(self, at: int, start: int) -> list[Step]:
        """Every bag that may be hung at an instant, in a cell."""
        if (at, start) not in self.steps:
            first = self.cells[at]
            ends = [(each, at + each // 24) for each in self.wishes.durations_on(first.day)]
            self.steps[at, start] = [
                self._step(duration_h, at, end, start)
                for duration_h, end in ends
                if end <= len(self.cells) and self.cells[end - 1].run == first.run
            ]
        return self.steps[at, start]

    def _step(self, duration_h: int, at: int, end: int, start: int) -> Step:
        last = self.cells[end - 1]
        change = min(last.ends, start + ROOM_LIMIT_H[duration_h] * 60)
        costs = self.wishes.change_costs(last.to_minute // DAY_MINUTES, local(change, self.zone))
        unprepared = not self.wishes.prepares_always and not self.open_spans(at, start)
        kind = (self.cells[at].dose, duration_h)
        return Step(kind, end, change, costs and not last.last_of_run, unprepared)

    def open_spans(self, at: int, start: int) -> list[Span]:
        """When a bag that is hung in a cell may be prepared."""
        first = start - 240 * 60
        if self.not_before is not None:
            first = max(first, self.not_before)
        if self.is_held(at):
            first = max(first, start - DAY_MINUTES)
        return self.wishes.open_spans(first, start, self.cells[at].day)

    def is_held(self, at: int) -> bool:
        """Whether it is the first at 28 mcg/day after a restart at 9, which waits for an answer."""
        return self.waits and at == next((n for n, cell in enumerate(self.cells) if cell.dose == 28), None)

    def bags(self, sequence_h: Sequence[int], until: int | None) -> list[ModelBag]:
        """The bags of a sequence that are hung, the last one cut where the infusion was stopped."""
        found: list[ModelBag] = []
        at, start = 0, self.start
        for duration_h in sequence_h:
            if until is not None and start >= until:
                break
            step = next(each for each in self.after(at, start) if each.kind[1] == duration_h)
            found.append(self._bag(step, at, start, until))
            at, start = step.end, step.change
        return found

    def _bag(self, step: Step, at: int, start: int, until: int | None) -> ModelBag:
        stopped = until is not None and until < step.change
        from_minute, to_minute = self.cells[at].from_minute, self.cells[step.end - 1].to_minute
        change = step.change
        if until is not None and stopped:
            # A bag that hangs early has not begun its own part of the cycle until the clock has caught up.
            change, to_minute = until, max(from_minute, self.infused(until))
        closed, spans = step.closed and not stopped, tuple(self.open_spans(at, start))
        return ModelBag(step.kind, start, change, from_minute, to_minute, closed, stopped, spans)

    def infused(self, moment: int) -> int:
        """Minutes of the cycle at an instant inside: whole clock days, then by the hour."""
        cell = next(each for each in self.cells if moment < each.ends)
        return min(cell.to_minute, cell.from_minute + moment - cell.starts)


def cells_of(start: int, zone: ZoneInfo, runs: Sequence[Run], clock_time: str, infused: int) -> list[Cell]:
    """The cells from an instant on, with changes at a clock time such as `14:00`."""
    boundaries = _boundaries(start, zone, clock_time)
    now, ends, found = start, next(boundaries), []
    in_step = instant(datetime.fromisoformat(f"{local(start, zone):%Y-%m-%d}T{clock_time}"), zone) == start
    in_step = in_step and f"{local(start, zone):%H:%M}" == clock_time
    for number, (dose, minutes) in enumerate(runs):
        left = minutes
        while left >= QUARTER:
            whole = DAY_MINUTES if in_step else ends - now
            taken = min(left, whole)
            left -= taken
            end = ends if taken == whole else min(ends, now + taken // QUARTER * QUARTER)
            counted = taken + (left if left < QUARTER else 0)
            found.append(Cell(number, dose, infused, infused + counted, now, end, left < QUARTER))
            in_step = end == ends
            infused, now = infused + counted, end
            if in_step:
                ends = next(boundaries)
    return found


def _boundaries(start: int, zone: ZoneInfo, clock_time: str) -> Any:
    """The instants after the start at which the clock shows the time, one for each date."""
    day = local(start, zone).date()
    while True:
        found = instant(datetime.fromisoformat(f"{day}T{clock_time}"), zone)
        if found > start:
            yield found
        day += timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stop:
    """An interruption that is made up."""

    stopped: int
    restarted: int
    grade_3: bool
    keeps_clock_time: bool


class Choose(Protocol):
    """Gives the sequence of a stretch. `is_past`: an interruption ended it."""

    def __call__(self, stretch: StretchModel, *, is_past: bool) -> tuple[int, ...] | None: ...


class CycleModel:
    """One cycle of a document."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        self.wishes = PlanWishes(document)
        self.zone = ZoneInfo(document["time_zone"])
        self.start = datetime.fromisoformat(document["start_at"])
        self.fewest_vials = document["bags"]["prefer"] == "fewest-vials"
        self.modified = document["dose_modification"] is not None
        stepped = document["indication"] == "relapsed-refractory" and document["cycle"] == 1
        self.wall = LOW_DAYS if stepped or self.modified else None
        self.stops = [stop for stop in map(self._stop, document.get("interruptions") or ()) if stop]
        self._known: dict[object, StretchModel] = {}

    @property
    def runs(self) -> list[Run]:
        """The doses of the cycle."""
        low = (self.wall or 0) * DAY_MINUTES
        return [run for run in ((9, low), (28, DAYS * DAY_MINUTES - low)) if run[1]]

    def _stop(self, given: Mapping[str, Any]) -> Stop | None:
        stopped, restarted = (
            (datetime.fromisoformat(given[name]) - EPOCH) // MINUTE for name in ("stopped_at", "restarted_at")
        )
        grade_3 = given["kind"] == "grade-3"
        if not grade_3 and restarted - stopped < MADE_UP_MINUTES:
            return None
        return Stop(stopped, restarted, grade_3, given.get("keep_clock_time", False))

    def bags(self, choose: Choose) -> list[ModelBag] | None:
        """All bags of the cycle, each stretch filled as `choose` says; None where one cannot be."""
        runs, clock_time, waits = self.runs, f"{self.start:%H:%M}", self.modified
        now, not_before, found = instant(self.start, self.zone), None, list[ModelBag]()
        infused = 0
        for stop in [*self.stops, None]:
            before = found[-1].kind if found else None
            key = (now, tuple(runs), clock_time, infused, before, not_before, waits)
            if key not in self._known:
                cells = cells_of(now, self.zone, runs, clock_time, infused)
                self._known[key] = StretchModel(self.wishes, self.zone, cells, before, not_before, waits)
            stretch = self._known[key]
            sequence_h = choose(stretch, is_past=stop is not None)
            if sequence_h is None:
                return None
            hung = stretch.bags(sequence_h, stop.stopped if stop else None)
            found += hung
            if stop is None:
                break
            waits = stop.grade_3 or (waits and not any(bag.kind[0] == 28 for bag in hung))
            runs = _runs_after(runs, found[-1].to_minute - infused, grade_3=stop.grade_3)
            now, not_before, infused = stop.restarted, stop.stopped, found[-1].to_minute
            clock_time = clock_time if stop.keeps_clock_time else f"{local(now, self.zone):%H:%M}"
        return found


def _runs_after(runs: Sequence[Run], infused: int, *, grade_3: bool) -> list[Run]:
    """What is left of the doses; after a grade 3 event 7 days at 9 first, or as many as are left."""
    left: list[Run] = []
    for dose, minutes in runs:
        gone = min(infused, minutes)
        infused -= gone
        if minutes - gone >= QUARTER:
            left.append((dose, minutes - gone))
    if not grade_3:
        return left
    minutes = sum(each for _, each in left)
    low = min(LOW_DAYS * DAY_MINUTES, minutes)
    return [run for run in ((9, low), (28, minutes - low)) if run[1] >= QUARTER]
