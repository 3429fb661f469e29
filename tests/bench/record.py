"""`audit verify` on long records, a straight line, beside hashing the same entries alone."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from db.audit_row import entries
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
HASHED_AT_ONCE = 10_000
LIMIT_S = 600.0


def measure(setting: Setting) -> Result:
    """Records of growing length; one in which each entry tells of an event of a bag; time and memory."""
    return Result((*_in_process(setting), *_whole_processes(setting)))


def _in_process(setting: Setting) -> Iterator[Figure]:
    rates = {}
    for count in setting.counts.entries:
        with closing(long_record(_file(setting, count), count)) as database:
            sides = [partial(_check, database, count), partial(_hash, database, count)]
            rates[count], hashed = take_turns(sides, count=setting.counts.checks)
        figure = Figure(f"record-{count}", f"Check of {count:,} entries, for 1,000", "ms", aim=AIM)
        yield paired(figure, rates[count], hashed)
    shortest, longest = min(rates), max(rates)
    what = f"The same, {longest:,} entries beside {shortest:,}"
    yield paired(Figure("record-line", what, "ms", aim=LINE), rates[longest], rates[shortest])
    count = setting.counts.events
    with closing(long_record_of_bags(setting.folder / "bags.sqlite3", count)) as database:
        (taken,) = take_turns([partial(_check, database, count)], count=setting.counts.checks)
    note = "events, entries and their agreement"
    yield paired(
        Figure("record-bags", f"Check of {count:,} events of bags, for 1,000", "ms", note=note), taken
    )


def _whole_processes(setting: Setting) -> Iterator[Figure]:
    shortest, longest = min(setting.counts.entries), max(setting.counts.entries)
    with Spawner() as spawner:
        sides = [partial(_verify, spawner, _file(setting, count)) for count in (longest, shortest)]
        long, short = take_turns(sides, count=1, warm_up=0)
    time_taken = Figure("record-process", f"`audit verify`, {longest:,} entries beside {shortest:,}", "ms")
    yield paired(time_taken, [each[0] for each in long], [each[0] for each in short])
    memory = Figure("record-memory", "Memory of the same", "MB", aim=MEMORY)
    yield paired(memory, [each[1] for each in long], [each[1] for each in short])


def _file(setting: Setting, count: int) -> Path:
    return setting.folder / f"record-{count}.sqlite3"


def _check(database: Database, count: int, _: int) -> float:
    def check() -> None:
        with database(reading=True) as work:
            assert work.audit.check().findings == ()

    return _for_a_thousand(check, count)


def _hash(database: Database, count: int, _: int) -> float:
    """Each entry's digest from its finished text, and nothing else."""
    taken = 0.0
    texts: list[bytes] = []

    def hash_all() -> None:
        for text in texts:
            hashlib.sha256(text).hexdigest()

    with Session(database.engine) as session:
        for entry in entries(session):
            texts.append(covered_text(entry).encode("ascii"))
            if len(texts) == HASHED_AT_ONCE:
                taken += _for_a_thousand(hash_all, count)
                texts.clear()
    return taken + _for_a_thousand(hash_all, count)


def _for_a_thousand(act: Callable[[], None], count: int) -> float:
    """Milliseconds of processor time, for each 1,000 of the count."""
    start = time.process_time()
    act()
    return (time.process_time() - start) * 1_000_000 / count


def _verify(spawner: Spawner, file: Path, _: int) -> tuple[float, float]:
    """Milliseconds and megabytes of a whole process."""
    command = own_command("-m", "pharmacy_app", "audit", "verify", "--database", f"sqlite:///{file}")
    run = spawner.run_well(command, own_environment(), limit_s=LIMIT_S)
    return run.seconds * 1000, run.peak_mb
