"""Compares each order, plan and label on file with the entry that was written with it, column by column.

What a digest covers is computed again; every other column stands in the entry: its moment, its thing or its
facts. Times are compared as texts, so that one which cannot be read is a finding and not an error.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Text, func, inspect, select, tuple_, type_coerce
from sqlalchemy.orm import Session

from db.audit_row import AuditEntryRow
from db.label import LabelRow
from db.order import to_stored_order
from db.order_row import DurationList, OrderReasonRow, OrderRow
from db.plan import to_record
from db.plan_row import PlanRow
from db.row import Row
from db.types import DamagedText
from pharmacy_app.domain.audit import record_stop
from pharmacy_app.domain.canonical import canonical_json
from pharmacy_app.domain.finding import Finding
from pharmacy_app.domain.order_document import order_digest, order_document
from pharmacy_app.domain.plan_record import plan_record_digest

REASON = "reason "
ROWS_AT_ONCE = 100
RowType = TypeVar("RowType", bound=Row)
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """What an entry says of the thing whose digest it names. `facts` is empty where they cannot be read."""

    thing: str
    at: str
    facts: dict[str, object]

    @property
    def reasons(self) -> dict[str, object]:
        """The reasons among its facts, by the finding's code."""
        return {
            name.removeprefix(REASON): fact for name, fact in self.facts.items() if name.startswith(REASON)
        }

    def says(self, *, thing: str, at: str, facts: dict[str, str]) -> bool:
        """Whether it tells of just this."""
        return (self.thing, self.at) == (thing, at) and facts.items() <= self.facts.items()


def orders_against_entries(session: Session) -> Iterator[Finding]:
    """Each order against its digest and its entry."""
    moments = (type_coerce(each, Text) for each in (OrderRow.stored_at, OrderRow.starts_at, OrderRow.ends_at))
    orders = select(OrderRow.order_number, OrderRow.digest, *moments)
    for (number, digest, *times), row in _with_rows(session, OrderRow, session.execute(orders).all(), key=1):
        told = _tellings(session, "order-added", digest)
        is_as_told = any(_tells_of_order(each, session, number, times) for each in told)
        if not _is_intact(row, _order_digest, digest) or (told and not is_as_told):
            yield record_stop("audit.order-changed", order=number)
        if not told:
            yield record_stop("audit.order-without-entry", order=number)


def _tells_of_order(telling: Telling, session: Session, number: str, times: list[str]) -> bool:
    """Entries of the first versions do not say from when to when the infusion runs."""
    stored_at, starts_at, ends_at = times
    infusion = {"starts at": starts_at, "ends at": ends_at}
    facts = {name: value for name, value in infusion.items() if name in telling.facts}
    query = select(OrderReasonRow.finding, OrderReasonRow.reason).where(OrderReasonRow.order_number == number)
    reasons = dict(iter(session.execute(query)))
    return telling.says(thing=f"order {number}", at=stored_at, facts=facts) and telling.reasons == reasons


def plans_against_entries(session: Session) -> Iterator[Finding]:
    """Each plan against its digest and its entry."""
    plans = select(PlanRow.order_number, PlanRow.revision, PlanRow.digest, type_coerce(PlanRow.made_at, Text))
    found = session.execute(plans).all()
    for (number, revision, digest, made_at), row in _with_rows(session, PlanRow, found, key=2):
        told = _tellings(session, "plan-accepted", digest)
        thing, facts = f"order {number}", {"revision": str(revision)}
        is_as_told = any(each.says(thing=thing, at=made_at, facts=facts) for each in told)
        if not _is_intact(row, _plan_digest, digest) or (told and not is_as_told):
            yield record_stop("audit.plan-changed", order=number, revision=str(revision))
        if not told:
            yield record_stop("audit.plan-without-entry", order=number, revision=str(revision))


def labels_against_entries(session: Session) -> Iterator[Finding]:
    """Each label against its entry; one that was made twice alike needs two."""
    columns = (
        LabelRow.order_number,
        LabelRow.plan_revision,
        LabelRow.bag,
        LabelRow.serial,
        LabelRow.stock,
        LabelRow.dpi,
        LabelRow.sha256,
        type_coerce(LabelRow.made_at, Text),
    )
    alike = select(*columns, func.count()).group_by(*columns).order_by(func.min(LabelRow.id))
    for order, plan, bag, serial, stock, dpi, digest, made_at, times in session.execute(alike).all():
        facts = {"plan": str(plan), "bag": str(bag), "serial": serial, "stock": stock, "dpi": str(dpi)}
        told = _tellings(session, "label-made", digest)
        fitting = sum(each.says(thing=f"order {order}", at=made_at, facts=facts) for each in told)
        if told and not fitting:
            yield record_stop("audit.label-changed", order=order, serial=serial)
        elif fitting < times:
            yield record_stop("audit.label-without-entry", order=order, serial=serial)


def _tellings(session: Session, act: str, digest: str) -> list[Telling]:
    query = select(AuditEntryRow.thing, AuditEntryRow.at, AuditEntryRow.facts).where(
        AuditEntryRow.digest_after == digest, AuditEntryRow.act == act
    )
    return [Telling(thing, at, _facts(facts)) for thing, at, facts in session.execute(query)]


def _facts(written: str) -> dict[str, object]:
    try:
        facts = json.loads(written)
    except ValueError:
        return {}
    return facts if isinstance(facts, dict) else {}


def _with_rows(
    session: Session, kind: type[RowType], found: Sequence[Sequence[Any]], *, key: int
) -> Iterator[tuple[Sequence[Any], RowType | None]]:
    """What was found, each with its row, or None where that cannot be read. `key` parts of it are its key."""
    for start in range(0, len(found), ROWS_AT_ONCE):
        some = found[start : start + ROWS_AT_ONCE]
        rows = _rows(session, kind, [tuple(each[:key]) for each in some])
        yield from ((each, rows.get(tuple(each[:key]))) for each in some)


def _rows(session: Session, kind: type[RowType], keys: list[Key]) -> dict[Key, RowType]:
    query = select(kind).where(tuple_(*inspect(kind).primary_key).in_(keys))
    try:
        return {inspect(row).identity or (): row for row in session.scalars(query)}
    except DamagedText:
        alone = [[key] for key in keys] if len(keys) > 1 else []
        return {key: row for one in alone for key, row in _rows(session, kind, one).items()}


def _is_intact(row: RowType | None, recompute: Callable[[RowType], str], digest: str) -> bool:
    try:
        return row is not None and recompute(row) == digest
    except DamagedText:
        return False


def _plan_digest(row: PlanRow) -> str:
    return plan_record_digest(to_record(row))


def _order_digest(row: OrderRow) -> str:
    order = to_stored_order(row).order
    if row.document != canonical_json(order_document(order)):
        raise DamagedText(f"the document of {row.order_number} differs from its columns")
    for kind in DurationList:
        positions = [each.position for each in row.durations if each.list is kind]
        if positions != [*range(1, len(positions) + 1)]:
            raise DamagedText(f"the durations of {row.order_number} are not numbered from 1")
    return order_digest(order)
