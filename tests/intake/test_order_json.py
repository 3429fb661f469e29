"""The order document: every field, at every level, in every way that it can be wrong."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.intake.order_json import read_order, read_order_file
from pharmacy_app.intake.strict_json import OddNumber
from tests.support.command_line import write
from tests.support.orders import ABSENT, order, order_document
from tests.support.rulebooks import protocol

RESTART = {"event": "crs", "grade": 3, "restart_on_infusion_day": 1, "reason": "CRS grade 3, resolved"}
PRESCRIBED = [
    {"from_day": 1, "to_day": 7, "mcg_per_day": "9"},
    {"from_day": 8, "to_day": 28, "mcg_per_day": "28"},
]
FULL = {"prescribed": PRESCRIBED, "dose_modification": RESTART}

PATIENT = [
    "record_number", "family_name", "given_names", "date_of_birth", "weight_kg", "weight_taken_on",
    "benzyl_alcohol_hypersensitivity", "pregnant", "breastfeeding",
]  # fmt: skip
REQUIRED = [
    "order_number", "patient", "prescriber", "indication", "cycle", "start_at", "time_zone", "setting",
    "destination", "dose_modification", *(f"patient.{name}" for name in PATIENT),
    *(f"dose_modification.{name}" for name in RESTART),
]  # fmt: skip
OPTIONAL = ["prescribed", "bags"]
OPTIONAL += [
    f"bags.{name}"
    for name in (
        "durations_h",
        "sequence_h",
        "benzyl_alcohol",
        "closed_days",
        "holidays",
        "hospital_days",
        "prefer",
    )
]
FLAGS = {f"patient.{name}" for name in ("benzyl_alcohol_hypersensitivity", "pregnant", "breastfeeding")}
NULLABLE = FLAGS | {"dose_modification", "prescribed", "bags.durations_h", "bags.sequence_h", "bags.holidays"}
WHOLE = {
    "cycle",
    "bags.hospital_days",
    "dose_modification.grade",
    "dose_modification.restart_on_infusion_day",
}
LISTS = {"prescribed", "bags.durations_h", "bags.sequence_h", "bags.closed_days"}
OBJECTS = {"patient", "dose_modification", "bags"}


def refusals(document: Mapping[str, object]) -> list[InputRefused]:
    """What the reader refuses; at least something."""
    reading = read_order(document, protocol())
    assert reading.order is None
    return list(reading.refusals)


def refused_fields(**changes: object) -> list[str]:
    """The fields that the reader refuses in the promised order with changes."""
    return [each.field for each in refusals(order_document(**{**FULL, **changes}))]


@pytest.mark.req("REQ-ORD-001")
@pytest.mark.parametrize("name", REQUIRED)
def test_a_field_that_is_missing_is_named(name: str) -> None:
    found = refusals(order_document(**{**FULL, name: ABSENT}))
    assert [(each.field, each.given, each.code) for each in found] == [(name, "nothing", "expected.field")]


@pytest.mark.parametrize("name", OPTIONAL)
def test_a_field_that_may_be_absent_may_be_absent(name: str) -> None:
    document = order_document(**FULL)
    place = document["bags"] if name.startswith("bags.") else document
    assert isinstance(place, dict)
    del place[name.removeprefix("bags.")]
    assert read_order(document, protocol()).refusals == ()


@pytest.mark.parametrize("folder", ["", "patient.", "bags.", "dose_modification."])
@pytest.mark.parametrize(
    "name", ["weight_lb", "Weight_kg", " cycle", "", "__class__", "cycle\u200b", "\ud800"]
)
def test_a_field_that_nobody_knows_is_named(folder: str, name: str) -> None:
    found = refusals(order_document(**{**FULL, f"{folder}{name}": 1}))
    assert [each.code for each in found] == ["expected.no-such-field"]
    assert found[0].field.startswith(folder)


def test_an_unknown_field_among_the_prescribed_doses_is_named() -> None:
    assert refused_fields(prescribed=[{**PRESCRIBED[0], "unit": "mcg"}]) == ["prescribed[0].unit"]


OF_ANOTHER_TYPE = [None, True, 7, OddNumber("1.5"), "", "?", [], ["?"], {}, {"a": 1}]


def accepted(name: str, value: object) -> bool:
    """Whether CLI.md lets this value stand in this field."""
    if value is None:
        return name in NULLABLE
    if name in FLAGS:
        return isinstance(value, bool)
    if isinstance(value, list):
        return name in LISTS and value == [] and name not in {"prescribed", "bags.durations_h"}
    if isinstance(value, dict):
        return name == "bags" and not value
    if name in WHOLE:
        return value == 7 and not isinstance(value, bool) and not name.startswith("dose_modification")
    free_text = name.rpartition(".")[2] in {
        "family_name",
        "given_names",
        "prescriber",
        "destination",
        "reason",
    }
    return value == "?" and free_text


@pytest.mark.parametrize("name", [*REQUIRED, *OPTIONAL])
def test_a_value_of_another_type_is_refused_by_the_name_of_its_field(name: str) -> None:
    for value in OF_ANOTHER_TYPE:
        reading = read_order(order_document(**{**FULL, name: value}), protocol())
        assert (reading.order is not None) == accepted(name, value), value
        assert all(each.field.startswith(name) for each in reading.refusals), value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("patient.weight_kg", "28,125"),
        ("patient.weight_kg", 71.5),
        ("patient.weight_kg", 71),
        ("patient.weight_kg", "71.5 kg"),
        ("patient.weight_kg", "\uff17\uff11"),
        ("patient.weight_kg", "+5"),
        ("patient.weight_kg", " 5"),
        ("patient.date_of_birth", "1979-02-29"),
        ("patient.date_of_birth", "79-03-14"),
        ("patient.weight_taken_on", "2026-11-31"),
        ("patient.pregnant", "no"),
        ("patient.pregnant", 0),
        ("indication", "Consolidation"),
        ("indication", "all"),
        ("cycle", 0),
        ("cycle", -1),
        ("cycle", "1"),
        ("cycle", OddNumber("1.0")),
        ("cycle", OddNumber("1e0")),
        ("cycle", True),
        ("setting", "INPATIENT"),
        ("setting", "hospital"),
        ("start_at", "2026-11-23T14:00-05:00"),
        ("start_at", "2026-11-23"),
        ("dose_modification", "crs"),
        ("dose_modification.event", "CRS"),
        ("dose_modification.grade", 2),
        ("dose_modification.grade", 5),
        ("dose_modification.restart_on_infusion_day", 2),
        ("dose_modification.restart_on_infusion_day", 0),
        ("bags.durations_h", []),
        ("bags.benzyl_alcohol", "forbidden"),
        ("bags.holidays", "CA"),
        ("bags.holidays", "CA-XX"),
        ("bags.holidays", "ca-on"),
        ("bags.holidays", "US-NY"),
        ("bags.hospital_days", -1),
        ("bags.hospital_days", 85),
        ("bags.hospital_days", "9"),
        ("bags.prefer", "cheapest"),
        ("prescribed", []),
        ("time_zone", ""),
    ],
    ids=ascii,
)
def test_a_value_that_cannot_be_is_refused_by_the_name_of_its_field(name: str, value: object) -> None:
    value = OddNumber(str(value)) if isinstance(value, float) else value
    assert refused_fields(**{name: value}) == [name]


@pytest.mark.parametrize(
    ("name", "value", "field"),
    [
        ("bags.durations_h", [24, 24], "bags.durations_h"),
        ("bags.durations_h", [24, 36], "bags.durations_h[1]"),
        ("bags.durations_h", ["24"], "bags.durations_h[0]"),
        ("bags.durations_h", [True], "bags.durations_h[0]"),
        ("bags.sequence_h", [96, 100], "bags.sequence_h[1]"),
        ("bags.sequence_h", [[96]], "bags.sequence_h[0]"),
        ("bags.closed_days", ["saturday", "saturday"], "bags.closed_days"),
        ("bags.closed_days", ["Saturday"], "bags.closed_days[0]"),
        ("bags.closed_days", ["sat"], "bags.closed_days[0]"),
        ("bags.closed_days", [6], "bags.closed_days[0]"),
        ("prescribed", [{**PRESCRIBED[0], "mcg_per_day": "28,125"}], "prescribed[0].mcg_per_day"),
        ("prescribed", [{**PRESCRIBED[0], "mcg_per_day": 9}], "prescribed[0].mcg_per_day"),
        ("prescribed", [{**PRESCRIBED[0], "from_day": 0}], "prescribed[0].from_day"),
        ("prescribed", [{**PRESCRIBED[0], "from_day": 8}], "prescribed[0].to_day"),
        ("prescribed", [PRESCRIBED[0], 28], "prescribed[1]"),
        ("prescribed", [{"from_day": 1, "to_day": 7}], "prescribed[0].mcg_per_day"),
    ],
)
def test_the_place_in_a_list_is_named(name: str, value: object, field: str) -> None:
    assert refused_fields(**{name: value}) == [field]


def test_all_refusals_come_at_once() -> None:
    changes = {"patient.weight_kg": "28,125", "cycle": 0, "bags.prefer": "x", "time_zone": "x", "more": 1}
    assert refused_fields(**changes) == ["patient.weight_kg", "cycle", "time_zone", "bags.prefer", "more"]


def test_a_file_is_refused_for_the_first_of_them(tmp_path: Path) -> None:
    path = write(tmp_path, order_document(**{"patient.weight_kg": "28,125", "cycle": 0}))
    with pytest.raises(InputRefused) as caught:
        read_order_file(path, protocol())
    assert (caught.value.field, caught.value.given) == ("patient.weight_kg", "28,125")


@pytest.mark.req("REQ-ORD-001")
@pytest.mark.parametrize("value", [True, False, None])
def test_the_three_flags_are_yes_no_or_not_known(value: bool | None) -> None:
    patient = order(**dict.fromkeys(FLAGS, value)).patient
    assert (patient.pregnant, patient.breastfeeding, patient.benzyl_alcohol_hypersensitivity) == (value,) * 3
