"""The Bags page in the real window: the answer to a scan, and where a bag goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.bag import BagState
from pharmacy_app.domain.bag_event import MovedToPeripheral, ReleasedAgain
from pharmacy_app.domain.scan import BagScan
from pharmacy_app.workflow.desk import Desk
from pharmacy_app.workflow.label import Paper
from pharmacy_app.workflow.print_send import Target
from tests.support.bench import SECRET, Day, prepared
from tests.support.cut_text import cut_texts
from tests.support.stations import TECHNICIAN
from tests.support.wedge import scan
from tests.ui.conftest import settle
from ui.bag.page import BagsPage
from ui.main_window import MainWindow
from ui.page import PageName
from ui.person.second_person import SecondPersonDialog
from ui.widgets.ask_reason import AskReason
from ui.widgets.button import Button
from ui.widgets.finding import FindingView

Open = Callable[[Desk], MainWindow]
DUE = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)  # 14:00 in Toronto


@dataclass(slots=True)
class AtBags:
    """A released and labelled bag, and the page."""

    qtbot: QtBot
    window: MainWindow
    day: Day
    serial: str

    @property
    def page(self) -> BagsPage:
        page = self.window.page
        assert isinstance(page, BagsPage)
        return page

    def wait(self) -> None:
        for _ in range(3):
            settle(self.qtbot, self.window)
            QTest.qWait(0)

    def at(self, now: datetime) -> None:
        """Another moment comes; somebody is there all the while, so that the station does not lock."""
        self.day.now = now
        self.window.idleness.stir()

    def scan(self, text: str) -> None:
        scan(self.window, text)
        self.wait()

    @property
    def moves(self) -> dict[str, Button]:
        return {each.objectName().removeprefix("move "): each for each in self.page.answer.buttons}

    def press(self, move: str) -> None:
        self.qtbot.waitUntil(lambda: move in self.moves)
        self.moves[move].click()
        self.wait()

    def give_reason(self, reason: str) -> AskReason:
        dialog = self.page.dialog
        assert isinstance(dialog, AskReason)
        QTest.keyClicks(dialog.reason.edit, reason)
        dialog.give.click()
        self.wait()
        return dialog

    def sign(self, name: str, secret: str) -> SecondPersonDialog:
        dialog = self.page.dialog
        assert isinstance(dialog, SecondPersonDialog)
        dialog.form.name.set_text(name)
        QTest.keyClicks(dialog.form.secret.edit, secret)
        QTest.keyClick(dialog.form.secret.edit, Qt.Key.Key_Return)
        self.wait()
        return dialog

    def hang(self) -> None:
        """Hung at 14:00."""
        self.scan(f"{self.serial}01")
        self.press("refrigerate")
        self.press("dispense")
        self.at(DUE)
        self.press("take-out")
        self.press("hang")

    def stop_hung_bag(self) -> None:
        """Hung at 14:00 and stopped at once."""
        self.hang()
        self.press("stop")
        self.give_reason("Port re-accessed")

    @property
    def word(self) -> str:
        bag = self.page.presenter.view().bag
        assert bag is not None
        return bag.word

    def state_now(self) -> BagState:
        return self.day.bench().view(self.serial).bag.state


@pytest.fixture
def at_bags(qtbot: QtBot, open_window: Open, desk: Desk) -> AtBags:
    day = Day(desk.open_unit_of_work)
    day.stock()
    day.hire()
    serial = prepared(day, day.accept())
    day.release(serial)
    desk = desk.at_time(lambda: day.now)
    desk.printing.print_label(serial, Target(desk.printing.found_printers().names[0], Paper("4x3", 203)))
    desk.ledger.match(BagScan(serial, 0, ""), BagScan(serial, 1, ""))
    window = open_window(desk)
    window.go_to(PageName.BAGS)
    settle(qtbot, window)
    return AtBags(qtbot, window, day, serial)


@pytest.mark.req("REQ-HND-002")
def test_a_bag_is_handed_out_and_hung_by_scans_of_its_label(at_bags: AtBags) -> None:
    at_bags.scan(f"{at_bags.serial}01")
    assert at_bags.word == "NOT YET"
    at_bags.press("refrigerate")
    at_bags.press("dispense")
    assert at_bags.state_now() is BagState.DISPENSED
    at_bags.at(DUE)
    at_bags.scan(f"{at_bags.serial}01")
    assert at_bags.word == "NOT YET"  # on record it is in the refrigerator
    at_bags.press("take-out")
    assert at_bags.word == "HANG"
    at_bags.press("hang")
    assert at_bags.state_now() is BagState.HUNG


@pytest.mark.req("REQ-BUD-005")
def test_an_expired_bag_is_not_handed_out(at_bags: AtBags) -> None:
    at_bags.at(datetime(2026, 12, 20, 19, 0, tzinfo=UTC))
    at_bags.scan(f"{at_bags.serial}01")
    assert at_bags.word == "EXPIRED"
    at_bags.press("dispense")
    assert at_bags.state_now() is BagState.RELEASED
    assert at_bags.page.presenter.view().refused != ()


@pytest.mark.req("REQ-LBL-011")
def test_a_specimen_is_void(at_bags: AtBags) -> None:
    at_bags.scan("000000000100")
    assert at_bags.word == "VOID"


def test_a_bag_chosen_in_the_list_is_not_handed_out_without_a_scan_of_its_label(at_bags: AtBags) -> None:
    at_bags.page.list.chosen.emit(at_bags.serial)
    at_bags.wait()
    at_bags.press("dispense")
    assert at_bags.state_now() is BagState.RELEASED
    assert "ledger.tag-scanned" in [each.code for each in at_bags.page.presenter.view().refused]


def test_making_a_bag_void_asks_for_a_reason(at_bags: AtBags) -> None:
    at_bags.scan(f"{at_bags.serial}01")
    at_bags.press("void")
    dialog = at_bags.page.dialog
    assert isinstance(dialog, AskReason)
    dialog.give.click()
    at_bags.wait()
    assert at_bags.state_now() is BagState.RELEASED
    QTest.keyClicks(dialog.reason.edit, "The patient was discharged")
    dialog.give.click()
    at_bags.wait()
    assert at_bags.state_now() is BagState.VOID


@pytest.mark.req("REQ-VER-001")
def test_a_stopped_bag_is_released_again_by_the_secret_of_the_pharmacist_who_works_here(
    at_bags: AtBags,
) -> None:
    at_bags.stop_hung_bag()
    assert at_bags.state_now() is BagState.STOPPED
    at_bags.press("release-again")
    at_bags.give_reason("Port is back")
    dialog = at_bags.sign("achen", "wrong")
    assert [each.code for each in dialog.remarks] == ["person.sign-in-refused"]
    assert at_bags.state_now() is BagState.STOPPED
    at_bags.sign("achen", SECRET)
    assert at_bags.page.dialog is None
    assert at_bags.state_now() is BagState.DISPENSED
    event = at_bags.day.bench().view(at_bags.serial).bag.events[-1]
    assert (event.person, event.what) == ("achen", ReleasedAgain("Port is back"))


@pytest.mark.req("REQ-VER-001")
def test_a_pharmacist_beside_a_technician_releases_a_stopped_bag_again(at_bags: AtBags) -> None:
    at_bags.stop_hung_bag()
    at_bags.page.desk.station.seat.actor = TECHNICIAN
    at_bags.press("release-again")
    at_bags.give_reason("Port is back")
    dialog = at_bags.sign("mroy", SECRET)
    assert dialog.remarks != ()
    assert at_bags.state_now() is BagState.STOPPED
    at_bags.sign("spark", SECRET)
    assert at_bags.day.bench().view(at_bags.serial).bag.events[-1].person == "spark"
    assert at_bags.state_now() is BagState.DISPENSED


def test_nobody_signs_without_a_reason(at_bags: AtBags) -> None:
    at_bags.stop_hung_bag()
    at_bags.press("release-again")
    dialog = at_bags.give_reason(" ")
    assert at_bags.page.dialog is dialog


@pytest.mark.req("REQ-BUD-005")
def test_a_stopped_bag_past_its_limits_is_not_released_again_and_the_page_says_why(at_bags: AtBags) -> None:
    at_bags.stop_hung_bag()
    at_bags.press("release-again")
    at_bags.give_reason("Late")
    at_bags.at(datetime(2026, 12, 20, 19, 0, tzinfo=UTC))
    at_bags.sign("achen", SECRET)
    assert at_bags.page.dialog is None
    assert "ledger.past-start-by" in [each.code for each in at_bags.page.presenter.view().refused]
    assert at_bags.state_now() is BagState.STOPPED


@pytest.mark.parametrize("size", [(1280, 720), (1366, 768)])
def test_nothing_of_the_signing_is_cut(at_bags: AtBags, size: tuple[int, int]) -> None:
    at_bags.window.resize(*size)
    at_bags.stop_hung_bag()
    assert cut_texts(at_bags.page) == []
    at_bags.press("release-again")
    at_bags.give_reason("The port was accessed again and flushes well")
    dialog = at_bags.page.dialog
    assert dialog is not None
    assert cut_texts(dialog) == []


@pytest.mark.parametrize("size", [(1280, 720), (1366, 768)])
def test_nothing_is_cut(at_bags: AtBags, size: tuple[int, int]) -> None:
    at_bags.window.resize(*size)
    at_bags.scan(f"{at_bags.serial}01")
    assert cut_texts(at_bags.page) == []


@pytest.mark.req("REQ-INT-004", "REQ-SUP-005")
@pytest.mark.parametrize("size", [(1280, 720), (1366, 768)])
def test_a_hung_bag_goes_to_a_peripheral_line_with_a_reason_and_the_page_says_so_from_then_on(
    at_bags: AtBags, size: tuple[int, int]
) -> None:
    at_bags.window.resize(*size)
    at_bags.hang()
    at_bags.press("move-line")
    dialog = at_bags.give_reason(" ")
    assert [each.remark.code for each in dialog.findChildren(FindingView)] == ["ledger.reason-missing"]
    assert cut_texts(dialog) == []
    dialog.reason.edit.clear()
    at_bags.give_reason("The port does not run")
    assert at_bags.state_now() is BagState.HUNG
    bag = at_bags.day.bench().view(at_bags.serial).bag
    assert bag.every(MovedToPeripheral) == (MovedToPeripheral("The port does not run"),)
    view = at_bags.page.presenter.view().bag
    assert view is not None
    assert view.word == "HANG"
    assert "ledger.peripheral" in [each.code for each in view.remarks]
    assert cut_texts(at_bags.page) == []


@pytest.mark.req("REQ-INT-004", "REQ-VER-001")
def test_a_technician_is_told_that_the_peripheral_line_is_a_pharmacists_decision(at_bags: AtBags) -> None:
    at_bags.hang()
    at_bags.page.desk.station.seat.actor = TECHNICIAN
    at_bags.press("move-line")
    dialog = at_bags.give_reason("The port does not run")
    assert [each.remark.code for each in dialog.findChildren(FindingView)] == [
        "person.not-permitted.give-reason"
    ]
    assert at_bags.day.bench().view(at_bags.serial).bag.every(MovedToPeripheral) == ()
