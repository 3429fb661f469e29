"""What an adverse event asks for, and what keeps the infusion from beginning again: the guide's sections."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from pharmacy_app.domain.adverse_event import advice, check_restart
from pharmacy_app.domain.finding import Severity
from pharmacy_app.domain.infusion_stop import InfusionRestart, InfusionStop, NeurologicSign
from pharmacy_app.domain.order import AdverseEvent
from pharmacy_app.domain.quantity import DoseRate
from pharmacy_app.wording import load
from tests.support.rulebooks import protocol

LOW, FULL = DoseRate(Decimal(9)), DoseRate(Decimal(28))
STOPPED = datetime(2026, 11, 28, 15, 0, tzinfo=UTC)
CRS, NEUROLOGIC, OTHER = AdverseEvent.CRS, AdverseEvent.NEUROLOGIC, AdverseEvent.OTHER
SEIZURES, BRAIN = NeurologicSign.MORE_THAN_ONE_SEIZURE, NeurologicSign.LEUKOENCEPHALOPATHY
WORDS = load()


def stopped(
    event: AdverseEvent | None = None,
    grade: int | None = None,
    *signs: NeurologicSign,
    dose: DoseRate = FULL,
) -> InfusionStop:
    return InfusionStop("RX-1001", 1, STOPPED, event, grade, signs, dose, "see chart", STOPPED)


def prompts(stop: InfusionStop) -> list[str]:
    """The codes; each has its sentence, in which nothing is left to fill."""
    found = advice(stop, protocol())
    for each in found:
        assert "{" not in (sentence := WORDS.finding(each))
        assert "Guide: " in sentence
        assert sentence.endswith("follow your institutional protocol.")
    return [each.code.removeprefix("event.") for each in found]


def told(stop: InfusionStop, code: str) -> str:
    return next(WORDS.finding(each) for each in advice(stop, protocol()) if each.code == code)


@pytest.mark.req("REQ-INT-002", "REQ-INT-003")
def test_a_stop_without_an_event_names_the_four_hours_and_the_seven_days() -> None:
    assert prompts(stopped()) == ["plain"]
    sentence = told(stopped(), "event.plain")
    assert "under 4 h" in sentence
    assert "Up to 7 days the cycle goes on to 28 infused days; after more, a new cycle begins." in sentence


@pytest.mark.req("REQ-MOD-001", "REQ-MOD-003", "REQ-MOD-006")
@pytest.mark.parametrize(
    ("grade", "expected"),
    [
        (1, ["crs.any"]),
        (2, ["crs.any", "crs.grade-2"]),
        (3, ["crs.any", "crs.dexamethasone", "crs.tocilizumab", "restart"]),
        (4, ["ended.grade-4", "crs.any", "crs.dexamethasone", "crs.tocilizumab"]),
    ],
)
def test_cytokine_release_syndrome_by_its_grade(grade: int, expected: list[str]) -> None:
    assert prompts(stopped(CRS, grade)) == expected


@pytest.mark.req("REQ-MOD-001")
def test_the_dexamethasone_of_a_cytokine_release_syndrome_is_told_with_where_it_is_recommended() -> None:
    sentence = told(stopped(CRS, 3), "event.crs.dexamethasone")
    assert "8 mg by mouth or IV every 8 h for up to 3 days, then a taper over 4 days" in sentence
    assert "United States Prescribing Information, not approved by Health Canada" in sentence


@pytest.mark.req("REQ-MOD-006")
def test_the_prompts_of_a_cytokine_release_syndrome_say_what_the_guide_says() -> None:
    any_grade = told(stopped(CRS, 1), "event.crs.any")
    for part in ("Supportive care", "tumour lysis", "cause of fever", "daily CRP", "HLH or IEC-HS"):
        assert part in any_grade
    assert "Consider interrupting until grade 1" in told(stopped(CRS, 2), "event.crs.grade-2")
    tocilizumab = told(stopped(CRS, 3), "event.crs.tocilizumab")
    assert "avoid it in serious toxicity of the central nervous system" in tocilizumab


@pytest.mark.req("REQ-MOD-002", "REQ-MOD-003")
@pytest.mark.parametrize(
    ("grade", "dose", "expected"),
    [
        (1, FULL, ["neurologic.any"]),
        (2, FULL, ["neurologic.any", "neurologic.grade-2"]),
        (2, LOW, ["neurologic.any", "neurologic.grade-2"]),
        (3, FULL, ["neurologic.any", "neurologic.icans", "restart", "neurologic.restart"]),
        (3, LOW, ["ended.neurologic-at-low-dose", "neurologic.any", "neurologic.icans"]),
        (4, FULL, ["ended.grade-4", "neurologic.any", "neurologic.icans"]),
        (4, LOW, ["ended.grade-4", "neurologic.any", "neurologic.icans"]),
    ],
)
def test_a_neurologic_event_by_its_grade_and_dose(grade: int, dose: DoseRate, expected: list[str]) -> None:
    assert prompts(stopped(NEUROLOGIC, grade, dose=dose)) == expected


@pytest.mark.req("REQ-MOD-002")
def test_what_ends_the_treatment_for_good_prompts_no_restart() -> None:
    assert prompts(stopped(NEUROLOGIC, 3, SEIZURES, BRAIN)) == [
        "ended.seizures", "ended.leukoencephalopathy", "neurologic.any", "neurologic.icans"
    ]  # fmt: skip


@pytest.mark.req("REQ-MOD-002")
def test_the_prompts_of_a_neurologic_event_say_what_the_guide_says() -> None:
    any_grade = told(stopped(NEUROLOGIC, 1), "event.neurologic.any")
    for part in ("ICE score", "every 8 h or more often", "neurologist", "cerebrospinal fluid", "MRI"):
        assert part in any_grade
    grade_2 = told(stopped(NEUROLOGIC, 2), "event.neurologic.grade-2")
    assert "consider corticosteroids, imaging, and a neurology consult" in grade_2
    restart = told(stopped(NEUROLOGIC, 3), "event.neurologic.restart")
    assert "At least 3 days off" in restart
    assert "dexamethasone, up to 24 mg, with a taper over 4 days; consider an anticonvulsant" in restart
    assert "more than 7 days to resolve: discontinue" in told(stopped(NEUROLOGIC, 3), "event.restart")


@pytest.mark.req("REQ-MOD-001", "REQ-MOD-003")
def test_another_event_by_its_grade() -> None:
    assert [prompts(stopped(OTHER, grade)) for grade in (1, 2, 3, 4)] == [
        [], [], ["restart"], ["other.grade-4"]
    ]  # fmt: skip
    assert told(stopped(OTHER, 3), "event.restart").startswith(
        "Interrupt until grade 1 or less. Then begin again at 9 mcg/day, and go to 28 mcg/day after 7 days "
        "if it does not come back. If it takes more than 14 days to resolve: discontinue."
    )
    assert "the prescriber's recorded decision" in told(stopped(OTHER, 4), "event.other.grade-4")


def restart(
    off: timedelta,
    *,
    resolved: timedelta | None = None,
    told_after: timedelta | None = None,
    **changes: object,
) -> InfusionRestart:
    """A restart so long after the stop, told then, by a prescriber's decision."""
    at = STOPPED + off
    found = InfusionRestart(
        order_number="RX-1001", number=1, restarted_at=at, keep_clock_time=False,
        resolved_at=None if resolved is None else STOPPED + resolved, prescriber="Dr. L. Okafor",
        decision="Go on", told_at=at if told_after is None else STOPPED + told_after,
    )  # fmt: skip
    return replace(found, **changes)  # type: ignore[arg-type]


def refused(stop: InfusionStop, begun: InfusionRestart) -> list[str]:
    found = check_restart(stop, begun, protocol())
    assert all(each.severity is Severity.STOP for each in found)
    assert all("{" not in WORDS.finding(each) for each in found)
    return [each.code for each in found]


def days(number: float = 0, **more: float) -> timedelta:
    return timedelta(days=number, **more)


SECOND = timedelta(seconds=1)


@pytest.mark.req("REQ-MOD-001", "REQ-MOD-002")
@pytest.mark.parametrize(
    ("stop", "off", "resolved"),
    [
        (stopped(), days(7), None),
        (stopped(CRS, 1), days(minutes=30), days()),
        (stopped(CRS, 2), days(7), days(7)),
        (stopped(CRS, 3), days(1), days(1)),
        (stopped(CRS, 3, dose=LOW), days(1), days(1)),
        (stopped(OTHER, 3, dose=LOW), days(7), days(7)),
        (stopped(OTHER, 4), days(7), days(2)),
        (stopped(NEUROLOGIC, 3), days(3), days(1)),
        (stopped(NEUROLOGIC, 3), days(7), days(7)),
        (stopped(NEUROLOGIC, 2, dose=LOW), days(hours=1), days(hours=1)),
    ],
)
def test_a_restart_at_each_limit_is_within_it(
    stop: InfusionStop, off: timedelta, resolved: timedelta | None
) -> None:
    assert refused(stop, restart(off, resolved=resolved)) == []


@pytest.mark.req("REQ-MOD-003")
@pytest.mark.parametrize("event", [CRS, NEUROLOGIC])
def test_after_a_grade_4_of_these_there_is_no_restart(event: AdverseEvent) -> None:
    assert refused(stopped(event, 4), restart(days(4), resolved=days(1))) == ["event.ended.grade-4"]


@pytest.mark.req("REQ-MOD-002")
@pytest.mark.parametrize(
    ("stop", "code"),
    [
        (stopped(NEUROLOGIC, 3, dose=LOW), "event.ended.neurologic-at-low-dose"),
        (stopped(NEUROLOGIC, 1, SEIZURES), "event.ended.seizures"),
        (stopped(NEUROLOGIC, 3, SEIZURES), "event.ended.seizures"),
        (stopped(NEUROLOGIC, 2, BRAIN), "event.ended.leukoencephalopathy"),
    ],
)
def test_after_these_neurologic_events_there_is_no_restart(stop: InfusionStop, code: str) -> None:
    assert refused(stop, restart(days(4), resolved=days(1))) == [code]


@pytest.mark.req("REQ-MOD-002")
def test_after_a_neurologic_grade_3_the_infusion_stays_off_for_three_days() -> None:
    stop = stopped(NEUROLOGIC, 3)
    assert refused(stop, restart(days(3) - SECOND, resolved=days(1))) == ["restart.too-early"]
    assert refused(stopped(CRS, 3), restart(days(1), resolved=days(1))) == []


@pytest.mark.req("REQ-MOD-001", "REQ-MOD-002", "REQ-MOD-007")
@pytest.mark.parametrize(
    ("event", "grade", "most"), [(CRS, 3, 14), (OTHER, 3, 14), (OTHER, 4, 14), (NEUROLOGIC, 3, 7)]
)
def test_what_took_longer_than_its_days_to_resolve_ends_it_for_good(
    event: AdverseEvent, grade: int, most: int
) -> None:
    """Counted from the stop. After so long a new cycle begins at most; after longer there is none."""
    in_time = refused(stopped(event, grade), restart(days(20), resolved=days(most)))
    too_late = refused(stopped(event, grade), restart(days(20), resolved=days(most) + SECOND))
    assert in_time == ["restart.new-cycle-low-dose"]
    assert too_late == ["restart.new-cycle-low-dose", "restart.resolved-too-late"]


@pytest.mark.req("REQ-MOD-001")
def test_a_milder_event_has_no_days_in_which_to_resolve() -> None:
    assert refused(stopped(CRS, 2), restart(days(20), resolved=days(15))) == ["restart.new-cycle"]


@pytest.mark.req("REQ-INT-003", "REQ-MOD-007")
def test_after_more_than_seven_days_off_a_new_cycle_begins_by_a_new_order() -> None:
    over = days(7) + SECOND
    (plain,) = check_restart(stopped(), restart(over), protocol())
    assert (plain.code, plain.requirement) == ("restart.new-cycle", "REQ-INT-003")
    assert WORDS.finding(plain).endswith(
        "After more than 7 days this cycle is over: a new cycle begins, by a new order."
    )
    (low,) = check_restart(stopped(CRS, 3), restart(over, resolved=days(1)), protocol())
    assert (low.code, low.requirement) == ("restart.new-cycle-low-dose", "REQ-MOD-007")
    assert WORDS.finding(low).endswith("by a new order, and after this event with 7 days at 9 mcg/day.")


@pytest.mark.req("REQ-MOD-001")
def test_an_event_is_grade_1_or_less_before_the_restart_and_nobody_knows_that_beforehand() -> None:
    stop = stopped(CRS, 2)
    assert refused(stop, restart(days(1))) == ["restart.not-resolved"]
    assert refused(stop, restart(days(1), resolved=days(1) + SECOND)) == ["restart.not-resolved"]
    planned = restart(days(1), resolved=days(hours=20), told_after=days(hours=10))
    assert refused(stop, planned) == ["restart.not-resolved"]
    assert refused(stop, replace(planned, resolved_at=STOPPED + days(hours=10, minutes=5))) == []
    assert refused(stop, replace(planned, resolved_at=STOPPED + days(hours=10, minutes=5) + SECOND)) == [
        "restart.not-resolved"
    ]


@pytest.mark.req("REQ-MOD-001")
def test_an_event_is_not_over_before_the_infusion_was_stopped_for_it() -> None:
    assert refused(stopped(CRS, 2), restart(days(1), resolved=-SECOND)) == ["restart.resolved-before-stop"]


@pytest.mark.req("REQ-INT-001")
def test_a_restart_is_after_its_stop() -> None:
    assert refused(stopped(), restart(days())) == ["restart.before-stop"]
    assert refused(stopped(), restart(-SECOND)) == ["restart.before-stop"]
    assert refused(stopped(), restart(SECOND)) == []


@pytest.mark.req("REQ-INT-002", "REQ-MOD-003")
@pytest.mark.parametrize(
    ("stop", "off", "resolved", "asked"),
    [
        (stopped(), days(hours=4) - SECOND, None, False),
        (stopped(), days(hours=4), None, True),
        (stopped(CRS, 1), days(minutes=5), days(), True),
        (stopped(OTHER, 4), days(1), days(1), True),
    ],
)
def test_from_four_hours_on_and_after_every_event_the_prescriber_decides(
    stop: InfusionStop, off: timedelta, resolved: timedelta | None, *, asked: bool
) -> None:
    missing = ["restart.prescriber-missing", "restart.decision-missing"]
    undecided = restart(off, resolved=resolved, prescriber=" ", decision="\n")
    assert refused(stop, undecided) == (missing if asked else [])


def test_everything_against_a_restart_is_told_at_once() -> None:
    begun = restart(days(8), resolved=days(7.5), prescriber="", decision="")
    assert refused(stopped(NEUROLOGIC, 3, SEIZURES, dose=LOW), begun) == [
        "event.ended.neurologic-at-low-dose", "event.ended.seizures", "restart.new-cycle-low-dose",
        "restart.resolved-too-late", "restart.prescriber-missing", "restart.decision-missing",
    ]  # fmt: skip
