"""Plans and pictures of cycles that were interrupted, from the order of `autumn` with bags up to 96 h."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from pharmacy_app.domain.order import Interruption, InterruptionKind
from pharmacy_app.domain.plan import Plan
from pharmacy_app.wording import load
from pharmacy_app.workflow.plan import make_plan
from pharmacy_app.workflow.plan_days import closed_days
from tests.support.orders import order_of
from tests.support.rulebooks import NOW, rulebook
from tests.ui.plan.cycles import PHARMACY, autumn
from ui.plan.cycle import Cycle
from ui.plan.cycle_telling import Telling, cycle_of

TORONTO = ZoneInfo("America/Toronto")


def toronto(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of autumn 2026 by Toronto's clock."""
    return datetime(2026, month, day, hour, minute, tzinfo=TORONTO)


PLAIN = Interruption(toronto(11, 3, 9, 15), toronto(11, 4, 10), InterruptionKind.PLAIN)
GRADE_3 = Interruption(toronto(10, 30, 9, 15), toronto(11, 4, 10), InterruptionKind.GRADE_3)
EARLY = Interruption(toronto(10, 22, 9, 15), toronto(10, 22, 15), InterruptionKind.PLAIN)
HOURS_57 = Interruption(toronto(10, 26, 0), toronto(10, 28, 9), InterruptionKind.PLAIN)
# 10 hours by the clock, 11 in truth: daylight saving time ends between them.
CLOCK = Interruption(toronto(10, 31, 20), toronto(11, 1, 6), InterruptionKind.PLAIN)
IN_HOSPITAL = Interruption(toronto(10, 20, 9, 15), toronto(10, 23, 15), InterruptionKind.PLAIN)
SIX_DAYS = Interruption(toronto(10, 22, 9, 15), toronto(10, 28, 15), InterruptionKind.PLAIN)
SIX_MORE = Interruption(toronto(11, 2, 9), toronto(11, 8, 10), InterruptionKind.PLAIN)
KEPT_CLOCK = replace(PLAIN, keep_clock_time=True)


def interrupted(*stops: Interruption, **changes: object) -> Plan:
    """The plan over these interruptions, which must have bags."""
    document = autumn(**{"bags.durations_h": [24, 48, 72, 96], **changes})
    order = replace(order_of(document), interruptions=stops)
    plan = make_plan(order, rulebook(), now=NOW)
    assert plan.bags, [each.code for each in plan.findings]
    return plan


def picture(stops: Sequence[Interruption], now: datetime | None = None) -> Cycle:
    """The picture of it; the bags after the last restart can be changed."""
    plan = interrupted(*stops)
    free = max((bag.number for bag in plan.bags if bag.restart), default=1)
    closed = closed_days(plan.order, rulebook())
    return cycle_of(plan, Telling(load(), PHARMACY, closed, first_free=free, now=now))
