"""What the Plan page asks the desk, on the gateway's thread. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pharmacy_app.domain.optimum import ClosedDays
from pharmacy_app.domain.order import Order
from pharmacy_app.domain.plan import Plan
from pharmacy_app.workflow.plan_days import closed_days

if TYPE_CHECKING:
    from pharmacy_app.workflow.desk import Desk
    from pharmacy_app.workflow.plan import Alternative


@dataclass(frozen=True, slots=True)
class PlanInUse:
    """The plan that every page shows for an order: the one on file, else the best one."""

    plan: Plan
    kept: bool


@dataclass(frozen=True, slots=True)
class LoadedPlan:
    """A plan with what it beats and the days its order wants closed.

    `kept`: it is on file. `in_use`: the other pages show it too. `order_accepted`: a pharmacist accepted the
    order as it stands on file.
    """

    plan: Plan
    alternatives: tuple[Alternative, ...]
    closed: ClosedDays
    kept: bool
    in_use: bool
    order_accepted: bool = True


def plan_in_use(desk: Desk, order_number: str) -> PlanInUse | None:
    """The plan of an order on file; None: no such order."""
    for stored in desk.orders():
        if stored.order.order_number == order_number:
            kept = desk.plan_on_file(order_number)
            return (
                PlanInUse(desk.plan(stored.order), kept=False) if kept is None else PlanInUse(kept, kept=True)
            )
    return None


def load(desk: Desk, order_number: str) -> LoadedPlan | None:
    """The plan in use with all that the page shows of it; None: no such order."""
    found = plan_in_use(desk, order_number)
    return None if found is None else _with_alternatives(desk, found.plan, kept=found.kept, in_use=True)


def reckon(desk: Desk, order: Order) -> LoadedPlan:
    """The plan of an order as it stands, whether or not it is the one in use."""
    plan = desk.plan(order)
    found = plan_in_use(desk, order.order_number)
    same = found is not None and found.plan.sequence_h == plan.sequence_h
    return _with_alternatives(desk, plan, kept=found is not None and found.kept and same, in_use=same)


def _with_alternatives(desk: Desk, plan: Plan, *, kept: bool, in_use: bool) -> LoadedPlan:
    others = () if plan.refused else desk.alternatives(plan)
    closed = closed_days(plan.order, desk.rulebook)
    accepted = plan.order.order_number in desk.accepted_orders()
    return LoadedPlan(plan, others, closed, kept, in_use, accepted)
