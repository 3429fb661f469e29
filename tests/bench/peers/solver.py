"""OR-Tools CP-SAT finds the best sequence of bags: `solver.py PROBLEMS.json`.

Each problem is a graph: `nodes` with the cell in which a bag is hung, the last node being the end; `bags` as
[from, to, hours, kind, cost], where the cost has all but line changes in one number; `line_change` is what
one of those costs, `before` the kind of the bag that hung before, -1 for none. Solved in stages: the costs,
then the longer bag first, some cells at a time. Answers `solve N` by `milliseconds sequence`, - for none.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from ortools.sat.python import cp_model  # type: ignore[import-not-found]  # in an environment of its own

RANKS = {168: 1, 96: 2, 72: 3, 48: 4, 24: 5}
CELLS_AT_ONCE = 18  # six to the eighteenth is a whole number of the solver


class Stages:
    """One model, solved again and again, each time with the last answer's value held fast."""

    def __init__(self, problem: dict[str, Any]) -> None:
        self.problem = problem
        self.model = cp_model.CpModel()
        self.hung = [self.model.new_bool_var(f"bag {number}") for number in range(len(problem["bags"]))]
        self.solver = cp_model.CpSolver()
        self.solver.parameters.num_workers = 1
        self._walk()
        self.same = self._alike()

    def _walk(self) -> None:
        """One way from the first node to the last: as many bags end at a node as are hung there."""
        last = len(self.problem["nodes"]) - 1
        ways = list(zip(self.hung, self.problem["bags"], strict=True))
        for node in range(last):
            out = [hung for hung, bag in ways if bag[0] == node]
            into = [hung for hung, bag in ways if bag[1] == node]
            self.model.add(sum(out) == (sum(into) if node else 1))

    def _alike(self) -> list[Any]:
        """At each node and for each kind: whether a bag of it follows one of it."""
        same = []
        ways = list(zip(self.hung, self.problem["bags"], strict=True))
        for node in range(len(self.problem["nodes"]) - 1):
            for kind in {bag[3] for _, bag in ways if bag[0] == node}:
                out = sum(hung for hung, bag in ways if bag[0] == node and bag[3] == kind)
                into = sum(hung for hung, bag in ways if bag[1] == node and bag[3] == kind)
                if node == 0:
                    into = int(self.problem["before"] in (-1, kind))
                alike = self.model.new_bool_var(f"alike {node} {kind}")
                self.model.add(alike <= out)
                self.model.add(alike <= into)
                same.append(alike)
        return same

    def solve(self) -> list[int] | None:
        """The best sequence, in hours."""
        bags, line_change = self.problem["bags"], self.problem["line_change"]
        costs = [bag[4] + line_change for bag in bags]
        cost = sum(one * hung for one, hung in zip(costs, self.hung, strict=True)) - line_change * sum(
            self.same
        )
        if not self._least(cost):
            return None
        cells = self.problem["nodes"][-1]
        for first in range(0, cells, CELLS_AT_ONCE):
            ranks = []
            for hung, bag in zip(self.hung, bags, strict=True):
                place = self.problem["nodes"][bag[0]] - first
                if 0 <= place < CELLS_AT_ONCE:
                    ranks.append(RANKS[bag[2]] * 6 ** (CELLS_AT_ONCE - 1 - place) * hung)
            self._least(sum(ranks))
        chosen = [bag for hung, bag in zip(self.hung, bags, strict=True) if self.solver.value(hung)]
        return [bag[2] for bag in sorted(chosen, key=lambda bag: self.problem["nodes"][bag[0]])]

    def _least(self, cost: Any) -> bool:
        """Hold the least value of a cost; whether there is an answer at all."""
        self.model.minimize(cost)
        status = self.solver.solve(self.model)
        if status == cp_model.INFEASIBLE:
            return False
        if status != cp_model.OPTIMAL:
            sys.exit(f"the solver ended with {self.solver.status_name(status)}")
        self.model.add(cost == round(self.solver.objective_value))
        return True


def answer(problem: dict[str, Any]) -> str:
    """One line."""
    started = time.process_time_ns()
    found = Stages(problem).solve()
    milliseconds = (time.process_time_ns() - started) / 1e6
    return f"{milliseconds} {'-' if found is None else ','.join(map(str, found))}"


def main(problems_file: str) -> None:
    """Answer until the input ends."""
    problems = json.loads(Path(problems_file).read_text(encoding="ascii"))
    for line in sys.stdin:
        sys.stdout.write(answer(problems[int(line.split()[1])]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
