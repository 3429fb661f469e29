"""The first bag at the full dose after a restart at the low one waits for an answer (REQ-MOD-008)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pharmacy_app.domain.order import AdverseEvent
from pharmacy_app.domain.plan import Plan
from pharmacy_app.workflow.label_ground import read_ground
from pharmacy_app.workflow.plan_on_file import plan_beside_file
from tests.support.bench import prepared
from tests.support.courses import OKAFOR, ORDER, Story, refused
from tests.support.ledgers import clock
from tests.support.stations import PHARMACIST, TECHNICIAN
from tests.support.wards import Ward, label, tag

CRS = AdverseEvent.CRS
HELD = {"bench.held-after-toxicity"}


def by_hand(story: Story, *sequence_h: int) -> Plan:
    order = story.order()
    order = replace(order, bags=replace(order.bags, sequence_h=sequence_h))
    return plan_beside_file(order, story.ward.day.station(PHARMACIST))


@pytest.fixture
def waits(story: Story) -> Story:
    """Grade 3 on +1 at 14:00, begun again a day later: bag 3 at 28 mcg/day waits until +9 at 14:00."""
    story.at("+1/14:00")
    story.stop("+1/14:00", event=CRS, grade=3, reason="Fever and hypotension")
    story.at("+2/09:00")
    story.restart("+2/14:00", resolved_at="+2/08:00")
    assert story.keep(by_hand(story, 96, 168, 96, 96, 96, 96, 96)) == 2
    bags = story.on_file().bags
    assert [each.dose.number for each in bags[:3]] == ["28", "9", "28"]
    assert bags[2].start_at == story.moment("+9/14:00")
    return story


def event_for_an_hour(story: Story, hour: str, minute: int) -> None:
    """A grade 1 event of some minutes: the plan stays, the answer does not."""
    story.at(f"{hour}:{minute:02}")
    story.stop(f"{hour}:{minute:02}", event=CRS, grade=1, reason="Fever")
    story.at(f"{hour}:{minute + 5:02}")
    story.restart(f"{hour}:{minute + 5:02}", resolved_at=f"{hour}:{minute + 4:02}")


def label_ground(story: Story, serial: str) -> object:
    day = story.ward.day
    with day.database(reading=True) as work:
        return read_ground(work, serial, day.book, now=day.now)


@pytest.mark.req("REQ-MOD-008", "REQ-AUD-001")
def test_the_bag_is_not_begun_before_the_answer(waits: Story) -> None:
    waits.at("+8/13:59")
    assert waits.course().look(ORDER).held == 3
    assert refused(lambda: waits.ward.day.bench().start(ORDER, 3)) == HELD
    assert waits.newest()[0] == "start-refused"
    assert refused(waits.answer) == {"answer.too-early"}
    assert waits.newest() == ("answer-refused", "order RX-1001", {"findings": "answer.too-early"})
    waits.at("+8/14:00")
    waits.answer()
    assert waits.newest() == ("full-dose-answered", "order RX-1001", {"bag": "3", "prescriber": OKAFOR})
    assert waits.ward.day.bench().start(ORDER, 3)
    assert waits.whole()


@pytest.mark.req("REQ-MOD-008")
def test_a_bag_at_the_low_dose_waits_for_nothing(waits: Story) -> None:
    waits.at("+2/09:30")
    assert waits.ward.day.bench().start(ORDER, 2)


@pytest.mark.req("REQ-MOD-008", "REQ-VER-001")
def test_only_a_yes_of_a_pharmacist_with_a_prescriber_lets_it_go_on(waits: Story) -> None:
    waits.at("+9/09:00")
    assert refused(lambda: waits.answer(not_recurred=False)) == {"answer.recurred"}
    assert refused(lambda: waits.answer(not_recurred=None)) == {"answer.not-known"}
    assert refused(lambda: waits.answer(actor=TECHNICIAN)) == {"person.not-permitted.accept-plan"}
    nobody = {"restart.prescriber-missing"}
    course = waits.course()
    assert refused(lambda: course.answer_full_dose(ORDER, prescriber=" ", not_recurred=True)) == nobody
    assert refused(lambda: waits.ward.day.bench().start(ORDER, 3)) == HELD
    waits.at("+13/14:00")
    assert refused(waits.answer) == {"answer.too-late"}


@pytest.mark.req("REQ-MOD-008")
def test_where_no_bag_waits_there_is_nothing_to_answer(story: Story) -> None:
    story.at("+1/09:00")
    assert story.course().look(ORDER).held is None
    assert refused(story.answer) == {"answer.none-held"}
    assert story.newest()[0] == "answer-refused"


@pytest.mark.req("REQ-MOD-008", "REQ-INT-001")
def test_nothing_is_answered_while_the_infusion_is_stopped_or_after_its_end(waits: Story) -> None:
    waits.at("+9/09:00")
    waits.stop("+9/08:00")
    assert refused(waits.answer) == {"course.stopped"}
    waits.restart("+9/09:00")
    waits.answer()
    waits.course().end(ORDER, prescriber=OKAFOR, reason="Relapse")
    assert refused(waits.answer) == {"course.ended"}


@pytest.mark.req("REQ-MOD-008")
def test_after_another_event_it_is_asked_again_at_release_label_and_hanging(waits: Story) -> None:
    ward = waits.ward
    waits.at("+9/09:00")
    waits.answer()
    serial = prepared(ward.day, ORDER, 3)
    event_for_an_hour(waits, "+9/09", 10)
    assert refused(lambda: ward.day.release(serial)) == HELD
    waits.answer()
    waits.at("+9/09:16")
    waits.answer()
    ward.day.release(serial)
    event_for_an_hour(waits, "+9/09", 20)
    assert refused(lambda: label_ground(waits, serial)) == HELD
    waits.at("+9/09:26")
    waits.answer()
    label_ground(waits, serial)
    ward.print(serial, 1)
    ward.ledger().match(tag(serial), label(serial))
    ward.ledger().refrigerate(serial)
    event_for_an_hour(waits, "+9/10", 20)
    assert refused(lambda: ward.ledger().dispense(label(serial))) == HELD
    waits.at("+9/10:26")
    waits.answer()
    waits.at("+9/14:00")
    ward.ledger().take_out(serial)
    ward.ledger().dispense(label(serial))
    event_for_an_hour(waits, "+9/14", 1)
    assert refused(lambda: ward.ledger().hang(label(serial))) >= HELD
    waits.at("+9/14:07")
    waits.answer()
    ward.ledger().hang(label(serial))


@pytest.mark.req("REQ-MOD-008")
def test_a_new_plan_that_moves_the_bag_asks_again(waits: Story) -> None:
    waits.at("+9/09:00")
    waits.answer()
    waits.stop("+9/09:00")
    waits.at("+9/09:01")
    waits.restart("+9/14:00")
    waits.at("+9/09:02")
    waits.keep()
    bags = waits.on_file().bags
    held = next(each for each in bags[2:] if each.dose.number == "28")
    assert held.start_at == waits.moment("+9/19:00")
    assert waits.course().look(ORDER).held == held.number
    assert refused(lambda: waits.ward.day.bench().start(ORDER, held.number)) == HELD
    waits.answer()
    assert waits.ward.day.bench().start(ORDER, held.number)


@pytest.mark.req("REQ-MOD-008", "REQ-MOD-007")
def test_a_cycle_that_begins_at_the_low_dose_after_an_event_waits_at_its_change_too(ward: Ward) -> None:
    doses = [
        {"from_day": 1, "to_day": 7, "mcg_per_day": "9"},
        {"from_day": 8, "to_day": 28, "mcg_per_day": "28"},
    ]
    event = {"event": "crs", "grade": 3, "restart_on_infusion_day": 1, "reason": "see chart"}
    ward.day.accept(168, 96, 96, 96, 96, 96, 24, prescribed=doses, dose_modification=event)
    ward.at("+6/15:00")
    story = Story(ward)
    assert refused(lambda: ward.day.bench().start(ORDER, 2)) == HELD
    story.answer()
    assert ward.day.bench().start(ORDER, 2)
    assert clock(ward.today.date(), "+7/14:00") == story.on_file().bags[1].start_at
