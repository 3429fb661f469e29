"""The window around the pages: what always stands there, when the file opens, what if it does not."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.errors import InputRefused, StationTrouble
from pharmacy_app.wording import Catalogue
from pharmacy_app.workflow.desk import Desk
from tests.support.cut_text import cut_texts
from ui.errors import Bug
from ui.main_window import MainWindow
from ui.page import LETTERS, PageName

ROOT = Path(__file__).parents[3]
TRAINING = "TRAINING – NOT FOR PATIENT USE"


@pytest.fixture
def shown(application: QApplication, qtbot: QtBot, words: Catalogue) -> Iterator[Callable[..., MainWindow]]:
    """Shows a window whose file is opened by the given function."""
    windows: list[MainWindow] = []

    def show(open_desk: Callable[[], Desk]) -> MainWindow:
        window = MainWindow(open_desk, words, station="Office 1")
        windows.append(window)
        window.resize(1366, 768)
        with qtbot.waitSignal(window.painted):
            window.show()
        return window

    yield show
    for window in windows:
        window.gateway.close()
        window.deleteLater()


def texts(window: QWidget) -> list[str]:
    return [label.text() for label in window.findChildren(QLabel) if label.isVisible()]


def test_the_window_loads_neither_database_nor_printing_nor_holidays() -> None:
    probe = (
        "import sys, ui.application, ui.main_window;"
        "print([name for name in ('sqlalchemy', 'alembic', 'reportlab', 'holidays', 'barcode', 'zxingcpp')"
        " if name in sys.modules])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert answer.stdout.strip() == "[]"


def test_the_file_opens_only_after_the_first_paint(
    application: QApplication, qtbot: QtBot, words: Catalogue, desk: Desk
) -> None:
    happened: list[str] = []

    def open_desk() -> Desk:
        happened.append("opened")
        return desk

    window = MainWindow(open_desk, words, station="Office 1")
    window.painted.connect(lambda: happened.append("painted"))
    with qtbot.waitSignal(window.opened):
        window.show()
    assert happened == ["painted", "opened"]
    window.gateway.close()
    window.deleteLater()


def test_until_then_the_window_says_that_the_records_are_opening(
    qtbot: QtBot, shown: Callable[..., MainWindow], desk: Desk
) -> None:
    window = shown(lambda: desk)
    assert window.opening.text == "Opening the records …"
    assert window.page is None
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.page is None
    qtbot.waitUntil(lambda: window.page is not None)


@pytest.mark.req("REQ-PRO-004")
def test_the_training_mark_is_there_before_and_after_the_file_opens(
    qtbot: QtBot, shown: Callable[..., MainWindow], desk: Desk
) -> None:
    window = shown(lambda: desk)
    assert TRAINING in texts(window)
    qtbot.waitUntil(lambda: window.page is not None)
    assert TRAINING in texts(window)


@pytest.mark.req("REQ-PRO-002")
def test_the_bar_names_station_country_monograph_person_and_time(
    open_window: Callable[[Desk], MainWindow], desk: Desk
) -> None:
    window = open_window(desk)
    bar = texts(window.bar)
    assert bar == [
        "Office 1",
        "Ctrl K",
        "Canada",
        " · monograph 2026-02-27 · revision 1",
        "A. Chen",
        " · pharmacist",
        "2026-NOV-20 10:00",
        "UTC-05:00",
    ]


def test_trouble_at_opening_is_a_line_and_trying_again_opens(
    qtbot: QtBot, shown: Callable[..., MainWindow], desk: Desk
) -> None:
    answers: list[Desk | Exception] = [
        StationTrouble("trouble.write", {"path": "records", "reason": "a full disk"}),
        desk,
    ]

    def open_desk() -> Desk:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    window = shown(open_desk)
    qtbot.waitUntil(lambda: window.notice.text != "")
    assert window.notice.text == "records cannot be written: a full disk. Nothing was written."
    press(window.notice, "Try again")
    qtbot.waitUntil(lambda: window.page is not None)
    assert window.notice.text == ""


def test_a_refusal_at_opening_stands_in_the_pages_place(
    qtbot: QtBot, shown: Callable[..., MainWindow]
) -> None:
    def open_desk() -> Desk:
        raise InputRefused("database", "x", "expected.database-url")

    window = shown(open_desk)
    qtbot.waitUntil(lambda: window.opening.text != "Opening the records …")
    assert window.opening.text.startswith("a database URL such as")


def test_a_bug_at_opening_has_a_reference_and_can_be_put_away(
    qtbot: QtBot, shown: Callable[..., MainWindow], caplog: pytest.LogCaptureFixture
) -> None:
    def open_desk() -> Desk:
        raise ZeroDivisionError("ours")

    window = shown(open_desk)
    qtbot.waitUntil(lambda: window.notice.text != "")
    assert window.notice.text.startswith("Something went wrong here. Reference ")
    assert window.notice.text.endswith(". Nothing was changed.")
    assert cut_texts(window) == []
    press(window.notice, "Put away")
    assert window.notice.text == ""
    caplog.clear()


def test_a_bug_that_nothing_rolled_back_does_not_say_that_nothing_was_changed(
    open_window: Callable[[Desk], MainWindow], desk: Desk
) -> None:
    window = open_window(desk)
    window.show_bug(Bug("7F3A-22", rolled_back=False))
    assert window.notice.text == (
        "Something went wrong here. Reference 7F3A-22. What was saved before is kept; look whether the last "
        "step was done."
    )
    assert cut_texts(window) == []


def test_the_pages_are_in_the_order_of_work(words: Catalogue) -> None:
    in_order = [words(f"ui.{page.value}.name") for page in PageName if page not in LETTERS]
    assert in_order == ["Orders", "Plan", "Worksheet", "Bench", "Verify", "Label", "Bags", "Record"]
    assert [words(f"ui.{page.value}.name") for page in LETTERS] == ["Course", "Figures", "Supplies", "People"]


def test_every_page_has_a_help_text(words: Catalogue) -> None:
    assert all(len(words(f"ui.{page.value}.help")) > 100 for page in PageName)


def test_the_window_starts_at_its_smallest_size_without_scrolling(
    open_window: Callable[[Desk], MainWindow], desk: Desk
) -> None:
    window = open_window(desk)
    assert (window.minimumWidth(), window.minimumHeight()) == (1280, 720)
    assert window.minimumSizeHint().width() <= 1280
    assert window.minimumSizeHint().height() <= 720


def press(root: QWidget, word: str) -> None:
    next(each for each in root.findChildren(QAbstractButton) if each.text() == word).click()
