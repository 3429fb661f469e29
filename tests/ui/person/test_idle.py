"""A station locks by itself after the site's minutes without input."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pharmacy_app.workflow.desk import Desk
from tests.support.people import Clock
from tests.support.stations import PHARMACIST
from tests.ui.conftest import settle
from tests.ui.person.doors import Shown, begin_order, door_of, number_typed, sign_in
from ui.idle import Idleness
from ui.main_window import MainWindow

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
FIVE_MINUTES = timedelta(minutes=5)


def locked_at_next_second(window: MainWindow) -> bool:
    window._clock.timeout.emit()
    return window.locked


@pytest.mark.req("REQ-VER-001")
def test_a_station_locks_by_itself_after_the_sites_minutes_without_input(
    qtbot: QtBot, show: Shown, desk: Desk, clock: Clock
) -> None:
    assert desk.site.lock_after_minutes == 5
    window = show(desk)
    sign_in(qtbot, window, PHARMACIST)
    begin_order(qtbot, window, "RX-1002")
    assert not locked_at_next_second(window)
    clock.move(minutes=4, seconds=59)
    assert not locked_at_next_second(window)
    clock.move(seconds=1)
    assert locked_at_next_second(window)
    settle(qtbot, window)
    assert desk.people.actor is None
    with desk.open_unit_of_work(reading=True) as work:
        assert work.audit.check().findings == ()
    sign_in(qtbot, window, PHARMACIST)
    assert number_typed(window) == "RX-1002"


@pytest.mark.req("REQ-VER-001")
@pytest.mark.parametrize("kind", ["key", "mouse"])
def test_whoever_types_or_moves_the_mouse_is_there(
    qtbot: QtBot, show: Shown, desk: Desk, clock: Clock, kind: str
) -> None:
    window = show(desk)
    sign_in(qtbot, window, PHARMACIST)
    assert not locked_at_next_second(window)
    for _ in range(3):
        clock.move(minutes=4)
        stir(window, kind)
        assert not locked_at_next_second(window)


def stir(window: QWidget, kind: str) -> None:
    """As the window system tells it: to the window, not to a widget in it."""
    handle = window.windowHandle()
    assert handle is not None
    if kind == "key":
        QTest.keyClick(handle, Qt.Key.Key_Shift)
    else:
        none = Qt.MouseButton.NoButton
        place = QPointF(5, 5)
        event = QMouseEvent(QEvent.Type.MouseMove, place, place, none, none, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(handle, event)


def test_nobody_is_locked_out_of_an_empty_chair(qtbot: QtBot, show: Shown, desk: Desk, clock: Clock) -> None:
    window = show(desk)
    door = door_of(window)
    QTest.keyClicks(door.form.name.edit, "ach")
    assert locked_at_next_second(window)
    clock.move(hours=3)
    assert locked_at_next_second(window)
    assert door.form.name.text == "ach"


def test_idle_begins_at_the_first_look_and_anew_with_every_input() -> None:
    idle = Idleness()
    assert not idle.is_over(NOON, FIVE_MINUTES)
    assert not idle.is_over(NOON + timedelta(minutes=4, seconds=59), FIVE_MINUTES)
    assert idle.is_over(NOON + FIVE_MINUTES, FIVE_MINUTES)
    idle.stir()
    assert not idle.is_over(NOON + timedelta(minutes=9), FIVE_MINUTES)
    assert idle.is_over(NOON + timedelta(minutes=14), FIVE_MINUTES)


def test_a_machine_that_slept_is_idle_and_a_clock_set_back_begins_anew() -> None:
    idle = Idleness()
    idle.is_over(NOON, FIVE_MINUTES)
    assert idle.is_over(NOON + timedelta(hours=9), FIVE_MINUTES)
    assert not idle.is_over(NOON - timedelta(hours=1), FIVE_MINUTES)
    assert idle.is_over(NOON - timedelta(minutes=55), FIVE_MINUTES)
