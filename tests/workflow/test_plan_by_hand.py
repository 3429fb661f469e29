"""Sequences that a person typed, and what benzyl alcohol forbids in them and in the planner's own."""

from typing import Any

import pytest

from pharmacy_app.domain.finding import Finding, Severity
from pharmacy_app.domain.plan import Plan
from pharmacy_app.wording import load
from tests.support.orders import order_document
from tests.support.rulebooks import plan_of

SEVEN_DAY_BAGS = [168, 168, 168, 168]
LEFT_OUT = "benzyl-alcohol.left-out."
BY_HAND = "benzyl-alcohol.by-hand."


def by_hand(sequence_h: list[int], **changes: Any) -> Plan:
    """The plan of a sequence for relapsed disease, cycle 1, start on Monday 2026-11-23, no wishes."""
    bags = {"sequence_h": sequence_h, **changes.pop("bags", {})}
    return plan_of(order_document(bags=bags, **changes))


def stops(plan: Plan) -> list[str]:
    return [each.code for each in plan.findings if each.severity is Severity.STOP]


def with_code(plan: Plan, code: str) -> list[Finding]:
    return [each for each in plan.findings if each.code == code]


def severities(plan: Plan, prefix: str) -> dict[str, str]:
    """Severity by the rest of the code."""
    return {
        each.code.removeprefix(prefix): each.severity.value
        for each in plan.findings
        if each.code.startswith(prefix)
    }


@pytest.mark.req("REQ-PLN-002")
@pytest.mark.parametrize(
    ("sequence_h", "days"),
    [
        ([168, 168, 168], "21"),
        ([168, 168, 168, 96, 48], "27"),
        ([168, 168, 168, 168, 24], "29"),
        ([24], "1"),
        ([], "0"),
    ],
)
def test_a_sequence_of_fewer_or_more_than_28_days_is_stopped(sequence_h: list[int], days: str) -> None:
    plan = by_hand(sequence_h)
    assert stops(plan) == ["plan.not-all-days"]
    (found,) = with_code(plan, "plan.not-all-days")
    assert dict(found.values) == {"given": days, "expected": "28"}
    assert (found.requirement, found.field) == ("REQ-PLN-002", "bags.sequence_h")
    assert (plan.bags, plan.totals) == ((), None)


@pytest.mark.req("REQ-PLN-003")
@pytest.mark.parametrize(
    ("sequence_h", "bag"),
    [
        ([96] * 7, "2"),
        ([48, 168, 168, 168, 72, 48], "2"),
        ([48, 48, 48, 48, 168, 168, 96, 48], "4"),
        ([24] * 6 + [48, 96, 96, 96, 96, 96], "7"),
    ],
)
def test_a_bag_across_the_dose_change_is_stopped(sequence_h: list[int], bag: str) -> None:
    plan = by_hand(sequence_h)
    assert stops(plan) == ["plan.wall"]
    (found,) = with_code(plan, "plan.wall")
    assert dict(found.values) == {"bag": bag, "day": "8"}
    assert found.requirement == "REQ-PLN-003"
    assert (plan.bags, plan.totals) == ((), None)


@pytest.mark.req("REQ-PLN-003")
def test_without_a_dose_change_no_bag_is_stopped_at_day_8() -> None:
    plan = by_hand([96] * 7, indication="consolidation")
    assert stops(plan) == []
    assert [bag.last_day for bag in plan.bags] == [4, 8, 12, 16, 20, 24, 28]


@pytest.mark.req("REQ-PLN-002", "REQ-PLN-003")
def test_all_that_is_wrong_is_said_at_once() -> None:
    plan = by_hand([96] * 8, **{"patient.benzyl_alcohol_hypersensitivity": True})
    assert set(stops(plan)) == {"plan.wall", "plan.not-all-days"}
    plan = by_hand([96, 168, 168, 168], **{"patient.benzyl_alcohol_hypersensitivity": True})
    assert set(stops(plan)) == {"plan.wall", "plan.not-all-days", "benzyl-alcohol.by-hand.hypersensitivity"}


@pytest.mark.req("REQ-PLN-006")
def test_a_duration_that_the_order_does_not_list_is_a_note() -> None:
    plan = by_hand([72, 96, 168, 168, 168], bags={"durations_h": [24, 96]})
    found = with_code(plan, "plan.duration-not-wished")
    said = [(each.severity.value, dict(each.values)["bag"], dict(each.values)["duration"]) for each in found]
    assert said == [("note", "1", "72"), ("note", "3", "168"), ("note", "4", "168"), ("note", "5", "168")]
    assert plan.sequence_h == (72, 96, 168, 168, 168)


@pytest.mark.req("REQ-PLN-006")
def test_a_change_on_a_closed_day_is_a_note() -> None:
    """Start on Monday 11-23: the change of bag 2, after 5 days, is on a Saturday."""
    plan = by_hand([96, 24, 48, *SEVEN_DAY_BAGS[1:]], bags={"closed_days": ["saturday"]})
    found = with_code(plan, "plan.closed-day")
    assert [(each.severity.value, dict(each.values)["bag"]) for each in found] == [("note", "2")]
    assert dict(found[0].values)["time"] == "2026-NOV-28 14:00"
    assert plan.totals is not None
    assert plan.totals.closed_day_changes == 1


@pytest.mark.req("REQ-PLN-006")
def test_changes_at_start_wall_and_end_are_on_no_closed_day() -> None:
    plan = by_hand(SEVEN_DAY_BAGS, bags={"closed_days": ["monday"], "hospital_days": 0})
    assert [dict(each.values)["bag"] for each in with_code(plan, "plan.closed-day")] == ["2", "3"]


@pytest.mark.req("REQ-PLN-006")
def test_a_sequence_by_hand_is_not_improved() -> None:
    plan = by_hand([24] * 28)
    assert plan.sequence_h == (24,) * 28
    assert not plan.chosen


@pytest.mark.req("REQ-PLN-006")
@pytest.mark.parametrize(
    "bags",
    [
        {"durations_h": [96]},
        {"durations_h": [48, 96]},
        {"durations_h": [168], "benzyl_alcohol": "avoid"},
        {"durations_h": [96, 168], "benzyl_alcohol": "avoid"},
    ],
)
def test_where_nothing_permitted_fills_the_cycle_there_is_a_stop(bags: dict[str, object]) -> None:
    plan = plan_of(order_document(bags=bags))
    assert stops(plan) == ["plan.none"]
    assert (plan.bags, plan.totals) == ((), None)


@pytest.mark.req("REQ-SUP-007")
@pytest.mark.parametrize(
    ("flag", "answer", "code"),
    [
        ("benzyl_alcohol_hypersensitivity", True, "hypersensitivity"),
        ("benzyl_alcohol_hypersensitivity", None, "hypersensitivity-not-known"),
        ("pregnant", True, "pregnant"),
        ("pregnant", None, "pregnant-not-known"),
        ("breastfeeding", True, "breastfeeding"),
        ("breastfeeding", None, "breastfeeding-not-known"),
    ],
)
def test_the_planner_leaves_7_day_bags_out_with_a_note(flag: str, answer: bool | None, code: str) -> None:
    plan = plan_of(order_document(**{f"patient.{flag}": answer}))
    assert severities(plan, LEFT_OUT) == {code: "note"}
    assert plan.bags
    assert 168 not in plan.sequence_h


@pytest.mark.req("REQ-SUP-007")
@pytest.mark.parametrize(
    ("flag", "answer", "code", "severity"),
    [
        ("benzyl_alcohol_hypersensitivity", True, "hypersensitivity", "stop"),
        ("benzyl_alcohol_hypersensitivity", None, "hypersensitivity-not-known", "stop"),
        ("pregnant", True, "pregnant", "reason"),
        ("pregnant", None, "pregnant-not-known", "reason"),
        ("breastfeeding", True, "breastfeeding", "reason"),
        ("breastfeeding", None, "breastfeeding-not-known", "reason"),
    ],
)
def test_a_7_day_bag_by_hand_is_a_stop_or_a_reason(
    flag: str, answer: bool | None, code: str, severity: str
) -> None:
    plan = by_hand(SEVEN_DAY_BAGS, **{f"patient.{flag}": answer})
    assert severities(plan, BY_HAND) == {code: severity}
    assert bool(plan.bags) == (severity == "reason")


@pytest.mark.req("REQ-SUP-007")
def test_by_hand_without_7_day_bags_benzyl_alcohol_is_no_matter() -> None:
    plan = by_hand([96, 72, 96, 96, 96, 96, 96, 24], **{"patient.benzyl_alcohol_hypersensitivity": True})
    assert severities(plan, "benzyl-alcohol.") == {}
    assert plan.bags


@pytest.mark.req("REQ-SUP-007")
@pytest.mark.parametrize("flag", ["pregnant", "breastfeeding"])
def test_pregnancy_and_breastfeeding_need_a_reason_for_the_whole_course(flag: str) -> None:
    for answer, code in ((True, flag), (None, f"{flag}-not-known")):
        chosen = plan_of(order_document(**{f"patient.{flag}": answer}))
        assert severities(chosen, "course.") == {code: "reason"}
    assert severities(plan_of(order_document()), "course.") == {}


@pytest.mark.req("REQ-SUP-007")
def test_where_only_7_day_bags_are_listed_and_may_not_be_there_is_no_plan() -> None:
    document = order_document(**{"bags.durations_h": [168], "patient.benzyl_alcohol_hypersensitivity": None})
    plan = plan_of(document)
    assert stops(plan) == ["plan.none"]
    assert severities(plan, LEFT_OUT) == {"hypersensitivity-not-known": "note"}


@pytest.mark.req("REQ-PLN-006")
def test_an_order_that_avoids_benzyl_alcohol_gets_no_7_day_bag() -> None:
    plan = plan_of(order_document(**{"bags.benzyl_alcohol": "avoid"}))
    assert plan.bags
    assert 168 not in plan.sequence_h
    assert plan.totals is not None
    assert plan.totals.benzyl_alcohol_days == 0


@pytest.mark.req("REQ-PLN-006")
def test_a_7_day_bag_by_hand_in_an_order_that_avoids_them_is_pointed_out() -> None:
    plan = by_hand(SEVEN_DAY_BAGS, bags={"benzyl_alcohol": "avoid"})
    assert list(severities(plan, BY_HAND)) == ["avoided"]


@pytest.mark.req("REQ-SUP-007")
@pytest.mark.parametrize(
    ("sequence", "asked"),
    [([168] * 4, True), ([72, 96, 168, 168, 96, 72], True), ([96] * 7, False), ([24] * 28, False)],
)
def test_a_plan_with_a_7_day_bag_asks_once_for_other_sources_of_benzyl_alcohol(
    sequence: list[int], asked: bool
) -> None:
    plan = plan_of(order_document(indication="consolidation", **{"bags.sequence_h": sequence}))
    found = [each for each in plan.findings if each.code == "benzyl-alcohol.other-sources"]
    assert len(plan.bags) == len(sequence)
    # 90 mL × 9 mg/mL ÷ 110 mL × 0.6 mL/h × 24 h = 106.04 mg
    sentence = (
        "A 7-day bag gives 106 mg of benzyl alcohol a day. "
        "Ask for other medicines and flushes that contain it."
    )
    assert [(each.severity.value, load().finding(each)) for each in found] == [("note", sentence)] * asked
