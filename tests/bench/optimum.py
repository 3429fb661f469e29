"""The best sequence of bags: how long the search takes, and against pricing every sequence."""

from __future__ import annotations

import time
from collections.abc import Callable

from pharmacy_app import bootstrap
from tests.bench.alternating import take_turns
from tests.bench.enumeration import cheapest
from tests.bench.figures import Aim, Figure, Result, paired, spread_of
from tests.bench.problems import problems
from tests.bench.processes import BenchFault
from tests.bench.setting import Setting

ALL_H = (24, 48, 72, 96, 168)
ENUMERABLE_H = (48, 72, 96, 168)
SEED = 2026
AIM = Aim(5, "ours")

Hours = tuple[int, ...] | None


def measure(setting: Setting) -> Result:
    """All five durations by ours alone; without 24 h bags also by enumeration, which must agree."""
    rulebook = bootstrap.rulebook(None)
    many = problems(setting.counts.orders, permitted_h=ALL_H, rulebook=rulebook, seed=SEED)
    alone = spread_of([_timed(problem.best)[0] for problem in many])
    few = list(problems(setting.counts.slow_orders, permitted_h=ENUMERABLE_H, rulebook=rulebook, seed=SEED))
    sequences: list[int] = []

    def enumerate_all(number: int) -> Hours:
        answer, count = cheapest(few[number])
        sequences.append(count)
        return answer

    ours, peer = take_turns(
        [lambda number: _timed(few[number].best), lambda number: _timed(lambda: enumerate_all(number))],
        count=len(few),
        warm_up=0,
    )
    if [answer for _, answer in ours] != [answer for _, answer in peer]:
        message = "the optimum and the enumeration do not agree"
        raise BenchFault(message)
    note = f"the same answers; {min(sequences):,} to {max(sequences):,} sequences each"
    compared = Figure("optimum-enumeration", "Optimum, 48–168 h bags; enumeration", "ms", note=note)
    figure = Figure("optimum", "Optimum, 24–168 h bags", "ms", alone, aim=AIM)
    return Result((figure, paired(compared, [each[0] for each in ours], [each[0] for each in peer])))


def _timed(act: Callable[[], Hours]) -> tuple[float, Hours]:
    """Milliseconds, and the answer."""
    started = time.process_time_ns()
    answer = act()
    return (time.process_time_ns() - started) / 1e6, answer
