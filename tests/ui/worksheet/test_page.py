"""The Worksheet page in a real window, worked with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.finding import Mark, Severity, finding
from pharmacy_app.workflow.desk import Desk
from tests.support.cut_text import cut_texts
from tests.ui.conftest import settle
from tests.ui.desks import ORDER, keep, order_document
from tests.ui.keyboard import focused
from tests.ui.page_desk import PlainWorksheetRenderer
from tests.ui.plan.cycles import autumn
from ui.main_window import MainWindow
from ui.page import PageName, Subject
from ui.worksheet.page import PANELS, WorksheetPage

Open = Callable[[Desk], MainWindow]
SIZES = [(1280, 720), (1366, 768), (1920, 1080)]


def page_on(
    qtbot: QtBot, open_window: Open, desk: Desk, document: dict[str, object] = ORDER, bag: int = 2
) -> WorksheetPage:
    keep(desk, document)
    window = open_window(desk)
    window.go_to(PageName.WORKSHEET, Subject("RX-1001", bag))
    settle(qtbot, window)
    page = window.page
    assert isinstance(page, WorksheetPage)
    return page


def settle_page(qtbot: QtBot, page: WorksheetPage) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    settle(qtbot, window)
    QApplication.processEvents()


def bring(page: WorksheetPage, panel: str) -> None:
    """Go to a panel with the arrow keys."""
    page.tabs.focus_target().setFocus()
    for _ in range(len(PANELS)):
        if page.tabs.value == panel:
            return
        QTest.keyClick(focused(), Qt.Key.Key_Right)


def test_ctrl_left_and_right_go_from_bag_to_bag(qtbot: QtBot, open_window: Open, desk: Desk) -> None:
    page = page_on(qtbot, open_window, desk)
    assert page.chooser.text == "Bag 2 of 4"
    QTest.keyClick(page, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    settle_page(qtbot, page)
    assert page.presenter.bag == 3
    window = page.window()
    assert isinstance(window, MainWindow)
    assert window.subject == Subject("RX-1001", 3)
    for _ in range(5):
        QTest.keyClick(page, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
        settle_page(qtbot, page)
    assert page.presenter.bag == 1
    assert not page.chooser.before.isEnabled()


def test_the_panels_are_reached_with_the_arrow_keys(qtbot: QtBot, open_window: Open, desk: Desk) -> None:
    page = page_on(qtbot, open_window, desk)
    for panel in ("steps", "supplies", "findings"):
        bring(page, panel)
        assert page.tabs.value == panel
    bring(page, "findings")
    assert [segment.text() for segment in page.tabs.segments()][2] == "Supplies · 19 stops"


@pytest.mark.req("REQ-SUP-001")
def test_a_question_is_answered_with_the_keyboard_and_checked_at_once(
    qtbot: QtBot, open_window: Open, desk: Desk
) -> None:
    page = page_on(qtbot, open_window, desk)
    bring(page, "supplies")
    choice = page.supplies.rows["bag.dehp"].choice
    assert choice is not None
    choice.focus_target().setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    assert choice.value == "yes"
    supplies = page.presenter.view().supplies
    assert supplies is not None
    stop = next(each for _name, group in supplies.groups for each in group if each.key == "bag.dehp").remarks[
        0
    ]
    assert stop.severity is Severity.STOP
    QTest.keyClick(focused(), Qt.Key.Key_Right)
    assert choice.value == "no"
    assert "DEHP" not in choice.accessibleDescription()


def test_what_is_typed_into_a_question_stays_as_typed(qtbot: QtBot, open_window: Open, desk: Desk) -> None:
    page = page_on(qtbot, open_window, desk)
    bring(page, "supplies")
    edit = page.supplies.rows["pump.rate_step_ml_per_h"].edit
    assert edit is not None
    edit.setFocus()
    QTest.keyClicks(edit, "0,1")
    assert edit.text() == "0,1"
    assert "Given 0,1." in edit.accessibleDescription()


def test_the_question_of_another_bag_names_its_own_volume(
    qtbot: QtBot, open_window: Open, desk: Desk
) -> None:
    page = page_on(qtbot, open_window, desk, autumn(96, 72, 168, 168, 168), bag=1)
    assert page.presenter.view().sheet is not None
    bring(page, "supplies")
    page.chooser.chosen.emit(3)
    settle_page(qtbot, page)
    assert "90" in page.dose.beside.fill.accessibleName()


@pytest.mark.req("REQ-MIX-005")
def test_the_fill_is_answered_beside_the_dose_and_in_the_form_alike(
    qtbot: QtBot, open_window: Open, desk: Desk
) -> None:
    page = page_on(qtbot, open_window, desk)
    page.dose.beside.fill.setFocus()
    QTest.keyClick(page.dose.beside.fill, Qt.Key.Key_Down)
    page.dose.beside.fill.activated.emit(page.dose.beside.fill.currentIndex())
    choice = page.supplies.rows["fill"].choice
    assert choice is not None
    assert choice.value == "pumped-into-empty-bag"


def save(page: WorksheetPage, path: Path | None) -> None:
    page.ask_path = lambda _name: path
    page.save.setFocus()
    QTest.keyClick(page.save, Qt.Key.Key_Return)


def test_a_worksheet_is_saved_where_a_person_says(
    qtbot: QtBot, open_window: Open, desk: Desk, tmp_path: Path
) -> None:
    page = page_on(qtbot, open_window, desk)
    save(page, tmp_path / "sheet.pdf")
    settle_page(qtbot, page)
    assert (tmp_path / "sheet.pdf").read_bytes() == b"%PDF worksheet of bag 2"
    assert page.presenter.file_name() == "worksheet-RX-1001-bag-2.pdf"


def test_thinking_better_of_it_saves_nothing(
    qtbot: QtBot, open_window: Open, desk: Desk, tmp_path: Path
) -> None:
    page = page_on(qtbot, open_window, desk)
    before = sorted(tmp_path.iterdir())
    save(page, None)
    settle_page(qtbot, page)
    assert sorted(tmp_path.iterdir()) == before


def test_a_place_that_cannot_be_written_is_station_trouble_in_words(
    qtbot: QtBot, open_window: Open, desk: Desk, tmp_path: Path
) -> None:
    page = page_on(qtbot, open_window, desk)
    save(page, tmp_path / "no such folder" / "sheet.pdf")
    settle_page(qtbot, page)
    window = page.window()
    assert isinstance(window, MainWindow)
    assert "cannot be written" in window.notice.text
    assert "Nothing was written." in window.notice.text


def test_a_worksheet_that_the_rules_stop_is_not_written(
    qtbot: QtBot, open_window: Open, desk: Desk, tmp_path: Path
) -> None:
    stop = finding("supply.rate-not-known", Severity.STOP, "REQ-PLN-001", Mark.QUOTED)
    page = page_on(qtbot, open_window, replace(desk, worksheet_renderer=PlainWorksheetRenderer([stop])))
    save(page, tmp_path / "sheet.pdf")
    settle_page(qtbot, page)
    assert not (tmp_path / "sheet.pdf").exists()
    assert [each.code for each in page.refused.remarks] == ["supply.rate-not-known"]


def test_the_drawing_is_spoken(qtbot: QtBot, open_window: Open, desk: Desk) -> None:
    page = page_on(qtbot, open_window, desk)
    assert page.picture.accessibleDescription() == (
        "90 mL 0.9 % sodium chloride, BACTERIOSTATIC, first; 2.2 mL IV Solution Stabilizer, second; "
        "16.8 mL blinatumomab, third; 1 mL 0.9 % sodium chloride, preservative-free, last"
    )


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("bags", "panel"), list(product(["7-day", "96-h", "zones", "7-day-zones"], PANELS)))
def test_no_text_is_cut(  # noqa: PLR0917 - fixtures and cases, by name
    qtbot: QtBot, open_window: Open, desk: Desk, bags: str, panel: str, size: tuple[int, int]
) -> None:
    document = order_document() if bags == "7-day" else autumn(96, 72, 96, 96, 72, 96, 48, 96)
    if bags == "zones":
        document = autumn(96, 72, 96, 96, 72, 96, 48, 96, zone="America/St_Johns")
    if bags == "7-day-zones":
        document = autumn(24, 48, 96, 168, 168, 168, zone="America/St_Johns")
    page = page_on(qtbot, open_window, desk, document, bag=4)
    page.window().resize(*size)
    bring(page, panel)
    page.presenter.answer("filter", ("present",))
    page.presenter.answer("filter.pore_micron", ("0,22",))
    page.presenter.answer("fill", ("not-known",))
    page.supplies.answered.emit("bag.dehp", ("yes",))
    settle_page(qtbot, page)
    assert page.window().size().toTuple() == size
    qtbot.waitUntil(lambda: cut_texts(page) == [])


def test_without_an_order_the_page_says_what_to_do(qtbot: QtBot, open_window: Open, desk: Desk) -> None:
    window = open_window(desk)
    window.go_to(PageName.WORKSHEET, Subject())
    settle(qtbot, window)
    page = window.page
    assert isinstance(page, WorksheetPage)
    assert not page.picture.isVisible()
    assert not page.save.isVisible()
