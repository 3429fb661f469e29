"""The menu of one bag: every duration with what it would bring, joining, a step back or forward."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QMenu, QWidget

from ui import theme
from ui.plan.editing import DurationChoice
from ui.words import Words


class DurationMenu(QMenu):
    """Made anew each time it is opened. What the rules refuse is there, with why, and cannot be chosen."""

    def __init__(self, parent: QWidget, words: Words, number: int, choices: Sequence[DurationChoice]) -> None:
        super().__init__(parent)
        self._words = words
        self.setFont(theme.font(theme.SMALL))
        self.setAccessibleName(words("ui.plan.edit.menu", number=str(number)))
        self.chosen: Callable[[int], None] = lambda _duration_h: None
        for choice in choices:
            self._add_choice(choice)
        self.addSeparator()

    def add(self, code: str, act: Callable[[], object], *, enabled: bool) -> None:
        """One more line, under the durations."""
        action = self.addAction(self._words(f"ui.plan.edit.{code}"))
        action.setEnabled(enabled)
        action.triggered.connect(lambda _checked: act())

    def _add_choice(self, choice: DurationChoice) -> None:
        action = self.addAction(choice.text)
        action.setCheckable(True)
        action.setChecked(choice.is_own)
        action.setEnabled(choice.may_be_chosen)
        action.triggered.connect(lambda _checked: self.chosen(choice.duration_h))
        if choice.is_own:
            self.setActiveAction(action)
