"""The right side of the Plan page: totals, and under them one bag, the findings, or what the plan beats."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pharmacy_app.domain.finding import Severity
from ui import theme
from ui.icons import Icon
from ui.plan.panels import BagPanel, BeatsPanel, FindingsPanel, Panel
from ui.plan.view import PlanFigures, PlanView, Shown
from ui.remarks import count
from ui.widgets.card import BigNumber, Card, ValueRow
from ui.widgets.choice import SegmentedChoice
from ui.widgets.head import clear
from ui.widgets.tag import Tag
from ui.widgets.text import Text
from ui.words import Words

WIDTH = 286
TALL = 880


class FiguresCard(Card):
    """The totals of the plan in the picture; bags and changes are the biggest."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._tag = Tag(Icon.DONE, words("ui.plan.every-rule-holds"))
        super().__init__(words("ui.plan.shown.in-use"), quiet=True, beside_title=self._tag)
        self.column.setContentsMargins(16, 10, 16, 10)
        self.column.setSpacing(0)
        self._bags, self._changes = BigNumber(), BigNumber()
        big = QHBoxLayout()
        big.setSpacing(theme.PAGE_EDGE)
        big.addWidget(self._bags)
        big.addWidget(self._changes)
        big.addStretch(1)
        self.column.addLayout(big)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.column.addLayout(self._rows)
        self.column.addSpacing(theme.SPACES[0])
        self._why = Text(size=theme.SMALL, role="muted", wrap=True)
        self.column.addWidget(self._why)

    def show_figures(self, figures: PlanFigures, view: PlanView) -> None:
        """Show these totals."""
        self.set_title(view.shown_name)
        self._tag.say(*self._verdict(view))
        self._bags.say(*figures.bags)
        self._changes.say(*figures.changes)
        clear(self._rows)
        for at, (name, value) in enumerate(figures.rows):
            self._rows.addWidget(ValueRow(name, value, lined=at < len(figures.rows) - 1))
        self._why.say(figures.why)

    def _verdict(self, view: PlanView) -> tuple[Icon, str]:
        if view.shown is Shown.NOT_CHOSEN:
            return Icon.NOTE, self._words("ui.plan.not-chosen")
        reasons = count(view.remarks, Severity.REASON)
        if reasons:
            number = "one" if reasons == 1 else "many"
            return Icon.REASON, self._words(f"ui.plan.reasons-{number}", count=str(reasons))
        return Icon.DONE, self._words("ui.plan.every-rule-holds")


class Side(QWidget):
    """Totals above; below them one of three panels, or all three where the window is high enough."""

    alternative_chosen = Signal(object)

    PANELS = ("bag", "findings", "beats")

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.setFixedWidth(WIDTH)
        self._why_not = Text(size=theme.SMALL, bold=True, role="muted", wrap=True)
        self._why_not.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._figures = FiguresCard(words)
        self.bag, self._findings, self._beats = BagPanel(words), FindingsPanel(words), BeatsPanel(words)
        self._beats.alternative_chosen.connect(self.alternative_chosen)
        self._tabs = SegmentedChoice(
            [(name, words(f"ui.plan.panel.{name}")) for name in self.PANELS], size=14
        )
        self._tabs.set_name(words("ui.plan.panel-choice"))
        self._tabs.set_values(["beats"])
        self._tabs.chosen.connect(lambda _values: self._show_panel())
        self._panels: tuple[Panel, ...] = (self.bag, self._findings, self._beats)
        self._cards = [_scrolling(panel) for panel in self._panels]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._why_not)
        column.addWidget(self._figures)
        column.addWidget(self._tabs)
        for card, share in zip(self._cards, (3, 2, 2), strict=True):
            column.addWidget(card, share)
        self._show_panel()

    @property
    def panel(self) -> str:
        """The panel in front."""
        return self._tabs.value or ""

    def say_why_not(self, why: str) -> None:
        """Why the plan cannot be accepted, or a bag not opened, right under the button."""
        self._why_not.setVisible(bool(why))
        self._why_not.say(why)

    def bring(self, panel: str) -> None:
        """Bring a panel to the front."""
        self._tabs.set_values([panel])
        self._show_panel()

    def show_view(self, view: PlanView) -> None:
        """Show what the presenter says."""
        self._figures.setVisible(view.figures is not None)
        if view.figures is not None:
            self._figures.show_figures(view.figures, view)
        self.bag.show_view(view)
        self._findings.show_remarks(view.remarks)
        self._beats.show_alternatives(view.alternatives, view.alternative_shown)
        for name, number in (("findings", len(view.remarks)), ("beats", len(view.alternatives))):
            segment = self._tabs.segments()[self.PANELS.index(name)]
            segment.setText(self._words(f"ui.plan.panel.{name}-counted", count=str(number)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_panel()

    def _show_panel(self) -> None:
        tall = self.height() >= TALL
        self._tabs.setVisible(not tall)
        for name, card, panel in zip(self.PANELS, self._cards, self._panels, strict=True):
            card.setVisible(tall or name == self._tabs.value)
            panel.heading.setVisible(tall and panel is not self.bag)


def _scrolling(panel: QWidget) -> QFrame:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(panel)
    area.setFrameShape(QFrame.Shape.NoFrame)
    card = QFrame()
    card.setProperty("role", "card")
    column = QVBoxLayout(card)
    column.setContentsMargins(1, 4, 1, 4)
    column.addWidget(area)
    return card
