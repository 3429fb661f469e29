"""A window with one of each kind of widget that can have the keyboard, and a scanner."""

from __future__ import annotations

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.scanner import WedgeScanner

KINDS = (
    "line",
    "secret",
    "several lines",
    "choice",
    "own choice",
    "button",
    "tick",
    "table",
    "list",
    "nothing",
)

NOTHING = ("", "", "", "none", "", 0, False, "none", 0)  # what they hold at first


class Fields(QWidget):
    """`codes` are the scans that arrived, `broken` counts those that broke off, `pressed` the button."""

    def __init__(self, *, prefix: str = "") -> None:
        super().__init__()
        self.codes: list[str] = []
        self.broken = 0
        self.pressed = 0
        self.scanner = WedgeScanner(self, prefix=prefix)
        self.scanner.scanned.connect(self.codes.append)
        self.scanner.broken_off.connect(self._count_broken)
        self.line, self.secret, self.several = QLineEdit(), QLineEdit(), QPlainTextEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.choice, self.own_choice = QComboBox(), QComboBox()
        self.choice.addItems(["none", "0 first", "1 second", "A third"])
        self.own_choice.setEditable(True)
        self.button, self.tick = QPushButton("Go"), QCheckBox("Yes")
        self.button.clicked.connect(self._count_pressed)
        self.table = QTableWidget(2, 1)
        for row, text in enumerate(("none", "0100")):
            self.table.setItem(row, 0, QTableWidgetItem(text))
        self.table.setCurrentCell(0, 0)
        self.list = QListView()
        self.list.setModel(QStringListModel(["none", "0100"]))
        self.list.setCurrentIndex(self.list.model().index(0, 0))
        column = QVBoxLayout(self)
        for widget in self.all():
            column.addWidget(widget)

    def all(self) -> tuple[QWidget, ...]:
        """Every widget, in the order of KINDS."""
        return (
            self.line,
            self.secret,
            self.several,
            self.choice,
            self.own_choice,
            self.button,
            self.tick,
            self.table,
            self.list,
        )

    def focus(self, kind: str) -> None:
        """Give the keyboard to the widget of a kind."""
        if kind == "nothing":
            for widget in self.all():
                widget.clearFocus()
        else:
            self.all()[KINDS.index(kind)].setFocus()

    def contents(self) -> tuple[object, ...]:
        """What the widgets hold."""
        item = self.table.currentItem()
        return (
            self.line.text(),
            self.secret.text(),
            self.several.toPlainText(),
            self.choice.currentText(),
            self.own_choice.currentText(),
            self.pressed,
            self.tick.isChecked(),
            None if item is None else item.text(),
            self.list.currentIndex().row(),
        )

    def _count_broken(self) -> None:
        self.broken += 1

    def _count_pressed(self) -> None:
        self.pressed += 1
