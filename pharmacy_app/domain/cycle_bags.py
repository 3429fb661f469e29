"""The bags of a whole cycle, one after another, over every interruption (REQ-PLN-002, -003, REQ-INT-003).

Each stretch is filled as if nothing would stop it. Where an interruption did, the bag that hung then ends,
what would have followed falls away, and the next stretch begins with what is left of the cycle.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
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
from pharmacy_app.domain.course import dose_days, is_made_up
from pharmacy_app.domain.finding import Finding, has_stop
from pharmacy_app.domain.interruption import (
    about_grade_3,
    about_made_up,
    about_short,
    check_inside,
    check_length,
    doses_after,
    nothing_left,
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
    """`_since` and `_until` (UTC) are between when the next interruption can lie.

    `_waits`: it began again at the low dose, and no bag at the full dose has been hung since. `_over`: so
    little was left at a stop that nothing is hung after it. `_short` are interruptions that change nothing.
    """

    def __init__(self, order: Order, protocol: Protocol, fill: Filler) -> None:
        self._order, self._protocol, self._fill = order, protocol, fill
        self._zone = ZoneInfo(order.time_zone)
        self._doses = dose_times(order, protocol)
        self._clock_time = order.start_at.time()
        self._infused = 0
        self._bags: list[HungBag] = []
        self._found: list[Finding] = []
        self._stop: datetime | None = None
        self._waits = order.dose_modification is not None
        self._over = False
        self._short: list[tuple[int, Interruption]] = []
        self._stretches: list[Stretch] = []
        self._go_on(cycle_stretch(order.start_at, self._zone, self._doses))

    def hang(self) -> CycleBags:
        """Every bag; none, with the findings that say why, where the cycle cannot go on."""
        goes_on = all(
            self._interrupt(_in_utc(each), number)
            for number, each in enumerate(self._order.interruptions, start=1)
        )
        if goes_on and not self._over:
            goes_on = self._fill_stretch(None) and self._short_before_the_end()
        return CycleBags(tuple(self._bags) if goes_on else (), tuple(self._stretches), tuple(self._found))

    def _go_on(self, stretch: Stretch) -> None:
        self._stretch, self._since, self._until = stretch, stretch.start_at, stretch.ends_at
        self._stretches.append(stretch)

    def _interrupt(self, interruption: Interruption, number: int) -> bool:
        """Whether the cycle goes on: what was missed is made up, or the stop changes nothing."""
        inside = self._inside(interruption, number, self._until)
        if not self._take(check_length(interruption, number, self._zone, self._protocol)) or not inside:
            return False
        if is_made_up(interruption, self._protocol):
            return self._make_up(interruption, number)
        self._found.append(about_short(interruption, number, zone=self._zone, protocol=self._protocol))
        self._short.append((number, interruption))
        self._since = interruption.restarted_at
        return True

    def _make_up(self, interruption: Interruption, number: int) -> bool:
        """Fill the stretch up to the stop, and begin the next with what is left."""
        if not self._fill_stretch(interruption.stopped_at):
            return False
        last = self._bags[-1].times
        if last.at_wall and not last.stopped and not self._inside(interruption, number, self._ended(last)):
            return False
        left = remaining(self._doses, last.to_minute - self._infused)
        if not left:
            self._found.append(nothing_left(interruption, number, self._zone))
            self._over, self._until = True, interruption.stopped_at
            return True
        self._found += about_made_up(interruption, number, zone=self._zone, protocol=self._protocol)
        if interruption.kind is InterruptionKind.GRADE_3:
            hung = self._bags[-1].recipe.dose
            self._found += about_grade_3(number, left, hung=hung, protocol=self._protocol)
            self._waits = True
        self._doses, self._infused = doses_after(interruption, left, self._protocol), last.to_minute
        if not interruption.keep_clock_time:
            self._clock_time = shown(interruption.restarted_at, self._zone).time()
        self._stop = interruption.stopped_at
        self._go_on(self._after(interruption, number))
        return True

    def _ended(self, last: BagTimes) -> datetime:
        """Where the cycle really ended, if this bag was its last: it may be earlier than by the clock."""
        return last.change_at if last.to_minute == self._stretch.cells[-1].to_minute else self._until

    def _short_before_the_end(self) -> bool:
        ended = self._bags[-1].times.change_at
        since = self._stretches[0].start_at
        return self._take(
            each
            for number, interruption in self._short
            for each in check_inside(interruption, number, since=since, until=ended, zone=self._zone)
        )

    def _inside(self, interruption: Interruption, number: int, until: datetime) -> bool:
        return self._take(check_inside(interruption, number, since=self._since, until=until, zone=self._zone))

    def _take(self, findings: Iterable[Finding]) -> bool:
        """Keep the findings; whether none of them is a stop."""
        found = list(findings)
        self._found += found
        return not has_stop(found)

    def _after(self, interruption: Interruption, number: int) -> Stretch:
        return stretch_of(
            interruption.restarted_at, self._zone, self._doses,
            clock_time=self._clock_time, infused=self._infused, after=number,
        )  # fmt: skip

    def _fill_stretch(self, until: datetime | None) -> bool:
        before = self._bags[-1].identity if self._bags else None
        filling = Filling(self._stretch, len(self._bags), before, until, self._stop)
        filled = self._fill(filling)
        if not self._take(filled.findings) or filled.sequence_h is None:
            return False
        hung = list(self._hung(filling, filled.sequence_h))
        self._waits = self._waits and not any(bag.held for bag in hung)
        self._bags += hung
        return True

    def _hung(self, filling: Filling, sequence_h: Sequence[int]) -> Iterator[HungBag]:
        limits = {each: self._protocol.room_limit(each) for each in self._protocol.durations_h}
        doses = {cell.from_minute: cell.dose for cell in filling.stretch.cells}
        held_from = self._first_full(filling.stretch) if self._waits else None
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

    def _first_full(self, stretch: Stretch) -> int | None:
        full = self._protocol.full_dose
        return next((cell.from_minute for cell in stretch.cells if cell.dose == full), None)


def _in_utc(interruption: Interruption) -> Interruption:
    """Two times of one zone would be compared by the clock, which shows an hour twice in autumn."""
    stopped, restarted = interruption.stopped_at.astimezone(UTC), interruption.restarted_at.astimezone(UTC)
    return replace(interruption, stopped_at=stopped, restarted_at=restarted)


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
        if at > len(filling.stretch.cells) or duration_h not in limits:
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
        # Hung early at its room limit, it may not have reached its own part of the cycle.
        to_minute=max(bag.from_minute, stretch.infused_until(stopped_at)),
        change_at=stopped_at.astimezone(stretch.zone),
        elapsed=Duration(two_decimals(ran.value)),
        early=Duration(ran.value * 0),
        clock_time_skipped=False,
        clock_time_twice=False,
        at_wall=False,
        stopped=True,
    )
