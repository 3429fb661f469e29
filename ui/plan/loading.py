"""What the Plan page asks the desk, on the gateway's thread. Knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pharmacy_app.domain.bag import BagState
from pharmacy_app.domain.optimum import ClosedDays
from pharmacy_app.domain.order import Order
from pharmacy_app.domain.plan import Plan
from pharmacy_app.workflow.plan_days import closed_days
from pharmacy_app.workflow.plan_edit import PlanEditor, bags_taken

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

    `editor` changes it; `taken` are the bags of the order that somebody has taken. `kept`: it is on file.
    `in_use`: the other pages show it too. `order_accepted`: a pharmacist accepted the order as it stands on
    file.
    """

    plan: Plan
    alternatives: tuple[Alternative, ...]
    closed: ClosedDays
    editor: PlanEditor
    taken: Mapping[int, BagState]
    kept: bool
    in_use: bool
    order_accepted: bool = True


def plan_in_use(desk: Desk, order_number: str) -> PlanInUse | None:
    """The plan of an order on file; None: no such order."""
    for stored in desk.orders():
        if stored.order.order_number == order_number:
            kept = None if _is_void(desk, order_number) else desk.plan_on_file(order_number)
            return (
                PlanInUse(desk.plan(stored.order), kept=False) if kept is None else PlanInUse(kept, kept=True)
            )
    return None


def _is_void(desk: Desk, order_number: str) -> bool:
    """Whether the infusion went on otherwise than the plan on file has it (REQ-INT-007)."""
    return any(each.code == "course.new-plan-needed" for each in desk.course.look(order_number).findings)


def load(desk: Desk, order_number: str) -> LoadedPlan | None:
    """The plan in use with all that the page shows of it; None: no such order.

    Where the infusion was interrupted since that plan was kept, the plan that goes on from there is shown and
    waits to be accepted (REQ-INT-001). Until then the other pages show the old one where it is not void.
    """
    found = plan_in_use(desk, order_number)
    if found is None:
        return None
    if found.kept:
        now = desk.plan(_best_of(found.plan.order))
        if now.order.interruptions != found.plan.order.interruptions:
            return _with_alternatives(desk, now, kept=False, in_use=False)
    return _with_alternatives(desk, found.plan, kept=found.kept, in_use=True)


def reckon(desk: Desk, order: Order) -> LoadedPlan:
    """The plan of an order as it stands, whether or not it is the one in use."""
    plan = desk.plan(order)
    found = plan_in_use(desk, order.order_number)
    same = found is not None and _is_same(found.plan, plan)
    return _with_alternatives(desk, plan, kept=found is not None and found.kept and same, in_use=same)


def _is_same(one: Plan, other: Plan) -> bool:
    return (one.sequence_h, one.order.interruptions) == (other.sequence_h, other.order.interruptions)


def _best_of(order: Order) -> Order:
    return replace(order, bags=replace(order.bags, sequence_h=None))


def _with_alternatives(desk: Desk, plan: Plan, *, kept: bool, in_use: bool) -> LoadedPlan:
    others = () if plan.refused else desk.alternatives(plan)
    closed = closed_days(plan.order, desk.rulebook)
    number = plan.order.order_number
    taken = bags_taken(number, desk.open_unit_of_work)
    beside = tuple(each.order for each in desk.orders() if each.order.order_number != number)
    editor = PlanEditor(desk.rulebook, beside, frozenset(taken), desk.now())
    accepted = number in desk.accepted_orders()
    return LoadedPlan(plan, others, closed, editor, taken, kept, in_use, accepted)
