"""The infusion begins again: by whose decision, within which limits, and whether the plan stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from pharmacy_app.domain.bag import BagState
from pharmacy_app.domain.infusion_stop import NeurologicSign
from pharmacy_app.domain.order import AdverseEvent
from pharmacy_app.workflow.course import RestartTyped, StopTyped
from pharmacy_app.workflow.people import Credentials
from tests.support.bench import SECRET
from tests.support.courses import OKAFOR, ORDER, RELAPSED, Story, refused
from tests.support.ledgers import TORONTO
from tests.support.printing import InterruptedFile
from tests.support.stations import TECHNICIAN
from tests.support.wards import Ward, label, tag

CHEN = Credentials("achen", SECRET)
CRS, NEUROLOGIC, OTHER = AdverseEvent.CRS, AdverseEvent.NEUROLOGIC, AdverseEvent.OTHER
Typed = Mapping[str, Any]


def of(event: AdverseEvent, grade: int, *signs: NeurologicSign) -> Typed:
    return {"event": event, "grade": grade, "signs": signs}


@pytest.mark.req("REQ-INT-001", "REQ-INT-002", "REQ-AUD-001")
def test_a_restart_is_the_prescribers_decision_recorded_by_a_pharmacist(story: Story) -> None:
    story.at("+1/10:00")
    story.stop("+1/09:00")
    assert refused(lambda: story.restart("+1/12:00", actor=TECHNICIAN)) == {
        "person.not-permitted.accept-plan"
    }
    begun = story.restart("+1/12:00")
    assert (begun.number, begun.prescriber, begun.decision) == (1, OKAFOR, "Go on")
    assert story.newest() == (
        "infusion-restarted",
        "order RX-1001",
        {"restarted at": "2026-11-24T17:00:00.000000Z", "prescriber": OKAFOR, "decision": "Go on"},
    )
    assert story.course().look(ORDER).course.restarts == (begun,)
    assert story.whole()


@pytest.mark.req("REQ-INT-001")
def test_an_infusion_that_is_not_stopped_is_not_begun_again(story: Story) -> None:
    story.at("+1/10:00")
    not_stopped = {"course.not-stopped"}
    assert refused(lambda: story.restart("+1/09:30")) == not_stopped
    assert story.newest() == ("restart-refused", "order RX-1001", {"findings": "course.not-stopped"})
    assert refused(lambda: story.course().propose(ORDER, story.typed("+1/09:30"))) == not_stopped
    story.stop("+1/09:00")
    story.restart("+1/09:30")
    assert refused(lambda: story.restart("+1/09:40")) == not_stopped


# What was stopped on +1 at 10:00: the stop, the restart, and what keeps it from being.
REFUSED: Mapping[str, tuple[Typed, str, Typed, set[str]]] = {
    "before the stop": ({}, "+1/10:00", {}, {"restart.before-stop"}),
    "more than 7 days off": ({}, "+8/10:01", {}, {"restart.new-cycle"}),
    "more than 7 days off after grade 3": (
        of(CRS, 3), "+8/10:01", {"resolved_at": "+2/10:00"}, {"restart.new-cycle-low-dose"},
    ),
    "nobody decided": (
        {}, "+1/14:00", {"prescriber": "", "decision": ""},
        {"restart.prescriber-missing", "restart.decision-missing"},
    ),
    "not resolved": (of(OTHER, 2), "+1/11:00", {}, {"restart.not-resolved"}),
    "grade 4 CRS": (of(CRS, 4), "+5/10:00", {"resolved_at": "+2/10:00"}, {"event.ended.grade-4"}),
    "grade 4 neurologic": (
        of(NEUROLOGIC, 4), "+5/10:00", {"resolved_at": "+2/10:00"}, {"event.ended.grade-4"},
    ),
    "two seizures": (
        of(NEUROLOGIC, 3, NeurologicSign.MORE_THAN_ONE_SEIZURE), "+5/10:00", {"resolved_at": "+2/10:00"},
        {"event.ended.seizures"},
    ),
    "leukoencephalopathy": (
        of(NEUROLOGIC, 3, NeurologicSign.LEUKOENCEPHALOPATHY), "+5/10:00", {"resolved_at": "+2/10:00"},
        {"event.ended.leukoencephalopathy"},
    ),
    "14 days and a minute": (
        of(OTHER, 3), "+16/10:00", {"resolved_at": "+15/10:01"},
        {"restart.new-cycle-low-dose", "restart.resolved-too-late"},
    ),
    "neurologic, 7 days and a minute": (
        of(NEUROLOGIC, 3), "+16/10:00", {"resolved_at": "+8/10:01"},
        {"restart.new-cycle-low-dose", "restart.resolved-too-late"},
    ),
    "neurologic, not 3 days": (
        of(NEUROLOGIC, 3), "+4/09:59", {"resolved_at": "+2/10:00"}, {"restart.too-early"},
    ),
}  # fmt: skip


@pytest.mark.req("REQ-MOD-001", "REQ-MOD-002", "REQ-MOD-003", "REQ-MOD-007", "REQ-INT-003", "REQ-AUD-001")
@pytest.mark.parametrize("case", REFUSED)
def test_what_keeps_from_a_restart_is_refused_and_recorded(story: Story, case: str) -> None:
    stop, restart, typed, codes = REFUSED[case]
    story.at("+1/10:00")
    story.stop("+1/10:00", **stop)
    story.at("+16/10:00")
    assert refused(lambda: story.restart(restart, **typed)) == codes
    act, thing, told = story.newest()
    assert (act, thing, set(told["findings"].split(", "))) == ("restart-refused", "order RX-1001", codes)
    assert story.course().look(ORDER).course.open_stop is not None
    proposal = story.course().propose(ORDER, story.typed(restart, **typed))
    assert {each.code for each in proposal.findings} == codes
    assert proposal.refused


@pytest.mark.req("REQ-MOD-002")
def test_a_neurologic_grade_3_at_the_low_dose_ends_it_for_good(ward: Ward) -> None:
    ward.day.accept(168, 168, 168, 168, **RELAPSED)
    story = Story(ward)
    story.at("+9/10:00")
    story.stop("+3/10:00", **of(NEUROLOGIC, 3))
    low = {"event.ended.neurologic-at-low-dose"}
    assert refused(lambda: story.restart("+9/10:00", resolved_at="+5/10:00")) == low


@pytest.mark.req("REQ-MOD-001", "REQ-MOD-002", "REQ-INT-003")
@pytest.mark.parametrize(
    ("stop", "restart", "typed"),
    [
        ({}, "+8/10:00", {}),
        ({}, "+1/13:59", {"prescriber": "", "decision": ""}),
        (of(OTHER, 3), "+8/10:00", {"resolved_at": "+8/10:00"}),
        (of(OTHER, 4), "+5/10:00", {"resolved_at": "+2/10:00"}),
        (of(NEUROLOGIC, 3), "+4/10:00", {"resolved_at": "+4/10:00"}),
        (of(NEUROLOGIC, 3), "+8/10:00", {"resolved_at": "+8/10:00"}),
    ],
)
def test_each_limit_itself_is_within(story: Story, stop: Typed, restart: str, typed: Typed) -> None:
    story.at("+1/10:00")
    story.stop("+1/10:00", **stop)
    story.at("+8/10:00")
    proposal = story.course().propose(ORDER, story.typed(restart, **typed))
    assert (proposal.findings, proposal.refused) == ((), False)
    assert story.restart(restart, **typed).number == 1


@pytest.mark.req("REQ-INT-001", "REQ-AUD-003")
def test_a_station_whose_clock_is_behind_the_plan_begins_nothing_again(story: Story) -> None:
    story.at("14:30")
    story.stop("14:20")
    story.at("14:29")
    assert refused(lambda: story.restart("14:40")) == {"course.clock-behind"}


@pytest.mark.req("REQ-INT-001")
def test_times_in_the_hour_that_comes_twice_are_compared_as_instants(ward: Ward) -> None:
    """01:50 before the clock goes back is twenty minutes before 01:10 after it."""
    ward.day.now = ward.today = datetime(2026, 10, 26, 13, 0, tzinfo=UTC)
    ward.day.accept(*[96] * 7, **{"start_at": "2026-10-26T14:00", "patient.weight_taken_on": "2026-10-26"})
    course = Story(ward).course()
    first = datetime(2026, 11, 1, 1, 30, fold=0, tzinfo=TORONTO)
    ward.day.now = datetime(2026, 11, 1, 6, 10, tzinfo=UTC)
    course.stop(ORDER, StopTyped(first, "Fever", CRS, 1))
    again = datetime(2026, 11, 1, 1, 10, fold=1, tzinfo=TORONTO)
    begun = course.restart(
        ORDER, RestartTyped(again, OKAFOR, "Go on", first.replace(minute=50), keep_clock_time=True)
    )
    (kept,) = course.look(ORDER).course.interruptions()
    assert kept.restarted_at - kept.stopped_at == timedelta(minutes=40)
    assert begun.keep_clock_time
    assert kept.keep_clock_time


@pytest.mark.req("REQ-INT-002", "REQ-INT-004")
def test_under_four_hours_the_plan_stays_and_the_stopped_bag_goes_on_after_a_signature(story: Story) -> None:
    serial = story.hung(1, "09:00", "14:00")
    story.at("+1/09:05")
    story.stop("+1/09:00")
    ledger = story.ward.ledger()
    assert refused(lambda: ledger.release_again(serial, "Port is back", CHEN)) == {"course.stopped"}
    story.at("+1/12:50")
    story.restart("+1/12:59")
    assert story.course().look(ORDER).findings == ()
    assert refused(lambda: ledger.hang(label(serial))) == {"bag.illegal-move", "ledger.stopped"}
    ledger.release_again(serial, "Port is back", CHEN)
    story.at("+1/12:59")
    bag = ledger.hang(label(serial))
    assert bag.state is BagState.HUNG
    plan = story.plan()
    assert [each.code for each in plan.findings if each.code.startswith("interruption")] == [
        "interruption.short"
    ]


@pytest.mark.req("REQ-INT-002", "REQ-INT-003", "REQ-INT-007")
def test_from_four_hours_on_nothing_goes_on_before_a_new_plan(story: Story) -> None:
    ward = story.ward
    second = ward.released(ORDER, 2)
    ward.ledger().match(tag(second), label(second))
    serial = story.hung(1, "09:00", "14:00")
    story.at("+1/09:05")
    story.stop("+1/09:00")
    story.at("+1/09:30")
    story.restart("+1/13:00")
    needed = {"course.new-plan-needed"}
    assert {each.code for each in story.course().look(ORDER).findings} == needed
    assert refused(lambda: ward.day.bench().start(ORDER, 3)) >= needed
    assert refused(lambda: ward.ledger().dispense(label(second))) == needed
    assert refused(lambda: ward.ledger().release_again(serial, "Port is back", CHEN)) == needed
    assert story.keep() == 2
    assert story.course().look(ORDER).findings == ()
    stopped, first = story.on_file().bags[:2]
    assert (stopped.change_at, first.start_at) == (story.moment("+1/09:00"), story.moment("+1/13:00"))
    ends_at = story.on_file().bags[-1].change_at
    assert ends_at == story.moment("+28/18:00")  # four hours are made up
    assert refused(lambda: ward.ledger().release_again(serial, "Port is back", CHEN)) >= {
        "ledger.plan-change"
    }


@pytest.mark.req("REQ-INT-001", "REQ-INT-007")
def test_a_restart_that_comes_between_reaches_the_bench_that_was_about_to_begin(story: Story) -> None:
    story.at("+1/09:05")
    story.stop("+1/09:00")
    story.at("+1/09:30")
    bench = story.ward.day.bench()
    file = InterruptedFile(story.ward.day.database, 1, lambda: story.restart("+1/13:00"))
    slower = replace(bench, station=replace(bench.station, open_unit_of_work=file))
    assert refused(lambda: slower.start(ORDER, 2)) == {"course.new-plan-needed"}
