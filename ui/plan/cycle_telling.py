"""From a plan to the picture of its cycle: what each day, bar and stop has to say. Knows no Qt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from pharmacy_app.domain.bag import BagState
from pharmacy_app.domain.clock import DAYS
from pharmacy_app.domain.finding import Severity
from pharmacy_app.domain.optimum import ClosedDays
from pharmacy_app.domain.plan import Plan, PlannedBag
from pharmacy_app.domain.protocol import Diluent
from ui.dates import clock_text, short_day_text, short_moment_text, weekday_and_day
from ui.pharmacy_clock import at_the_pharmacy, moment_text
from ui.plan.cycle import COLUMNS, ROW, BarPiece, Cycle, DayHead, Edge, GapPiece, rows_of
from ui.plan.cycle_legend import clock_changes, gap_texts, legend_of
from ui.plan.cycle_places import Places
from ui.words import Words

_HANGS_OR_HAS = (BagState.HUNG, BagState.ENDED)


@dataclass(frozen=True, slots=True)
class Telling:
    """What the picture needs beside the plan.

    `closed` tells the days without a bag change, `taken` the bags that somebody has taken. Bags from
    `first_free` on may be changed; None: none may. `now` is aware; None: the present is not shown.
    """

    words: Words
    pharmacy_zone: str
    closed: ClosedDays
    taken: Mapping[int, BagState] = field(default_factory=lambda: MappingProxyType({}))
    first_free: int | None = None
    now: datetime | None = None


def cycle_of(plan: Plan, telling: Telling) -> Cycle:
    """The picture of a plan that has bags."""
    places = Places(plan)
    heads = _heads(plan, telling, places)
    teller = _Teller(plan, telling, places)
    pieces = tuple(piece for bag in plan.bags for piece in teller.pieces(bag))
    weeks = tuple(heads[first : first + COLUMNS] for first in range(0, len(heads), COLUMNS))
    walls = tuple(places.of(bag)[0] for bag in plan.bags if bag.dose_change)
    gaps = tuple(_gaps(plan, places, telling.words))
    legend = legend_of(plan, words=telling.words, heads=heads, pieces=pieces, places=places, now=telling.now)
    return Cycle(
        weeks=weeks,
        pieces=pieces,
        walls=walls,
        legend=legend,
        gaps=gaps,
        edges=tuple(_edges(plan, places, telling.first_free)),
        now=None if telling.now is None else places.at(telling.now),
        now_text=telling.words("ui.plan.now"),
    )


def with_broken_bag(cycle: Cycle, number: int, duration_h: int, words: Words) -> Cycle:
    """The picture with one bag drawn over the others as long as a rule forbids it to be."""
    edge = next(each for each in cycle.edges if each.number == number)
    until = min(dict(edge.choices)[duration_h], cycle.end)
    first = cycle.pieces_of(number)[0]
    begin = first.row * ROW + first.begin
    heading = words("ui.plan.bag", number=str(number), duration=str(duration_h))
    bare = replace(first, heading=(heading,), clock=(), amounts=(), times=(), new_set="", diluent="")
    pieces = tuple(
        replace(bare, row=row, begin=left, end=right, begins=index == 0, ends=True, mark="stop")
        for index, (row, left, right) in enumerate(rows_of(begin, until))
    )
    others = tuple(each for each in cycle.pieces if each.number != number)
    return replace(cycle, pieces=(*others, *pieces))


def _gaps(plan: Plan, places: Places, words: Words) -> Iterator[GapPiece]:
    for begin, end, stop in places.stops():
        texts = (*gap_texts(plan, stop, words), words("ui.plan.no-infusion"))
        for row, left, right in rows_of(begin, end):
            yield GapPiece(row, left, right, texts)


def _edges(plan: Plan, places: Places, first_free: int | None) -> Iterator[Edge]:
    for bag in plan.bags:
        if first_free is not None and bag.number >= first_free:
            yield Edge(bag.number, places.of(bag)[1], places.ends(bag))


def _heads(plan: Plan, telling: Telling, places: Places) -> tuple[DayHead, ...]:
    words, closed = telling.words, telling.closed
    changes = clock_changes(plan, places.columns)
    found = []
    for index in range(places.columns):
        start = plan.order.start_at + timedelta(days=index)
        number = places.infusion_day(index)
        day = str(number)
        in_hospital = 0 < number <= closed.hospital_days
        # Up to the last hospital day a change is free on any date: such a day is not closed.
        is_closed = not in_hospital and closed.is_closed(start.date())
        texts = [words("ui.plan.day", day=day) if number else words("ui.plan.no-infusion")]
        if in_hospital:
            texts.insert(0, words("ui.plan.day-in-hospital", day=day))
        elif is_closed and number:
            texts.insert(0, words("ui.plan.day-and", day=day))
        found.append(
            DayHead(
                number,
                (weekday_and_day(start), short_day_text(start)),
                tuple(texts),
                words("ui.plan.closed") if is_closed else "",
                in_hospital,
                start in changes,
            )
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Teller:
    plan: Plan
    telling: Telling
    places: Places

    @property
    def words(self) -> Words:
        return self.telling.words

    def pieces(self, bag: PlannedBag) -> tuple[BarPiece, ...]:
        begin, end = self.places.of(bag)
        rows = rows_of(begin, end)
        widest = max(rows, key=lambda row: (row[2] - row[1], row[0]))
        first, last = rows[0], rows[-1]
        whole = self._whole(bag)
        return tuple(
            self._piece(whole, bag, row, begins=row == first, ends=row == last, says_more=row == widest)
            for row in rows
        )

    def _whole(self, bag: PlannedBag) -> BarPiece:
        """The bag as one piece that says everything."""
        state = self.telling.taken.get(bag.number)
        restart = max((each.number for each in self.plan.bags if each.restart), default=1)
        over = bag.number < restart
        texts, mark = self._state(bag, state, over=over)
        return BarPiece(
            number=bag.number,
            row=0,
            begin=0,
            end=0,
            begins=True,
            ends=True,
            low_dose=bag.dose != self.plan.protocol.full_dose,
            bacteriostatic=bag.recipe.diluent is Diluent.BACTERIOSTATIC,
            heading=self._heading(bag),
            dose=bag.dose.text,
            diluent=self.words(f"ui.plan.diluent.{bag.recipe.diluent.value}"),
            times=(),
            clock=self.clock(bag),
            clock_mark="clock" if self._clock_changes(bag) else "",
            amounts=self._amounts(bag),
            new_set=self.words("ui.plan.new-set") if bag.line_change else "",
            state=texts,
            mark=mark,
            outlined=over or state in _HANGS_OR_HAS,
            void=bag.stopped,
            locked=self.telling.first_free is not None and bag.number < self.telling.first_free,
        )

    def _piece(
        self,
        whole: BarPiece,
        bag: PlannedBag,
        row: tuple[int, int, int],
        *,
        begins: bool,
        ends: bool,
        says_more: bool,
    ) -> BarPiece:
        number, begin, end = row
        heading = whole.heading if begins else (self.words("ui.plan.bag-on", number=str(bag.number)),)
        return replace(
            whole,
            row=number,
            begin=begin,
            end=end,
            begins=begins,
            ends=ends,
            heading=heading,
            times=self._times(bag, ends=ends),
            clock=whole.clock if says_more else (),
            amounts=whole.amounts if says_more else (),
            state=whole.state if says_more else (),
            new_set=whole.new_set if begins else "",
        )

    def _state(self, bag: PlannedBag, state: BagState | None, *, over: bool) -> tuple[tuple[str, ...], str]:
        """What is to be known of the bag beside its figures, and the shape that goes with it."""
        if bag.stopped:
            return (self.words("ui.plan.void"),), "stop"
        texts, mark = self._own_state(bag, state, over=over)
        if not bag.restart:
            return texts, mark
        restart = self.words("ui.plan.restart")
        if not texts:
            return (restart,), ""
        return (self.words("ui.plan.restart-and", state=texts[0]), *texts), mark

    def _own_state(
        self, bag: PlannedBag, state: BagState | None, *, over: bool
    ) -> tuple[tuple[str, ...], str]:
        words = self.words
        if over:
            return (words("ui.plan.state.ended"),), "lock"
        if state is not None:
            return (words(f"ui.plan.state.{state.value}"),), "lock"
        if bag.held:
            return (words("ui.plan.held"), words("ui.plan.held-short")), "unknown"
        if self._needs_reason(bag):
            return (words("ui.plan.reason"),), "reason"
        return (), ""

    def _needs_reason(self, bag: PlannedBag) -> bool:
        own = ("bag", str(bag.number))
        return any(own in each.values and each.severity is Severity.REASON for each in self.plan.findings)

    def _heading(self, bag: PlannedBag) -> tuple[str, ...]:
        number = str(bag.number)
        long = self.words("ui.plan.bag", number=number, duration=str(bag.duration_h))
        return long, self.words("ui.plan.bag-alone", number=number)

    def _times(self, bag: PlannedBag, *, ends: bool) -> tuple[str, ...]:
        last = bag.number == self.plan.bags[-1].number
        code = "ui.plan.stopped" if bag.stopped else "ui.plan.ends" if last else "ui.plan.change"
        change = bag.change_at
        long = self.words(code, moment=moment_text(change))
        short = self.words("ui.plan.to", moment=short_moment_text(change))
        forms = [long, short]
        there = at_the_pharmacy(change, self.telling.pharmacy_zone)
        if there:
            forms.insert(0, self.words("ui.plan.with-pharmacy", text=long, moment=there))
        # The weekday alone says which day only where the bar ends in this week.
        shortest = f"{DAYS[change.weekday()]} {clock_text(change)}" if ends else short_day_text(change)
        forms.append(self.words("ui.plan.to", moment=shortest))
        return tuple(forms)

    def clock(self, bag: PlannedBag) -> tuple[str, ...]:
        """What the change of the clock, or a day that was cut, does to this bag, longest form first."""
        if bag.early.value > 0:
            limit = self.plan.protocol.room_limit(bag.duration_h).number
            long = self.words("ui.plan.early", hours=bag.early.number, limit=limit)
            return (long, self.words("ui.plan.early-short", hours=bag.early.number))
        if bag.elapsed.value != bag.duration_h and not bag.stopped:
            return (self.words("ui.plan.runs", hours=bag.elapsed.number),)
        return ()

    def _clock_changes(self, bag: PlannedBag) -> bool:
        """Whether the clock, not a day that was cut, makes the bag run longer or shorter than its name."""
        if len(self.plan.stretches) == 1 or bag.early.value > 0:
            return True
        return bag.start_at.utcoffset() != bag.change_at.utcoffset()

    def _amounts(self, bag: PlannedBag) -> tuple[str, ...]:
        long = self.words(
            "ui.plan.amounts-one-vial" if bag.recipe.vials == 1 else "ui.plan.amounts",
            drug=bag.recipe.drug.text,
            vials=str(bag.recipe.vials),
            infuse=bag.volume_to_infuse.text,
            rate=bag.rate.text,
        )
        return (long, self.words("ui.plan.amounts-short", drug=bag.recipe.drug.text, rate=bag.rate.text))
