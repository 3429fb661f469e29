"""The record on file: entries chained by digest, only ever added at the end."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy.orm import Session

from db.audit_row import AuditEntryRow, digest_of_entry, head
from db.record_check import check_record
from db.seal import SealFile, UnreadableSeal
from pharmacy_app.domain.audit import AuditEntry, ChainCheck, RecordedEntry, Seal, record


class SqlAudit:
    """The record in one transaction. Where that writes, the end cannot move while it lasts.

    `added` are the entries added in it.
    """

    def __init__(self, session: Session, seal_file: SealFile | None) -> None:
        self._session = session
        self._seal_file = seal_file
        self.added: list[RecordedEntry] = []

    @property
    def head(self) -> Seal | None:
        """The newest entry, those added here included."""
        if self.added:
            return Seal(self.added[-1].number, self.added[-1].digest)
        return head(self._session)

    def add(self, entry: AuditEntry) -> None:
        """Adds the entry at the end of the chain."""
        recorded = record(entry, after=self.head)
        self._session.add(AuditEntryRow(**asdict(recorded)))
        self._session.flush()
        self.added.append(recorded)

    def check(self) -> ChainCheck:
        """Walks the whole record, compares it with its seal and with what is on file."""
        return check_record(self._session, self._seal_file)

    def contradicts_seal(self) -> bool:
        """Whether the seal names an entry that is not, or is no longer, in the record."""
        if self._seal_file is None:
            return False
        try:
            seal = self._seal_file.read()
        except UnreadableSeal:
            return True
        return seal is not None and digest_of_entry(self._session, seal.number) != seal.digest
