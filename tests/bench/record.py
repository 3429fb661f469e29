"""`audit verify` on long records, a straight line, beside what it cannot do without.

Records of refused scans alone, and records in which each entry tells of an event of a bag. By the clock,
since SQLite checks its file in a thread of its own.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from sqlalchemy import Select, select, text
from sqlalchemy.orm import Session

from db.audit_row import COLUMNS, AuditEntryRow, entries
from db.bag_event import BagEventRow
from db.connection import READING
from db.engine import Database
from pharmacy_app.domain.audit import covered_text
from tests.bench.alternating import take_turns
from tests.bench.figures import Aim, Figure, Result, paired
from tests.bench.processes import Spawner
from tests.bench.setting import Setting, own_command, own_environment
from tests.support.long_records import long_record, long_record_of_bags

AIM = Aim(20, "ours")  # milliseconds for 1,000 entries: 50,000 entries in a second
LINE = Aim(1.5, "ratio")
MEMORY = Aim(1.2, "ratio")
AT_ONCE = 1000
LIMIT_S = 600.0
EVENTS = select(*BagEventRow.__table__.columns).order_by(BagEventRow.serial, BagEventRow.number)
ENTRIES = select(*COLUMNS).order_by(AuditEntryRow.number)


@dataclass(frozen=True, slots=True)
class Kind:
    """Records of one kind: how the figures name them, who makes one of so many, and how many that may be."""

    name: str
    what: str
    make: Callable[[Path, int], Database]
    counts: tuple[int, ...]


class Taken(NamedTuple):
    """Milliseconds for 1,000 of the count."""

    clock: float
    processor: float


def measure(setting: Setting) -> Result:
    """Records of growing length of both kinds; time and memory."""
    counts = setting.counts
    return Result(
        (
            *_of_kind(setting, Kind("record", "entries", long_record, counts.entries)),
            *_of_kind(setting, Kind("record-bags", "events of bags", long_record_of_bags, counts.events)),
        )
    )


def _of_kind(setting: Setting, kind: Kind) -> Iterator[Figure]:
    taken = {}
    for count in kind.counts:
        with closing(kind.make(_file(setting, kind, count), count)) as database:
            sides = [partial(_timed, act, database, count) for act in (_check, _hash, _read, _check_file)]
            ours, *parts = take_turns(sides, count=setting.counts.checks)
        taken[count] = [each.clock for each in ours]
        hashed, read, file = ([each.clock for each in part] for part in parts)
        of, name = f"Check of {count:,} {kind.what}", f"{kind.name}-{count}"
        note = f"{median(each.processor for each in ours):.1f} ms of the processor, both threads together"
        figure = Figure(name, f"{of}, for 1,000; hashing alone", "ms", aim=AIM, note=note)
        yield paired(figure, taken[count], hashed)
        yield paired(Figure(f"{name}-read", f"{of}; reading the rows alone", "ms"), taken[count], read)
        yield paired(Figure(f"{name}-file", f"{of}; SQLite's check alone", "ms"), taken[count], file)
    shortest, longest = min(kind.counts), max(kind.counts)
    line = Figure(f"{kind.name}-line", f"The same, {longest:,} beside {shortest:,}", "ms", aim=LINE)
    yield paired(line, taken[longest], taken[shortest])
    yield from _whole_processes(setting, kind, longest, shortest)


def _whole_processes(setting: Setting, kind: Kind, longest: int, shortest: int) -> Iterator[Figure]:
    with Spawner() as spawner:
        files = (_file(setting, kind, count) for count in (longest, shortest))
        long, short = take_turns([partial(_verify, spawner, file) for file in files], count=1, warm_up=0)
    what = f"`audit verify`, {longest:,} {kind.what} beside {shortest:,}"
    time_taken = Figure(f"{kind.name}-process", what, "ms")
    yield paired(time_taken, [each[0] for each in long], [each[0] for each in short])
    memory = Figure(f"{kind.name}-memory", "Memory of the same", "MB", aim=MEMORY)
    yield paired(memory, [each[1] for each in long], [each[1] for each in short])


def _file(setting: Setting, kind: Kind, count: int) -> Path:
    return setting.folder / f"{kind.name}-{count}.sqlite3"


def _timed(act: Callable[[Database], float | None], database: Database, count: int, _: int) -> Taken:
    """What an act takes; by the clock what it says itself, where it does."""
    clock, processor = time.perf_counter(), time.process_time()
    own = act(database)
    processor = time.process_time() - processor
    clock = time.perf_counter() - clock if own is None else own
    return Taken(clock * 1_000_000 / count, processor * 1_000_000 / count)


def _check(database: Database) -> None:
    with database(reading=True) as work:
        assert work.audit.check().findings == ()


def _check_file(database: Database) -> None:
    """SQLite's own check of its file, which a check of the record contains."""
    with database.engine.connect() as connection:
        assert connection.scalar(text("PRAGMA integrity_check(1)")) == "ok"


def _read(database: Database) -> None:
    """Each entry and each event once, and nothing done with it."""
    for query in (ENTRIES, EVENTS):
        for _ in _rows(database, query):
            pass


def _hash(database: Database) -> float:
    """Each digest from its finished text, and nothing else. The seconds."""
    taken, texts = 0.0, list[bytes]()

    def hash_all() -> float:
        start = time.perf_counter()
        for each in texts:
            hashlib.sha256(each).hexdigest()
        texts.clear()
        return time.perf_counter() - start

    with Session(database.engine) as session:
        for entry in entries(session):
            texts.append(covered_text(entry).encode("ascii"))
            taken += hash_all() if len(texts) == AT_ONCE else 0
    for content in (row.content.encode() for row in _rows(database, EVENTS)):
        texts.append(content)
        taken += hash_all() if len(texts) == AT_ONCE else 0
    return taken + hash_all()


def _rows(database: Database, query: Select[*tuple[Any, ...]]) -> Iterator[Any]:
    with database.engine.connect().execution_options(**{READING: True}) as connection:
        yield from connection.execute(query.execution_options(yield_per=AT_ONCE))


def _verify(spawner: Spawner, file: Path, _: int) -> tuple[float, float]:
    """Milliseconds and megabytes of a whole process."""
    command = own_command("-m", "pharmacy_app", "audit", "verify", "--database", f"sqlite:///{file}")
    run = spawner.run_well(command, own_environment(), limit_s=LIMIT_S)
    return run.seconds * 1000, run.peak_mb
