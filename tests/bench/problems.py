"""Orders whose best sequence is looked for: drawn at random from a seed, in the program's own terms."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from pharmacy_app.domain.bag_schedule import Stretch
from pharmacy_app.domain.cycle_bags import Filled, Filling, cycle_bags
from pharmacy_app.domain.optimum import Identity, Weighing, best_sequence, goal_of
from pharmacy_app.domain.order import (
    BagWishes,
    Hours,
    Interruption,
    InterruptionKind,
    Order,
    PhaseWishes,
    Preference,
    Weekday,
)
from pharmacy_app.intake.order_json import read_order_file
from pharmacy_app.workflow.plan_days import PlanDays
from pharmacy_app.workflow.rulebook import Rulebook
from tests.bench.setting import EXAMPLE

ZONES = ("America/Toronto", "America/St_Johns", "America/Halifax", "America/Vancouver", "America/Edmonton")
COURSES = (("relapsed-refractory", 1), ("relapsed-refractory", 2), ("mrd-positive", 1), ("consolidation", 2))
CLINIC = Hours(time(7), time(16))


@dataclass(frozen=True, slots=True)
class Problem:
    """What a search is given: the last stretch of an order's cycle, which may be the whole of it."""

    stretch: Stretch
    weighing: Weighing
    before: Identity | None

    def best(self) -> tuple[int, ...] | None:
        """The program's answer."""
        return best_sequence(self.stretch, self.weighing, before=self.before)


def orders(count: int, *, permitted_h: tuple[int, ...], seed: int, rulebook: Rulebook) -> Iterator[Order]:
    """So many, the same for the same seed: every third interrupted, every third with days of preparation."""
    chance = random.Random(seed)
    example = read_order_file(EXAMPLE, rulebook.protocol)
    for number in range(count):
        order = _order(example, permitted_h, chance)
        if number % 3 == 1:
            order = replace(order, interruptions=_interruptions(order, chance))
        if number % 3 == 2:
            order = replace(order, bags=_prepared(order.bags, chance))
        yield order


def problem_of(order: Order, rulebook: Rulebook) -> Problem:
    """The search that the plan of an order ends with."""
    found: list[Problem] = []

    def fill(filling: Filling) -> Filled:
        days = PlanDays(order, rulebook)  # each time: it keeps what was asked of it
        weighing = Weighing(
            protocol=rulebook.protocol,
            wishes=order.bags,
            permitted_h=order.bags.durations_h or rulebook.protocol.durations_h,
            closed=days.closed,
            goal=goal_of(order.bags.prefer),
            prepared=days.prepared(filling.not_before),
        )
        found.append(Problem(filling.stretch, weighing, filling.before))
        return Filled(None if filling.until is None else found[-1].best())

    cycle_bags(order, rulebook.protocol, fill)
    return found[-1]


def problems(count: int, *, permitted_h: tuple[int, ...], rulebook: Rulebook, seed: int) -> Iterator[Problem]:
    """So many, the same for the same seed."""
    for order in orders(count, permitted_h=permitted_h, seed=seed, rulebook=rulebook):
        yield problem_of(order, rulebook)


def _order(example: Order, permitted_h: tuple[int, ...], chance: random.Random) -> Order:
    indication, cycle = chance.choice(COURSES)
    start_at = datetime(2026, 1, 1, 6) + timedelta(days=chance.randrange(1400), hours=chance.randrange(14))  # noqa: DTZ001
    wishes = BagWishes(
        durations_h=permitted_h,
        closed_days=frozenset(chance.sample(list(Weekday), chance.randrange(4))),
        holidays=chance.choice((None, "CA-ON", "CA-QC", "CA-BC")),
        hospital_days=chance.randrange(15),
        prefer=chance.choice(list(Preference)),
        change_hours=chance.choice((None, None, CLINIC)),
    )
    patient = replace(example.patient, weight_taken_on=start_at.date())
    return replace(
        example,
        patient=patient,
        prescribed=None,
        indication=indication,
        cycle=cycle,
        start_at=start_at,
        time_zone=chance.choice(ZONES),
        bags=wishes,
    )


def _interruptions(order: Order, chance: random.Random) -> tuple[Interruption, ...]:
    stopped = order.start_at.replace(tzinfo=ZoneInfo(order.time_zone)) + timedelta(
        hours=chance.randint(5, 200)
    )
    restarted = stopped + timedelta(hours=chance.randint(4, 160), minutes=chance.randrange(60))
    return (Interruption(stopped, restarted, chance.choice(list(InterruptionKind))),)


def _prepared(wishes: BagWishes, chance: random.Random) -> BagWishes:
    days = frozenset(chance.sample(list(Weekday), chance.randint(1, 5)))
    home = PhaseWishes(prepare_days=frozenset(chance.sample(list(Weekday), chance.randint(1, 3))))
    return replace(wishes, prepare_days=days, prepare_hours=chance.choice((None, CLINIC)), home=home)
