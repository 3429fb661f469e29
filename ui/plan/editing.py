"""A person changes the plan bag by bag: what a wish would bring, what it brought, back and forward. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from pharmacy_app.domain.plan import Plan
from pharmacy_app.workflow.plan_edit import Change, PlanEditor
from ui.plan.change_card import ChangeCard, change_card, refusals, totals_line
from ui.remarks import Remark
from ui.words import Words


@dataclass(frozen=True, slots=True)
class DurationChoice:
    """One duration that a bag may be given: what it is called, and what it would bring or why not."""

    duration_h: int
    text: str
    may_be_chosen: bool
    is_own: bool


class Editing:
    """The wishes about one plan. What was worked out is remembered as long as the plan stays the same."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._plan: Plan | None = None
        self._editor: PlanEditor | None = None
        self._known: dict[tuple[int, int], Change] = {}
        self.refused: tuple[Remark, ...] = ()

    def begin(self, plan: Plan | None, editor: PlanEditor | None) -> None:
        """This plan is to be changed; None: no plan may be."""
        if plan is not self._plan or editor is not self._editor:
            self._plan, self._editor, self._known = plan, editor, {}

    @property
    def first_free(self) -> int | None:
        """The first bag that may be changed; None: none may."""
        if self._plan is None or self._editor is None:
            return None
        return self._editor.first_free(self._plan)

    def set_duration(self, number: int, duration_h: int) -> Change | None:
        """What becomes of the plan if this bag gets that duration."""
        if self._plan is None or self._editor is None:
            return None
        key = number, duration_h
        if key not in self._known:
            self._known[key] = self._editor.set_duration(self._plan, number, duration_h)
        return self._known[key]

    def step(self, number: int, *, longer: bool) -> Change | None:
        """The next longer or shorter duration."""
        if self._plan is None or self._editor is None:
            return None
        return self._editor.step(self._plan, number, longer=longer)

    def join(self, number: int) -> Change | None:
        """This bag and the next as one."""
        if self._plan is None or self._editor is None:
            return None
        return self._editor.join(self._plan, number)

    def refuse(self, change: Change) -> None:
        """Say why it is not done."""
        self.refused = refusals(change, self._words)

    def card(self, change: Change) -> ChangeCard:
        """What it would bring, for the card at the pointer."""
        assert self._plan is not None
        return change_card(self._plan, change, self._words)

    def choices(self, number: int) -> tuple[DurationChoice, ...]:
        """Every duration of the protocol for a bag, each with what it would bring."""
        if self._plan is None or not 0 < number <= len(self._plan.bags):
            return ()
        return tuple(self._choice(number, each) for each in self._plan.protocol.durations_h)

    def _choice(self, number: int, duration_h: int) -> DurationChoice:
        assert self._plan is not None
        change = self.set_duration(number, duration_h)
        assert change is not None
        is_own = duration_h == self._plan.bags[number - 1].duration_h
        if change.plan is None:
            says = refusals(change, self._words)[0].sentence
        else:
            says = totals_line(self._plan, change.plan, self._words)
        text = self._words("ui.plan.edit.choice", duration=str(duration_h), says=says)
        return DurationChoice(duration_h, text, change.plan is not None, is_own)
