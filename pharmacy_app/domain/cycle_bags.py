"""The bags of a whole cycle, one after another, over every interruption (REQ-PLN-002, -003, REQ-INT-003).

Each stretch is filled as if nothing would stop it. Where an interruption did, the bag that hung then ends,
what would have followed falls away, and the next stretch begins with what is left of the cycle.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from pharmacy_app.domain.bag_schedule import (
    MINUTES_IN_A_DAY,
    BagTimes,
    DoseTime,
    Stretch,
    cycle_stretch,
    days_of,
    schedule,
    stretch_of,
)
from pharmacy_app.domain.clock import elapsed, shown
from pharmacy_app.domain.course import dose_days
from pharmacy_app.domain.finding import Finding, has_stop
from pharmacy_app.domain.interruption import (
    about_interruption,
    check_interruption,
    doses_after,
    is_made_up,
    remaining,
)
from pharmacy_app.domain.optimum import Identity
from pharmacy_app.domain.order import Interruption, InterruptionKind, Order
from pharmacy_app.domain.protocol import Protocol, Recipe
from pharmacy_app.domain.quantity import Duration
from pharmacy_app.domain.rounding import two_decimals


@dataclass(frozen=True, slots=True)
class HungBag:
    """One bag of the cycle. `restart`: it is the first after an interruption that is made up.

    `held`: it is the first at the full dose after a restart at the low one, and waits for an answer
    (REQ-MOD-008). `not_before` is the stop (UTC) after which it was planned, None in the first stretch.
    """

    times: BagTimes
    recipe: Recipe
    restart: bool
    held: bool
    not_before: datetime | None

    @property
    def identity(self) -> Identity:
        """Where it differs from the bag before, the line is changed."""
        return self.recipe.duration_h, self.recipe.dose


@dataclass(frozen=True, slots=True)
class Filling:
    """A stretch to be filled. `taken` counts the bags before it, `before` is the last of them.

    `until` (UTC) is where an interruption ends it; None: it is the last, and must be filled exactly.
    """

    stretch: Stretch
    taken: int
    before: Identity | None
    until: datetime | None
    not_before: datetime | None


@dataclass(frozen=True, slots=True)
class Filled:
    """The durations of a stretch, in hours; None where there are none. Those beyond its end fall away."""

    sequence_h: tuple[int, ...] | None
    findings: tuple[Finding, ...] = ()


Filler = Callable[[Filling], Filled]


@dataclass(frozen=True, slots=True)
class CycleBags:
    """Every bag of the cycle; none where a finding is a stop."""

    bags: tuple[HungBag, ...]
    stretches: tuple[Stretch, ...]
    findings: tuple[Finding, ...]


def dose_times(order: Order, protocol: Protocol) -> tuple[DoseTime, ...]:
    """The doses of the cycle, each for so many minutes of infusion."""
    days = dose_days(order, protocol)
    return tuple(DoseTime(each.dose, (each.to_day - each.from_day + 1) * MINUTES_IN_A_DAY) for each in days)


def cycle_bags(order: Order, protocol: Protocol, fill: Filler) -> CycleBags:
    """The bags of the order's cycle, each stretch filled by `fill`."""
    return _Cycle(order, protocol, fill).hang()


class _Cycle:
    def __init__(self, order: Order, protocol: Protocol, fill: Filler) -> None:
        self._order, self._protocol, self._fill = order, protocol, fill
        self._zone = ZoneInfo(order.time_zone)
        self._doses = dose_times(order, protocol)
        self._clock_time = order.start_at.time()
        self._infused = 0
        self._stretch = cycle_stretch(order.start_at, self._zone, self._doses)
        self._stretches = [self._stretch]
        self._bags: list[HungBag] = []
        self._found: list[Finding] = []
        self._stop: datetime | None = None
        self._restarted_low = order.dose_modification is not None

    def hang(self) -> CycleBags:
        for number, interruption in enumerate(self._order.interruptions, start=1):
            stopped = list(check_interruption(interruption, number, self._stretch, self._protocol))
            self._found += stopped
            if has_stop(stopped):
                return self._refused()
            if not self._interrupt(interruption, number):
                return self._refused()
        if not self._fill_stretch(None):
            return self._refused()
        return CycleBags(tuple(self._bags), tuple(self._stretches), tuple(self._found))

    def _refused(self) -> CycleBags:
        return CycleBags((), tuple(self._stretches), tuple(self._found))

    def _interrupt(self, interruption: Interruption, number: int) -> bool:
        """Whether the cycle goes on: what was missed is made up, or the stop changes nothing."""
        infused = self._stretch.infused_until(interruption.stopped_at)
        left = remaining(self._doses, infused - self._infused)
        self._found += about_interruption(
            interruption, number, left, zone=self._zone, protocol=self._protocol
        )
        if not is_made_up(interruption, self._protocol):
            return True
        if not self._fill_stretch(interruption.stopped_at):
            return False
        self._restarted_low = interruption.kind is InterruptionKind.GRADE_3 or (
            self._restarted_low and len(left) > 1
        )
        self._doses, self._infused = doses_after(interruption, left, self._protocol), infused
        if not interruption.keep_clock_time:
            self._clock_time = shown(interruption.restarted_at, self._zone).time()
        self._stop = interruption.stopped_at
        self._stretch = self._after(interruption, number)
        self._stretches.append(self._stretch)
        return True

    def _after(self, interruption: Interruption, number: int) -> Stretch:
        return stretch_of(
            interruption.restarted_at, self._zone, self._doses,
            clock_time=self._clock_time, infused=self._infused, after=number,
        )  # fmt: skip

    def _fill_stretch(self, until: datetime | None) -> bool:
        before = self._bags[-1].identity if self._bags else None
        filling = Filling(self._stretch, len(self._bags), before, until, self._stop)
        filled = self._fill(filling)
        self._found += filled.findings
        if filled.sequence_h is None or has_stop(filled.findings):
            return False
        self._bags += self._hung(filling, filled.sequence_h)
        return True

    def _hung(self, filling: Filling, sequence_h: Sequence[int]) -> Iterator[HungBag]:
        limits = {each: self._protocol.room_limit(each) for each in self._protocol.durations_h}
        doses = {cell.from_minute: cell.dose for cell in filling.stretch.cells}
        held_from = _begins(filling.stretch, 1) if self._restarted_low else None
        hung = hung_before(filling, sequence_h, limits)
        times = schedule(filling.stretch, hung, limits)
        for at, (bag, duration_h) in enumerate(zip(times, hung, strict=True)):
            yield HungBag(
                times=bag if filling.until is None else _cut(bag, filling.stretch, filling.until),
                recipe=self._protocol.recipe(duration_h, doses[bag.from_minute]),
                restart=at == 0 and filling.stretch.after > 0,
                held=bag.from_minute == held_from,
                not_before=filling.not_before,
            )


def _begins(stretch: Stretch, run: int) -> int | None:
    return next((cell.from_minute for cell in stretch.cells if cell.run == run), None)


def hung_before(
    filling: Filling, sequence_h: Sequence[int], limits: Mapping[int, Duration]
) -> tuple[int, ...]:
    """Those bags of a sequence that hang before the stretch is stopped."""
    if filling.until is None:
        return tuple(sequence_h)
    fitting: list[int] = []
    at = 0
    for duration_h in sequence_h:
        at += days_of(duration_h)
        if at > len(filling.stretch.cells):
            break
        fitting.append(duration_h)
    times = schedule(filling.stretch, fitting, limits)
    hung = [each for each in times if each.start_at < filling.until]
    return tuple(fitting[: len(hung)])


def _cut(bag: BagTimes, stretch: Stretch, stopped_at: datetime) -> BagTimes:
    """The bag as it ran, where it hung when the infusion was stopped: its hours to two decimals."""
    if bag.change_at <= stopped_at:
        return bag
    ran = elapsed(bag.start_at, stopped_at)
    return replace(
        bag,
        to_minute=stretch.infused_until(stopped_at),
        change_at=stopped_at.astimezone(stretch.zone),
        elapsed=Duration(two_decimals(ran.value)),
        early=Duration(ran.value * 0),
        clock_time_skipped=False,
        clock_time_twice=False,
        at_wall=False,
        stopped=True,
    )
