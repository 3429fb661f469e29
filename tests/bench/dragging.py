"""A frame while an edge is dragged: the mouse moves, the plan is made anew, the picture is painted."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tests.bench.figures import Aim, Figure, Result, paired
from tests.bench.processes import Spawner
from tests.bench.setting import Setting, own_command, own_environment
from tests.bench.window import screens

FRAME_AIM = Aim(16, "ours")
NO_PEER = "nothing else plans a cycle"


def measure(setting: Setting) -> Result:
    """Each frame brings the edge to a place where it has not been: nothing is remembered from before."""
    figures: list[Figure] = []
    with screens() as found, Spawner() as spawner:
        for where, screen in found.items():
            command = own_command("-m", "tests.bench.dragging_driver", str(setting.counts.frames))
            run = spawner.run_well(command, own_environment(**screen))
            figures += _figures(json.loads(run.output), where)
    return Result(tuple(figures))


def _figures(frames: dict[str, list[float]], where: str) -> Iterator[Figure]:
    for name, times in frames.items():
        what = f"Frame while dragging, {name}, {where}"
        yield paired(Figure(f"dragging-{name}-{where}", what, "ms", aim=FRAME_AIM, missing=NO_PEER), times)
