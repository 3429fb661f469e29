"""The window's side of the measurement: drags edges on the Plan page and says how long each frame took."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.bench.setting import EXAMPLE

if TYPE_CHECKING:
    from pharmacy_app.workflow.desk import Desk
    from ui.main_window import MainWindow
    from ui.plan.page import PlanPage

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
SIZE = (1366, 768)
PLANS = {"8 bags": (96, 72, 96, 96, 72, 96, 72, 72), "28 bags": (24,) * 28}
_PATIENCE_S = 30


def main(frames: int) -> None:
    """Writes one JSON object: milliseconds of processor time of each frame, by plan."""
    from PySide6.QtWidgets import QApplication

    from pharmacy_app import bootstrap
    from pharmacy_app.wording import load
    from ui import theme
    from ui.main_window import MainWindow

    bootstrap.use_pinned_zones()
    application = QApplication([])
    theme.dress(application)
    with tempfile.TemporaryDirectory() as folder:
        desk = bootstrap.open_desk(f"sqlite:///{folder}/records.sqlite3", None, create=True)
        desk = desk.at_time(lambda: NOW)
        desk.station.seat.actor = desk.people.training().pharmacist
        window = MainWindow(lambda: desk, load(), station="Bench")
        window.resize(*SIZE)
        window.show()
        page = _page(window)
        found = {name: _drag(page, desk, sequence_h, frames) for name, sequence_h in PLANS.items()}
        window.gateway.close()
    sys.stdout.write(json.dumps(found))


def _page(window: MainWindow) -> PlanPage:
    from ui.page import PageName, Subject
    from ui.plan.page import PlanPage

    _settle(window)
    window.go_to(PageName.PLAN, Subject())
    _settle(window)
    assert isinstance(window.page, PlanPage)
    return window.page


def _drag(page: PlanPage, desk: Desk, sequence_h: tuple[int, ...], frames: int) -> list[float]:
    """The last bag but one is made a day longer, and a day shorter."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from ui.plan.loading import reckon

    order = desk.read_order(json.loads(EXAMPLE.read_text(encoding="utf-8"))).order
    assert order is not None
    bags = replace(order.bags, durations_h=(24, 48, 72, 96), sequence_h=sequence_h)
    order = replace(order, bags=bags)
    picture, times, loaded = page.picture, list[float](), reckon(desk, order)
    while len(times) < frames:
        page.show_plan(replace(loaded, editor=replace(loaded.editor)))  # an editor that remembers nothing
        QApplication.processEvents()
        box = [bar.box for bar in picture.drawing.bars if bar.piece.number == len(sequence_h) - 1][-1]
        edge, grid = QPoint(box.right - 1, box.top + box.height // 2), picture.drawing.grid
        day = grid.x(1440) - grid.x(0)
        QTest.mousePress(picture, Qt.MouseButton.LeftButton, pos=edge)
        for _ in range(5):  # what choosing the bag lays out anew is no frame
            QApplication.processEvents()
        for days in (1, -1):
            begin = time.process_time()
            QTest.mouseMove(picture, edge + QPoint(days * day, 0))
            QApplication.processEvents()
            times.append((time.process_time() - begin) * 1000)
        picture.give_up_move()
    return times


def _settle(window: MainWindow) -> None:
    from PySide6.QtCore import QCoreApplication

    still, deadline = 0, time.monotonic() + _PATIENCE_S
    while still < 10 and time.monotonic() < deadline:
        QCoreApplication.processEvents()
        time.sleep(0.01)
        still = 0 if window.page is None or window.gateway.busy else still + 1


if __name__ == "__main__":
    main(int(sys.argv[1]))
