"""The infusion was stopped: which limits hold, what is left, at which dose, and what is said."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from pharmacy_app.domain.bag_schedule import DoseTime
from pharmacy_app.domain.course import is_made_up, length_of
from pharmacy_app.domain.finding import Finding
from pharmacy_app.domain.interruption import (
    about_grade_3,
    about_made_up,
    about_short,
    check_inside,
    check_length,
    doses_after,
    nothing_left,
    remaining,
)
from pharmacy_app.domain.order import Interruption, InterruptionKind
from pharmacy_app.domain.quantity import DoseRate
from pharmacy_app.wording import load
from tests.support.interruption_files import interruption
from tests.support.protocols import altered
from tests.support.rulebooks import protocol

TORONTO = ZoneInfo("America/Toronto")
LOW, FULL = DoseRate(Decimal(9)), DoseRate(Decimal(28))
DAY = 1440
PLAIN = interruption("2027-01-10T09:00-05:00", "2027-01-10T13:00-05:00")
GRADE_3 = interruption("2027-01-10T09:00-05:00", "2027-01-13T10:30-05:00", "grade-3")


def lasting(restarted_at: str, kind: str = "plain") -> Interruption:
    return interruption("2027-01-10T09:00-05:00", restarted_at, kind)


def lengths(stop: Interruption) -> list[Finding]:
    return list(check_length(stop, 1, TORONTO, protocol()))


def sentences(*found: Finding) -> list[str]:
    return [load().finding(each) for each in found]


@pytest.mark.req("REQ-INT-001")
def test_the_hours_are_those_that_passed_also_between_two_times_of_one_zone() -> None:
    """In the night of 2026-11-01 01:50 (-04:00) comes 20 minutes before 01:10 (-05:00)."""
    stopped = datetime(2026, 11, 1, 1, 50, fold=0, tzinfo=TORONTO)
    restarted = datetime(2026, 11, 1, 1, 10, fold=1, tzinfo=TORONTO)
    stop = Interruption(stopped, restarted, InterruptionKind.PLAIN)
    assert length_of(stop).value * 60 == 20
    assert lengths(stop) == []
    assert (
        "lasted 20 min, less than 4 h"
        in sentences(about_short(stop, 1, zone=TORONTO, protocol=protocol()))[0]
    )


@pytest.mark.req("REQ-INT-001", "REQ-INT-002")
@pytest.mark.parametrize(
    ("restarted_at", "made_up"),
    [("2027-01-10T12:59-05:00", False), ("2027-01-10T13:00-05:00", True), ("2027-01-10T13:01-05:00", True)],
)
def test_4_h_belong_to_what_is_made_up(restarted_at: str, made_up: bool) -> None:
    assert is_made_up(lasting(restarted_at), protocol()) is made_up


@pytest.mark.req("REQ-INT-002")
def test_the_hours_are_a_figure_of_the_protocol() -> None:
    assert not is_made_up(PLAIN, altered("interruption.restart_hours", "4.5"))
    assert is_made_up(lasting("2027-01-10T13:30-05:00"), altered("interruption.restart_hours", "4.5"))


@pytest.mark.req("REQ-MOD-004")
def test_after_a_grade_3_event_a_minute_is_enough_for_a_new_bag() -> None:
    assert is_made_up(lasting("2027-01-10T09:01-05:00", "grade-3"), protocol())


@pytest.mark.req("REQ-INT-001", "REQ-INT-003")
def test_7_days_belong_to_the_same_cycle() -> None:
    assert lengths(lasting("2027-01-17T09:00-05:00")) == []
    (found,) = lengths(lasting("2027-01-17T09:01-05:00"))
    assert (found.code, found.severity.value, found.requirement, found.source.value) == (
        "interruption.too-long", "stop", "REQ-INT-003", "Q",
    )  # fmt: skip


@pytest.mark.req("REQ-INT-003", "REQ-MOD-007")
def test_after_more_than_7_days_a_new_cycle_begins_and_after_grade_3_more_is_asked() -> None:
    (plain,) = sentences(*lengths(lasting("2027-01-17T09:01-05:00")))
    assert plain == (
        "Interruption 1, from 2027-JAN-10 09:00, lasted 168 h 1 min. After more than 7 days this cycle is "
        "over: a new cycle begins, by a new order."
    )
    (grade_3,) = sentences(*lengths(lasting("2027-01-17T09:01-05:00", "grade-3")))
    assert grade_3 == (
        "Interruption 1, from 2027-JAN-10 09:00, lasted 168 h 1 min. After more than 7 days this cycle is "
        "over: a new cycle begins, by a new order, and after a grade 3 event with 7 days at 9 mcg/day. If "
        "the event took more than 14 days to resolve, a neurologic event more than 7, the drug is "
        "discontinued for good. Guide, dose modifications, and neurotoxicity, toxicity management; follow "
        "your institutional protocol."
    )


@pytest.mark.req("REQ-INT-001")
@pytest.mark.parametrize("restarted_at", ["2027-01-10T09:00-05:00", "2027-01-10T08:59-05:00"])
def test_a_restart_that_is_not_after_its_stop_is_refused(restarted_at: str) -> None:
    (found,) = lengths(lasting(restarted_at))
    assert (found.code, found.severity.value) == ("interruption.backwards", "stop")


@pytest.mark.req("REQ-INT-001")
@pytest.mark.parametrize(
    ("since", "until", "inside"),
    [
        ("2027-01-10T08:59-05:00", "2027-01-10T09:01-05:00", True),
        ("2027-01-10T09:00-05:00", "2027-01-10T09:01-05:00", False),
        ("2027-01-10T08:59-05:00", "2027-01-10T09:00-05:00", False),
    ],
)
def test_a_stop_lies_after_the_start_and_before_the_end(since: str, until: str, inside: bool) -> None:
    runs = {"since": datetime.fromisoformat(since), "until": datetime.fromisoformat(until)}
    found = list(check_inside(PLAIN, 1, zone=TORONTO, **runs))
    assert [each.severity.value for each in found] == ([] if inside else ["stop"])


@pytest.mark.req("REQ-INT-003")
@pytest.mark.parametrize(
    ("infused", "left"),
    [
        (0, [(9, 7 * DAY), (28, 21 * DAY)]),
        (5040, [(9, 5040), (28, 21 * DAY)]),
        (7 * DAY - 15, [(9, 15), (28, 21 * DAY)]),
        (7 * DAY - 14, [(28, 21 * DAY)]),  # less than a quarter of an hour is not begun again
        (7 * DAY, [(28, 21 * DAY)]),
        (27 * DAY, [(28, DAY)]),
        (28 * DAY - 15, [(28, 15)]),
        (28 * DAY - 14, []),
    ],
)
def test_what_is_left_is_counted_hour_for_hour_dose_by_dose(
    infused: int, left: list[tuple[int, int]]
) -> None:
    doses = (DoseTime(LOW, 7 * DAY), DoseTime(FULL, 21 * DAY))
    assert [(int(each.dose.value), each.minutes) for each in remaining(doses, infused)] == left


@pytest.mark.req("REQ-MOD-004", "REQ-MOD-007")
@pytest.mark.parametrize(
    ("left", "after"),
    [
        ([(28, 18 * DAY)], [(9, 7 * DAY), (28, 11 * DAY)]),
        ([(9, 4 * DAY), (28, 21 * DAY)], [(9, 7 * DAY), (28, 18 * DAY)]),
        ([(28, 7 * DAY + 15)], [(9, 7 * DAY), (28, 15)]),
        ([(28, 7 * DAY + 14)], [(9, 7 * DAY)]),
        ([(28, 7 * DAY)], [(9, 7 * DAY)]),
        ([(28, 600)], [(9, 600)]),
    ],
)
def test_only_after_grade_3_seven_infused_days_at_9_come_first(
    left: list[tuple[int, int]], after: list[tuple[int, int]]
) -> None:
    doses = [DoseTime(DoseRate(Decimal(dose)), minutes) for dose, minutes in left]
    found = doses_after(GRADE_3, doses, protocol())
    assert [(int(each.dose.value), each.minutes) for each in found] == after
    assert doses_after(PLAIN, doses, protocol()) == tuple(doses)


def grade_3(hung: DoseRate, *left: int) -> list[Finding]:
    doses = [DoseTime(FULL, minutes) for minutes in left]
    return list(about_grade_3(1, doses, hung=hung, protocol=protocol()))


@pytest.mark.req("REQ-MOD-007")
@pytest.mark.parametrize(
    ("left", "said"), [(7 * DAY + 15, False), (7 * DAY + 14, True), (7 * DAY, True), (DAY, True)]
)
def test_where_no_full_dose_follows_the_next_cycles_dose_is_asked_for(left: int, said: bool) -> None:
    codes = {each.code for each in grade_3(FULL, left)}
    assert ("interruption.no-escalation" in codes) is said


def test_an_event_at_the_low_dose_is_asked_for_by_the_bag_that_hung() -> None:
    """Ten minutes before the step to 28 mcg/day nothing is left at 9, yet the event came at 9."""
    assert [each.code for each in grade_3(LOW, 21 * DAY)] == [
        "interruption.grade-3",
        "interruption.at-low-dose",
    ]
    assert [each.code for each in grade_3(FULL, 21 * DAY)] == ["interruption.grade-3"]
    assert {each.severity.value for each in grade_3(LOW, 21 * DAY)} == {"reason"}


@pytest.mark.req("REQ-INT-002")
def test_what_the_guide_says_of_the_restart() -> None:
    made_up, again = sentences(*about_made_up(PLAIN, 2, zone=TORONTO, protocol=protocol()))
    assert made_up == (
        "Interruption 2, from 2027-JAN-10 09:00, lasted 4 h: what was missed is made up hour for hour. "
        "The bag that hung is void unless a pharmacist releases it again; a new bag is hung at the "
        "restart, and the bags made for later are answered for one by one."
    )
    assert again == (
        "Interruption 2, from 2027-JAN-10 09:00, lasted 4 h. From 4 h on, speak with the physician before"
        " the restart. It is supervised by a health-care professional or takes place in hospital, and "
        "dexamethasone may be needed. Guide, infusion interruption and discontinuation; follow your "
        "institutional protocol."
    )


def test_what_is_said_after_a_grade_3_event() -> None:
    first, at_low, none = sentences(*grade_3(LOW, DAY))
    assert first == (
        "Interruption 1 followed a grade 3 event. The infusion begins again at 9 mcg/day, when the event "
        "is grade 1 or less, and after a neurologic event not before 3 days are over and with "
        "dexamethasone given first; after 7 infused days without recurrence it goes to 28 mcg/day. Name "
        "the event, its grade now, and the prescriber who decided to go on. Guide, dose modifications, "
        "and neurotoxicity, toxicity management; follow your institutional protocol."
    )
    assert at_low.startswith(
        "The grade 3 event of interruption 1 came at 9 mcg/day. After a neurologic event"
    )
    assert none == (
        "Interruption 1 left no more than 7 infused days: 9 mcg/day to the end of the cycle, and no step "
        "to 28 mcg/day. Ask the prescriber for the dose of the next cycle."
    )


def test_what_is_said_where_nothing_is_left() -> None:
    assert sentences(nothing_left(PLAIN, 1, TORONTO))[0].startswith(
        "At interruption 1, stopped at 2027-JAN-10 09:00, less than a quarter of an hour of the cycle was"
        " left."
    )
