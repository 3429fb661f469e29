"""A restart after an adverse event, as far as an order names one."""

from __future__ import annotations

import pytest

from pharmacy_app.domain.modification import check_modification
from pharmacy_app.domain.order import AdverseEvent, DoseModification
from pharmacy_app.wording import load
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
    assert ("modification.restart", "note", "Q") in found(event, 3)


def test_after_a_neurologic_event_alone_premedication_is_a_note_too() -> None:
    restart = ("modification.restart", "note", "Q")
    premedication = ("modification.neurologic-premedication", "note", "Q")
    assert found(AdverseEvent.NEUROLOGIC, 3) == [restart, premedication]
    assert found(AdverseEvent.CRS, 3) == [restart]
    assert found(AdverseEvent.OTHER, 3) == [restart]


def test_a_neurologic_restart_is_premedicated_as_the_guide_says() -> None:
    event = DoseModification(AdverseEvent.NEUROLOGIC, 3, 1, "see chart")
    _, premedication = check_modification(event, protocol())
    assert premedication.requirement == "REQ-MOD-002"
    assert load().finding(premedication) == (
        "After a neurologic event the interruption lasts at least 3 days. Before the re-initiation: "
        "dexamethasone, up to 24 mg, with a 4-day taper. Guide, neurotoxicity, toxicity management; follow "
        "your institutional protocol."
    )


@pytest.mark.parametrize("grade", [3, 4])
def test_a_restart_tells_the_grade_of_its_event(grade: int) -> None:
    *_, restart = check_modification(DoseModification(AdverseEvent.OTHER, grade, 1, "see chart"), protocol())
    assert load().finding(restart).startswith(f"Restart after a grade {grade} event: 7 days at 9 mcg/day,")


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
    assert dict(restart.values) == {"grade": "3", "days": "7", "low": "9", "full": "28"}
