"""A plan is accepted with every reason that its rules ask for, and asks for no other."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.finding import Finding, Mark, Severity, finding
from pharmacy_app.wording import Catalogue
from pharmacy_app.workflow.desk import Desk
from tests.support.cut_text import cut_texts
from tests.ui.conftest import settle
from tests.ui.desks import keep, order_document
from tests.ui.keyboard import focused
from ui.main_window import MainWindow
from ui.page import PageName, Subject
from ui.plan.page import PlanPage
from ui.plan.reasons import OpenReasons
from ui.plan.reasons_dialog import ReasonsDialog

Open = Callable[[Desk], MainWindow]

ELSEWHERE = "Cycle 1 given at another hospital in September"
BOARD = "Tumour board of 2026-11-19, obstetrics informed"
PREGNANT_IN_CYCLE_2: dict[str, object] = {
    "cycle": 2,
    "patient.pregnant": True,
    "prescribed": [{"from_day": 1, "to_day": 28, "mcg_per_day": "28"}],
}


def from_a_file(desk: Desk, **changes: object) -> None:
    """Keep an order as the command line does: nobody is asked, its reasons stay open."""
    order = desk.read_order(order_document(**changes)).order
    assert order is not None
    desk.keep_order(order, None, accept=True)


def page_in(qtbot: QtBot, window: MainWindow) -> PlanPage:
    window.go_to(PageName.PLAN, Subject("RX-1001"))
    settle(qtbot, window)
    page = window.page
    assert isinstance(page, PlanPage)
    return page


def press_accept(qtbot: QtBot, page: PlanPage) -> None:
    """With the keyboard, and wait for what becomes of it."""
    page.accept.setFocus()
    QTest.keyClick(page.accept, Qt.Key.Key_Return)
    settle_window(qtbot, page)


def settle_window(qtbot: QtBot, page: PlanPage) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    settle(qtbot, window)
    QApplication.processEvents()


def asked(qtbot: QtBot) -> ReasonsDialog:
    """The dialog, which must be open and have the keyboard."""
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ReasonsDialog)
    qtbot.waitUntil(lambda: dialog.isAncestorOf(QApplication.focusWidget() or dialog.window()))
    return dialog


def fields(dialog: ReasonsDialog) -> list[QLineEdit]:
    return dialog.findings.findChildren(QLineEdit)


def accepted(folder: Path) -> list[str]:
    """The facts of every entry of the record about an accepted plan, as they lie in the file."""
    with closing(sqlite3.connect(folder / "records.sqlite3")) as file:
        found = file.execute("SELECT facts FROM audit_entry WHERE act = 'plan-accepted'").fetchall()
    return [facts for (facts,) in found]


@pytest.mark.req("REQ-ORD-010", "REQ-AUD-001")
def test_an_open_reason_is_typed_and_stands_in_the_record_of_the_accepted_plan(
    qtbot: QtBot, open_window: Open, desk: Desk, tmp_path: Path
) -> None:
    from_a_file(desk, **PREGNANT_IN_CYCLE_2)
    page = page_in(qtbot, open_window(desk))
    press_accept(qtbot, page)
    dialog = asked(qtbot)
    assert desk.plan_revision("RX-1001") is None
    QTest.keyClicks(focused(), ELSEWHERE)
    next_field(dialog)
    QTest.keyClicks(focused(), BOARD)
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    settle_window(qtbot, page)
    assert QApplication.activeModalWidget() is None
    assert desk.plan_revision("RX-1001") == 1
    (facts,) = accepted(tmp_path)
    assert "reason order.earlier-cycle" in facts
    assert ELSEWHERE in facts
    assert "reason course.pregnant" in facts
    assert BOARD in facts
    assert page.open.isVisible()


def next_field(dialog: ReasonsDialog) -> None:
    """By Tab, past the small button of the finding."""
    former = focused()
    for _ in range(3):
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
        if isinstance(focused(), QLineEdit) and focused() is not former:
            return
    raise AssertionError(f"Tab does not reach a second field of {fields(dialog)}")


def test_blanks_and_a_part_of_the_reasons_do_not_accept(qtbot: QtBot, open_window: Open, desk: Desk) -> None:
    from_a_file(desk, **PREGNANT_IN_CYCLE_2)
    page = page_in(qtbot, open_window(desk))
    press_accept(qtbot, page)
    dialog = asked(qtbot)
    first, second = fields(dialog)
    assert dialog.why_not == "2 reasons are still missing."
    QTest.keyClicks(first, "   ")
    assert dialog.why_not == "2 reasons are still missing."
    QTest.keyClicks(second, BOARD)
    assert dialog.why_not == "1 reason is still missing."
    assert not dialog.accept_button.isEnabled()
    QTest.keyClick(second, Qt.Key.Key_Return)
    dialog.accept_button.click()
    settle_window(qtbot, page)
    assert dialog.isVisible()
    assert desk.plan_revision("RX-1001") is None
    QTest.keyClicks(first, ELSEWHERE)
    assert dialog.accept_button.isEnabled()
    assert dialog.why_not == ""
    dialog.reject()


@pytest.mark.parametrize("way", ["esc", "back"])
def test_leaving_the_question_accepts_nothing(
    qtbot: QtBot, open_window: Open, desk: Desk, tmp_path: Path, way: str
) -> None:
    from_a_file(desk, **PREGNANT_IN_CYCLE_2)
    page = page_in(qtbot, open_window(desk))
    press_accept(qtbot, page)
    dialog = asked(qtbot)
    for field in fields(dialog):
        QTest.keyClicks(field, BOARD)
    if way == "esc":
        QTest.keyClick(focused(), Qt.Key.Key_Escape)
    else:
        dialog.back.click()
    settle_window(qtbot, page)
    assert QApplication.activeModalWidget() is None
    assert desk.plan_revision("RX-1001") is None
    assert page.accept.isVisible()
    assert accepted(tmp_path) == []


def test_a_plan_without_an_open_reason_is_accepted_without_a_question(
    qtbot: QtBot, open_window: Open, desk: Desk
) -> None:
    order = desk.read_order(order_document(**PREGNANT_IN_CYCLE_2)).order
    assert order is not None
    desk.keep_order(order, {"order.earlier-cycle": ELSEWHERE, "course.pregnant": BOARD}, accept=True)
    page = page_in(qtbot, open_window(desk))
    press_accept(qtbot, page)
    assert QApplication.activeModalWidget() is None
    settle_window(qtbot, page)
    assert desk.plan_revision("RX-1001") == 1


def test_a_plan_that_is_no_longer_in_use_when_the_answer_comes_is_not_accepted(
    qtbot: QtBot, open_window: Open, desk: Desk
) -> None:
    keep(desk, order_document())
    page = page_in(qtbot, open_window(desk))
    page.accept.click()
    page.sequence.edit.setFocus()
    page.sequence.edit.selectAll()
    QTest.keyClicks(page.sequence.edit, "96 72")
    settle_window(qtbot, page)
    assert desk.plan_revision("RX-1001") is None


@pytest.mark.req("REQ-PRO-004")
@pytest.mark.parametrize("size", [(1280, 720), (1366, 768), (1920, 1080)])
def test_the_question_carries_the_training_mark_and_no_text_is_cut(
    qtbot: QtBot, open_window: Open, desk: Desk, size: tuple[int, int]
) -> None:
    from_a_file(desk, **PREGNANT_IN_CYCLE_2)
    window = open_window(desk)
    window.resize(*size)
    press_accept(qtbot, page_in(qtbot, window))
    dialog = asked(qtbot)
    qtbot.waitUntil(lambda: cut_texts(dialog) == [])
    names = [each.accessibleName() for each in dialog.findChildren(QWidget) if each.isVisible()]
    assert "TRAINING – NOT FOR PATIENT USE" in names
    dialog.reject()


@pytest.mark.parametrize("count", [1, 2, 7])
def test_the_question_fits_the_smallest_window(
    application: QApplication, qtbot: QtBot, words: Catalogue, count: int
) -> None:
    codes = [
        "course.pregnant",
        "course.breastfeeding",
        "order.prescribed-missing",
        "modification.grade-4-other",
        "course.pregnant-not-known",
        "course.breastfeeding-not-known",
        "benzyl-alcohol.by-hand.pregnant",
    ]
    reasons = OpenReasons([asking(code) for code in codes[:count]], words)
    dialog = ReasonsDialog(None, words, reasons)
    dialog.show()
    QApplication.processEvents()
    qtbot.waitUntil(lambda: cut_texts(dialog) == [])
    assert dialog.size().boundedTo(QSize(1280, 690)) == dialog.size()
    dialog.reject()


def asking(code: str, **values: str) -> Finding:
    return finding(code, Severity.REASON, "REQ-ORD-010", Mark.DERIVED, **values)


def test_a_finding_that_every_bag_has_asks_once_and_says_it_of_every_bag(words: Catalogue) -> None:
    reasons = OpenReasons([asking("mix.priming-not-known", bag=bag) for bag in ("1", "2")], words)
    assert len(reasons.remarks) == 1
    assert words.finding(asking("mix.priming-not-known", bag="1")) in reasons.remarks[0].sentence
    assert words.finding(asking("mix.priming-not-known", bag="2")) in reasons.remarks[0].sentence
    reasons.type_reason("mix.priming-not-known", "Set primed on the ward")
    assert reasons.why_not_accept == ""


@pytest.mark.req("REQ-ORD-014")
def test_a_start_that_has_passed_since_asks_for_its_reason(
    qtbot: QtBot, open_window: Open, desk: Desk
) -> None:
    keep(desk, order_document())
    later = desk.at_time(lambda: datetime(2027, 1, 1, 12, 0, tzinfo=UTC))
    page = page_in(qtbot, open_window(later))
    press_accept(qtbot, page)
    dialog = asked(qtbot)
    assert "order.start-past" in [each.code for each in dialog.findings.remarks]
    dialog.reject()
