"""Reads the scenario files of interruptions: an order, its stops, and what a pharmacist worked out by hand.

`[order]` is as in the other scenarios; `[[stop]]` has the times, with their offset, and the kind.
`[expected]` says what had been infused at each restart, what was left, and the bags as a table, a line for
each. `findings` are those of interruptions, with what refuses a plan or waits for an answer.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from pharmacy_app.domain.order import Interruption, InterruptionKind, Order
from pharmacy_app.domain.plan import Plan
from pharmacy_app.workflow.plan import make_plan
from tests.support.orders import document_starting, order_of
from tests.support.rulebooks import NOW, rulebook

FOLDER = Path(__file__).resolve().parents[1] / "scenarios" / "interruptions"
COLUMNS = ["bag", "days", "mcg/day", "bag_h", "runs_h", "infuse_mL", "hung_at", "change_at", "notes"]
_EXPECTED = {"findings", "infused", "left", "void", "runs_h", "ends_at", "bags", "totals", "prepare"}


@dataclass(frozen=True, slots=True)
class ExpectedBag:
    """One line of the table, as written there."""

    number: int
    days: str
    mcg_per_day: str
    duration_h: str
    runs_h: str
    infuse_ml: str
    hung_at: str
    change_at: str
    notes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Scenario:
    """One file. `expected` has its entries but the bags; `bags` is empty where the order is refused."""

    name: str
    title: str
    order: Order
    expected: dict[str, Any]
    bags: tuple[ExpectedBag, ...]

    def plan(self) -> Plan:
        return make_plan(self.order, rulebook(), now=NOW)


def interruption(
    stopped_at: str, restarted_at: str, kind: str = "plain", *, keep: bool = False
) -> Interruption:
    """From two times with their offsets, such as `2027-01-10T09:00-05:00`."""
    stopped, restarted = datetime.fromisoformat(stopped_at), datetime.fromisoformat(restarted_at)
    return Interruption(stopped, restarted, InterruptionKind(kind), keep)


def interrupted(document: dict[str, object], *stops: Interruption) -> Order:
    """The order of a document, interrupted."""
    return replace(order_of(document), interruptions=stops)


def scenarios() -> list[Scenario]:
    """All of them, by file name; an unknown entry is an error."""
    return [_scenario(path) for path in sorted(FOLDER.glob("*.toml"))]


def _scenario(path: Path) -> Scenario:
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    assert set(content) == {"title", "order", "stop", "expected"}, path.name
    expected = content["expected"]
    assert set(expected) <= _EXPECTED, path.name
    order = {name: value for name, value in content["order"].items() if name != "start_at"}
    stops = [_stop(each) for each in content["stop"]]
    return Scenario(
        name=path.stem,
        title=content["title"],
        order=interrupted(document_starting(content["order"]["start_at"], **order), *stops),
        expected={name: value for name, value in expected.items() if name != "bags"},
        bags=tuple(_bags(expected["bags"], path.name)) if "bags" in expected else (),
    )


def _stop(entry: dict[str, Any]) -> Interruption:
    assert set(entry) <= {"stopped_at", "restarted_at", "kind", "keep_clock_time"}, entry
    keep = entry.get("keep_clock_time", False)
    return interruption(entry["stopped_at"], entry["restarted_at"], entry["kind"], keep=keep)


def _bags(table: str, name: str) -> Iterator[ExpectedBag]:
    header, *lines = table.strip().splitlines()
    assert header.split() == COLUMNS, name
    for line in lines:
        number, days, dose, duration, runs, infuse, hung, change, notes = line.split(
            maxsplit=len(COLUMNS) - 1
        )
        codes = frozenset() if notes == "-" else frozenset(notes.split(", "))
        yield ExpectedBag(int(number), days, dose, duration, runs, infuse, hung, change, codes)
