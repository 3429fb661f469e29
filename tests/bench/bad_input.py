"""Bad input on the command line: each call's time, peak memory and exit code."""

from __future__ import annotations

import json

from tests.bench.bad_files import BadFile, bad_files
from tests.bench.figures import Aim, Case, Figure, Result, spread_of
from tests.bench.processes import Run, Spawner
from tests.bench.setting import Setting, own_command, own_environment

TIME_AIM = Aim(2000, "ours", "largest")
MEMORY_AIM = Aim(300, "ours", "largest")


def measure(setting: Setting) -> Result:
    """Every file, several times; of each the slowest call and the highest peak count."""
    files = list(bad_files())[: setting.counts.bad_files]
    with Spawner() as spawner:
        cases = tuple(_case(spawner, each, setting) for each in files)
    note = (
        f"{sum(case.refused for case in cases)} of {len(cases)} refused in one document with a field, exit 2"
    )
    times = spread_of([case.seconds * 1000 for case in cases])
    peaks = spread_of([case.peak_mb for case in cases])
    return Result(
        (
            Figure(
                "bad-input-time", f"Bad input, {len(cases)} files: time", "ms", times, aim=TIME_AIM, note=note
            ),
            Figure("bad-input-memory", f"Bad input, {len(cases)} files: peak", "MB", peaks, aim=MEMORY_AIM),
        ),
        cases,
    )


def _case(spawner: Spawner, bad: BadFile, setting: Setting) -> Case:
    file = setting.folder / "bad-input"
    file.write_bytes(bad.make())
    command = own_command(
        "-m", "pharmacy_app", *(str(file) if each == "FILE" else each for each in bad.command)
    )
    runs = [spawner.run(command, own_environment()) for _ in range(setting.counts.bad_calls)]
    file.unlink()
    return Case(
        bad.what,
        max(run.seconds for run in runs),
        max(run.peak_mb for run in runs),
        runs[-1].exit_code,
        _field(runs[-1]),
    )


def _field(run: Run) -> str:
    """The field that the answer names; empty when the answer is not one JSON document with a field."""
    try:
        error = json.loads(run.output)["error"]
        return str(error["field"]) if error["expected"] else ""
    except (ValueError, KeyError, TypeError):
        return ""
