"""Printing from the Label page: one press, one label; then tag and label are scanned, or a person decides."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.errors import StationTrouble
from pharmacy_app.domain.print_job import PrintState
from pharmacy_app.workflow.desk import Desk
from pharmacy_app.workflow.label import Paper
from pharmacy_app.workflow.print_record import jobs_of
from pharmacy_app.workflow.print_send import Target
from pharmacy_app.workflow.printers import PrinterList
from tests.support.bench import SECRET, Day
from tests.support.cut_text import cut_texts
from tests.support.printing import NO_ANSWER, REFUSED, FakePrinters, prepared_bag, released_bag
from tests.support.stations import OTHER_PHARMACIST
from tests.ui.desks import NOW
from tests.ui.label.at_the_printer import AtThePrinter, Open, opened
from ui.page import PageName, Subject
from ui.scan_answer import AnswerKind

SIZES = [(1280, 720), (1366, 768)]


@pytest.fixture
def printing(qtbot: QtBot, open_window: Open, desk: Desk) -> AtThePrinter:
    assert isinstance(desk.printers, FakePrinters)
    serial = released_bag(Day(desk.open_unit_of_work, now=NOW))
    return opened(qtbot, open_window(desk), desk, serial)


@pytest.mark.req("REQ-VER-005")
def test_a_bag_that_is_not_released_shows_a_specimen_and_no_print_button(
    qtbot: QtBot, open_window: Open, desk: Desk
) -> None:
    serial = prepared_bag(Day(desk.open_unit_of_work, now=NOW))
    waiting = opened(qtbot, open_window(desk), desk, serial)
    made = waiting.page.presenter.made
    assert made is not None
    assert made.content.print_text == "SPECIMEN – NOT RELEASED"
    assert waiting.offered() == ["save"]
    assert not waiting.page.choices.printer.isVisibleTo(waiting.page)


@pytest.mark.req("REQ-LBL-009")
def test_one_press_prints_one_label(printing: AtThePrinter) -> None:
    made = printing.page.presenter.made
    assert made is not None
    assert (made.content.print_text, made.serial) == ("LABEL 1", printing.serial)
    assert printing.offered() == ["print"]
    assert printing.page.scan_expected() == "Nothing here waits for a scan"
    printing.page.giving.print.click()
    printing.page.giving.print.click()
    printing.settle()
    assert printing.printers.documents == [made.pdf]
    assert printing.states() == [PrintState.SENT]
    assert printing.offered() == ["printed", "not_printed"]
    told = "Label 1 went to Zebra, NOV-20 10:00. Stick it on, then scan label and tag."
    assert printing.page.giving.told.replace("\u00a0", " ") == told


@pytest.mark.req("REQ-LBL-009")
def test_enter_prints_too(printing: AtThePrinter) -> None:
    QTest.keyClick(printing.page, Qt.Key.Key_Return)
    printing.settle()
    assert len(printing.printers.documents) == 1


@pytest.mark.req("REQ-VER-005")
@pytest.mark.parametrize("first", ["01", "00"])
def test_tag_and_label_scanned_in_either_order_close_the_print(printing: AtThePrinter, first: str) -> None:
    printing.press("print")
    assert "Scan label and tag" in printing.page.scan_expected()
    second = "00" if first == "01" else "01"
    answer = printing.scan(printing.serial + first)
    assert (answer.kind, printing.states()) == (AnswerKind.ACCEPTED, [PrintState.SENT])
    missing = "tag" if first == "01" else "label"
    assert printing.page.scan_expected().startswith(f"Scan the {missing} of bag 261120 0001")
    answer = printing.scan(printing.serial + second)
    assert answer.kind is AnswerKind.ACCEPTED
    assert answer.sentence == "Tag and label of bag 261120 0001 agree."
    assert printing.states() == [PrintState.CONFIRMED]
    assert printing.offered() == ["again"]
    assert "is on the bag" in printing.page.giving.told
    assert printing.page.scan_expected() == "Nothing here waits for a scan"


@pytest.mark.req("REQ-LBL-009")
def test_the_label_of_another_bag_is_a_stop(printing: AtThePrinter) -> None:
    printing.press("print")
    answer = printing.scan("261120000201")
    assert answer.kind is AnswerKind.STOP
    assert answer.sentence.startswith("This is bag 261120 0002, not bag 261120 0001.")
    assert printing.states() == [PrintState.SENT]


@pytest.mark.req("REQ-LBL-009")
def test_a_void_label_is_a_stop(printing: AtThePrinter) -> None:
    printing.printers.outcome = REFUSED
    printing.press("print")
    printing.printers.outcome = FakePrinters().outcome
    printing.press("print")
    printing.scan(f"{printing.serial}00")
    answer = printing.scan(f"{printing.serial}01")
    assert answer.kind is AnswerKind.STOP
    assert answer.sentence.startswith("VOID – reprinted.")


def test_another_code_is_refused_in_words(printing: AtThePrinter) -> None:
    printing.press("print")
    assert printing.scan("B-17").kind is AnswerKind.REFUSED
    assert printing.scan("000000000100").kind is not AnswerKind.ACCEPTED


@pytest.mark.req("REQ-LBL-009")
def test_a_printer_that_refuses_is_told_and_the_next_label_is_number_2(
    printing: AtThePrinter,
) -> None:
    printing.printers.outcome = REFUSED
    printing.press("print")
    assert "Printer Zebra refused the label: out of labels." in printing.remarks()
    assert printing.states() == [PrintState.FAILED]
    assert printing.page.giving.told == "Label 1 did not print: out of labels"
    printing.printers.outcome = FakePrinters().outcome
    printing.press("print")
    assert printing.states() == [PrintState.FAILED, PrintState.SENT]
    made = printing.page.presenter.made
    assert made is not None
    assert made.content.print_text == "REPRINT 2 – previous label void"


@pytest.mark.req("REQ-LBL-009")
def test_after_trouble_nothing_is_printed_by_itself(printing: AtThePrinter) -> None:
    printing.printers.outcome = NO_ANSWER
    printing.press("print")
    printing.page.reload()
    printing.settle()
    assert "Printer Zebra did not answer in time." in printing.remarks()
    assert len(printing.printers.documents) == 1
    assert printing.states() == [PrintState.UNKNOWN]
    assert "Nobody knows whether label 1 printed:" in printing.page.giving.told


@pytest.mark.req("REQ-LBL-009")
def test_a_person_says_that_it_did_not_print_and_why(printing: AtThePrinter) -> None:
    printing.press("print")
    printing.press("not_printed")
    dialog = printing.page.acts.asking
    assert dialog is not None
    dialog.give.click()
    printing.settle()
    assert dialog.isVisible()
    assert printing.states() == [PrintState.SENT]
    QTest.keyClicks(dialog.reason.edit, "jammed")
    dialog.give.click()
    printing.settle()
    assert printing.states() == [PrintState.FAILED]
    assert printing.page.giving.told == "Label 1 did not print: jammed"


@pytest.mark.req("REQ-LBL-009")
def test_a_reprint_asks_for_a_reason_and_a_second_person(printing: AtThePrinter) -> None:
    printing.press("print")
    printing.press("printed")
    assert printing.offered() == ["again"]
    printing.press("again")
    reason = printing.page.acts.asking
    assert reason is not None
    reason.give.click()
    assert reason.isVisible()
    QTest.keyClicks(reason.reason.edit, "smudged")
    reason.give.click()
    printing.settle()
    second = printing.page.acts.second
    assert second is not None
    assert len(printing.printers.documents) == 1
    for secret in ("wrong horse 7", SECRET):
        second.scanned(OTHER_PHARMACIST.person)
        QTest.keyClicks(second.form.secret.edit, secret)
        second.form.enter.button.click()
        printing.settle()
    assert printing.states() == [PrintState.CONFIRMED, PrintState.SENT]
    with printing.desk.open_unit_of_work(reading=True) as work:
        newest = jobs_of(work, printing.serial)[-1]
    assert (newest.reason, newest.second_person) == ("smudged", OTHER_PHARMACIST.person)


@pytest.mark.req("REQ-LBL-009")
def test_what_another_station_left_open_is_shown_and_decided(
    qtbot: QtBot, open_window: Open, desk: Desk
) -> None:
    serial = released_bag(Day(desk.open_unit_of_work, now=NOW))
    assert isinstance(desk.printers, FakePrinters)
    desk.printers.outcome = NO_ANSWER
    with pytest.raises(StationTrouble):
        desk.printing.print_label(serial, target())
    window = open_window(desk)
    window.go_to(PageName.LABEL, Subject("RX-1001", 2))
    found = AtThePrinter(qtbot, window, desk, desk.printers, serial, [])
    found.settle()
    (unknown,) = found.page.unknown.shown
    assert (unknown.serial, unknown.number) == (serial, 1)
    assert "Bag 261120 0001, label 1: went to Zebra" in unknown.told
    found.page.unknown.decided.emit(unknown, True)
    found.settle()
    assert found.states() == [PrintState.CONFIRMED]
    assert found.page.unknown.shown == ()
    assert not found.page.unknown.isVisibleTo(found.page)


def target() -> Target:
    return Target("Zebra", Paper("4x3", 203))


class NoPrinters(FakePrinters):
    """A station without a printing service."""

    def found(self) -> PrinterList:
        return PrinterList((), StationTrouble("trouble.printer.no-service"))


def test_without_a_printer_nothing_is_printed_and_it_says_why(
    qtbot: QtBot, open_window: Open, desk: Desk
) -> None:
    bare = replace(desk, printers=NoPrinters())
    serial = released_bag(Day(desk.open_unit_of_work, now=NOW))
    found = opened(qtbot, open_window(bare), bare, serial)
    assert not found.page.giving.print.isEnabled()
    assert found.page.giving.why_not == "This station has no printer."
    assert "the command lp is missing" in found.page.choices.trouble


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("through", ["released", "printed", "matched", "unknown"])
def test_no_text_is_cut(printing: AtThePrinter, through: str, size: tuple[int, int]) -> None:
    printing.window.resize(*size)
    if through == "unknown":
        printing.printers.outcome = NO_ANSWER
    if through != "released":
        printing.press("print")
    if through == "matched":
        printing.scan(f"{printing.serial}00")
        printing.scan(f"{printing.serial}01")
    printing.settle()
    assert printing.window.size().toTuple() == size
    printing.qtbot.waitUntil(lambda: cut_texts(printing.page) == [])
