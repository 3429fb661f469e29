"""Each scenario of an interruption comes out as a person worked it out: what is left, the bags, the words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pharmacy_app.domain.bag_schedule import Stretch
from pharmacy_app.domain.plan import Plan, PlannedBag
from pharmacy_app.domain.quantity import plain
from tests.support.interruption_files import ExpectedBag, Scenario, scenarios

SCENARIOS = scenarios()
PLANNED = [each for each in SCENARIOS if each.bags]
REFUSED = [each for each in SCENARIOS if not each.bags]
SAID_OF_A_BAG = {
    "plan.changed-early",
    "plan.elapsed-differs",
    "plan.shortened",
    "plan.time-skipped",
    "plan.time-twice",
    "plan.closed-day",
}

pytestmark = pytest.mark.req("REQ-INT-001", "REQ-INT-002", "REQ-INT-003", "REQ-INT-008")


def of(which: list[Scenario]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("scenario", which, ids=lambda each: each.name)


def as_written(bag: PlannedBag, plan: Plan) -> ExpectedBag:
    """The bag as a line of the table."""
    notes = {
        each.code.removeprefix("plan.")
        for each in plan.findings
        if each.code in SAID_OF_A_BAG and dict(each.values)["bag"] == str(bag.number)
    }
    marks = {"void": bag.stopped, "restart": bag.restart, "held": bag.held, "new-set": bag.line_change}
    return ExpectedBag(
        number=bag.number,
        days=f"{bag.first_day}-{bag.last_day}",
        mcg_per_day=bag.dose.number,
        duration_h=str(bag.duration_h),
        runs_h=bag.elapsed.number,
        infuse_ml=bag.volume_to_infuse.number,
        hung_at=bag.start_at.isoformat(timespec="minutes"),
        change_at=bag.change_at.isoformat(timespec="minutes"),
        notes=frozenset(notes | {name for name, holds in marks.items() if holds}),
    )


def hours(minutes: int) -> str:
    whole, rest = divmod(minutes, 60)
    return f"{whole} h {rest} min" if rest else f"{whole} h"


def left(stretch: Stretch) -> str:
    """What is to be infused from a restart on, dose by dose."""
    runs = sorted({cell.run for cell in stretch.cells})
    cells = [[cell for cell in stretch.cells if cell.run == run] for run in runs]
    parts = [(each[0].dose.text, each[-1].to_minute - each[0].from_minute) for each in cells]
    return ", ".join(f"{dose}: {hours(minutes)}" for dose, minutes in parts)


def said(plan: Plan) -> list[str]:
    """What concerns interruptions, in the order of severity."""
    beside = ("plan.held", "plan.none", "plan.giving-up")
    return [
        f"{each.severity.value} {each.code}"
        for each in plan.findings
        if each.severity.value == "stop" or each.code.startswith(("interruption.", *beside))
    ]


@of(PLANNED)
def test_the_bags_are_those_worked_out_by_hand(scenario: Scenario) -> None:
    plan = scenario.plan()
    assert [as_written(bag, plan) for bag in plan.bags] == list(scenario.bags)


@of(SCENARIOS)
def test_what_is_said_of_the_interruption(scenario: Scenario) -> None:
    plan = scenario.plan()
    assert said(plan) == scenario.expected["findings"]
    assert plan.refused == (not scenario.bags)


@of(REFUSED)
def test_what_is_refused_has_no_bag(scenario: Scenario) -> None:
    plan = scenario.plan()
    assert (plan.bags, plan.totals, plan.sittings) == ((), None, ())


@of(PLANNED)
def test_what_was_infused_before_each_restart_and_what_was_left(scenario: Scenario) -> None:
    _, *stretches = scenario.plan().stretches
    assert [hours(each.cells[0].from_minute) for each in stretches] == scenario.expected["infused"]
    assert [left(each) for each in stretches] == scenario.expected["left"]


@of(PLANNED)
def test_which_bags_are_void_how_long_the_cycle_runs_and_when_it_ends(scenario: Scenario) -> None:
    plan = scenario.plan()
    assert [bag.number for bag in plan.bags if bag.stopped] == scenario.expected["void"]
    runs = sum((bag.elapsed.value for bag in plan.bags), Decimal(0))
    assert plain(runs) == scenario.expected["runs_h"]
    assert plan.bags[-1].change_at.isoformat(timespec="minutes") == scenario.expected["ends_at"]


@of(PLANNED)
def test_the_cycle_is_672_hours_within_an_hour_and_a_quarter_for_each_wall_and_end(
    scenario: Scenario,
) -> None:
    runs = sum((bag.elapsed.value for bag in scenario.plan().bags), Decimal(0))
    assert abs(runs - 672) <= 1 + Decimal("0.5") * len(scenario.order.interruptions)


@of([each for each in PLANNED if "totals" in each.expected])
def test_the_totals_are_those_counted_by_hand(scenario: Scenario) -> None:
    totals = scenario.plan().totals
    shown = {name: getattr(totals, name) for name in scenario.expected["totals"]}
    given = {name: getattr(value, "number", value) for name, value in shown.items()}
    assert given == scenario.expected["totals"]


@pytest.mark.req("REQ-MOD-008")
@of([each for each in PLANNED if "prepare" in each.expected])
def test_between_when_a_bag_is_prepared(scenario: Scenario) -> None:
    plan = scenario.plan()
    zone = plan.stretches[0].zone
    windows = {str(bag.number): bag.preparation for bag in plan.bags}
    for number, times in scenario.expected["prepare"].items():
        window = windows[number]
        assert window is not None
        found = [each.astimezone(zone).isoformat(timespec="minutes") for each in (window.first, window.last)]
        assert found == times, f"bag {number}"


@of(PLANNED)
def test_no_bag_is_hung_while_the_infusion_is_stopped(scenario: Scenario) -> None:
    plan = scenario.plan()
    for before, after in zip(plan.bags, plan.bags[1:], strict=False):
        if after.restart:
            assert before.change_at < after.start_at
        else:
            assert before.change_at == after.start_at


def test_there_is_a_file_for_each_known_case() -> None:
    assert {each.name for each in SCENARIOS} >= {
        "plain-3-h-59-min",
        "plain-4-h",
        "plain-7-days",
        "plain-7-days-and-a-minute",
        "autumn-7-days-by-elapsed-hours",
        "spring-7-days-by-elapsed-hours",
        "grade-3-at-28",
        "grade-3-at-9",
        "grade-3-held-though-stopped-again",
        "plain-on-day-27",
        "two-stops",
        "plain-in-the-week-at-9",
        "grade-3-fewer-than-7-days-left",
        "grade-3-exactly-7-days-left",
    }
