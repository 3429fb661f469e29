"""What is to be done now: every planned bag that is not made yet and every bag that waits, by time due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pharmacy_app.domain.bag import OPEN, BagState
from pharmacy_app.domain.bag_on_file import Bag
from pharmacy_app.domain.order import Order
from pharmacy_app.domain.plan_record import BagRecord
from pharmacy_app.workflow.bag_on_file import bags_of_order
from pharmacy_app.workflow.order import is_accepted

if TYPE_CHECKING:
    from pharmacy_app.workflow.station import Station
    from pharmacy_app.workflow.unit_of_work import StoredOrder, UnitOfWork

_GONE = (BagState.HUNG, BagState.STOPPED, BagState.ENDED)


@dataclass(frozen=True, slots=True)
class Due:
    """One bag of a plan in force. `bag` is the one that is being made or was made for it; None: none is."""

    order: Order
    planned: BagRecord
    bags: int
    bag: Bag | None

    @property
    def hang_at(self) -> datetime:
        """When it is to be hung (UTC)."""
        return self.planned.start_at

    @property
    def state(self) -> BagState | None:
        """Where the bag is in its life; None: nobody has taken it yet."""
        return None if self.bag is None else self.bag.state


def worklist(station: Station, *, after: datetime | None = None) -> tuple[Due, ...]:
    """Every bag of the accepted plans in force that still has work in it, the earliest to be hung first.

    A bag that hangs, or has, is no work. With `after`, bags that nobody took and whose change lies before it
    are left out too.
    """
    with station.open_unit_of_work(reading=True) as work:
        due = [each for order in work.orders.all() for each in _of_order(work, order)]
    still = [each for each in due if each.state not in _GONE]
    if after is not None:
        still = [each for each in still if each.bag is not None or each.planned.change_at > after]
    return tuple(sorted(still, key=lambda each: (each.hang_at, each.order.order_number)))


def _of_order(work: UnitOfWork, stored: StoredOrder) -> list[Due]:
    order = stored.order
    plan = work.plans.latest(order.order_number)
    if plan is None or not is_accepted(work, order):
        return []
    alive = {
        bag.started.bag_number: bag
        for bag in bags_of_order(work, order.order_number)
        if bag.state in (*OPEN, BagState.ENDED)
    }
    bags = plan.content.bags
    return [Due(order, each, len(bags), alive.get(each.number)) for each in bags]
