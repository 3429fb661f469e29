"""What is said of bags: the clock, what they hold, closed days, line changes."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pharmacy_app.domain.finding import Finding, Severity
from pharmacy_app.domain.plan import PlannedBag
from pharmacy_app.domain.plan_rules import check_bags, permitted_durations
from pharmacy_app.domain.quantity import Duration, Volume
from tests.support.orders import document_starting, order
from tests.support.rulebooks import plan_of, protocol, rulebook


def said(*bags: PlannedBag, priming: str | None = "3.5") -> list[Finding]:
    """Everything that is said of the bags at a site whose sets take so many mL."""
    volume = None if priming is None else Volume(Decimal(priming))
    site = replace(rulebook().site, priming_volume=volume)
    return list(check_bags(bags, protocol=protocol(), site=site))


def codes(found: list[Finding]) -> list[tuple[str, str]]:
    return [(each.code, each.severity.value) for each in found]


def bag_of(duration_h: int, start: str = "2027-01-04T14:00") -> PlannedBag:
    """The first bag of a consolidation cycle of such bags, filled up with single days."""
    days = duration_h // 24
    sequence_h = [duration_h] * (28 // days) + [24] * (28 % days)
    bags = {"sequence_h": sequence_h}
    return plan_of(document_starting(start, indication="consolidation", bags=bags)).bags[0]


@pytest.mark.parametrize("duration_h", [24, 48, 72, 96, 168])
def test_of_an_ordinary_bag_nothing_is_said(duration_h: int) -> None:
    assert said(bag_of(duration_h)) == []


@pytest.mark.req("REQ-PLN-005")
def test_a_bag_that_does_not_hold_what_it_must_give_is_stopped() -> None:
    """A 24 h bag at 28 mcg/day holds 278.1 mL."""
    bag = bag_of(24)
    assert bag.bag_volume.number == "278.1"
    exactly = replace(bag, volume_to_infuse=bag.bag_volume)
    more = replace(bag, volume_to_infuse=Volume(Decimal("278.2")))
    assert codes(said(exactly, priming="0")) == []
    (found,) = said(more)
    assert (found.code, found.severity, found.requirement) == (
        "plan.bag-too-small",
        Severity.STOP,
        "REQ-PLN-005",
    )
    assert dict(found.values) == {"bag": "1", "needed": "278.2", "holds": "278.1"}


@pytest.mark.req("REQ-MIX-006")
def test_what_is_infused_and_what_primes_must_both_be_in_the_bag() -> None:
    """A 7-day bag keeps 9.2 mL in all."""
    assert said(bag_of(168), priming="9.2") == []
    (found,) = said(bag_of(168), priming="9.3")
    assert (found.severity, found.requirement) == (Severity.STOP, "REQ-MIX-006")


@pytest.mark.req("REQ-MIX-006")
@pytest.mark.parametrize(
    ("duration_h", "severity"),
    [(24, "reason"), (48, "reason"), (72, "reason"), (96, "reason"), (168, "stop")],
)
def test_an_unknown_priming_volume_stops_7_day_bags_and_needs_a_reason_for_others(
    duration_h: int, severity: str
) -> None:
    assert codes(said(bag_of(duration_h), priming=None)) == [("mix.priming-not-known", severity)]


@pytest.mark.req("REQ-PLN-005")
def test_an_early_change_names_its_hour_and_its_limit() -> None:
    (found,) = said(bag_of(168, "2026-10-26T14:00"))
    assert (found.code, found.severity) == ("plan.changed-early", Severity.NOTE)
    assert dict(found.values) == {"bag": "1", "time": "2026-NOV-02 13:00", "early": "1", "limit": "168"}


@pytest.mark.req("REQ-PLN-005")
def test_a_bag_that_runs_longer_or_shorter_than_its_name_says_so() -> None:
    for start, hours, volume, time in (
        ("2026-10-31T14:00", "73", "240.9", "2026-NOV-03 14:00"),
        ("2027-03-13T14:00", "71", "234.3", "2027-MAR-16 14:00"),
    ):
        (found,) = said(bag_of(72, start))
        assert (found.code, found.severity) == ("plan.elapsed-differs", Severity.NOTE)
        assert dict(found.values) == {
            "bag": "1",
            "time": time,
            "elapsed": hours,
            "duration": "72",
            "volume": volume,
        }


@pytest.mark.req("REQ-PLN-005")
def test_a_skipped_and_a_double_change_time_are_said() -> None:
    skipped = said(bag_of(24, "2027-03-13T02:30"))
    assert codes(skipped) == [("plan.elapsed-differs", "note"), ("plan.time-skipped", "note")]
    assert dict(skipped[1].values) == {"bag": "1", "time": "2027-MAR-14 03:00"}
    twice = said(bag_of(24, "2026-10-31T01:30"))
    assert codes(twice) == [("plan.time-twice", "note")]
    assert dict(twice[0].values) == {"bag": "1", "time": "2026-NOV-01 01:30"}


@pytest.mark.req("REQ-PLN-006", "REQ-PLN-011")
def test_closed_days_and_line_changes_are_notes() -> None:
    ordinary = bag_of(24)
    found = said(replace(ordinary, closed_day_change=True), replace(ordinary, number=2, line_change=True))
    assert codes(found) == [("plan.closed-day", "note"), ("plan.line-changes", "note")]
    assert dict(found[1].values) == {"bags": "2"}


@pytest.mark.req("REQ-PLN-006")
@pytest.mark.parametrize(
    ("changes", "permitted"),
    [
        ({}, {24, 48, 72, 96, 168}),
        ({"bags": {}}, {24, 48, 72, 96, 168}),
        ({"bags.durations_h": [96, 24]}, {96, 24}),
        ({"bags.benzyl_alcohol": "avoid"}, {24, 48, 72, 96}),
        ({"patient.benzyl_alcohol_hypersensitivity": True}, {24, 48, 72, 96}),
        ({"patient.benzyl_alcohol_hypersensitivity": None}, {24, 48, 72, 96}),
        ({"patient.pregnant": True}, {24, 48, 72, 96}),
        ({"patient.pregnant": None}, {24, 48, 72, 96}),
        ({"patient.breastfeeding": True}, {24, 48, 72, 96}),
        ({"patient.breastfeeding": None}, {24, 48, 72, 96}),
        ({"bags.durations_h": [168], "patient.pregnant": None}, set()),
    ],
)
def test_the_planner_chooses_from_what_is_permitted(changes: dict[str, object], permitted: set[int]) -> None:
    assert set(permitted_durations(order(**changes), protocol())) == permitted


@pytest.mark.req("REQ-PLN-005")
def test_no_hour_is_early_without_a_change_of_the_clock() -> None:
    assert bag_of(96).early == Duration(Decimal(0))


@pytest.mark.req("REQ-PLN-002")
def test_a_cycle_in_which_the_clock_moves_two_hours_is_stopped() -> None:
    # Troll station sets its clock back two hours on 2026-10-25: 28 clock days last 674 h.
    changes = {"time_zone": "Antarctica/Troll", "bags": {"durations_h": [24]}}
    plan = plan_of(document_starting("2026-10-20T14:00", **changes))

    assert [each.code for each in plan.findings if each.severity is Severity.STOP] == ["plan.hours"]
    assert plan.bags == ()


@pytest.mark.req("REQ-PLN-005")
def test_a_start_that_leaves_a_run_of_odd_minutes_across_a_skipped_hour_is_stopped() -> None:
    # Toronto skips 02:00 to 03:00 on 2027-03-14: the change at 02:31 moves to 03:00.
    bags = {"sequence_h": [96] * 7}
    plan = plan_of(document_starting("2027-03-06T02:31", indication="consolidation", bags=bags))

    stops = {each.code for each in plan.findings if each.severity is Severity.STOP}
    assert stops == {"plan.odd-minutes"}


@pytest.mark.req("REQ-PLN-005")
def test_a_start_at_half_past_across_a_skipped_hour_is_planned() -> None:
    bags = {"sequence_h": [96] * 7}
    plan = plan_of(document_starting("2027-03-06T02:30", indication="consolidation", bags=bags))

    assert [bag.elapsed.number for bag in plan.bags][1:3] == ["95.5", "95.5"]
