"""What an order asks for: doses, every bag change that follows from the start, reminders. Knows no Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pharmacy_app.domain.plan import Plan
from pharmacy_app.domain.protocol import DoseDays
from ui.dates import clock_text, weekday_and_day
from ui.order.draft import Draft
from ui.order.state import REMINDER, FormState, current_findings
from ui.order.view import Asked

if TYPE_CHECKING:
    from ui.words import Words

_NOT_COVERED = ("order.weight", "order.age")


def asked_by_draft(state: FormState, words: Words) -> Asked:
    """What a draft asks for, as far as every figure is safe to show (REQ-ORD-003)."""
    check = state.check
    if check is None or state.reading is None:
        return Asked(why_empty=words("ui.orders.doses-wait"))
    for finding in current_findings(state):
        if finding.code in _NOT_COVERED:
            return Asked(why_empty=words.finding(finding), refused=True)
    if check.reading.draft != state.draft and not _same_course(check.reading.draft, state.draft):
        return Asked(why_empty=words("ui.orders.doses-wait"))
    if not check.doses:
        return Asked(why_empty=words("ui.orders.doses-wait"))
    reminders = tuple(words.finding(each) for each in check.findings if each.code.startswith(REMINDER))
    title, changes = change_times(check.plan, words)
    return Asked(_doses(check.doses, words), "", False, title, changes, reminders)


def _same_course(before: Draft, now: Draft) -> bool:
    # While the answer for the newest letter is on its way, the doses stay only if nothing they rest on moved.
    def course(draft: Draft) -> tuple[object, ...]:
        return (
            draft.text("patient.weight_kg"),
            draft.text("patient.date_of_birth"),
            draft.start_day,
            draft.start_time,
            draft.text("time_zone"),
            draft.choice("indication"),
            draft.choice("cycle"),
            draft.choice("dose_modification"),
            draft.grade,
        )

    return course(before) == course(now)


def _doses(doses: Sequence[DoseDays], words: Words) -> tuple[tuple[str, str], ...]:
    return tuple(
        (words("ui.orders.days", first=str(each.from_day), last=str(each.to_day)), each.dose.text)
        for each in doses
    )


def change_times(plan: Plan | None, words: Words) -> tuple[str, tuple[str, ...]]:
    """A title with the usual clock time, and every change that follows from the start (REQ-ORD-009).

    A change at another clock time carries its own; the last entry is the end.
    """
    if plan is None or not plan.bags:
        return "", ()
    moments = [bag.change_at for bag in plan.bags]
    usual = Counter(clock_text(each) for each in moments).most_common(1)[0][0]
    texts = [
        weekday_and_day(each) + ("" if clock_text(each) == usual else f" {clock_text(each)}")
        for each in moments
    ]
    texts[-1] = words("ui.orders.end", moment=texts[-1])
    return words("ui.orders.changes", count=str(len(moments) - 1), time=usual), tuple(texts)


def asked_by_plan(plan: Plan | None, words: Words) -> Asked:
    """What an order on file asks for; nothing until its plan is there."""
    if plan is None:
        return Asked()
    title, changes = change_times(plan, words)
    reminders = tuple(words.finding(each) for each in plan.findings if each.code.startswith(REMINDER))
    return Asked(_doses(plan.doses, words), "", False, title, changes, reminders)
