"""A course that did not go to plan, as it is kept: stopped, begun again, ended, and what was decided.

Of one order the stops are numbered from 1. A restart belongs to the stop with its number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from pharmacy_app.domain.order import AdverseEvent, Interruption, InterruptionKind
from pharmacy_app.domain.quantity import DoseRate

GRADE_3 = 3
CLOCK_ALLOWANCE = timedelta(minutes=5)  # a clock at the bedside and the station's may differ so much


class NeurologicSign(Enum):
    """What ends the treatment whatever the grade (REQ-MOD-002)."""

    MORE_THAN_ONE_SEIZURE = "more-than-one-seizure"
    LEUKOENCEPHALOPATHY = "leukoencephalopathy"


@dataclass(frozen=True, slots=True)
class InfusionStop:
    """The infusion was stopped. `event` and `grade` are None for a stop that no adverse event brought.

    `dose` is that at which it ran, `signs` those of a neurologic event, `told_at` when it was recorded.
    """

    order_number: str
    number: int
    stopped_at: datetime
    event: AdverseEvent | None
    grade: int | None
    signs: tuple[NeurologicSign, ...]
    dose: DoseRate
    reason: str
    told_at: datetime

    @property
    def key(self) -> str:
        """One stop of one order."""
        return stop_key(self.order_number, self.number)

    @property
    def kind(self) -> InterruptionKind:
        """From grade 3 on, whoever goes on begins again at the low dose (REQ-MOD-004)."""
        low = self.grade is not None and self.grade >= GRADE_3
        return InterruptionKind.GRADE_3 if low else InterruptionKind.PLAIN


@dataclass(frozen=True, slots=True)
class InfusionRestart:
    """The infusion begins again. `resolved_at` is when the event was grade 1 or less, None without an event.

    `prescriber` decided it, in the words of `decision`; `keep_clock_time` as in `order.Interruption`.
    """

    order_number: str
    number: int
    restarted_at: datetime
    keep_clock_time: bool
    resolved_at: datetime | None
    prescriber: str
    decision: str
    told_at: datetime

    @property
    def key(self) -> str:
        """The restart after one stop of one order."""
        return stop_key(self.order_number, self.number)


@dataclass(frozen=True, slots=True)
class Discontinuation:
    """The treatment is ended for good: nothing of the order is prepared, released or hung any more."""

    order_number: str
    ended_at: datetime
    prescriber: str
    reason: str
    told_at: datetime

    @property
    def key(self) -> str:
        """An order is ended once."""
        return self.order_number


@dataclass(frozen=True, slots=True)
class EscalationAnswer:
    """The toxicity has not come back and the prescriber agrees to the full dose (REQ-MOD-008).

    `bag_at` is when the bag that waited for it is to be hung: a plan that moves it asks again.
    """

    order_number: str
    bag_at: datetime
    prescriber: str
    told_at: datetime

    @property
    def key(self) -> str:
        """The newest answer of an order counts."""
        return self.order_number


@dataclass(frozen=True, slots=True)
class CourseOnFile:
    """What happened to one order's infusion, stops and restarts in the order of their numbers."""

    stops: tuple[InfusionStop, ...] = ()
    restarts: tuple[InfusionRestart, ...] = ()
    ended: Discontinuation | None = None
    answer: EscalationAnswer | None = None

    @property
    def open_stop(self) -> InfusionStop | None:
        """The stop after which the infusion has not begun again."""
        begun = {each.number for each in self.restarts}
        return next((each for each in self.stops if each.number not in begun), None)

    def answered_for(self, bag_at: datetime) -> bool:
        """Whether the bag hung then had its answer, and no adverse event came after that."""
        if self.answer is None or self.answer.bag_at != bag_at:
            return False
        return all(each.event is None or each.told_at < self.answer.told_at for each in self.stops)

    def interruptions(self, *, told_until: datetime | None = None) -> tuple[Interruption, ...]:
        """The stops after which the infusion began again, as a plan needs them.

        `told_until`: those alone that were on file by then.
        """
        stops = {each.number: each for each in self.stops}
        return tuple(
            _interruption(stops[each.number], each)
            for each in self.restarts
            if told_until is None or each.told_at <= told_until
        )


def stop_key(order_number: str, number: int) -> str:
    """The key of one stop of an order; an order's number holds no line feed."""
    return f"{order_number}\n{number}"


def next_number(stops: Sequence[InfusionStop]) -> int:
    """The number of the next stop."""
    return max((each.number for each in stops), default=0) + 1


def _interruption(stop: InfusionStop, restart: InfusionRestart) -> Interruption:
    return Interruption(stop.stopped_at, restart.restarted_at, stop.kind, restart.keep_clock_time)
