"""Every page opens on an order of the training pharmacy, by keys, and cuts nothing off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.person import Role
from pharmacy_app.workflow.desk import Desk
from tests.support.cut_text import cut_texts
from tests.support.stations import PHARMACIST
from tests.ui.conftest import settle
from ui.frame import page_keys
from ui.main_window import MainWindow
from ui.page import PageName

FREE_TEXTS = ("Family name", "Given names", "Prescriber", "Destination")


@pytest.mark.parametrize("size", [(1280, 720), (1366, 768), (1920, 1080)])
def test_every_page_opens_by_its_key_and_shows_the_chosen_order(
    qtbot: QtBot, open_window: Callable[[Desk], MainWindow], desk: Desk, size: tuple[int, int]
) -> None:
    desk.start_training()
    desk.station.seat.actor = replace(PHARMACIST, roles=tuple(Role))
    window = open_window(desk)
    window.resize(*size)
    settle(qtbot, window)
    for keys, page in page_keys(tuple(PageName)):
        QTest.keySequence(window, QKeySequence(keys))
        settle(qtbot, window)
        assert window.page is not None
        assert window.page.name is page
        assert window.notice.text == ""

        def nothing_is_cut() -> None:
            assert cut_texts(window, may_scroll=FREE_TEXTS) == []

        qtbot.waitUntil(nothing_is_cut)
        assert window.page.height() + window.page.mapTo(window, window.page.rect().topLeft()).y() <= size[1]
    assert window.subject.order_number != ""
