"""The search field in the bar, by keys alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.engine import Database
from pharmacy_app.domain.person import Actor
from pharmacy_app.workflow.desk import Desk
from tests.support.bench import Day
from tests.support.cut_text import cut_texts
from tests.support.facts import events, started
from tests.support.orders import order
from tests.support.records import keep, keep_events, stored
from tests.support.stations import ADMINISTRATOR, PHARMACIST, TECHNICIAN
from tests.ui.conftest import settle
from tests.ui.desks import NOW
from tests.ui.keyboard import focused
from tests.workflow.record.test_recall import CODE, OTHER_CODE, keep_lots
from ui.bag.page import BagsPage
from ui.main_window import MainWindow
from ui.page import PageName, Subject
from ui.supplies.page import SuppliesPage

Open = Callable[[Desk], MainWindow]
BAG = "2611200001"
OTHER = {"patient.record_number": "4471099", "patient.family_name": "Lévesque", "patient.given_names": "Zoé"}


@pytest.fixture
def open_on(qtbot: QtBot, open_window: Open, desk: Desk) -> Callable[[Actor], MainWindow]:
    """A window with two patients' orders, a bag and lots on file, and this person at the station."""
    file = cast(Database, desk.station.open_unit_of_work)
    keep(file, stored(), stored(order(order_number="RX-2", **OTHER)))
    keep_events(file, *events(started("RX-2"), serial=BAG))
    keep_lots(file, (CODE, "LX-1"), (OTHER_CODE, "LX-1"))

    def open_it(actor: Actor = PHARMACIST) -> MainWindow:
        desk.station.seat.actor = actor
        return open_window(desk)

    return open_it


def search(qtbot: QtBot, window: MainWindow, text: str) -> None:
    """Ctrl+K, the text, Enter."""
    QTest.keySequence(window, QKeySequence("Ctrl+K"))
    assert focused() is window.search.field
    QTest.keyClicks(focused(), text)
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    settle(qtbot, window)
    settle(qtbot, window)


def opened(window: MainWindow) -> tuple[PageName, Subject]:
    assert window.page is not None
    return window.page.name, window.subject


@pytest.mark.parametrize(
    ("text", "page", "subject"),
    [
        ("levesque", PageName.ORDERS, Subject("RX-2")),
        ("4471023", PageName.ORDERS, Subject("RX-1001")),
        ("rx-2", PageName.ORDERS, Subject("RX-2")),
    ],
)
def test_one_hit_is_opened(
    qtbot: QtBot, open_on: Callable[[Actor], MainWindow], text: str, page: PageName, subject: Subject
) -> None:
    window = open_on(PHARMACIST)
    search(qtbot, window, text)
    assert opened(window) == (page, subject)
    assert not window.search.panel.isVisible()
    assert window.search.field.text() == ""


def test_a_serial_opens_the_bag(qtbot: QtBot, open_window: Open, desk: Desk) -> None:
    day = Day(desk.open_unit_of_work, now=NOW)
    day.stock()
    serial = day.bench().start(day.accept(), 1)
    assert serial == BAG
    desk.station.seat.actor = TECHNICIAN
    window = open_window(desk)
    search(qtbot, window, "261120 0001")
    page = window.page
    assert isinstance(page, BagsPage)
    bag = page.presenter.view().bag
    assert bag is not None
    assert (bag.shown, bag.patient, bag.word) == ("261120 0001", "TREMBLAY, Anne-Marie", "NOT YET")


def test_several_hits_are_listed_and_one_is_opened_by_arrows_and_enter(
    qtbot: QtBot, open_on: Callable[[Actor], MainWindow]
) -> None:
    window = open_on(PHARMACIST)
    search(qtbot, window, "lx-1")
    panel = window.search.panel
    assert panel.isVisible()
    assert [(row.upper, row.lower) for row in panel.list.rows] == [
        ("Lot LX-1", "Product 17"),
        ("Lot LX-1", "Product 24"),
    ]
    assert cut_texts(panel) == []
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    settle(qtbot, window)
    assert opened(window) == (PageName.RECORD, Subject(lot="LX-1", code=OTHER_CODE))
    assert not panel.isVisible()


@pytest.mark.req("REQ-SUP-008")
def test_a_lot_is_chosen_on_the_supplies_page_of_who_does_not_read_the_record(
    qtbot: QtBot, desk: Desk, open_on: Callable[[Actor], MainWindow]
) -> None:
    more = [(CODE, f"A-{number}") for number in range(40)]  # they stand before it
    keep_lots(cast(Database, desk.station.open_unit_of_work), *more)
    window = open_on(TECHNICIAN)
    search(qtbot, window, "LX-1")
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    settle(qtbot, window)
    page = window.page
    assert isinstance(page, SuppliesPage)
    row = page.presenter.view().row
    assert row is not None
    assert (row.product.code, row.lot) == (OTHER_CODE, "LX-1")
    assert page.table.viewport().rect().intersects(page.table.visualRect(page.table.currentIndex()))


def test_nothing_found_is_a_sentence(qtbot: QtBot, open_on: Callable[[Actor], MainWindow]) -> None:
    window = open_on(PHARMACIST)
    search(qtbot, window, "Nobody")
    panel = window.search.panel
    assert panel.sentence == "Nothing found for “Nobody”. Searched: patients, orders, bags, lots."
    assert panel.list.rows == ()
    assert cut_texts(panel) == []
    QTest.keyClicks(focused(), "x")
    assert not panel.isVisible(), "the sentence was about another text"


def test_escape_goes_back_to_where_the_keyboard_was(
    qtbot: QtBot, open_on: Callable[[Actor], MainWindow]
) -> None:
    window = open_on(PHARMACIST)
    before = focused()
    search(qtbot, window, "lx-1")
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    assert focused() is window.search.panel.list
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert focused() is window.search.field
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert focused() is before
    assert not window.search.panel.isVisible()


def test_the_list_goes_away_with_the_keyboard(qtbot: QtBot, open_on: Callable[[Actor], MainWindow]) -> None:
    window = open_on(PHARMACIST)
    search(qtbot, window, "lx-1")
    assert window.page is not None
    target = window.page.first_focus()
    assert target is not None
    target.setFocus()
    QApplication.processEvents()
    assert not window.search.panel.isVisible()


@pytest.mark.parametrize(
    ("actor", "text", "page"),
    [
        (ADMINISTRATOR, "levesque", PageName.RECORD),
        (ADMINISTRATOR, BAG, PageName.RECORD),
        (TECHNICIAN, "lx-1 ", PageName.SUPPLIES),
    ],
)
def test_a_hit_is_opened_on_a_page_that_the_person_may_use(
    qtbot: QtBot, open_on: Callable[[Actor], MainWindow], actor: Actor, text: str, page: PageName
) -> None:
    window = open_on(actor)
    search(qtbot, window, text)
    if window.search.panel.isVisible():
        QTest.keyClick(focused(), Qt.Key.Key_Down)
        QTest.keyClick(focused(), Qt.Key.Key_Return)
        settle(qtbot, window)
    assert opened(window)[0] is page


def test_a_locked_station_has_no_search_and_forgets_what_was_typed(
    qtbot: QtBot, open_on: Callable[[Actor], MainWindow]
) -> None:
    window = open_on(PHARMACIST)
    search(qtbot, window, "lx-1")
    window.lock()
    settle(qtbot, window)
    assert not window.search.field.isVisible()
    assert not window.search.panel.isVisible()
    assert window.search.field.text() == ""
    QTest.keySequence(window, QKeySequence("Ctrl+K"))
    assert not window.search.field.hasFocus()
