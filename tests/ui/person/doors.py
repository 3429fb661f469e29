"""A window at which people sign in, by keys."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.person import Actor
from pharmacy_app.wording import Catalogue
from pharmacy_app.workflow.desk import Desk
from tests.support.people import SECRETS, Clock, with_people
from tests.ui.conftest import settle
from tests.ui.desks import real_desk
from ui.main_window import MainWindow
from ui.order.page import OrderPage
from ui.page import PageName
from ui.person.sign_in import SignInView

Shown = Callable[[Desk], MainWindow]


def empty_desk(migrated_file: Path, tmp_path: Path, clock: Clock) -> Desk:
    """A desk on a file without people, at which nobody is signed in; its clock can be moved."""
    file = tmp_path / "records.sqlite3"
    shutil.copy(migrated_file, file)
    desk = real_desk(file)
    station = replace(desk.station, clock=clock)
    station.seat.actor = None
    return replace(desk, station=station)


def peopled_desk(migrated_file: Path, tmp_path: Path, clock: Clock) -> Desk:
    """The same with an administrator, a technician and two pharmacists."""
    desk = empty_desk(migrated_file, tmp_path, clock)
    with_people(desk.open_unit_of_work)
    return desk


def shows(qtbot: QtBot, words: Catalogue) -> Iterator[Shown]:
    """Opens a window and waits until its door, or its first page, is there."""
    windows: list[MainWindow] = []

    def show(desk: Desk) -> MainWindow:
        window = MainWindow(lambda: desk, words, station="Office 1")
        windows.append(window)
        window.resize(1366, 768)
        with qtbot.waitSignal(window.opened), qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        settle(qtbot, window)
        return window

    yield show
    for window in windows:
        window.gateway.close()
        window.deleteLater()


def door_of(window: MainWindow) -> SignInView:
    """The sign-in page, which must be in front."""
    assert window.locked
    assert window.door is not None
    return window.door


def type_in(qtbot: QtBot, window: MainWindow, *, name: str, secret: str) -> None:
    """Name and secret by the keyboard, with Enter after each."""
    form = door_of(window).form
    window.activateWindow()  # as a window manager does when a dialog is closed
    form.name.edit.setFocus()
    form.name.edit.selectAll()
    QTest.keyClicks(form.name.edit, name)
    QTest.keyClick(form.name.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(form.secret.edit.hasFocus)
    QTest.keyClicks(form.secret.edit, secret)
    QTest.keyClick(form.secret.edit, Qt.Key.Key_Return)
    settle(qtbot, window)


def sign_in(qtbot: QtBot, window: MainWindow, actor: Actor) -> None:
    """Sign somebody in whom `with_people` keeps."""
    type_in(qtbot, window, name=actor.person, secret=SECRETS[actor.person])
    assert not window.locked


def lock(qtbot: QtBot, window: MainWindow) -> None:
    """Whoever works here goes."""
    window.lock()
    settle(qtbot, window)
    assert window.locked


def texts(root: QWidget) -> list[str]:
    """What can be read."""
    return [label.text() for label in root.findChildren(QLabel) if label.isVisible() and label.text()]


def begin_order(qtbot: QtBot, window: MainWindow, number: str) -> OrderPage:
    """Somebody types an order's number, and nothing else."""
    window.go_to(PageName.ORDERS)
    settle(qtbot, window)
    page = window.page
    assert isinstance(page, OrderPage)
    page.new_order()
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, number)
    settle(qtbot, window)
    return page


def number_typed(window: MainWindow) -> str:
    """The order's number in the draft; empty where there is none."""
    page = window.page
    assert isinstance(page, OrderPage)
    view = page.presenter.has_typed and page._view
    return view.form.draft.text("order_number") if view and view.form else ""
