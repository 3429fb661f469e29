"""What a change of one bag would bring, in words: for the card at the pointer, the menu, a refusal. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from pharmacy_app.domain.finding import Severity
from pharmacy_app.domain.plan import Plan, Totals
from pharmacy_app.workflow.plan_edit import Change
from ui.remarks import Remark, remark_of_finding
from ui.words import Words


@dataclass(frozen=True, slots=True)
class ChangeCard:
    """`lines` are the totals with their differences, and what else is to be known. `refused`: it stays."""

    title: str
    lines: tuple[str, ...]
    refused: bool


def change_card(before: Plan, change: Change, words: Words) -> ChangeCard:
    """The card of a change of a plan."""
    title = words("ui.plan.bag", number=str(change.number), duration=str(change.duration_h))
    if change.plan is None:
        return ChangeCard(title, (words("ui.plan.edit.refused"),), refused=True)
    lines = [totals_line(before, change.plan, words)]
    closed = _closed_days(before, change.plan, words)
    if closed:
        lines.append(closed)
    if change.planned_anew:
        lines.append(words("ui.plan.edit.planned-anew"))
    return ChangeCard(title, tuple(lines), refused=False)


def totals_line(before: Plan, after: Plan, words: Words) -> str:
    """Such as `9 bags (+1) · 28 vials (+4) · 3 line changes (+1)`."""
    old, new = _totals(before), _totals(after)
    return words(
        "ui.plan.edit.totals",
        bags=_counted("bags", old.bags, new.bags, words),
        vials=_counted("vials", old.vials, new.vials, words),
        line_changes=_counted("line-changes", old.line_changes, new.line_changes, words),
    )


def refusals(change: Change, words: Words) -> tuple[Remark, ...]:
    """Why a change is refused: every rule that it breaks, or one sentence."""
    if change.why is None:
        return tuple(remark_of_finding(each, words) for each in change.stops)
    sentence = words(
        f"ui.plan.edit.why.{change.why.value}", number=str(change.number), duration=str(change.duration_h)
    )
    return (Remark(f"edit.{change.why.value}", Severity.STOP, words("ui.finding.refused"), sentence),)


def _closed_days(before: Plan, after: Plan, words: Words) -> str:
    old, new = _totals(before).closed_day_changes, _totals(after).closed_day_changes
    return _counted("closed-day-changes", old, new, words) if old or new else ""


def _counted(name: str, old: int, new: int, words: Words) -> str:
    text = words(f"ui.plan.amount.{name}.{'one' if new == 1 else 'many'}", count=str(new))
    if new == old:
        return text
    return words("ui.plan.edit.difference", amount=text, difference=f"{new - old:+}".replace("-", "–"))


def _totals(plan: Plan) -> Totals:
    assert plan.totals is not None
    return plan.totals
