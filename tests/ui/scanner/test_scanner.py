"""Codes are taken out of the keys, whatever has the keyboard; what a person types arrives as it was typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QVBoxLayout
from pytestqt.qtbot import QtBot

from tests.support.wedge import scan, type_by_hand
from tests.ui.scanner.fields import KINDS, NOTHING, Fields

GS = "\x1d"
CODES = (
    f"]d20100614141123452211002345{GS}17280229107K114B",
    "0100614141123452|10A b",
    "010061414112345217280229",
)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("code", CODES, ids=["separator", "substitute", "none"])
@pytest.mark.parametrize(
    ("gap_ms", "end"), [(1, Qt.Key.Key_Return), (40, Qt.Key.Key_Tab), (40, Qt.Key.Key_Enter)]
)
def test_a_code_arrives_once_and_nothing_of_it_lands_in_a_field(
    shown: Callable[..., Fields], kind: str, code: str, gap_ms: int, end: Qt.Key
) -> None:
    window = shown()
    window.focus(kind)
    before = QApplication.focusWidget()
    scan(window, code, gap_ms=gap_ms, end=end)
    assert not window.scanner.holds_keys
    assert window.codes == [code]
    assert window.contents() == NOTHING
    assert QApplication.focusWidget() is before
    assert window.broken == 0


@pytest.mark.parametrize("kind", ["line", "secret", "several lines", "own choice"])
@pytest.mark.parametrize("every_ms", [66, 90, 300])
def test_what_a_person_types_arrives_as_it_was_typed(
    shown: Callable[..., Fields], kind: str, every_ms: int
) -> None:
    window = shown()
    window.focus(kind)
    type_by_hand(window, "Heparin 71.5 x", every_ms=every_ms)
    assert window.codes == []
    assert window.contents()[KINDS.index(kind)] == "Heparin 71.5 x"


def test_a_secret_typed_by_heart_and_its_return_reach_the_field(shown: Callable[..., Fields]) -> None:
    window = shown()
    window.focus("secret")
    returns: list[str] = []
    window.secret.returnPressed.connect(lambda: returns.append(window.secret.text()))
    for steps in ([58, 44, 71, 39, 52, 66, 48, 59, 41, 55], [66] * 10, [46] * 10):
        window.secret.clear()
        type_by_hand(window, "Tr0ub4dor!", every_ms=steps, end=Qt.Key.Key_Return)
    assert returns == ["Tr0ub4dor!"] * 3
    assert window.codes == []


def test_keys_are_held_back_only_until_it_is_decided(qtbot: QtBot, shown: Callable[..., Fields]) -> None:
    window = shown()
    window.focus("line")
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_A)
    assert window.line.text() == ""
    qtbot.waitUntil(lambda: window.line.text() == "a")
    type_by_hand(window, "bc", every_ms=61)
    assert window.line.text() == "abc"


def test_a_button_is_pressed_by_the_space_key_held_back(shown: Callable[..., Fields]) -> None:
    window = shown()
    window.focus("button")
    type_by_hand(window, " ")
    assert window.pressed == 1
    window.focus("tick")
    type_by_hand(window, " ")
    assert window.tick.isChecked()


def test_other_keys_come_after_what_was_typed_before_them(shown: Callable[..., Fields]) -> None:
    window = shown()
    window.focus("line")
    for key in (
        Qt.Key.Key_A,
        Qt.Key.Key_B,
        Qt.Key.Key_Left,
        Qt.Key.Key_C,
        Qt.Key.Key_Backspace,
        Qt.Key.Key_D,
    ):
        QTest.keyClick(window.windowHandle(), key)
    type_by_hand(window, "e")
    assert window.line.text() == "adeb"


def test_a_shortcut_comes_after_what_was_typed_before_it(shown: Callable[..., Fields]) -> None:
    window = shown()
    window.focus("line")
    seen: list[str] = []
    QShortcut(QKeySequence("Ctrl+S"), window).activated.connect(lambda: seen.append(window.line.text()))
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_A)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert seen == ["a"]


def test_a_click_comes_after_what_was_typed_before_it(shown: Callable[..., Fields]) -> None:
    window = shown()
    window.focus("line")
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_A)
    place = window.secret.mapTo(window, QPoint(5, 5))
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert (window.line.text(), window.secret.text()) == ("a", "")


def test_a_codes_separator_is_no_shortcut(shown: Callable[..., Fields]) -> None:
    window = shown()
    window.focus("line")
    pressed: list[bool] = []
    QShortcut(QKeySequence("Ctrl+]"), window).activated.connect(lambda: pressed.append(True))
    scan(window, CODES[0])
    assert (window.codes, pressed) == ([CODES[0]], [])


class Repeat(QKeyEvent):
    """What a platform sends while a key is held down, or for a character that follows itself at once."""

    def __init__(self, kind: QEvent.Type) -> None:
        super().__init__(kind, Qt.Key.Key_0, Qt.KeyboardModifier.NoModifier, "0", True)

    def spontaneous(self) -> bool:
        return True


def test_a_key_held_down_is_a_persons(qtbot: QtBot, shown: Callable[..., Fields]) -> None:
    """Its repeats have a beat as even as a scanner's, but the first comes late."""
    window = shown()
    window.focus("line")
    now = 10_000
    window.scanner.moment_of = lambda _event: now
    QTest.keyPress(window.windowHandle(), Qt.Key.Key_0)
    qtbot.waitUntil(lambda: window.line.text() == "0")
    for step in [250, *[20] * 30]:
        now += step
        assert not window.scanner.eventFilter(window.windowHandle(), Repeat(QEvent.Type.KeyRelease))
        assert not window.scanner.eventFilter(window.windowHandle(), Repeat(QEvent.Type.KeyPress))
    QTest.keyRelease(window.windowHandle(), Qt.Key.Key_0)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Return)
    assert (window.codes, window.broken) == ([], 0)


@pytest.mark.parametrize("gap_ms", [1, 40])
def test_a_character_that_follows_itself_at_once_is_no_key_held_down(
    shown: Callable[..., Fields], gap_ms: int
) -> None:
    window = shown()
    window.focus("line")
    now = 10_000
    window.scanner.moment_of = lambda _event: now
    for character in "01006141":
        QTest.keyClick(window.windowHandle(), ord(character))
        now += gap_ms
        if character == "0":
            assert window.scanner.eventFilter(window.windowHandle(), Repeat(QEvent.Type.KeyRelease))
            assert window.scanner.eventFilter(window.windowHandle(), Repeat(QEvent.Type.KeyPress))
            QTest.keyRelease(window.windowHandle(), Qt.Key.Key_0)
            now += gap_ms
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Return)
    assert (window.codes, window.line.text()) == (["00100006141"], "")


def test_a_second_end_key_is_thrown_away_with_the_code(shown: Callable[..., Fields]) -> None:
    window = shown()
    window.focus("line")
    returns: list[bool] = []
    window.line.returnPressed.connect(lambda: returns.append(True))
    now = 10_000
    window.scanner.moment_of = lambda _event: now
    for character in "0100614141123452\r\r":
        key = Qt.Key.Key_Return if character == "\r" else ord(character)
        QTest.keyClick(window.windowHandle(), key)
        now += 1
    assert (window.codes, returns) == (["0100614141123452"], [])
    now += 251
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Return)
    assert returns == [True]


def test_at_a_secret_a_beat_that_would_pass_elsewhere_is_a_persons(shown: Callable[..., Fields]) -> None:
    window = shown()
    steps = [40, 36, 50, 40, 40, 38, 40, 40, 40, 40]
    window.focus("line")
    type_by_hand(window, "Tr0ub4dor!", every_ms=steps, end=Qt.Key.Key_Return)
    assert (window.codes, window.line.text()) == (["Tr0ub4dor!"], "")
    window.focus("secret")
    type_by_hand(window, "Tr0ub4dor!", every_ms=steps, end=Qt.Key.Key_Return)
    assert (window.codes, window.secret.text()) == (["Tr0ub4dor!"], "Tr0ub4dor!")


def test_the_keys_of_a_code_that_come_up_after_its_end_are_not_seen(shown: Callable[..., Fields]) -> None:
    """A button that has the keyboard acts when the space key comes up."""
    window = shown()
    window.focus("button")
    window.button.setDown(True)
    window.scanner.moment_of = lambda _event: 10_000
    handle, keys = window.windowHandle(), (Qt.Key.Key_0, Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_Space)
    for key in (*keys, Qt.Key.Key_Return):
        QTest.keyPress(handle, key)
    for key in (*keys, Qt.Key.Key_Return):
        QTest.keyRelease(handle, key)
    assert (window.codes, window.pressed) == (["012 "], 0)


def test_one_code_after_another_arrives(shown: Callable[..., Fields]) -> None:
    window = shown()
    window.focus("line")
    for code in CODES:
        scan(window, code)
    assert window.codes == list(CODES)


@pytest.mark.parametrize(("gap_ms", "kind"), [(1, "line"), (40, "secret"), (1, "button"), (40, "table")])
def test_a_code_that_breaks_off_is_thrown_away_and_told(
    qtbot: QtBot, shown: Callable[..., Fields], gap_ms: int, kind: str
) -> None:
    window = shown()
    window.focus(kind)
    scan(window, CODES[0], gap_ms=gap_ms, end=None)
    qtbot.waitUntil(lambda: window.broken == 1)
    assert window.codes == []
    assert window.contents() == NOTHING


def test_what_comes_after_a_break_belongs_to_the_broken_code(shown: Callable[..., Fields]) -> None:
    window = shown()
    window.focus("button")
    now = 10_000
    window.scanner.moment_of = lambda _event: now
    for character in "0100614141123452":
        QTest.keyClick(window.windowHandle(), ord(character))
    now += 100
    for character in "10A ":
        QTest.keyClick(window.windowHandle(), ord(character))
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Return)
    assert (window.codes, window.broken, window.contents()) == ([], 1, NOTHING)
    now += 300
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Return)
    assert window.codes == []


def test_a_dialog_over_the_window_has_the_same_scanner(qtbot: QtBot, shown: Callable[..., Fields]) -> None:
    window = shown()
    dialog = QDialog(window)
    field = QLineEdit()
    QVBoxLayout(dialog).addWidget(field)
    with qtbot.waitActive(dialog):
        dialog.open()
    field.setFocus()
    scan(window, CODES[0])
    type_by_hand(window, "typed")
    assert (window.codes, field.text()) == ([CODES[0]], "typed")
    dialog.close()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_open_list_of_a_choice_takes_no_code(qtbot: QtBot, shown: Callable[..., Fields]) -> None:
    window = shown()
    window.focus("choice")
    window.choice.showPopup()
    scan(window, CODES[0])
    assert (window.codes, window.choice.currentText()) == ([CODES[0]], "none")
    window.choice.hidePopup()


def test_another_window_keeps_its_keys(qtbot: QtBot, shown: Callable[..., Fields]) -> None:
    first, second = shown(), shown()
    scan(second, CODES[0])
    assert (first.codes, second.codes) == ([], [CODES[0]])
    with qtbot.waitActive(first):
        first.activateWindow()
    scan(first, CODES[1])
    assert (first.codes, second.codes) == ([CODES[1]], [CODES[0]])
