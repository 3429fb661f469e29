"""The steps of a person who changes something: back by undo, forward again by redo. Knows no Qt."""

from __future__ import annotations

from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class Steps(Generic[Thing]):
    """What was there before each step, exactly as it was."""

    def __init__(self) -> None:
        self._back: list[Thing] = []
        self._forward: list[Thing] = []

    @property
    def may_undo(self) -> bool:
        return bool(self._back)

    @property
    def may_redo(self) -> bool:
        return bool(self._forward)

    def forget(self) -> None:
        """Nothing was done."""
        self._back, self._forward = [], []

    def step(self, before: Thing) -> None:
        """A new step is done; what was undone before cannot be done again."""
        self._back.append(before)
        self._forward = []

    def undo(self, now: Thing) -> Thing:
        """What was there before the last step; without one, what is there now."""
        if not self._back:
            return now
        self._forward.append(now)
        return self._back.pop()

    def redo(self, now: Thing) -> Thing:
        """What was there after the step that was undone last; without one, what is there now."""
        if not self._forward:
            return now
        self._back.append(now)
        return self._forward.pop()
