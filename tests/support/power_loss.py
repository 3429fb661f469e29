"""Stations that lose their power in the middle of a script: killed (SIGKILL) at chosen moments.

A script is a function of an open database and of `confirm`, which it calls after each command that a person
would see confirmed; it does the same each time. `power_losses` runs it once to its end, then again and again
on a fresh database, each time killed at another moment: before a statement, after it, before a commit, before
or after the seal. What is on file then must be what the first run had after one of its commits: not before
the newest confirmation, nor after the next one, with a whole record.

Forking needs a process without other threads, so `power_losses` starts one: this module, called by its name,
with the kind of database, a folder, the script as `MODULE:FUNCTION`, how many moments (0: all), and the seed.
"""

from __future__ import annotations

import importlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal, NoReturn

from sqlalchemy import event

from db.engine import Database, open_database
from db.seal import SealFile
from pharmacy_app.domain.audit import EVERY_ENTRY, Seal
from tests.support.databases import new_postgresql, text_of

Kind = Literal["sqlite", "postgresql"]
Script = Callable[[Database, Callable[[], None]], None]
Fresh = Callable[[Path], AbstractContextManager[str]]
STEP, CONFIRMED = ".", "!"
MOST_ENTRIES = 100_000


@dataclass(frozen=True, slots=True)
class Found:
    """What is on file: act and thing of each entry, oldest first; the seal; the stops of a check."""

    entries: list[list[str]]
    sealed: int
    stops: list[str]


@dataclass(frozen=True, slots=True)
class Loss:
    """One run that was broken off. `step` counts from 1; `confirmed` is how often the script confirmed."""

    step: int
    confirmed: int
    found: Found


@dataclass(frozen=True, slots=True)
class Losses:
    """What a script does when nothing happens, and what it left behind each time.

    `steps` is how many there are; `commits` is the number of entries after each commit, and `confirmations`
    that at each confirmation.
    """

    steps: int
    commits: list[int]
    confirmations: list[int]
    whole: Found
    losses: list[Loss]

    @property
    def faults(self) -> list[str]:
        """Everything that was lost, or was left half done."""
        return [f"step {loss.step}: {fault}" for loss in self.losses for fault in self._faults(loss)]

    def _faults(self, loss: Loss) -> Iterator[str]:
        entries = len(loss.found.entries)
        least, *more = [0, *self.confirmations, len(self.whole.entries)][loss.confirmed :]
        if loss.found.stops:
            yield f"the record is not whole: {loss.found.stops}"
        if entries not in {0, *self.commits}:
            yield f"{entries} entries are the middle of a transaction"
        if not least <= entries <= (more[0] if more else least):
            yield f"{loss.confirmed} confirmations, but {entries} entries"
        if loss.found.entries != self.whole.entries[:entries]:
            yield "something else was done"
        if loss.found.sealed > entries:
            yield f"the seal leads: {loss.found.sealed}"


def power_losses(kind: Kind, folder: Path, script: str, *, moments: int = 0, seed: int = 0) -> Losses:
    """What a script leaves behind when it is killed: at so many of its steps and the last, or at each."""
    program = [sys.executable, "-m", "tests.support.power_loss"]
    asked = [kind, str(folder), script, str(moments), str(seed)]
    answer = subprocess.run([*program, *asked], check=False, capture_output=True, text=True)
    if answer.returncode or answer.stderr:
        raise RuntimeError(f"ended with {answer.returncode}: {answer.stderr}")
    read = json.loads(answer.stdout)
    losses = [Loss(each["step"], each["confirmed"], Found(**each["found"])) for each in read["losses"]]
    return Losses(**{**read, "whole": Found(**read["whole"]), "losses": losses})


class Power:
    """Goes out at the given step (0: never), and tells a pipe what happens on the way, a line for each."""

    def __init__(self, steps: int, told: int | None = None) -> None:
        self._left = steps
        self._told = told

    def step(self, *_: object) -> None:
        """One step more."""
        self.tell(STEP)
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def tell(self, line: str) -> None:
        """Something happened."""
        if self._told is not None:
            os.write(self._told, f"{line}\n".encode("ascii"))


@dataclass(frozen=True)
class PoweredSeal(SealFile):
    """A seal whose writing takes a step before and a step after."""

    power: Power

    def write(self, seal: Seal) -> None:
        self.power.tell(str(seal.number))
        self.power.step()
        SealFile(self.path).write(seal)
        self.power.step()


def powered(database: Database, power: Power) -> Database:
    """The database, each of its statements, its commit and its seal being a step."""
    event.listen(database.engine, "before_cursor_execute", power.step)
    event.listen(database.engine, "after_cursor_execute", power.step)
    event.listen(database.engine, "commit", power.step)
    return replace(database, seal_file=PoweredSeal(database.seal_file.path, power))


def run(script: Script, url: str, folder: Path, *, step: int) -> list[str]:
    """What the script told, in a process of its own that is killed at that step (0: never)."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _run_to_the_end(script, url, folder, Power(step, writing))
    os.close(writing)
    with os.fdopen(reading, encoding="ascii") as pipe:
        told = pipe.read().splitlines()
    _, status = os.waitpid(child, 0)
    if status != (signal.SIGKILL if step else 0):
        raise RuntimeError(f"the script, to be killed at step {step}, ended with status {status}")
    return told


def _run_to_the_end(script: Script, url: str, folder: Path, power: Power) -> NoReturn:
    status = 1
    try:
        script(powered(open_database(url, seal_folder=folder), power), lambda: power.tell(CONFIRMED))
        status = 0
    except BaseException:
        traceback.print_exc()
        raise
    finally:
        os._exit(status)


def look(url: str, folder: Path) -> Found:
    """What is on file now."""
    database = open_database(url, seal_folder=folder)
    with database(reading=True) as work:
        check = work.audit.check()
        entries = work.audit.entries(EVERY_ENTRY, limit=MOST_ENTRIES)
    database.close()
    stops = [each.code for each in check.findings if each.severity.value == "stop"]
    return Found([[each.act, each.thing] for each in reversed(entries)], check.sealed or 0, stops)


@contextmanager
def fresh_databases(kind: Kind, folder: Path) -> Iterator[Fresh]:
    """What gives one database without content after the other; each is removed after its use."""
    original = folder / "original.sqlite3"
    if kind == "sqlite":
        open_database(f"sqlite:///{original}").close()
        yield partial(_copied_file, original)
        return
    with new_postgresql() as url:
        open_database(text_of(url), seal_folder=folder).close()
        yield partial(_copied_database, str(url.database))


@contextmanager
def _copied_file(original: Path, folder: Path) -> Iterator[str]:
    file = folder / "records.sqlite3"
    shutil.copy(original, file)
    yield f"sqlite:///{file}"


@contextmanager
def _copied_database(original: str, _: Path) -> Iterator[str]:
    with new_postgresql(original) as url:
        yield text_of(url)


def break_off(kind: Kind, folder: Path, script: Script, *, moments: int, seed: int) -> Losses:
    """The script once to its end, and then broken off at so many of its steps, chosen by the seed."""
    with fresh_databases(kind, folder) as fresh:
        told, whole = _one_run(fresh, folder, script, step=0)
        steps = range(1, told.count(STEP) + 1)
        chosen = sorted({*random.Random(seed).sample(steps, moments), steps[-1]}) if moments else steps
        losses = []
        for step in chosen:
            until_then, found = _one_run(fresh, folder, script, step=step)
            losses.append(Loss(step, until_then.count(CONFIRMED), found))
    commits = [int(line) for line in told if line not in {STEP, CONFIRMED}]
    return Losses(len(steps), commits, _entries_when_confirmed(told), whole, losses)


def _one_run(fresh: Fresh, folder: Path, script: Script, *, step: int) -> tuple[list[str], Found]:
    with tempfile.TemporaryDirectory(dir=folder) as place, fresh(Path(place)) as url:
        told = run(script, url, Path(place), step=step)
        return told, look(url, Path(place))


def _entries_when_confirmed(told: list[str]) -> list[int]:
    entries, confirmed = 0, []
    for line in told:
        if line == CONFIRMED:
            confirmed.append(entries)
        elif line != STEP:
            entries = int(line)
    return confirmed


def main(arguments: list[str]) -> None:
    """Prints everything as one JSON document."""
    kind, folder, name, moments, seed = arguments
    module, _, function = name.partition(":")
    script = getattr(importlib.import_module(module), function)
    engine: Kind = "sqlite" if kind == "sqlite" else "postgresql"
    losses = break_off(engine, Path(folder), script, moments=int(moments), seed=int(seed))
    print(json.dumps(asdict(losses)))  # noqa: T201 - a command


if __name__ == "__main__":
    main(sys.argv[1:])
