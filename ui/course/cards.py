"""The state of a course, read first, with its clocks; and what happened so far."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.course.headline import Clock, Headline
from ui.course.story import StoryRow
from ui.icons import Icon, IconView, tone_of
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.head import clear
from ui.widgets.scroll import ScrollPart
from ui.widgets.text import Rule, Text
from ui.words import Words

_SIGN = 34


class _ClockView(QWidget):
    """A caption, and under it a time with the shape that says how near it is."""

    def __init__(self) -> None:
        super().__init__()
        self._caption = Text(size=theme.SMALL, role="muted")
        self._sign = IconView(Icon.CLOCK, 22)
        self._value = Text(size=theme.NAME, bold=True)
        below = QHBoxLayout()
        below.setSpacing(6)
        below.addWidget(self._sign)
        below.addWidget(self._value)
        below.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._caption)
        column.addLayout(below)

    def show_clock(self, clock: Clock) -> None:
        self._caption.say(clock.name)
        self._sign.show_icon(Icon(clock.icon))
        self._value.say(clock.value)
        ink = tone_of(Icon(clock.icon)).ink
        self._value.setStyleSheet(f"color: {ink};")


class StateCard(Card):
    """`accept` is there where a restart needs a new plan."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.column.setContentsMargins(20, 10, 20, 10)
        self._sign = IconView(Icon.NOTE, _SIGN)
        self._text = Text(size=theme.RESULT, bold=True, wrap=True)
        self._clocks = [_ClockView() for _ in range(3)]
        self.accept = Button(words("ui.course.accept-plan"), filled=True)
        row = QHBoxLayout()
        row.setSpacing(theme.PAGE_EDGE)
        row.addWidget(self._sign)
        row.addWidget(self._text, 1)
        for clock in self._clocks:
            row.addWidget(clock)
        row.addWidget(self.accept)
        self.column.addLayout(row)
        self._shown: Headline | None = None

    @property
    def text(self) -> str:
        """The state shown."""
        return self._text.text()

    @property
    def clocks(self) -> tuple[Clock, ...]:
        """The clocks shown."""
        return () if self._shown is None else self._shown.clocks

    def show_head(self, head: Headline, *, may_accept: bool) -> None:
        """Show this state; nothing is drawn anew while it stays the same."""
        self.accept.setVisible(may_accept)
        if head == self._shown:
            return
        self._shown = head
        self._sign.show_icon(Icon(head.icon))
        short = len(head.clocks) < 3
        self._text.setFont(theme.font(theme.NUMBER if short else theme.RESULT, bold=True))
        self._text.say(head.text)
        for at, view in enumerate(self._clocks):
            view.setVisible(at < len(head.clocks))
            if at < len(head.clocks):
                view.show_clock(head.clocks[at])


class StoryCard(Card):
    """Stops, restarts, decisions and plans, the newest on top."""

    def __init__(self, words: Words) -> None:
        super().__init__(words("ui.course.story.title"), quiet=True)
        self.column.setContentsMargins(14, 10, 6, 10)
        self._nothing = Text(words("ui.course.story.nothing"), theme.TABLE, role="muted", wrap=True)
        self._part = ScrollPart(edge=0)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.SPACES[1])
        self._part.column.addLayout(self._rows)
        self._part.column.addStretch(1)
        self._shown: tuple[StoryRow, ...] | None = None
        self.end = Button(words("ui.course.end.button"))
        self.column.addWidget(self._nothing)
        self.column.addWidget(self._part, 1)
        self.column.addWidget(self.end)

    @property
    def rows(self) -> tuple[StoryRow, ...]:
        """What is shown."""
        return self._shown or ()

    def show_story(self, rows: Sequence[StoryRow], *, may_end: bool) -> None:
        """Show these rows and no others."""
        self.end.setVisible(may_end)
        if tuple(rows) == self._shown:
            return
        self._shown = tuple(rows)
        self._nothing.setVisible(not rows)
        clear(self._rows)
        for at, row in enumerate(rows):
            if at:
                self._rows.addWidget(Rule())
            self._rows.addLayout(_story_row(row))


def _story_row(row: StoryRow) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(8)
    line.addWidget(IconView(Icon(row.icon), 16), 0, Qt.AlignmentFlag.AlignTop)
    texts = QVBoxLayout()
    texts.setSpacing(1)
    texts.addWidget(Text(row.what, theme.TABLE, bold=True, wrap=True))
    texts.addWidget(Text(row.when, theme.SMALL, bold=True))
    for each in row.lines:
        texts.addWidget(Text(each, theme.SMALL, wrap=True))
    texts.addWidget(Text(row.told, theme.SMALL, role="muted", wrap=True))
    line.addLayout(texts, 1)
    return line
