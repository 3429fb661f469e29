"""The totals of a plan and the head of its page, in words."""

from __future__ import annotations

from pharmacy_app.domain.clock import date_text
from pharmacy_app.domain.finding import Mark, Severity
from pharmacy_app.domain.order import Order, Preference
from pharmacy_app.domain.plan import Plan
from ui.plan.bag_facts import sitting_text
from ui.plan.view import PlanFigures
from ui.remarks import Remark
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
            (words("ui.plan.vials-name"), _vials(plan, totals.vials, words)),
            (words("ui.plan.discarded-name"), totals.drug_discarded.text),
            (words("ui.plan.benzyl-alcohol-days-name"), str(totals.benzyl_alcohol_days)),
        ),
        why=_with_hours(_why(plan, words), plan.order, words),
    )


def _vials(plan: Plan, vials: int, words: Words) -> str:
    """The vials, and how many are enough if bags made in one sitting share them."""
    if plan.vials_shared >= vials:
        return str(vials)
    return words("ui.plan.vials-shared", vials=str(vials), shared=str(plan.vials_shared))


def sharing(plan: Plan, words: Words) -> tuple[Remark, ...]:
    """Which bags share vials if they are made in one sitting; nothing where that saves none (REQ-MIX-008)."""
    if plan.totals is None or plan.vials_shared >= plan.totals.vials:
        return ()
    shared = [sitting_text(each, words) for each in plan.sittings if len(each.bags) > 1]
    sentence = words(
        "ui.plan.sitting.sentence",
        sittings=words("ui.plan.sitting.then").join(shared),
        shared=str(plan.vials_shared),
        vials=str(plan.totals.vials),
    )
    rule = words("ui.finding.rule", requirement="REQ-MIX-008", source=words.source(Mark.DERIVED))
    return (Remark("ui.plan.sitting.sentence", Severity.NOTE, words("ui.finding.note"), sentence, rule=rule),)


def _with_hours(why: str, order: Order, words: Words) -> str:
    """With the hours outside which a change counts like one on a closed day, where some are wished."""
    hours = order.bags.home.change_hours or order.bags.change_hours
    if hours is None:
        return why
    first, last = (f"{each:%H:%M}" for each in (hours.first, hours.last))
    return words("ui.plan.why.hours", why=why, first=first, last=last)


def _why(plan: Plan, words: Words) -> str:
    if not plan.chosen:
        return words("ui.plan.why.by-hand")
    match plan.order.bags.prefer:
        case Preference.FEWEST_CHANGES:
            return words("ui.plan.why.fewest-changes")
        case Preference.FEWEST_VIALS:
            return words("ui.plan.why.fewest-vials")
