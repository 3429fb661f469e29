"""`python -m db.migrations.pin`: writes beside the newest step of the migrations what it defines on SQLite.

Beside older steps only what is not there yet: those ran at pharmacies, and what they left there stays.
"""

from __future__ import annotations

import json
from pathlib import Path

from sqlalchemy import URL

from db.address import SQLITE
from db.connection import create_engine_for
from db.definitions import definitions, definitions_file, definitions_made
from db.schema import known_revisions, migrate


def differences() -> list[str]:
    """Where what stands beside the steps is not what they make of an empty database."""
    return [
        f"step {revisions[-1]}: {name} is not as {definitions_file(revisions[-1]).name} says"
        " (after a new step: python -m db.migrations.pin)"
        for revisions in _up_to_each()
        for name in _step(definitions_made(revisions), definitions_after(revisions[-1]))
    ]


def definitions_after(revision: str) -> dict[str, str]:
    """What an empty database has after the steps up to this one."""
    engine = create_engine_for(URL.create(SQLITE))
    try:
        with engine.begin() as connection:
            migrate(connection, revision)
            return definitions(connection)
    finally:
        engine.dispose()


def _up_to_each() -> list[tuple[str, ...]]:
    revisions = known_revisions()
    return [revisions[: count + 1] for count in range(len(revisions))]


def _step(before: dict[str, str], after: dict[str, str]) -> dict[str, str | None]:
    """What changes from one to the other; None for what is taken away."""
    return {
        name: after.get(name)
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name)
    }


def main() -> int:
    """The exit code."""
    for revisions in _up_to_each():
        *before, revision = revisions
        file = Path(str(definitions_file(revision)))
        if revision == known_revisions()[-1] or not file.exists():
            step = _step(definitions_made(before), definitions_after(revision))
            file.write_text(json.dumps(step, indent=0) + "\n", encoding="ascii")
            print(file.name)  # noqa: T201 - a command
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
