"""The second view of the Record page: from a lot to its bags, and the lot recalled."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db.engine import Database
from pharmacy_app.domain.bag_event import Dispensed, Finished, Hung, Measured, Released
from pharmacy_app.domain.product import LotState, lot_key
from pharmacy_app.workflow.desk import Desk
from pharmacy_app.workflow.record_export import Form
from tests.support.cut_text import cut_texts
from tests.support.facts import events, scanned, some, started
from tests.support.record_books import csv_rows, whole_record
from tests.support.records import keep, keep_events, keep_plan, stored
from tests.support.stations import ADMINISTRATOR
from tests.ui.record.conftest import OpenPage, Settle
from tests.ui.record.test_scans import scan
from tests.workflow.record.test_recall import CODE, OTHER_CODE, keep_lots
from ui.page import PageName, Subject, Way
from ui.record.page import RecordPage
from ui.scan_answer import AnswerKind

HANGS, BEGUN, OTHER = "2611200001", "2611200002", "2611200003"


@pytest.fixture
def page(file: Database, open_page: OpenPage, settle: Settle) -> RecordPage:
    """The second view: a bag that hangs, one that is begun, and one with another product's lot."""
    keep(file, stored())
    keep_plan(file)
    keep_lots(file, (CODE, "A-1"), (OTHER_CODE, "A-1"), (CODE, "B-2"))
    hung = (some(Measured), some(Finished), some(Released), some(Dispensed), some(Hung))
    keep_events(
        file,
        *events(started(), scanned(CODE, "A-1"), serial=BEGUN),
        *events(started(), scanned(CODE, "A-1"), *hung, serial=HANGS),
        *events(started(), scanned(OTHER_CODE, "A-1"), serial=OTHER),
    )
    opened = open_page()
    opened.show_view("recall")
    settle()
    return opened


def look_up(page: RecordPage, settle: Settle, lot: str) -> None:
    """Type a lot and press Enter."""
    edit = page.recalling.part.lot.edit
    edit.setFocus()
    edit.clear()
    QTest.keyClicks(edit, lot)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    settle()


def choose_product(page: RecordPage, settle: Settle, code: str) -> None:
    field = page.recalling.part.product
    field.set_value(code)
    field.typed.emit()
    settle()


def bags(page: RecordPage) -> list[str]:
    return [row.key for row in page.recalling.part.table.rows]


@pytest.mark.req("REQ-SUP-010")
def test_a_typed_lot_leads_to_its_bags_and_patients_what_hangs_first(
    page: RecordPage, settle: Settle
) -> None:
    look_up(page, settle, "A-1")
    choose_product(page, settle, CODE)
    part = page.recalling.part
    assert part.result.replace("\u00a0", " ") == "2 bags, 1 hangs now"
    assert bags(page) == [HANGS, BEGUN]
    first = part.table.rows[0].cells
    assert [(cell.upper, cell.lower) for cell in first] == [
        ("Hanging", "At the patient, 6 East, bed 12"),
        ("TREMBLAY, Anne-Marie", "Record number 4471023"),
        ("261120 0001", "RX-1001, bag 3 of 4"),
        ("Hung NOV-20 12:00", "1 of this lot in it"),
    ]
    assert first[0].icon == "stop"
    chosen = page.recalling.presenter.view(None).bag
    assert ("Hung", "2026-NOV-20 12:00 UTC-05:00") in chosen
    assert ("Patient", "TREMBLAY, Anne-Marie") in chosen


@pytest.mark.req("REQ-SUP-010")
def test_a_number_of_several_products_shows_all_of_them_and_asks_which_one_is_recalled(
    page: RecordPage, settle: Settle
) -> None:
    look_up(page, settle, "A-1")
    part = page.recalling.part
    assert bags(page) == [HANGS, BEGUN, OTHER]
    assert part.product.isVisible()
    assert part.recall.why == "Choose the product whose lot is recalled."
    choose_product(page, settle, OTHER_CODE)
    assert bags(page) == [OTHER]
    assert part.recall.why == ""
    choose_product(page, settle, "")
    assert bags(page) == [HANGS, BEGUN, OTHER]


def test_a_lot_without_bags_says_so(page: RecordPage, settle: Settle) -> None:
    look_up(page, settle, "B-2")
    assert page.recalling.part.result == "No bag holds it"
    assert not page.recalling.part.product.isVisible()
    assert not page.recalling.part.table.isVisible()


def test_a_lot_that_is_not_on_file_is_refused_at_its_field_and_the_former_bags_are_gone(
    page: RecordPage, settle: Settle
) -> None:
    look_up(page, settle, "A-1")
    look_up(page, settle, "A-11")
    part = page.recalling.part
    assert [each.sentence for each in part.lot.remarks] == [
        "Given A-11. Expected the number of a lot on file."
    ]
    assert (part.result, bags(page)) == ("", [])
    assert not any(button.isVisible() for button in page.giving_out.buttons.values())


@pytest.mark.req("REQ-SUP-010")
def test_a_scan_of_one_unit_leads_to_the_bags_of_that_products_lot(
    page: RecordPage, settle: Settle, file: Database
) -> None:
    assert page.scan_expected() == "Scan one unit of the lot: every bag that holds it"
    answer = scan(page, settle, "(01)02002611000019(17)271130(10)A-1(21)77")
    settle()
    assert answer.kind is AnswerKind.ACCEPTED
    assert [each.code for each in page.recalling.part.lot.remarks] == ["expected.lot-on-file"]
    page.recalling.ask_for("A-1", CODE)
    settle()
    assert bags(page) == [HANGS, BEGUN]


def test_the_search_leads_to_a_lots_bags(page: RecordPage, settle: Settle) -> None:
    page.show_view("entries")
    page.show_subject(Subject(lot="A-1", code=OTHER_CODE))
    settle()
    assert page.view == "recall"
    assert bags(page) == [OTHER]


@pytest.mark.req("REQ-SUP-010")
def test_a_lot_is_recalled_with_a_reason_and_its_bags_are_counted(
    page: RecordPage, desk: Desk, settle: Settle
) -> None:
    page.recalling.ask_for("A-1", CODE)
    settle()
    part = page.recalling.part
    part.recall.button.click()
    dialog = page.recalling.dialog
    assert dialog is not None
    dialog.give.click()
    settle()
    assert dialog.isVisible()
    assert state(desk, CODE) is LotState.AVAILABLE
    dialog.reason.set_text("The maker's letter 17")
    dialog.give.click()
    settle()
    settle()
    assert state(desk, CODE) is LotState.RECALLED
    assert state(desk, OTHER_CODE) is LotState.AVAILABLE
    assert part.said == "Lot A-1 is recalled. Bags that hold it: 2."
    assert part.recall.why == "This lot is recalled already."
    assert ("State", "recalled") in page.recalling.presenter.view(None).facts


def state(desk: Desk, code: str) -> LotState:
    with desk.open_unit_of_work(reading=True) as work:
        lot = work.lots.latest(lot_key(code, "A-1"))
    assert lot is not None
    return lot.state


def test_an_administrator_reads_and_is_told_who_recalls(page: RecordPage, desk: Desk, settle: Settle) -> None:
    desk.station.seat.actor = ADMINISTRATOR
    page.recalling.ask_for("A-1", CODE)
    settle()
    assert bags(page) == [HANGS, BEGUN]
    assert not page.recalling.part.recall.button.isEnabled()
    assert "pharmacist" in page.recalling.part.recall.why


def test_enter_on_a_bag_opens_it(page: RecordPage, settle: Settle) -> None:
    ways: list[Way] = []
    page.followed.connect(ways.append)
    page.recalling.ask_for("A-1", CODE)
    settle()
    table = page.recalling.part.table
    table.setFocus()
    table.selectRow(1)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert ways == [Way(PageName.WORKSHEET, Subject("RX-1001", 3))]


@pytest.mark.req("REQ-SUP-010")
@pytest.mark.parametrize("form", [Form.CSV, Form.PDF])
def test_the_bags_are_given_out_as_a_file(
    page: RecordPage, file: Database, settle: Settle, tmp_path: Path, form: Form
) -> None:
    page.recalling.ask_for("A-1", CODE)
    settle()
    place = tmp_path / "given"
    asked: list[str] = []

    def ask(name: str, _form: Form) -> Path:
        asked.append(name)
        return place

    page.giving_out.ask_place = ask
    assert not page.giving_out.buttons[Form.JSON].isVisible()
    page.giving_out.buttons[form].click()
    settle()
    settle()
    assert asked == [f"recall.{form.value}"]
    assert [each.act for each in whole_record(file)].count("recall-exported") == 1
    if form is Form.CSV:
        assert ["Bags", "2 bags, 1 hangs now"] in csv_rows(place.read_bytes())
    else:
        assert place.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("size", [(1132, 602), (1218, 650)])
def test_nothing_is_cut_off(qtbot: QtBot, page: RecordPage, settle: Settle, size: tuple[int, int]) -> None:
    page.window().resize(*size)
    for lot, code in (("A-1", ""), ("A-1", CODE), ("A-9", "")):
        page.recalling.ask_for(lot, code)
        settle()
        qtbot.waitUntil(lambda: cut_texts(page) == [])
