"""The cycle that follows: from when, where, with what beforehand, and where there is none."""

from __future__ import annotations

from datetime import datetime

import pytest

from pharmacy_app.domain.next_cycle import NextCycle, next_cycle
from tests.support.orders import order
from tests.support.rulebooks import protocol

END = datetime(2026, 12, 21, 14, 0)  # noqa: DTZ001 - a clock's
FULL_DOSE = [{"from_day": 1, "to_day": 28, "mcg_per_day": "28"}]


def after(indication: str, cycle: int, *, ended_low: bool = False) -> NextCycle | None:
    low_first = (indication, cycle) == ("relapsed-refractory", 1)
    given = {} if low_first else {"prescribed": FULL_DOSE}
    asked = order(indication=indication, cycle=cycle, **given)
    return next_cycle(asked, END, protocol(), ended_low=ended_low)


@pytest.mark.req("REQ-ORD-002", "REQ-ORD-010")
@pytest.mark.parametrize(
    ("indication", "cycle", "free", "start", "hospital"),
    [
        ("consolidation", 1, 14, "2027-01-04 14:00", 2),
        ("consolidation", 2, 14, "2027-01-04 14:00", None),
        ("consolidation", 3, 14, "2027-01-04 14:00", None),
        ("mrd-positive", 1, 14, "2027-01-04 14:00", 2),
        ("mrd-positive", 3, 14, "2027-01-04 14:00", None),
        ("relapsed-refractory", 1, 14, "2027-01-04 14:00", 2),
        ("relapsed-refractory", 5, 14, "2027-01-04 14:00", None),
        ("relapsed-refractory", 6, 56, "2027-02-15 14:00", None),
        ("relapsed-refractory", 8, 56, "2027-02-15 14:00", None),
    ],
)
def test_the_next_cycle_is_after_the_treatment_free_days_and_begins_where_the_guide_says(
    indication: str, cycle: int, free: int, start: str, hospital: int | None
) -> None:
    following = after(indication, cycle)
    assert following is not None
    assert (following.number, following.treatment_free_days) == (cycle + 1, free)
    assert f"{following.from_clock_time:%Y-%m-%d %H:%M}" == start
    assert following.hospital_days == hospital
    assert following.low_dose_days == 0
    assert not following.asks_dose


@pytest.mark.req("REQ-ORD-004")
@pytest.mark.parametrize(
    ("indication", "cycle"), [("consolidation", 4), ("mrd-positive", 4), ("relapsed-refractory", 9)]
)
def test_what_the_indication_does_not_have_is_not_offered(indication: str, cycle: int) -> None:
    assert after(indication, cycle) is None


@pytest.mark.req("REQ-ORD-008")
@pytest.mark.parametrize(
    ("indication", "code"),
    [
        ("consolidation", "reminder.premedication.consolidation"),
        ("mrd-positive", "reminder.premedication.mrd-positive"),
        ("relapsed-refractory", "reminder.premedication.relapsed-refractory"),
    ],
)
def test_its_reminders_are_those_of_the_cycle_that_follows(indication: str, code: str) -> None:
    following = after(indication, 2)
    assert following is not None
    codes = [each.code for each in following.reminders]
    assert code in codes, codes
    assert "reminder.tumour-lysis" not in codes


@pytest.mark.req("REQ-MOD-007")
def test_after_an_end_at_the_low_dose_the_dose_is_asked() -> None:
    following = after("consolidation", 1, ended_low=True)
    assert following is not None
    assert following.asks_dose
