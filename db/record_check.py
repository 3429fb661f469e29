"""Checks the record: its chain, its seal, the file that holds it, and each fact against its entry."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

from sqlalchemy import func, select, text, union_all
from sqlalchemy.orm import Session

from db.address import SQLITE
from db.audit_row import AuditEntryRow, entries
from db.bag_event import BagEventRow
from db.fact import SqlFacts
from db.fact_check import labels_against_entries, orders_against_entries, plans_against_entries
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
    with _any_text(session):
        check = verify(entries(session), sealed)
        others = (*seal_findings, *_file(session), *_facts(session, facts), *_missing(session, facts))
    return replace(check, findings=(*check.findings, *others))


@contextmanager
def _any_text(session: Session) -> Iterator[None]:
    """Bytes of a SQLite file that are no text any more are read as one that fits no digest.

    So they are a finding, and no error. PostgreSQL looks after its texts itself.
    """
    if session.get_bind().dialect.name != SQLITE:
        yield
        return
    driver_connection: Any = session.connection().connection.driver_connection
    driver_connection.text_factory = partial(str, encoding="utf-8", errors="backslashreplace")
    try:
        yield
    finally:
        driver_connection.text_factory = str


def _seal(seal_file: SealFile) -> tuple[Seal | None, tuple[Finding, ...]]:
    try:
        return seal_file.read(), ()
    except UnreadableSeal:
        return None, (record_stop("audit.seal-unreadable", place=str(seal_file.path)),)


def _file(session: Session) -> Iterator[Finding]:
    """SQLite can say whether its file is whole; PostgreSQL checks its pages itself, where that is set."""
    if session.get_bind().dialect.name != SQLITE:
        return
    is_whole = session.scalar(text("PRAGMA integrity_check(1)")) == "ok"
    if not is_whole or session.execute(text("PRAGMA foreign_key_check")).first() is not None:
        yield record_stop("audit.file-damaged")


def _facts(session: Session, facts: AnyFacts) -> Iterator[Finding]:
    """Each fact must be what it was when it was stored, and an entry must tell of it."""
    yield from orders_against_entries(session)
    yield from plans_against_entries(session)
    yield from labels_against_entries(session)
    for each in facts:
        yield from facts_against_entries(session, each.row_class, each.fact_class)
    yield from bag_events_against_entries(session)
    yield from photographs_against_events(session)


def _missing(session: Session, facts: AnyFacts) -> Iterator[Finding]:
    """What an entry tells of must be on file, as often as it is told of.

    Whoever keeps a new kind of thing adds its digest here.
    """
    columns = (OrderRow.digest, PlanRow.digest, LabelRow.sha256, BagEventRow.digest)
    of_facts = (each.row_class.digest for each in facts)
    digests = union_all(*(select(column) for column in (*columns, *of_facts))).subquery()
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
