"""The line at the bottom: what a scan will do, what became of the last one, and its sound."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.wording import Catalogue
from tests.support.cut_text import cut_texts
from tests.support.wedge import scan
from ui.scan_answer import AnswerKind, ScanAnswer, accepted, refused, stopped, unreadable
from ui.scan_line import ScanLine
from ui.scans import Scans

CODE = "010061414112345217280229"
VIAL = "Vial 2 of 4, lot 7K114B"


class Heard:
    """A loudspeaker that remembers what it played."""

    def __init__(self) -> None:
        self.played: list[AnswerKind] = []

    def play(self, kind: AnswerKind) -> None:
        self.played.append(kind)


class Taker(QObject):
    """Takes scans, and answers each with the next answer it was given, if any."""

    scan_answered = Signal(object)
    scan_expectation_changed = Signal()

    def __init__(self, expected: str, *answers: ScanAnswer) -> None:
        super().__init__()
        self.expected = expected
        self.answers = list(answers)
        self.texts: list[str] = []

    def scan_expected(self) -> str:
        return self.expected

    def scanned(self, text: str) -> None:
        self.texts.append(text)
        if self.answers:
            self.scan_answered.emit(self.answers.pop(0))


class TakingDialog(QDialog):
    """A dialog that takes scans while it is open."""

    scan_answered = Signal(object)
    scan_expectation_changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.texts: list[str] = []

    def scan_expected(self) -> str:
        return "Scan a badge"

    def scanned(self, text: str) -> None:
        self.texts.append(text)
        self.scan_answered.emit(accepted("Badge read."))


class Room(QWidget):
    """A window with a scan line."""

    def __init__(self, words: Catalogue) -> None:
        super().__init__()
        self.heard = Heard()
        self.scans = Scans(self, words, sound=self.heard)
        QVBoxLayout(self).addWidget(self.scans.line)

    @property
    def line(self) -> ScanLine:
        return self.scans.line


@pytest.fixture
def room(application: QObject, qtbot: QtBot, words: Catalogue) -> Iterator[Room]:
    made = Room(words)
    made.resize(1280, 100)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    made.deleteLater()


def test_until_somebody_waits_a_scan_is_refused_in_words(room: Room) -> None:
    assert room.line.expected == "Nothing here waits for a scan"
    scan(room, CODE)
    assert room.line.result == "Refused. The records are not open yet. Scan again when they are."
    assert room.heard.played == [AnswerKind.REFUSED]


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        (accepted(VIAL), "Accepted. Vial 2 of 4, lot 7K114B"),
        (refused("This page waits for a bag."), "Refused. This page waits for a bag."),
        (stopped("This lot was recalled."), "Stop. This lot was recalled."),
    ],
)
def test_a_scan_goes_to_the_taker_once_and_its_answer_is_shown_and_heard(
    room: Room, answer: ScanAnswer, shown: str
) -> None:
    taker = Taker("Scan vial 2 of 4", answer)
    room.scans.go_to(taker)
    room.scans.go_to(taker)
    assert room.line.expected == "Scan vial 2 of 4"
    scan(room, CODE)
    assert taker.texts == [CODE]
    assert (room.line.result, room.line.kind) == (shown, answer.kind)
    assert room.heard.played == [answer.kind]


def test_after_ten_seconds_the_answer_is_kept_as_the_last_scan(room: Room, qtbot: QtBot) -> None:
    room.scans.go_to(Taker("Scan vial 2 of 4", accepted(VIAL)))
    scan(room, CODE)
    assert room.line._fresh.interval() == 10_000
    room.line._fresh.start(0)
    qtbot.waitUntil(lambda: room.line.result == "Last scan: Accepted. Vial 2 of 4, lot 7K114B")
    assert room.line.kind is AnswerKind.ACCEPTED


def test_while_a_scan_is_checked_the_answer_before_it_is_not_shown(room: Room) -> None:
    taker = Taker("Scan vial 2 of 4", accepted(VIAL))
    room.scans.go_to(taker)
    scan(room, CODE)
    scan(room, CODE)
    assert (room.line.result, room.line.kind) == ("Scanned. It is being checked.", None)
    taker.scan_answered.emit(stopped("This vial was already scanned as vial 2."))
    assert room.line.result == "Stop. This vial was already scanned as vial 2."


def test_what_a_scan_will_do_follows_the_taker(room: Room) -> None:
    taker = Taker("Scan vial 2 of 4")
    room.scans.go_to(taker)
    taker.expected = "Scan vial 3 of 4"
    assert room.line.expected == "Scan vial 2 of 4"
    taker.scan_expectation_changed.emit()
    assert room.line.expected == "Scan vial 3 of 4"
    taker.expected = "Scan the tag"
    scan(room, CODE)
    taker.scan_answered.emit(accepted(VIAL))
    assert room.line.expected == "Scan the tag"


def test_when_the_page_changes_the_answer_still_comes_and_the_next_scan_goes_to_the_new_one(
    room: Room,
) -> None:
    before, now = Taker("Scan a lot"), Taker("Scan a bag")
    room.scans.go_to(before)
    scan(room, CODE)
    room.scans.go_to(now)
    before.scan_answered.emit(accepted("Lot received."))
    assert room.line.result == "Accepted. Lot received."
    scan(room, CODE)
    assert (len(before.texts), len(now.texts)) == (1, 1)


def test_when_another_person_sits_down_no_last_scan_and_no_late_answer_is_shown(room: Room) -> None:
    page, door = Taker("Scan a lot"), Taker("Scan your badge")
    room.scans.go_to(page)
    scan(room, CODE)
    room.scans.forget()
    room.scans.go_to(door)
    page.scan_answered.emit(accepted("Lot received."))
    assert (room.line.result, room.line.kind) == ("", None)


def test_when_the_file_does_not_answer_a_waiting_scan_says_so(room: Room) -> None:
    taker = Taker("Scan a lot", accepted("Lot received."))
    room.scans.go_to(taker)
    scan(room, CODE)
    room.scans.give_up()
    assert room.line.result == "Accepted. Lot received."
    scan(room, CODE)
    room.scans.give_up()
    assert room.line.result == (
        "Refused. The scan could not be checked, and nothing was done with it. Read the line at the top."
    )


def test_a_code_that_breaks_off_is_told(room: Room, qtbot: QtBot) -> None:
    taker = Taker("Scan a lot")
    room.scans.go_to(taker)
    scan(room, CODE, end=None)
    qtbot.waitUntil(lambda: room.line.kind is AnswerKind.REFUSED)
    assert room.line.result.startswith("Refused. The code broke off, and nothing of it was taken.")
    assert taker.texts == []


def test_a_dialog_in_front_takes_the_scan_or_has_to_be_answered_first(room: Room, qtbot: QtBot) -> None:
    page = Taker("Scan a lot")
    room.scans.go_to(page)
    for dialog, result in (
        (TakingDialog(room), "Accepted. Badge read."),
        (QDialog(room), "Refused. Answer the question on the screen first, then scan again."),
    ):
        with qtbot.waitActive(dialog):
            dialog.open()
        scan(room, CODE)
        assert room.line.result == result
        assert getattr(dialog, "texts", [CODE]) == [CODE]
        dialog.close()
    assert page.texts == []


def test_a_code_that_cannot_be_read_says_what_was_given_and_what_is_expected(words: Catalogue) -> None:
    error = InputRefused("scan", "(17)281331", "expected.scan-date")
    answer = unreadable(error, words)
    assert answer == ScanAnswer(
        AnswerKind.REFUSED,
        "Given (17)281331. Expected a date that exists, written year, month, day with two digits each.",
    )


@pytest.mark.parametrize("width", [1280, 1366])
def test_the_longest_refusal_of_a_code_is_not_cut(room: Room, words: Catalogue, width: int) -> None:
    room.resize(width, 100)
    room.scans.go_to(Taker("Scan preservative-free 0.9 % sodium chloride"))
    given = "(01)00614141123452(17)280229(10)7K114B(21)1002345678901234567…"
    sentences = [each for each in words.codes if each.startswith("expected.scan-")]
    assert len(sentences) > 15
    for code in sentences:
        gaps = {"identifier": "7003", "longest": "20", "shortest": "20", "next": "21WMXGH8675309WMXG"}
        room.line.show_answer(unreadable(InputRefused("scan", given, code, gaps), words))
        assert cut_texts(room) == []
