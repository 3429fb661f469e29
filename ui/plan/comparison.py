"""What a plan beats: each alternative with its totals and one line that says why it was not chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pharmacy_app.domain.finding import Severity
from pharmacy_app.domain.plan import Plan
from pharmacy_app.workflow.plan import Alternative
from ui.words import Words


@dataclass(frozen=True, slots=True)
class AlternativeView:
    """One row of *What it beats*. `totals` is empty and nothing can be shown where it is refused."""

    name: str
    totals: str
    severity: Severity
    why_not: str
    may_be_shown: bool


@dataclass(frozen=True, slots=True)
class _Costs:
    """In the order in which a plan saves them."""

    closed_day_changes: int
    changes: int
    vials: int
    line_changes: int


def compare(plan: Plan, alternatives: Sequence[Alternative], words: Words) -> tuple[AlternativeView, ...]:
    """One view for each alternative, in the order given."""
    return tuple(_view(plan, each, words) for each in alternatives)


def _costs(plan: Plan) -> _Costs:
    totals = plan.totals
    assert totals is not None
    return _Costs(totals.closed_day_changes, totals.changes, totals.vials, totals.line_changes)


def _view(own: Plan, alternative: Alternative, words: Words) -> AlternativeView:
    plan, name = alternative.plan, words(f"alternative.{alternative.name}")
    if plan.totals is None:
        stop = next(each for each in plan.findings if each.severity is Severity.STOP)
        return AlternativeView(name, "", Severity.STOP, words.finding(stop), may_be_shown=False)
    totals = words(
        "ui.plan.alternative.totals",
        bags=str(plan.totals.bags),
        changes=str(plan.totals.changes),
        vials=str(plan.totals.vials),
    )
    return AlternativeView(name, totals, Severity.NOTE, _why_not(own, plan, words), may_be_shown=True)


def _why_not(own: Plan, plan: Plan, words: Words) -> str:
    """What it costs more, and what it would save."""
    if plan.sequence_h == own.sequence_h:
        return words("ui.plan.alternative.the-same")
    mine, other = _costs(own), _costs(plan)
    differences = [
        ("closed-day-changes", other.closed_day_changes - mine.closed_day_changes),
        ("changes", other.changes - mine.changes),
        ("vials", other.vials - mine.vials),
        ("line-changes", other.line_changes - mine.line_changes),
    ]
    worse = _listed([(name, by) for name, by in differences if by > 0], words)
    better = _listed([(name, -by) for name, by in differences if by < 0], words)
    if not worse and not better:
        return words("ui.plan.alternative.gains-nothing")
    if not better:
        return words("ui.plan.alternative.costs", worse=worse)
    if not worse:
        return words("ui.plan.alternative.saves", better=better)
    return words("ui.plan.alternative.costs-and-saves", worse=worse, better=better)


def _listed(amounts: Sequence[tuple[str, int]], words: Words) -> str:
    texts = [
        words(f"ui.plan.amount.{name}.{'one' if count == 1 else 'many'}", count=str(count))
        for name, count in amounts
    ]
    return words("ui.plan.alternative.comma").join(texts)
