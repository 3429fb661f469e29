"""The Orders page in a real window, on a real desk: findings, saving, trouble, drafts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QRadioButton,
)
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.errors import StationTrouble
from pharmacy_app.domain.order import Order
from pharmacy_app.workflow.desk import Desk
from pharmacy_app.workflow.unit_of_work import OpenUnitOfWork, UnitOfWork
from tests.ui.conftest import settle
from tests.ui.desks import ORDER, keep, order_document
from tests.ui.order.drafts import typed
from tests.ui.order.pages import (
    Open,
    focused,
    open_dialog,
    page_of,
    press,
    press_in_dialog,
    show_draft,
    visible_buttons,
)
from ui.main_window import MainWindow
from ui.page import Way


@pytest.fixture
def ways(monkeypatch: pytest.MonkeyPatch) -> list[Way]:
    """The ways that were followed; the pages they lead to are not opened here."""
    followed: list[Way] = []
    monkeypatch.setattr(MainWindow, "_followed", lambda _window, way: followed.append(way))
    return followed


def test_findings_stand_at_their_fields_and_the_counts_lead_there(
    qtbot: QtBot, open_window: Open, desk: Desk
) -> None:
    window = open_window(desk)
    page = page_of(window)
    page.new_order()
    show_draft(qtbot, window, replace(typed(), start_time="2 pm").with_text("patient.weight_kg", "71,5"))
    assert [name for name, each in page.form.fields.items() if each.remarks] == [
        "patient.weight_kg",
        "start_at",
    ]
    texts = {button.text() for button in visible_buttons(page.save)}
    assert "2 refused" in texts
    next(each for each in visible_buttons(page.save) if each.text() == "2 refused").click()
    assert focused() is page.form.fields["patient.weight_kg"].control


def test_a_reason_is_typed_under_its_finding_and_opens_the_saving(
    qtbot: QtBot, open_window: Open, desk: Desk, ways: list[Way]
) -> None:
    window = open_window(desk)
    page = page_of(window)
    page.new_order()
    show_draft(qtbot, window, typed().with_text("patient.weight_taken_on", "2026-11-12"))
    assert not page.save.save.button.isEnabled()
    next(each for each in visible_buttons(page.save) if each.text() == "1 reason").click()
    QTest.keyClicks(focused(), "Scale was out of order")
    assert page.save.save.button.isEnabled()
    page.save.save.button.click()
    qtbot.waitUntil(lambda: ways != [])
    assert desk.orders()[0].reasons == (("order.weight-old", "Scale was out of order"),)


def test_a_double_click_on_save_stores_once(
    qtbot: QtBot, open_window: Open, desk: Desk, ways: list[Way]
) -> None:
    window = open_window(desk)
    page = page_of(window)
    page.new_order()
    show_draft(qtbot, window, typed())
    QTest.mouseDClick(page.save.save.button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(page.save.save.button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert len(ways) == 1
    assert len(desk.orders()) == 1


class Failing:
    """Opens transactions as the real one does, until it is told to fail."""

    def __init__(self, real: OpenUnitOfWork) -> None:
        self._real = real
        self.error: Exception | None = None

    def __call__(self, *, reading: bool = False) -> UnitOfWork:
        if self.error is not None and not reading:
            raise self.error
        return self._real(reading=reading)


def test_station_trouble_is_a_line_with_try_again_and_nothing_typed_is_lost(
    qtbot: QtBot, open_window: Open, desk: Desk, ways: list[Way]
) -> None:
    failing = Failing(desk.open_unit_of_work)
    window = open_window(replace(desk, station=replace(desk.station, open_unit_of_work=failing)))
    page = page_of(window)
    page.new_order()
    show_draft(qtbot, window, typed())
    failing.error = StationTrouble("trouble.write", {"path": "records", "reason": "no space left"})
    page.save.save.button.click()
    settle(qtbot, window)
    assert window.notice.text == "records cannot be written: no space left. Nothing was written."
    assert page.form.draft() == typed()
    failing.error = None
    next(each for each in visible_buttons(window.notice) if each.text() == "Try again").click()
    qtbot.waitUntil(lambda: ways != [])
    assert window.notice.text == ""
    assert len(desk.orders()) == 1


def test_a_bug_while_saving_shows_a_reference_that_can_be_copied(
    qtbot: QtBot, open_window: Open, desk: Desk, ways: list[Way], caplog: pytest.LogCaptureFixture
) -> None:
    failing = Failing(desk.open_unit_of_work)
    window = open_window(replace(desk, station=replace(desk.station, open_unit_of_work=failing)))
    page = page_of(window)
    page.new_order()
    show_draft(qtbot, window, typed())
    failing.error = ZeroDivisionError("ours")
    page.save.save.button.click()
    settle(qtbot, window)
    next(each for each in visible_buttons(window.notice) if each.text() == "Copy the reference").click()
    reference = QApplication.clipboard().text()
    assert window.notice.text == (f"Something went wrong here. Reference {reference}. Nothing was changed.")
    assert f"bug {reference}" in caplog.text
    assert (ways, desk.orders()) == ([], ())
    assert page.save.save.button.isEnabled()
    caplog.clear()


def test_the_first_start_loads_the_training_pharmacy_by_one_key(
    qtbot: QtBot, open_window: Open, desk: Desk
) -> None:
    window = open_window(desk)
    assert focused() is page_of(window).first.load
    press(Qt.Key.Key_Return)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: not page_of(window).first.isVisible())
    settle(qtbot, window)
    assert len(desk.orders()) == 3
    assert {each.order.indication for each in desk.orders()} == {
        "consolidation",
        "mrd-positive",
        "relapsed-refractory",
    }


def test_an_order_on_file_opens_its_plan_by_enter(
    qtbot: QtBot, open_window: Open, desk: Desk, ways: list[Way]
) -> None:
    keep(desk, ORDER)
    open_window(desk)
    press(Qt.Key.Key_Return)
    assert [each.subject.order_number for each in ways] == ["RX-1001"]


def test_an_order_on_file_cannot_be_typed_into(qtbot: QtBot, open_window: Open, desk: Desk) -> None:
    keep(desk, ORDER)
    window = open_window(desk)
    page = page_of(window)
    edits = [each for each in page.form.findChildren(QLineEdit) if not each.isHidden()]
    assert len(edits) > 15
    assert all(each.isReadOnly() for each in edits)
    assert not page.form.doses.more.isVisibleTo(page.form.doses)
    for field in page.form.fields.values():
        assert all(not each.isEnabled() for each in field.findChildren(QCheckBox))
        assert all(not each.isEnabled() for each in field.findChildren(QRadioButton))
        assert all(not each.isEnabled() for each in field.findChildren(QComboBox))


def test_choosing_rows_by_arrow_keys_shows_each_order(qtbot: QtBot, open_window: Open, desk: Desk) -> None:
    keep(desk, ORDER)
    keep(
        desk,
        order_document(
            order_number="RX-2",
            start_at="2026-11-25T09:00",
            patient__record_number="8",
            patient__family_name="Singh",
            patient__date_of_birth="1980-01-01",
        ),
    )
    window = open_window(desk)
    page = page_of(window)
    assert page.form.draft().text("order_number") == "RX-2"
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    settle(qtbot, window)
    assert page.form.draft().text("order_number") == "RX-1001"
    assert window.subject.order_number == "RX-1001"


@pytest.mark.parametrize(("answer", "stays"), [("keep", True), ("throw", False)])
def test_leaving_with_something_typed_asks_whether_to_keep_the_draft(
    qtbot: QtBot, open_window: Open, desk: Desk, answer: str, *, stays: bool
) -> None:
    window = open_window(desk)
    page = page_of(window)
    page.new_order()
    show_draft(qtbot, window, typed())
    QTimer.singleShot(0, lambda: press_in_dialog(f"answer {answer}"))
    assert page.may_be_left()
    assert page.presenter.has_typed is stays


def test_esc_in_the_draft_question_stays_on_the_page(qtbot: QtBot, open_window: Open, desk: Desk) -> None:
    window = open_window(desk)
    page = page_of(window)
    page.new_order()
    show_draft(qtbot, window, typed())
    QTimer.singleShot(0, lambda: QTest.keyClick(open_dialog(), Qt.Key.Key_Escape))
    assert not page.may_be_left()
    assert page.presenter.has_typed


def test_leaving_an_untouched_form_asks_nothing(qtbot: QtBot, open_window: Open, desk: Desk) -> None:
    window = open_window(desk)
    page = page_of(window)
    page.new_order()
    settle(qtbot, window)
    assert page.may_be_left()
    assert not page.presenter.typing


def test_the_order_of_the_example_is_an_order(desk: Desk) -> None:
    assert isinstance(desk.read_order(ORDER).order, Order)
