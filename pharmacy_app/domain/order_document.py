"""The order as a document, in the form in which order files are read."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from pharmacy_app.domain.canonical import digest_of
from pharmacy_app.domain.order import (
    BagWishes,
    DoseModification,
    Hours,
    Interruption,
    Order,
    Patient,
    PhaseWishes,
    PrescribedDose,
    Weekday,
)


def order_document(order: Order) -> dict[str, object]:
    """The order file's form. What the order does not say is left out where the form permits that.

    Two equal orders give equal documents: a weight of 71.50 kg is written as 71.5.
    """
    document: dict[str, object] = {
        "order_number": order.order_number,
        "patient": _patient(order.patient),
        "prescriber": order.prescriber,
        "indication": order.indication,
        "cycle": order.cycle,
        "start_at": order.start_at.isoformat(timespec="minutes"),
        "time_zone": order.time_zone,
        "setting": order.setting.value,
        "destination": order.destination,
        "dose_modification": _modification(order.dose_modification),
        "bags": _bags(order.bags),
    }
    if order.prescribed is not None:
        document["prescribed"] = [_prescribed(each) for each in order.prescribed]
    if order.interruptions:
        zone = ZoneInfo(order.time_zone)
        document["interruptions"] = [_interruption(each, zone) for each in order.interruptions]
    return document


def order_digest(order: Order) -> str:
    """SHA-256 of the order's document: it names this content of the order, and no other."""
    return digest_of(order_document(order))


def _patient(patient: Patient) -> dict[str, object]:
    return {
        "record_number": patient.record_number,
        "family_name": patient.family_name,
        "given_names": patient.given_names,
        "date_of_birth": patient.date_of_birth.isoformat(),
        "weight_kg": patient.weight.number,
        "weight_taken_on": patient.weight_taken_on.isoformat(),
        "benzyl_alcohol_hypersensitivity": patient.benzyl_alcohol_hypersensitivity,
        "pregnant": patient.pregnant,
        "breastfeeding": patient.breastfeeding,
    }


def _prescribed(dose: PrescribedDose) -> dict[str, object]:
    return {"from_day": dose.from_day, "to_day": dose.to_day, "mcg_per_day": dose.dose.number}


def _modification(modification: DoseModification | None) -> dict[str, object] | None:
    if modification is None:
        return None
    return {
        "event": modification.event.value,
        "grade": modification.grade,
        "restart_on_infusion_day": modification.restart_on_infusion_day,
        "reason": modification.reason,
    }


def _interruption(interruption: Interruption, zone: ZoneInfo) -> dict[str, object]:
    """With the offset of the place, so that a clock time that comes twice is certain."""
    document: dict[str, object] = {
        "stopped_at": interruption.stopped_at.astimezone(zone).isoformat(timespec="minutes"),
        "restarted_at": interruption.restarted_at.astimezone(zone).isoformat(timespec="minutes"),
        "kind": interruption.kind.value,
    }
    return document | ({"keep_clock_time": True} if interruption.keep_clock_time else {})


def _bags(wishes: BagWishes) -> dict[str, object]:
    document: dict[str, object] = {
        "benzyl_alcohol": wishes.benzyl_alcohol.value,
        "closed_days": _days(wishes.closed_days),
        "hospital_days": wishes.hospital_days,
        "prefer": wishes.prefer.value,
    }
    if wishes.durations_h is not None:
        document["durations_h"] = list(wishes.durations_h)
    if wishes.sequence_h is not None:
        document["sequence_h"] = list(wishes.sequence_h)
    if wishes.holidays is not None:
        document["holidays"] = wishes.holidays
    return document | planning_document(wishes)


def planning_document(wishes: BagWishes) -> dict[str, object]:
    """What `bags` says of hours, of days of preparation and of the phases; empty where it says nothing."""
    phases = {"hospital": _phase(wishes.hospital), "home": _phase(wishes.home)}
    document = {
        "phases": {name: said for name, said in phases.items() if said},
        "change_hours": _hours(wishes.change_hours),
        "prepare_days": None if wishes.prepare_days is None else _days(wishes.prepare_days),
        "prepare_hours": _hours(wishes.prepare_hours),
    }
    return {name: said for name, said in document.items() if said is not None and said != {}}


def _phase(wishes: PhaseWishes) -> dict[str, object]:
    document = {
        "durations_h": None if wishes.durations_h is None else list(wishes.durations_h),
        "closed_days": None if wishes.closed_days is None else _days(wishes.closed_days),
        "holidays": wishes.holidays,
        "change_hours": _hours(wishes.change_hours),
        "prepare_days": None if wishes.prepare_days is None else _days(wishes.prepare_days),
    }
    return {name: said for name, said in document.items() if said is not None}


def _days(weekdays: Iterable[Weekday]) -> list[str]:
    return [day.name.lower() for day in sorted(weekdays, key=lambda day: day.value)]


def _hours(hours: Hours | None) -> dict[str, str] | None:
    return None if hours is None else {"from": f"{hours.first:%H:%M}", "to": f"{hours.last:%H:%M}"}
