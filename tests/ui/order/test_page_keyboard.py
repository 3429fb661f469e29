"""The Orders page with the keyboard alone, and in every locale."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QLineEdit,
)
from pytestqt.qtbot import QtBot

from pharmacy_app.workflow.desk import Desk
from tests.ui.conftest import settle
from tests.ui.desks import ORDER
from tests.ui.order.drafts import typed
from tests.ui.order.pages import (
    Open,
    fill_by_keyboard,
    focused,
    name_of,
    page_of,
    press,
    write,
)
from ui.main_window import MainWindow
from ui.page import PageName, Way


@pytest.fixture
def ways(monkeypatch: pytest.MonkeyPatch) -> list[Way]:
    """The ways that were followed; the pages they lead to are not opened here."""
    followed: list[Way] = []
    monkeypatch.setattr(MainWindow, "_followed", lambda _window, way: followed.append(way))
    return followed


def test_the_whole_form_can_be_filled_and_saved_with_the_keyboard_alone(
    qtbot: QtBot, open_window: Open, desk: Desk, ways: list[Way]
) -> None:
    window = open_window(desk)
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    fill_by_keyboard()
    settle(qtbot, window)
    page = page_of(window)
    assert page.form.draft() == typed()
    assert page.save.save.why == ""
    while focused() is not page.save.save.button:
        press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: ways != [])
    assert [each.order for each in desk.orders()] == [desk.read_order(ORDER).order]
    assert (ways[0].page, ways[0].subject.order_number) == (PageName.PLAN, "RX-1001")


def test_tab_goes_through_the_form_in_reading_order(qtbot: QtBot, open_window: Open, desk: Desk) -> None:
    window = open_window(desk)
    window.resize(1920, 1080)
    page = page_of(window)
    page.new_order()
    settle(qtbot, window)
    places = []
    first = focused()
    while True:
        at = focused().mapTo(window, focused().rect().topLeft())
        places.append((name_of(focused()), at))
        press(Qt.Key.Key_Tab)
        if focused() is first:
            break
    names = [name for name, _at in places]
    assert names.index("Order number") < names.index("Record number") < names.index("Date of birth")
    assert names.index("Date of birth") < names.index("Family name") < names.index("Weight")
    assert len(names) == len(set(names)), "a stop came twice"
    assert "" not in names


@pytest.fixture(params=["en_CA", "fr_CA", "de_DE", "ar_EG", "hi_IN"])
def locale(request: pytest.FixtureRequest) -> Iterator[str]:
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield request.param
    QLocale.setDefault(before)


@pytest.mark.parametrize("given", ["28,125", "28.125,0", "28 125", "1,000"])
def test_a_comma_is_refused_in_every_locale_and_stays_as_typed(
    qtbot: QtBot, open_window: Open, desk: Desk, locale: str, given: str
) -> None:
    window = open_window(desk)
    page = page_of(window)
    page.new_order()
    edit = page.form.fields["patient.weight_kg"].control
    edit.setFocus()
    write(given)
    settle(qtbot, window)
    assert isinstance(edit, QLineEdit)
    assert edit.text() == given
    (remark,) = page.form.fields["patient.weight_kg"].remarks
    assert remark.sentence == f"Given {given}. Expected kilograms with a point, such as 71.5."
    assert edit.property("mark") == "stop"


def test_a_comma_in_a_dose_or_a_day_is_refused_as_typed(
    qtbot: QtBot, open_window: Open, desk: Desk, locale: str
) -> None:
    window = open_window(desk)
    page = page_of(window)
    page.new_order()
    page.form.focus_field("prescribed")
    for text in ("1", "28", "28,125"):
        write(text)
    page.form.fields["patient.weight_kg"].set_focus()
    settle(qtbot, window)
    assert page.form.doses.lines[0].mcg_per_day == "28,125"
    (remark,) = page.form.doses.remarks
    assert remark.sentence == "Given 28,125. Expected a number with a point, such as 2.5, written as text."
