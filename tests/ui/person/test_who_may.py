"""Pages that are not for everybody, other roles, and closing the window on what others typed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.account import AccountForm
from pharmacy_app.domain.person import Permission, Role
from pharmacy_app.workflow.account import change_person
from pharmacy_app.workflow.desk import Desk
from tests.support.people import SECRETS
from tests.support.stations import ADMINISTRATOR, PHARMACIST, TECHNICIAN
from tests.ui.conftest import settle
from tests.ui.person.doors import Shown, begin_order, lock, sign_in, texts, type_in
from ui.page import USED_BY, PageName
from ui.person.page import PeoplePage
from ui.widgets.dialog import Dialog


def test_every_page_says_who_may_look_at_it() -> None:
    assert set(USED_BY) == set(PageName)
    assert USED_BY[PageName.PEOPLE] is Permission.KEEP_PEOPLE


@pytest.mark.req("REQ-VER-001")
def test_a_page_that_is_not_for_somebody_stays_in_the_frame_and_says_who_may(
    qtbot: QtBot, show: Shown, desk: Desk
) -> None:
    window = show(desk)
    sign_in(qtbot, window, TECHNICIAN)
    window.go_to(PageName.PEOPLE)
    assert window.page is None
    assert window.navigation.isVisible()
    assert "This page is for: administrator. M. Roy is signed in: technician." in texts(window)
    window.go_to(PageName.ORDERS)
    assert window.page is not None


@pytest.mark.req("REQ-VER-001")
def test_a_page_that_is_not_for_somebody_is_there_again_after_a_lock(
    qtbot: QtBot, show: Shown, desk: Desk
) -> None:
    window = show(desk)
    sign_in(qtbot, window, ADMINISTRATOR)
    window.go_to(PageName.PLAN)
    lock(qtbot, window)
    sign_in(qtbot, window, ADMINISTRATOR)
    assert window.page is None
    assert any(each.startswith("This page is for: technician, pharmacist.") for each in texts(window))


def test_other_roles_begin_with_other_pages(qtbot: QtBot, show: Shown, desk: Desk) -> None:
    window = show(desk)
    sign_in(qtbot, window, PHARMACIST)
    page = window.page
    lock(qtbot, window)
    form = AccountForm("achen", "A. Chen", (Role.TECHNICIAN,), badge="")
    change_person(form, desk.station.acting(ADMINISTRATOR))
    type_in(qtbot, window, name="achen", secret=SECRETS["achen"])
    assert window.page is not page
    assert {"A. Chen", " · technician"} <= set(texts(window.bar))


def test_the_window_asks_before_it_closes_on_what_anybody_typed(
    qtbot: QtBot, show: Shown, desk: Desk
) -> None:
    window = show(desk)
    sign_in(qtbot, window, PHARMACIST)
    begin_order(qtbot, window, "RX-1002")
    lock(qtbot, window)
    sign_in(qtbot, window, ADMINISTRATOR)
    window.go_to(PageName.PEOPLE)
    settle(qtbot, window)
    assert isinstance(window.page, PeoplePage)
    asked: list[str] = []

    def stay() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, Dialog)
        asked.append(dialog.windowTitle())
        dialog.reject()

    QTimer.singleShot(0, stay)
    assert not window.close()
    assert len(asked) == 1
