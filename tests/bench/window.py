"""Until the main window is painted, against an empty window: whole processes, time and peak memory."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from tests.bench.alternating import take_turns
from tests.bench.environments import peer_python
from tests.bench.figures import Aim, Figure, Result, paired
from tests.bench.processes import BenchFault, Run, Spawner
from tests.bench.setting import PEERS, Setting, clean_environment, own_command, own_environment

PACKAGES = ("pyside6-essentials", "shiboken6")
TIME_AIM = Aim(2, "ratio")
MEMORY_AIM = Aim(1.6, "ratio")


def measure(setting: Setting) -> Result:
    """Without a screen, which Qt can do everywhere, and on a virtual one where there is Xvfb."""
    try:
        python, missing = peer_python("window", PACKAGES, setting), ""
    except BenchFault as fault:
        python, missing = None, str(fault)
    figures: list[Figure] = []
    with screens() as found, Spawner() as spawner:
        for where, screen in found.items():
            runs = _runs(spawner, python, screen, setting.counts.windows)
            figures += _figures(runs, where, missing)
    return Result(tuple(figures))


@contextmanager
def screens() -> Iterator[dict[str, dict[str, str]]]:
    """The screens there are, by name, as variables for Qt."""
    found = {"no screen": {"QT_QPA_PLATFORM": "offscreen"}}
    if shutil.which("Xvfb") is None:
        yield found
        return
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        number = server.stdout.readline().strip()  # nothing when it could not start
        virtual = {"Xvfb": {"QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{number}"}}
        try:
            yield found | virtual if number else found
        finally:
            server.terminate()


def _runs(spawner: Spawner, python: str | None, screen: dict[str, str], count: int) -> list[list[Run]]:
    from ui.main_window import SMALLEST

    ours = own_command("-m", "tests.bench.window_driver")
    sides = [partial(_run, spawner, ours, own_environment(**screen))]
    if python is not None:
        peer = (python, "-I", str(PEERS / "window.py"), *map(str, SMALLEST))
        sides.append(partial(_run, spawner, peer, clean_environment(**screen)))
    return take_turns(sides, count=count)


def _run(spawner: Spawner, command: tuple[str, ...], environment: dict[str, str], _: int) -> Run:
    return spawner.run_well(command, environment)


def _figures(runs: list[list[Run]], where: str, missing: str) -> Iterator[Figure]:
    what = f"Window painted, {where}"
    time = Figure(f"window-time-{where}", f"{what}: time", "ms", aim=TIME_AIM, missing=missing)
    yield paired(time, *([run.first_output_ms for run in side] for side in runs))
    memory = Figure(f"window-memory-{where}", f"{what}: peak", "MB", aim=MEMORY_AIM, missing=missing)
    yield paired(memory, *([run.peak_mb for run in side] for side in runs))
