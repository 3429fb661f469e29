"""Dialogs: the training band on top, a title, some text, buttons. Esc leaves without doing anything."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.band import TrainingBand
from ui.widgets.button import Button
from ui.widgets.text import Text
from ui.words import Words


class BandedDialog(QDialog):
    """The training band and a title; what a dialog holds goes under them into `column`.

    A dialog that is shown by `open` steps aside while the station is locked, and comes back as it was.
    """

    steps_aside = True

    def __init__(self, parent: QWidget | None, words: Words, *, title: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(TrainingBand(words("ui.frame.training"), opener=parent))
        self.column = QVBoxLayout()
        self.column.setContentsMargins(26, 20, 26, 20)
        self.column.setSpacing(theme.SPACES[2])
        self.column.addWidget(Text(title, theme.TITLE, bold=True))
        whole.addLayout(self.column)


class Dialog(BandedDialog):
    """A question or a help text. `answers` are pairs of value and word; the first one is filled.

    `ask` returns the value of the pressed button, or empty after Esc, or when the station is locked.
    """

    steps_aside = False

    def __init__(
        self,
        parent: QWidget | None,
        words: Words,
        *,
        title: str,
        paragraphs: Sequence[str],
        answers: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__(parent, words, title=title)
        self._answer = ""
        for paragraph in paragraphs:
            text = Text(paragraph, wrap=True)
            text.setMinimumWidth(460)
            self.column.addWidget(text)
        self.column.addSpacing(theme.SPACES[1])
        self.column.addLayout(self._buttons(answers))

    def _buttons(self, answers: Sequence[tuple[str, str]]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACES[2])
        row.addStretch(1)
        for number, (value, word) in enumerate(answers):
            button = Button(word, filled=number == 0)
            button.setDefault(number == 0)
            button.setObjectName(f"answer {value}")
            button.clicked.connect(lambda _checked=False, chosen=value: self._take(chosen))
            row.addWidget(button)
        return row

    def _take(self, value: str) -> None:
        self._answer = value
        self.accept()

    def ask(self) -> str:
        """Show it and wait for the answer."""
        self.exec()
        return self._answer


def show_help(parent: QWidget, words: Words, name: str) -> None:
    """The help of a page, by its name in the catalogue."""
    paragraphs = words(f"ui.{name}.help").strip().split("\n\n")
    close = [("close", words("ui.frame.close"))]
    Dialog(parent, words, title=words(f"ui.{name}.name"), paragraphs=paragraphs, answers=close).ask()
