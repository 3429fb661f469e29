"""Processes that are measured from outside, and processes that measure a function when they are asked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from tests.bench.setting import PEERS, clean_environment

LIMIT_S = 60.0


class BenchFault(Exception):
    """Something cannot be measured; the message says what and why."""


class Conversation:
    """A process that answers each line on its standard input by one line."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._command = command
        self._process = subprocess.Popen(
            command, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def stay_on_one_processor(self) -> None:
        """Always on the same processor, where the system can do that: they may differ in speed."""
        if sys.platform == "linux":
            os.sched_setaffinity(self._process.pid, {max(os.sched_getaffinity(0))})

    def ask(self, line: str) -> str:
        """The answer. Raises `BenchFault` when the process is gone."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            answer = ""
        else:
            answer = self._process.stdout.readline()
        if not answer.endswith("\n"):
            message = f"{' '.join(self._command[:4])} … ended when asked: {line[:60]}"
            raise BenchFault(message)
        return answer.removesuffix("\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            pipe.close()
        try:
            self._process.wait(LIMIT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


@dataclass(frozen=True, slots=True)
class Run:
    """One whole process. `exit_code` is None when it did not end within the limit and was stopped."""

    seconds: float
    first_output_s: float | None
    peak_mb: float
    exit_code: int | None
    output: str
    errors: str

    @property
    def first_output_ms(self) -> float:
        """From the start to its first word. There must be one."""
        assert self.first_output_s is not None
        return self.first_output_s * 1000


class Spawner(Conversation):
    """Starts processes one after another, from a small process, and measures them."""

    def __init__(self) -> None:
        command = (sys.executable, "-I", "-S", str(PEERS / "spawner.py"))
        super().__init__(command, clean_environment())

    def run(self, command: Sequence[str], environment: Mapping[str, str], *, limit_s: float = LIMIT_S) -> Run:
        """One process from start to end."""
        request = {"command": list(command), "environment": dict(environment), "limit_s": limit_s}
        return Run(**json.loads(self.ask(json.dumps(request))))

    def run_well(
        self, command: Sequence[str], environment: Mapping[str, str], *, limit_s: float = LIMIT_S
    ) -> Run:
        """One process that must end with 0 and say something. Raises `BenchFault` otherwise."""
        run = self.run(command, environment, limit_s=limit_s)
        if run.exit_code != 0 or not run.output:
            words = (run.errors or run.output).strip().splitlines() or ["it said nothing"]
            message = f"{' '.join(command[:5])} … ended with {run.exit_code}: {words[-1][:120]}"
            raise BenchFault(message)
        return run
