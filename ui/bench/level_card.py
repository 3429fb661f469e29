"""The card at the right: what is in the bag now and after this step; and what opens the number pad."""

from __future__ import annotations

from PySide6.QtCore import Qt

from ui import theme
from ui.bench.gauge import BagGauge
from ui.bench.view import BagView
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.text import Text
from ui.words import Words

_WIDTH = 196


class LevelCard(Card):
    """Two volumes in words, and the bag between them."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setFixedWidth(_WIDTH)
        self._now = Text(size=theme.RESULT, bold=True)
        self._after = Text(size=theme.TITLE, bold=True)
        self._gauge = BagGauge()
        middle = Qt.AlignmentFlag.AlignHCenter
        above = Text(words("ui.bench.in-the-bag"), theme.SMALL, bold=True, role="muted")
        below = Text(words("ui.bench.after-step"), theme.SMALL, role="muted")
        for widget in (above, self._now):
            self.column.addWidget(widget, 0, middle)
        self.column.addWidget(self._gauge, 1)
        for widget in (below, self._after):
            self.column.addWidget(widget, 0, middle)
        self.pad = Button(words("ui.bench.number-pad"))
        self.pad.setFont(theme.font(theme.TITLE, bold=True))
        self.pad.setFixedHeight(theme.BENCH_BUTTON_HEIGHT)
        self.column.addWidget(self.pad)

    def show_bag(self, bag: BagView) -> None:
        """Show this bag's levels."""
        self._now.say(bag.in_the_bag)
        self._after.say(bag.after_step)
        self._gauge.show_level(bag.filled, bag.filled_after)
        step = bag.step
        self.pad.setVisible(step is not None and step.asks_volume and not step.opens_later)
