"""Checks the record: its chain, its seal, what holds it, and each fact against its entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import func, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.audit_row import AuditEntryRow, entries
from db.bag_event import BagEventRow
from db.definitions import definitions_against_migrations
from db.fact import SqlFacts
from db.fact_check import labels_against_entries, orders_against_entries, plans_against_entries
from db.file_check import any_text, checked_beside
from db.kept_check import bag_events_against_entries, facts_against_entries, photographs_against_events
from db.label import LabelRow
from db.order_row import OrderRow
from db.plan_row import PlanRow
from db.seal import SealFile, UnreadableSeal
from pharmacy_app.domain.audit import ChainCheck, Seal, record_stop, verify
from pharmacy_app.domain.finding import Finding

AnyFacts = tuple[SqlFacts[Any], ...]


def check_record(session: Session, seal_file: SealFile, facts: AnyFacts) -> ChainCheck:
    """Everything that is wrong with the record and with what it is about, at once.

    `facts` are the repositories of all classes of facts.
    """
    sealed, seal_findings = _seal(seal_file)
    engine = session.get_bind().engine
    with any_text(session.connection()), checked_beside(engine) as file_is_whole:
        check = verify(entries(session), sealed)
        of_facts = tuple(_facts(session, facts))
        if of_facts or not _as_many_as_told(session, facts):
            of_facts = (*of_facts, *_missing(session, facts))
        of_definitions = tuple(definitions_against_migrations(session.connection()))
        of_file = () if file_is_whole() else (record_stop("audit.file-damaged"),)
    others = (*seal_findings, *of_file, *of_definitions, *of_facts)
    return replace(check, findings=(*check.findings, *others))


def _seal(seal_file: SealFile) -> tuple[Seal | None, tuple[Finding, ...]]:
    try:
        return seal_file.read(), ()
    except UnreadableSeal:
        return None, (record_stop("audit.seal-unreadable", place=str(seal_file.path)),)


def _facts(session: Session, facts: AnyFacts) -> Iterator[Finding]:
    """Each fact must be what it was when it was stored, and an entry must tell of it."""
    yield from orders_against_entries(session)
    yield from plans_against_entries(session)
    yield from labels_against_entries(session)
    for each in facts:
        yield from facts_against_entries(session, each.row_class, each.fact_class)
    yield from bag_events_against_entries(session)
    yield from photographs_against_events(session)


def _as_many_as_told(session: Session, facts: AnyFacts) -> bool:
    """Whether as many things are on file as entries tell of.

    Where each thing has an entry of its own, which `_facts` looks for, none is missing then; and counting
    takes a twentieth of the time of `_missing`.
    """
    counts = (select(func.count().label("rows")).select_from(each.class_) for each in _digests(facts))
    on_file = select(func.sum(union_all(*counts).subquery().c.rows))
    told = select(func.count()).where(AuditEntryRow.digest_after != "")
    return bool(session.scalar(on_file) == session.scalar(told))


def _missing(session: Session, facts: AnyFacts) -> Iterator[Finding]:
    """What an entry tells of must be on file, as often as it is told of."""
    digests = union_all(*(select(column) for column in _digests(facts))).subquery()
    on_file = select(digests.c[0].label("digest"), func.count().label("times")).group_by(digests.c[0])
    counted = on_file.subquery()
    nth = func.row_number().over(partition_by=AuditEntryRow.digest_after, order_by=AuditEntryRow.number)
    told = (
        select(AuditEntryRow.number, AuditEntryRow.digest_after, nth.label("nth"))
        .where(AuditEntryRow.digest_after != "")
        .subquery()
    )
    query = (
        select(told.c.number)
        .outerjoin(counted, counted.c.digest == told.c.digest_after)
        .where(told.c.nth > func.coalesce(counted.c.times, 0))
        .order_by(told.c.number)
    )
    for number in session.scalars(query):
        yield record_stop("audit.fact-missing", number=str(number))


def _digests(facts: AnyFacts) -> Iterator[InstrumentedAttribute[str]]:
    """The digest of each kind of thing of which entries tell. Whoever keeps a new kind adds it here."""
    yield from (OrderRow.digest, PlanRow.digest, LabelRow.sha256, BagEventRow.digest)
    yield from (each.row_class.digest for each in facts)
