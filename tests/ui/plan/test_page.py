"""The Plan page in a real window, worked with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pharmacy_app.workflow.desk import Desk
from tests.support.cut_text import cut_texts
from tests.ui.conftest import settle
from tests.ui.desks import ORDER, keep, order_document
from tests.ui.keyboard import focused
from tests.ui.plan.cycles import autumn
from ui.main_window import MainWindow
from ui.page import PageName, Subject, Way
from ui.plan.page import PlanPage

Open = Callable[[Desk], MainWindow]
SIZES = [(1280, 720), (1366, 768), (1920, 1080)]


def page_on(qtbot: QtBot, open_window: Open, desk: Desk, document: dict[str, object]) -> PlanPage:
    keep(desk, document)
    window = open_window(desk)
    window.go_to(PageName.PLAN, Subject("RX-1001"))
    settle(qtbot, window)
    page = window.page
    assert isinstance(page, PlanPage)
    return page


def eight_bags(**changes: object) -> dict[str, object]:
    return autumn(**{"bags.durations_h": [24, 48, 72, 96], **changes})


def type_sequence(qtbot: QtBot, page: PlanPage, text: str) -> None:
    page.sequence.edit.setFocus()
    page.sequence.edit.selectAll()
    QTest.keyClicks(page.sequence.edit, text)
    settle_page(qtbot, page)


def settle_page(qtbot: QtBot, page: PlanPage) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    settle(qtbot, window)
    QApplication.processEvents()


def press(page: PlanPage, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(page.picture, key)


def test_without_an_order_the_page_says_what_to_do(qtbot: QtBot, open_window: Open, desk: Desk) -> None:
    window = open_window(desk)
    window.go_to(PageName.PLAN, Subject())
    settle(qtbot, window)
    page = window.page
    assert isinstance(page, PlanPage)
    assert not page.picture.isVisible()
    assert not page.accept.isVisible()


def test_the_picture_takes_the_keyboard_when_the_plan_is_there(
    qtbot: QtBot, open_window: Open, desk: Desk
) -> None:
    page = page_on(qtbot, open_window, desk, eight_bags())
    assert QApplication.focusWidget() is page.picture


def test_arrow_keys_go_by_bag_and_by_week_and_enter_opens_the_worksheet(
    qtbot: QtBot, open_window: Open, desk: Desk
) -> None:
    page = page_on(qtbot, open_window, desk, eight_bags())
    ways: list[Way] = []
    page.followed.disconnect()
    page.followed.connect(ways.append)
    press(page, Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert page.picture.chosen == 3
    press(page, Qt.Key.Key_Down)
    assert page.picture.chosen == 4
    press(page, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Left)
    assert page.picture.chosen == 1
    press(page, Qt.Key.Key_Left)
    assert page.picture.chosen == 1
    press(page, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert ways == [Way(PageName.WORKSHEET, Subject("RX-1001", 3))]
    assert page.side.panel == "bag"


def test_the_chosen_bag_is_spoken(qtbot: QtBot, open_window: Open, desk: Desk) -> None:
    page = page_on(qtbot, open_window, desk, eight_bags())
    press(page, Qt.Key.Key_Right)
    assert page.picture.accessibleDescription().startswith("Bag 2 of 8; Hang Fri OCT-23 14:00")


@pytest.mark.req("REQ-PLN-006")
def test_a_sequence_is_typed_used_and_accepted_with_the_keyboard(
    qtbot: QtBot, open_window: Open, desk: Desk
) -> None:
    page = page_on(qtbot, open_window, desk, eight_bags())
    type_sequence(qtbot, page, "96 72 96 96 96 96 96")
    assert not page.accept.isEnabled()
    assert not page.sequence.use.isVisible()
    QTest.keyClicks(page.sequence.edit, " 24")
    settle_page(qtbot, page)
    assert page.sequence.use.isEnabled()
    QTest.keyClick(page.sequence.edit, Qt.Key.Key_Return)
    settle_page(qtbot, page)
    assert page.accept.isEnabled()
    page.accept.setFocus()
    QTest.keyClick(page.accept, Qt.Key.Key_Return)
    settle_page(qtbot, page)
    kept = desk.plan_on_file("RX-1001")
    assert kept is not None
    assert kept.sequence_h == (96, 72, 96, 96, 96, 96, 96, 24)
    assert page.open.isVisible()
    assert not page.accept.isVisible()


def test_what_was_typed_stays_when_it_is_broken(qtbot: QtBot, open_window: Open, desk: Desk) -> None:
    page = page_on(qtbot, open_window, desk, eight_bags())
    before = page.picture.drawing
    type_sequence(qtbot, page, "96, 72")
    assert page.sequence.edit.text() == "96, 72"
    assert "Given 96,." in page.sequence.edit.accessibleDescription()
    assert page.picture.drawing == before


def test_a_bag_of_a_plan_that_is_not_accepted_does_not_open_another_plans_worksheet(
    qtbot: QtBot, open_window: Open, desk: Desk
) -> None:
    page = page_on(qtbot, open_window, desk, eight_bags())
    ways: list[Way] = []
    page.followed.connect(ways.append)
    type_sequence(qtbot, page, " ".join(["24"] * 28))
    page.picture.setFocus()
    press(page, Qt.Key.Key_Return)
    assert ways == []


@pytest.mark.req("REQ-PLN-006")
def test_an_alternative_is_drawn_in_the_same_place_and_left_again(
    qtbot: QtBot, open_window: Open, desk: Desk
) -> None:
    page = page_on(qtbot, open_window, desk, eight_bags())
    assert len({bar.piece.number for bar in page.picture.drawing.bars}) == 8
    page.side.alternative_chosen.emit(2)  # fewest line changes: 7 bags of 24 h, 7 of 72 h
    assert len({bar.piece.number for bar in page.picture.drawing.bars}) == 14
    assert not page.accept.isEnabled()
    page.side.alternative_chosen.emit(None)
    assert len({bar.piece.number for bar in page.picture.drawing.bars}) == 8
    assert page.accept.isEnabled()


def complaints(page: PlanPage) -> list[str]:
    """Cut texts; a line edit scrolls along what is longer than itself."""
    return [each for each in cut_texts(page) if "LineEdit '24 24" not in each]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "state", ["best", "24-h", "7-day", "broken", "unreadable", "bag", "not-chosen", "zones"]
)
def test_no_text_is_cut(
    qtbot: QtBot, open_window: Open, desk: Desk, state: str, size: tuple[int, int]
) -> None:
    document = order_document(**{"bags.holidays": None}) if state == "7-day" else eight_bags()
    if state == "zones":
        document = autumn(zone="America/St_Johns")
    page = page_on(qtbot, open_window, desk, document)
    page.window().resize(*size)
    typed = {"24-h": " ".join(["24"] * 28), "broken": "96 96 72", "unreadable": "96, 72"}.get(state)
    if typed is not None:
        type_sequence(qtbot, page, typed)
    if state == "bag":
        page.picture.setFocus()
        press(page, Qt.Key.Key_Right)
    if state == "not-chosen":
        page.side.alternative_chosen.emit(0)
    settle_page(qtbot, page)
    assert page.window().size().toTuple() == size
    qtbot.waitUntil(lambda: complaints(page) == [])
    for bar in page.picture.drawing.bars:
        assert all(text.box.bottom <= bar.box.bottom for text in bar.texts)
        assert all(text.box.right <= bar.box.right for text in bar.texts)


@pytest.mark.parametrize("family", ["Fitzgerald-Montgomery-Westhampton", "W" * 60])
def test_a_long_name_stands_whole_in_the_head(
    qtbot: QtBot, open_window: Open, desk: Desk, family: str
) -> None:
    page = page_on(qtbot, open_window, desk, eight_bags(**{"patient.family_name": family}))
    page.window().resize(1280, 720)
    settle_page(qtbot, page)
    assert page.window().size().toTuple() == (1280, 720)
    qtbot.waitUntil(lambda: complaints(page) == [])


def test_tab_goes_from_the_picture_to_the_sequence_and_to_the_side(
    qtbot: QtBot, open_window: Open, desk: Desk
) -> None:
    page = page_on(qtbot, open_window, desk, eight_bags())
    page.picture.setFocus()
    stops = []
    for _ in range(12):
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
        if not page.isAncestorOf(focused()):
            break
        stops.append(focused())
    assert stops[0] is page.sequence.edit
    assert page.side.isAncestorOf(stops[1])


@pytest.mark.req("REQ-PLN-008")
def test_the_totals_of_the_command_lines_order_stand_at_the_right(
    qtbot: QtBot, open_window: Open, desk: Desk
) -> None:
    page = page_on(qtbot, open_window, desk, ORDER)
    figures = page.presenter.view().figures
    assert figures is not None
    assert figures.bags == ("4", "bags")
    shown = {bar.piece.number for bar in page.picture.drawing.bars}
    assert shown == {1, 2, 3, 4}
