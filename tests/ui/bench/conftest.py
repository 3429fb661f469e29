"""The bench's tests: a technician at the bench."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from pharmacy_app.workflow.desk import Desk
from tests.support.bench import Day
from tests.support.stations import TECHNICIAN
from tests.ui.bench.at_bench import AtBench
from tests.ui.conftest import settle
from tests.ui.desks import NOW
from ui.main_window import MainWindow
from ui.page import PageName

Open = Callable[[Desk], MainWindow]


@pytest.fixture
def at_bench(qtbot: QtBot, open_window: Open, desk: Desk) -> AtBench:
    day = Day(desk.open_unit_of_work, now=NOW)
    day.stock()
    day.hire()
    day.accept()
    desk.station.seat.actor = TECHNICIAN
    window = open_window(desk)
    window.go_to(PageName.BENCH)
    settle(qtbot, window)
    return AtBench(qtbot, window, day, desk)
