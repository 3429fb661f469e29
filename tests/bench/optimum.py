"""The best sequence of bags: how long the search takes, and against two peers that must answer the same."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from pharmacy_app import bootstrap
from pharmacy_app.workflow.plan import alternatives, make_plan
from pharmacy_app.workflow.rulebook import Rulebook
from tests.bench.alternating import take_turns
from tests.bench.bag_graph import BagGraph
from tests.bench.enumeration import cheapest
from tests.bench.environments import peer_python
from tests.bench.figures import Aim, Figure, Result, paired, spread_of
from tests.bench.problems import Problem, orders, problems
from tests.bench.processes import BenchFault, Conversation
from tests.bench.setting import PEERS, SOLVER_LOCK, Setting, clean_environment

ALL_H = (24, 48, 72, 96, 168)
ENUMERABLE_H = (48, 72, 96, 168)
SEED = 2026
AIM, WORST, WHOLE_AIM = Aim(5, "ours"), Aim(20, "ours", "largest"), Aim(8, "ours")
BASE = 256  # more than any one cost of a cycle comes to

Hours = tuple[int, ...] | None


def measure(setting: Setting) -> Result:
    """All five durations by ours alone and by a solver; without 24 h bags also by enumeration."""
    rulebook = bootstrap.rulebook(None)
    many = list(problems(setting.counts.orders, permitted_h=ALL_H, rulebook=rulebook, seed=SEED))
    alone = spread_of([_timed(problem.best)[0] for problem in many])
    return Result(
        (
            Figure("optimum", "Optimum, 24–168 h bags", "ms", alone, aim=AIM),
            Figure("optimum-worst", "Optimum, the slowest order", "ms", alone, aim=WORST),
            _enumerated(setting, rulebook),
            _solved(setting, many[: setting.counts.solver_orders]),
            *_whole_plans(setting, rulebook),
        )
    )


def _enumerated(setting: Setting, rulebook: Rulebook) -> Figure:
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
    _compare([answer for _, answer in ours], [answer for _, answer in peer], "the enumeration")
    note = f"the same answers; {min(sequences):,} to {max(sequences):,} sequences each"
    figure = Figure("optimum-enumeration", "Optimum, 48–168 h bags; enumeration", "ms", note=note)
    return paired(figure, [each[0] for each in ours], [each[0] for each in peer])


def _solved(setting: Setting, some: Sequence[Problem]) -> Figure:
    """Against OR-Tools CP-SAT, which is given all costs ready; ours finds them in its time."""
    figure = Figure("optimum-solver", "Optimum, 24–168 h bags; OR-Tools CP-SAT", "ms")
    file = setting.folder / "problems.json"
    file.write_text(json.dumps([_as_document(each) for each in some]), encoding="ascii")
    try:
        python = peer_python("solver", (), setting, lock=SOLVER_LOCK)
    except BenchFault as fault:
        return paired(replace(figure, missing=str(fault)), [_timed(each.best)[0] for each in some])
    command = (python, "-I", str(PEERS / "solver.py"), str(file))
    with Conversation(command, clean_environment()) as solver:
        ours, peer = take_turns(
            [lambda number: _timed(some[number].best), lambda number: _asked(solver, number)],
            count=len(some),
            warm_up=0,
        )
    _compare([answer for _, answer in ours], [answer for _, answer in peer], "the solver")
    note = f"the same {len(some)} answers"
    return paired(replace(figure, note=note), [each[0] for each in ours], [each[0] for each in peer])


def _asked(solver: Conversation, number: int) -> tuple[float, Hours]:
    milliseconds, sequence_h = solver.ask(f"solve {number}").split()
    found = None if sequence_h == "-" else tuple(int(each) for each in sequence_h.split(","))
    return float(milliseconds), found


def _compare(ours: Sequence[Hours], peers: Sequence[Hours], peer: str) -> None:
    different = [number for number, pair in enumerate(zip(ours, peers, strict=True)) if pair[0] != pair[1]]
    if different:
        message = f"the optimum and {peer} do not agree on {different}"
        raise BenchFault(message)


def _as_document(problem: Problem) -> dict[str, object]:
    """The graph of a problem, with whole numbers alone: what `peers/solver.py` reads."""
    graph, goal = BagGraph(problem), problem.weighing.goal
    nodes = sorted(graph.bags)
    places = {node: number for number, node in enumerate(nodes)}
    bags = [
        [
            place,
            places.get(bag.end, len(nodes)),
            bag.duration_h,
            bag.kind,
            _number(bag.price(goal, line_change=0)),
        ]
        for node, place in places.items()
        for bag in graph.bags[node]
    ]
    cells = [*(node[0] for node in nodes), len(graph.cells)]
    return {"nodes": cells, "bags": bags, "line_change": 1, "before": graph.before}


def _number(price: Sequence[int]) -> int:
    number = 0
    for cost in price:
        number = number * BASE + cost
    return number


def _whole_plans(setting: Setting, rulebook: Rulebook) -> Iterator[Figure]:
    """An order's whole plan with every finding, as while it is changed; and what stands beside it."""
    now = bootstrap.now()
    some = list(orders(setting.counts.orders, permitted_h=ALL_H, seed=SEED, rulebook=rulebook))
    whole, beside = [], []
    for order in some:
        started = time.process_time_ns()
        plan = make_plan(order, rulebook, now=now)
        made = time.process_time_ns()
        alternatives(plan, rulebook, now=now)
        whole.append((made - started) / 1e6)
        beside.append((time.process_time_ns() - made) / 1e6)
    yield Figure("optimum-plan", "A whole plan with its findings", "ms", spread_of(whole), aim=WHOLE_AIM)
    yield Figure("optimum-beside", "The plans beside it", "ms", spread_of(beside))


def _timed(act: Callable[[], Hours]) -> tuple[float, Hours]:
    """Milliseconds, and the answer."""
    started = time.process_time_ns()
    answer = act()
    return (time.process_time_ns() - started) / 1e6, answer
