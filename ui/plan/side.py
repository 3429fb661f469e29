"""The right side of the Plan page: totals, and under them one bag, the findings, or what the plan beats."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pharmacy_app.domain.finding import Severity
from ui import theme
from ui.icons import SEVERITY_ICONS, Icon, IconView
from ui.plan.bag_facts import BagFacts
from ui.plan.comparison import AlternativeView
from ui.plan.view import PlanFigures, PlanView, Shown
from ui.remarks import Remark, count
from ui.widgets.button import LinkButton
from ui.widgets.card import BigNumber, Card, ValueRow
from ui.widgets.choice import SegmentedChoice
from ui.widgets.finding import FindingList
from ui.widgets.head import clear
from ui.widgets.tag import Tag
from ui.widgets.text import Rule, Text
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


class _Panel(QWidget):
    """A panel with a heading that shows only where no tab says the same."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        self.setProperty("role", "scrolled")
        self.heading = Text(heading, theme.SMALL, bold=True, role="muted")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(14, 10, 14, 10)
        self.column.setSpacing(8)
        self.column.addWidget(self.heading)


class BagPanel(_Panel):
    """All figures of the chosen bag."""

    def __init__(self, words: Words) -> None:
        super().__init__(words("ui.plan.panel.bag"))
        self._title = Text(size=theme.TITLE, bold=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 1)
        self._findings = FindingList(words)
        column = self.column
        column.addWidget(self._title)
        column.addLayout(self._grid)
        column.addWidget(self._findings)
        column.addStretch(1)

    def show_bag(self, facts: BagFacts | None) -> None:
        """Show this bag, or nothing."""
        clear(self._grid)
        self._title.say(facts.title if facts else "")
        self._findings.show_remarks(facts.remarks if facts else ())
        for row, (name, value) in enumerate(facts.rows if facts else ()):
            self._grid.addWidget(Text(name, theme.SMALL, role="muted"), row, 0, Qt.AlignmentFlag.AlignTop)
            text = Text(value, theme.SMALL, bold=True, wrap=True)
            text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(text, row, 1)


class FindingsPanel(_Panel):
    """Every finding of the plan in the picture."""

    def __init__(self, words: Words) -> None:
        super().__init__(words("ui.plan.panel.findings"))
        self._none = Text(words("ui.plan.no-findings"), theme.TABLE, role="muted", wrap=True)
        self._findings = FindingList(words)
        column = self.column
        column.addWidget(self._none)
        column.addWidget(self._findings)
        column.addStretch(1)

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        """Show these."""
        self._none.setVisible(not remarks)
        self._findings.show_remarks(remarks)


class BeatsPanel(_Panel):
    """The alternatives; `alternative_chosen` carries the number of one, or None for the plan itself."""

    alternative_chosen = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__(words("ui.plan.panel.beats-heading"))
        self._words = words
        self._none = Text(words("ui.plan.no-alternatives"), theme.TABLE, role="muted", wrap=True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        column = self.column
        column.addWidget(self._none)
        column.addLayout(self._rows)
        column.addStretch(1)
        self._links: list[LinkButton] = []
        self._shown: tuple[tuple[AlternativeView, ...], int | None] = ((), None)

    def show_alternatives(self, alternatives: tuple[AlternativeView, ...], shown: int | None) -> None:
        """Show these; `shown` is the one in the picture."""
        if self._shown == (alternatives, shown):
            return
        focused = next((at for at, link in enumerate(self._links) if link.hasFocus()), None)
        self._shown, self._links = (alternatives, shown), []
        clear(self._rows)
        self._none.setVisible(not alternatives)
        for at, alternative in enumerate(alternatives):
            if at:
                self._rows.addWidget(Rule())
            self._rows.addLayout(self._row(at, alternative, is_shown=at == shown))
        if focused is not None and focused < len(self._links):
            self._links[focused].setFocus()

    def _row(self, at: int, alternative: AlternativeView, *, is_shown: bool) -> QVBoxLayout:
        row = QVBoxLayout()
        row.setSpacing(2)
        top = QHBoxLayout()
        top.addWidget(Text(alternative.name, theme.TABLE, bold=True, wrap=True), 1)
        if alternative.may_be_shown:
            top.addWidget(self._link(at, alternative, is_shown=is_shown), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(top)
        if alternative.totals:
            row.addWidget(Text(alternative.totals, theme.SMALL))
        why = QHBoxLayout()
        why.setSpacing(6)
        why.addWidget(IconView(SEVERITY_ICONS[alternative.severity], 14), 0, Qt.AlignmentFlag.AlignTop)
        why.addWidget(Text(alternative.why_not, theme.SMALL, wrap=True), 1)
        row.addLayout(why)
        return row

    def _link(self, at: int, alternative: AlternativeView, *, is_shown: bool) -> LinkButton:
        link = LinkButton(self._words("ui.plan.show-plan" if is_shown else "ui.plan.show"))
        link.setAccessibleName(f"{link.text()}: {alternative.name}")
        link.setObjectName(f"alternative {at}")
        link.clicked.connect(lambda: self.alternative_chosen.emit(None if is_shown else at))
        self._links.append(link)
        return link


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
        self._bag, self._findings, self._beats = BagPanel(words), FindingsPanel(words), BeatsPanel(words)
        self._beats.alternative_chosen.connect(self.alternative_chosen)
        self._tabs = SegmentedChoice(
            [(name, words(f"ui.plan.panel.{name}")) for name in self.PANELS], size=14
        )
        self._tabs.set_name(words("ui.plan.panel-choice"))
        self._tabs.set_values(["beats"])
        self._tabs.chosen.connect(lambda _values: self._show_panel())
        self._panels = (self._bag, self._findings, self._beats)
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
        self._bag.show_bag(view.bag)
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
            panel.heading.setVisible(tall and panel is not self._bag)


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
