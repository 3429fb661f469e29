"""The accepted plan is given out from the Plan page, on one page and as a calendar."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pharmacy_app.workflow.desk import Desk
from tests.support.cut_text import cut_texts
from tests.support.pdf_text import read_page
from tests.support.plan_calendars import read
from tests.support.record_books import whole_record
from tests.ui.conftest import settle
from tests.ui.desks import ORDER, keep, order_document
from ui.main_window import MainWindow
from ui.page import PageName, Subject
from ui.plan.page import PlanPage

Open = Callable[[Desk], MainWindow]


def accepted_page(qtbot: QtBot, open_window: Open, desk: Desk, document: dict[str, object]) -> PlanPage:
    keep(desk, document)
    order = desk.read_order(document).order
    assert order is not None
    desk.keep_plan(desk.plan(order))
    return page_of(qtbot, open_window(desk))


def page_of(qtbot: QtBot, window: MainWindow) -> PlanPage:
    window.go_to(PageName.PLAN, Subject("RX-1001"))
    settle(qtbot, window)
    page = window.page
    assert isinstance(page, PlanPage)
    return page


def settle_page(qtbot: QtBot, page: PlanPage) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    for _ in range(2):
        settle(qtbot, window)
        QTest.qWait(1)


def to(page: PlanPage, place: Path | None) -> list[str]:
    """From now on files go there; the names that were offered."""
    asked: list[str] = []

    def ask(name: str) -> Path | None:
        asked.append(name)
        return place

    page.giving_out.ask_place = ask
    return asked


def test_the_plan_is_printed_on_one_page_and_that_is_an_entry(
    qtbot: QtBot, open_window: Open, desk: Desk, tmp_path: Path
) -> None:
    page = accepted_page(qtbot, open_window, desk, ORDER)
    place = tmp_path / "plan.pdf"
    asked = to(page, place)
    page.giving_out.print.click()
    settle_page(qtbot, page)
    assert asked == ["plan-RX-1001-1.pdf"]
    assert "TREMBLAY, Anne-Marie" in read_page(place.read_bytes()).text
    assert whole_record(desk.open_unit_of_work)[-1].act == "plan-printed"
    assert f"Saved as {place}." in texts(page)


def test_the_plan_is_given_out_as_a_calendar_and_that_is_an_entry(
    qtbot: QtBot, open_window: Open, desk: Desk, tmp_path: Path
) -> None:
    page = accepted_page(qtbot, open_window, desk, ORDER)
    place = tmp_path / "plan.ics"
    asked = to(page, place)
    page.giving_out.calendar.click()
    settle_page(qtbot, page)
    assert asked == ["plan-RX-1001-1.ics"]
    assert len(read(place.read_bytes())) == 5
    assert whole_record(desk.open_unit_of_work)[-1].act == "calendar-exported"


def test_whoever_thinks_better_of_it_leaves_no_file_and_no_entry(
    qtbot: QtBot, open_window: Open, desk: Desk
) -> None:
    page = accepted_page(qtbot, open_window, desk, ORDER)
    to(page, None)
    page.giving_out.print.click()
    settle_page(qtbot, page)
    assert whole_record(desk.open_unit_of_work)[-1].act == "plan-accepted"


def test_a_plan_that_is_not_accepted_cannot_be_given_out(qtbot: QtBot, open_window: Open, desk: Desk) -> None:
    keep(desk, ORDER)
    page = page_of(qtbot, open_window(desk))
    assert page.giving_out.row.isVisible() is False


def test_another_plan_in_the_picture_cannot_be_given_out(qtbot: QtBot, open_window: Open, desk: Desk) -> None:
    page = accepted_page(qtbot, open_window, desk, ORDER)
    assert page.giving_out.row.isVisible() is True
    page.side.alternative_chosen.emit(0)
    assert page.giving_out.row.isVisible() is False
    page.side.alternative_chosen.emit(None)
    assert page.giving_out.row.isVisible() is True


@pytest.mark.req("REQ-PLN-009")
def test_a_plan_that_was_replaced_at_another_station_is_refused_and_not_written(
    qtbot: QtBot, open_window: Open, desk: Desk, tmp_path: Path
) -> None:
    page = accepted_page(qtbot, open_window, desk, ORDER)
    place = tmp_path / "plan.pdf"

    def ask(_name: str) -> Path:
        order = desk.read_order(order_document(bags__sequence_h=[96, 72, 96, 96, 96, 96, 96, 24])).order
        assert order is not None
        desk.keep_plan(desk.plan(order))
        return place

    page.giving_out.ask_place = ask
    page.giving_out.print.click()
    settle_page(qtbot, page)
    assert not place.exists()
    assert "is not the one in force" in " ".join(texts(page))


@pytest.mark.parametrize("size", [(1280, 720), (1366, 768)])
def test_the_buttons_stand_under_the_totals_and_nothing_is_cut(
    qtbot: QtBot, open_window: Open, desk: Desk, size: tuple[int, int]
) -> None:
    page = accepted_page(qtbot, open_window, desk, ORDER)
    page.window().resize(*size)
    settle_page(qtbot, page)
    assert cut_texts(page) == []


def texts(page: PlanPage) -> list[str]:
    from PySide6.QtWidgets import QLabel

    return [label.text() for label in page.findChildren(QLabel) if label.text()]
