"""An open database: up to date, its record sealed beside it, giving one transaction after the other."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Engine
from sqlalchemy.orm import Session

from db.address import data_folder, default_url, file_of, place, read_url
from db.audit_row import head
from db.connection import PATIENCE_S, READING, create_engine_for, create_frozen_engine
from db.schema import MISSING, is_up_to_date, upgrade
from db.seal import SealFile
from db.trouble import NOT_WRITABLE, as_station_trouble, file_trouble
from db.unit_of_work import SqlUnitOfWork
from pharmacy_app.domain.audit import NOTHING_SEALED
from pharmacy_app.domain.errors import StationTrouble

__all__ = ["Database", "default_url", "open_database"]

PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600


@dataclass(frozen=True, slots=True)
class Database:
    """Call it for a transaction. `place` is how people know it: never a user or password."""

    engine: Engine
    place: str
    seal_file: SealFile

    def __call__(self, *, reading: bool = False) -> SqlUnitOfWork:
        return SqlUnitOfWork(self.engine, place=self.place, seal_file=self.seal_file, reading=reading)

    def close(self) -> None:
        """Closes every connection."""
        self.engine.dispose()


def open_database(
    url: str | None = None,
    *,
    seal_folder: Path | None = None,
    patience_s: int = PATIENCE_S,
    create: bool = True,
) -> Database:
    """Opens the database, making it at the first start and bringing its schema up to date.

    Without `create` it must be there already; a SQLite file that cannot be written is then opened for
    reading alone.

    `url` is a SQLite file or a PostgreSQL database, by default the file in the user's data directory. The
    seal stands beside a SQLite file; for PostgreSQL in `seal_folder`, by default the user's data directory.

    Raises:
        InputRefused: the URL is of neither kind.
        StationTrouble: the database cannot be opened or written, is none, is not there, is another
            program's or newer than this program, is not whole, or does not answer.
    """
    address = read_url(url if url is not None else default_url())
    where = place(address)
    file = file_of(address)
    if file is not None and create:
        _make_private(file, where)
    elif file is not None:
        _require(file, where)
    seal_file = _seal_file(address, file, seal_folder)
    engine = create_engine_for(address, patience_s=patience_s)
    try:
        with _opening(engine, where):
            if not is_up_to_date(engine, where, create=create):
                upgrade(engine, where)
            _seal_at_first(engine, seal_file, joins=create and file is None)
    except StationTrouble as trouble:
        if create or file is None or trouble.code != NOT_WRITABLE or _has_log(file):
            raise
        engine = _frozen(file, where, trouble)
    return Database(engine, where, seal_file)


@contextmanager
def _opening(engine: Engine, where: str) -> Iterator[None]:
    """Leaves no connection behind where it fails."""
    try:
        with as_station_trouble(where):
            yield
    except BaseException:
        engine.dispose()
        raise


def _has_log(file: Path) -> bool:
    """Whether the newest transactions may stand beside the file and not in it."""
    try:
        return file.with_name(f"{file.name}-wal").stat().st_size > 0
    except OSError:
        return False


def _frozen(file: Path, where: str, trouble: StationTrouble) -> Engine:
    """A copy that cannot be written, such as a backup, can still be read, if it needs no migration."""
    engine = create_frozen_engine(file)
    with _opening(engine, where):
        if not is_up_to_date(engine, where, create=False):
            raise trouble
    return engine


def _require(file: Path, where: str) -> None:
    try:
        is_there = file.exists()
    except OSError as error:
        raise file_trouble(error, where) from error
    if not is_there:
        raise StationTrouble(MISSING, {"place": where})


def _seal_at_first(engine: Engine, seal_file: SealFile, *, joins: bool) -> None:
    """An empty record is sealed, so a seal that is missing later was lost.

    A station that joins a server for the first time takes up the record as it finds it (`joins`): the seals
    of the other stations go further back. Where no seal can be written, the first entry makes it.
    """
    with suppress(OSError):
        if seal_file.path.exists():
            return
        with Session(engine) as session:
            session.connection(execution_options={READING: True})
            newest = head(session)
        if newest is None or joins:
            seal_file.write(newest or NOTHING_SEALED)


def _make_private(file: Path, where: str) -> None:
    """A new database and its folder are for their user alone, whatever the umask: patients stand in it.

    SQLite gives its write-ahead log the permissions of the database. What is there already is left as it is.
    """
    try:
        file.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        with suppress(FileExistsError):
            os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, PRIVATE_FILE))
    except OSError as error:
        raise file_trouble(error, where) from error


def _seal_file(address: URL, file: Path | None, folder: Path | None) -> SealFile:
    if file is not None:
        return SealFile(file.with_name(f"{file.name}.seal"))
    name = hashlib.sha256(place(address).encode()).hexdigest()[:16]
    return SealFile((folder or data_folder()) / f"postgresql-{name}.seal")
