"""The Supplies page worked as a person works it. What could hurt stands first."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from pharmacy_app.domain.product import LotState, ProductKind
from pharmacy_app.workflow.desk import Desk
from tests.support.cut_text import cut_texts
from tests.support.stations import TECHNICIAN
from tests.ui.supplies.conftest import Settle
from ui.page import Subject
from ui.scan_answer import ScanAnswer
from ui.supplies.page import SuppliesPage
from ui.supplies.reason_dialog import ReasonDialog
from ui.supplies.view import Shelf

VIAL = "02002611000019"
STORAGE = "Unopened: 2–8\u00a0°C, in the carton, away from light (published)."
UNIT = "(01)02002611000019(17)271130(10)TV8001(21)"


def choose(page: SuppliesPage, lot: str) -> None:
    page.table.selectRow(next(at for at, row in enumerate(page.table.rows) if row.lot == lot))


def state(desk: Desk, lot: str) -> LotState:
    return next(each.state for each in desk.stock.lots() if each.lot == lot)


def reason_dialog(page: SuppliesPage, act: str, settle: Settle) -> ReasonDialog:
    page.chosen.buttons[act].click()
    settle()
    dialog = page.acts.dialog
    assert isinstance(dialog, ReasonDialog)
    return dialog


def scan(page: SuppliesPage, settle: Settle, text: str) -> ScanAnswer:
    answers: list[ScanAnswer] = []
    page.scan_answered.connect(answers.append)
    page.scanned(text)
    settle()
    page.scan_answered.disconnect(answers.append)
    (answer,) = answers
    return answer


@pytest.mark.req("REQ-SUP-008")
def test_a_lot_is_recalled_only_with_a_reason_and_the_dialog_says_that_it_is_for_good(
    page: SuppliesPage, desk: Desk, settle: Settle
) -> None:
    choose(page, "TV7741")
    dialog = reason_dialog(page, "recall", settle)

    dialog.give.click()
    settle()
    assert [each.code for each in dialog.remarks] == ["stock.reason"]
    assert state(desk, "TV7741") is LotState.AVAILABLE

    dialog.reason.set_text("maker's letter")
    dialog.give.click()
    settle()
    assert state(desk, "TV7741") is LotState.RECALLED
    assert page.said == "Lot TV7741 is recalled. Bags it went into: 0."
    row = page.presenter.view().row
    assert row is not None
    assert row.state.word == "Recalled"
    assert not any(page.chosen.buttons[name].isEnabled() for name in ("quarantine", "release", "recall"))


@pytest.mark.req("REQ-SUP-008")
def test_a_lot_that_was_looked_for_is_chosen_once_for_each_search(page: SuppliesPage, settle: Settle) -> None:
    def chosen() -> str:
        row = page.presenter.view().row
        return "" if row is None else row.lot

    page.shelves.chosen.emit((Shelf.PRODUCTS.value,))
    searched = Subject(lot="TV7741", code=VIAL)
    page.show_subject(searched)
    assert (page.presenter.shelf, chosen()) == (Shelf.LOTS, "TV7741")
    page.reload()
    settle()
    assert chosen() == "TV7741"
    other = next(row.lot for row in page.table.rows if row.lot != "TV7741")
    choose(page, other)
    page.show_subject(searched)  # the page is opened again, without a search
    assert chosen() == other
    page.show_subject(Subject(lot="TV7741", code=VIAL))  # looked for once more
    assert chosen() == "TV7741"
    page.show_subject(Subject("RX-1"))
    assert chosen() == "TV7741"


@pytest.mark.req("REQ-SUP-008")
def test_a_lot_goes_into_quarantine_and_out_of_it(page: SuppliesPage, desk: Desk, settle: Settle) -> None:
    choose(page, "TV7741")
    for act, wanted in (("quarantine", LotState.QUARANTINED), ("release", LotState.AVAILABLE)):
        dialog = reason_dialog(page, act, settle)
        dialog.reason.set_text("carton")
        QTest.keyClick(dialog.reason.edit, Qt.Key.Key_Return)
        settle()
        assert state(desk, "TV7741") is wanted


@pytest.mark.req("REQ-BUD-007")
def test_a_technician_records_that_a_lot_was_taken_out_and_put_back(
    page: SuppliesPage, desk: Desk, settle: Settle
) -> None:
    desk.station.seat.actor = TECHNICIAN
    page.reload()
    settle()
    choose(page, "TV7741")
    assert page.chosen.kept == STORAGE
    assert not page.chosen.buttons["return"].isVisible()
    dialog = reason_dialog(page, "out", settle)
    assert dialog.time is not None
    assert dialog.time.edit.hasFocus()

    dialog.time.set_text("24:00")
    dialog.reason.set_text("Door open")
    dialog.give.click()
    settle()
    assert [each.field for each in dialog.time.remarks] == ["time"]
    dialog.time.set_text("2199-01-01 10:00")
    dialog.reason.set_text("")
    dialog.give.click()
    settle()
    assert [each.code for each in dialog.remarks] == ["stock.outside-later", "stock.reason"]

    dialog.time.set_text("")
    dialog.reason.set_text("Door open")
    QTest.keyClick(dialog.reason.edit, Qt.Key.Key_Return)
    settle()
    assert page.said.startswith("Lot TV7741 is out of the refrigerator since 2")
    row = page.presenter.view().row
    assert row is not None
    assert row.state.word == "Outside 2–8 °C"
    assert "out since 2" in page.chosen.kept
    assert not page.chosen.buttons["out"].isVisible()

    dialog = reason_dialog(page, "return", settle)
    dialog.reason.set_text("Door shut")
    dialog.give.click()
    settle()
    assert page.said.startswith("Lot TV7741 is back in the refrigerator since 2")
    assert page.chosen.buttons["out"].isVisible()


@pytest.mark.req("REQ-BUD-007")
def test_a_lot_that_is_no_part_of_the_kit_has_neither_act(page: SuppliesPage) -> None:
    row = next(each for each in page.table.rows if each.product.kind is ProductKind.BAG)
    choose(page, row.lot)
    assert page.chosen.kept == ""
    assert not any(page.chosen.buttons[name].isVisible() for name in ("out", "return"))


@pytest.mark.req("REQ-BUD-007")
def test_what_is_received_of_the_kit_says_how_it_is_kept(page: SuppliesPage, settle: Settle) -> None:
    scan(page, settle, f"{UNIT}A1")
    assert page.receiving.storage == STORAGE


def test_leaving_the_dialog_changes_nothing(page: SuppliesPage, desk: Desk, settle: Settle) -> None:
    choose(page, "TV7741")
    dialog = reason_dialog(page, "quarantine", settle)
    dialog.reason.set_text("carton")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    settle()
    assert state(desk, "TV7741") is LotState.AVAILABLE


@pytest.mark.req("REQ-SUP-008", "REQ-VER-001")
def test_a_technician_sees_who_may_recall_and_may_receive(
    page: SuppliesPage, desk: Desk, settle: Settle
) -> None:
    desk.station.seat.actor = TECHNICIAN
    page.reload()
    settle()
    choose(page, "TV7741")
    assert page.chosen.buttons["quarantine"].isEnabled()
    assert not page.chosen.buttons["recall"].isEnabled()
    assert "It is for: pharmacist." in page.chosen.why
    assert not page.new_product.isEnabled()
    assert page.receiving.button.isEnabled()


@pytest.mark.req("REQ-SUP-008")
def test_units_are_received_by_scanning_each(page: SuppliesPage, desk: Desk, settle: Settle) -> None:
    answers = [scan(page, settle, f"{UNIT}{serial}") for serial in ("A1", "A2", "A1")]
    assert [each.kind.value for each in answers] == ["accepted", "accepted", "refused"]
    assert answers[1].sentence == "Blinatumomab 38.5 mcg vial, lot TV8001: 2 counted."
    assert page.scan_expected() == "Scan the next unit of lot TV8001, or type how many there are"
    assert [lot.lot for lot in desk.stock.lots() if lot.lot == "TV8001"] == []

    page.receiving.button.click()
    settle()
    (lot,) = [each for each in desk.stock.lots() if each.lot == "TV8001"]
    assert (lot.code, lot.quantity, lot.expires_on.isoformat()) == (VIAL, 2, "2027-11-30")
    assert page.receiving.said == f"Lot TV8001: 2 received. {STORAGE}"
    assert page.draft.texts == {"code": "", "lot": "", "expires_on": "", "quantity": ""}
    row = page.presenter.view().row
    assert row is not None
    assert row.lot == "TV8001"


@pytest.mark.req("REQ-SUP-008")
def test_a_package_whose_product_is_unknown_is_a_stop_and_is_not_received(
    page: SuppliesPage, desk: Desk, settle: Settle
) -> None:
    answer = scan(page, settle, "(01)00614141123452(17)271130(10)X1")
    assert answer.kind.value == "stop"
    before = desk.stock.lots()
    page.receiving.button.click()
    settle()
    assert [each.code for each in page.receiving.remarks] == ["lot.product-unknown"]
    assert desk.stock.lots() == before


def test_a_code_that_cannot_be_read_is_refused_at_its_field(page: SuppliesPage, settle: Settle) -> None:
    assert scan(page, settle, "(01)02002611000018").kind.value == "refused"
    assert [each.field for each in page.receiving.fields["code"].remarks] == ["code"]


def test_a_bag_of_this_pharmacy_is_not_received(page: SuppliesPage, settle: Settle) -> None:
    answer = scan(page, settle, "261120000100")
    assert (answer.kind.value, answer.sentence) == (
        "refused",
        "This is a bag of this pharmacy, not a supply.",
    )


@pytest.mark.req("REQ-SUP-008")
def test_what_is_typed_is_received_or_refused_at_its_field(
    page: SuppliesPage, desk: Desk, settle: Settle
) -> None:
    fields = page.receiving.fields
    fields["code"].set_focus()
    QTest.keyClicks(fields["code"].edit, VIAL)
    QTest.keyClick(fields["code"].edit, Qt.Key.Key_Return)
    settle()
    for name, text in (("lot", "TV7741"), ("quantity", "1.5"), ("expires_on", "30/11/2027")):
        QTest.keyClicks(fields[name].edit, text)
    page.receiving.button.click()
    settle()
    assert {each.field for each in page.receiving.remarks} == {"quantity", "expires_on"}

    for name, text in (("quantity", "6"), ("expires_on", "2027-11-30")):
        fields[name].edit.selectAll()
        QTest.keyClicks(fields[name].edit, text)
    page.receiving.button.click()
    settle()
    assert [each.code for each in page.receiving.remarks] == ["stock.expiry-differs"]
    assert fields["expires_on"].text == "2027-11-30", "what was typed stays as typed"
    assert page.holds_unsaved()


@pytest.mark.parametrize("size", [(1132, 602), (1218, 650), (1772, 962)])
@pytest.mark.parametrize("shelf", [0, 1])
def test_nothing_is_cut_off(page: SuppliesPage, settle: Settle, size: tuple[int, int], shelf: int) -> None:
    window = page.window()
    window.resize(*size)
    page.shelves.segments()[shelf].click()
    settle()
    for at in range(len(page.table.rows)):
        page.table.selectRow(at)
        settle()
        assert cut_texts(window) == []


@pytest.mark.parametrize("opened", ["quarantine", "out", "product", "refused"])
def test_nothing_is_cut_off_in_the_dialogs(
    page: SuppliesPage, settle: Settle, opened: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"x")
    page.acts.ask_file = lambda _title: path
    choose(page, "TV7741")
    buttons = {
        "quarantine": page.chosen.buttons["quarantine"],
        "out": page.chosen.buttons["out"],
        "product": page.new_product,
        "refused": page.take_in,
    }
    buttons[opened].click()
    settle()
    dialog = page.acts.dialog
    assert isinstance(dialog, QWidget)
    assert cut_texts(dialog) == []
    dialog.close()
