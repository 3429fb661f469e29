"""A window that is killed (SIGKILL) while a technician makes a bag in it: tests/ui/long_killed_window.py.

`python -m tests.support.killed_window FILE SEED`: opens the real window on the file, signs the technician in
and does what the bench page asks for, by scans and keys. After some acts the process dies at a seeded
statement of the next one; with the seed -1 it goes on until the bag is prepared. Prints a line of JSON when
the page is open, and one for each act that was done and shown.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from random import Random
from types import SimpleNamespace

from PySide6.QtWidgets import QApplication
from pytestqt.qt_compat import qt_api
from pytestqt.qtbot import QtBot

from db.engine import Database
from pharmacy_app.bootstrap import use_pinned_zones
from pharmacy_app.domain.product import ProductKind
from pharmacy_app.wording import load
from tests.support.bench import OF_KIND
from tests.support.people import SECRETS, Clock
from tests.support.power_loss import Power, powered
from tests.ui.bench.at_bench import code
from tests.ui.desks import real_desk
from tests.ui.hands import Hands
from ui import theme
from ui.bench.page import BenchPage
from ui.main_window import MainWindow
from ui.page import PageName

TO_THE_END = -1
MOST_ACTS = 4  # before the one in which it dies
MOST_STEPS = 60


class Late(Power):
    """Power that goes out some steps after `arm`."""

    def __init__(self) -> None:
        super().__init__(0)

    def arm(self, steps: int) -> None:
        """From here on."""
        self._left = steps


class AtBench(Hands):
    """The technician, who does what the page asks for."""

    @property
    def bench(self) -> BenchPage:
        """The page."""
        return self.page(BenchPage)

    def place(self) -> list[object]:
        """Serial, number of events and step, as the page shows them."""
        shown = self.bench.presenter.bench
        if shown is None:
            return ["", 0, ""]
        step = shown.progress.step
        return [shown.bag.serial, len(shown.bag.events), "" if step is None else step.code]

    def act(self) -> bool:
        """Do one thing; whether there was one to do."""
        shown = self.bench.presenter.bench
        if shown is None:
            self.enter()
            return True
        if shown.progress.step is None:
            return False
        if shown.progress.tag_missing:
            self.scan(f"{shown.bag.serial}00")
        elif shown.progress.missing:
            kind = shown.progress.missing[0].kind
            unit = len(shown.bag.vials) + 1 if kind is ProductKind.DRUG_VIAL else 1
            self.scan(code(OF_KIND[kind], unit))
        elif shown.progress.volume_missing:
            self.bench.step.fill.set_values(["pumped-into-empty-bag"])
            self.bench.step.volumes.edits[0].setFocus()
            for reading in shown.readings:
                self.write(reading.volume.number)
                self.enter()
        else:
            self.enter()
        return True


def main(file: Path, seed: int) -> None:
    """The window, until it dies or the bag is made."""
    use_pinned_zones()
    application = QApplication(sys.argv[:1])
    theme.dress(application)
    desk, power = real_desk(file), Late()
    database = desk.open_unit_of_work
    assert isinstance(database, Database)
    station = replace(desk.station, clock=Clock(), open_unit_of_work=powered(database, power))
    station.seat.actor = None
    qt_api.set_qt_api("pyside6")  # type: ignore[no-untyped-call]  # pytest does that else
    bot = QtBot(SimpleNamespace(config=SimpleNamespace(getini=lambda _name: True)))  # type: ignore[arg-type]
    window = MainWindow(lambda: replace(desk, station=station), load(), station="Office 1")
    with bot.waitSignal(window.opened, timeout=60_000), bot.waitActive(window):
        window.show()
        window.activateWindow()
    hands = AtBench(bot, window)
    hands.wait()
    hands.sign_in("B-mroy", SECRETS["mroy"])
    hands.open(PageName.BENCH)
    tell(hands)
    chance = Random(seed)
    acts = TO_THE_END if seed == TO_THE_END else chance.randint(0, MOST_ACTS)
    while True:
        if acts == 0:
            power.arm(chance.randint(1, MOST_STEPS))
        acts -= 1
        if not hands.act():
            break
        tell(hands)
    os._exit(0)  # without the time that tidying up takes


def tell(hands: AtBench) -> None:
    """What the page shows now."""
    os.write(sys.stdout.fileno(), (json.dumps(hands.place()) + "\n").encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
