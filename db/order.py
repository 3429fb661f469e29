"""Orders on file: the repository that gives and takes domain orders."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from db.kept import Kept
from db.order_row import (
    ClosedDayRow,
    DurationList,
    OrderReasonRow,
    OrderRow,
    PlanningRow,
    PrescribedDoseRow,
    WishedDurationRow,
)
from db.planning import planning_text, with_planning
from db.row import require_kinds
from pharmacy_app.domain.audit import utc_text
from pharmacy_app.domain.canonical import canonical_json
from pharmacy_app.domain.order import (
    AdverseEvent,
    BagWishes,
    DoseModification,
    Order,
    Patient,
    PrescribedDose,
)
from pharmacy_app.domain.order_document import order_digest, order_document
from pharmacy_app.workflow.unit_of_work import OrderHeading, StoredOrder


class SqlOrders:
    """The orders of one transaction. `added` tells of those added in it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.added: list[Kept] = []

    def add(self, order: StoredOrder) -> None:
        """Puts the order on file; its number must not be there yet."""
        row = _to_row(order)
        self._session.add(row)
        self._session.flush()
        self.added.append(Kept(row.digest, utc_text(order.stored_at)))

    def with_number(self, order_number: str) -> StoredOrder | None:
        """The order of that number."""
        row = self._session.get(OrderRow, order_number)
        return None if row is None else to_stored_order(row)

    def of_patient(self, record_number: str) -> tuple[StoredOrder, ...]:
        """All orders of a record number, newest start first."""
        return self._found(select(OrderRow).where(OrderRow.record_number == record_number))

    def all(self) -> tuple[StoredOrder, ...]:
        """All orders, newest start first."""
        return self._found(select(OrderRow))

    def headings(self) -> tuple[OrderHeading, ...]:
        """The heading of every order, newest start first."""
        row = OrderRow
        columns = (row.order_number, row.record_number, row.family_name, row.given_names)
        query = select(*columns, row.date_of_birth, row.cycle)
        newest_first = query.order_by(row.starts_at.desc(), row.order_number)
        return tuple(OrderHeading(*each) for each in self._session.execute(newest_first))

    def _found(self, query: Select[OrderRow]) -> tuple[StoredOrder, ...]:
        newest_first = query.order_by(OrderRow.starts_at.desc(), OrderRow.order_number)
        return tuple(to_stored_order(row) for row in self._session.scalars(newest_first))


def _to_row(stored: StoredOrder) -> OrderRow:
    order = stored.order
    if order.prescribed == () or _has_empty_list(order.bags):
        raise ValueError(f"an empty list is not the same as none, and means nothing: {order.order_number}")
    if order.interruptions:
        raise ValueError(f"an interruption is no part of an order on file: {order.order_number}")
    return OrderRow(
        order_number=order.order_number,
        prescriber=order.prescriber,
        indication=order.indication,
        cycle=order.cycle,
        start_at=order.start_at,
        time_zone=order.time_zone,
        setting=order.setting,
        destination=order.destination,
        **_patient_columns(order.patient),
        **_modification_columns(order.dose_modification),
        **_wish_columns(order.bags),
        prescribed=[
            PrescribedDoseRow(from_day=each.from_day, to_day=each.to_day, dose_mcg_per_day=each.dose)
            for each in order.prescribed or ()
        ],
        stored_at=stored.stored_at,
        starts_at=stored.starts_at,
        ends_at=stored.ends_at,
        reasons=[OrderReasonRow(finding=code, reason=reason) for code, reason in stored.reasons],
        document=canonical_json(order_document(order)),
        digest=order_digest(order),
    )


def _has_empty_list(wishes: BagWishes) -> bool:
    phases = (wishes.hospital, wishes.home)
    durations = (wishes.durations_h, wishes.sequence_h, *(phase.durations_h for phase in phases))
    days = (
        wishes.prepare_days,
        *(each for phase in phases for each in (phase.closed_days, phase.prepare_days)),
    )
    return () in durations or frozenset() in days


def _patient_columns(patient: Patient) -> dict[str, object]:
    return {
        "record_number": patient.record_number,
        "family_name": patient.family_name,
        "given_names": patient.given_names,
        "date_of_birth": patient.date_of_birth,
        "weight_kg": patient.weight,
        "weight_taken_on": patient.weight_taken_on,
        "benzyl_alcohol_hypersensitivity": patient.benzyl_alcohol_hypersensitivity,
        "pregnant": patient.pregnant,
        "breastfeeding": patient.breastfeeding,
    }


def _modification_columns(modification: DoseModification | None) -> dict[str, object]:
    if modification is None:
        return {}
    return {
        "modification_event": modification.event,
        "modification_grade": modification.grade,
        "modification_day": modification.restart_on_infusion_day,
        "modification_reason": modification.reason,
    }


def _wish_columns(wishes: BagWishes) -> dict[str, object]:
    return {
        "benzyl_alcohol": wishes.benzyl_alcohol,
        "holidays": wishes.holidays,
        "hospital_days": wishes.hospital_days,
        "prefer": wishes.prefer,
        "durations": [
            *_durations(DurationList.PERMITTED, wishes.durations_h),
            *_durations(DurationList.SEQUENCE, wishes.sequence_h),
        ],
        "closed_days": [ClosedDayRow(weekday=weekday) for weekday in wishes.closed_days],
        "planning": None if (planning := planning_text(wishes)) is None else PlanningRow(content=planning),
    }


def _durations(kind: DurationList, durations_h: tuple[int, ...] | None) -> list[WishedDurationRow]:
    return [
        WishedDurationRow(list=kind, position=position, duration_h=duration_h)
        for position, duration_h in enumerate(durations_h or (), start=1)
    ]


def to_stored_order(row: OrderRow) -> StoredOrder:
    """The order on file, from its rows."""
    planning = () if row.planning is None else (row.planning,)
    require_kinds(row, *row.prescribed, *row.durations, *row.closed_days, *planning, *row.reasons)
    order = Order(
        order_number=row.order_number,
        patient=_patient(row),
        prescriber=row.prescriber,
        indication=row.indication,
        cycle=row.cycle,
        start_at=row.start_at,
        time_zone=row.time_zone,
        setting=row.setting,
        destination=row.destination,
        dose_modification=_modification(row),
        prescribed=tuple(
            PrescribedDose(each.from_day, each.to_day, each.dose_mcg_per_day) for each in row.prescribed
        )
        or None,
        bags=_wishes(row),
    )
    reasons = tuple((each.finding, each.reason) for each in row.reasons)
    return StoredOrder(order, row.stored_at, row.starts_at, row.ends_at, reasons)


def _patient(row: OrderRow) -> Patient:
    return Patient(
        record_number=row.record_number,
        family_name=row.family_name,
        given_names=row.given_names,
        date_of_birth=row.date_of_birth,
        weight=row.weight_kg,
        weight_taken_on=row.weight_taken_on,
        benzyl_alcohol_hypersensitivity=row.benzyl_alcohol_hypersensitivity,
        pregnant=row.pregnant,
        breastfeeding=row.breastfeeding,
    )


def _modification(row: OrderRow) -> DoseModification | None:
    match row.modification_event, row.modification_grade, row.modification_day, row.modification_reason:
        case AdverseEvent() as event, int() as grade, int() as restart, str() as reason:
            return DoseModification(event, grade, restart, reason)
        case _:
            return None


def _wishes(row: OrderRow) -> BagWishes:
    wishes = BagWishes(
        durations_h=_listed(row, DurationList.PERMITTED),
        sequence_h=_listed(row, DurationList.SEQUENCE),
        benzyl_alcohol=row.benzyl_alcohol,
        closed_days=frozenset(each.weekday for each in row.closed_days),
        holidays=row.holidays,
        hospital_days=row.hospital_days,
        prefer=row.prefer,
    )
    return wishes if row.planning is None else with_planning(wishes, row.planning.content)


def _listed(row: OrderRow, kind: DurationList) -> tuple[int, ...] | None:
    return tuple(each.duration_h for each in row.durations if each.list is kind) or None
