"""Two revisions of the protocol side by side."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from ui import theme
from ui.figures.view import RevisionRow, RevisionsView
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.finding import FindingList
from ui.widgets.head import clear
from ui.widgets.scroll import ScrollPart
from ui.widgets.text import Rule, Text
from ui.words import Words

_NAME_WIDTH = 240


class RevisionsPanel(Card):
    """`file_wanted`: a person wants to choose a file."""

    file_wanted = Signal()

    def __init__(self, words: Words) -> None:
        self.choose = Button(words("ui.figures.revisions.choose"))
        super().__init__(words("ui.figures.revisions.title"), beside_title=self.choose)
        self._shown: RevisionsView | None = None
        self.choose.clicked.connect(self.file_wanted)
        self._sentence = Text(size=theme.BODY, bold=True, wrap=True)
        self._findings = FindingList(words)
        self._headings = [Text(size=theme.SMALL, role="muted", wrap=True) for _ in range(2)]
        head = QHBoxLayout()
        head.setSpacing(theme.SPACES[3])
        head.addSpacing(_NAME_WIDTH + theme.SPACES[3])
        for text in self._headings:
            head.addWidget(text, 1)
        self._part = ScrollPart(edge=0)
        self.column.setSpacing(theme.SPACES[2])
        self.column.addWidget(self._sentence)
        self.column.addWidget(self._findings)
        self.column.addLayout(head)
        self.column.addWidget(self._part, 1)

    @property
    def sentence(self) -> str:
        """What is said of the whole."""
        return self._sentence.text()

    def show_revisions(self, view: RevisionsView) -> None:
        """Show what differs."""
        if view == self._shown:
            return
        self._shown = view
        self._sentence.say(view.sentence)
        self._findings.show_remarks(view.remarks)
        for text, heading in zip(self._headings, view.headings, strict=True):
            text.say(heading)
        clear(self._part.column)
        for row in view.rows:
            self._part.column.addWidget(self._row(row))
            self._part.column.addWidget(Rule())
        self._part.column.addStretch(1)

    def _row(self, row: RevisionRow) -> QWidget:
        whole = QWidget()
        grid = QGridLayout(whole)
        grid.setContentsMargins(0, 6, 0, 6)
        grid.setHorizontalSpacing(theme.SPACES[3])
        name = Text(row.caption, theme.TABLE, bold=True, wrap=True)
        name.setFixedWidth(_NAME_WIDTH)
        grid.addWidget(name, 0, 0, 2, 1, Qt.AlignmentFlag.AlignTop)
        for column, (value, source) in enumerate(
            ((row.old, row.old_source), (row.new, row.new_source)), start=1
        ):
            grid.addWidget(Text(value, theme.TITLE, bold=True, wrap=True), 0, column)
            grid.addWidget(Text(source, theme.SMALL, role="muted", wrap=True), 1, column)
            grid.setColumnStretch(column, 1)
        return whole
