"""How much a run measures, and where things are."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PEERS = Path(__file__).resolve().parent / "peers"
SOLVER_LOCK = PEERS / "solver.lock"
EXAMPLE = ROOT / "docs" / "examples" / "relapsed-refractory-cycle-1.json"


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each thing is measured. `labels` is for each kind of label, `frames` for each plan that is
    dragged, `slow_orders` are enumerated,
    `solver_orders` are given to a solver too, of the bad files the first `bad_files` go to the program.
    `entries` are the lengths of records, `events` is how many of bags there are in one, and `checks` how
    often each is checked."""

    labels: int
    windows: int
    frames: int
    orders: int
    slow_orders: int
    solver_orders: int
    plans: int
    bad_files: int
    bad_calls: int
    entries: tuple[int, ...]
    events: tuple[int, ...]
    checks: int


FULL = Counts(
    labels=60,
    windows=20,
    frames=60,
    orders=300,
    slow_orders=12,
    solver_orders=50,
    plans=30,
    bad_files=1000,
    bad_calls=3,
    entries=(10_000, 100_000, 1_000_000),
    events=(10_000, 100_000, 1_000_000),
    checks=3,
)
QUICK = Counts(
    labels=2,
    windows=1,
    frames=2,
    orders=3,
    slow_orders=1,
    solver_orders=2,
    plans=1,
    bad_files=3,
    bad_calls=1,
    entries=(100, 400),
    events=(80, 160),
    checks=1,
)


@dataclass(frozen=True, slots=True)
class Setting:
    """A run: how much, whether peers may be installed, a folder for files that go with the run."""

    counts: Counts
    may_install: bool
    folder: Path


def clean_environment(**more: str) -> dict[str, str]:
    """This process's environment without what changes how Python or the program runs, and with more."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "PHARMACY_APP_", "QT_"))
        and name not in {"DISPLAY", "WAYLAND_DISPLAY"}
    }
    return kept | more


def own_environment(**more: str) -> dict[str, str]:
    """As `./run` starts the program: this checkout's modules alone."""
    return clean_environment(PYTHONPATH=str(ROOT), **more)


def own_command(*arguments: str) -> tuple[str, ...]:
    """Our Python, with the module path as `./run` sets it."""
    return (sys.executable, "-P", *arguments)
