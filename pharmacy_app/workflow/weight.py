"""A weight that is taken during the course: kept, and what it means for the order's bags (REQ-ORD-012)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pharmacy_app.domain.acceptance import WeightTaken
from pharmacy_app.domain.bag import BagState
from pharmacy_app.domain.clock import date_text
from pharmacy_app.domain.errors import InputRefused, RulesRefused
from pharmacy_app.domain.finding import Finding
from pharmacy_app.domain.person import Permission
from pharmacy_app.domain.verification import check_weight
from pharmacy_app.domain.weight import WeightTyped, check_weight_typed, is_unusual
from pharmacy_app.workflow.bag_on_file import bags_of_order
from pharmacy_app.workflow.order import thing_of
from pharmacy_app.workflow.record import keep, refuse

if TYPE_CHECKING:
    from pharmacy_app.domain.bag_on_file import Bag
    from pharmacy_app.domain.person import Actor
    from pharmacy_app.domain.quantity import Weight
    from pharmacy_app.workflow.station import Station
    from pharmacy_app.workflow.unit_of_work import UnitOfWork

_NOT_RELEASED = (BagState.IN_PREPARATION, BagState.PREPARED)
_RELEASED = (BagState.RELEASED, BagState.DISPENSED, BagState.STOPPED)


@dataclass(frozen=True, slots=True)
class WeightKept:
    """What a weight that was kept means. Where `findings` are empty nothing is stopped.

    `stopped` are the bags that are not released and now cannot be. `others` are released, but do not hang.
    `hung` hang: what becomes of them is a person's decision.
    """

    findings: tuple[Finding, ...]
    stopped: tuple[Bag, ...] = ()
    others: tuple[Bag, ...] = ()
    hung: tuple[Bag, ...] = ()


def last_weight(work: UnitOfWork, order_number: str) -> Weight:
    """The newest weight of an order's patient.

    Raises:
        InputRefused: there is no such order.
    """
    order = work.orders.with_number(order_number)
    if order is None:
        raise InputRefused("order", order_number, "expected.order-on-file")
    newest = work.weights.latest(order_number)
    return order.order.patient.weight if newest is None else newest.weight


def add_weight(order_number: str, typed: WeightTyped, station: Station) -> WeightKept:
    """Keep a later weight. Below the protocol's minimum it stops every bag that is not released.

    Raises:
        RulesRefused: it must be typed again or needs a reason, which is a pharmacist's; recorded.
        InputRefused: there is no such order.
    """
    actor, rules, now = station.permitted(Permission.ENTER_ORDER), station.rulebook(), station.now()
    last, site = _last_on_file(order_number, station, actor), rules.site
    if is_unusual(typed.weight, last):
        actor = station.permitted(Permission.GIVE_REASON)
    today = now.astimezone(ZoneInfo(site.time_zone)).date()
    with station.open_unit_of_work() as work:
        thing = thing_of(order_number, work)
        found = tuple(check_weight_typed(typed, last_weight(work, order_number), today=today))
        told = [("weight", typed.weight.text), ("taken on", date_text(typed.taken_on))]
        if found:
            no, act = RulesRefused(found), "weight-refused"
            refuse(work, no, act=act, thing=thing, actor=actor, at=now, site=site, told=told)
        taken = WeightTaken(order_number, typed.weight, typed.taken_on, typed.reason)
        told += [("reason", typed.reason)] if typed.reason else []
        keep(
            work,
            work.weights,
            taken,
            act="weight-added",
            thing=thing,
            actor=actor,
            at=now,
            site=site,
            told=told,
        )
        kept = _meaning(work, order_number, station)
        work.commit()
    return kept


def _last_on_file(order_number: str, station: Station, actor: Actor) -> Weight:
    """`last_weight` for a command: that there is no such order is recorded."""
    with station.open_unit_of_work() as work:
        try:
            return last_weight(work, order_number)
        except InputRefused as none:
            thing, at, site = thing_of(order_number, work), station.now(), station.rulebook().site
            refuse(work, none, act="weight-refused", thing=thing, actor=actor, at=at, site=site)


def _meaning(work: UnitOfWork, order_number: str, station: Station) -> WeightKept:
    order = work.orders.with_number(order_number)
    if order is None:
        raise AssertionError("its weight was kept a moment ago")
    weights = [each.weight for each in work.weights.history(order_number)]
    found = check_weight(order.order.patient, weights, station.rulebook().protocol)
    if not found:
        return WeightKept(())
    bags = bags_of_order(work, order_number)
    return WeightKept(
        findings=found,
        stopped=tuple(each for each in bags if each.state in _NOT_RELEASED),
        others=tuple(each for each in bags if each.state in _RELEASED),
        hung=tuple(each for each in bags if each.state is BagState.HUNG),
    )
