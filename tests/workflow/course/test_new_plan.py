"""After a restart: the plan for what is left, the bags made for the old one, and the plan computed again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pharmacy_app.domain.bag import BagState
from pharmacy_app.domain.order import AdverseEvent
from pharmacy_app.domain.plan_record import plan_record
from pharmacy_app.workflow.plan_on_file import keep_plan, newest_plan, plan_beside_file
from tests.support.bench import REASON, prepared
from tests.support.courses import ORDER, Story, refused
from tests.support.ledgers import TORONTO
from tests.support.stations import PHARMACIST


def by_hand(story: Story, *sequence_h: int) -> int:
    """Another sequence for the infusion as it ran."""
    order = story.order()
    order = replace(order, bags=replace(order.bags, sequence_h=sequence_h))
    return story.keep(plan_beside_file(order, story.ward.day.station(PHARMACIST)))


@pytest.mark.req("REQ-INT-007")
def test_no_bag_of_the_new_plan_is_released_before_each_old_one_is_answered(story: Story) -> None:
    ward = story.ward
    old = ward.released(ORDER, 3)
    hung = story.hung(1, "09:00", "14:00")
    story.at("+1/09:05")
    story.stop("+1/09:00")
    story.at("+1/09:10")
    story.restart("+1/13:00")
    assert by_hand(story, *[96] * 8) == 2
    new = prepared(ward.day, ORDER, 2)
    ward.day.verification().open(new)
    unanswered = {"course.bags-unanswered"}
    assert refused(lambda: ward.day.release(new)) == unanswered
    ledger = ward.ledger(PHARMACIST)
    ledger.void(hung, "Stopped for good")
    assert refused(lambda: ward.day.release(new)) == unanswered
    ledger.void(old, "Planned for another time")
    assert ward.day.release(new).state is BagState.RELEASED


@pytest.mark.req("REQ-INT-007", "REQ-PLN-009")
def test_a_bag_that_the_new_plan_leaves_as_it_is_needs_no_answer(story: Story) -> None:
    """A plan by hand with the same first bags: what was made for them goes on."""
    ward = story.ward
    story.hung(1, "09:00", "14:00")
    story.at("+1/09:00")
    kept = ward.released(ORDER, 2)
    ward.day.plan_again(96, 96, 96, 72, *[96] * 3, 24)
    ward.day.plan_again(*[96] * 7)
    assert ward.bag(kept).state is BagState.RELEASED
    new = prepared(ward.day, ORDER, 3)
    assert ward.day.release(new).state is BagState.RELEASED


@pytest.mark.req("REQ-INT-001", "REQ-INT-007", "REQ-AUD-001")
def test_a_plan_that_was_made_before_the_restart_was_recorded_is_not_kept(story: Story) -> None:
    story.at("+1/09:05")
    order = story.order()
    station = story.ward.day.station(PHARMACIST)
    early = plan_beside_file(replace(order, bags=replace(order.bags, sequence_h=(48,) * 14)), station)
    reasons = {each.code: REASON for each in early.findings}
    story.stop("+1/09:00")
    assert refused(lambda: keep_plan(early, reasons, station)) == {"course.stopped"}
    story.at("+1/09:10")
    story.restart("+1/13:00")
    station = story.ward.day.station(PHARMACIST)
    assert refused(lambda: keep_plan(early, reasons, station)) == {"plan.course-changed"}
    assert story.newest()[0] == "plan-refused"
    assert story.keep() == 2


@pytest.mark.req("REQ-AUD-003", "REQ-INT-007")
def test_a_plan_whose_station_is_behind_the_restart_is_not_kept(story: Story) -> None:
    story.at("+1/09:05")
    story.stop("+1/09:00")
    story.at("+1/09:10")
    story.restart("+1/13:00")
    story.at("+1/09:09")
    assert refused(story.keep) == {"course.clock-behind"}
    story.at("+1/09:10")
    assert story.keep() == 2
    assert story.course().look(ORDER).findings == ()


def interrupted(story: Story, day: int, **stop: Any) -> None:
    """Stopped at 10:00 of a day for 30 hours, with the event over at the restart."""
    story.at(f"+{day}/10:00")
    story.stop(f"+{day}/10:00", **stop)
    story.at(f"+{day + 1}/16:00")
    resolved: dict[str, Any] = {"resolved_at": f"+{day + 1}/16:00"} if stop else {}
    story.restart(f"+{day + 1}/16:00", **resolved)
    story.at(f"+{day + 1}/16:01")


@pytest.mark.req("REQ-INT-001", "REQ-INT-003")
@pytest.mark.parametrize("grade", [None, 3])
@pytest.mark.parametrize("chosen", [True, False])
def test_the_plan_on_file_computed_again_is_the_one_that_was_kept(
    story: Story, grade: int | None, *, chosen: bool
) -> None:
    station = story.ward.day.station(PHARMACIST)
    stop = {} if grade is None else {"event": AdverseEvent.OTHER, "grade": grade}
    for day in (None, 3, 15):
        if day is not None:
            interrupted(story, day, **stop)
            plan = story.plan()
            if chosen:
                story.keep(plan)
            else:
                by_hand(story, *_changed(plan.sequence_h))
        station = story.ward.day.station(PHARMACIST)
        again = newest_plan(ORDER, station)
        assert again is not None
        assert plan_record(again) == story.on_file()
        assert len(again.order.interruptions) == {None: 0, 3: 1, 15: 2}[day]


def _changed(sequence_h: tuple[int, ...]) -> tuple[int, ...]:
    """The last bag that can be divided is two bags."""
    for at in range(len(sequence_h) - 1, -1, -1):
        if sequence_h[at] in {48, 96}:
            half = sequence_h[at] // 2
            return (*sequence_h[:at], half, half, *sequence_h[at + 1 :])
    raise AssertionError(sequence_h)


@pytest.mark.req("REQ-INT-002")
def test_a_short_stop_changes_nothing_of_the_plan_computed_again(story: Story) -> None:
    before = story.on_file()
    story.at("+1/10:00")
    story.stop("+1/09:00")
    story.restart("+1/12:59")
    again = newest_plan(ORDER, story.ward.day.station(PHARMACIST))
    assert again is not None
    assert plan_record(again) == before == story.on_file()


@pytest.mark.req("REQ-INT-003", "REQ-INT-008", "REQ-MOD-004")
def test_a_proposal_shows_the_new_plan_and_keeps_nothing(story: Story) -> None:
    story.at("+3/10:00")
    story.stop("+3/10:00", event=AdverseEvent.CRS, grade=3)
    story.at("+4/16:00")
    typed = story.typed("+4/16:00", resolved_at="+4/15:00")
    proposal = story.course().propose(ORDER, typed)
    assert not proposal.refused
    assert proposal.plan.bags[-1].change_at == story.moment("+29/20:00")
    doses = [(each.dose.number, each.dose_change) for each in proposal.plan.bags if not each.stopped]
    assert doses[0] == ("9", True)
    assert ("28", True) in doses[1:]
    view = story.course().look(ORDER)
    assert (view.course.restarts, view.findings[0].code) == ((), "course.stopped")
    kept = story.course().propose(ORDER, replace(typed, keep_clock_time=True)).plan
    changes = [f"{plan.bags[1].change_at.astimezone(TORONTO):%H:%M}" for plan in (proposal.plan, kept)]
    assert changes == ["16:00", "14:00"]
