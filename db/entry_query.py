"""Which rows of the record are meant by a filter."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from db.audit_row import COLUMNS, AuditEntryRow
from pharmacy_app.domain.audit import EntryFilter, RecordedEntry, utc_text


def find_entries(
    session: Session, wanted: EntryFilter, *, limit: int, before: int | None = None
) -> tuple[RecordedEntry, ...]:
    """The newest entries that are meant, newest first; with `before`, those with a smaller number."""
    newest = select(*COLUMNS).where(*_demands(wanted)).order_by(AuditEntryRow.number.desc()).limit(limit)
    query = newest if before is None else newest.where(AuditEntryRow.number < before)
    return tuple(RecordedEntry._make(row) for row in session.execute(query))


def count_entries(session: Session, wanted: EntryFilter) -> int:
    """How many entries are meant."""
    query = select(func.count()).select_from(AuditEntryRow).where(*_demands(wanted))
    return session.scalar(query) or 0


def _demands(wanted: EntryFilter) -> Iterator[ColumnElement[bool]]:
    row = AuditEntryRow
    if wanted.things is not None:
        yield row.thing.in_(wanted.things)
    if wanted.persons is not None:
        yield row.person.in_(wanted.persons)
    if wanted.lot:
        yield or_(_begins(wanted.lot_thing), _names(wanted.lot_fact))
    if wanted.since is not None:
        yield row.at >= utc_text(wanted.since)
    if wanted.until is not None:
        yield row.at < utc_text(wanted.until)


def _begins(text: str) -> ColumnElement[bool]:
    """LIKE would take capital and small letters for the same on SQLite and not on PostgreSQL."""
    return func.substr(AuditEntryRow.thing, 1, len(text)) == text


def _names(fact: str) -> ColumnElement[bool]:
    return func.replace(AuditEntryRow.facts, fact, "") != AuditEntryRow.facts
