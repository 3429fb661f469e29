"""The sign-in page in a real window, worked with the keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from pharmacy_app.workflow.desk import Desk
from tests.support.cut_text import cut_texts
from tests.support.people import SECRETS, Clock
from tests.support.stations import ADMINISTRATOR, PHARMACIST, TECHNICIAN
from tests.ui.conftest import settle
from tests.ui.person.doors import Shown, door_of, lock, sign_in, texts, type_in
from ui.page import PageName

SIZES = [(1280, 720), (1366, 768), (1920, 1080)]


@pytest.mark.req("REQ-VER-001")
def test_the_window_asks_who_works_here_before_anything_else(qtbot: QtBot, show: Shown, desk: Desk) -> None:
    window = show(desk)
    assert window.locked
    assert window.page is None
    assert not window.navigation.isVisible()
    assert not window.bar.lock.isVisible()
    for keys in (Qt.Key.Key_1, Qt.Key.Key_2):
        QTest.keyClick(window, keys, Qt.KeyboardModifier.ControlModifier)
    assert window.page is None
    assert door_of(window).form.name.edit.hasFocus()


@pytest.mark.req("REQ-VER-001")
def test_name_and_secret_let_somebody_in_and_the_bar_says_who(qtbot: QtBot, show: Shown, desk: Desk) -> None:
    window = show(desk)
    sign_in(qtbot, window, TECHNICIAN)
    assert desk.people.actor == TECHNICIAN
    assert {"M. Roy", " · technician"} <= set(texts(window.bar))
    assert window.bar.lock.isVisible()
    assert window.page is not None
    assert window.page.name is PageName.ORDERS


def test_an_administrator_begins_at_a_page_for_administrators(qtbot: QtBot, show: Shown, desk: Desk) -> None:
    window = show(desk)
    sign_in(qtbot, window, ADMINISTRATOR)
    assert window.page is not None
    assert window.page.name in {PageName.RECORD, PageName.FIGURES, PageName.PEOPLE}


@pytest.mark.req("REQ-VER-001")
@pytest.mark.parametrize("name", ["achen", "somebody"])
def test_a_wrong_secret_is_refused_in_words_and_typed_again(
    qtbot: QtBot, show: Shown, desk: Desk, name: str
) -> None:
    window = show(desk)
    type_in(qtbot, window, name=name, secret="correct horse")
    form = door_of(window).form
    (remark,) = form.remarks
    assert remark.lead == "Refused."
    assert remark.sentence == (
        "Given a name or badge and a secret that do not belong together. "
        "Expected those of an account in use here."
    )
    assert form.name.text == name
    assert form.secret.is_empty
    assert form.secret.edit.hasFocus()


@pytest.mark.req("REQ-VER-001")
def test_after_three_wrong_ones_the_page_says_when_to_try_again(
    qtbot: QtBot, show: Shown, desk: Desk, clock: Clock
) -> None:
    window = show(desk)
    for _ in range(3):
        type_in(qtbot, window, name="achen", secret="correct horse")
    type_in(qtbot, window, name="achen", secret=SECRETS["achen"])
    (remark,) = door_of(window).form.remarks
    assert remark.sentence.endswith("Try again after 10:00:05.")
    clock.move(seconds=5)
    sign_in(qtbot, window, PHARMACIST)


def test_nothing_is_asked_before_both_are_typed(qtbot: QtBot, show: Shown, desk: Desk) -> None:
    form = door_of(show(desk)).form
    assert not form.enter.button.isEnabled()
    assert form.enter.why == "Opens when everything is filled in."
    QTest.keyClicks(form.name.edit, "achen")
    assert not form.enter.button.isEnabled()
    QTest.keyClick(form.name.edit, Qt.Key.Key_Return)
    QTest.keyClick(form.secret.edit, Qt.Key.Key_Return)
    assert form.secret.edit.hasFocus()
    QTest.keyClicks(form.secret.edit, "x")
    assert form.enter.button.isEnabled()


@pytest.mark.req("REQ-VER-001")
def test_a_scanned_badge_stands_for_the_name_and_the_secret_is_still_asked_for(
    qtbot: QtBot, show: Shown, desk: Desk
) -> None:
    window = show(desk)
    assert window.scans.line.expected == "Scan your badge"
    door = door_of(window)
    door.form.secret.edit.setFocus()
    door.scanned("B-achen")
    assert (door.form.name.text, door.form.secret.text) == ("B-achen", "")
    assert window.locked
    assert window.scans.line.result == "Accepted. Badge scanned. It signs nothing alone: type your secret."
    QTest.keyClicks(door.form.secret.edit, SECRETS["achen"])
    QTest.keyClick(door.form.secret.edit, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert desk.people.actor == PHARMACIST


@pytest.mark.req("REQ-VER-001")
def test_a_secret_is_shown_as_dots_and_stands_in_no_description(
    qtbot: QtBot, show: Shown, desk: Desk
) -> None:
    window = show(desk)
    form = door_of(window).form
    QTest.keyClicks(form.secret.edit, "correct horse")
    assert form.secret.edit.echoMode() is QLineEdit.EchoMode.Password
    assert form.secret.edit.displayText() == "●" * 13
    said = [form.secret.edit.toolTip(), form.secret.edit.accessibleDescription(), repr(form.secret.secret)]
    assert not [each for each in (*said, *texts(window)) if "horse" in each]


def test_nothing_typed_is_left_at_the_door(qtbot: QtBot, show: Shown, desk: Desk) -> None:
    window = show(desk)
    sign_in(qtbot, window, TECHNICIAN)
    assert window.door is not None
    assert (window.door.form.name.text, window.door.form.secret.text) == ("", "")


def test_help_is_there_for_whoever_is_not_signed_in(qtbot: QtBot, show: Shown, desk: Desk) -> None:
    window = show(desk)
    said: list[str] = []

    def read() -> None:
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        said.extend(texts(dialog))
        dialog.close()

    QTimer.singleShot(0, read)
    window.show_help()
    assert "Sign in" in said


# The first start


@pytest.mark.req("REQ-VER-001")
def test_at_the_first_start_an_administrator_is_made_and_signed_in(
    qtbot: QtBot, show: Shown, nobodys_desk: Desk
) -> None:
    window = show(nobodys_desk)
    door = door_of(window)
    assert door.first.isVisible()
    assert not door.form.isVisible()
    assert door.first.name.edit.hasFocus()
    for edit, text in (
        (door.first.name.edit, "keeper"),
        (door.first.display_name.edit, "K. Eeper"),
        (door.first.secrets.first.edit, "green door 77"),
    ):
        QTest.keyClicks(edit, text)
    assert door.first.make.why == "Type the same secret twice."
    QTest.keyClicks(door.first.secrets.again.edit, "green door 77")
    QTest.keyClick(door.first.secrets.again.edit, Qt.Key.Key_Return)
    settle(qtbot, window)
    actor = nobodys_desk.people.actor
    assert actor is not None
    assert actor.person == "keeper"
    lock(qtbot, window)
    assert not door.first.isVisible()
    assert door.first.secrets.first.is_empty


def test_what_is_wrong_with_the_first_account_stands_at_its_field(
    qtbot: QtBot, show: Shown, nobodys_desk: Desk
) -> None:
    window = show(nobodys_desk)
    first = door_of(window).first
    QTest.keyClicks(first.name.edit, "K Eeper")
    QTest.keyClicks(first.display_name.edit, "K. Eeper")
    for field in (first.secrets.first, first.secrets.again):
        QTest.keyClicks(field.edit, "k. eeper")
    first.make.button.click()
    settle(qtbot, window)
    assert window.locked
    assert [each.code for each in first.name.remarks] == ["person.name-form"]
    assert [each.code for each in first.secrets.remarks] == ["person.secret-is-name"]


@pytest.mark.req("REQ-VER-001")
def test_in_training_somebody_who_looks_around_is_shown_the_accounts_and_their_secret(
    qtbot: QtBot, show: Shown, nobodys_desk: Desk
) -> None:
    window = show(nobodys_desk)
    door = door_of(window)
    door.train.click()
    settle(qtbot, window)
    qtbot.waitUntil(lambda: {"A. Chen", "M. Roy", "S. Park"} <= set(texts(door)))
    shown = texts(door)
    assert "Secret of each: training only" in shown
    assert any("Everybody may know this secret" in each for each in shown)
    assert door.form.isVisible()
    assert not door.train.isVisible()
    type_in(qtbot, window, name="achen", secret="training only")
    assert not window.locked
    assert len(nobodys_desk.orders()) == 3


def test_the_first_administrator_can_still_be_made_after_that(
    qtbot: QtBot, show: Shown, nobodys_desk: Desk
) -> None:
    window = show(nobodys_desk)
    door = door_of(window)
    door.train.click()
    settle(qtbot, window)
    door.begin.click()
    assert door.first.isVisible()
    assert door.first.name.edit.hasFocus()


@pytest.mark.req("REQ-VER-001")
def test_where_no_training_pharmacy_was_loaded_no_secret_is_shown(
    qtbot: QtBot, show: Shown, desk: Desk
) -> None:
    door = door_of(show(desk))
    assert not door.training.isVisible()
    assert not door.train.isVisible()
    assert not door.begin.isVisible()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("state", ["refused", "locked"])
def test_no_text_is_cut(qtbot: QtBot, show: Shown, desk: Desk, state: str, size: tuple[int, int]) -> None:
    window = show(desk)
    window.resize(*size)
    if state == "locked":
        sign_in(qtbot, window, PHARMACIST)
        lock(qtbot, window)
    else:
        type_in(qtbot, window, name="achen", secret="correct horse")
    qtbot.waitUntil(lambda: cut_texts(window) == [])


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("state", ["first", "first refused", "training"])
def test_no_text_is_cut_at_the_first_start(
    qtbot: QtBot, show: Shown, nobodys_desk: Desk, state: str, size: tuple[int, int]
) -> None:
    window = show(nobodys_desk)
    window.resize(*size)
    if state == "training":
        door_of(window).train.click()
        settle(qtbot, window)
        type_in(qtbot, window, name="achen", secret="correct horse")
    if state == "first refused":
        form = door_of(window).first
        for field, text in ((form.name, "K Keepers"), (form.display_name, " K")):
            QTest.keyClicks(field.edit, text)
        for secret in (form.secrets.first, form.secrets.again):
            QTest.keyClicks(secret.edit, "k keepers")
        form.make.button.click()
        settle(qtbot, window)
    qtbot.waitUntil(lambda: cut_texts(window) == [])
