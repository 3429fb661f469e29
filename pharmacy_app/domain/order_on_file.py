"""What an order means beside the orders already kept (REQ-ORD-007, -010)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pharmacy_app.domain.clock import date_text, first_instant, shown
from pharmacy_app.domain.course import cycle_length_days, is_made_up
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding
from pharmacy_app.domain.order import Order, Patient
from pharmacy_app.domain.protocol import Protocol


def check_same_patient(order: Order, on_file: Sequence[Order], protocol: Protocol) -> Iterator[Finding]:
    """One record number is one patient with one running course; look-alikes are named."""
    alerts: set[Finding] = set()
    for other in on_file:
        if other.order_number == order.order_number:
            if other != order:
                values = {"order": other.order_number}
                yield _stop("order.number-taken", field="order_number", **values)
        elif other.patient.record_number == order.patient.record_number:
            yield from _same_record_number(order, other, protocol)
        elif looks_alike(order.patient, other.patient):
            name = f"{other.patient.family_name}, {other.patient.given_names}"
            values = {"name": name, "record": other.patient.record_number}
            field = "patient.family_name"
            code, rule = "order.name-alert", "REQ-ORD-007"
            alert = finding(code, Severity.NOTE, rule, Mark.DERIVED, field=field, **values)
            if alert not in alerts:  # one patient, however many orders
                yield alert
            alerts.add(alert)


def _same_record_number(order: Order, other: Order, protocol: Protocol) -> Iterator[Finding]:
    if not same_person(order.patient, other.patient):
        name = f"{other.patient.family_name}, {other.patient.given_names}"
        values = {"name": name, "born": date_text(other.patient.date_of_birth), "order": other.order_number}
        yield _stop("order.record-number-of-another", field="patient.record_number", **values)
    if _overlaps(order, other, protocol):
        values = {"order": other.order_number, "start": date_text(other.start_at)}
        yield _stop("order.course-overlaps", field="start_at", **values)


def _stop(code: str, *, field: str, **values: str) -> Finding:
    return finding(code, Severity.STOP, "REQ-ORD-007", Mark.DERIVED, field=field, **values)


def same_person(patient: Patient, other: Patient) -> bool:
    """Same name and birth date, letter for letter."""
    return (patient.family_name, patient.given_names, patient.date_of_birth) == (
        other.family_name,
        other.given_names,
        other.date_of_birth,
    )


def looks_alike(patient: Patient, other: Patient) -> bool:
    """Same family name without case and accents, or same birth date."""
    same_name = without_accents(patient.family_name) == without_accents(other.family_name)
    return same_name or patient.date_of_birth == other.date_of_birth


def without_accents(name: str) -> str:
    """For comparing only: never shown, never kept."""
    letters = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()


def _infusion(order: Order, protocol: Protocol) -> tuple[datetime, datetime]:
    """From when to when it runs: what was missed is made up, and what was ended for good is over."""
    zone = ZoneInfo(order.time_zone)
    end = first_instant(order.start_at + timedelta(days=protocol.infusion_days), zone)
    for each in order.interruptions:
        if is_made_up(each, protocol):
            end += each.restarted_at - each.stopped_at
    start = first_instant(order.start_at, zone)
    return start, end if order.ended_at is None else max(start, min(end, order.ended_at))


def _overlaps(order: Order, other: Order, protocol: Protocol) -> bool:
    start, end = _infusion(order, protocol)
    other_start, other_end = _infusion(other, protocol)
    return start < other_end and other_start < end


def check_earlier_cycle(order: Order, on_file: Sequence[Order], protocol: Protocol) -> Iterator[Finding]:
    """Cycle n needs cycle n–1 of the same indication, with its treatment-free days over, or a reason."""
    if order.cycle == 1:
        return
    earlier = [
        other
        for other in on_file
        if other.patient.record_number == order.patient.record_number
        and other.indication == order.indication
        and other.cycle == order.cycle - 1
    ]
    values = {"cycle": str(order.cycle), "earlier": str(order.cycle - 1)}
    if not earlier:
        yield finding(
            "order.earlier-cycle", Severity.REASON, "REQ-ORD-010", Mark.DERIVED, field="cycle", **values
        )
        return
    last = max(earlier, key=lambda other: other.start_at)
    days = cycle_length_days(last.indication, last.cycle, protocol)
    start = first_instant(order.start_at, ZoneInfo(order.time_zone))
    _, infused = _infusion(last, protocol)
    ended, zone = shown(infused, ZoneInfo(last.time_zone)), ZoneInfo(last.time_zone)
    over = first_instant(ended + timedelta(days=days - protocol.infusion_days), zone)
    if start < infused:
        end = {"end": date_text(infused.astimezone(ZoneInfo(last.time_zone))), "order": last.order_number}
        code = "order.before-earlier-cycle"
        yield finding(code, Severity.STOP, "REQ-ORD-010", Mark.DERIVED, field="start_at", **values, **end)
    elif start < over:
        free = {"over": date_text(over.astimezone(ZoneInfo(last.time_zone))), "earlier": values["earlier"]}
        code = "order.treatment-free-days"
        yield finding(code, Severity.REASON, "REQ-ORD-010", Mark.DERIVED, field="start_at", **free)
