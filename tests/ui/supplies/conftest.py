"""The Supplies page on a real file, in a window of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pharmacy_app.wording import Catalogue
from pharmacy_app.workflow.desk import Desk
from ui.gateway import Gateway
from ui.page import PageContext
from ui.supplies.page import SuppliesPage

Settle = Callable[[], None]


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
def page(
    qtbot: QtBot, desk: Desk, words: Catalogue, gateway: Gateway, settle: Settle
) -> Iterator[SuppliesPage]:
    """The page with the training stock, a pharmacist at the station."""
    desk.start_training()
    opened = SuppliesPage(PageContext(desk, gateway.branch(), words))
    gateway.changed.connect(lambda _nouns: opened.reload())
    window = QWidget()
    QVBoxLayout(window).addWidget(opened)
    window.resize(1218, 650)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    settle()
    yield opened
    window.close()
    window.deleteLater()
