"""The own secret is changed in the bar's dialog, by keys, and locks out whoever knows the old one alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.person import Actor
from pharmacy_app.workflow.desk import Desk
from pharmacy_app.workflow.people import Credentials
from pharmacy_app.workflow.training import TRAINING_SECRET
from tests.support.cut_text import cut_texts
from tests.support.people import SECRETS
from tests.support.stations import ADMINISTRATOR, TECHNICIAN
from tests.ui.conftest import settle
from tests.ui.keyboard import focused
from tests.ui.person.doors import Shown, door_of, lock, sign_in, type_in
from ui.main_window import MainWindow
from ui.person.own_secret_dialog import OwnSecretDialog

NEW = "green door 77"


def opened(qtbot: QtBot, window: MainWindow) -> OwnSecretDialog:
    """The dialog, as the link opens it."""
    window.bar.secret.click()
    dialog = window.own_secret.dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.old.edit.hasFocus)
    return dialog


def type_all(qtbot: QtBot, window: MainWindow, *secrets: str) -> None:
    """One secret after the other, Enter after each."""
    for each in secrets:
        QTest.keyClicks(focused(), each)
        QTest.keyClick(focused(), Qt.Key.Key_Return)
    settle(qtbot, window)


def remarks(dialog: OwnSecretDialog) -> tuple[list[str], list[str]]:
    """What is said under the old secret, and under the new one."""
    return [each.code for each in dialog.old.remarks], [each.code for each in dialog.secrets.remarks]


@pytest.mark.req("REQ-VER-001")
@pytest.mark.parametrize("actor", [TECHNICIAN, ADMINISTRATOR], ids=lambda each: each.person)
def test_a_person_changes_the_own_secret_by_keys(qtbot: QtBot, show: Shown, desk: Desk, actor: Actor) -> None:
    window = show(desk)
    sign_in(qtbot, window, actor)
    dialog = opened(qtbot, window)
    assert cut_texts(dialog) == []
    assert dialog.save.why == "Type the old secret."
    QTest.keyClicks(dialog.old.edit, "x")
    assert dialog.save.why == "A secret has 8 characters or more."
    dialog.old.edit.clear()
    type_all(qtbot, window, SECRETS[actor.person], NEW, NEW)
    qtbot.waitUntil(
        lambda: not [found for found in window.findChildren(OwnSecretDialog) if found.isVisible()]
    )
    lock(qtbot, window)
    type_in(qtbot, window, name=actor.person, secret=SECRETS[actor.person])
    assert [each.code for each in door_of(window).form.remarks] == ["person.sign-in-refused"]
    type_in(qtbot, window, name=actor.person, secret=NEW)
    assert desk.people.actor == actor


@pytest.mark.req("REQ-VER-001")
def test_what_is_refused_is_said_where_it_was_typed_and_all_is_typed_again(
    qtbot: QtBot, show: Shown, desk: Desk
) -> None:
    window = show(desk)
    sign_in(qtbot, window, ADMINISTRATOR)
    dialog = opened(qtbot, window)
    type_all(qtbot, window, "wrong horse 7", NEW, NEW)
    assert remarks(dialog) == (["person.sign-in-refused"], [])
    assert dialog.old.is_empty
    assert dialog.secrets.first.is_empty
    assert dialog.secrets.again.is_empty
    assert focused() is dialog.old.edit
    assert cut_texts(dialog) == []
    type_all(qtbot, window, SECRETS["admin"], "T. Administrator", "T. Administrator")
    assert remarks(dialog) == ([], ["person.secret-is-name"])
    assert cut_texts(dialog) == []
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    lock(qtbot, window)
    sign_in(qtbot, window, ADMINISTRATOR)


@pytest.mark.req("REQ-VER-001")
def test_the_dialog_steps_aside_from_a_locked_station(qtbot: QtBot, show: Shown, desk: Desk) -> None:
    window = show(desk)
    assert not window.bar.secret.isVisible()
    sign_in(qtbot, window, TECHNICIAN)
    assert window.bar.secret.isVisible()
    dialog = opened(qtbot, window)
    lock(qtbot, window)
    assert not dialog.isVisible()
    assert not window.bar.secret.isVisible()
    sign_in(qtbot, window, TECHNICIAN)
    assert dialog.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)


@pytest.mark.req("REQ-VER-001")
def test_a_training_account_keeps_its_published_secret(qtbot: QtBot, show: Shown, nobodys_desk: Desk) -> None:
    nobodys_desk.start_training()
    nobodys_desk.people.sign_in(Credentials("mroy", TRAINING_SECRET))
    window = show(nobodys_desk)
    assert window.bar.lock.isVisible()
    assert not window.bar.secret.isVisible()
