"""A technician at the bench in the real window: scans, keys and presses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.bag import BagState
from pharmacy_app.domain.product import Product
from pharmacy_app.workflow.desk import Desk
from tests.support.bench import (
    BAG,
    FILTER,
    SALINE,
    STABILIZER,
    TUBING,
    VIAL,
    WATER,
    Day,
)
from tests.support.wedge import scan
from tests.ui.conftest import settle
from ui.bench.page import BenchPage
from ui.main_window import MainWindow

Open = Callable[[Desk], MainWindow]
TAG = "261120000100"


def code(product: Product, unit: int = 1) -> str:
    """What a scanner sends of a unit of the day's lot; U+001D parts lot and serial."""
    serial = f"\x1d21U{unit:04}" if product.has_serial else ""
    return f"]d201{product.code}1727113010A1{serial}"


@dataclass(slots=True)
class AtBench:
    """A technician at the bench, with an accepted plan and a full shelf."""

    qtbot: QtBot
    window: MainWindow
    day: Day
    desk: Desk

    @property
    def page(self) -> BenchPage:
        page = self.window.page
        assert isinstance(page, BenchPage)
        return page

    def wait(self) -> None:
        """Until everything that was asked has been answered, and what followed from that."""
        for _ in range(3):
            settle(self.qtbot, self.window)
            QTest.qWait(0)

    def scan(self, *texts: str) -> None:
        for text in texts:
            scan(self.window, text)
            self.wait()

    def press(self, button: object) -> None:
        button.click()  # type: ignore[attr-defined]
        self.wait()

    def type_volumes(self, *volumes: str) -> None:
        for edit, volume in zip(self.page.step.volumes.edits, volumes, strict=True):
            QTest.keyClicks(edit, volume)
        QTest.keyClick(self.page.step.volumes.edits[-1], Qt.Key.Key_Return)
        self.wait()

    def start(self) -> str:
        self.press(self.page.worklist.buttons[0])
        return self.page.presenter.serial

    def to_saline(self) -> None:
        self.scan(TAG, code(BAG), code(TUBING), code(FILTER), code(WATER))
        self.scan(*(code(VIAL, unit) for unit in (1, 2, 3, 4)))
        self.press(self.page.step.look)

    def to_drug(self) -> None:
        self.to_saline()
        self.scan(TAG, code(SALINE))
        self.page.step.fill.set_values(["pumped-into-empty-bag"])
        self.type_volumes("270")
        self.scan(TAG, code(STABILIZER))
        self.type_volumes("3", "2.5")
        self.press(self.page.step.look)
        self.scan(TAG)

    @property
    def step(self) -> str:
        bench = self.page.presenter.bench
        assert bench is not None
        return "" if bench.progress.step is None else bench.progress.step.code

    def state(self, serial: str) -> BagState:
        return self.day.bench().view(serial).bag.state
