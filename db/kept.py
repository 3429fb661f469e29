"""What a transaction keeps: each thing goes with one entry of the record, or nothing is kept at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple, Protocol

from pharmacy_app.domain.audit import RecordedEntry


class Kept(NamedTuple):
    """One thing that was put on file: its digest, and when, as the record writes a moment."""

    digest: str
    at: str


class Repository(Protocol):
    """What keeps things in a transaction. `added` tells of those added in it."""

    added: list[Kept]


def refuse_what_is_not_told(repositories: Iterable[Repository], entries: Iterable[RecordedEntry]) -> None:
    """Each thing needs an entry of its own, with its digest and its moment; and no entry tells of more.

    Raises:
        RuntimeError: something is left over on one of the two sides: a bug.
    """
    on_file = Counter(kept for repository in repositories for kept in repository.added)
    told = Counter(Kept(entry.digest_after, entry.at) for entry in entries if entry.digest_after)
    if on_file - told:
        raise RuntimeError(f"stored without an entry that has this digest and moment: {[*(on_file - told)]}")
    if told - on_file:
        raise RuntimeError(f"an entry tells of what was not stored with it: {[*(told - on_file)]}")
