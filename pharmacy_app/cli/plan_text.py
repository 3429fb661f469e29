"""A plan in words, for people: its bags, when they are prepared, what it costs, and what stands beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pharmacy_app.cli.answer import findings_text
from pharmacy_app.cli.documents import number_of, objective
from pharmacy_app.domain.clock import DAYS, date_text, offset_text, time_text

if TYPE_CHECKING:
    from pharmacy_app.domain.plan import Plan, PlannedBag, Totals
    from pharmacy_app.domain.preparation_window import PreparationWindow, Sitting
    from pharmacy_app.domain.site import Site
    from pharmacy_app.workflow.plan import Alternative
    from pharmacy_app.workflow.ports import Phrases

SHORT_DIGEST = 8
_UNDER = " " * len("Bag 10  ")


def plan_text(plan: Plan, beside: Sequence[Alternative], site: Site, words: Phrases) -> str:
    """The whole answer. Of a refused plan no time and no figure."""
    lines = [words("cli.training")] if not plan.protocol.commissioned else []
    lines.extend(_whose(plan, words))
    if plan.totals is not None:
        lines.extend(_whereof(plan, site, words))
        for bag in plan.bags:
            lines.extend(_bag_lines(bag, plan, site, words))
        lines.append(_totals_line(plan.totals, words))
        lines.append(_shared_line(plan, plan.totals, words))
        lines.append(objective(plan, words))
        lines.extend(_beside_line(plan.totals, each, words) for each in beside)
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
            indication=words(f"cli.indication.{order.indication}"),
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


def _bag_lines(bag: PlannedBag, plan: Plan, site: Site, words: Phrases) -> Iterator[str]:
    """What is in it and when it is changed; below that, when it is prepared."""
    yield words(
        "cli.bag",
        number=f"{bag.number:2}",
        days=_days(bag, words),
        dose=f"{bag.dose.number:>2}",
        duration=f"{bag.duration_h:3}",
        diluent=f"{bag.recipe.diluent.value:17}",
        drug=f"{bag.recipe.drug.number:>4}",
        vials=f"{_counted('vials', bag.recipe.vials, words):7}",
        rate=f"{bag.rate.number:>3}",
        infuse=f"{number_of(bag.volume_to_infuse, bag):>6}",
        discard=f"{number_of(bag.overfill, bag):>6}",
        change=words(_change(bag, plan), time=_moment(bag.change_at, plan, site, words)),
    )
    marks = [f"cli.{name}" for name in ("restart", "held") if getattr(bag, name)]
    yield _UNDER + " · ".join([_prepared(bag.preparation, site, words), *(words(mark) for mark in marks)])


def _change(bag: PlannedBag, plan: Plan) -> str:
    if bag.stopped:
        return "cli.stopped"
    return "cli.ends" if bag is plan.bags[-1] else "cli.change"


def _prepared(window: PreparationWindow | None, site: Site, words: Phrases) -> str:
    """Between when it is prepared, by the pharmacy's clock."""
    if window is None:
        return words("cli.prepare-never")
    zone = ZoneInfo(site.time_zone)
    first, last = _time(window.first.astimezone(zone)), _time(window.last.astimezone(zone))
    return words("cli.prepare", first=first, last=last)


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


def _shared_line(plan: Plan, totals: Totals, words: Phrases) -> str:
    """What bags made in one sitting save, and which."""
    if plan.vials_shared == totals.vials:
        return words("cli.shared-none")
    together = ", ".join(_together(each, words) for each in plan.sittings if len(each.bags) > 1)
    return words("cli.shared", vials=_counted("vials", plan.vials_shared, words), together=together)


def _together(sitting: Sitting, words: Phrases) -> str:
    vials = _counted("vials", sitting.vials, words)
    return words("cli.sitting", first=str(sitting.bags[0]), last=str(sitting.bags[-1]), vials=vials)


def _beside_line(own: Totals, alternative: Alternative, words: Phrases) -> str:
    """What another plan costs, and where it differs."""
    name, other = words(f"alternative.{alternative.name}"), alternative.plan.totals
    if other is None:
        return words("cli.beside-none", name=name)
    return words(
        "cli.beside",
        name=name,
        bags=_counted("bags", other.bags, words),
        changes=_counted("changes", other.changes, words),
        closed=str(other.closed_day_changes),
        lines=_counted("line-changes", other.line_changes, words),
        vials=_counted("vials", other.vials, words),
        difference=_difference(own, other, words),
    )


def _difference(own: Totals, other: Totals, words: Phrases) -> str:
    """What the other costs more, and what less."""
    more = {
        "closed-day-changes": other.closed_day_changes - own.closed_day_changes,
        "changes": other.changes - own.changes,
        "vials": other.vials - own.vials,
        "line-changes": other.line_changes - own.line_changes,
    }
    worse = ", ".join(_counted(noun, by, words) for noun, by in more.items() if by > 0)
    better = ", ".join(_counted(noun, -by, words) for noun, by in more.items() if by < 0)
    if not worse and not better:
        return words("cli.beside-same")
    parts = [words("cli.beside-more", worse=worse)] * bool(worse)
    return " ".join(parts + [words("cli.beside-fewer", better=better)] * bool(better))
