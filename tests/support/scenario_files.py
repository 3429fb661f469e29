"""Reads the scenario files: an order, and the bags that a pharmacist worked out by hand.

`[order]` changes the order of the promised command line; its bags' wishes are replaced as a whole, and
the patient is weighed on the day of the start. `[expected]` has the bags as a table, a line for each.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.orders import document_starting

FOLDER = Path(__file__).resolve().parents[1] / "scenarios"
COLUMNS = ["bag", "days", "mcg/day", "runs_h", "infuse_mL", "change_at", "notes"]


@dataclass(frozen=True, slots=True)
class ExpectedBag:
    """One line of the table, as written there. `notes` are finding codes without their first word."""

    number: int
    days: str
    mcg_per_day: str
    runs_h: str
    infuse_ml: str
    change_at: str
    notes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Scenario:
    """One file."""

    name: str
    title: str
    document: dict[str, object]
    bags: tuple[ExpectedBag, ...]
    totals: Mapping[str, int]


def scenario(path: Path) -> Scenario:
    """The scenario in a file; an unknown entry is an error."""
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    assert set(content) == {"title", "order", "expected"}, path.name
    assert set(content["expected"]) <= {"bags", "totals"}, path.name
    return Scenario(
        name=path.stem,
        title=content["title"],
        document=_document(content["order"]),
        bags=tuple(_bags(content["expected"]["bags"], path.name)),
        totals=content["expected"].get("totals", {}),
    )


def scenarios() -> list[Scenario]:
    """All of them, by file name."""
    return [scenario(path) for path in sorted(FOLDER.glob("*.toml"))]


def _document(order: dict[str, Any]) -> dict[str, object]:
    changes = {name: value for name, value in order.items() if name != "start_at"}
    return document_starting(order["start_at"], **changes)


def _bags(table: str, name: str) -> Iterator[ExpectedBag]:
    header, *lines = table.strip().splitlines()
    assert header.split() == COLUMNS, name
    for line in lines:
        number, days, dose, runs, infuse, change, notes = line.split(maxsplit=len(COLUMNS) - 1)
        codes = frozenset() if notes == "-" else frozenset(notes.split(", "))
        yield ExpectedBag(int(number), days, dose, runs, infuse, change, codes)
