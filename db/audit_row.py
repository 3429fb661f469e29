"""The rows of the record, and how they are read: as they stand, without a judgment."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import CheckConstraint, Index, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from db.plain_rows import plain_rows
from db.row import STRICT, Row, at_least, digest, filled, moment
from pharmacy_app.domain.audit import NOTHING_BEFORE, RecordedEntry, Seal

ENTRIES_AT_ONCE = 1000


class AuditEntryRow(Row):
    """One entry, as texts. Triggers refuse to change or remove one, and to add one anywhere but at the end.

    `previous` is unique: two entries cannot follow the same one, so the chain has no fork.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        at_least("number", 1),
        moment("at"),
        filled("site_time"),
        filled("site_zone"),
        filled("act"),
        filled("thing"),
        filled("person"),
        filled("station"),
        CheckConstraint("length(facts) > 1", name="facts"),
        digest("previous"),
        digest("digest"),
        CheckConstraint(f"(number = 1) = (previous = '{NOTHING_BEFORE}')", name="first"),
        Index(None, "digest_after"),
        Index(None, "thing"),
        STRICT,
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(Text)
    site_time: Mapped[str] = mapped_column(Text)
    site_zone: Mapped[str] = mapped_column(Text)
    act: Mapped[str] = mapped_column(Text)
    thing: Mapped[str] = mapped_column(Text)
    person: Mapped[str] = mapped_column(Text)
    station: Mapped[str] = mapped_column(Text)
    facts: Mapped[str] = mapped_column(Text)
    digest_before: Mapped[str] = mapped_column(Text)
    digest_after: Mapped[str] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(Text, unique=True)
    digest: Mapped[str] = mapped_column(Text, unique=True)


COLUMNS = tuple(getattr(AuditEntryRow, name) for name in RecordedEntry._fields)


def head(session: Session) -> Seal | None:
    """Number and digest of the newest entry."""
    newest = select(AuditEntryRow.number, AuditEntryRow.digest).order_by(AuditEntryRow.number.desc()).limit(1)
    row = session.execute(newest).first()
    return None if row is None else Seal(row.number, row.digest)


def newest_at(session: Session) -> str:
    """When the newest entry was stamped, as it stands on file; empty where there is none."""
    row = AuditEntryRow
    return session.scalar(select(row.at).order_by(row.number.desc()).limit(1)) or ""


def digest_of_entry(session: Session, number: int) -> str | None:
    """The digest of the entry of that number."""
    return session.scalar(select(AuditEntryRow.digest).where(AuditEntryRow.number == number))


def entries(session: Session) -> Iterator[RecordedEntry]:
    """All entries in the order of their numbers, read in small portions."""
    query = select(*COLUMNS).order_by(AuditEntryRow.number)
    return map(RecordedEntry._make, plain_rows(session, query, at_once=ENTRIES_AT_ONCE))
