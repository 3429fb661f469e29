"""Compares each fact, event and photograph on file with what the record tells of it.

A digest is computed again from what stands there, and what is derived from that is derived again. An entry
must have this digest and this moment, and the entries of one key or bag must stand in its order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Select, exists, select, type_coerce
from sqlalchemy import Text as TextType
from sqlalchemy.orm import Session

from db.audit_row import AuditEntryRow
from db.bag_event import BagEventRow, columns_of
from db.fact import document_on_file, fact_on_file
from db.fact_row import FactRow
from db.photograph import PhotographRow, digest_of_bytes
from db.types import DamagedText
from pharmacy_app.domain.audit import record_stop
from pharmacy_app.domain.bag import BagState
from pharmacy_app.domain.fact import Fact
from pharmacy_app.domain.finding import Finding

ROWS_AT_ONCE = 500
STATES: dict[object, BagState] = {each.value: each for each in BagState}
CHANGED = "changed"
WITHOUT_ENTRY = "without-entry"


class Stored(NamedTuple):
    """A row: the `number`th of its name. `told` has number and moment of each entry with its digest."""

    name: str
    number: int
    at: str
    digest: str
    content: str
    more: Sequence[object]
    told: tuple[tuple[int, str], ...]


def facts_against_entries(session: Session, row: type[FactRow], kind: type[Fact]) -> Iterator[Finding]:
    """Each fact of one class against its digest and its entry."""

    def is_intact(stored: Stored) -> bool:
        return fact_on_file(kind, stored.content, stored.digest).key == stored.name

    query = select(row.key, row.revision, row.at, row.digest, row.content)
    for stored, fault in _faults(_stored(session, query), is_intact):
        values = {
            "table": row.__tablename__,
            "key": " / ".join(str(stored.name).split("\n")),
            "revision": str(stored.number),
        }
        yield record_stop(f"audit.fact-{fault}", **values)


def bag_events_against_entries(session: Session) -> Iterator[Finding]:
    """Each event of each bag against its digest, its entry, and the events before it."""
    row = BagEventRow
    columns = (row.act, type_coerce(row.state, TextType), row.order_number, row.code, row.lot, row.photograph)
    query = select(row.serial, row.number, row.at, row.digest, row.content, *columns)
    life = _Life()
    for stored, fault in _faults(_stored(session, query), life.goes_on):
        yield record_stop(f"audit.bag-event-{fault}", serial=str(stored.name), number=str(stored.number))


class _Life:
    """Follows a bag through its states."""

    def __init__(self) -> None:
        self._state: BagState | None = None

    def goes_on(self, stored: Stored) -> bool:
        """Whether the row is what its event makes of it, after the events before."""
        before = None if stored.number == 1 else self._state
        act, state, *others = stored.more
        self._state = STATES.get(state)
        columns = columns_of(document_on_file(stored.content, stored.digest), before)
        self._state = columns.state
        as_stored = (stored.name, stored.number, stored.at, act, self._state, *others)
        return columns == as_stored and state == self._state.value


def photographs_against_events(session: Session) -> Iterator[Finding]:
    """Each photograph against its digest, and that an event names it."""
    is_named = exists().where(BagEventRow.photograph == PhotographRow.sha256)
    query = select(PhotographRow.sha256, PhotographRow.content, is_named).order_by(PhotographRow.sha256)
    for sha256, content, named in session.execute(query.execution_options(yield_per=1)):
        if digest_of_bytes(content) != sha256:
            yield record_stop("audit.photograph-changed", sha256=str(sha256))
        if not named:
            yield record_stop("audit.photograph-without-event", sha256=str(sha256))


def _stored(session: Session, query: Select[*tuple[Any, ...]]) -> Iterator[Stored]:
    """The rows of a query (name, number, at, digest, content, …), each with the entries of its digest."""
    name, number, _, digest, *_ = query.selected_columns
    told = (AuditEntryRow.number, AuditEntryRow.at)
    joined = query.add_columns(*told).outerjoin(AuditEntryRow, AuditEntryRow.digest_after == digest)
    ordered = joined.order_by(name, number, AuditEntryRow.number)
    found = session.connection().execute(ordered.execution_options(yield_per=ROWS_AT_ONCE))
    for _, alike in groupby(found, key=itemgetter(0, 1)):
        rows = [tuple(each) for each in alike]
        entries = tuple((entry, at) for *_, entry, at in rows if entry is not None)
        name_, number_, at, digest_, content, *more = rows[0][:-2]
        yield Stored(name_, number_, at, digest_, content, tuple(more), entries)


def _faults(rows: Iterable[Stored], is_intact: Callable[[Stored], bool]) -> Iterator[tuple[Stored, str]]:
    """What is wrong: rows that are not as they were kept, and rows of which no entry tells."""
    for _, of_one_name in groupby(rows, key=attrgetter("name")):
        last = 0
        for position, stored in enumerate(of_one_name, start=1):
            fitting = [number for number, at in stored.told if at == stored.at and number > last]
            is_as_told = stored.number == position and (fitting or not stored.told)
            if not _holds(is_intact, stored) or not is_as_told:
                yield stored, CHANGED
            if not stored.told:
                yield stored, WITHOUT_ENTRY
            last = fitting[0] if fitting else last


def _holds(is_intact: Callable[[Stored], bool], stored: Stored) -> bool:
    try:
        return is_intact(stored)
    except (DamagedText, ValueError):  # ValueError: a move that is not legal
        return False
