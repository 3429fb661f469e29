"""Orders kept: checked beside what is on file, stored with their entry in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pharmacy_app.domain.audit import utc_text
from pharmacy_app.domain.clock import first_instant
from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.finding import Finding, Severity, has_stop, stops_first
from pharmacy_app.domain.order import Order
from pharmacy_app.domain.order_document import order_digest
from pharmacy_app.domain.order_rules import check_order
from pharmacy_app.domain.person import Permission
from pharmacy_app.domain.protocol import Protocol
from pharmacy_app.workflow.plan import make_plan
from pharmacy_app.workflow.ports import OpenUnitOfWork, StoredOrder
from pharmacy_app.workflow.reasons import as_facts, given_reasons, missing_reasons
from pharmacy_app.workflow.record import entry
from pharmacy_app.workflow.rulebook import Rulebook
from pharmacy_app.workflow.station import Station


def orders_on_file(open_unit_of_work: OpenUnitOfWork) -> tuple[StoredOrder, ...]:
    """All orders kept, newest start first."""
    with open_unit_of_work(reading=True) as work:
        return work.orders.all()


def check_with_file(
    order: Order, rulebook: Rulebook, open_unit_of_work: OpenUnitOfWork, *, now: datetime
) -> tuple[Finding, ...]:
    """Every finding about an order beside what is on file, stops first."""
    on_file = [stored.order for stored in orders_on_file(open_unit_of_work)]
    return stops_first(check_order(order, rulebook.protocol, rulebook.site, now=now, on_file=on_file))


def keep_order(order: Order, reasons: Mapping[str, str] | None, station: Station) -> None:
    """Check an order and its plan beside what is on file, and keep it; the same order twice is kept once.

    `reasons` are what a pharmacist typed, by the code of the finding they answer. None: the order comes
    from a file, where nobody can be asked, and its reasons stay open.

    Raises:
        RulesRefused: a rule stops the order, or a reason is missing; the refusal is recorded.
        StationTrouble: the database does not take it; nothing was kept.
    """
    thing = f"order {order.order_number}"
    actor, rulebook, now = station.permitted(Permission.ENTER_ORDER), station.rulebook(), station.now()
    with station.open_unit_of_work() as work:
        stored = work.orders.all()
        if any(each.order == order for each in stored):
            return
        on_file = [each.order for each in stored]
        found = make_plan(order, rulebook, now=now, on_file=on_file).findings
        missing = () if reasons is None else missing_reasons(found, reasons)
        if has_stop(found) or missing:
            facts = _facts((*found, *missing))
            work.audit.add(
                entry("order-refused", actor=actor, thing=thing, at=now, site=rulebook.site, facts=facts)
            )
            work.commit()
            raise RulesRefused(stops_first((*found, *missing)))
        given = given_reasons(found, reasons or {})
        kept = _stored(order, rulebook.protocol, now, given)
        work.orders.add(kept)
        facts = (*_facts(found), *_infusion(kept), *as_facts(given))
        digest = order_digest(order)
        work.audit.add(
            entry(
                "order-added",
                actor=actor,
                thing=thing,
                at=now,
                site=rulebook.site,
                facts=facts,
                digest_after=digest,
            )
        )
        work.commit()


def _stored(
    order: Order, protocol: Protocol, now: datetime, reasons: tuple[tuple[str, str], ...]
) -> StoredOrder:
    zone = ZoneInfo(order.time_zone)
    end = order.start_at + timedelta(days=protocol.infusion_days)
    return StoredOrder(order, now, first_instant(order.start_at, zone), first_instant(end, zone), reasons)


def _infusion(stored: StoredOrder) -> tuple[tuple[str, str], ...]:
    """From when to when it runs, as stored: later zone rules may say otherwise."""
    return ("starts at", utc_text(stored.starts_at)), ("ends at", utc_text(stored.ends_at))


def _facts(found: tuple[Finding, ...]) -> tuple[tuple[str, str], ...]:
    codes = sorted({each.code for each in found if each.severity is not Severity.NOTE})
    return (("findings", ", ".join(codes)),)
