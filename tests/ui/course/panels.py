"""A panel of a course on a window of its own, with a real desk on 2026-11-23, 09:00 in Toronto."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pharmacy_app.wording import load
from pharmacy_app.workflow.desk import Desk
from tests.support.bench import Day
from tests.support.ledgers import clock
from tests.support.wards import Ward
from ui.gateway import Gateway
from ui.page import PageContext

Panel = TypeVar("Panel", bound=QWidget)
TORONTO = ZoneInfo("America/Toronto")


@dataclass(slots=True)
class Place:
    """The day, its ward, an order with a plan, and the gateway of the panel."""

    qtbot: QtBot
    ward: Ward
    desk: Desk
    number: str
    gateway: Gateway

    @property
    def day(self) -> Day:
        return self.ward.day

    def at(self, text: str) -> None:
        """The clock shows this: `14:00`, or `+1/09:00` the day after."""
        self.day.now = clock(self.ward.today.date(), text)

    def moment(self, text: str) -> datetime:
        return clock(self.ward.today.date(), text)

    def show(self, make: Callable[[PageContext], Panel], size: tuple[int, int] = (1092, 470)) -> Panel:
        """The panel as wide as the page of a window of 1280 x 720."""
        panel = make(PageContext(self.desk, self.gateway.branch(), load()))
        self.qtbot.addWidget(panel)
        panel.resize(*size)
        panel.show()
        return panel

    def settle(self) -> None:
        for _ in range(3):
            self.qtbot.waitUntil(lambda: not self.gateway.busy)
            QTest.qWait(0)
