"""Whether the tables, indexes and triggers of a database are those that the migrations made.

A bit that flips in the text of a trigger may switch it off and leave the rest of the file in order. So each
step of the migrations has beside it the digests of what it defines on SQLite (`python -m db.migrations.pin`):
to compare them takes a millisecond, where migrating an empty database to compare with takes some two hundred,
and they stay what they are when a newer library writes the same definition another way. PostgreSQL keeps its
definitions itself; there each trigger must be there and switched on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from importlib import resources
from importlib.resources.abc import Traversable

from sqlalchemy import Connection, text

from db.address import SQLITE
from db.audit_row import AuditEntryRow
from db.bag_event import BagEventRow
from db.fact import digest_of_text
from db.row import Row
from db.schema import known_revisions
from pharmacy_app.domain.audit import record_stop
from pharmacy_app.domain.finding import Finding

FACT_COLUMNS = ["key", "revision", "at", "content", "digest"]
ON_SQLITE = text(
    "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE substr(name, 1, 11) <> 'sqlite_stat'"
)
SWITCHED_ON = text("""
    SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND c.relnamespace = current_schema()::regnamespace
""")


def definitions_against_migrations(connection: Connection) -> Iterator[Finding]:
    """The first table, index or trigger that is not as the migrations made it, and how many there are."""
    differing = _differing(connection) if connection.dialect.name == SQLITE else _switched_off(connection)
    if differing:
        yield record_stop("audit.definition-changed", object=differing[0], count=str(len(differing)))


def _differing(connection: Connection) -> list[str]:
    """By kind and name; what the migrations made comes before what they know nothing of."""
    made, found = definitions_made(known_revisions()), definitions(connection)
    known = sorted(name for name, digest in made.items() if found.get(name) != digest)
    return [*known, *sorted(found.keys() - made.keys())]


def _switched_off(connection: Connection) -> list[str]:
    switched_on = {f"trigger {name}" for name in connection.scalars(SWITCHED_ON)}
    return sorted({f"trigger {name}" for name in guards()} - switched_on)


def definitions(connection: Connection) -> dict[str, str]:
    """The digest of each definition in a SQLite database, but for what ANALYZE keeps there."""
    return {
        f"{kind} {name}": digest_of_text(f"{table}\n{definition}")
        for kind, name, table, definition in connection.execute(ON_SQLITE)
    }


def definitions_made(revisions: Iterable[str]) -> dict[str, str]:
    """The same as these steps of the migrations leave it, one after the other.

    Raises:
        RuntimeError: a step has none beside it: a bug.
    """
    made: dict[str, str] = {}
    for revision in revisions:
        file = definitions_file(revision)
        if not file.is_file():
            raise RuntimeError(f"step {revision} has no definitions: python -m db.migrations.pin")
        step: dict[str, str | None] = json.loads(file.read_text(encoding="ascii"))
        made = {name: digest for name, digest in (made | step).items() if digest is not None}
    return made


def definitions_file(revision: str) -> Traversable:
    """What a step defines otherwise than the steps before it; null for what it takes away."""
    return resources.files("db.migrations").joinpath("versions", f"d{revision}.json")


def guards() -> Iterator[str]:
    """The triggers of every table on PostgreSQL, by their names."""
    for name, table in Row.metadata.tables.items():
        yield from (f"{name}_no_change", f"{name}_no_truncate")
        if name == BagEventRow.__tablename__ or table.columns.keys() == FACT_COLUMNS:
            yield f"{name}_in_number"
    yield f"{AuditEntryRow.__tablename__}_at_the_end"
