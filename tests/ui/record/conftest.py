"""The Record page on a real file, in a window of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import cast

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from db.engine import Database
from pharmacy_app.wording import Catalogue
from pharmacy_app.workflow.desk import Desk
from ui.gateway import Gateway
from ui.page import PageContext, Subject
from ui.record.page import RecordPage

Settle = Callable[[], None]
OpenPage = Callable[[], RecordPage]


@pytest.fixture
def gateway(application: QApplication) -> Iterator[Gateway]:
    opened = Gateway()
    yield opened
    opened.close()


@pytest.fixture
def settle(qtbot: QtBot, gateway: Gateway) -> Settle:
    """Waits until everything asked was answered and shown."""

    def wait() -> None:
        qtbot.waitUntil(lambda: not gateway.busy)
        QApplication.processEvents()

    return wait


@pytest.fixture
def file(desk: Desk) -> Database:
    """The desk's file."""
    return cast(Database, desk.station.open_unit_of_work)


@pytest.fixture
def open_page(
    qtbot: QtBot, desk: Desk, words: Catalogue, gateway: Gateway, settle: Settle
) -> Iterator[OpenPage]:
    """Opens the page on what is on file then, as the window does."""
    windows: list[QWidget] = []

    def open_it() -> RecordPage:
        page = RecordPage(PageContext(desk, gateway.branch(), words))
        gateway.changed.connect(lambda _nouns: page.reload())
        window = QWidget()
        QVBoxLayout(window).addWidget(page)
        window.resize(1218, 650)
        windows.append(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        page.show_subject(Subject())
        settle()
        return page

    yield open_it
    for window in windows:
        window.close()
        window.deleteLater()
