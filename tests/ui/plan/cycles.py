"""Plans for the Plan page's tests, as order documents and as pictures of their weeks."""

from __future__ import annotations

from pharmacy_app.domain.plan import Plan
from pharmacy_app.wording import load
from pharmacy_app.workflow.plan_days import closed_days
from tests.support.orders import ABSENT
from tests.support.rulebooks import plan_of, rulebook
from tests.ui.desks import order_document
from ui.plan.cycle import Cycle
from ui.plan.cycle_telling import Telling, cycle_of

PHARMACY = "America/Toronto"


def autumn(*sequence_h: int, **changes: object) -> dict[str, object]:
    """CLI.md's order from 2026-10-19 14:00, across the end of daylight saving time, without holidays.

    `zone` is the place of infusion.
    """
    return order_document(
        **{
            "start_at": "2026-10-19T14:00",
            "time_zone": changes.pop("zone", PHARMACY),
            "patient.weight_taken_on": "2026-10-16",
            "bags.holidays": ABSENT,
            "bags.sequence_h": list(sequence_h) or None,
            **changes,
        }
    )


def plan_with(*sequence_h: int, **changes: object) -> Plan:
    """The plan of `autumn`, which must have bags."""
    plan = plan_of(autumn(*sequence_h, **changes))
    assert plan.bags, [each.code for each in plan.findings]
    return plan


def cycle_with(*sequence_h: int, **changes: object) -> Cycle:
    """The picture of `plan_with`; the pharmacy's own clock is Toronto's."""
    plan = plan_with(*sequence_h, **changes)
    closed = closed_days(plan.order, rulebook())
    return cycle_of(plan, Telling(load(), PHARMACY, closed, first_free=1))
