"""Stations that lose their power in the middle of storing, for tests/db/test_power_loss.py.

`python -m tests.support.power_loss URL FOLDER`: one process after the other stores an order with its entry
and kills itself (SIGKILL) one step later than the one before: before the first statement, before the second,
… before the commit, before the seal, until one gets through. Prints a line of JSON for each: the step, and
what a look at the database finds afterwards.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import event

from db.engine import Database, open_database
from db.seal import SealFile
from pharmacy_app.domain.audit import Seal
from tests.support.records import keep, numbered

MOST_STEPS = 100


class Power:
    """Goes out at the given step."""

    def __init__(self, steps: int) -> None:
        self._left = steps

    def step(self, *_: object) -> None:
        """One step more."""
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


@dataclass(frozen=True)
class PoweredSeal(SealFile):
    """A seal whose writing takes a step before and a step after."""

    power: Power

    def write(self, seal: Seal) -> None:
        self.power.step()
        SealFile(self.path).write(seal)
        self.power.step()


def powered(database: Database, power: Power) -> Database:
    """The database, each of its statements, its commit and its seal being a step."""
    event.listen(database.engine, "before_cursor_execute", power.step)
    event.listen(database.engine, "after_cursor_execute", power.step)
    event.listen(database.engine, "commit", power.step)
    return replace(database, seal_file=PoweredSeal(database.seal_file.path, power))


def store(url: str, folder: Path, step: int) -> bool:
    """Whether a station gets through that loses its power at this step, in a process of its own."""
    child = os.fork()
    if child == 0:
        keep(powered(open_database(url, seal_folder=folder), Power(step)), numbered(f"RX-{step}"))
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return False
    if os.WEXITSTATUS(status):
        raise RuntimeError(f"the station at step {step} ended with {os.WEXITSTATUS(status)}")
    return True


def look(url: str, folder: Path) -> dict[str, object]:
    """What is on file now."""
    database = open_database(url, seal_folder=folder)
    with database(reading=True) as work:
        check = work.audit.check()
        orders = sorted(each.order.order_number for each in work.orders.all())
    database.close()
    return {
        "orders": orders,
        "entries": check.entries,
        "sealed": check.sealed or 0,
        "stops": [each.code for each in check.findings if each.severity.value == "stop"],
    }


def main(url: str, folder: Path) -> None:
    """Every step in turn."""
    open_database(url, seal_folder=folder).close()
    for step in range(1, MOST_STEPS):
        through = store(url, folder, step)
        print(json.dumps({"step": step, "through": through, **look(url, folder)}), flush=True)  # noqa: T201
        if through:
            return
    raise RuntimeError(f"no station got through within {MOST_STEPS} steps")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
