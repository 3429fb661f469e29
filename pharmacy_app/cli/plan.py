"""`plan ORDER.json`: the cycle's bags."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pharmacy_app.cli.answer import Answer, code_of, findings_text
from pharmacy_app.cli.documents import objective, plan_document
from pharmacy_app.domain.clock import DAYS, offset_text, time_text
from pharmacy_app.intake.order_json import read_order_file
from pharmacy_app.workflow.plan import make_plan

if TYPE_CHECKING:
    from pharmacy_app.cli.tools import Tools
    from pharmacy_app.domain.plan import Plan, PlannedBag, Totals
    from pharmacy_app.workflow.ports import Phrases
    from pharmacy_app.workflow.rulebook import Rulebook


def run(order_file: Path, rulebook: Rulebook, tools: Tools) -> Answer:
    """The plan of the order in a file."""
    plan = plan_of_file(order_file, rulebook, tools)
    return Answer(code_of(plan.findings), plan_document(plan, tools.words), _text(plan, tools.words))


def plan_of_file(order_file: Path, rulebook: Rulebook, tools: Tools) -> Plan:
    """The plan of the order in a file; nothing but the file and the protocol is asked."""
    order = read_order_file(order_file, rulebook.protocol)
    return make_plan(order, rulebook, now=tools.clock())


def _text(plan: Plan, words: Phrases) -> str:
    lines = [words("cli.training")] if not plan.protocol.commissioned else []
    lines.append(words("cli.plan-title", order=plan.order.order_number))
    lines.extend(_bag_line(bag, words) for bag in plan.bags)
    if plan.totals is not None:
        lines.append(_totals_line(plan.totals, words))
        lines.append(objective(plan, words))
    return "\n".join([*lines, *findings_text(plan.findings, words)])


def _bag_line(bag: PlannedBag, words: Phrases) -> str:
    change = f"{DAYS[bag.change_at.weekday()]} {time_text(bag.change_at)} {offset_text(bag.change_at)}"
    return words(
        "cli.bag",
        number=f"{bag.number:2}",
        days=f"{bag.first_day:2}–{bag.last_day:<2}",
        dose=f"{bag.dose.number:>2}",
        duration=f"{bag.duration_h:3}",
        diluent=f"{bag.recipe.diluent.value:17}",
        drug=f"{bag.recipe.drug.number:>4}",
        vials=str(bag.recipe.vials),
        rate=f"{bag.rate.number:>3}",
        infuse=f"{bag.volume_to_infuse.number:>5}",
        discard=f"{bag.overfill.number:>5}",
        change=change,
    )


def _totals_line(totals: Totals, words: Phrases) -> str:
    return words(
        "cli.totals",
        bags=str(totals.bags),
        changes=str(totals.changes),
        closed=str(totals.closed_day_changes),
        lines=str(totals.line_changes),
        vials=str(totals.vials),
        ordered=totals.drug_ordered.text,
        discarded=totals.drug_discarded.text,
        benzyl=str(totals.benzyl_alcohol_days),
    )
