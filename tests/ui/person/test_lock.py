"""A locked station: the work is hidden and unharmed, its person comes back to it, others begin anew."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from pharmacy_app.wording import Catalogue
from pharmacy_app.workflow.desk import Desk
from tests.support.stations import OTHER_PHARMACIST, PHARMACIST, TECHNICIAN
from tests.ui.conftest import settle
from tests.ui.desks import ORDER, keep
from tests.ui.person.doors import Shown, begin_order, door_of, lock, number_typed, sign_in, texts, type_in
from ui.order.page import OrderPage
from ui.page import PageName, Subject
from ui.person.second_person import SecondPersonDialog
from ui.plan.page import PlanPage
from ui.widgets.dialog import Dialog


@pytest.mark.req("REQ-VER-001")
def test_a_locked_page_is_covered_whole_and_its_keys_do_nothing(
    qtbot: QtBot, show: Shown, desk: Desk
) -> None:
    window = show(desk)
    sign_in(qtbot, window, PHARMACIST)
    keep(desk, ORDER)
    page = begin_order(qtbot, window, "RX-1002")
    window.bar.lock.click()
    settle(qtbot, window)
    assert window.locked
    assert not page.isVisible()
    assert not window.navigation.isVisible()
    assert "A. Chen" not in texts(window.bar)
    assert desk.people.actor is None
    for key in (Qt.Key.Key_2, Qt.Key.Key_N, Qt.Key.Key_L):
        QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    window.go_to(PageName.PLAN)
    assert window.locked
    assert not [each for each in texts(window) if "Tremblay" in each or "TREMBLAY" in each or "RX-" in each]


@pytest.mark.req("REQ-VER-001")
def test_the_same_person_comes_back_to_the_same_field_and_what_was_typed(
    qtbot: QtBot, show: Shown, desk: Desk
) -> None:
    window = show(desk)
    sign_in(qtbot, window, PHARMACIST)
    page = begin_order(qtbot, window, "RX-1002")
    field = QApplication.focusWidget()
    assert field is not None
    lock(qtbot, window)
    door = door_of(window)
    assert (door.form.name.text, door.form.secret.edit.hasFocus()) == ("achen", True)
    assert any("A. Chen worked here last" in each for each in texts(door))
    sign_in(qtbot, window, PHARMACIST)
    assert window.page is page
    assert page.isVisible()
    assert QApplication.focusWidget() is field
    assert number_typed(window) == "RX-1002"
    QTest.keyClicks(field, "3")
    assert number_typed(window) == "RX-10023"


@pytest.mark.req("REQ-VER-001")
def test_somebody_else_begins_at_the_first_page_with_pages_of_their_own(
    qtbot: QtBot, show: Shown, desk: Desk
) -> None:
    window = show(desk)
    sign_in(qtbot, window, PHARMACIST)
    keep(desk, ORDER)
    window.go_to(PageName.PLAN, Subject("RX-1001", 2))
    settle(qtbot, window)
    plan = window.page
    assert isinstance(plan, PlanPage)
    lock(qtbot, window)
    sign_in(qtbot, window, TECHNICIAN)
    settle(qtbot, window)
    assert desk.people.actor == TECHNICIAN
    assert window.page is not None
    assert window.page.name is PageName.ORDERS
    window.go_to(PageName.PLAN)
    settle(qtbot, window)
    assert window.page is not plan
    assert {"M. Roy", " · technician"} <= set(texts(window.bar))


@pytest.mark.req("REQ-VER-001")
def test_what_one_person_typed_waits_through_anothers_visit_and_is_not_shown_to_them(
    qtbot: QtBot, show: Shown, desk: Desk
) -> None:
    window = show(desk)
    sign_in(qtbot, window, PHARMACIST)
    begin_order(qtbot, window, "RX-1002")
    lock(qtbot, window)
    sign_in(qtbot, window, OTHER_PHARMACIST)
    settle(qtbot, window)
    assert number_typed(window) == ""
    begin_order(qtbot, window, "RX-2002")
    lock(qtbot, window)
    sign_in(qtbot, window, PHARMACIST)
    assert number_typed(window) == "RX-1002"
    lock(qtbot, window)
    sign_in(qtbot, window, OTHER_PHARMACIST)
    assert number_typed(window) == "RX-2002"


def test_what_changed_on_file_meanwhile_is_loaded_when_its_person_is_back(
    qtbot: QtBot, show: Shown, desk: Desk
) -> None:
    window = show(desk)
    sign_in(qtbot, window, PHARMACIST)
    window.go_to(PageName.ORDERS)
    settle(qtbot, window)
    page = window.page
    assert isinstance(page, OrderPage)
    lock(qtbot, window)
    keep(replace(desk, station=desk.station.acting(PHARMACIST)), ORDER)
    window.gateway.changed.emit(page.nouns)
    settle(qtbot, window)
    sign_in(qtbot, window, PHARMACIST)
    settle(qtbot, window)
    assert page.list.model().rowCount() == 1


@pytest.mark.req("REQ-VER-001")
def test_a_wrong_secret_leaves_the_station_locked_and_the_work_unharmed(
    qtbot: QtBot, show: Shown, desk: Desk
) -> None:
    window = show(desk)
    sign_in(qtbot, window, PHARMACIST)
    begin_order(qtbot, window, "RX-1002")
    lock(qtbot, window)
    type_in(qtbot, window, name="achen", secret="correct horse")
    assert window.locked
    sign_in(qtbot, window, PHARMACIST)
    assert number_typed(window) == "RX-1002"


# Dialogs


@pytest.mark.req("REQ-VER-001")
def test_an_open_dialog_steps_aside_and_comes_back_with_what_was_typed(
    qtbot: QtBot, show: Shown, desk: Desk, words: Catalogue
) -> None:
    window = show(desk)
    sign_in(qtbot, window, PHARMACIST)
    dialog = SecondPersonDialog(window, words, purpose="A test.")
    dialog.open()
    QTest.keyClicks(dialog.form.name.edit, "spark")
    lock(qtbot, window)
    assert not dialog.isVisible()
    sign_in(qtbot, window, PHARMACIST)
    assert dialog.isVisible()
    assert dialog.form.name.text == "spark"
    dialog.reject()


def test_anothers_dialog_is_gone(qtbot: QtBot, show: Shown, desk: Desk, words: Catalogue) -> None:
    window = show(desk)
    sign_in(qtbot, window, PHARMACIST)
    SecondPersonDialog(window, words, purpose="A test.").open()
    lock(qtbot, window)
    sign_in(qtbot, window, TECHNICIAN)
    QApplication.processEvents()
    assert QApplication.activeModalWidget() is None


@pytest.mark.req("REQ-VER-001")
def test_a_question_is_left_as_by_esc_and_the_page_stays(qtbot: QtBot, show: Shown, desk: Desk) -> None:
    window = show(desk)
    sign_in(qtbot, window, PHARMACIST)
    begin_order(qtbot, window, "RX-1002")
    QTimer.singleShot(0, window.lock)
    window.go_to(PageName.PLAN)  # asks whether the draft is to be kept
    settle(qtbot, window)
    assert window.locked
    assert not any(isinstance(each, Dialog) and each.isVisible() for each in QApplication.topLevelWidgets())
    sign_in(qtbot, window, PHARMACIST)
    assert number_typed(window) == "RX-1002"


def test_a_dialog_for_files_is_closed(qtbot: QtBot, show: Shown, desk: Desk) -> None:
    window = show(desk)
    sign_in(qtbot, window, PHARMACIST)
    dialog = QFileDialog(window)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.open()
    lock(qtbot, window)
    assert not dialog.isVisible()
