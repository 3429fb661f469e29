"""The totals of a plan and the head of its page, in words."""

from __future__ import annotations

from pharmacy_app.domain.clock import date_text
from pharmacy_app.domain.order import Order, Preference
from pharmacy_app.domain.plan import Plan
from ui.plan.view import PlanFigures
from ui.words import Words


def course_facts(order: Order, words: Words) -> tuple[tuple[str, str], ...]:
    """Record number, date of birth, course and cycle, each as caption and value."""
    cycle = words("ui.plan.cycle-number", cycle=str(order.cycle))
    return (
        (words("ui.plan.mrn"), order.patient.record_number),
        (words("ui.plan.born"), date_text(order.patient.date_of_birth)),
        (words(f"ui.plan.indication.{order.indication}"), cycle),
    )


def plan_figures(plan: Plan, words: Words) -> PlanFigures | None:
    """What a plan costs; None where it is refused."""
    totals = plan.totals
    if totals is None:
        return None
    return PlanFigures(
        bags=(str(totals.bags), words("ui.plan.bags-noun")),
        changes=(str(totals.changes), words("ui.plan.changes-noun")),
        rows=(
            (words("ui.plan.closed-day-changes-name"), str(totals.closed_day_changes)),
            (words("ui.plan.line-changes-name"), str(totals.line_changes)),
            (words("ui.plan.vials-name"), str(totals.vials)),
            (words("ui.plan.discarded-name"), totals.drug_discarded.text),
            (words("ui.plan.benzyl-alcohol-days-name"), str(totals.benzyl_alcohol_days)),
        ),
        why=_why(plan, words),
    )


def _why(plan: Plan, words: Words) -> str:
    if not plan.chosen:
        return words("ui.plan.why.by-hand")
    match plan.order.bags.prefer:
        case Preference.FEWEST_CHANGES:
            return words("ui.plan.why.fewest-changes")
        case Preference.FEWEST_VIALS:
            return words("ui.plan.why.fewest-vials")
