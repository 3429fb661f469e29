"""A plan after an interruption: by hand, with wishes that cannot be met, and beside its alternatives."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pharmacy_app.domain.finding import Finding
from pharmacy_app.domain.order import Interruption
from pharmacy_app.domain.plan import Plan
from pharmacy_app.workflow.plan import alternatives, make_plan
from tests.support.interruption_files import interrupted, interruption
from tests.support.orders import document_starting
from tests.support.rulebooks import NOW, rulebook

START = "2027-01-04T14:00"
FOUR_HOURS = interruption("2027-01-10T09:00-05:00", "2027-01-10T13:00-05:00")
AFTER_22_DAYS = interruption("2027-01-26T14:00-05:00", "2027-01-27T14:00-05:00")
SEVEN_DAYS = interruption("2027-01-09T14:00-05:00", "2027-01-16T14:00-05:00")


def plan(stop: Interruption, indication: str = "consolidation", **bags: Any) -> Plan:
    """Cycle 1 from Monday 2027-01-04 14:00, interrupted."""
    document = document_starting(START, indication=indication, bags=bags)
    return make_plan(interrupted(document, stop), rulebook(), now=NOW)


def stops(made: Plan) -> list[tuple[str, dict[str, str]]]:
    return [(each.code, dict(each.values)) for each in made.findings if each.severity.value == "stop"]


def said(made: Plan, code: str) -> list[Finding]:
    return [each for each in made.findings if each.code == code]


@pytest.mark.req("REQ-PLN-009", "REQ-INT-001")
@pytest.mark.parametrize("rest", [[96] * 5 + [72], [72] + [96] * 5, [24] * 23])
def test_a_sequence_by_hand_has_the_stopped_bag_by_its_name_and_goes_on(rest: list[int]) -> None:
    made = plan(FOUR_HOURS, sequence_h=[96, 96, *rest])
    assert stops(made) == []
    assert made.sequence_h == (96, 96, *rest)
    assert [bag.number for bag in made.bags] == list(range(1, 3 + len(rest)))
    assert [bag.number for bag in made.bags if bag.stopped] == [2]
    assert made.bags[-1].change_at.isoformat() == "2027-02-01T18:00:00-05:00"
    assert not made.chosen


@pytest.mark.req("REQ-PLN-002", "REQ-INT-003")
@pytest.mark.parametrize(
    ("sequence_h", "code", "given", "expected"),
    [
        # 22 days 5 h are left: 23 days, a begun one counted whole
        ([96] * 7, "plan.not-all-that-is-left", "20", "23"),
        ([96] * 8, "plan.not-all-that-is-left", "24", "23"),
        ([96, 96], "plan.not-all-that-is-left", "0", "23"),
        # and up to the stop there must be bags
        ([96], "plan.not-all-days", "4", "28"),
        ([24] * 5, "plan.not-all-days", "5", "28"),
    ],
)
def test_a_sequence_by_hand_covers_what_ran_and_what_is_left(
    sequence_h: list[int], code: str, given: str, expected: str
) -> None:
    made = plan(FOUR_HOURS, sequence_h=sequence_h)
    assert (code, {"given": given, "expected": expected}) in stops(made)
    assert made.bags == ()


@pytest.mark.req("REQ-PLN-003")
def test_a_bag_by_hand_after_the_restart_does_not_cross_the_wall() -> None:
    """3.5 days at 9 mcg/day are left in four parts, the last of 12 h: a 7-day bag would run on at 28."""
    stop = interruption("2027-01-08T02:00-05:00", "2027-01-08T16:00-05:00")
    made = plan(stop, "relapsed-refractory", sequence_h=[96, 168, *[24] * 19])
    assert ("plan.wall", {"bag": "2", "day": "8"}) in stops(made)


@pytest.mark.req("REQ-PLN-006", "REQ-PLN-009")
def test_a_duration_that_is_not_wished_is_a_note_with_the_number_of_its_bag() -> None:
    made = plan(FOUR_HOURS, sequence_h=[96] * 7 + [72], durations_h=[96])
    assert [dict(each.values)["bag"] for each in said(made, "plan.duration-not-wished")] == ["8"]
    assert stops(made) == []


@pytest.mark.req("REQ-PLN-006")
def test_what_giving_up_a_wish_would_bring_begins_with_the_bags_that_hung() -> None:
    """Six days are left and 96 h bags cannot fill them.

    Six 96 h bags have hung, the last for two days, and stay: 6 x 4 vials. Two of 72 h, or 96 + 48 h, take 6.
    """
    made = plan(AFTER_22_DAYS, durations_h=[96])
    assert stops(made) == [("plan.none", {"permitted": "96 h"})]
    (giving_up,) = said(made, "plan.giving-up.durations")
    assert dict(giving_up.values) == {"bags": "8", "changes": "7", "vials": "30"}


@pytest.mark.req("REQ-PLN-006")
def test_where_two_wishes_stand_in_the_way_giving_up_one_is_not_enough() -> None:
    made = plan(SEVEN_DAYS, durations_h=[168], benzyl_alcohol="avoid")
    assert [code for code, _ in stops(made)] == ["plan.none"]
    assert dict(said(made, "plan.none")[0].values) == {"permitted": "none"}
    names = {each.code for each in made.findings if each.code.startswith("plan.giving-up")}
    assert names == {"plan.giving-up.durations", "plan.giving-up.all"}


@pytest.mark.req("REQ-PLN-006")
def test_every_alternative_begins_with_the_bags_that_hung() -> None:
    """By hand five bags of 24 h hung; the best would have been one 7-day bag."""
    made = plan(SEVEN_DAYS, sequence_h=[24] * 5 + [168, 168, 168, 48], durations_h=[24, 48, 72, 96, 168])
    beside = {each.name: each.plan for each in alternatives(made, rulebook(), now=NOW)}
    assert list(beside) == ["best", "fewest-changes", "fewest-vials", "fewest-line-changes"]
    assert {each.sequence_h[:5] for each in beside.values()} == {(24, 24, 24, 24, 24)}
    assert {each.bags[5].start_at.isoformat() for each in beside.values()} == {"2027-01-16T14:00:00-05:00"}
    assert beside["best"].sequence_h == (*[24] * 5, 168, 168, 168, 48)
    # On single days the line is never changed.
    assert beside["fewest-line-changes"].sequence_h == (24,) * 28


@pytest.mark.req("REQ-PLN-006")
def test_without_an_interruption_nothing_has_hung() -> None:
    order = interrupted(document_starting(START, indication="consolidation", bags={"sequence_h": [24] * 28}))
    made = make_plan(order, rulebook(), now=NOW)
    assert alternatives(made, rulebook(), now=NOW)[0].plan.sequence_h == (168,) * 4


@pytest.mark.req("REQ-PLN-008")
def test_a_day_with_two_7_day_bags_is_one_day_with_benzyl_alcohol() -> None:
    """Stopped after 5.5 days, begun again 6 h later: days 1 to 6, 6 to 13, 13 to 20 and 20 to 27 are 27."""
    stop = interruption("2027-01-10T02:00-05:00", "2027-01-10T08:00-05:00")
    made = plan(stop, sequence_h=[168, 168, 168, 168, 48])
    assert made.totals is not None
    assert [(bag.first_day, bag.last_day) for bag in made.bags[:4]] == [(1, 6), (6, 13), (13, 20), (20, 27)]
    assert made.totals.benzyl_alcohol_days == 27


@pytest.mark.req("REQ-PLN-006")
def test_hospital_days_are_infusion_days_also_after_an_interruption() -> None:
    """Nine hospital days and 24 h bags: after a day off, the changes to infusion days 3 to 9 stay free."""
    stop = interruption("2027-01-06T14:00-05:00", "2027-01-07T14:00-05:00")
    everything = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    made = plan(stop, durations_h=[24], closed_days=everything, hospital_days=9)
    closed = [bag.number for bag in made.bags if bag.closed_day_change]
    assert closed == list(range(9, 28))


@pytest.mark.req("REQ-PLN-006")
def test_a_stop_on_a_closed_day_is_no_change_on_a_closed_day() -> None:
    """Sunday 2027-01-10."""
    made = plan(FOUR_HOURS, sequence_h=[96] * 7 + [72], closed_days=["sunday"])
    assert not made.bags[1].closed_day_change


@pytest.mark.req("REQ-INT-001")
def test_an_order_with_a_stop_has_the_same_bags_up_to_it() -> None:
    before = make_plan(replace(plan(FOUR_HOURS).order, interruptions=()), rulebook(), now=NOW)
    after = plan(FOUR_HOURS)
    assert after.bags[0].recipe == before.bags[0].recipe
    assert after.bags[0].start_at == before.bags[0].start_at
