"""Which bag: the one before, the number, the one after."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import theme
from ui.widgets.button import Button
from ui.widgets.text import Text
from ui.words import Words


class BagChooser(QWidget):
    """`chosen` carries the number of the bag that a person wants."""

    chosen = Signal(int)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._number = 0
        self.before = _arrow("<", words("ui.bag.before"))
        self.after = _arrow(">", words("ui.bag.after"))
        self._text = Text(size=theme.BODY, bold=True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text.setMinimumWidth(112)
        self.before.clicked.connect(lambda: self.chosen.emit(self._number - 1))
        self.after.clicked.connect(lambda: self.chosen.emit(self._number + 1))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for widget in (self.before, self._text, self.after):
            row.addWidget(widget)

    @property
    def text(self) -> str:
        """The words shown, such as `Bag 3 of 8`."""
        return self._text.text()

    def show_bag(self, number: int, last: int) -> None:
        """Show this bag; 0: none."""
        self._number = number
        self.setVisible(number > 0)
        self._text.say(self._words("ui.bag.of", number=str(number), last=str(last)))
        self.before.setEnabled(number > 1)
        self.after.setEnabled(number < last)


def _arrow(sign: str, name: str) -> Button:
    button = Button(sign)
    button.setFixedWidth(40)
    button.setStyleSheet("padding: 0;")
    button.setAccessibleName(name)
    button.setToolTip(name)
    return button
