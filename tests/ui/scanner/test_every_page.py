"""In every page of the window, with any of its fields focused, a scan arrives once and changes no field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pharmacy_app.workflow.desk import Desk
from tests.support.wedge import scan
from tests.ui.conftest import settle
from tests.ui.scanner.test_scan_line import Taker
from ui.idle import Idleness
from ui.main_window import MainWindow
from ui.page import PageName

GS = "\x1d"
SENDINGS = (
    (f"]d20100614141123452211002345{GS}17280229107K114B", 1, Qt.Key.Key_Return),
    ("0100614141123452211002345|17280229107K114B", 40, Qt.Key.Key_Tab),
    ("010061414112345217280229 0 a ", 1, Qt.Key.Key_Return),
)


def can_have_the_keyboard(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled() and widget.focusPolicy() is not Qt.FocusPolicy.NoFocus


def contents(window: QWidget) -> list[object]:
    """What every field, choice, button and table of the window holds."""
    found: list[object] = []
    for widget in window.findChildren(QWidget):
        match widget:
            case QLineEdit():
                found.append(widget.text())
            case QPlainTextEdit():
                found.append(widget.toPlainText())
            case QComboBox():
                found.append(widget.currentIndex())
            case QAbstractButton():
                found.append(widget.isChecked())
            case QAbstractItemView():
                found.append((widget.currentIndex().row(), widget.currentIndex().column()))
            case _:
                pass
    return found


def pressed_in(window: QWidget) -> list[str]:
    """From now on the names of the buttons that are pressed."""
    pressed: list[str] = []
    for button in window.findChildren(QAbstractButton):
        button.clicked.connect(partial(_note, pressed, button))
    return pressed


def _note(pressed: list[str], button: QAbstractButton) -> None:
    pressed.append(button.text())


@pytest.mark.parametrize("name", PageName)
def test_a_scan_arrives_once_whatever_has_the_keyboard(
    qtbot: QtBot, open_window: Callable[[Desk], MainWindow], desk: Desk, name: PageName
) -> None:
    desk.start_training()
    window = open_window(desk)
    window.go_to(name)
    settle(qtbot, window)
    taker = Taker("Scan anything")
    window.scans.go_to(taker)
    pressed, before = pressed_in(window), contents(window)
    fields = [each for each in window.findChildren(QWidget) if can_have_the_keyboard(each)]
    assert fields
    sent: list[str] = []
    for number, field in enumerate(fields):
        field.setFocus()
        focused = QApplication.focusWidget()
        text, gap_ms, end = SENDINGS[number % len(SENDINGS)]
        scan(window, text, gap_ms=gap_ms, end=end)
        sent.append(text)
        assert QApplication.focusWidget() is focused
    assert taker.texts == sent
    assert contents(window) == before
    assert pressed == []


def test_a_page_that_waits_for_no_scan_says_so(
    qtbot: QtBot, open_window: Callable[[Desk], MainWindow], desk: Desk
) -> None:
    desk.start_training()
    window = open_window(desk)
    window.go_to(PageName.PLAN)
    settle(qtbot, window)
    assert window.scans.line.expected == "Nothing here waits for a scan"
    scan(window, SENDINGS[0][0])
    assert window.scans.line.result == "Refused. This page waits for no scan. Nothing was done."


def test_scanning_keeps_the_station_from_locking(
    qtbot: QtBot, open_window: Callable[[Desk], MainWindow], desk: Desk
) -> None:
    window = open_window(desk)
    limit, later = timedelta(minutes=5), desk.now() + timedelta(hours=1)
    watched, window.idleness = window.idleness, Idleness()  # so that the window's own clock asks the other
    watched.is_over(desk.now(), limit)
    assert watched.is_over(later, limit)
    watched.is_over(desk.now(), limit)
    scan(window, "010061414112345217280229")
    assert not watched.is_over(later, limit)
