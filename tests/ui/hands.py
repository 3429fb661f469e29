"""Hands at the real window that count what they do: clicks, keys, scans."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.support import wedge
from tests.ui.conftest import settle
from ui.main_window import MainWindow
from ui.page import PageName

Kind = TypeVar("Kind", bound=QWidget)
KEYS = {
    PageName.ORDERS: (Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier),
    PageName.PLAN: (Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier),
    PageName.BENCH: (Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier),
    PageName.VERIFY: (Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier),
    PageName.LABEL: (Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier),
    PageName.BAGS: (Qt.Key.Key_7, Qt.KeyboardModifier.ControlModifier),
    PageName.PEOPLE: (Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier),
}


@dataclass(slots=True)
class Effort:
    """What somebody's hands did. A key with Ctrl or Alt counts once; `secret` are those of secrets."""

    clicks: int = 0
    keys: int = 0
    secret: int = 0
    scans: int = 0


@dataclass(slots=True)
class Hands:
    """One person after the other, with a mouse, a keyboard and a scanner."""

    qtbot: QtBot
    window: MainWindow
    done: Effort = field(default_factory=Effort, init=False)

    def wait(self) -> None:
        """Until everything that was asked has been answered, and what followed from that."""
        for _ in range(4):
            settle(self.qtbot, self.window)
            QTest.qWait(0)
        if QGuiApplication.focusWindow() is None:  # a dialog closed, and no window system gives it back
            with self.qtbot.waitActive(self.window):
                self.window.activateWindow()

    def click(self, button: QAbstractButton) -> None:
        """Press a button that is there and can be pressed."""
        assert button.isVisible(), button.text()
        assert button.isEnabled(), button.text()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.done.clicks += 1
        self.wait()

    def write(self, text: str, into: QWidget | None = None) -> None:
        """Type where the keyboard is; with `into`, that must be there."""
        place = self.focused()
        assert into is None or place is into, f"the keyboard is at {place}"
        assert isinstance(place, QLineEdit), place
        QTest.keyClicks(place, text)
        if place.echoMode() is QLineEdit.EchoMode.Password:
            self.done.secret += len(text)
        else:
            self.done.keys += len(text)

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key."""
        QTest.keyClick(self.focused(), key, held)
        self.done.keys += 1
        self.wait()

    def enter(self) -> None:
        """The Enter key."""
        self.press(Qt.Key.Key_Return)

    def scan(self, *codes: str) -> None:
        """One code after the other."""
        for code in codes:
            wedge.scan(self.window, code)
            self.done.scans += 1
            self.wait()

    def open(self, page: PageName) -> None:
        """A page, by its key, unless it is open."""
        if self.window.page is None or self.window.page.name is not page:
            self.press(*KEYS[page])
        assert self.window.page is not None
        assert self.window.page.name is page

    def focused(self) -> QWidget:
        """Where the keyboard is."""
        return QApplication.focusWidget() or self.window

    def page(self, kind: type[Kind]) -> Kind:
        """The open page."""
        page = self.window.page
        assert isinstance(page, kind)
        return page

    def dialog(self, kind: type[Kind]) -> Kind:
        """The dialog in front."""
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, kind)
        return dialog

    def lock(self) -> None:
        """Whoever works here goes."""
        self.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        assert self.window.locked

    def sign_in(self, badge: str, secret: str) -> None:
        """Badge and secret; whoever was here has gone."""
        assert self.window.door is not None
        self.scan(badge)
        self.write(secret, self.window.door.form.secret.edit)
        self.enter()
        assert not self.window.locked
