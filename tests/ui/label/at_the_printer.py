"""An open Label page of a released bag, and its station's printer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.print_job import PrintState
from pharmacy_app.workflow.desk import Desk
from pharmacy_app.workflow.print_record import jobs_of
from tests.support.printing import FakePrinters
from tests.ui.conftest import settle
from ui.label.page import LabelPage
from ui.main_window import MainWindow
from ui.page import PageName, Subject
from ui.scan_answer import ScanAnswer

Open = Callable[[Desk], MainWindow]
SIZES = [(1280, 720), (1366, 768)]


@dataclass(frozen=True, slots=True)
class AtThePrinter:
    """An open Label page of a released bag, and its station's printer."""

    qtbot: QtBot
    window: MainWindow
    desk: Desk
    printers: FakePrinters
    serial: str
    answers: list[ScanAnswer]

    @property
    def page(self) -> LabelPage:
        page = self.window.page
        assert isinstance(page, LabelPage)
        return page

    def settle(self) -> None:
        settle(self.qtbot, self.window)
        QApplication.processEvents()
        settle(self.qtbot, self.window)

    def press(self, button: str) -> None:
        getattr(self.page.giving, button).click()
        self.settle()

    def scan(self, text: str) -> ScanAnswer:
        self.page.scanned(text)
        self.settle()
        return self.answers[-1]

    def states(self) -> list[PrintState]:
        with self.desk.open_unit_of_work(reading=True) as work:
            return [each.state for each in jobs_of(work, self.serial)]

    def remarks(self) -> str:
        return " ".join(each.sentence for each in self.page._findings.remarks)

    def offered(self) -> list[str]:
        giving = self.page.giving
        names = ("save", "print", "printed", "not_printed", "again")
        return [name for name in names if getattr(giving, name).isVisibleTo(self.page)]


def opened(qtbot: QtBot, window: MainWindow, desk: Desk, serial: str) -> AtThePrinter:
    window.go_to(PageName.LABEL, Subject("RX-1001", 1))
    assert isinstance(desk.printers, FakePrinters)
    found = AtThePrinter(qtbot, window, desk, desk.printers, serial, [])
    found.settle()
    found.page.scan_answered.connect(found.answers.append)
    return found
