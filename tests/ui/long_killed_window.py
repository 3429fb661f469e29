"""Ten deaths (SIGKILL) of the window while a bag is made in it; `make long` runs this, ./test does not.

After each death the file holds all that the page had shown as done, and nothing half; the next window goes on
at the step that waits.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from db.engine import Database, open_database
from pharmacy_app.domain.audit import EntryFilter
from tests.support.bench import Day
from tests.support.killed_flow import troubles_of_bag
from tests.support.killed_window import TO_THE_END
from tests.support.people import with_people
from tests.support.stations import NOW

DEATHS = 5  # of each bag


@pytest.mark.parametrize("first_seed", [DEATHS, 2 * DEATHS])
def test_a_window_killed_anywhere_at_the_bench_goes_on_at_the_step_that_waits(
    tmp_path: Path, first_seed: int
) -> None:
    file = tmp_path / "records.sqlite3"
    database = open_database(f"sqlite:///{file}")
    day = Day(database, now=NOW)
    day.stock()
    day.accept()
    with_people(database)
    database.close()
    before: list[object] = ["", 0, ""]
    steps = set()
    for seed in range(first_seed, first_seed + DEATHS):
        code, shown = run_window(file, seed)
        assert code == -signal.SIGKILL, seed
        assert shown[0] == before, f"seed {seed}: the window opened at another step"
        before = on_file(file)
        assert before[1] >= shown[-1][1], f"seed {seed}: what was shown as done is lost"  # type: ignore[operator]
        steps.add(before[2])
    assert len(steps) > 2, steps
    code, shown = run_window(file, TO_THE_END)
    assert (code, shown[0], shown[-1][2]) == (0, before, "")


def run_window(file: Path, seed: int) -> tuple[int, list[list[object]]]:
    """How the process ended, and what its page showed."""
    answer = subprocess.run(
        [sys.executable, "-m", "tests.support.killed_window", str(file), str(seed)],
        check=False,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    return answer.returncode, [json.loads(line) for line in answer.stdout.splitlines()]


def on_file(file: Path) -> list[object]:
    """The open bag's serial, its number of events and the step that waits; nothing is half done."""
    database = open_database(f"sqlite:///{file}")
    with database(reading=True) as work:
        assert [each.code for each in work.audit.check().findings if each.severity.value == "stop"] == []
        entries = list(work.audit.entries(EntryFilter(), limit=10_000))
        serials = work.bag_events.not_ended()
        assert [text for serial in serials for text in troubles_of_bag(work, serial, entries)] == []
    place = place_of(database, serials[0]) if serials else ["", 0, ""]
    database.close()
    return place


def place_of(database: Database, serial: str) -> list[object]:
    view = Day(database, now=NOW).bench().view(serial)
    step = view.progress.step
    return [serial, len(view.bag.events), "" if step is None else step.code]
