"""Starts processes one after another and measures them: wall time, time to the first output, peak memory.

A process of its own because the kernel counts the starter's memory, at the moment of the start, into the
peak of what it starts: this one is small (about 12 MB), smaller than anything measured. Standard library
only. One request a line on standard input, as JSON: `command`, `environment`, `limit_s`. One answer a line:
`seconds`, `first_output_s` (null without output), `peak_mb`, `exit_code` (null when the limit was reached),
`output` and `errors`, at most 20,000 characters each.
"""

import json
import os
import selectors
import subprocess
import sys
import tempfile
import time

LONGEST_OUTPUT = 20_000
KILOBYTES_IN_A_PEAK = 1 if sys.platform != "darwin" else 1 / 1024


def run(command: list[str], environment: dict[str, str], limit_s: float) -> dict[str, object]:
    """One process from its start to its end."""
    with tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors
        )
        output, first_s, in_time = listen(process, started, limit_s)
        if not in_time:
            process.kill()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        return {
            "seconds": seconds,
            "first_output_s": first_s,
            "peak_mb": usage.ru_maxrss * KILOBYTES_IN_A_PEAK / 1024,
            "exit_code": process.returncode if in_time else None,
            "output": output[:LONGEST_OUTPUT].decode("utf-8", "replace"),
            "errors": errors.read(LONGEST_OUTPUT).decode("utf-8", "replace"),
        }


def listen(
    process: "subprocess.Popen[bytes]", started: float, limit_s: float
) -> tuple[bytes, float | None, bool]:
    """All output, when its first byte came, and whether it ended within the limit."""
    assert process.stdout is not None
    pieces: list[bytes] = []
    first_s: float | None = None
    with selectors.DefaultSelector() as selector, process.stdout as pipe:
        selector.register(pipe, selectors.EVENT_READ)
        while True:
            left_s = started + limit_s - time.perf_counter()
            if left_s <= 0 or not selector.select(left_s):
                return b"".join(pieces), first_s, False
            piece = os.read(pipe.fileno(), 65536)
            if first_s is None and piece:
                first_s = time.perf_counter() - started
            if not piece:
                return b"".join(pieces), first_s, True
            pieces.append(piece)


if __name__ == "__main__":
    for line in sys.stdin:
        sys.stdout.write(json.dumps(run(**json.loads(line))) + "\n")
        sys.stdout.flush()
