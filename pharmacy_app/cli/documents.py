"""Plans, bags and protocols as the documents that the command line prints."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pharmacy_app.cli.answer import findings_document
from pharmacy_app.domain.quantity import plain
from pharmacy_app.domain.rounding import two_decimals

if TYPE_CHECKING:
    from pharmacy_app.domain.plan import Plan, PlannedBag
    from pharmacy_app.domain.preparation_window import PreparationWindow, Sitting
    from pharmacy_app.domain.protocol import Protocol
    from pharmacy_app.domain.quantity import Amount
    from pharmacy_app.workflow.plan import Alternative
    from pharmacy_app.workflow.ports import Phrases


def protocol_document(protocol: Protocol) -> dict[str, object]:
    """Which protocol an answer rests on."""
    return {
        "drug": protocol.drug,
        "country": protocol.country,
        "monograph": protocol.monograph.isoformat(),
        "revision": protocol.revision,
        "digest": protocol.digest,
        "commissioned": protocol.commissioned,
    }


def moment(time: datetime) -> str:
    """A time with its offset from UTC, to the minute."""
    return time.isoformat(timespec="minutes")


def exact(value: Decimal) -> str:
    """Exact, without trailing zeros."""
    return plain(value)


def rounded(value: Decimal) -> str:
    """Half-even to two decimals, always two."""
    return str(two_decimals(value))


def number_of(amount: Amount, bag: PlannedBag) -> str:
    """What a bag runs or gives: exact; of a bag that was stopped, rounded half-even to two decimals."""
    return exact(two_decimals(amount.value)) if bag.stopped else amount.number


def bag_document(bag: PlannedBag, zone: ZoneInfo) -> dict[str, object]:
    """One bag of a plan; `zone` is the pharmacy's, in which it is prepared."""
    return {
        "number": bag.number,
        "first_day": bag.first_day,
        "last_day": bag.last_day,
        "dose_mcg_per_day": bag.dose.number,
        "duration_h": bag.duration_h,
        "elapsed_h": number_of(bag.elapsed, bag),
        "diluent": bag.recipe.diluent.value,
        "rate_ml_per_h": bag.rate.number,
        "volume_to_infuse_ml": number_of(bag.volume_to_infuse, bag),
        "bag_volume_ml": bag.bag_volume.number,
        "overfill_ml": number_of(bag.overfill, bag),
        "drug_ml": bag.recipe.drug.number,
        "vials": bag.recipe.vials,
        "delivered_mcg_per_day": rounded(bag.delivered.value),
        "deviation_percent": rounded(bag.deviation_percent),
        "ordered_mcg": number_of(bag.ordered, bag),
        "filter": bag.recipe.filter.value,
        "start_at": moment(bag.start_at),
        "change_at": moment(bag.change_at),
        "line_change": bag.line_change,
        "stopped": bag.stopped,
        "restart": bag.restart,
        "held": bag.held,
        **_window(bag.preparation, zone),
    }


def _window(window: PreparationWindow | None, zone: ZoneInfo) -> dict[str, object]:
    first = None if window is None else moment(window.first.astimezone(zone))
    last = None if window is None else moment(window.last.astimezone(zone))
    return {"prepare_from": first, "prepare_until": last}


def sitting_document(sitting: Sitting, zone: ZoneInfo) -> dict[str, object]:
    """Bags that may be made at one time."""
    return {"bags": list(sitting.bags), "vials": sitting.vials, **_window(sitting.window, zone)}


def alternative_document(alternative: Alternative) -> dict[str, object]:
    """A plan that stands beside."""
    return {"name": alternative.name, "totals": totals_document(alternative.plan)}


def totals_document(plan: Plan) -> dict[str, object] | None:
    """What a plan costs; None where it is refused."""
    totals = plan.totals
    if totals is None:
        return None
    return {
        "bags": totals.bags,
        "changes": totals.changes,
        "closed_day_changes": totals.closed_day_changes,
        "line_changes": totals.line_changes,
        "vials": totals.vials,
        "vials_shared": plan.vials_shared,
        "drug_mcg_ordered": totals.drug_ordered.number,
        "drug_mcg_discarded": totals.drug_discarded.number,
        "benzyl_alcohol_days": totals.benzyl_alcohol_days,
    }


def objective(plan: Plan, words: Phrases) -> str:
    """By what the plan was chosen, in words."""
    if not plan.chosen:
        return words("objective.by-hand")
    bags, chosen = plan.order.bags, words(f"objective.{plan.order.bags.prefer.value}")
    if bags.change_hours or bags.home.change_hours:
        chosen = words("objective.within-hours", objective=chosen)
    wished = (bags.prepare_hours, bags.prepare_days, bags.hospital.prepare_days, bags.home.prepare_days)
    return words("objective.prepared", objective=chosen) if any(wished) else chosen


def plan_document(
    plan: Plan, beside: Sequence[Alternative], *, zone: ZoneInfo, words: Phrases
) -> dict[str, object]:
    """A plan, or a refused plan with its findings, no bags and no totals. `zone` is the pharmacy's."""
    document: dict[str, object] = {
        "order_number": plan.order.order_number,
        "protocol": protocol_document(plan.protocol),
        "bags": [bag_document(bag, zone) for bag in plan.bags],
        "totals": totals_document(plan),
        "sittings": [sitting_document(each, zone) for each in plan.sittings],
        "alternatives": [alternative_document(each) for each in beside],
    }
    if plan.totals is not None:
        document["objective"] = objective(plan, words)
        document["zone_data"] = plan.zone_data
    document["findings"] = findings_document(plan.findings, words)
    return document
