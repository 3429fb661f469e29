"""The weeks of a printed plan: which bag lies where, and what its bar says. Knows no page.

A row is seven days from the clock time of the start; where a bag begins and ends follows what the clock
shows, so a day on which the clock changes is as wide as the others. Lengths are days from the start.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from labels.plan_words import PlanWords
from pharmacy_app.domain.clock import DAYS, MONTHS
from pharmacy_app.domain.plan import PlannedBag
from pharmacy_app.domain.protocol import Diluent

COLUMNS = 7
_DAY = timedelta(days=1)
_HAIR = 1e-6


@dataclass(frozen=True, slots=True)
class DayHead:
    """One column of one week. `below` are forms of its second line, the longest first."""

    row: int
    column: int
    date_text: str
    clock: str
    below: tuple[str, ...]
    closed: bool
    in_hospital: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """What a bag, or the time between two, covers of one week; `left` and `right` in columns.

    `forms` are what may stand on it: each a tuple of phrases, the form that says most first.
    """

    row: int
    left: float
    right: float
    kind: str
    begins: bool
    ends: bool
    bacteriostatic: bool
    wall: bool
    new_set: bool
    forms: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Weeks:
    """All that is drawn of them."""

    rows: int
    heads: tuple[DayHead, ...]
    pieces: tuple[Piece, ...]


def weeks_of(words: PlanWords) -> Weeks:
    """The weeks of a plan that has bags."""
    drawing = _Weeks(words)
    end = drawing.place(words.plan.bags[-1].change_at)
    rows = max(1, ceil(end / COLUMNS - _HAIR))
    heads = [drawing.head(row, column) for row in range(rows) for column in range(COLUMNS)]
    days = ceil(end - _HAIR)
    return Weeks(rows, tuple(heads[:days]), tuple(drawing.pieces()))


class _Weeks:
    def __init__(self, words: PlanWords) -> None:
        self._words, self._plan, self._closed = words, words.plan, words.paper.closed
        self._start = words.plan.bags[0].start_at.replace(tzinfo=None)
        self._zone = words.plan.bags[0].start_at.tzinfo

    def place(self, moment: datetime) -> float:
        """How many days after the start the clock of the place shows that."""
        return (moment.astimezone(self._zone).replace(tzinfo=None) - self._start) / _DAY

    def head(self, row: int, column: int) -> DayHead:
        """A day, which begins at the clock time of the start."""
        begins = self._start + (row * COLUMNS + column) * _DAY
        day, say = self._infusion_day(begins), self._words.say
        in_hospital = day is not None and day <= self._closed.hospital_days
        closed = not in_hospital and self._closed.is_closed(begins.date())
        words = [say("day", day=str(day))] if day is not None else []
        if in_hospital or closed:
            words.append(say("hospital" if in_hospital else "closed"))
        date = f"{DAYS[begins.weekday()]} {begins.day} {MONTHS[begins.month - 1]}"
        forms = (", ".join(words), words[-1] if words else "")
        return DayHead(row, column, date, self._clock(begins), forms, closed, in_hospital)

    def _clock(self, begins: datetime) -> str:
        """Whether the clock changes before the next day begins, and how."""
        before, after = (each.replace(tzinfo=self._zone).utcoffset() for each in (begins, begins + _DAY))
        assert before is not None
        assert after is not None
        if before == after:
            return ""
        return self._words.say("clock-forward" if after > before else "clock-back")

    def _infusion_day(self, begins: datetime) -> int | None:
        """Which infusion day is running then; None: the infusion stands still."""
        moment = begins.replace(tzinfo=self._zone)
        if not any(bag.start_at <= moment < bag.change_at for bag in self._plan.bags):
            return None
        cells = [cell for each in self._plan.stretches if each.start_at <= moment for cell in each.cells]
        running = [cell for cell in cells if cell.starts_at <= moment < cell.ends_at]
        return running[-1].day if running else None

    def pieces(self) -> Iterator[Piece]:
        """Every bag, and the time that an interruption took, week by week."""
        before: PlannedBag | None = None
        for bag in self._plan.bags:
            if before is not None and before.stopped and bag.restart:
                yield from self._gap(before, bag)
            yield from self._bag(bag)
            before = bag

    def _gap(self, before: PlannedBag, after: PlannedBag) -> Iterator[Piece]:
        say, number = self._words.say, str(before.number)
        forms = (
            (
                say("bar.stopped", moment=_moment(before.change_at)),
                say("bar.void", number=number),
                say("bar.restarted", moment=_moment(after.start_at)),
            ),
            (say("bar.stopped-short"), say("bar.void", number=number)),
            (say("bar.void-short"),),
            (),
        )
        spans = list(_spans(self.place(before.change_at), self.place(after.start_at)))
        for row, left, right in spans:
            yield Piece(
                row, left, right, "gap", begins=True, ends=True, bacteriostatic=False, wall=False,
                new_set=False, forms=forms,
            )  # fmt: skip

    def _bag(self, bag: PlannedBag) -> Iterator[Piece]:
        spans = list(_spans(self.place(bag.start_at), self.place(bag.change_at)))
        for number, (row, left, right) in enumerate(spans):
            begins, ends = number == 0, number == len(spans) - 1
            yield Piece(
                row=row,
                left=left,
                right=right,
                kind="full" if bag.dose == self._plan.protocol.full_dose else "low",
                begins=begins,
                ends=ends,
                bacteriostatic=bag.recipe.diluent is Diluent.BACTERIOSTATIC,
                wall=begins and bag.dose_change,
                new_set=begins and bag.line_change,
                forms=self._forms(bag, begins=begins),
            )

    def _forms(self, bag: PlannedBag, *, begins: bool) -> tuple[tuple[str, ...], ...]:
        """The form that says most first; the table says all of it too."""
        say, number = self._words.say, str(bag.number)
        name = say("bar.bag" if begins else "bar.bag-on", number=number, duration=str(bag.duration_h))
        must = [bag.dose.text.replace(" ", "\u00a0")]
        if bag.recipe.diluent is Diluent.BACTERIOSTATIC:
            must.append(self._words.diluent(bag))
        if bag.held:
            must.append(say("remark.held"))
        new_set = [say("remark.new-set")] if begins and bag.line_change else []
        last = bag.number == len(self._plan.bags)
        ends = "stopped" if bag.stopped else "ends" if last else "change"
        until = say(f"bar.{ends}", moment=_moment(bag.change_at))
        runs = [] if bag.elapsed.value == bag.duration_h else [say("bar.runs", hours=bag.elapsed.number)]
        short = say("bar.to", moment=_moment(bag.change_at))
        return (
            (name, *must, *new_set, *runs, until),
            (name, *must, *new_set, short),
            (name, *must, *new_set),
            (name, *must),
            (number, *must),
            (number,),
            (),
        )


def _moment(moment: datetime) -> str:
    return f"{DAYS[moment.weekday()]}\u00a0{moment.day}\u00a0{MONTHS[moment.month - 1]}\u00a0{moment:%H:%M}"


def _spans(start: float, end: float) -> Iterator[tuple[int, float, float]]:
    """Row, left and right of each week that something lies in."""
    row = int((start + _HAIR) // COLUMNS)
    while row * COLUMNS < end - _HAIR:
        first = row * COLUMNS
        yield row, max(start - first, 0.0), min(end - first, float(COLUMNS))
        row += 1
