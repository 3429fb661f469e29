"""Bags are changed by keys and by the menu, step by step, back and forward."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.plan_record import plan_digest
from pharmacy_app.workflow.desk import Desk
from tests.ui.desks import keep
from tests.ui.plan.pages import (
    BEST,
    days,
    drag,
    press,
    right_edge,
    sequence,
    settle_page,
    spoken,
    up_to_96,
)
from ui.page import Noun, PageName, Subject
from ui.plan.page import PlanPage

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def digest(page: PlanPage) -> str:
    plan = page.presenter.plan
    assert plan is not None
    return plan_digest(plan)


@pytest.mark.req("REQ-PLN-009")
@pytest.mark.parametrize(
    ("number", "key", "expected"),
    [
        (5, Qt.Key.Key_Plus, (96, 72, 96, 96, 96, 48, 72, 96)),
        (4, Qt.Key.Key_Minus, (96, 72, 96, 72, 96, 72, 72, 96)),
        (1, Qt.Key.Key_Delete, (168, *BEST[2:])),
        (5, Qt.Key.Key_4, (96, 72, 96, 96, 96, 48, 72, 96)),
        (3, Qt.Key.Key_7, (96, 72, 168, 24, 72, 72, 72, 96)),
    ],
)
def test_a_key_changes_the_chosen_bag(
    qtbot: QtBot, page: PlanPage, number: int, key: Qt.Key, expected: tuple[int, ...]
) -> None:
    for _ in range(number - 1):
        press(page, Qt.Key.Key_Right)
    press(page, key)
    assert sequence(page) == expected, "at once, without waiting for the file"
    settle_page(qtbot, page)
    assert sequence(page) == expected
    assert page.picture.chosen == number


@pytest.mark.req("REQ-PLN-003", "REQ-PLN-009")
def test_a_key_that_would_break_a_rule_says_which_and_changes_nothing(page: PlanPage) -> None:
    press(page, Qt.Key.Key_Right)
    press(page, Qt.Key.Key_Plus)
    assert sequence(page) == BEST
    assert spoken(page) == "Bag 2 runs across the dose change at day 8. A bag has one dose."
    press(page, Qt.Key.Key_Delete)
    assert spoken(page) == "Bag 2 is the last of its dose. There is none to join it to."


def test_keys_that_follow_each_other_quickly_all_count(qtbot: QtBot, page: PlanPage) -> None:
    for _ in range(3):
        press(page, Qt.Key.Key_Minus)
    assert sequence(page)[0] == 24
    press(page, Qt.Key.Key_Plus)
    settle_page(qtbot, page)
    assert sequence(page)[0] == 48
    assert page.presenter.view().alternatives[0].name == "The best plan"


@pytest.mark.qt_log_ignore("This plugin does not support")  # menus without a screen
def test_the_menu_says_what_each_duration_would_bring_and_sets_it(qtbot: QtBot, page: PlanPage) -> None:
    press(page, Qt.Key.Key_Right)
    press(page, Qt.Key.Key_M)
    (menu,) = page.picture.findChildren(QMenu)
    actions = [each for each in menu.actions() if not each.isSeparator()]
    texts = {each.text(): each.isEnabled() for each in actions}
    assert texts["48 h: 9 bags (+1) · 25 vials (+1) · 5 line changes (+1)"]
    assert not texts["96 h: Bag 2 runs across the dose change at day 8. A bag has one dose."]
    assert not texts["Undo (Ctrl+Z)"]
    assert [each.text()[:4] for each in actions if each.isChecked()] == ["72 h"]
    next(each for each in actions if each.text().startswith("48 h")).trigger()
    menu.close()
    settle_page(qtbot, page)
    assert sequence(page) == (96, 48, 24, *BEST[2:])


# Back and forward


@pytest.mark.req("REQ-PLN-009")
def test_undo_brings_back_each_former_plan_exactly_and_redo_each_later_one(
    qtbot: QtBot, page: PlanPage
) -> None:
    digests = [digest(page)]
    drag(qtbot, page, right_edge(page, 5), days(page, 1))
    digests.append(digest(page))
    press(page, Qt.Key.Key_Minus)
    settle_page(qtbot, page)
    digests.append(digest(page))
    page.picture.setFocus()
    for expected in (1, 0, 0):
        press(page, Qt.Key.Key_Z, CTRL)
        settle_page(qtbot, page)
        assert digest(page) == digests[expected]
    press(page, Qt.Key.Key_Y, CTRL)
    press(page, Qt.Key.Key_Z, CTRL | SHIFT)
    settle_page(qtbot, page)
    assert digest(page) == digests[2]
    assert len(set(digests)) == 3


@pytest.mark.req("REQ-PLN-009")
def test_what_is_typed_and_the_way_back_to_the_best_plan_are_steps_too(qtbot: QtBot, page: PlanPage) -> None:
    page.sequence.edit.setFocus()
    page.sequence.edit.selectAll()
    QTest.keyClicks(page.sequence.edit, "168 168 168 168")
    settle_page(qtbot, page)
    QTest.keyClick(page.sequence.edit, Qt.Key.Key_Return)
    settle_page(qtbot, page)
    assert sequence(page) == (168, 168, 168, 168)
    page.sequence.best.click()
    settle_page(qtbot, page)
    assert sequence(page) == BEST
    page.picture.setFocus()
    press(page, Qt.Key.Key_Z, CTRL)
    assert sequence(page) == (168, 168, 168, 168)
    press(page, Qt.Key.Key_Z, CTRL)
    assert sequence(page) == BEST
    assert not page.presenter.edited


def test_a_new_step_ends_what_could_be_done_again(page: PlanPage) -> None:
    press(page, Qt.Key.Key_Minus)
    press(page, Qt.Key.Key_Z, CTRL)
    assert page.presenter.may_redo
    press(page, Qt.Key.Key_2)
    assert not page.presenter.may_redo


def test_the_links_beside_the_bag_do_the_same(qtbot: QtBot, page: PlanPage) -> None:
    press(page, Qt.Key.Key_Minus)
    settle_page(qtbot, page)
    panel = page.side.bag
    assert page.side.panel == "beats"
    press(page, Qt.Key.Key_Right)
    assert panel.undo.isVisible()
    assert not panel.redo.isVisible()
    panel.undo.click()
    assert sequence(page) == BEST
    assert panel.redo.isVisible()
    panel.redo.click()
    assert sequence(page)[0] == 72


def test_a_changed_plan_is_not_lost_when_something_on_file_changes(qtbot: QtBot, page: PlanPage) -> None:
    press(page, Qt.Key.Key_Minus)
    settle_page(qtbot, page)
    assert page.holds_unsaved()
    window = page.window()
    window.gateway.changed.emit(frozenset({Noun.ORDER}))  # type: ignore[attr-defined]
    settle_page(qtbot, page)
    assert sequence(page)[0] == 72
    press(page, Qt.Key.Key_Z, CTRL)
    assert sequence(page) == BEST


def test_an_accepted_plan_has_no_steps_behind_it(qtbot: QtBot, page: PlanPage, desk: Desk) -> None:
    press(page, Qt.Key.Key_Minus)
    settle_page(qtbot, page)
    page.accept.click()
    settle_page(qtbot, page)
    kept = desk.plan_on_file("RX-1001")
    assert kept is not None
    assert kept.sequence_h == (72, 96, 96, 96, 72, 72, 72, 96)
    assert not page.holds_unsaved()
    press(page, Qt.Key.Key_Z, CTRL)
    assert sequence(page) == kept.sequence_h


def test_another_order_begins_without_steps(qtbot: QtBot, page: PlanPage, desk: Desk) -> None:
    press(page, Qt.Key.Key_Minus)
    settle_page(qtbot, page)
    other = {"order_number": "RX-1002", "patient.record_number": "4471024", "patient.family_name": "Singh"}
    keep(desk, up_to_96(**other))
    page.window().go_to(PageName.PLAN, Subject("RX-1002"))  # type: ignore[attr-defined]
    settle_page(qtbot, page)
    assert sequence(page) == BEST
    assert not page.presenter.edited
