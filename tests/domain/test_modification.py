"""A restart after an adverse event, as far as an order names one."""

from __future__ import annotations

import pytest

from pharmacy_app.domain.modification import check_modification
from pharmacy_app.domain.order import AdverseEvent, DoseModification
from tests.support.rulebooks import protocol


def found(event: AdverseEvent, grade: int) -> list[tuple[str, str, str]]:
    modification = DoseModification(event, grade, 1, "see chart")
    return [
        (each.code, each.severity.value, each.source.value)
        for each in check_modification(modification, protocol())
    ]


@pytest.mark.req("REQ-MOD-004")
@pytest.mark.parametrize("event", AdverseEvent)
def test_after_grade_3_the_cycle_restarts_with_a_note(event: AdverseEvent) -> None:
    assert found(event, 3) == [("modification.restart", "note", "Q")]


def test_grade_4_crs_and_neurologic_events_stop_for_good() -> None:
    assert found(AdverseEvent.CRS, 4) == [("modification.grade-4-crs", "stop", "Q")]
    assert found(AdverseEvent.NEUROLOGIC, 4) == [("modification.grade-4-neurologic", "stop", "Q")]


def test_going_on_after_another_grade_4_event_is_a_recorded_decision() -> None:
    assert found(AdverseEvent.OTHER, 4) == [
        ("modification.grade-4-other", "reason", "Q"),
        ("modification.restart", "note", "Q"),
    ]


@pytest.mark.req("REQ-MOD-004")
def test_a_restart_names_seven_days_at_9_then_28_mcg_per_day() -> None:
    (restart,) = check_modification(DoseModification(AdverseEvent.CRS, 3, 1, "see chart"), protocol())
    assert dict(restart.values) == {"days": "7", "low": "9", "full": "28"}
