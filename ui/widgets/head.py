"""The head of a page: its name or patient, a few facts, and its acts at the right. 60 px."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget

from ui import theme
from ui.widgets.text import Text


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
        row.setContentsMargins(theme.PAGE_EDGE, 8, theme.PAGE_EDGE, 8)
        row.setSpacing(theme.PAGE_EDGE)
        row.addWidget(self._title)
        row.addLayout(self._facts)
        row.addStretch(1)
        row.addLayout(self._acts)

    def set_title(self, title: str) -> None:
        """The page's name, or the patient's."""
        self._title.say(title)

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
