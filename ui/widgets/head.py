"""The head of a page: its name or patient, a few facts, and its acts at the right. 60 px."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget

from ui import theme
from ui.widgets.text import Text

_TITLE_WIDTH = 360
_ANY_WIDTH = 16_777_215
_LONG_WORD = re.compile(r"[^\s-]{24}(?=[^\s-])")


def _may_break(word: re.Match[str]) -> str:
    """A line may break after each 24th letter of a word without a hyphen."""
    return f"{word.group()}\u200b"


class PageHead(QWidget):
    """`set_title` and `set_facts` may be called again; acts are added once."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(theme.HEAD_HEIGHT)
        self._title = Text(size=theme.NAME, bold=True)
        self._facts = QHBoxLayout()
        self._facts.setSpacing(theme.PAGE_EDGE)
        self._acts = QHBoxLayout()
        self._acts.setSpacing(theme.SPACES[2])
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.PAGE_EDGE, 2, theme.PAGE_EDGE, 2)
        row.setSpacing(theme.PAGE_EDGE)
        row.addWidget(self._title)
        row.addLayout(self._facts)
        row.addStretch(1)
        row.addLayout(self._acts)

    def set_title(self, title: str) -> None:
        """The page's name, or the patient's. A long one is never cut: it takes several smaller lines."""
        needed = QFontMetrics(theme.font(theme.NAME, bold=True)).horizontalAdvance(title)
        long = needed > _TITLE_WIDTH
        two_lines = needed * theme.TITLE <= 1.6 * _TITLE_WIDTH * theme.NAME
        size = theme.NAME if not long else theme.TITLE if two_lines else theme.SMALL
        self._title.setFont(theme.font(size, bold=True))
        self._title.setWordWrap(long)
        self._title.setMinimumWidth(_TITLE_WIDTH if long else 0)
        self._title.setMaximumWidth(_TITLE_WIDTH if long else _ANY_WIDTH)
        self._title.say(_LONG_WORD.sub(_may_break, title) if long else title)
        self._title.setAccessibleName(title)

    def set_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Caption and value of each fact, such as `("MRN", "4471023")`; either may be empty."""
        clear(self._facts)
        for caption, value in facts:
            pair = QHBoxLayout()
            pair.setSpacing(5)
            if caption:
                pair.addWidget(Text(caption, theme.TABLE, role="muted"), 0, Qt.AlignmentFlag.AlignVCenter)
            if value:
                pair.addWidget(Text(value, theme.TABLE, bold=True), 0, Qt.AlignmentFlag.AlignVCenter)
            self._facts.addLayout(pair)

    def add_act(self, widget: QWidget) -> None:
        """A button at the right end."""
        self._acts.addWidget(widget)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete it."""
    while (item := layout.takeAt(0)) is not None:
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            clear(inner)
            inner.deleteLater()
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
