"""Flips single bits of a database file, and says what the check of the record makes of each.

`python -m tests.db.bit_flips [COUNT [SEED]]` prints how many came to what, and ends with 1 where one changed
a row and nobody noticed. A check that breaks off is a bug, and passes through.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from db.engine import Database, open_database
from db.schema import is_up_to_date
from db.trouble import as_station_trouble
from pharmacy_app.domain.errors import StationTrouble
from tests.support.facts import PHOTOGRAPH, events, life
from tests.support.records import entry, keep_events, keep_facts, keep_one_of_each

BAGS = 20
ENTRIES = 200
COUNT = 1000
SEED = 20261123
Rows = dict[str, list[str]]


class Outcome(Enum):
    """What became of one flip."""

    FOUND = "found, and what it changed is named"
    TROUBLE = "the database is said to be damaged, by its place"
    UNCHANGED = "no row is changed"
    UNSEEN = "A ROW IS CHANGED AND NOBODY NOTICED"


@dataclass(frozen=True, slots=True)
class Flip:
    """One bit of the file, counted from its beginning; what became of it, and the codes of what was said."""

    position: int
    outcome: Outcome
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Original:
    """A database with all kinds of facts in its one file, and what stands in it."""

    file: Path
    content: bytes
    rows: Rows


def original(folder: Path) -> Original:
    """A database in that folder, closed, its write-ahead log taken over."""
    file = folder / "original.sqlite3"
    database = open_database(f"sqlite:///{file}")
    keep_one_of_each(database)
    keep_facts(database)
    for bag in range(2, BAGS):
        keep_events(database, *events(*life(), serial=f"26112000{bag:02}"), photographs=(PHOTOGRAPH,))
    with database() as work:
        for _ in range(ENTRIES):
            work.audit.add(entry("order-refused"))
        work.commit()
    database.close()
    return Original(file, file.read_bytes(), rows_of(file))


def rows_of(file: Path) -> Rows:
    """Every row of every table and every definition, as the bytes on file mean it, whatever its kind."""
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        connection.text_factory = bytes
        query = "SELECT name FROM sqlite_master WHERE type = 'table'"
        tables = ["sqlite_master", *(name.decode() for (name,) in connection.execute(query))]
        return {
            table: sorted(map(repr, connection.execute(f'SELECT * FROM "{table}" NOT INDEXED')))
            for table in tables
        }


def flips(folder: Path, *, count: int, seed: int, within: bytes = b"") -> Iterator[Flip]:
    """So many bits of the file, or of where this stands in it, each flipped by itself in a fresh copy."""
    whole = original(folder)
    begin = whole.content.index(within)
    places = range(8 * begin, 8 * (begin + len(within or whole.content)))
    copy = folder / "copy.sqlite3"
    shutil.copy(whole.file, copy)
    shutil.copy(f"{whole.file}.seal", f"{copy}.seal")
    database = open_database(f"sqlite:///{copy}", create=False)
    for position in random.Random(seed).sample(places, count):
        database.close()
        for beside in (f"{copy}-wal", f"{copy}-shm"):
            Path(beside).unlink(missing_ok=True)
        flipped = bytearray(whole.content)
        flipped[position // 8] ^= 1 << position % 8
        copy.write_bytes(flipped)
        yield _flip(position, database, whole.rows, copy)
    database.close()


def _flip(position: int, database: Database, rows: Rows, copy: Path) -> Flip:
    try:
        with as_station_trouble(str(copy)):
            assert is_up_to_date(database.engine, str(copy), create=False)
        with database(reading=True) as work:
            check = work.audit.check()
    except StationTrouble as trouble:
        return Flip(position, Outcome.TROUBLE, (trouble.code,))
    codes = tuple(sorted({each.code for each in check.findings}))
    if codes:
        return Flip(position, Outcome.FOUND, codes)
    database.close()
    return Flip(position, Outcome.UNCHANGED if rows_of(copy) == rows else Outcome.UNSEEN)


def main(arguments: list[str]) -> int:
    """The exit code."""
    count, seed = int(next(iter(arguments), COUNT)), int(next(iter(arguments[1:]), SEED))
    with tempfile.TemporaryDirectory() as folder:
        found = list(flips(Path(folder), count=count, seed=seed))
    for outcome, times in Counter(each.outcome for each in found).items():
        print(f"{times:6} {outcome.value}")  # noqa: T201 - a command
    for codes, times in Counter(each.codes for each in found if each.codes).most_common():
        print(f"{times:12} {', '.join(codes)}")  # noqa: T201
    unseen = [each.position for each in found if each.outcome is Outcome.UNSEEN]
    if unseen:
        print(f"Unseen, with seed {seed}: {unseen}")  # noqa: T201
    return int(bool(unseen))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
