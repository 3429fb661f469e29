"""A bag's ledger on file: everything on which the answer to its scan rests, read in one transaction."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pharmacy_app.domain.answer_reason import BagLedger
from pharmacy_app.domain.bag import BagState
from pharmacy_app.domain.bag_event import Hung, Stopped
from pharmacy_app.domain.product import lot_key
from pharmacy_app.domain.superseded import PlanOfBag
from pharmacy_app.workflow.bag_on_file import bags_of_order, read_bag_on_file
from pharmacy_app.workflow.course_on_file import check_course_of
from pharmacy_app.workflow.open_bags import check_protocol_under
from pharmacy_app.workflow.print_record import jobs_of

if TYPE_CHECKING:
    from pharmacy_app.domain.bag_on_file import Bag
    from pharmacy_app.domain.product import Lot
    from pharmacy_app.domain.protocol import Protocol
    from pharmacy_app.workflow.unit_of_work import StoredPlan, UnitOfWork


def read_ledger(work: UnitOfWork, serial: str, protocol: Protocol) -> BagLedger:
    """The ledger of a bag under the protocol in force.

    Raises:
        InputRefused: there is no such bag.
    """
    file = read_bag_on_file(work, serial)
    bag = file.bag
    made_for = _plan_of(bag, made_for_plan(work, bag))
    stops = check_protocol_under(work, bag, protocol)
    goes_on = not stops and bag.state is not BagState.HUNG
    return BagLedger(
        bag=bag,
        made_for=made_for,
        in_force=_plan_of(bag, file.plan),
        lots=_lots_of(work, bag),
        jobs=jobs_of(work, serial),
        previous_change=_previous_change(work, bag, made_for),
        zone=ZoneInfo(file.order.order.time_zone),
        protocol_stops=stops,
        course_stops=check_course_of(work, file, protocol),
        replaces_until=_replaces_until(work, bag),
        rules_hold=goes_on or bag.started.protocol_digest == protocol.digest,
    )


def made_for_plan(work: UnitOfWork, bag: Bag) -> StoredPlan:
    """The plan for which a bag was made."""
    started = bag.started
    plan = work.plans.with_revision(started.order_number, started.plan_revision)
    if plan is None:
        raise LookupError(f"bag {bag.serial} was made for a plan that is not on file")
    return plan


def _plan_of(bag: Bag, plan: StoredPlan) -> PlanOfBag:
    return PlanOfBag(plan.revision, plan.content.bags, bag.started.bag_number)


def _lots_of(work: UnitOfWork, bag: Bag) -> tuple[Lot, ...]:
    keys = dict.fromkeys(lot_key(each.code, each.lot) for each in bag.units)
    found = (work.lots.latest(key) for key in keys)
    return tuple(each for each in found if each is not None)


def _previous_change(work: UnitOfWork, bag: Bag, made_for: PlanOfBag) -> datetime | None:
    """When the bag was told to be changed that makes room for this one; None: it did not hang."""
    if made_for.bag is None:
        return None
    told = []
    for other in bags_of_order(work, bag.started.order_number):
        hung = other.every(Hung)
        planned = _plan_of(other, made_for_plan(work, other)).bag if hung else None
        if planned is not None and planned.change_at == made_for.bag.start_at:
            told.append(hung[-1].change_at)
    return max(told, default=None)


def _replaces_until(work: UnitOfWork, bag: Bag) -> datetime | None:
    """When the dead bag of the same number was stopped, in whose place this one is made; None: none was."""
    others = (each for each in bags_of_order(work, bag.started.order_number) if each.serial < bag.serial)
    same = [each for each in others if each.started.bag_number == bag.started.bag_number]
    stops = [each.at for other in same for each in other.events if isinstance(each.what, Stopped)]
    return max(stops, default=None)
