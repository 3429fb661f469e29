"""Plans, bags and protocols as the documents that the command line prints."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from pharmacy_app.cli.answer import findings_document
from pharmacy_app.domain.order import Preference
from pharmacy_app.domain.quantity import plain
from pharmacy_app.domain.rounding import two_decimals

if TYPE_CHECKING:
    from pharmacy_app.domain.plan import Plan, PlannedBag, Totals
    from pharmacy_app.domain.protocol import Protocol
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


def bag_document(bag: PlannedBag) -> dict[str, object]:
    """One bag of a plan."""
    return {
        "number": bag.number,
        "first_day": bag.first_day,
        "last_day": bag.last_day,
        "dose_mcg_per_day": bag.dose.number,
        "duration_h": bag.duration_h,
        "elapsed_h": bag.elapsed.number,
        "diluent": bag.recipe.diluent.value,
        "rate_ml_per_h": bag.rate.number,
        "volume_to_infuse_ml": bag.volume_to_infuse.number,
        "bag_volume_ml": bag.bag_volume.number,
        "overfill_ml": bag.overfill.number,
        "drug_ml": bag.recipe.drug.number,
        "vials": bag.recipe.vials,
        "delivered_mcg_per_day": rounded(bag.delivered.value),
        "deviation_percent": rounded(bag.deviation_percent),
        "ordered_mcg": bag.ordered.number,
        "filter": bag.recipe.filter.value,
        "start_at": moment(bag.start_at),
        "change_at": moment(bag.change_at),
        "line_change": bag.line_change,
    }


def totals_document(totals: Totals) -> dict[str, object]:
    """What a plan costs."""
    return {
        "bags": totals.bags,
        "changes": totals.changes,
        "closed_day_changes": totals.closed_day_changes,
        "line_changes": totals.line_changes,
        "vials": totals.vials,
        "drug_mcg_ordered": totals.drug_ordered.number,
        "drug_mcg_discarded": totals.drug_discarded.number,
        "benzyl_alcohol_days": totals.benzyl_alcohol_days,
    }


def objective(plan: Plan, words: Phrases) -> str:
    """By what the plan was chosen, in words."""
    if not plan.chosen:
        return words("objective.by-hand")
    match plan.order.bags.prefer:
        case Preference.FEWEST_CHANGES:
            return words("objective.fewest-changes")
        case Preference.FEWEST_VIALS:
            return words("objective.fewest-vials")


def plan_document(plan: Plan, words: Phrases) -> dict[str, object]:
    """A plan, or a refused plan with its findings, no bags and no totals."""
    document: dict[str, object] = {
        "order_number": plan.order.order_number,
        "protocol": protocol_document(plan.protocol),
        "bags": [bag_document(bag) for bag in plan.bags],
        "totals": None if plan.totals is None else totals_document(plan.totals),
    }
    if plan.totals is not None:
        document["objective"] = objective(plan, words)
        document["zone_data"] = plan.zone_data
    document["findings"] = findings_document(plan.findings, words)
    return document
