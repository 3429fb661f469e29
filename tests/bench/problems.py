"""Orders whose best sequence is looked for: drawn at random from a seed, in the program's own terms."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pharmacy_app.domain.bag_schedule import CycleClock, cycle_clock
from pharmacy_app.domain.course import dose_days
from pharmacy_app.domain.optimum import ClosedDays, best_sequence
from pharmacy_app.domain.order import BagWishes, Order, Preference, Weekday
from pharmacy_app.domain.protocol import DoseDays, Protocol
from pharmacy_app.intake.order_json import read_order_file
from pharmacy_app.workflow.plan import closed_days
from pharmacy_app.workflow.rulebook import Rulebook
from tests.bench.setting import EXAMPLE

ZONES = ("America/Toronto", "America/St_Johns", "America/Halifax", "America/Vancouver", "America/Edmonton")
COURSES = (("relapsed-refractory", 1), ("relapsed-refractory", 2), ("mrd-positive", 1), ("consolidation", 2))


@dataclass(frozen=True, slots=True)
class Problem:
    """What a search is given."""

    clock: CycleClock
    doses: tuple[DoseDays, ...]
    permitted_h: tuple[int, ...]
    protocol: Protocol
    closed: ClosedDays
    prefer: Preference

    @property
    def days(self) -> int:
        """How long the cycle is."""
        return self.protocol.infusion_days

    @property
    def prefers_few_bags(self) -> bool:
        """Whether bags count before vials."""
        return self.prefer is Preference.FEWEST_CHANGES

    def best(self) -> tuple[int, ...] | None:
        """The program's answer."""
        return best_sequence(
            clock=self.clock,
            doses=self.doses,
            permitted_h=self.permitted_h,
            protocol=self.protocol,
            closed=self.closed,
            prefer=self.prefer,
        )


def problems(count: int, *, permitted_h: tuple[int, ...], rulebook: Rulebook, seed: int) -> Iterator[Problem]:
    """So many, the same for the same seed."""
    chance = random.Random(seed)
    example = read_order_file(EXAMPLE, rulebook.protocol)
    for _ in range(count):
        order = _order(example, chance)
        doses = dose_days(order, rulebook.protocol)
        zone = ZoneInfo(order.time_zone)
        yield Problem(
            cycle_clock(order.start_at, zone, days=rulebook.protocol.infusion_days),
            doses,
            permitted_h,
            rulebook.protocol,
            closed_days(order, doses, rulebook),
            order.bags.prefer,
        )


def _order(example: Order, chance: random.Random) -> Order:
    indication, cycle = chance.choice(COURSES)
    start_at = datetime(2026, 1, 1, 6) + timedelta(days=chance.randrange(1400), hours=chance.randrange(14))  # noqa: DTZ001
    wishes = BagWishes(
        closed_days=frozenset(chance.sample(list(Weekday), chance.randrange(4))),
        holidays=chance.choice((None, "CA-ON", "CA-QC", "CA-BC")),
        hospital_days=chance.randrange(15),
        prefer=chance.choice(list(Preference)),
    )
    return replace(
        example,
        indication=indication,
        cycle=cycle,
        start_at=start_at,
        time_zone=chance.choice(ZONES),
        bags=wishes,
    )
