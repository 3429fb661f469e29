"""A bag on file: read with what its order and plan say of it, and its next event kept with an entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pharmacy_app.domain.bag_on_file import Bag, bag_of_events, next_event
from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.fact import fact_digest
from pharmacy_app.domain.plan_record import BagRecord, plan_record_digest
from pharmacy_app.domain.verification import PlanInForce
from pharmacy_app.workflow.record import Told, entry, refuse

if TYPE_CHECKING:
    from pharmacy_app.domain.bag_event import BagEvent, Happening
    from pharmacy_app.domain.person import Actor
    from pharmacy_app.domain.protocol import Protocol, Recipe
    from pharmacy_app.domain.site import Site
    from pharmacy_app.workflow.unit_of_work import StoredOrder, StoredPlan, UnitOfWork


SERIAL_LENGTH = 10


@dataclass(frozen=True, slots=True)
class BagOnFile:
    """A bag with its order and the newest plan of that order. `planned` None: the plan has no such bag."""

    bag: Bag
    order: StoredOrder
    plan: StoredPlan

    @property
    def planned(self) -> BagRecord | None:
        """What the newest plan says of the bag."""
        return planned_bag(self.plan, self.bag.started.bag_number)

    @property
    def in_force(self) -> PlanInForce:
        """The newest plan as the release asks for it."""
        return PlanInForce(
            revision=self.plan.revision,
            digest=plan_record_digest(self.plan.content),
            bag=self.planned,
            started_before_it_was_entered=self.order.starts_at < self.order.stored_at,
        )

    def recipe(self, protocol: Protocol) -> Recipe:
        """The row of the protocol's table after which it is made."""
        return protocol.recipe(self.bag.started.duration_h, self.bag.started.dose)


def planned_bag(plan: StoredPlan, number: int) -> BagRecord | None:
    """The bag of that number in a plan."""
    return next((each for each in plan.content.bags if each.number == number), None)


def read_bag(work: UnitOfWork, serial: str) -> Bag:
    """The bag of a serial.

    Raises:
        InputRefused: there is none on file.
    """
    bag = bag_of_events(work.bag_events.of_bag(serial))
    if bag is None:
        raise InputRefused("serial", serial, "expected.bag-serial")
    return bag


def require_bag(work: UnitOfWork, serial: str, *, act: str, actor: Actor, at: datetime, site: Site) -> None:
    """For a command: that there is no bag of that serial is recorded, then refused as `read_bag` does."""
    if not work.bag_events.of_bag(serial):
        thing, none = thing_of(serial), InputRefused("serial", serial, "expected.bag-serial")
        refuse(work, none, act=act, thing=thing, actor=actor, at=at, site=site)


def thing_of(serial: str) -> str:
    """How the record names a bag. What has not the form of a serial may be anything, and is not named."""
    is_serial = len(serial) == SERIAL_LENGTH and serial.isascii() and serial.isdigit()
    return f"bag {serial}" if is_serial else "bags"


def read_bag_on_file(work: UnitOfWork, serial: str) -> BagOnFile:
    """The bag of a serial with its order and newest plan. Raises as `read_bag`."""
    bag = read_bag(work, serial)
    order = work.orders.with_number(bag.started.order_number)
    plan = work.plans.latest(bag.started.order_number)
    if order is None or plan is None:
        raise LookupError(f"bag {serial} has no order or no plan")  # the schema and the record forbid it
    return BagOnFile(bag, order, plan)


def bags_of_order(work: UnitOfWork, order_number: str) -> tuple[Bag, ...]:
    """Every bag that was ever started for an order, in that order."""
    return tuple(read_bag(work, serial) for serial in work.bag_events.of_order(order_number))


ACTS = {
    "Started": "bag-started",
    "TakenOver": "bag-taken-over",
    "TagScanned": "tag-scanned",
    "ProductScanned": "product-scanned",
    "MoreVials": "one-more-vial",
    "Measured": "volume-measured",
    "StepDone": "step-done",
    "Photographed": "photograph-attached",
    "Finished": "bag-finished",
    "Abandoned": "bag-abandoned",
    "OwnFigures": "own-figures-typed",
    "Released": "bag-released",
    "Rejected": "bag-rejected",
    "Matched": "label-matched",
    "Refrigerated": "bag-refrigerated",
    "TakenOut": "bag-taken-out",
    "Dispensed": "bag-dispensed",
    "Hung": "bag-hung",
    "MovedToPeripheral": "bag-moved-to-peripheral",
    "Stopped": "bag-stopped",
    "ReleasedAgain": "bag-released-again",
    "Ended": "bag-ended",
    "Voided": "bag-voided",
}


def keep_happening(
    work: UnitOfWork, bag: Bag, what: Happening, *, actor: Actor, at: datetime, site: Site, told: Told = ()
) -> Bag:
    """Keep the bag's next event with its entry; the bag as it is then."""
    event = next_event(bag, what, at=at, person=actor.person, station=actor.station)
    keep_event(work, event, actor=actor, site=site, told=told)
    changed = bag_of_events((*bag.events, event))
    assert changed is not None  # it has at least this event
    return changed


def keep_event(work: UnitOfWork, event: BagEvent, *, actor: Actor, site: Site, told: Told = ()) -> None:
    """Keep an event with its entry."""
    work.bag_events.add(event)
    act = ACTS[type(event.what).__name__]
    work.audit.add(
        entry(
            act,
            actor=actor,
            thing=f"bag {event.serial}",
            at=event.at,
            site=site,
            facts=(("event", str(event.number)), *told),
            digest_after=fact_digest(event),
        )
    )
