"""The right side of a course: what is advised, the bag that waits, the bags that are made, the next cycle."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.course.drafts import NOT_RECURRED
from ui.course.view import BagRow, CourseShown, HeldView, NextView
from ui.icons import Icon, IconView
from ui.widgets.button import Button, LinkButton
from ui.widgets.card import Card
from ui.widgets.field import ChoiceField, TextField
from ui.widgets.finding import FindingList
from ui.widgets.head import clear
from ui.widgets.scroll import ScrollPart
from ui.widgets.text import Text
from ui.words import Words


class HeldPart(QWidget):
    """The first bag at the full dose waits. `answered` carries the choice or None, and the prescriber."""

    answered = Signal(object, str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setProperty("role", "scrolled")
        self._text = Text(size=theme.TABLE, bold=True, wrap=True)
        options = [(each, words(f"ui.course.held.{each}")) for each in NOT_RECURRED]
        self.question = ChoiceField(words("ui.course.held.question"), options, words)
        self.prescriber = TextField(words("ui.course.prescriber"), words)
        self.findings = FindingList(words)
        self.send = Button(words("ui.course.held.send"))
        self.send.clicked.connect(self._send)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self._text, self.question, self.prescriber, self.findings, self.send):
            column.addWidget(widget)

    @property
    def text(self) -> str:
        """What is said of the bag."""
        return self._text.text()

    def show_held(self, held: HeldView | None) -> None:
        """Show what is asked of this bag; None: none waits."""
        self.setVisible(held is not None)
        if held is None:
            return
        self._text.say(held.text)
        for widget in (self.question, self.prescriber, self.send):
            widget.setVisible(held.may_answer)
        self.prescriber.show_remarks(held.remarks.get("prescriber", ()))
        self.findings.show_remarks(
            [each for name, found in held.remarks.items() if name != "prescriber" for each in found]
        )

    def forget(self) -> None:
        """Nothing is chosen beforehand."""
        self.question.choice.set_values([])
        self.prescriber.set_text("")

    def _send(self) -> None:
        self.answered.emit(self.question.choice.value, self.prescriber.text)


class BagsPart(QWidget):
    """The bags that are made and not ended. `opened` and `void_wanted` carry a serial."""

    opened = Signal(str)
    void_wanted = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setProperty("role", "scrolled")
        self._words = words
        self._shown: tuple[BagRow, ...] | None = None
        self._nothing = Text(words("ui.course.bags.nothing"), theme.SMALL, role="muted", wrap=True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.SPACES[1])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Text(words("ui.course.bags.title"), theme.SMALL, bold=True, role="muted"))
        column.addWidget(self._nothing)
        column.addLayout(self._rows)

    def show_bags(self, rows: Sequence[BagRow]) -> None:
        """Show these bags and no others."""
        if tuple(rows) == self._shown:
            return
        self._shown = tuple(rows)
        self._nothing.setVisible(not rows)
        clear(self._rows)
        for row in rows:
            self._rows.addLayout(self._row(row))

    def _row(self, row: BagRow) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(IconView(Icon(row.icon), 18), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Text(f"{row.what}\n{row.answer}", theme.SMALL, wrap=True), 1)
        links = QVBoxLayout()
        links.setSpacing(0)
        links.addWidget(self._link(row.shown, row, self.opened.emit), 0, Qt.AlignmentFlag.AlignRight)
        if row.may_void:
            void = self._link(self._words("ui.bags.move.void"), row, self.void_wanted.emit)
            void.setObjectName(f"void {row.serial}")
            links.addWidget(void, 0, Qt.AlignmentFlag.AlignRight)
        line.addLayout(links)
        return line

    def _link(self, word: str, row: BagRow, pressed: Callable[[str], None]) -> LinkButton:
        link = LinkButton(word)
        link.setAccessibleName(f"{word}: {row.what}, {row.shown}")
        link.clicked.connect(lambda _checked=False: pressed(row.serial))
        return link


class NextPart(QWidget):
    """The next cycle as the indication has it. `wanted` says that its order is to be begun."""

    wanted = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setProperty("role", "scrolled")
        self._title = Text(size=theme.SMALL, bold=True, role="muted")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setColumnStretch(1, 1)
        self.findings = FindingList(words)
        self.begin = Button(words("ui.course.next.begin"))
        self.begin.clicked.connect(self.wanted)
        self._shown: NextView | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._title)
        column.addLayout(self._grid)
        column.addWidget(self.begin)
        column.addWidget(self.findings)

    @property
    def title(self) -> str:
        """The title shown; empty: no next cycle."""
        return "" if self._shown is None else self._title.text()

    def show_next(self, found: NextView | None) -> None:
        """Show this cycle; None: the indication has none, or nobody can say yet."""
        self.setVisible(found is not None)
        if found == self._shown:
            return
        self._shown = found
        clear(self._grid)
        if found is None:
            return
        self._title.say(found.title)
        for row, (name, value) in enumerate(found.rows):
            self._grid.addWidget(Text(name, theme.SMALL, role="muted"), row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(Text(value, theme.SMALL, bold=True, wrap=True), row, 1)
        self.findings.show_remarks(found.remarks)


class SideCard(Card):
    """All of them under each other, in a part that scrolls."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.column.setContentsMargins(12, 8, 4, 8)
        self.findings, self.advice = FindingList(words), FindingList(words)
        self.held, self.bags, self.next = HeldPart(words), BagsPart(words), NextPart(words)
        part = ScrollPart()
        part.column.setSpacing(theme.SPACES[2])
        for widget in (self.held, self.findings, self.bags, self.advice, self.next):
            part.column.addWidget(widget)
        part.column.addStretch(1)
        self.column.addWidget(part)

    def show_course(self, shown: CourseShown) -> None:
        """Show the right side of this."""
        self.findings.show_remarks(shown.findings)
        self.advice.show_remarks(shown.advice)
        self.held.show_held(shown.held)
        self.bags.show_bags(shown.bags)
        self.next.show_next(shown.next)
