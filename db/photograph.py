"""Photographs on file: the bytes of pictures of steps, under their SHA-256."""

from __future__ import annotations

import hashlib

from sqlalchemy import CheckConstraint, LargeBinary, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from db.row import STRICT, Row, digest
from db.types import DamagedText


class PhotographRow(Row):
    """One picture, as it was given."""

    __tablename__ = "photograph"
    __table_args__ = (digest("sha256"), CheckConstraint("length(content) > 0", name="content"), STRICT)

    sha256: Mapped[str] = mapped_column(Text, primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


def digest_of_bytes(content: object) -> str:
    """SHA-256 as 64 hexadecimal digits; empty for what is no bytes any more."""
    return hashlib.sha256(content).hexdigest() if isinstance(content, bytes) else ""


class SqlPhotographs:
    """The photographs of one transaction. `added` holds the digests of those given in it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.added: list[str] = []

    def add(self, content: bytes) -> str:
        """Keeps the bytes, once however often they are given; returns their SHA-256.

        An event of the same transaction must name it.
        """
        sha256 = digest_of_bytes(content)
        if self.content(sha256) is None:
            self._session.add(PhotographRow(sha256=sha256, content=content))
            self._session.flush()
        self.added.append(sha256)
        return sha256

    def content(self, sha256: str) -> bytes | None:
        """The bytes of that digest."""
        content = self._session.scalar(select(PhotographRow.content).where(PhotographRow.sha256 == sha256))
        if content is not None and digest_of_bytes(content) != sha256:
            raise DamagedText(f"not the photograph that was kept: {sha256}")
        return content
