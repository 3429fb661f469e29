"""What is kept of a plan: enough to say later what was planned, after which protocol, and to build on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from pharmacy_app.domain.canonical import digest_of
from pharmacy_app.domain.order_document import order_digest
from pharmacy_app.domain.plan import Plan, PlannedBag, Totals
from pharmacy_app.domain.protocol import Diluent, FilterRule
from pharmacy_app.domain.quantity import Amount, DoseRate, Duration, Mass, Rate, Volume


@dataclass(frozen=True, slots=True)
class BagRecord:
    """One bag as it was planned. Times are UTC."""

    number: int
    first_day: int
    last_day: int
    dose: DoseRate
    duration_h: int
    elapsed: Duration
    diluent: Diluent
    filter: FilterRule
    rate: Rate
    volume_to_infuse: Volume
    bag_volume: Volume
    overfill: Volume
    drug: Volume
    vials: int
    ordered: Mass
    start_at: datetime
    change_at: datetime
    line_change: bool
    dose_change: bool
    closed_day_change: bool
    early: Duration
    clock_time_skipped: bool
    clock_time_twice: bool


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """One plan as it was made, for one content of the order and one content of the protocol.

    `protocol_digest` is as the protocol writes it; `zone_data` is the version of the zone rules.
    """

    order_number: str
    order_digest: str
    protocol_drug: str
    protocol_country: str
    protocol_monograph: date
    protocol_revision: int
    protocol_digest: str
    protocol_commissioned: bool
    zone_data: str
    chosen: bool
    totals: Totals
    bags: tuple[BagRecord, ...]

    @property
    def sequence_h(self) -> tuple[int, ...]:
        """The bags' named durations in hours."""
        return tuple(bag.duration_h for bag in self.bags)


def plan_record(plan: Plan) -> PlanRecord:
    """What is kept of the plan.

    Raises:
        ValueError: the plan was refused, so there is nothing to keep.
    """
    if plan.refused or plan.totals is None:
        raise ValueError(f"a refused plan is not kept: {plan.order.order_number}")
    return PlanRecord(
        order_number=plan.order.order_number,
        order_digest=order_digest(plan.order),
        protocol_drug=plan.protocol.drug,
        protocol_country=plan.protocol.country,
        protocol_monograph=plan.protocol.monograph,
        protocol_revision=plan.protocol.revision,
        protocol_digest=plan.protocol.digest,
        protocol_commissioned=plan.protocol.commissioned,
        zone_data=plan.zone_data,
        chosen=plan.chosen,
        totals=plan.totals,
        bags=tuple(_bag_record(bag) for bag in plan.bags),
    )


def plan_digest(plan: Plan) -> str:
    """SHA-256 of what is kept of the plan."""
    return plan_record_digest(plan_record(plan))


def plan_record_digest(record: PlanRecord) -> str:
    """SHA-256 of the record, every field of it included."""
    return digest_of(_as_document(record))


def _bag_record(bag: PlannedBag) -> BagRecord:
    return BagRecord(
        number=bag.number,
        first_day=bag.first_day,
        last_day=bag.last_day,
        dose=bag.dose,
        duration_h=bag.duration_h,
        elapsed=bag.elapsed,
        diluent=bag.recipe.diluent,
        filter=bag.recipe.filter,
        rate=bag.rate,
        volume_to_infuse=bag.volume_to_infuse,
        bag_volume=bag.bag_volume,
        overfill=bag.overfill,
        drug=bag.recipe.drug,
        vials=bag.recipe.vials,
        ordered=bag.ordered,
        start_at=bag.start_at.astimezone(UTC),
        change_at=bag.change_at.astimezone(UTC),
        line_change=bag.line_change,
        dose_change=bag.dose_change,
        closed_day_change=bag.closed_day_change,
        early=bag.early,
        clock_time_skipped=bag.clock_time_skipped,
        clock_time_twice=bag.clock_time_twice,
    )


def _as_document(value: object) -> object:
    match value:
        case Amount():
            return value.number
        case Diluent() | FilterRule():
            return value.value
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case tuple():
            return [_as_document(each) for each in value]
        case PlanRecord() | BagRecord() | Totals():
            return {name: _as_document(getattr(value, name)) for name in value.__slots__}
        case _:
            return value
