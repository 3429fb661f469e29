"""The picture of a cycle as weeks: which bag lies on which days, and what each bar has to say.

Seven columns, each beginning at the cycle's clock time; a row is a week. Nothing here knows pixels.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from pharmacy_app.domain.clock import DAYS, offset_text
from pharmacy_app.domain.optimum import ClosedDays
from pharmacy_app.domain.plan import Plan, PlannedBag
from pharmacy_app.domain.protocol import Diluent
from ui.dates import clock_text, short_day_text, short_moment_text, weekday_and_day
from ui.pharmacy_clock import at_the_pharmacy, moment_text
from ui.words import Words

COLUMNS = 7


@dataclass(frozen=True, slots=True)
class DayHead:
    """The head of one column of one week. `day_texts` are forms of one text, the longest first."""

    day: int
    date_text: str
    day_texts: tuple[str, ...]
    closed_text: str
    in_hospital: bool
    clock_change: bool

    @property
    def closed(self) -> bool:
        return bool(self.closed_text)


@dataclass(frozen=True, slots=True)
class BarPiece:
    """What one bag covers of one week: columns `first_column` up to, not including, `end_column`.

    Each tuple of texts holds forms of one text, the longest first; an empty tuple: nothing to say here.
    `diluent` and `clock` stand on the bag's widest piece at least.
    """

    number: int
    row: int
    first_column: int
    end_column: int
    begins: bool
    ends: bool
    low_dose: bool
    bacteriostatic: bool
    heading: tuple[str, ...]
    dose: str
    diluent: str
    times: tuple[str, ...]
    clock: tuple[str, ...]
    amounts: tuple[str, ...]
    new_set: str

    @property
    def columns(self) -> int:
        return self.end_column - self.first_column


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """`swatch` names what is drawn beside the words; empty: words alone."""

    swatch: str
    text: str


@dataclass(frozen=True, slots=True)
class Cycle:
    """All that is drawn. `walls` are numbers of days before which the dose changes."""

    weeks: tuple[tuple[DayHead, ...], ...]
    pieces: tuple[BarPiece, ...]
    walls: tuple[int, ...]
    legend: tuple[LegendEntry, ...]

    def pieces_of(self, number: int) -> tuple[BarPiece, ...]:
        """The pieces of one bag, in the order of the weeks."""
        return tuple(piece for piece in self.pieces if piece.number == number)

    def in_week(self, number: int, weeks: int) -> int:
        """The bag that lies so many weeks below (or above) the first column of another."""
        own = self.pieces_of(number)[0 if weeks < 0 else -1]
        for piece in self.pieces:
            covers = piece.first_column <= own.first_column < piece.end_column
            if piece.row == own.row + weeks and covers:
                return piece.number
        return number


def cycle_of(plan: Plan, words: Words, *, pharmacy_zone: str, closed: ClosedDays) -> Cycle:
    """The picture of a plan that has bags. `closed` tells the days without a bag change."""
    heads = _heads(plan, words, closed)
    teller = _Teller(plan, words, pharmacy_zone)
    pieces = tuple(piece for bag in plan.bags for piece in teller.pieces(bag))
    weeks = tuple(heads[first : first + COLUMNS] for first in range(0, len(heads), COLUMNS))
    walls = tuple(bag.first_day for bag in plan.bags if bag.dose_change)
    return Cycle(weeks, pieces, walls, _legend(plan, words, heads, walls))


def clock_changes(plan: Plan) -> tuple[datetime, ...]:
    """The start of each infusion day during which the clock changes."""
    zone = plan.bags[0].start_at.tzinfo
    starts = [plan.order.start_at + timedelta(days=day) for day in range(plan.bags[-1].last_day + 1)]
    offsets = [start.replace(tzinfo=zone).utcoffset() for start in starts]
    pairs = zip(starts, offsets, offsets[1:], strict=False)
    return tuple(start for start, before, after in pairs if before != after)


def _heads(plan: Plan, words: Words, closed: ClosedDays) -> tuple[DayHead, ...]:
    changes = clock_changes(plan)
    found = []
    for index in range(plan.bags[-1].last_day):
        start = plan.order.start_at + timedelta(days=index)
        day = str(index + 1)
        in_hospital = index < closed.hospital_days
        # Up to the last hospital day a change is free on any date: such a day is not closed.
        is_closed = not in_hospital and closed.is_closed(start.date())
        texts = [words("ui.plan.day", day=day)]
        if in_hospital:
            texts.insert(0, words("ui.plan.day-in-hospital", day=day))
        elif is_closed:
            texts.insert(0, words("ui.plan.day-and", day=day))
        found.append(
            DayHead(
                index + 1,
                weekday_and_day(start),
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
    words: Words
    pharmacy_zone: str

    def pieces(self, bag: PlannedBag) -> tuple[BarPiece, ...]:
        spans = _spans(bag)
        widest = max(spans, key=lambda span: (span[2] - span[1], span[0]))
        return tuple(self._piece(bag, span, says_more=span == widest) for span in spans)

    def _piece(self, bag: PlannedBag, span: tuple[int, int, int], *, says_more: bool) -> BarPiece:
        row, first_column, end_column = span
        begins = bag.first_day == row * COLUMNS + first_column + 1
        ends = bag.last_day == row * COLUMNS + end_column
        return BarPiece(
            number=bag.number,
            row=row,
            first_column=first_column,
            end_column=end_column,
            begins=begins,
            ends=ends,
            low_dose=bag.dose != self.plan.protocol.full_dose,
            bacteriostatic=bag.recipe.diluent is Diluent.BACTERIOSTATIC,
            heading=self._heading(bag, begins=begins),
            dose=bag.dose.text,
            diluent=self.words(f"ui.plan.diluent.{bag.recipe.diluent.value}"),
            times=self._times(bag, ends=ends),
            clock=self.clock(bag) if says_more else (),
            amounts=self._amounts(bag) if says_more else (),
            new_set=self.words("ui.plan.new-set") if begins and bag.line_change else "",
        )

    def _heading(self, bag: PlannedBag, *, begins: bool) -> tuple[str, ...]:
        number = str(bag.number)
        if not begins:
            return (self.words("ui.plan.bag-on", number=number),)
        return (self.words("ui.plan.bag", number=number, duration=str(bag.duration_h)),)

    def _times(self, bag: PlannedBag, *, ends: bool) -> tuple[str, ...]:
        last = bag.number == self.plan.bags[-1].number
        code = "ui.plan.ends" if last else "ui.plan.change"
        change = bag.change_at
        long = self.words(code, moment=moment_text(change))
        short = self.words("ui.plan.to", moment=short_moment_text(change))
        forms = [long, short]
        there = at_the_pharmacy(change, self.pharmacy_zone)
        if there:
            forms.insert(0, self.words("ui.plan.with-pharmacy", text=long, moment=there))
        # The weekday alone says which day only where the bar ends in this week.
        shortest = f"{DAYS[change.weekday()]} {clock_text(change)}" if ends else short_day_text(change)
        forms.append(self.words("ui.plan.to", moment=shortest))
        return tuple(forms)

    def clock(self, bag: PlannedBag) -> tuple[str, ...]:
        """What the change of the clock does to this bag, longest form first."""
        if bag.early.value > 0:
            limit = self.plan.protocol.room_limit(bag.duration_h).number
            long = self.words("ui.plan.early", hours=bag.early.number, limit=limit)
            return (long, self.words("ui.plan.early-short", hours=bag.early.number))
        if bag.elapsed.value != bag.duration_h:
            return (self.words("ui.plan.runs", hours=bag.elapsed.number),)
        return ()

    def _amounts(self, bag: PlannedBag) -> tuple[str, ...]:
        long = self.words(
            "ui.plan.amounts-one-vial" if bag.recipe.vials == 1 else "ui.plan.amounts",
            drug=bag.recipe.drug.text,
            vials=str(bag.recipe.vials),
            infuse=bag.volume_to_infuse.text,
            rate=bag.rate.text,
        )
        return (long, self.words("ui.plan.amounts-short", drug=bag.recipe.drug.text, rate=bag.rate.text))


def _spans(bag: PlannedBag) -> list[tuple[int, int, int]]:
    """Row, first column and end column of each week that the bag lies in."""
    spans = []
    day = bag.first_day - 1
    while day < bag.last_day:
        row = day // COLUMNS
        end = min(bag.last_day, (row + 1) * COLUMNS)
        spans.append((row, day - row * COLUMNS, end - row * COLUMNS))
        day = end
    return spans


def _legend(
    plan: Plan, words: Words, heads: tuple[DayHead, ...], walls: tuple[int, ...]
) -> tuple[LegendEntry, ...]:
    doses = {bag.dose: bag.dose == plan.protocol.full_dose for bag in plan.bags}
    entries = [LegendEntry("full" if full else "low", dose.text) for dose, full in doses.items()]
    if any(bag.recipe.diluent is Diluent.BACTERIOSTATIC for bag in plan.bags):
        entries.append(LegendEntry("bacteriostatic", words("ui.plan.legend.bacteriostatic")))
    if walls:
        entries.append(LegendEntry("wall", words("ui.plan.legend.wall")))
    if plan.order.bags.hospital_days:
        days = str(min(plan.order.bags.hospital_days, len(heads)))
        entries.append(LegendEntry("hospital", words("ui.plan.legend.hospital", days=days)))
    if any(head.closed for head in heads):
        entries.append(LegendEntry("lock", words("ui.plan.legend.closed")))
    if any(bag.line_change for bag in plan.bags):
        entries.append(LegendEntry("new-set", words("ui.plan.legend.new-set")))
    entries += [_clock_entry(plan, words, start) for start in clock_changes(plan)]
    first = plan.bags[0].start_at
    entries.append(
        LegendEntry("", words("ui.plan.legend.columns", time=clock_text(first), offset=offset_text(first)))
    )
    return tuple(entries)


def _clock_entry(plan: Plan, words: Words, start: datetime) -> LegendEntry:
    zone = plan.bags[0].start_at.tzinfo
    before = start.replace(tzinfo=zone)
    after = (start + timedelta(days=1)).replace(tzinfo=zone)
    back = (after.utcoffset() or timedelta()) < (before.utcoffset() or timedelta())
    code = "ui.plan.legend.clock-back" if back else "ui.plan.legend.clock-forward"
    return LegendEntry(
        "clock", words(code, day=short_day_text(_change_day(before, after)), offset=offset_text(after))
    )


def _change_day(before: datetime, after: datetime) -> date:
    """The date on which the clock first shows the new offset. Clocks change on a quarter of an hour."""
    moment, zone = before.astimezone(UTC), before.tzinfo
    while moment.astimezone(zone).utcoffset() != after.utcoffset():
        moment += timedelta(minutes=15)
    return moment.astimezone(zone).date()
