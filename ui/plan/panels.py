"""The panels at the right side of the Plan page: one bag, the findings, what the plan beats."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.icons import SEVERITY_ICONS, IconView
from ui.plan.bag_facts import BagFacts
from ui.plan.comparison import AlternativeView
from ui.plan.view import PlanView
from ui.remarks import Remark
from ui.widgets.button import LinkButton
from ui.widgets.finding import FindingList
from ui.widgets.head import clear
from ui.widgets.text import Rule, Text
from ui.words import Words


class Panel(QWidget):
    """A panel with a heading that shows only where no tab says the same."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        self.setProperty("role", "scrolled")
        self.heading = Text(heading, theme.SMALL, bold=True, role="muted")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(14, 10, 14, 10)
        self.column.setSpacing(8)
        self.column.addWidget(self.heading)


class BagPanel(Panel):
    """All figures of the chosen bag; at their head the ways to change it, each with a signal."""

    menu_wanted = Signal()
    undo_wanted = Signal()
    redo_wanted = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__(words("ui.plan.panel.bag"))
        self._title = Text(size=theme.TITLE, bold=True)
        self.change, self.undo, self.redo = (
            LinkButton(words(f"ui.plan.edit.{name}")) for name in ("change", "undo", "redo")
        )
        for link, signal in (
            (self.change, self.menu_wanted),
            (self.undo, self.undo_wanted),
            (self.redo, self.redo_wanted),
        ):
            link.clicked.connect(signal)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 1)
        self._findings = FindingList(words)
        top = QHBoxLayout()
        top.setSpacing(theme.SPACES[1])
        top.addWidget(self._title, 1)
        for link in (self.undo, self.redo, self.change):
            top.addWidget(link)
        column = self.column
        column.addLayout(top)
        column.addLayout(self._grid)
        column.addWidget(self._findings)
        column.addStretch(1)

    def show_view(self, view: PlanView) -> None:
        """Show the bag of this view, or nothing."""
        facts = view.bag
        self.change.setVisible(view.may_change)
        self.undo.setVisible(view.may_undo)
        self.redo.setVisible(view.may_redo)
        self._title.say(facts.title if facts else "")
        self._findings.show_remarks(facts.remarks if facts else ())
        self._show_rows(facts)

    def _show_rows(self, facts: BagFacts | None) -> None:
        clear(self._grid)
        for row, (name, value) in enumerate(facts.rows if facts else ()):
            self._grid.addWidget(Text(name, theme.SMALL, role="muted"), row, 0, Qt.AlignmentFlag.AlignTop)
            text = Text(value, theme.SMALL, bold=True, wrap=True)
            text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(text, row, 1)


class FindingsPanel(Panel):
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


class BeatsPanel(Panel):
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
