"""Orders for tests: the order file of the promised command line, with what a test wants to be different.

>>> order(**{"patient.weight_kg": "45.0", "cycle": 2}).cycle
2
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Final

from pharmacy_app.domain.order import Order
from pharmacy_app.intake.order_json import read_order
from tests.support.rulebooks import rulebook

ABSENT: Final = object()
"""As the value of a change: the field is taken out of the document."""

_DOCUMENT: Final[Mapping[str, object]] = {
    "order_number": "RX-1001",
    "patient": {
        "record_number": "4471023",
        "family_name": "Tremblay",
        "given_names": "Anne-Marie",
        "date_of_birth": "1979-03-14",
        "weight_kg": "71.5",
        "weight_taken_on": "2026-11-20",
        "benzyl_alcohol_hypersensitivity": False,
        "pregnant": False,
        "breastfeeding": False,
    },
    "prescriber": "Dr. L. Okafor",
    "indication": "relapsed-refractory",
    "cycle": 1,
    "start_at": "2026-11-23T14:00",
    "time_zone": "America/Toronto",
    "setting": "inpatient",
    "destination": "6 East, bed 12",
    "dose_modification": None,
    "bags": {
        "durations_h": [24, 48, 72, 96, 168],
        "sequence_h": None,
        "benzyl_alcohol": "permitted",
        "closed_days": ["saturday", "sunday"],
        "holidays": "CA-ON",
        "hospital_days": 9,
        "prefer": "fewest-changes",
    },
}


def order_document(**changes: object) -> dict[str, object]:
    """A new document with changes by dotted names, such as `**{"patient.weight_kg": "44.9"}`."""
    document: dict[str, object] = copy.deepcopy(dict(_DOCUMENT))
    for name, value in changes.items():
        *folders, last = name.split(".")
        place = document
        for folder in folders:
            inner = place.setdefault(folder, {})
            assert isinstance(inner, dict), f"{name}: {folder} has nothing inside"
            place = inner
        if value is ABSENT:
            del place[last]
        else:
            place[last] = copy.deepcopy(value)
    return document


def order_of(document: Mapping[str, object]) -> Order:
    """The order in a document that must be readable."""
    reading = read_order(document, rulebook().protocol)
    assert reading.order is not None, f"the document was refused: {[str(each) for each in reading.refusals]}"
    return reading.order


def order(**changes: object) -> Order:
    """The order of the document with changes by dotted names."""
    return order_of(order_document(**changes))


def document_starting(start_at: str, **changes: object) -> dict[str, object]:
    """The document with a start such as `2026-10-26T14:00`, the patient weighed on that day."""
    return order_document(**{"start_at": start_at, "patient.weight_taken_on": start_at[:10], **changes})
