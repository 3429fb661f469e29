"""Bad input on the command line: each call's time, peak memory and exit code."""

from __future__ import annotations

import json

from tests.bench.bad_files import BadFile, bad_files
from tests.bench.figures import Aim, Case, Figure, Result, spread_of
from tests.bench.processes import Spawner
from tests.bench.setting import Setting, own_command, own_environment

TIME_AIM = Aim(2000, "ours", "largest")
LIMIT_S = 10.0  # of one call, which is then stopped
MEMORY_AIM = Aim(300, "ours", "largest")


def measure(setting: Setting) -> Result:
    """Every file, several times; of each the slowest call and the highest peak count."""
    files = list(bad_files())[: setting.counts.bad_files]
    with Spawner() as spawner:
        cases = tuple(_case(spawner, each, setting) for each in files)
    refused = sum(case.refused for case in cases)
    note = f"{refused} of {len(cases)} refused as promised: exit code, one document that says why"
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
    runs = [spawner.run(command, own_environment(), limit_s=LIMIT_S) for _ in range(setting.counts.bad_calls)]
    file.unlink()
    return Case(
        bad.what,
        max(run.seconds for run in runs),
        max(run.peak_mb for run in runs),
        runs[-1].exit_code,
        bad.exit_code,
        _named(runs[-1].output),
    )


def _named(output: str) -> str:
    """The field, or the first stop's code, in an answer that is one JSON document; empty in any other."""
    try:
        answer = json.loads(output)
    except ValueError:
        return ""
    match answer:
        case {"error": {"field": str(field), "expected": str(), "given": str()}}:
            return field
        case {"findings": [{"code": str(code), "severity": "stop"}, *_]}:
            return code
        case _:
            return ""
