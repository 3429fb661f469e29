"""Each scenario file's bags come out as a person worked them out: times, hours, volumes, notes."""

import pytest

from pharmacy_app.domain.plan import Plan, PlannedBag
from tests.support.rulebooks import plan_of
from tests.support.scenario_files import ExpectedBag, Scenario, scenarios

SCENARIOS = scenarios()
SAID_OF_A_BAG = {
    "plan.changed-early",
    "plan.elapsed-differs",
    "plan.time-skipped",
    "plan.time-twice",
    "plan.closed-day",
}

pytestmark = pytest.mark.req("REQ-PLN-002", "REQ-PLN-004", "REQ-PLN-005", "REQ-PLN-010")


def as_written(bag: PlannedBag, plan: Plan) -> ExpectedBag:
    """The bag as a line of the table, with what the findings say of it."""
    notes = {
        each.code.removeprefix("plan.")
        for each in plan.findings
        if each.code in SAID_OF_A_BAG and dict(each.values)["bag"] == str(bag.number)
    }
    return ExpectedBag(
        number=bag.number,
        days=f"{bag.first_day}-{bag.last_day}",
        mcg_per_day=bag.dose.number,
        runs_h=bag.elapsed.number,
        infuse_ml=bag.volume_to_infuse.number,
        change_at=bag.change_at.isoformat(timespec="minutes"),
        notes=frozenset(notes),
    )


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_the_bags_are_those_worked_out_by_hand(scenario: Scenario) -> None:
    plan = plan_of(scenario.document)
    assert [each.code for each in plan.findings if each.severity.value == "stop"] == []
    assert [as_written(bag, plan) for bag in plan.bags] == list(scenario.bags)


@pytest.mark.req("REQ-PLN-006", "REQ-PLN-008")
@pytest.mark.parametrize(
    "scenario", [each for each in SCENARIOS if each.totals], ids=lambda scenario: scenario.name
)
def test_the_totals_are_those_counted_by_hand(scenario: Scenario) -> None:
    totals = plan_of(scenario.document).totals
    assert {name: getattr(totals, name) for name in scenario.totals} == scenario.totals


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_each_bag_is_hung_when_the_one_before_is_changed(scenario: Scenario) -> None:
    plan = plan_of(scenario.document)
    assert plan.bags[0].start_at.isoformat(timespec="minutes")[:16] == scenario.document["start_at"]
    hung = [bag.start_at.isoformat(timespec="minutes") for bag in plan.bags[1:]]
    assert hung == [bag.change_at for bag in scenario.bags[:-1]]


def test_there_is_a_file_for_each_known_case() -> None:
    names = {each.name for each in SCENARIOS}
    assert names >= {
        "autumn-toronto-24-h-bags",
        "autumn-toronto-96-and-72-h-bags",
        "autumn-toronto-7-day-bags",
        "autumn-st-johns",
        "autumn-halifax",
        "autumn-vancouver-nothing-moves",
        "autumn-edmonton-nothing-moves",
        "autumn-winnipeg-nothing-moves",
        "spring-toronto-24-h-bags",
        "spring-toronto-7-day-bags",
        "leap-year-a-change-on-29-february",
    }
