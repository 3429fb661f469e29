"""Facts on file: one repository for every class. What is read has the digest it was kept with."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Generic

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from db.fact_row import FactRow
from db.kept import Kept
from db.types import DamagedText
from pharmacy_app.domain.audit import utc_text
from pharmacy_app.domain.fact import Class, FactType, NotAFact, fact_of, fact_text

_DECODER = json.JSONDecoder()


class SqlFacts(Generic[FactType]):
    """The facts of one class in one transaction. `added` tells of those added in it."""

    def __init__(self, session: Session, row_class: type[FactRow], fact_class: type[FactType]) -> None:
        self._session = session
        self.row_class = row_class
        self.fact_class = fact_class
        self.added: list[Kept] = []

    def add(self, fact: FactType, *, at: datetime) -> int:
        """Keeps the fact as its key's next revision, and returns that."""
        newest = select(func.max(self.row_class.revision)).where(self.row_class.key == fact.key)
        content = fact_text(fact)
        row = self.row_class(
            key=fact.key,
            revision=(self._session.scalar(newest) or 0) + 1,
            at=utc_text(at),
            content=content,
            digest=digest_of_text(content),
        )
        self._session.add(row)
        self._session.flush()
        self.added.append(Kept(row.digest, row.at))
        return row.revision

    def latest(self, key: str) -> FactType | None:
        """The newest fact of that key."""
        newest_first = self._of_key(key).order_by(self.row_class.revision.desc())
        row = self._session.execute(newest_first.limit(1)).first()
        return None if row is None else self._read(row)

    def all(self) -> tuple[FactType, ...]:
        """The newest fact of each key, sorted by key."""
        row = self.row_class
        newest = select(row.key, func.max(row.revision).label("revision")).group_by(row.key).subquery()
        query = self._columns().join(newest, (row.key == newest.c.key) & (row.revision == newest.c.revision))
        return tuple(sorted(self._found(self._session.execute(query)), key=lambda fact: fact.key))

    def history(self, key: str) -> tuple[FactType, ...]:
        """Every fact of that key, oldest first."""
        oldest_first = self._of_key(key).order_by(self.row_class.revision)
        return tuple(self._found(self._session.execute(oldest_first)))

    def _of_key(self, key: str) -> Select[str, str, str]:
        return self._columns().where(self.row_class.key == key)

    def _columns(self) -> Select[str, str, str]:
        return select(self.row_class.key, self.row_class.content, self.row_class.digest)

    def _found(self, rows: Iterable[Row[str, str, str]]) -> Iterable[FactType]:
        return (self._read(row) for row in rows)

    def _read(self, row: Row[str, str, str]) -> FactType:
        fact = fact_on_file(self.fact_class, row.content, row.digest)
        if fact.key != row.key:
            raise DamagedText(f"another key than its fact's: {self.row_class.__tablename__}")
        return fact


def fact_on_file(kind: type[Class], content: str, digest: str) -> Class:
    """The fact of that class in a text with that digest.

    Raises:
        DamagedText: the text has another digest, or is no such fact.
    """
    try:
        return fact_of(kind, document_on_file(content, digest))
    except NotAFact as error:
        raise DamagedText(f"no {kind.__name__}") from error


def document_on_file(content: str, digest: str) -> object:
    """The document in a text with that digest.

    Raises:
        DamagedText: the text has another digest, or is no document.
    """
    if not isinstance(content, str) or digest_of_text(content) != digest:
        raise DamagedText("not as it was kept")
    try:
        document, end = _DECODER.raw_decode(content)  # `json.loads` looks for spaces too, and takes longer
    except ValueError as error:
        raise DamagedText("no document") from error
    if end != len(content):
        raise DamagedText("no document")
    return document


def digest_of_text(content: str) -> str:
    """SHA-256 of a canonical text, as 64 hexadecimal digits."""
    return hashlib.sha256(content.encode()).hexdigest()
