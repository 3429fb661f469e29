"""Compares each fact, event and photograph on file with what the record tells of it.

A digest is computed again from what stands there, and what is derived from that is derived again. An entry
must have this digest and this moment, and the entries of one key or bag must stand in its order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from db.audit_row import AuditEntryRow
from db.bag_event import BagEventRow, EventColumns, columns_of
from db.fact import document_on_file, fact_on_file
from db.fact_row import FactRow
from db.photograph import PhotographRow, digest_of_bytes
from db.plain_rows import Plain, plain_rows
from db.types import DamagedText
from pharmacy_app.domain.audit import record_stop
from pharmacy_app.domain.fact import Fact
from pharmacy_app.domain.finding import Finding

ROWS_AT_ONCE = 500
# Of each row: name, number, moment, what else there is, and of one of its entries: number, moment.
NAME, NUMBER, AT = range(3)
ENTRY, ENTRY_AT = -2, -1
STATE = EventColumns._fields.index("state")
DIGEST = len(EventColumns._fields)  # of an event, after the columns
CONTENT = DIGEST + 1
CHANGED = "changed"
WITHOUT_ENTRY = "without-entry"


def facts_against_entries(session: Session, row: type[FactRow], kind: type[Fact]) -> Iterator[Finding]:
    """Each fact of one class against its digest and its entry."""

    def is_intact(stored: Plain) -> bool:
        key, _, _, digest, content, *_ = stored
        return bool(fact_on_file(kind, content, digest).key == key)

    query = select(row.key, row.revision, row.at, row.digest, row.content)
    for key, revision, fault in _faults(_with_entries(session, query, row.digest), is_intact):
        values = {
            "table": row.__tablename__,
            "key": " / ".join(str(key).split("\n")),
            "revision": str(revision),
        }
        yield record_stop(f"audit.fact-{fault}", **values)


def bag_events_against_entries(session: Session) -> Iterator[Finding]:
    """Each event of each bag against its digest, its entry, and the events before it."""
    row = BagEventRow
    searched = (row.order_number, row.code, row.lot, row.photograph)
    query = select(row.serial, row.number, row.at, row.act, row.state, *searched, row.digest, row.content)
    is_intact = _Life().goes_on
    for serial, number, fault in _faults(_with_entries(session, query, row.digest), is_intact):
        yield record_stop(f"audit.bag-event-{fault}", serial=str(serial), number=str(number))


class _Life:
    """Follows a bag through its states."""

    def __init__(self) -> None:
        self._state: Any = None

    def goes_on(self, stored: Plain) -> bool:
        """Whether the row is what its event makes of it, after the events before."""
        before = None if stored[NUMBER] == 1 else self._state
        self._state = stored[STATE]
        columns = columns_of(document_on_file(stored[CONTENT], stored[DIGEST]), before)
        self._state = columns.state
        return bool(columns == stored[:DIGEST])


def photographs_against_events(session: Session) -> Iterator[Finding]:
    """Each photograph against its digest, and that an event names it."""
    is_named = exists().where(BagEventRow.photograph == PhotographRow.sha256)
    query = select(PhotographRow.sha256, PhotographRow.content, is_named).order_by(PhotographRow.sha256)
    for sha256, content, named in session.execute(query.execution_options(yield_per=1)):
        if digest_of_bytes(content) != sha256:
            yield record_stop("audit.photograph-changed", sha256=str(sha256))
        if not named:
            yield record_stop("audit.photograph-without-event", sha256=str(sha256))


def _with_entries(session: Session, query: Select[*tuple[Any, ...]], digest: Any) -> Iterator[Plain]:
    """The rows of a query (name, number, at, …), each with each entry of its digest, sorted."""
    name, number, *_ = query.selected_columns
    told = (AuditEntryRow.number, AuditEntryRow.at)
    joined = query.add_columns(*told).outerjoin(AuditEntryRow, AuditEntryRow.digest_after == digest)
    ordered = joined.order_by(name, number, AuditEntryRow.number)
    return plain_rows(session, ordered, at_once=ROWS_AT_ONCE)


def _faults(found: Iterable[Plain], is_intact: Callable[[Plain], bool]) -> Iterator[tuple[Any, Any, str]]:
    """Name, number and fault of rows that are not as they were kept, and of rows of which no entry tells."""
    for name, of_one_name in groupby(found, key=itemgetter(NAME)):
        last = 0
        for position, (number, alike) in enumerate(groupby(of_one_name, key=itemgetter(NUMBER)), start=1):
            rows = list(alike)
            stored = rows[0]
            is_told = stored[ENTRY] is not None
            fitting = [each[ENTRY] for each in rows if each[ENTRY_AT] == stored[AT] and each[ENTRY] > last]
            is_as_told = number == position and (fitting or not is_told)
            if not _holds(is_intact, stored) or not is_as_told:
                yield name, number, CHANGED
            if not is_told:
                yield name, number, WITHOUT_ENTRY
            last = fitting[0] if fitting else last


def _holds(is_intact: Callable[[Plain], bool], stored: Plain) -> bool:
    try:
        return is_intact(stored)
    except (DamagedText, ValueError):  # ValueError: a move that is not legal
        return False
