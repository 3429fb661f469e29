"""The courses of the three indications, as the guide's tables have them."""

from __future__ import annotations

import pytest

from pharmacy_app.domain.course import (
    cycle_length_days,
    dose_days,
    has_cycle,
    hospital_days,
    last_cycle,
    low_dose_days,
)
from tests.support.orders import order
from tests.support.rulebooks import protocol

FULL = [(1, 28, "28")]
STEP_UP = [(1, 7, "9"), (8, 28, "28")]
RESTART = {"event": "other", "grade": 3, "restart_on_infusion_day": 1, "reason": "pancreatitis"}

# indication, cycle, length in days, hospital days (None: supervision), doses
CYCLES = [
    ("consolidation", 1, 42, 3, FULL),
    ("consolidation", 2, 42, 2, FULL),
    ("consolidation", 3, 42, None, FULL),
    ("consolidation", 4, 42, None, FULL),
    ("mrd-positive", 1, 42, 3, FULL),
    ("mrd-positive", 2, 42, 2, FULL),
    ("mrd-positive", 3, 42, None, FULL),
    ("mrd-positive", 4, 42, None, FULL),
    ("relapsed-refractory", 1, 42, 9, STEP_UP),
    ("relapsed-refractory", 2, 42, 2, FULL),
    ("relapsed-refractory", 3, 42, None, FULL),
    ("relapsed-refractory", 4, 42, None, FULL),
    ("relapsed-refractory", 5, 42, None, FULL),
    ("relapsed-refractory", 6, 84, None, FULL),
    ("relapsed-refractory", 7, 84, None, FULL),
    ("relapsed-refractory", 8, 84, None, FULL),
    ("relapsed-refractory", 9, 84, None, FULL),
]


def doses(**changes: object) -> list[tuple[int, int, str]]:
    found = dose_days(order(**changes), protocol())
    return [(each.from_day, each.to_day, each.dose.number) for each in found]


@pytest.mark.req("REQ-ORD-002", "REQ-ORD-010")
@pytest.mark.parametrize(("indication", "cycle", "length", "hospital", "expected"), CYCLES)
def test_each_cycle_has_its_length_hospital_days_and_doses(
    indication: str, cycle: int, length: int, hospital: int | None, expected: list[tuple[int, int, str]]
) -> None:
    assert has_cycle(indication, cycle, protocol())
    assert cycle_length_days(indication, cycle, protocol()) == length
    assert hospital_days(indication, cycle, protocol()) == hospital
    assert doses(indication=indication, cycle=cycle) == expected


@pytest.mark.req("REQ-ORD-004")
@pytest.mark.parametrize(
    ("indication", "last"), [("consolidation", 4), ("mrd-positive", 4), ("relapsed-refractory", 9)]
)
def test_an_indication_has_its_cycles_and_no_other(indication: str, last: int) -> None:
    assert last_cycle(indication, protocol()) == last
    assert not has_cycle(indication, 0, protocol())
    assert not has_cycle(indication, last + 1, protocol())


@pytest.mark.req("REQ-MOD-004")
@pytest.mark.parametrize(("indication", "cycle"), [(each[0], each[1]) for each in CYCLES])
def test_a_restart_after_grade_3_has_seven_days_at_9_and_a_wall_at_day_8(indication: str, cycle: int) -> None:
    assert doses(indication=indication, cycle=cycle, dose_modification=RESTART) == STEP_UP


@pytest.mark.req("REQ-ORD-002")
def test_only_the_first_relapsed_cycle_has_days_at_the_low_dose_of_its_own() -> None:
    with_low = [
        each[:2] for each in CYCLES if low_dose_days(order(indication=each[0], cycle=each[1]), protocol())
    ]
    assert with_low == [("relapsed-refractory", 1)]
