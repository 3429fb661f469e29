"""The order as a document: what is written is what would be read."""

import pytest

from pharmacy_app.domain.order_document import order_digest, order_document
from tests.support.orders import ABSENT, order, order_of

PRESCRIBED = [
    {"from_day": 1, "to_day": 7, "mcg_per_day": "9"},
    {"from_day": 8, "to_day": 28, "mcg_per_day": "28"},
]
MODIFICATION = {"event": "crs", "grade": 3, "restart_on_infusion_day": 1, "reason": "resolved on day 5"}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"bags": ABSENT},
        {"bags.sequence_h": [96, 72, 96, 96, 96, 96, 96, 24]},
        {"bags.durations_h": ABSENT, "bags.holidays": ABSENT, "bags.closed_days": []},
        {"bags.benzyl_alcohol": "avoid", "bags.prefer": "fewest-vials"},
        {"prescribed": PRESCRIBED},
        {"dose_modification": MODIFICATION},
        {"patient.benzyl_alcohol_hypersensitivity": None, "patient.pregnant": True, "setting": "home"},
        {"patient.family_name": "O'Brien-Lévesque & <Son>", "patient.weight_kg": "71.50"},
    ],
)
def test_an_order_read_from_its_document_is_the_same_order(changes: dict[str, object]) -> None:
    first = order(**changes)
    assert order_of(order_document(first)) == first


@pytest.mark.req("REQ-ORD-007")
def test_the_same_content_has_the_same_digest() -> None:
    assert order_digest(order(**{"patient.weight_kg": "71.50"})) == order_digest(order())
    assert order_digest(order(**{"bags.closed_days": ["sunday", "saturday"]})) == order_digest(order())


@pytest.mark.parametrize(
    "changes",
    [
        {"order_number": "RX-1002"},
        {"patient.weight_kg": "71.6"},
        {"patient.pregnant": None},
        {"patient.given_names": "Anne Marie"},
        {"prescriber": "Dr. L. Okafo"},
        {"cycle": 2},
        {"start_at": "2026-11-23T14:01"},
        {"time_zone": "America/Halifax"},
        {"destination": "6 East, bed 13"},
        {"dose_modification": MODIFICATION},
        {"prescribed": PRESCRIBED},
        {"bags.sequence_h": [168, 168, 168, 168]},
        {"bags.hospital_days": 8},
        {"bags.closed_days": ["saturday"]},
    ],
)
@pytest.mark.req("REQ-ORD-007")
def test_another_content_has_another_digest(changes: dict[str, object]) -> None:
    assert order_digest(order(**changes)) != order_digest(order())
