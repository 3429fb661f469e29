"""The Verify page in the real window: opened by a scan, own figures first, signed with the secret."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.bag import BagState
from pharmacy_app.workflow.desk import Desk
from tests.support.bench import SECRET, Day, prepared
from tests.support.stations import PHARMACIST
from tests.ui.conftest import settle
from tests.ui.desks import NOW
from ui.main_window import MainWindow
from ui.page import PageName
from ui.verify.page import VerifyPage

Open = Callable[[Desk], MainWindow]


@dataclass(frozen=True, slots=True)
class Verifying:
    """An open Verify page and a bag that waits."""

    qtbot: QtBot
    window: MainWindow
    day: Day
    serial: str

    @property
    def page(self) -> VerifyPage:
        page = self.window.page
        assert isinstance(page, VerifyPage)
        return page

    def scan(self, text: str) -> None:
        self.page.scanned(text)
        settle(self.qtbot, self.window)

    def type_figures(self, drug: str, total: str) -> None:
        QTest.keyClicks(self.page.drug.field.edit, drug)
        QTest.keyClicks(self.page.total.field.edit, total)
        QTest.keyClick(self.page.total.field.edit, Qt.Key.Key_Return)
        settle(self.qtbot, self.window)

    def sign(self, secret: str) -> None:
        QTest.keyClicks(self.page.secret.edit, secret)
        QTest.keyClick(self.page.secret.edit, Qt.Key.Key_Return)
        settle(self.qtbot, self.window)

    def state(self) -> BagState:
        return self.day.bench().view(self.serial).bag.state


@pytest.fixture
def verifying(qtbot: QtBot, open_window: Open, desk: Desk) -> Verifying:
    day = Day(desk.open_unit_of_work, now=NOW)
    day.stock()
    day.hire()
    serial = prepared(day, day.accept())
    window = open_window(desk)
    window.go_to(PageName.VERIFY)
    settle(qtbot, window)
    return Verifying(qtbot, window, day, serial)


def test_a_bag_opens_by_the_scan_of_its_tag_alone(verifying: Verifying) -> None:
    view = verifying.page.presenter.view()
    assert [each.serial for each in view.waiting] == ["261120 0001"]
    assert view.sides == ()
    verifying.scan("261120000100")
    assert [side.title for side in verifying.page.presenter.view().sides] == [
        "Ordered", "Calculated", "Prepared"]  # fmt: skip


@pytest.mark.req("REQ-VER-003")
def test_volumes_stay_covered_until_both_own_figures_are_typed(verifying: Verifying) -> None:
    verifying.scan("261120000100")
    view = verifying.page.presenter.view()
    shown = [fact.value for side in view.sides for fact in side.facts]
    assert not any("10.7" in text or "286.2" in text or "46.2" in text for text in shown)
    assert not verifying.page.sign.button.isEnabled()
    verifying.type_figures("10.7", "286.2")
    view = verifying.page.presenter.view()
    assert "10.7 mL · 4 vials" in [fact.value for fact in view.sides[1].facts]
    assert view.sides[2].headline == "286.2 mL in the bag"
    assert verifying.page.sign.button.isEnabled()


@pytest.mark.req("REQ-VER-003")
def test_a_figure_that_differs_stops_and_is_said_at_its_field(verifying: Verifying) -> None:
    verifying.scan("261120000100")
    verifying.type_figures("10.2", "286.2")
    drug = verifying.page.presenter.view().drug
    assert drug is not None
    assert drug.sentence == "Drug volume: you typed 10.2 mL. Calculated 10.7 mL, measured 10.7 mL."
    assert not verifying.page.sign.button.isEnabled()


@pytest.mark.parametrize("typed", ["10,7", " 10.7", "10.7 mL", "", ".7", "1e1"])
def test_a_figure_that_cannot_be_read_is_refused_at_its_field(verifying: Verifying, typed: str) -> None:
    verifying.scan("261120000100")
    verifying.type_figures(typed, "286.2")
    assert [each.code for each in verifying.page.drug.field.remarks] == ["expected.volume"]
    assert not verifying.page.presenter.view().figures_typed


def test_the_secret_releases_the_bag_and_the_way_leads_to_its_label(verifying: Verifying) -> None:
    verifying.scan("261120000100")
    verifying.type_figures("10.7", "286.2")
    verifying.sign(SECRET)
    assert verifying.state() is BagState.RELEASED
    assert verifying.page.presenter.view().released == "Released 10:00 by A. Chen."
    assert verifying.page.secret.text == ""
    verifying.page.print.click()
    settle(verifying.qtbot, verifying.window)
    assert verifying.window.page is not None
    assert verifying.window.page.name is PageName.LABEL


@pytest.mark.req("REQ-VER-003")
def test_a_wrong_secret_and_a_badge_sign_nothing(verifying: Verifying) -> None:
    verifying.scan("261120000100")
    verifying.type_figures("10.7", "286.2")
    verifying.sign("wrong")
    assert verifying.state() is BagState.PREPARED
    assert verifying.page.findings.remarks[0].code == "person.sign-in-refused"
    verifying.scan("BADGE-1")
    assert verifying.state() is BagState.PREPARED


@pytest.mark.req("REQ-VER-004")
def test_rejecting_asks_for_a_reason(verifying: Verifying) -> None:
    verifying.scan("261120000100")
    verifying.page.reject.click()
    dialog = verifying.page.rejecting.dialog
    assert dialog is not None
    dialog.give.click()
    settle(verifying.qtbot, verifying.window)
    assert verifying.state() is BagState.PREPARED
    QTest.keyClicks(dialog.reason.edit, "Particles in the bag")
    dialog.give.click()
    settle(verifying.qtbot, verifying.window)
    assert verifying.state() is BagState.REJECTED


@pytest.mark.req("REQ-VER-002")
def test_who_prepared_the_bag_reads_that_another_pharmacist_verifies_it(verifying: Verifying) -> None:
    verifying.day.units_before = 4
    prepared(verifying.day, "RX-1001", 2, actor=PHARMACIST)
    verifying.scan("261120000200")
    remarks = verifying.page.presenter.view().notice_remarks
    assert [each.sentence for each in remarks] == ["You prepared this bag. Another pharmacist verifies it."]
