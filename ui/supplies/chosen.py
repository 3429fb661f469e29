"""What is known about the chosen row, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.remarks import Remark
from ui.supplies.cold import OUT, RETURN
from ui.supplies.view import Shelf, SuppliesView
from ui.widgets.button import Button
from ui.widgets.finding import FindingList
from ui.widgets.scroll import ScrollPart
from ui.widgets.text import Rule, Text
from ui.words import Words

_FINDINGS_HEIGHT = 84
_ACTS = {Shelf.LOTS: (OUT, RETURN, "quarantine", "release", "recall"), Shelf.PRODUCTS: ("change",)}


class ChosenPart(QWidget):
    """`pressed` carries the name of an act. Nothing can be pressed while no row is chosen."""

    pressed = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._about = Text(size=theme.TABLE, wrap=True)
        self._kept = Text(size=theme.SMALL, wrap=True)
        self._why = Text(size=theme.SMALL, role="muted", wrap=True)
        self._findings = FindingList(words)
        self.buttons = {
            name: Button(words(f"ui.supplies.act.{name}")) for acts in _ACTS.values() for name in acts
        }
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, act=name: self.pressed.emit(act))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACES[1])
        column.addWidget(Rule())
        row = QHBoxLayout()
        row.setContentsMargins(17, 0, 17, 0)
        row.setSpacing(theme.SPACES[2])
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._about)
        texts.addWidget(self._why)
        row.addLayout(texts, 1)
        for button in self.buttons.values():
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        kept = QHBoxLayout()
        kept.setContentsMargins(17, 0, 17, 0)
        kept.addWidget(self._kept)
        column.addLayout(kept)
        self._part = ScrollPart(edge=14)
        self._part.column.addWidget(self._findings)
        self._part.column.addStretch(1)
        self._part.setFixedHeight(_FINDINGS_HEIGHT)
        column.addWidget(self._part)

    @property
    def about(self) -> str:
        """The sentence shown."""
        return self._about.text()

    @property
    def kept(self) -> str:
        """How the lot is stored, and how long it was outside; empty: it is no part of the kit."""
        return self._kept.text()

    @property
    def why(self) -> str:
        """Why something cannot be pressed, or empty."""
        return self._why.text()

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """Why the product is not for use."""
        return self._findings.remarks

    def show_view(self, view: SuppliesView) -> None:
        """Show the chosen row's."""
        self._about.say(view.about)
        self._about.setVisible(bool(view.about))
        self._kept.say(view.kept)
        self._kept.setVisible(bool(view.kept))
        self._findings.show_remarks(view.remarks)
        self._part.setVisible(bool(view.remarks))
        here = [name for name in _ACTS[view.shelf] if view.offers(name)]
        for name, button in self.buttons.items():
            why = view.why_not(name)
            button.setVisible(name in here)
            button.setEnabled(not why)
            button.setAccessibleDescription(why)
            button.setToolTip(why)
        whys = dict.fromkeys(view.why_not(name) for name in here) if view.row is not None else {}
        self._why.say(" ".join(each for each in whys if each))
        self._why.setVisible(bool(self._why.text()))
