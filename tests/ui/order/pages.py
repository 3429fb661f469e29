"""Keys, buttons and drafts for tests of the Orders page in a real window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pharmacy_app.workflow.desk import Desk
from tests.ui.conftest import settle
from ui.main_window import MainWindow
from ui.order.page import OrderPage
from ui.widgets.dialog import Dialog

Open = Callable[[Desk], MainWindow]


def page_of(window: MainWindow) -> OrderPage:
    page = window.page
    assert isinstance(page, OrderPage)
    return page


def name_of(widget: QWidget) -> str:
    """What a screen reader says: buttons are named by their words."""
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")


def press(key: Qt.Key, *, times: int = 1) -> None:
    for _ in range(times):
        QTest.keyClick(focused(), key)


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def write(text: str) -> None:
    """Type into the focused line, then go on by Tab."""
    line = focused()
    assert isinstance(line, QLineEdit), line
    line.selectAll()
    QTest.keyClicks(line, text)
    press(Qt.Key.Key_Tab)


def choose(at: int) -> None:
    """Go to a segment by the arrow keys, choose it by space, go on by Tab."""
    press(Qt.Key.Key_Right, times=at)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Tab)


def fill_by_keyboard() -> None:
    """CLI.md's order, from the first field to the last, with nothing but keys."""
    for text in ("RX-1001", "4471023", "1979-03-14", "Tremblay", "Anne-Marie", "71.5", "2026-11-20"):
        write(text)
    press(Qt.Key.Key_Down, times=3)  # the third indication
    press(Qt.Key.Key_Tab)
    choose(0)  # cycle 1
    for text in ("2026-11-23", "14:00", "America/Toronto", "Dr. L. Okafor"):
        write(text)
    choose(0)  # inpatient
    write("6 East, bed 12")
    for _flag in range(3):
        choose(1)
    choose(0)  # no dose modification: the keyboard goes on into the second part
    for text in ("1", "7", "9", "8", "28", "28"):
        write(text)
    press(Qt.Key.Key_Tab)  # past "Add a line"
    press(Qt.Key.Key_Tab, times=3)  # durations, benzyl alcohol and preference stay
    choose(5)  # Saturday
    press(Qt.Key.Key_Backtab)
    choose(1)  # and Sunday, the next one
    focused_box = focused()
    QTest.keyClicks(focused_box, "Ontario")
    press(Qt.Key.Key_Tab)
    write("9")


def show_draft(qtbot: QtBot, window: MainWindow, draft: object) -> None:
    """Put a draft into the form as if it had been typed, every field left."""
    page = page_of(window)
    page.presenter.change(draft)  # type: ignore[arg-type]
    for name in page.form.fields:
        page.presenter.left(name)
    settle(qtbot, window)


def visible_buttons(root: QWidget) -> list[QAbstractButton]:
    return [each for each in root.findChildren(QAbstractButton) if each.isVisible()]


def open_dialog() -> Dialog:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, Dialog)
    return dialog


def press_in_dialog(name: str) -> None:
    button = open_dialog().findChild(QAbstractButton, name)
    assert button is not None
    button.click()
