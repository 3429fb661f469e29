"""The dialog for a second person: what it gives, and what becomes of a refusal."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.person import person_stop
from pharmacy_app.wording import Catalogue
from pharmacy_app.workflow.people import Credentials
from tests.support.cut_text import cut_texts
from tests.ui.person.doors import texts
from ui.person.second_person import SecondPersonDialog
from ui.scan_answer import AnswerKind, ScanAnswer

PURPOSE = "The code of vial 3 is typed, since it cannot be read."


@pytest.fixture
def given() -> list[Credentials]:
    return []


@pytest.fixture
def dialog(
    application: QApplication, qtbot: QtBot, words: Catalogue, given: list[Credentials]
) -> Iterator[SecondPersonDialog]:
    """Open over a window of its own."""
    parent = QWidget()
    parent.show()
    made = SecondPersonDialog(parent, words, purpose=PURPOSE)
    made.given.connect(given.append)
    with qtbot.waitActive(made):
        made.open()
        made.activateWindow()
    yield made
    parent.deleteLater()


def enter(dialog: SecondPersonDialog, name: str, secret: str) -> None:
    QTest.keyClicks(dialog.form.name.edit, name)
    QTest.keyClick(dialog.form.name.edit, Qt.Key.Key_Return)
    QTest.keyClicks(dialog.form.secret.edit, secret)
    QTest.keyClick(dialog.form.secret.edit, Qt.Key.Key_Return)


def test_it_says_what_the_second_person_stands_for(dialog: SecondPersonDialog) -> None:
    assert PURPOSE in texts(dialog)
    assert cut_texts(dialog) == []


@pytest.mark.req("REQ-VER-001")
def test_name_and_secret_are_given_once_and_the_dialog_waits(
    dialog: SecondPersonDialog, given: list[Credentials]
) -> None:
    enter(dialog, "spark", "two grey herons")
    assert given == [Credentials("spark", "two grey herons")]
    QTest.keyClick(dialog.form.secret.edit, Qt.Key.Key_Return)
    assert len(given) == 1
    assert dialog.isVisible()


def test_a_refusal_is_told_and_the_secret_typed_again(
    dialog: SecondPersonDialog, given: list[Credentials]
) -> None:
    enter(dialog, "achen", "quiet harbour 12")
    dialog.refuse(RulesRefused((person_stop("person.second-is-the-same", person="A. Chen"),)))
    assert [each.sentence for each in dialog.remarks] == [
        "A. Chen works here already. A second person is somebody else."
    ]
    assert (dialog.form.name.text, dialog.form.secret.text) == ("achen", "")
    dialog.form.name.edit.selectAll()
    enter(dialog, "spark", "two grey herons")
    assert given[-1] == Credentials("spark", "two grey herons")


def test_after_trouble_the_same_can_be_given_again(
    dialog: SecondPersonDialog, given: list[Credentials]
) -> None:
    enter(dialog, "spark", "two grey herons")
    dialog.wait_no_more()
    QTest.keyClick(dialog.form.secret.edit, Qt.Key.Key_Return)
    assert len(given) == 2


@pytest.mark.req("REQ-VER-001")
def test_a_scanned_badge_signs_nothing(dialog: SecondPersonDialog, given: list[Credentials]) -> None:
    answers: list[ScanAnswer] = []
    dialog.scan_answered.connect(answers.append)
    dialog.scanned("B-spark")
    assert given == []
    assert dialog.form.name.text == "B-spark"
    assert dialog.form.secret.edit.hasFocus()
    assert [each.kind for each in answers] == [AnswerKind.ACCEPTED]


def test_esc_leaves_without_doing_anything(dialog: SecondPersonDialog, given: list[Credentials]) -> None:
    QTest.keyClicks(dialog.form.name.edit, "spark")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert given == []
