"""The order as a document: what is written is what would be read."""

import pytest

from pharmacy_app.domain.order_document import order_digest, order_document
from tests.support.orders import ABSENT, order, order_of

PRESCRIBED = [
    {"from_day": 1, "to_day": 7, "mcg_per_day": "9"},
    {"from_day": 8, "to_day": 28, "mcg_per_day": "28"},
]
HOURS = {"from": "08:00", "to": "16:00"}
PHASES = {
    "hospital": {"durations_h": [24, 48], "prepare_days": ["monday", "tuesday"]},
    "home": {
        "durations_h": [96],
        "closed_days": ["saturday"],
        "holidays": "CA-BC",
        "change_hours": HOURS,
        "prepare_days": ["friday"],
    },
}
INTERRUPTION = {"stopped_at": "2026-11-27T09:30", "restarted_at": "2026-11-28T10:00", "kind": "plain"}
# The clock of Toronto shows both times twice on that night.
IN_AUTUMN = {
    "stopped_at": "2026-11-01T01:45-04:00",
    "restarted_at": "2026-11-01T01:15-05:00",
    "kind": "grade-3",
    "keep_clock_time": True,
}
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
        {"bags.change_hours": HOURS, "bags.prepare_days": ["friday", "monday"], "bags.prepare_hours": HOURS},
        {"bags.prepare_hours": {"from": "00:00", "to": "23:59"}},
        {"bags.phases": PHASES},
        {"bags.phases.home": PHASES["home"]},
        {"bags.phases.hospital.durations_h": [24]},
        {"interruptions": [IN_AUTUMN, INTERRUPTION]},
        {"interruptions": [INTERRUPTION], "time_zone": "America/St_Johns"},
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
    friday_first = order(**{"bags.prepare_days": ["friday", "monday"]})
    assert order_digest(friday_first) == order_digest(order(**{"bags.prepare_days": ["monday", "friday"]}))
    with_offset = {**INTERRUPTION, "stopped_at": "2026-11-27T09:30-05:00", "keep_clock_time": False}
    assert order_digest(order(interruptions=[with_offset])) == order_digest(
        order(interruptions=[INTERRUPTION])
    )


@pytest.mark.req("REQ-ORD-007")
def test_an_order_that_wishes_none_of_the_later_things_keeps_the_digest_it_always_had() -> None:
    # As kept by the version that did not know them.
    digest = "fbd0ea03aa5d899d4077487238c43509be2a8a136456784e10db8532577d6c16"
    nothing = {"bags.change_hours": None, "bags.prepare_days": None, "bags.prepare_hours": None}
    assert order_digest(order()) == digest
    assert order_digest(order(interruptions=[], **nothing, **{"bags.phases": {"home": {}}})) == digest


@pytest.mark.req("REQ-INT-001")
def test_interruptions_are_written_with_the_offset_of_the_place() -> None:
    document = order_document(order(interruptions=[IN_AUTUMN, INTERRUPTION]))
    assert document["interruptions"] == [
        IN_AUTUMN,
        {
            "stopped_at": "2026-11-27T09:30-05:00",
            "restarted_at": "2026-11-28T10:00-05:00",
            "kind": "plain",
        },
    ]


def test_what_is_wished_of_hours_days_and_phases_is_written_as_it_was_read() -> None:
    wishes = {"change_hours": HOURS, "prepare_days": ["friday"], "prepare_hours": HOURS, "phases": PHASES}
    written = order_document(order(**{f"bags.{name}": value for name, value in wishes.items()}))["bags"]
    assert isinstance(written, dict)
    assert {name: written[name] for name in wishes} == wishes


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
        {"bags.change_hours": HOURS},
        {"bags.prepare_days": ["monday"]},
        {"bags.prepare_hours": HOURS},
        {"bags.phases.hospital.durations_h": [24]},
        {"bags.phases.hospital.prepare_days": ["monday"]},
        {"bags.phases.home.durations_h": [24]},
        {"bags.phases.home.closed_days": ["saturday"]},
        {"bags.phases.home.holidays": "CA-ON"},
        {"bags.phases.home.change_hours": HOURS},
        {"bags.phases.home.prepare_days": ["monday"]},
        {"interruptions": [INTERRUPTION]},
        {"interruptions": [{**INTERRUPTION, "keep_clock_time": True}]},
    ],
)
@pytest.mark.req("REQ-ORD-007")
def test_another_content_has_another_digest(changes: dict[str, object]) -> None:
    assert order_digest(order(**changes)) != order_digest(order())
