"""Text on the screen: always plain, never markup, and a number is never parted from its unit."""

from __future__ import annotations

import html
import re

from PySide6.QtCore import QMargins, Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy

from ui import theme

_NUMBER_AND_UNIT = re.compile(
    r"(?<=\d) (?=(?:mcg/day|mcg/mL|mcg|mg/mL|mg|mL/h|mL|kg|h|days?|hours?|years?|vials?|bags?|micron"
    r"|%|°C|pt)(?!\w))"
)
_NO_BREAK = "\u00a0"


def unbroken(text: str) -> str:
    """The text with a space that never breaks between a number and its unit."""
    return _NUMBER_AND_UNIT.sub(_NO_BREAK, text)


class Text(QLabel):
    """A plain text. `role` is `muted`, `action`, `stop` or empty."""

    def __init__(
        self,
        text: str = "",
        size: int = theme.BODY,
        *,
        bold: bool = False,
        role: str = "",
        wrap: bool = False,
    ) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(size, bold=bold))
        self.setProperty("role", role)
        self.setWordWrap(wrap)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        self.say(text)

    def say(self, text: str) -> None:
        """Show this text."""
        self.setText(unbroken(text))


class LeadText(QLabel):
    """A sentence after a bold lead, such as **Refused.** Given 71,5."""

    def __init__(self, lead: str, sentence: str, size: int = theme.TABLE) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setFont(theme.font(size))
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.say(lead, sentence)

    def say(self, lead: str, sentence: str) -> None:
        """Show this lead and sentence; both are plain text."""
        self.setAccessibleName(f"{lead} {sentence}")
        self.setText(f"<b>{html.escape(unbroken(lead))}</b> {html.escape(unbroken(sentence))}")


class Rule(QFrame):
    """A line that divides: decoration only."""

    def __init__(self, *, upright: bool = False) -> None:
        super().__init__()
        self.setProperty("role", "upright-rule" if upright else "rule")
        self.setContentsMargins(QMargins(0, 0, 0, 0))
