"""Puts together what the Plan page shows, from what its presenter holds. Knows no Qt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pharmacy_app.domain.finding import Finding
from pharmacy_app.domain.plan import Plan
from ui.plan.bag_facts import BagFacts
from ui.plan.comparison import compare
from ui.plan.cycle import Cycle
from ui.plan.figures import course_facts, plan_figures, sharing
from ui.plan.loading import LoadedPlan
from ui.plan.typed_line import TypedLine, in_one_line
from ui.plan.view import PlanView, SequenceView, Shown
from ui.remarks import Remark, in_order, remark_of_finding, remark_of_refusal
from ui.words import Words

_NONE = "plan.none"
_GIVING_UP = "plan.giving-up."


@dataclass(frozen=True, slots=True)
class Picture:
    """The plan that is looked at. `refused` and `edit_refused` say why it was not kept, or not changed."""

    plan: Plan
    cycle: Cycle | None
    bag: BagFacts | None
    shown: Shown
    alternative: int | None
    refused: tuple[Remark, ...]
    edit_refused: tuple[Remark, ...]
    may_undo: bool
    may_redo: bool
    may_change: bool


def empty_view(words: Words) -> PlanView:
    """Without an order."""
    return PlanView(
        title=words("ui.plan.name"),
        facts=(),
        notice=words("ui.plan.empty"),
        shown=Shown.IN_USE,
        shown_name="",
        cycle=None,
        figures=None,
        bag=None,
        remarks=(),
        alternatives=(),
        alternative_shown=None,
        sequence=SequenceView("", (), (), may_use=False, may_go_back=False),
        may_accept=False,
        why_not_accept=words("ui.plan.empty"),
        kept=False,
    )


def view_of(
    loaded: LoadedPlan, picture: Picture, typed: TypedLine, words: Words, *, may_accept: bool
) -> PlanView:
    """With an order: its plan in use, what is being typed, or an alternative."""
    plan = picture.plan
    why_not = _why_not_accept(loaded, picture, typed, words, may_accept=may_accept)
    return PlanView(
        title=plan.order.patient.display_name,
        facts=course_facts(plan.order, words),
        notice=_notice(plan, words),
        shown=picture.shown,
        shown_name=words(f"ui.plan.shown.{picture.shown.value}"),
        cycle=picture.cycle,
        figures=plan_figures(plan, words),
        bag=picture.bag,
        remarks=_all_remarks(picture, typed, words),
        alternatives=() if loaded.plan.refused else compare(loaded.plan, loaded.alternatives, words),
        alternative_shown=picture.alternative,
        sequence=_sequence(loaded, picture, typed, words),
        may_accept=why_not == "",
        why_not_accept=why_not,
        kept=loaded.kept,
        may_undo=picture.may_undo,
        may_redo=picture.may_redo,
        may_change=picture.may_change,
    )


def _notice(plan: Plan, words: Words) -> str:
    if not plan.refused:
        return ""
    none = any(each.code == _NONE for each in plan.findings)
    return words("ui.plan.none" if none else "ui.plan.refused")


def _all_remarks(picture: Picture, typed: TypedLine, words: Words) -> tuple[Remark, ...]:
    """Of what is being typed while it is broken, else of the plan in the picture."""
    plan = picture.plan
    if typed.broken_plan is not None:
        return _remarks(typed.broken_plan.findings, words)
    own = (*_remarks(plan.findings, words), *sharing(plan, words))
    if typed.refusal is not None:
        return (remark_of_refusal(typed.refusal, words), *own)
    return (*picture.refused, *own)


def _remarks(findings: Iterable[Finding], words: Words) -> tuple[Remark, ...]:
    """Where no plan exists, what giving up a wish would bring stands first, right under that."""
    found = in_order(remark_of_finding(each, words) for each in findings)
    first = [each for each in found if each.code == _NONE or each.code.startswith(_GIVING_UP)]
    return (*first, *(each for each in found if each not in first))


def _sequence(loaded: LoadedPlan, picture: Picture, typed: TypedLine, words: Words) -> SequenceView:
    remarks = typed.remarks()
    return SequenceView(
        reach=typed.reach(loaded.plan),
        remarks=remarks,
        first_remark=in_one_line(remarks or picture.edit_refused, words),
        may_use=typed.plan is not None,
        may_go_back=not loaded.plan.chosen,
    )


def _why_not_accept(
    loaded: LoadedPlan, picture: Picture, typed: TypedLine, words: Words, *, may_accept: bool
) -> str:
    if loaded.plan.refused:
        return words("ui.plan.not-accepted.refused")
    if picture.alternative is not None:
        return words("ui.plan.not-accepted.not-chosen")
    if typed.differs:
        return words("ui.plan.not-accepted.typed")
    if not loaded.order_accepted:
        return words("ui.plan.not-accepted.order")
    return "" if may_accept else words("ui.plan.not-accepted.pharmacist")
