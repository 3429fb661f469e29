"""Things to keep in tests of the database: an order with its entry, a plan, a label."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from db.engine import Database
from pharmacy_app.domain.audit import AuditEntry, utc_text
from pharmacy_app.domain.bag_event import BagEvent
from pharmacy_app.domain.fact import fact_digest
from pharmacy_app.domain.order import Order
from pharmacy_app.domain.order_document import order_digest
from pharmacy_app.domain.plan import Plan
from pharmacy_app.domain.plan_record import plan_digest
from pharmacy_app.workflow.unit_of_work import StoredLabel, StoredOrder, UnitOfWork
from tests.support.facts import NOON, PHOTOGRAPH, events, facts_of, life
from tests.support.orders import order, order_document
from tests.support.rulebooks import plan_of

START = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
END = datetime(2026, 12, 21, 19, 0, tzinfo=UTC)
PDF_DIGEST = "ab" * 32


def entry(
    act: str = "order-added", *, after: str = "", thing: str = "order RX-1001", **facts: str
) -> AuditEntry:
    """An entry of the training person at the desk."""
    return AuditEntry(
        act=act,
        thing=thing,
        person="training",
        station="desk",
        at=NOON,
        site_zone="America/Toronto",
        facts=tuple(facts.items()) or (("findings", ""),),
        digest_after=after,
    )


def stored(what: Order | None = None, *, reasons: tuple[tuple[str, str], ...] = ()) -> StoredOrder:
    """The example order, or another, as it is put on file."""
    return StoredOrder(what or order(), NOON, START, END, reasons)


def keep(database: Database, *orders: StoredOrder) -> None:
    """Puts orders on file, each with its entry, in one transaction."""
    with database() as work:
        for each in orders:
            add(work, each)
        work.commit()


def add(work: UnitOfWork, what: StoredOrder) -> None:
    """An order and its entry, not yet committed."""
    number = what.order.order_number
    work.orders.add(what)
    facts = {"starts at": utc_text(what.starts_at), "ends at": utc_text(what.ends_at)}
    facts.update({f"reason {finding}": reason for finding, reason in what.reasons})
    work.audit.add(entry(after=order_digest(what.order), thing=f"order {number}", **facts))


def numbered(number: str, *, starting: int = 0) -> StoredOrder:
    """The example order under another number, starting so many days later."""
    shift = timedelta(days=starting)
    what = stored(order(order_number=number))
    return replace(what, starts_at=START + shift, ends_at=END + shift)


def plan() -> Plan:
    """The plan of the example order: four 7-day bags."""
    return plan_of(order_document())


def keep_plan(database: Database) -> int:
    """Puts the example's plan on file with its entry."""
    with database() as work:
        revision = work.plans.add(plan(), made_at=NOON)
        work.audit.add(entry("plan-accepted", after=plan_digest(plan()), revision=str(revision)))
        work.commit()
    return revision


def label(bag: int = 1) -> StoredLabel:
    """A label of a bag of the example's first plan."""
    return StoredLabel("RX-1001", 1, bag, "2611230001", "4x3", 203, PDF_DIGEST, NOON)


def keep_label(database: Database) -> None:
    """Puts that label on file with its entry."""
    with database() as work:
        work.labels.add(label())
        facts = {"plan": "1", "bag": "1", "serial": "2611230001", "stock": "4x3", "dpi": "203"}
        work.audit.add(entry("label-made", after=PDF_DIGEST, **facts))
        work.commit()


def keep_facts(database: Database) -> None:
    """Puts one fact of each class on file, each with its entry."""
    with database() as work:
        for facts, fact in facts_of(work):
            facts.add(fact, at=NOON)
            work.audit.add(entry("fact-kept", after=fact_digest(fact), thing=f"thing {fact.key[:20]}"))
        work.commit()


def keep_events(database: Database, *happened: BagEvent, photographs: tuple[bytes, ...] = ()) -> None:
    """Puts events of bags on file, each with its entry, and the photographs that they name."""
    with database() as work:
        for content in photographs:
            work.photographs.add(content)
        for event in happened:
            work.bag_events.add(event)
            after, thing = fact_digest(event), f"bag {event.serial}"
            work.audit.add(entry(type(event.what).__name__, after=after, thing=thing))
        work.commit()


def keep_one_of_each(database: Database) -> None:
    """An order with everything an order can have, its plan, a label, facts, a bag: a row in every table."""
    full = order(
        **{
            "prescribed": [
                {"from_day": 1, "to_day": 7, "mcg_per_day": "9"},
                {"from_day": 8, "to_day": 28, "mcg_per_day": "28"},
            ],
            "bags.sequence_h": [168, 168, 168, 168],
            "bags.prepare_days": ["monday", "thursday"],
            "bags.phases.home.change_hours": {"from": "08:00", "to": "16:00"},
            "dose_modification": {
                "event": "crs",
                "grade": 3,
                "restart_on_infusion_day": 1,
                "reason": "resolved to grade 1 on day 5",
            },
        }
    )
    keep(database, stored(full, reasons=(("order.weight-old", "weighed again by phone"),)))
    keep_plan(database)
    keep_label(database)
    keep_facts(database)
    keep_events(database, *events(*life()), photographs=(PHOTOGRAPH,))
