"""What the Plan page asks the desk, on the gateway's thread. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pharmacy_app.domain.optimum import ClosedDays
from pharmacy_app.domain.order import Order
from pharmacy_app.domain.plan import Plan
from pharmacy_app.workflow.plan import closed_days

if TYPE_CHECKING:
    from pharmacy_app.workflow.desk import Desk
    from pharmacy_app.workflow.plan import Alternative


@dataclass(frozen=True, slots=True)
class LoadedPlan:
    """A plan with what it beats, the days its order wants closed, and whether it is on file."""

    plan: Plan
    alternatives: tuple[Alternative, ...]
    closed: ClosedDays
    kept: bool


def load(desk: Desk, order_number: str) -> LoadedPlan | None:
    """The plan of an order on file: the one that is kept, else the best one; None: no such order."""
    for stored in desk.orders():
        if stored.order.order_number == order_number:
            kept = desk.plan_on_file(order_number)
            plan = kept if kept is not None else desk.plan(stored.order)
            return _with_alternatives(desk, plan, kept=kept is not None)
    return None


def reckon(desk: Desk, order: Order) -> LoadedPlan:
    """The plan of an order as it stands, not yet kept."""
    return _with_alternatives(desk, desk.plan(order), kept=False)


def _with_alternatives(desk: Desk, plan: Plan, *, kept: bool) -> LoadedPlan:
    others = () if plan.refused else desk.alternatives(plan)
    closed = closed_days(plan.order, plan.doses, desk.rulebook)
    return LoadedPlan(plan, others, closed, kept)
