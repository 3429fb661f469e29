"""Plans on file: the repository. A new plan of an order is a new revision; none is edited."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.kept import Kept
from db.plan_row import PlannedBagRow, PlanRow
from db.row import require_kinds
from pharmacy_app.domain.audit import utc_text
from pharmacy_app.domain.plan import Plan, Totals
from pharmacy_app.domain.plan_record import BagRecord, PlanRecord, plan_record, plan_record_digest
from pharmacy_app.workflow.unit_of_work import StoredPlan


class SqlPlans:
    """The plans of one transaction. `added` tells of those added in it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.added: list[Kept] = []

    def add(self, plan: Plan, *, made_at: datetime) -> int:
        """Puts the plan on file as the order's next revision, and returns that."""
        former = self._newest_revision(plan.order.order_number)
        row = _to_row(plan_record(plan), revision=former + 1, made_at=made_at)
        self._session.add(row)
        self._session.flush()
        self.added.append(Kept(row.digest, utc_text(made_at)))
        return row.revision

    def latest(self, order_number: str) -> StoredPlan | None:
        """The newest plan of an order."""
        return self.with_revision(order_number, self._newest_revision(order_number))

    def with_revision(self, order_number: str, revision: int) -> StoredPlan | None:
        """One plan of an order, also one that was superseded."""
        row = self._session.get(PlanRow, (order_number, revision))
        return None if row is None else StoredPlan(row.revision, row.made_at, to_record(row))

    def latest_sequence(self, order_number: str) -> tuple[int, tuple[int, ...]] | None:
        """Revision and bag durations in hours of the newest plan."""
        plan = self.latest(order_number)
        return None if plan is None else (plan.revision, plan.content.sequence_h)

    def _newest_revision(self, order_number: str) -> int:
        query = select(func.max(PlanRow.revision)).where(PlanRow.order_number == order_number)
        return self._session.scalar(query) or 0


def _to_row(record: PlanRecord, *, revision: int, made_at: datetime) -> PlanRow:
    return PlanRow(
        order_number=record.order_number,
        revision=revision,
        order_digest=record.order_digest,
        protocol_drug=record.protocol_drug,
        protocol_country=record.protocol_country,
        protocol_monograph=record.protocol_monograph,
        protocol_revision=record.protocol_revision,
        protocol_digest=record.protocol_digest,
        protocol_commissioned=record.protocol_commissioned,
        zone_data=record.zone_data,
        chosen=record.chosen,
        made_at=made_at,
        **_total_columns(record.totals),
        bags=[_bag_row(bag) for bag in record.bags],
        digest=plan_record_digest(record),
    )


def _total_columns(totals: Totals) -> dict[str, object]:
    return {
        "bag_count": totals.bags,
        "changes": totals.changes,
        "closed_day_changes": totals.closed_day_changes,
        "line_changes": totals.line_changes,
        "vials": totals.vials,
        "drug_ordered_mcg": totals.drug_ordered,
        "drug_discarded_mcg": totals.drug_discarded,
        "benzyl_alcohol_days": totals.benzyl_alcohol_days,
    }


def _bag_row(bag: BagRecord) -> PlannedBagRow:
    return PlannedBagRow(
        number=bag.number,
        first_day=bag.first_day,
        last_day=bag.last_day,
        dose_mcg_per_day=bag.dose,
        duration_h=bag.duration_h,
        elapsed_h=bag.elapsed,
        diluent=bag.diluent,
        filter=bag.filter,
        rate_ml_per_h=bag.rate,
        volume_to_infuse_ml=bag.volume_to_infuse,
        bag_volume_ml=bag.bag_volume,
        overfill_ml=bag.overfill,
        drug_ml=bag.drug,
        vials=bag.vials,
        ordered_mcg=bag.ordered,
        start_at=bag.start_at,
        change_at=bag.change_at,
        line_change=bag.line_change,
        dose_change=bag.dose_change,
        closed_day_change=bag.closed_day_change,
        early_h=bag.early,
        clock_time_skipped=bag.clock_time_skipped,
        clock_time_twice=bag.clock_time_twice,
    )


def to_record(row: PlanRow) -> PlanRecord:
    """What is kept of the plan, from its rows."""
    require_kinds(row, *row.bags)
    return PlanRecord(
        order_number=row.order_number,
        order_digest=row.order_digest,
        protocol_drug=row.protocol_drug,
        protocol_country=row.protocol_country,
        protocol_monograph=row.protocol_monograph,
        protocol_revision=row.protocol_revision,
        protocol_digest=row.protocol_digest,
        protocol_commissioned=row.protocol_commissioned,
        zone_data=row.zone_data,
        chosen=row.chosen,
        totals=_totals(row),
        bags=tuple(_bag_record(bag) for bag in row.bags),
    )


def _totals(row: PlanRow) -> Totals:
    return Totals(
        bags=row.bag_count,
        changes=row.changes,
        closed_day_changes=row.closed_day_changes,
        line_changes=row.line_changes,
        vials=row.vials,
        drug_ordered=row.drug_ordered_mcg,
        drug_discarded=row.drug_discarded_mcg,
        benzyl_alcohol_days=row.benzyl_alcohol_days,
    )


def _bag_record(row: PlannedBagRow) -> BagRecord:
    return BagRecord(
        number=row.number,
        first_day=row.first_day,
        last_day=row.last_day,
        dose=row.dose_mcg_per_day,
        duration_h=row.duration_h,
        elapsed=row.elapsed_h,
        diluent=row.diluent,
        filter=row.filter,
        rate=row.rate_ml_per_h,
        volume_to_infuse=row.volume_to_infuse_ml,
        bag_volume=row.bag_volume_ml,
        overfill=row.overfill_ml,
        drug=row.drug_ml,
        vials=row.vials,
        ordered=row.ordered_mcg,
        start_at=row.start_at,
        change_at=row.change_at,
        line_change=row.line_change,
        dose_change=row.dose_change,
        closed_day_change=row.closed_day_change,
        early=row.early_h,
        clock_time_skipped=row.clock_time_skipped,
        clock_time_twice=row.clock_time_twice,
    )
