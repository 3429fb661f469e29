"""`plan` from the command line, against a script that reads the file and imports the same modules."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from tests.bench.alternating import take_turns
from tests.bench.environments import peer_python
from tests.bench.figures import Aim, Figure, Result, paired
from tests.bench.processes import BenchFault, Spawner
from tests.bench.setting import EXAMPLE, PEERS, Setting, clean_environment, own_command, own_environment

AIM = Aim(2, "ratio")
_NOT_A_MODULE = {"__main__"}


def measure(setting: Setting) -> Result:
    """The example order, with its public holidays and without."""
    document: dict[str, Any] = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    without = setting.folder / "without-holidays.json"
    without.write_text(
        json.dumps(document | {"bags": document["bags"] | {"holidays": None}}), encoding="utf-8"
    )
    with Spawner() as spawner:
        return Result(
            (*_figures(spawner, EXAMPLE, "with", setting), *_figures(spawner, without, "without", setting))
        )


def _figures(spawner: Spawner, order: Path, holidays: str, setting: Setting) -> Iterator[Figure]:
    ours = own_command("-m", "pharmacy_app", "plan", str(order))
    sides = [partial(_run, spawner, ours, own_environment())]
    missing = ""
    try:
        python = peer_python("plan", (), setting)
    except BenchFault as fault:
        missing = str(fault)
    else:
        peer = (python, "-P", str(_script(spawner, order, setting.folder)))
        sides.append(partial(_run, spawner, peer, clean_environment()))
    taken = take_turns(sides, count=setting.counts.plans)
    figure = Figure(
        f"plan-{holidays}-holidays", f"`plan`, {holidays} holidays", "ms", aim=AIM, missing=missing
    )
    yield paired(figure, *taken)


def _run(spawner: Spawner, command: tuple[str, ...], environment: dict[str, str], _: int) -> float:
    return spawner.run_well(command, environment).seconds * 1000


def _script(spawner: Spawner, order: Path, folder: Path) -> Path:
    """The peer: each standard module that the same command loads, in the same order; then the file, read."""
    names = folder / "modules.txt"
    command = own_command(str(PEERS / "modules.py"), str(names), "plan", str(order))
    spawner.run_well(command, own_environment())
    modules = [each for each in names.read_text(encoding="ascii").splitlines() if each not in _NOT_A_MODULE]
    lines = [*(f"import {module}" for module in modules), "import json"]
    lines.append(f"print(json.load(open({str(order)!r}, encoding='utf-8'))['order_number'])")
    script = folder / "peer_plan.py"
    script.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return script
