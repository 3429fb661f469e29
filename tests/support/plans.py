"""Orders and plans for tests: the order of CLI.md, with what a test wants to be different."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from pharmacy_app.domain.order import BagWishes, Order, Patient, PrescribedDose, Setting, Weekday
from pharmacy_app.domain.plan import Plan
from pharmacy_app.domain.quantity import DoseRate, Weight
from pharmacy_app.intake.protocol_file import shipped_protocol, training_site
from pharmacy_app.intake.public_holidays import PublicHolidays
from pharmacy_app.workflow.plan import make_plan
from pharmacy_app.workflow.rulebook import Rulebook

NOW = datetime(2026, 10, 16, 13, 38, tzinfo=UTC)

PATIENT = Patient(
    record_number="4471023",
    family_name="Tremblay",
    given_names="Anne-Marie",
    date_of_birth=date(1979, 3, 14),
    weight=Weight(Decimal("71.5")),
    weight_taken_on=date(2026, 10, 16),
    benzyl_alcohol_hypersensitivity=False,
    pregnant=False,
    breastfeeding=False,
)

ORDER = Order(
    order_number="RX-1001",
    patient=PATIENT,
    prescriber="Dr. L. Okafor",
    indication="relapsed-refractory",
    cycle=1,
    start_at=datetime(2026, 10, 19, 14, 0),  # noqa: DTZ001 - a clock time; its zone stands beside it
    time_zone="America/Toronto",
    setting=Setting.INPATIENT,
    destination="6 East, bed 12",
    prescribed=(
        PrescribedDose(1, 7, DoseRate(Decimal(9))),
        PrescribedDose(8, 28, DoseRate(Decimal(28))),
    ),
    bags=BagWishes(
        durations_h=(24, 48, 72, 96),
        closed_days=frozenset({Weekday.SATURDAY, Weekday.SUNDAY}),
        hospital_days=9,
    ),
)


def rulebook() -> Rulebook:
    """The shipped protocol and the training site."""
    return Rulebook(shipped_protocol(), training_site(), PublicHolidays(), zone_data="2026.6")


def order_with(
    *, bags: BagWishes = ORDER.bags, patient: Patient = PATIENT, start: str = "", zone: str = ""
) -> Order:
    """The order with other wishes, another patient, start (`2026-10-26T14:00`) or zone."""
    start_at = datetime.fromisoformat(start) if start else ORDER.start_at
    return replace(ORDER, bags=bags, patient=patient, start_at=start_at, time_zone=zone or ORDER.time_zone)


def plan_of(order: Order = ORDER, *, sequence_h: tuple[int, ...] | None = None) -> Plan:
    """The plan of an order, or of a sequence by hand for it."""
    if sequence_h is not None:
        order = replace(order, bags=replace(order.bags, sequence_h=sequence_h))
    return make_plan(order, rulebook(), now=NOW)
