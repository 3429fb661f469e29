"""The People page in a real window: accounts are made, changed and ended by keys and buttons."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.account import Secret
from pharmacy_app.domain.person import Role
from pharmacy_app.workflow.desk import Desk
from tests.support.cut_text import cut_texts
from tests.support.people import account_of
from tests.support.stations import ADMINISTRATOR, TECHNICIAN
from tests.ui.conftest import settle
from tests.ui.person.doors import Shown, lock, sign_in, texts, type_in
from ui.main_window import MainWindow
from ui.page import PageName
from ui.person.page import PeoplePage
from ui.person.secret_dialog import SecretDialog
from ui.person.view import State
from ui.widgets.dialog import Dialog


def people_page(qtbot: QtBot, window: MainWindow) -> PeoplePage:
    """The page, opened by the administrator."""
    sign_in(qtbot, window, ADMINISTRATOR)
    window.go_to(PageName.PEOPLE)
    settle(qtbot, window)
    page = window.page
    assert isinstance(page, PeoplePage)
    return page


def settle_page(qtbot: QtBot, page: PeoplePage) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    settle(qtbot, window)


def choose(qtbot: QtBot, page: PeoplePage, name: str) -> None:
    page.table.selectRow([row.name for row in page.table.rows].index(name))
    settle_page(qtbot, page)


def fill_in(page: PeoplePage, *, name: str, display_name: str, badge: str, secret: str) -> None:
    """Type all of a new account but its roles."""
    card = page.card
    pairs = [(card.name, name), (card.display_name, display_name), (card.badge, badge)]
    for field, text in [*pairs, (card.secrets.first, secret), (card.secrets.again, secret)]:
        QTest.keyClicks(field.edit, text)


def answer(name: str, said: list[str]) -> None:
    """Press this answer of the question that opens next."""

    def press() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, Dialog)
        said.extend(texts(dialog))
        button = dialog.findChild(QAbstractButton, f"answer {name}")
        assert button is not None
        button.click()

    QTimer.singleShot(0, press)


def test_the_table_shows_every_account_and_no_badge_code(qtbot: QtBot, show: Shown, desk: Desk) -> None:
    page = people_page(qtbot, show(desk))
    rows = [(row.name, row.display_name, row.roles, row.badge) for row in page.table.rows]
    assert rows == [
        ("achen", "A. Chen", "pharmacist", "yes"),
        ("admin", "T. Administrator", "administrator", "yes"),
        ("mroy", "M. Roy", "technician", "yes"),
        ("spark", "S. Park", "pharmacist", "yes"),
    ]


@pytest.mark.req("REQ-VER-001")
def test_a_new_account_is_made_by_keys_and_its_person_signs_in(qtbot: QtBot, show: Shown, desk: Desk) -> None:
    window = show(desk)
    page = people_page(qtbot, window)
    page.new_button.click()
    assert page.card.name.edit.hasFocus()
    assert page.card.save.why == "Opens when the names and a role are there."
    fill_in(page, name="jdiaz", display_name="J. Diaz", badge="", secret="green door 77")
    page.card.roles.choice.segments()[0].click()
    page.scanned("B-0042")
    assert page.card.badge.text == "B-0042"
    QTest.keyClick(page.card.secrets.again.edit, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert [row.name for row in page.table.rows] == ["achen", "admin", "jdiaz", "mroy", "spark"]
    assert page.presenter.chosen is not None
    assert page.presenter.chosen.name == "jdiaz"
    assert page.card.secrets.first.is_empty
    kept = account_of(desk.open_unit_of_work, "jdiaz")
    assert (kept.display_name, kept.roles, kept.badge) == ("J. Diaz", (Role.TECHNICIAN,), "B-0042")
    lock(qtbot, window)
    type_in(qtbot, window, name="B-0042", secret="green door 77")
    assert desk.people.actor is not None
    assert desk.people.actor.person == "jdiaz"


def test_every_fault_stands_at_its_field_and_what_was_typed_stays(
    qtbot: QtBot, show: Shown, desk: Desk
) -> None:
    page = people_page(qtbot, show(desk))
    page.new_account()
    fill_in(page, name="achen", display_name="M. Roy", badge="b-spark", secret="green door 77")
    page.card.roles.choice.segments()[1].click()
    page.card.save.button.click()
    settle_page(qtbot, page)
    assert [each.code for each in page.card.name.remarks] == ["person.name-taken"]
    assert [each.code for each in page.card.display_name.remarks] == ["person.display-name-taken"]
    assert [each.code for each in page.card.badge.remarks] == ["person.badge-taken"]
    assert page.card.name.text == "achen"
    assert len(page.table.rows) == 4
    QTest.keyClicks(page.card.name.edit, "2")
    assert page.card.name.remarks == ()


@pytest.mark.req("REQ-VER-001")
def test_roles_and_badge_are_changed_and_the_name_stays(qtbot: QtBot, show: Shown, desk: Desk) -> None:
    page = people_page(qtbot, show(desk))
    choose(qtbot, page, "mroy")
    assert page.card.name.edit.isReadOnly()
    assert page.card.save.why == "Nothing is changed."
    page.card.roles.choice.segments()[1].click()
    page.card.badge.edit.selectAll()
    QTest.keyClicks(page.card.badge.edit, "B-0043")
    page.card.save.button.click()
    settle_page(qtbot, page)
    kept = account_of(desk.open_unit_of_work, "mroy")
    assert kept.roles == (Role.TECHNICIAN, Role.PHARMACIST)
    assert kept.badge == "B-0043"
    assert page.card.save.why == "Nothing is changed."


def test_going_to_another_account_loses_nothing_that_was_typed(qtbot: QtBot, show: Shown, desk: Desk) -> None:
    page = people_page(qtbot, show(desk))
    choose(qtbot, page, "mroy")
    page.card.display_name.edit.selectAll()
    QTest.keyClicks(page.card.display_name.edit, "Marie Roy")
    choose(qtbot, page, "achen")
    assert page.card.display_name.text == "A. Chen"
    assert page.holds_unsaved()
    choose(qtbot, page, "mroy")
    assert page.card.display_name.text == "Marie Roy"


@pytest.mark.req("REQ-VER-001")
def test_an_account_is_ended_after_a_question_and_stays_in_the_table(
    qtbot: QtBot, show: Shown, desk: Desk
) -> None:
    page = people_page(qtbot, show(desk))
    choose(qtbot, page, "spark")
    said: list[str] = []
    answer("stay", said)
    page.card.end.click()
    settle_page(qtbot, page)
    assert "End the account of S. Park?" in said
    assert account_of(desk.open_unit_of_work, "spark").active
    answer("go", said)
    page.card.end.click()
    settle_page(qtbot, page)
    assert not account_of(desk.open_unit_of_work, "spark").active
    assert page.table.rows[-1].state is State.ENDED
    assert not page.card.save.isVisible()
    assert not page.card.new_secret.isVisible()
    assert not page.card.end.isVisible()
    assert page.card.display_name.edit.isReadOnly()


@pytest.mark.req("REQ-VER-001")
def test_the_last_administrator_is_told_why_not(qtbot: QtBot, show: Shown, desk: Desk) -> None:
    page = people_page(qtbot, show(desk))
    choose(qtbot, page, "admin")
    answer("go", [])
    page.card.end.click()
    settle_page(qtbot, page)
    assert [each.code for each in page.card.roles.remarks] == ["person.last-administrator"]
    assert account_of(desk.open_unit_of_work, "admin").active


@pytest.mark.req("REQ-VER-001")
def test_a_person_types_a_new_secret_twice(qtbot: QtBot, show: Shown, desk: Desk) -> None:
    window = show(desk)
    page = people_page(qtbot, window)
    choose(qtbot, page, "mroy")
    page.card.new_secret.click()
    dialog = next(each for each in window.findChildren(SecretDialog) if each.isVisible())
    qtbot.waitUntil(dialog.secrets.first.edit.hasFocus)
    QTest.keyClicks(dialog.secrets.first.edit, "B-mroy99")
    QTest.keyClicks(dialog.secrets.again.edit, "B-mroy9")
    assert dialog.save.why == "Type the same secret twice."
    QTest.keyClicks(dialog.secrets.again.edit, "9")
    QTest.keyClick(dialog.secrets.again.edit, Qt.Key.Key_Return)
    settle(qtbot, window)
    lock(qtbot, window)
    type_in(qtbot, window, name="mroy", secret="B-mroy99")
    assert desk.people.actor == TECHNICIAN


def test_a_secret_that_is_refused_is_typed_again(qtbot: QtBot, show: Shown, desk: Desk) -> None:
    window = show(desk)
    page = people_page(qtbot, window)
    choose(qtbot, page, "admin")
    page.card.new_secret.click()
    dialog = next(each for each in window.findChildren(SecretDialog) if each.isVisible())
    for field in (dialog.secrets.first, dialog.secrets.again):
        QTest.keyClicks(field.edit, "T. administrator")
    QTest.keyClick(dialog.secrets.again.edit, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert dialog.isVisible()
    assert [each.code for each in dialog.secrets.remarks] == ["person.secret-is-name"]
    assert dialog.secrets.first.is_empty
    dialog.reject()


def test_a_training_account_can_only_be_ended(qtbot: QtBot, show: Shown, nobodys_desk: Desk) -> None:
    nobodys_desk.people.training()
    nobodys_desk.people.first_administrator("admin", "T. Administrator", Secret("keeper of the keys"))
    window = show(nobodys_desk)
    window.go_to(PageName.PEOPLE)
    settle(qtbot, window)
    page = window.page
    assert isinstance(page, PeoplePage)
    choose(qtbot, page, "achen")
    assert page.card.end.isVisible()
    assert not page.card.save.isVisible()
    assert not page.card.new_secret.isVisible()
    page.scanned("B-0042")
    assert page.card.badge.text == ""
    assert window.scans.line.result.startswith("Refused.")


@pytest.mark.parametrize("size", [(1280, 720), (1366, 768), (1920, 1080)])
@pytest.mark.parametrize("state", ["list", "new", "refused", "ended"])
def test_no_text_is_cut(qtbot: QtBot, show: Shown, desk: Desk, state: str, size: tuple[int, int]) -> None:
    window = show(desk)
    window.resize(*size)
    page = people_page(qtbot, window)
    if state in {"new", "refused"}:
        page.new_account()
    if state == "refused":
        fill_in(page, name="achen", display_name="M. Roy", badge="b-spark", secret="green door 77")
        page.card.roles.choice.segments()[1].click()
        page.card.save.button.click()
    if state == "ended":
        desk.people.end("spark")
        page.reload()
        settle(qtbot, window)
        choose(qtbot, page, "spark")
    settle(qtbot, window)
    qtbot.waitUntil(lambda: cut_texts(window) == [])
