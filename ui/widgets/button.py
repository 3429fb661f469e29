"""Buttons: one filled one on a page; what cannot be pressed is dashed and says why under it."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.text import Text


class Button(QPushButton):
    """A button of 44 px. `filled` for the one main act of a page."""

    def __init__(self, text: str, *, filled: bool = False) -> None:
        super().__init__(text)
        self.filled = filled
        self.setProperty("role", "primary" if filled else "secondary")
        self.setFont(theme.font(theme.BODY, bold=True))
        self.setFixedHeight(theme.BUTTON_HEIGHT)

    def fill(self, *, filled: bool) -> None:
        """Another button is the main act of the page now, or this one is."""
        if filled is not self.filled:
            self.filled = filled
            self.setProperty("role", "primary" if filled else "secondary")
            self.style().unpolish(self)
            self.style().polish(self)


class LinkButton(QPushButton):
    """A small act written like a word, such as *Show* or *Rule and source*."""

    def __init__(self, text: str, *, bold: bool = True) -> None:
        super().__init__(text)
        self.setProperty("role", "link")
        self.setFont(theme.font(theme.SMALL, bold=bold))
        self.setFlat(True)


class ExplainedButton(QWidget):
    """A button with room under it for the reason why it cannot be pressed."""

    def __init__(self, button: Button) -> None:
        super().__init__()
        self.button = button
        self._why = Text(size=theme.SMALL, role="muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACES[1])
        column.addWidget(button)
        column.addWidget(self._why)
        self.allow()

    @property
    def why(self) -> str:
        """The reason shown, or empty."""
        return self._why.text() if self._why.isVisibleTo(self) else ""

    def allow(self) -> None:
        """The button can be pressed."""
        self.button.setEnabled(True)
        self.button.setAccessibleDescription("")
        self._why.hide()

    def forbid(self, why: str) -> None:
        """The button cannot be pressed, for this reason."""
        self.button.setEnabled(False)
        self.button.setAccessibleDescription(why)
        self._why.say(why)
        self._why.show()
