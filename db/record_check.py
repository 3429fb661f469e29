"""Checks the record: its chain, its seal, the file that holds it, and each fact against its entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from sqlalchemy import select, text, union_all
from sqlalchemy.orm import Session

from db.address import SQLITE
from db.audit_row import AuditEntryRow, entries
from db.label import LabelRow
from db.order import to_stored_order
from db.order_row import OrderRow
from db.plan import to_record
from db.plan_row import PlanRow
from db.seal import SealFile, UnreadableSeal
from db.types import DamagedText
from pharmacy_app.domain.audit import REQUIREMENT, ChainCheck, Seal, verify
from pharmacy_app.domain.canonical import canonical_json
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding
from pharmacy_app.domain.order_document import order_digest, order_document
from pharmacy_app.domain.plan_record import plan_record_digest


def check_record(session: Session, seal_file: SealFile | None) -> ChainCheck:
    """Everything that is wrong with the record and with what it is about, at once."""
    sealed, seal_findings = _seal(seal_file)
    check = verify(entries(session), sealed)
    others = (*seal_findings, *_file(session), *_facts(session), *_missing(session))
    return replace(check, findings=(*check.findings, *others))


def _stop(code: str, **values: str) -> Finding:
    return finding(code, Severity.STOP, REQUIREMENT, Mark.DERIVED, **values)


def _seal(seal_file: SealFile | None) -> tuple[Seal | None, tuple[Finding, ...]]:
    if seal_file is None:
        return None, ()
    try:
        return seal_file.read(), ()
    except UnreadableSeal:
        return None, (_stop("audit.seal-unreadable", place=str(seal_file.path)),)


def _file(session: Session) -> Iterator[Finding]:
    """SQLite can say whether its file is whole; PostgreSQL checks its pages itself, where that is set."""
    if (
        session.get_bind().dialect.name == SQLITE
        and session.scalar(text("PRAGMA integrity_check(1)")) != "ok"
    ):
        yield _stop("audit.file-damaged")


def _facts(session: Session) -> Iterator[Finding]:
    """Each fact must be what it was when it was stored, and an entry must tell of it."""
    for number, digest in session.execute(select(OrderRow.order_number, OrderRow.digest)).all():
        if not _is_intact(partial(_order_digest, session, number), digest):
            yield _stop("audit.order-changed", order=number)
        if not _is_told(session, digest):
            yield _stop("audit.order-without-entry", order=number)
    plans = select(PlanRow.order_number, PlanRow.revision, PlanRow.digest)
    for number, revision, digest in session.execute(plans).all():
        if not _is_intact(partial(_plan_digest, session, number, revision), digest):
            yield _stop("audit.plan-changed", order=number, revision=str(revision))
        if not _is_told(session, digest):
            yield _stop("audit.plan-without-entry", order=number, revision=str(revision))
    labels = select(LabelRow.order_number, LabelRow.serial, LabelRow.sha256)
    for number, serial, digest in session.execute(labels).all():
        if not _is_told(session, digest):
            yield _stop("audit.label-without-entry", order=number, serial=serial)


def _missing(session: Session) -> Iterator[Finding]:
    """What an entry tells of must be on file. Whoever keeps a new kind of thing adds its digest here."""
    on_file = union_all(select(OrderRow.digest), select(PlanRow.digest), select(LabelRow.sha256))
    told = select(AuditEntryRow.number).where(AuditEntryRow.digest_after != "")
    query = told.where(AuditEntryRow.digest_after.not_in(on_file)).order_by(AuditEntryRow.number)
    for number in session.scalars(query):
        yield _stop("audit.fact-missing", number=str(number))


def _is_intact(recompute: Callable[[], str], digest: str) -> bool:
    try:
        return recompute() == digest
    except DamagedText:
        return False


def _plan_digest(session: Session, order_number: str, revision: int) -> str:
    return plan_record_digest(to_record(session.get_one(PlanRow, (order_number, revision))))


def _order_digest(session: Session, order_number: str) -> str:
    row = session.get_one(OrderRow, order_number)
    order = to_stored_order(row).order
    if row.document != canonical_json(order_document(order)):
        raise DamagedText(f"the document of {row.order_number} differs from its columns")
    return order_digest(order)


def _is_told(session: Session, digest: str) -> bool:
    told = select(AuditEntryRow.number).where(AuditEntryRow.digest_after == digest).limit(1)
    return session.scalar(told) is not None
