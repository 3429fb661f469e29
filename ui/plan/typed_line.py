"""The sequence of bags that a person types: how far it is read, and what the rules say of it. Knows no Qt."""

from __future__ import annotations

from dataclasses import replace

from pharmacy_app.domain.bag_schedule import MINUTES_IN_A_DAY
from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.finding import Severity
from pharmacy_app.domain.plan import Plan
from pharmacy_app.domain.quantity import HOURS_PER_DAY
from ui.plan.sequence_text import read_sequence
from ui.remarks import Remark, in_order, remark_of_finding, remark_of_refusal
from ui.words import Words


class TypedLine:
    """What stands in the line, beside the plan in use."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._sequence: tuple[int, ...] | None = None
        self._plan: Plan | None = None
        self._refusal: InputRefused | None = None

    @property
    def plan(self) -> Plan | None:
        """The plan of what is typed, where the rules let it be one."""
        return None if self._plan is None or self._plan.refused else self._plan

    @property
    def broken_plan(self) -> Plan | None:
        """What the rules say of what is typed, where they stop it."""
        return self._plan if self._plan is not None and self._plan.refused else None

    @property
    def refusal(self) -> InputRefused | None:
        """Why what is typed cannot be read."""
        return self._refusal

    @property
    def differs(self) -> bool:
        """Whether something else stands there than the sequence in use."""
        return self._sequence is not None or self._refusal is not None

    def clear(self) -> None:
        """The sequence in use stands there."""
        self._sequence = self._plan = self._refusal = None

    def type_text(self, text: str, in_use: Plan) -> tuple[int, ...] | None:
        """Someone typed. Returns the sequence whose plan must be asked for, if what stands there is one."""
        self.clear()
        try:
            sequence = read_sequence(text, in_use.protocol)
        except InputRefused as refusal:
            self._refusal = refusal
            return None
        self._sequence = None if sequence == in_use.sequence_h else sequence
        return self._sequence

    def take(self, plan: Plan) -> bool:
        """The plan of what was typed; an answer to something typed earlier is not taken."""
        taken = plan.order.bags.sequence_h == self._sequence
        if taken:
            self._plan = plan
        return taken

    def remarks(self) -> tuple[Remark, ...]:
        """What is wrong with what is typed; notes and reasons stand in the list of findings."""
        if self._refusal is not None:
            return (remark_of_refusal(self._refusal, self._words),)
        if self.broken_plan is None:
            return ()
        found = in_order(remark_of_finding(each, self._words) for each in self.broken_plan.findings)
        return tuple(each for each in found if each.severity is Severity.STOP)

    def reach(self, in_use: Plan) -> str:
        """How many of the days are covered; empty where what is typed cannot be read."""
        if self._refusal is not None:
            return ""
        if self._sequence is not None and self.plan is None:
            reached = sum(self._sequence) // int(HOURS_PER_DAY)
        else:  # what an interruption cut off does not count
            reached = sum(bag.infused_minutes for bag in (self.plan or in_use).bags) // MINUTES_IN_A_DAY
        days = str(in_use.protocol.infusion_days)
        return self._words("ui.plan.reach", reached=str(reached), days=days)


def in_one_line(remarks: tuple[Remark, ...], words: Words) -> tuple[Remark, ...]:
    """The first remark, with how many others there are; they stand among the findings."""
    if not remarks:
        return ()
    first, others = remarks[0], len(remarks) - 1
    if not others:
        return (replace(first, rule=""),)
    sentence = words("ui.plan.and-more", sentence=first.sentence, count=str(others))
    return (replace(first, rule="", sentence=sentence),)
