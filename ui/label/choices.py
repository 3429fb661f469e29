"""Where the label goes: printer, stock, dots; and how large it is shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from ui import theme
from ui.label.giving import Way
from ui.label.presenter import RESOLUTIONS, LabelView
from ui.label.preview import LabelPreview
from ui.widgets.card import Card
from ui.widgets.field import ChoiceField, SelectField
from ui.widgets.text import Text
from ui.words import Words

_SCREEN_DPI = 96


class ChoicesCard(Card):
    """`changed` says that another stock or other dots were chosen. A printer is chosen only to print."""

    changed = Signal()

    def __init__(self, stocks: Sequence[str], words: Words) -> None:
        super().__init__()
        self._words = words
        self.printer = SelectField(words("ui.label.print.printer"), [], words)
        options = [(stock, words(f"ui.label.stocks.{stock}")) for stock in stocks]
        self.stock = SelectField(words("ui.label.stock"), options, words)
        self.stock.typed.connect(self.changed)
        dots = [(str(dpi), words("ui.label.dpi", dpi=str(dpi))) for dpi in RESOLUTIONS]
        self.dots = ChoiceField(words("ui.label.resolution"), dots, words)
        self.dots.choice.set_values([dots[0][0]])
        self.dots.typed.connect(self.changed)
        self._trouble = Text(size=theme.SMALL, role="muted", wrap=True)
        self._scale = Text(size=theme.SMALL, role="muted", wrap=True)
        paper = QHBoxLayout()
        paper.setSpacing(theme.SPACES[2])
        paper.addWidget(self.stock, 1)
        paper.addWidget(self.dots, 1)
        self.column.addWidget(self.printer)
        self.column.addWidget(self._trouble)
        self.column.addLayout(paper)
        self.column.addWidget(self._scale)

    @property
    def dpi(self) -> int:
        """The printer's dots per inch."""
        return int(self.dots.choice.value or RESOLUTIONS[0])

    @property
    def trouble(self) -> str:
        """Why there may be more printers than are offered."""
        return self._trouble.text() if self._trouble.isVisibleTo(self) else ""

    def show_view(self, view: LabelView) -> None:
        """Show what is chosen."""
        self.stock.set_value(view.request.stock)
        self.dots.choice.set_values([str(view.request.dpi)])
        prints = view.giving.way in {Way.PRINT, Way.AGAIN}
        self.printer.setVisible(prints)
        self._trouble.say(view.printer_trouble)
        self._trouble.setVisible(prints and bool(view.printer_trouble))
        self._offer(view.printers)

    def _offer(self, names: Sequence[str]) -> None:
        """These printers, and the one that was chosen stays so."""
        box = self.printer.box
        if [str(box.itemData(at)) for at in range(box.count())] == list(names):
            return
        chosen = self.printer.value
        box.clear()
        for name in names:
            box.addItem(name, name)
        if chosen in names:
            self.printer.set_value(chosen)

    def say_scale(self, preview: LabelPreview, dpi: int) -> None:
        """How many dots of the screen one of the printer's has; 0: nothing is shown."""
        if not dpi:
            self._scale.say("")
            return
        code = "ui.label.scale" if preview.fits else "ui.label.scale-moves"
        percent = preview.zoom * dpi * 100 // _SCREEN_DPI
        self._scale.say(self._words(code, pixels=str(preview.zoom), percent=str(percent)))
