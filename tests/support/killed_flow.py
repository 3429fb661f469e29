"""A station that is killed (SIGKILL) again and again while bags go from their order to the patient.

`python -m tests.support.killed_flow URL FOLDER FIRST-SEED`: 25 times, once in each command of COMMANDS, a
process goes on with the work on file and dies at a seeded moment: at a statement, a commit, a seal, a sheet
of paper; every fourth time by the clock, wherever it is. It tells each command that came back. After each
death the file is opened anew and looked through, and the station starts again. Prints a line of JSON for each
death and one for the end.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import sleep

from db.engine import Database, open_database
from pharmacy_app.domain.audit import EntryFilter, RecordedEntry
from pharmacy_app.domain.bag_on_file import NoBagsLife, bag_of_events
from pharmacy_app.domain.fact import fact_digest
from pharmacy_app.domain.print_job import PrintState
from pharmacy_app.workflow.bag_on_file import ACTS, read_bag
from pharmacy_app.workflow.unit_of_work import UnitOfWork
from tests.support.bag_life import BagLife, Tray, restarted
from tests.support.bench import Day
from tests.support.power_loss import Power, powered

# Where the station dies: one death after the other along the flow. A command has about as many steps
# as stand in STEPS: the moments are spread over all of it, and over what comes just after.
COMMANDS = (
    "order", "accept", "plan", "start", "scan", "scan", "scan", "scan", "look", "scan", "measure", "scan",
    "measure", "look", "scan", "measure", "look", "own figures", "release", "print", "match", "refrigerate",
    "take out", "dispense", "hang",
)  # fmt: skip
MOST_STEPS = 52
STEPS = {"own figures": 97, "release": 98, "print": 147, "match": 85} | dict.fromkeys(COMMANDS[-4:], 69)
MOST_SECONDS = 0.1
BEGINS = "begins"
ALL = 100_000
UNDER_WAY = (PrintState.QUEUED, PrintState.SENT)
ON_PAPER = (PrintState.SENT, PrintState.CONFIRMED, PrintState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Told:
    """A command that came back, and the newest entry of the record then: its number and digest."""

    command: str
    week: int
    entries: int
    digest: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where the work lies."""

    url: str
    folder: Path

    def open(self) -> Database:
        return open_database(self.url, seal_folder=self.folder, patience_s=60)

    @property
    def tray(self) -> Path:
        return self.folder / "tray.txt"


class Doom(Power):
    """Power that goes out a number of steps after the command at which it is to happen began; 0: never."""

    def __init__(self, command: str, steps: int, begins: Callable[[], None]) -> None:
        super().__init__(0)
        self._command, self._steps, self._begins = command, steps, begins
        self._has_begun = False

    def before(self, command: str) -> None:
        """This command is given next."""
        if command == self._command and not self._has_begun:
            self._has_begun = True
            self._left = self._steps
            self._begins()


def work_on(place: Place, week: int, doom: Doom, tell: Callable[[object], None]) -> None:
    """Give one command after the other, bag after bag, and tell each that came back, until the power goes."""
    database = powered(place.open(), doom)
    while True:
        life = BagLife(Day(database), Tray(place.tray, doom.step), week)
        while (command := life.next()) is not None:
            doom.before(command.name)
            command.give()
            newest = newest_entry(database)
            tell([command.name, week, newest.number, newest.digest])
        week += 1


def newest_entry(database: Database) -> RecordedEntry:
    """The end of the record."""
    with database(reading=True) as work:
        return work.audit.entries(EntryFilter(), limit=1)[0]


def one_death(place: Place, week: int, seed: int) -> list[Told]:
    """What a station told before it was killed at the seed's moment."""
    chance, command = Random(seed), COMMANDS[seed % len(COMMANDS)]
    by_clock = seed % 4 == 3
    steps, seconds = chance.randint(1, STEPS.get(command, MOST_STEPS)), chance.uniform(0, MOST_SECONDS)
    hears, tells = os.pipe()

    def tell(line: object) -> None:
        os.write(tells, (json.dumps(line) + "\n").encode())

    child = os.fork()
    if child == 0:
        os.close(hears)
        work_on(place, week, Doom(command, 0 if by_clock else steps, lambda: tell(BEGINS)), tell)
    os.close(tells)
    told: list[Told] = []
    with os.fdopen(hears) as lines:
        for line in (json.loads(each) for each in lines):
            if line != BEGINS:
                told.append(Told(*line))
            elif by_clock:
                sleep(seconds)
                os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status) or os.WTERMSIG(status) != signal.SIGKILL:
        raise RuntimeError(f"the station of seed {seed} was not killed: {status}")
    return told


def troubles(work: UnitOfWork, told: Told | None, labels: list[str], weeks: range) -> Iterator[str]:
    """What is lost, half done or printed twice."""
    check = work.audit.check()
    yield from (f"record: {each.code}" for each in check.findings if each.severity.value == "stop")
    sealed = check.sealed or 0
    if not check.entries - 1 <= sealed <= check.entries:
        yield f"seal: {sealed} of {check.entries}"
    entries = {each.number: each for each in work.audit.entries(EntryFilter(), limit=ALL)}
    if told is not None and (told.entries not in entries or entries[told.entries].digest != told.digest):
        yield f"lost: {told}"
    for week in weeks:
        for serial in work.bag_events.of_order(BagLife.number_of(week)):
            yield from troubles_of_bag(work, serial, list(entries.values()))
            yield from troubles_of_prints(work, serial, labels)


def troubles_of_bag(work: UnitOfWork, serial: str, entries: list[RecordedEntry]) -> Iterator[str]:
    """A bag's events: a life that a bag can live, numbered without a gap, each with its one entry."""
    events = work.bag_events.of_bag(serial)
    try:
        bag_of_events(events)
    except NoBagsLife as broken:
        yield f"bag: {broken}"
    acts = set(ACTS.values())
    about = [each for each in entries if each.thing == f"bag {serial}" and each.act in acts]
    about.sort(key=lambda each: each.number)
    kept = [(each.number, ACTS[type(each.what).__name__], fact_digest(each)) for each in events]
    recorded = [(int(json.loads(each.facts)["event"]), each.act, each.digest_after) for each in about]
    if kept != recorded:
        yield f"bag {serial}: {len(kept)} events, {len(recorded)} entries"


def troubles_of_prints(work: UnitOfWork, serial: str, labels: list[str]) -> Iterator[str]:
    """Each label lies in the tray once at most, and only if its job says that it went there."""
    for label in {each for each in labels if each.startswith(serial)}:
        job = work.print_jobs.latest(label)
        if labels.count(label) > 1 or job is None or job.state not in ON_PAPER:
            yield f"print {label}: {labels.count(label)} in the tray, {job and job.state.value} on file"


def look(place: Place, told: Told | None, week: int) -> dict[str, object]:
    """Look through the file after a death, then start the station again."""
    database = place.open()
    tray = Tray(place.tray)
    with database(reading=True) as work:
        found = list(troubles(work, told, tray.labels(), range(week + 2)))
        check = work.audit.check()
    settled = restarted(BagLife(Day(database), tray, week))
    with database(reading=True) as work:
        open_still = [each.key for each in work.print_jobs.all() if each.state in UNDER_WAY]
    database.close()
    return {
        "troubles": found + [f"print {key} is still under way" for key in open_still],
        "entries": check.entries,
        "sealed": check.sealed or 0,
        "settled": sorted(each.state.value for each in settled),
    }


def to_the_end(place: Place, week: int) -> dict[str, object]:
    """Go on without a death until the bag of the week hangs."""
    database = place.open()
    life = BagLife(Day(database), Tray(place.tray), week)
    commands = []
    while (command := life.next()) is not None:
        command.give()
        commands.append(command.name)
    with database(reading=True) as work:
        codes = [each.code for each in work.audit.check().findings]
        (serial,) = work.bag_events.of_order(life.number)
        state = read_bag(work, serial).state.value
    database.close()
    return {
        "end": commands,
        "state": state,
        "bags": week + 1,
        "findings": codes,
        "labels": life.tray.labels(),
    }


def main(url: str, folder: Path, first_seed: int) -> None:
    """One death after the other, then the end."""
    place = Place(url, folder)
    database = place.open()
    Day(database).stock()
    Day(database).hire()
    database.close()
    week, newest = 0, None
    for seed in range(first_seed, first_seed + len(COMMANDS)):
        told = one_death(place, week, seed)
        newest = told[-1] if told else newest
        week = newest.week if newest else 0
        after = newest.command if newest else ""
        report = {"seed": seed, "in": COMMANDS[seed % len(COMMANDS)], "after": after, "told": len(told)}
        print(json.dumps(report | look(place, newest, week)), flush=True)  # noqa: T201
    print(json.dumps(to_the_end(place, week)), flush=True)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
