"""The order as a document, in the form in which order files are read."""

from __future__ import annotations

from pharmacy_app.domain.canonical import digest_of
from pharmacy_app.domain.order import BagWishes, DoseModification, Order, Patient, PrescribedDose


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


def _bags(wishes: BagWishes) -> dict[str, object]:
    document: dict[str, object] = {
        "benzyl_alcohol": wishes.benzyl_alcohol.value,
        "closed_days": [day.name.lower() for day in sorted(wishes.closed_days, key=lambda day: day.value)],
        "hospital_days": wishes.hospital_days,
        "prefer": wishes.prefer.value,
    }
    if wishes.durations_h is not None:
        document["durations_h"] = list(wishes.durations_h)
    if wishes.sequence_h is not None:
        document["sequence_h"] = list(wishes.sequence_h)
    if wishes.holidays is not None:
        document["holidays"] = wishes.holidays
    return document
