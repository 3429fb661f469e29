"""Long records, written past the program as it would write them: a million entries in a minute or two."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from db.bag_event import EventColumns, columns_of
from db.engine import Database, open_database
from pharmacy_app.domain.audit import AuditEntry, RecordedEntry, Seal, record
from pharmacy_app.domain.bag import BagState
from pharmacy_app.domain.bag_event import BagEvent, Happening
from pharmacy_app.domain.fact import fact_digest, fact_document, fact_text
from tests.support.facts import NOON, events, scanned, started
from tests.support.records import entry, keep, numbered

AT_ONCE = 10_000
EVENTS_OF_A_BAG = 40
SECOND = timedelta(seconds=1)
INSERT_ENTRY = f"INSERT INTO audit_entry ({', '.join(RecordedEntry._fields)}) VALUES (?{', ?' * 12})"
INSERT_EVENT = (
    f"INSERT INTO bag_event ({', '.join(EventColumns._fields)}, content, digest) VALUES (?{', ?' * 10})"
)


def long_record(file: Path, count: int) -> Database:
    """A database whose record has so many entries of refused scans, and nothing else."""
    told = entry(
        "scan-refused",
        thing="bag 2611200001",
        step="drug",
        code="09990000000017",
        lot="A-1",
        expires="2027-03-31",
    )
    entries = (
        replace(told, at=NOON + number * SECOND, thing=f"bag 26112{number % 100_000:05}")
        for number in range(count)
    )
    database = open_database(f"sqlite:///{file}")
    _write(file, database, entries=entries)
    return database


def long_record_of_bags(file: Path, count: int) -> Database:
    """A database with so many events of bags, an entry for each, and the order they belong to."""
    database = open_database(f"sqlite:///{file}")
    keep(database, numbered("RX-1001"))
    told = (
        replace(
            entry(type(each.what).__name__, after=fact_digest(each), thing=f"bag {each.serial}", lot="A-1"),
            at=each.at,
        )
        for each in _events(count)
    )
    _write(file, database, entries=told, happened=_events(count))
    return database


def _events(count: int) -> Iterator[BagEvent]:
    life: list[Happening] = [started(), *[scanned()] * (EVENTS_OF_A_BAG - 1)]
    for bag in range(count // EVENTS_OF_A_BAG):
        for event in events(*life, serial=f"{261120 + bag // 10_000:06}{bag % 10_000:04}"):
            yield replace(event, at=NOON + (bag * EVENTS_OF_A_BAG + event.number) * SECOND)


def _write(
    file: Path, database: Database, *, entries: Iterable[AuditEntry], happened: Iterable[BagEvent] = ()
) -> None:
    """Puts all of it on file in one transaction, and seals it. The triggers are away meanwhile."""
    with database(reading=True) as work:
        seal = work.audit.check().sealed
    assert seal is not None
    chain = _Chain(database.seal_file.read() if seal else None)
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        triggers = dict(connection.execute(query).fetchall())
        connection.execute("BEGIN")
        for name in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.executemany(INSERT_EVENT, map(_event_row, happened))
        connection.executemany(INSERT_ENTRY, map(chain.follow, entries))
        for definition in triggers.values():
            connection.execute(definition)
        connection.execute("COMMIT")
    assert chain.head is not None
    database.seal_file.write(chain.head)


class _Chain:
    """The end of the record, which moves on with every entry."""

    def __init__(self, head: Seal | None) -> None:
        self.head = head

    def follow(self, told: AuditEntry) -> RecordedEntry:
        """The entry as it is recorded next."""
        recorded = record(told, after=self.head)
        self.head = Seal(recorded.number, recorded.digest)
        return recorded


def _event_row(event: BagEvent) -> tuple[object, ...]:
    before = None if event.number == 1 else BagState.IN_PREPARATION.value
    return (*columns_of(fact_document(event), before), fact_text(event), fact_digest(event))
