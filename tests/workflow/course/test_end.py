"""The treatment is ended for good: nothing of the order goes on; and the cycle that follows another."""

from __future__ import annotations

import pytest

from pharmacy_app.domain.bag import BagState
from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.order import AdverseEvent
from tests.support.bench import prepared
from tests.support.courses import OKAFOR, ORDER, RELAPSED, Story, refused
from tests.support.stations import TECHNICIAN
from tests.support.wards import Ward, label, tag


@pytest.mark.req("REQ-MOD-003", "REQ-INT-007", "REQ-AUD-001")
def test_an_end_stops_what_hangs_and_everything_else(story: Story) -> None:
    ward = story.ward
    waiting = prepared(ward.day, ORDER, 2)
    released = ward.released(ORDER, 3)
    ward.ledger().match(tag(released), label(released))
    hung = story.hung(1, "09:00", "14:00")
    story.at("+1/10:00")
    course = story.course()
    course.end(ORDER, prescriber=OKAFOR, reason="Grade 4 event")
    assert story.ward.bag(hung).state is BagState.STOPPED
    ended = {"course.ended"}
    assert {each.code for each in course.look(ORDER).findings} == ended
    assert refused(lambda: ward.day.bench().start(ORDER, 4)) >= ended
    assert refused(lambda: ward.day.release(waiting)) == ended
    assert refused(lambda: ward.ledger().dispense(label(released))) == ended
    assert refused(lambda: ward.ledger().hang(label(released))) >= ended
    assert refused(lambda: ward.day.plan_again(*[48] * 14)) == ended
    assert story.whole()


@pytest.mark.req("REQ-MOD-003", "REQ-AUD-001", "REQ-VER-001")
def test_an_end_is_a_pharmacists_entry_with_prescriber_and_reason_and_comes_once(story: Story) -> None:
    story.at("+1/10:00")
    course, technician = story.course(), story.course(TECHNICIAN)
    missing = {"restart.prescriber-missing", "course.reason-missing"}
    assert refused(lambda: technician.end(ORDER, prescriber=OKAFOR, reason="x")) == {
        "person.not-permitted.accept-plan"
    }
    assert refused(lambda: course.end(ORDER, prescriber="", reason=" ")) == missing
    act, thing, told = story.newest()
    assert (act, thing, set(told["findings"].split(", "))) == ("end-refused", "order RX-1001", missing)
    course.end(ORDER, prescriber=OKAFOR, reason="Relapse")
    assert story.newest() == (
        "treatment-ended", "order RX-1001", {"prescriber": OKAFOR, "reason": "Relapse"}
    )  # fmt: skip
    assert refused(lambda: course.end(ORDER, prescriber=OKAFOR, reason="x")) == {"course.ended-already"}


@pytest.mark.req("REQ-MOD-003", "REQ-INT-001")
def test_after_the_end_of_a_stopped_infusion_there_is_no_restart(story: Story) -> None:
    story.at("+1/10:00")
    story.stop("+1/09:00")
    story.course().end(ORDER, prescriber=OKAFOR, reason="Relapse")
    assert refused(lambda: story.restart("+1/12:00")) == {"course.ended-already"}
    assert refused(lambda: story.course().propose(ORDER, story.typed("+1/12:00"))) == {"course.ended-already"}


def test_an_order_that_is_not_on_file_is_refused_as_input(story: Story) -> None:
    with pytest.raises(InputRefused) as refusal:
        story.course().look("RX-9")
    assert (refusal.value.field, refusal.value.given) == ("order", "RX-9")


@pytest.mark.req("REQ-ORD-002", "REQ-ORD-010")
def test_the_next_cycle_is_offered_from_the_end_of_the_infusion_on(story: Story) -> None:
    following = story.course().next_cycle(ORDER)
    assert following is not None
    assert f"{following.from_clock_time:%m-%d %H:%M}" == "01-04 14:00"  # 28 and 14 days
    story.at("+3/10:00")
    story.stop("+3/10:00")
    assert story.course().next_cycle(ORDER) is None
    story.at("+4/16:00")
    story.restart("+4/16:00")
    assert story.course().next_cycle(ORDER) is None
    story.at("+4/16:01")
    story.keep()
    following = story.course().next_cycle(ORDER)
    assert following is not None
    assert f"{following.from_clock_time:%m-%d %H:%M}" == "01-05 20:00"  # 30 hours later
    assert (following.number, following.asks_dose) == (2, False)
    story.course().end(ORDER, prescriber=OKAFOR, reason="Relapse")
    assert story.course().next_cycle(ORDER) is None


@pytest.mark.req("REQ-MOD-007")
@pytest.mark.parametrize(("day", "asks"), [(18, False), (24, True)])
def test_the_dose_of_the_next_cycle_is_asked_where_this_one_ends_at_the_low_dose(
    story: Story, day: int, *, asks: bool
) -> None:
    """After a grade 3 event more than seven infused days were left, or fewer."""
    story.at(f"+{day}/10:00")
    story.stop(f"+{day}/10:00", event=AdverseEvent.OTHER, grade=3)
    story.at(f"+{day + 1}/10:00")
    story.restart(f"+{day + 1}/10:00", resolved_at=f"+{day + 1}/09:00")
    story.at(f"+{day + 1}/10:01")
    story.keep()
    assert story.on_file().bags[-1].dose.number == ("9" if asks else "28")
    following = story.course().next_cycle(ORDER)
    assert following is not None
    assert following.asks_dose is asks


def test_without_a_plan_nobody_says_what_follows(ward: Ward) -> None:
    ward.day.accept(168, 168, 168, 168, **RELAPSED)
    following = Story(ward).course().next_cycle(ORDER)
    assert following is not None
    assert (following.number, following.low_dose_days, following.hospital_days) == (2, 0, 2)
