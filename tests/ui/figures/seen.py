"""The Figures page in its window, and the hands on it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.support.commissioning import SECRET
from tests.ui.conftest import settle
from ui.figures.figure_input import LineInput
from ui.figures.figure_row import FigureRowView
from ui.figures.page import FiguresPage
from ui.main_window import MainWindow
from ui.page import PageName
from ui.widgets.band import TrainingBand


class Seen:
    """The page in its window, and the hands on it."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot, self.window = qtbot, window
        window.go_to(PageName.FIGURES)
        self.settle()
        page = window.page
        assert isinstance(page, FiguresPage)
        self.page = page

    def settle(self) -> None:
        settle(self.qtbot, self.window)

    def choose(self, key: str) -> None:
        rows = [each.key for each in self.page.list.rows]
        self.page.list.setCurrentIndex(self.page.list.model().index(rows.index(key), 0))
        self.settle()
        shown = self.page.group
        self.qtbot.waitUntil(lambda: not shown.isVisible() or all(each.isVisible() for each in shown.rows))

    def row(self, figure: str) -> FigureRowView:
        return next(each for each in self.page.group.rows if each.figure_row.name == figure)

    def line(self, figure: str) -> QLineEdit:
        line = self.row(figure).input
        assert isinstance(line, LineInput)
        return line.edit

    def type(self, figure: str, text: str) -> None:
        """Type a value and go on with Enter, as a person does."""
        line = self.line(figure)
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, text)
        QTest.keyClick(line, Qt.Key.Key_Return)
        self.settle()

    @property
    def marked(self) -> bool:
        """Whether the window carries the training mark."""
        band = self.window.findChild(TrainingBand)
        assert band is not None
        return band.isVisible()

    def release(self, serial: str, secret: str) -> None:
        button = self.page.bags.findChild(QPushButton, f"release {serial}")
        assert button is not None
        self.page.bags.secret.edit.setText(secret)
        button.click()
        self.settle()

    def sign(self, secret: str = SECRET) -> None:
        self.page.group.secret.edit.setText(secret)
        self.page.group.button.click()
        self.settle()
