"""The record on file: entries chained by digest, only ever added at the end."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from db.audit_row import AuditEntryRow, digest_of_entry, head, newest_at
from db.entry_query import count_entries, find_entries
from db.fact import SqlFacts
from db.record_check import check_record
from db.seal import SealFile, UnreadableSeal
from pharmacy_app.domain.audit import (
    NOTHING_SEALED,
    AuditEntry,
    ChainCheck,
    EntryFilter,
    RecordedEntry,
    Seal,
    record,
)
from pharmacy_app.domain.clock_jump import jumped_against_record

SEAL_CONTRADICTS = "trouble.database.seal-contradicts"
SEAL_MISSING = "trouble.database.seal-missing"
SEAL_UNREADABLE = "trouble.database.seal-unreadable"


class SqlAudit:
    """The record in one transaction. Where that writes, the end cannot move while it lasts.

    `facts` are the repositories of all classes of facts. `added` are the entries added in it.
    """

    def __init__(self, session: Session, seal_file: SealFile, facts: tuple[SqlFacts[Any], ...]) -> None:
        self._session = session
        self._seal_file = seal_file
        self._facts = facts
        self.added: list[RecordedEntry] = []

    @property
    def newest(self) -> Seal:
        """The newest entry added here."""
        return Seal(self.added[-1].number, self.added[-1].digest)

    def add(self, entry: AuditEntry) -> None:
        """Adds the entry at the end of the chain; before it, where the clock went back, one that says so."""
        before = self.added[-1].at if self.added else newest_at(self._session)
        jump = jumped_against_record(entry, before)
        if jump is not None:
            self._append(jump)
        self._append(entry)

    def _append(self, entry: AuditEntry) -> None:
        recorded = record(entry, after=self.newest if self.added else head(self._session))
        self._session.add(AuditEntryRow(**recorded._asdict()))
        self._session.flush()
        self.added.append(recorded)

    def check(self) -> ChainCheck:
        """Walks the whole record, compares it with its seal and with what is on file.

        Belongs at the beginning of a transaction: what that sees must not be older than the seal.
        """
        return check_record(self._session, self._seal_file, self._facts)

    def entries(
        self, wanted: EntryFilter, *, limit: int, before: int | None = None
    ) -> tuple[RecordedEntry, ...]:
        """The newest entries that are meant, newest first; with `before`, those with a smaller number."""
        return find_entries(self._session, wanted, limit=limit, before=before)

    def count(self, wanted: EntryFilter) -> int:
        """How many entries are meant."""
        return count_entries(self._session, wanted)

    def seal_trouble(self) -> str | None:
        """The code of what is wrong with the seal: unreadable, missing, or of an entry that is not here.

        Belongs after `add`. It may be missing only where the entries added here are the first ones.
        """
        try:
            seal = self._seal_file.read()
        except UnreadableSeal:
            return SEAL_UNREADABLE
        if seal is None:
            return SEAL_MISSING if self.added[0].number > 1 else None
        if seal != NOTHING_SEALED and digest_of_entry(self._session, seal.number) != seal.digest:
            return SEAL_CONTRADICTS
        return None
