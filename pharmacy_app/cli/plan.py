"""`plan ORDER.json`: the cycle's bags."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pharmacy_app.cli.answer import Answer, code_of, findings_text
from pharmacy_app.cli.documents import objective, plan_document
from pharmacy_app.domain.clock import DAYS, date_text, offset_text, time_text
from pharmacy_app.intake.order_json import read_order_file
from pharmacy_app.workflow.plan import make_plan

if TYPE_CHECKING:
    from pharmacy_app.cli.tools import Tools
    from pharmacy_app.domain.plan import Plan, PlannedBag, Totals
    from pharmacy_app.domain.site import Site
    from pharmacy_app.workflow.ports import Phrases
    from pharmacy_app.workflow.rulebook import Rulebook

SHORT_DIGEST = 8


def run(order_file: Path, rulebook: Rulebook, tools: Tools) -> Answer:
    """The plan of the order in a file."""
    plan = plan_of_file(order_file, rulebook, tools)
    text = _text(plan, rulebook.site, tools.words)
    return Answer(code_of(plan.findings), plan_document(plan, tools.words), text)


def plan_of_file(order_file: Path, rulebook: Rulebook, tools: Tools) -> Plan:
    """The plan of the order in a file; nothing but the file and the protocol is asked."""
    order = read_order_file(order_file, rulebook.protocol)
    return make_plan(order, rulebook, now=tools.clock())


def _text(plan: Plan, site: Site, words: Phrases) -> str:
    lines = [words("cli.training")] if not plan.protocol.commissioned else []
    lines.extend(_whose(plan, words))
    if plan.totals is not None:
        lines.extend(_whereof(plan, site, words))
        lines.extend(_bag_line(bag, plan, site, words) for bag in plan.bags)
        lines.append(_totals_line(plan.totals, words))
        lines.append(objective(plan, words))
    return "\n".join([*lines, *findings_text(plan.findings, words)])


def _whose(plan: Plan, words: Phrases) -> list[str]:
    """Order, patient and course. A refused plan says no more of them: above all no time."""
    order, patient = plan.order, plan.order.patient
    return [
        words("cli.plan-title", order=order.order_number),
        words(
            "cli.patient",
            name=f"{patient.family_name}, {patient.given_names}",
            record=patient.record_number,
            born=date_text(patient.date_of_birth),
        ),
        words(
            "cli.course",
            indication=words(f"ui.orders.indication-short.{order.indication}"),
            cycle=str(order.cycle),
        ),
    ]


def _whereof(plan: Plan, site: Site, words: Phrases) -> list[str]:
    """When it begins, and the protocol on which it rests."""
    protocol = plan.protocol
    return [
        words("cli.start", time=_moment(plan.bags[0].start_at, plan, site, words)),
        words(
            "label.protocol",
            country=words(f"label.country.{protocol.country}"),
            monograph=date_text(protocol.monograph),
            revision=str(protocol.revision),
            digest=protocol.digest.removeprefix("sha256:")[:SHORT_DIGEST],
        ),
    ]


def _bag_line(bag: PlannedBag, plan: Plan, site: Site, words: Phrases) -> str:
    last = bag is plan.bags[-1]
    return words(
        "cli.bag",
        number=f"{bag.number:2}",
        days=_days(bag, words),
        dose=f"{bag.dose.number:>2}",
        duration=f"{bag.duration_h:3}",
        diluent=f"{bag.recipe.diluent.value:17}",
        drug=f"{bag.recipe.drug.number:>4}",
        vials=f"{_counted('vials', bag.recipe.vials, words):7}",
        rate=f"{bag.rate.number:>3}",
        infuse=f"{bag.volume_to_infuse.number:>5}",
        discard=f"{bag.overfill.number:>5}",
        change=words("cli.ends" if last else "cli.change", time=_moment(bag.change_at, plan, site, words)),
    )


def _days(bag: PlannedBag, words: Phrases) -> str:
    if bag.first_day == bag.last_day:
        return f"{words('cli.day', day=f'{bag.first_day:2}'):10}"
    return words("cli.days", first=f"{bag.first_day:2}", last=f"{bag.last_day:<2}")


def _moment(moment: datetime, plan: Plan, site: Site, words: Phrases) -> str:
    """A time of the infusion; by the pharmacy's clock too where that is another."""
    if plan.order.time_zone == site.time_zone:
        return _time(moment)
    there = _time(moment.astimezone(ZoneInfo(site.time_zone)))
    return words("cli.both-times", infusion=_time(moment), pharmacy=there)


def _time(moment: datetime) -> str:
    return f"{DAYS[moment.weekday()]} {time_text(moment)} {offset_text(moment)}"


def _counted(noun: str, count: int, words: Phrases) -> str:
    return words(f"cli.count.{noun}.{'one' if count == 1 else 'many'}", count=str(count))


def _totals_line(totals: Totals, words: Phrases) -> str:
    return words(
        "cli.totals",
        bags=_counted("bags", totals.bags, words),
        changes=_counted("changes", totals.changes, words),
        closed=str(totals.closed_day_changes),
        lines=_counted("line-changes", totals.line_changes, words),
        vials=_counted("vials", totals.vials, words),
        ordered=totals.drug_ordered.text,
        discarded=totals.drug_discarded.text,
        benzyl=_counted("days", totals.benzyl_alcohol_days, words),
    )
