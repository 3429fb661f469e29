"""The Course page in the real window: stop, restart, the new plan, the bag that waits, the end."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from pharmacy_app.workflow.desk import Desk
from tests.support.stations import TECHNICIAN
from tests.ui.course.at_course import ORDER, AtCourse, Open, at_course
from ui.course.end_dialog import EndDialog
from ui.page import PageName, Subject
from ui.plan.loading import plan_in_use
from ui.plan.page import PlanPage

SIZES = [(1280, 720), (1366, 768), (1920, 1080)]


def test_the_state_is_read_first(course: AtCourse) -> None:
    assert course.state == "Running – day 2 of 28"
    course.at("13:00")
    assert course.state == "Begins 2026-NOV-23 14:00"
    assert course.panel.no_form.isVisible()
    course.at("+28/14:00")
    assert course.state == "Over since 2026-DEC-21 14:00"


def test_without_an_order_the_page_says_what_to_do(course: AtCourse) -> None:
    course.window.go_to(PageName.COURSE, Subject())
    course.wait()
    assert course.page.notice.isVisible()
    assert course.page.notice.text == "Scan a bag, or look for the order with Ctrl+K."


@pytest.mark.req("REQ-INT-001")
def test_a_stop_is_recorded_and_its_clocks_run(course: AtCourse) -> None:
    course.record_stop("2026-11-24", "14:46")
    assert course.state == "Stopped 14 min ago"
    clocks = [(each.name, each.value, each.icon) for each in course.panel.state.clocks]
    assert clocks == [
        ("Left until 4 h", "3 h 46 min", "clock"),
        ("Left until 7 days", "167 h 46 min", "clock"),
    ]
    course.story.at("+1/18:17")
    course.window.idleness.stir()
    course.page.time_passed()
    assert course.state == "Stopped 3 h 31 min ago"
    assert (course.panel.state.clocks[0].value, course.panel.state.clocks[0].icon) == ("29 min", "reason")
    course.story.at("+1/18:46")
    course.page.time_passed()
    assert (course.panel.state.clocks[0].value, course.panel.state.clocks[0].icon) == ("over", "stop")
    newest = course.panel.story.rows[0]
    assert (newest.what, newest.when) == ("Stopped", "2026-NOV-24 14:46")
    assert newest.told == "told by A. Chen, 2026-NOV-24 15:00"


@pytest.mark.req("REQ-INT-001")
def test_everything_that_keeps_a_stop_from_being_recorded_stands_at_its_field(course: AtCourse) -> None:
    form = course.panel.stop
    form.send.click()
    course.wait()
    assert course.codes(form.when) == ["ui.course.expected.moment"]
    assert course.codes(form.reason) == ["ui.course.expected.reason"]
    assert course.codes(form.event_kind) == ["ui.course.expected.event"]
    course.choose(form.event_kind.choice, "CRS")
    course.type_moment(form.when, "2026-11-24", "15:30")
    form.send.click()
    course.wait()
    assert course.codes(form.grade) == ["ui.course.expected.grade"]
    course.choose(form.grade.choice, "2")
    form.send.click()
    course.wait()
    assert course.codes(form.when) == ["course.in-the-future"]
    assert course.codes(form.reason) == ["course.reason-missing"]
    assert course.story.newest()[0] == "stop-refused"


@pytest.mark.req("REQ-INT-002")
def test_a_restart_within_the_hours_leaves_the_plan_as_it_is(course: AtCourse) -> None:
    course.record_stop("2026-11-24", "14:46")
    course.at("+1/18:00")
    form = course.panel.restart
    form.when.now.click()
    course.wait()
    assert not form.keep.isVisible()
    assert form.plans.title.text().startswith("The plan stays as it is.")
    course.send_restart()
    assert course.state == "Running – day 2 of 28"


@pytest.mark.req("REQ-INT-002")
@pytest.mark.req("REQ-INT-007")
def test_a_restart_from_the_hours_on_shows_the_new_plan_beside_the_old_and_leads_to_it(
    course: AtCourse,
) -> None:
    course.record_stop("2026-11-24", "14:46")
    course.at("+1/20:16")
    form = course.panel.restart
    form.when.now.click()
    course.wait()
    course.choose(form.keep.choice, "No, the hour of the restart")
    assert form.plans.title.text() == "The new plan beside the old one"
    infused = form.plans.infused.text().replace("\u00a0", " ")
    assert infused == "1 d 46 min infused, 26 d 23 h 14 min left."
    course.send_restart()
    assert course.codes(form.prescriber) == ["restart.prescriber-missing"]
    assert course.codes(form.decision) == ["restart.decision-missing"]
    course.decide()
    course.send_restart()
    assert course.state == "The restart needs a new plan"
    in_use = plan_in_use(course.page.desk, ORDER)
    assert in_use is not None
    assert not in_use.kept  # no page shows the void plan any more
    assert in_use.plan.bags[1].start_at == course.story.moment("+1/20:16")
    course.panel.state.accept.click()
    course.wait()
    plan = course.window.page
    assert isinstance(plan, PlanPage)
    assert plan.accept.isVisible()
    assert course.story.on_file().bags[1].start_at == course.story.moment("+4/14:00")
    course.story.keep(plan.presenter.plan)
    course.window.go_to(PageName.COURSE)
    course.wait()
    assert course.story.on_file().bags[1].start_at == course.story.moment("+1/20:16")


@pytest.mark.req("REQ-MOD-002")
def test_what_ends_the_treatment_keeps_the_restart_from_being_while_it_is_typed(relapsed: AtCourse) -> None:
    relapsed.record_stop("2026-11-24", "14:46", event="Neurologic", grade="3")  # at 9 mcg/day
    relapsed.at("+5/10:00")
    form = relapsed.panel.restart
    form.when.now.click()
    relapsed.wait()
    relapsed.choose(form.keep.choice, "No, the hour of the restart")
    assert "event.ended.neurologic-at-low-dose" in [each.code for each in form.findings.remarks]
    relapsed.send_restart()
    assert relapsed.story.newest()[0] == "restart-refused"
    assert "event.ended.neurologic-at-low-dose" in [each.code for each in relapsed.panel.side.advice.remarks]


@pytest.mark.req("REQ-MOD-008")
def test_after_a_grade_3_event_the_first_bag_at_the_full_dose_waits_for_its_answer(
    relapsed: AtCourse,
) -> None:
    story = relapsed.story
    relapsed.at("+9/15:00")
    relapsed.record_stop("2026-12-02", "14:46", event="CRS", grade="3")
    relapsed.at("+11/14:00")
    form = relapsed.panel.restart
    form.when.now.click()
    relapsed.type_moment(form.resolved, "2026-12-04", "08:00")
    relapsed.choose(form.keep.choice, "No, the hour of the restart")
    relapsed.decide()
    relapsed.send_restart()
    assert relapsed.state == "The restart needs a new plan"
    story.keep()
    relapsed.at("+17/15:00")  # the bag is due at +18/14:00
    held = relapsed.panel.side.held
    assert held.isVisible()
    assert held.question.choice.value is None
    held.send.click()
    relapsed.wait()
    assert [each.code for each in held.findings.remarks] == ["answer.not-known"]
    assert [each.code for each in held.prescriber.remarks] == ["restart.prescriber-missing"]
    relapsed.choose(held.question.choice, "No")
    held.send.click()
    relapsed.wait()
    assert [each.code for each in held.findings.remarks] == ["answer.recurred"]
    relapsed.choose(held.question.choice, "Yes")
    relapsed.type(held.prescriber.edit, "Dr. L. Okafor")
    held.send.click()
    relapsed.wait()
    assert held.text.endswith("has its answer and may be made.")
    assert not held.send.isVisible()
    assert relapsed.panel.story.rows[0].what == "Full dose may go on"


def test_a_technician_records_a_stop_and_nothing_else(qtbot: QtBot, open_window: Open, desk: Desk) -> None:
    desk.station.seat.actor = TECHNICIAN
    course = at_course(qtbot, open_window, desk)
    assert not course.panel.story.end.isVisible()
    course.record_stop("2026-11-24", "14:46")
    assert course.state == "Stopped 14 min ago"
    assert not course.panel.restart.isVisible()
    assert course.panel.no_form.text() == "A pharmacist records the restart."


def test_the_end_says_what_it_does_and_asks_who_decided_it(course: AtCourse) -> None:
    course.panel.story.end.click()
    course.wait()
    dialog = course.panel.dialog
    assert isinstance(dialog, EndDialog)
    dialog.give.click()
    course.wait()
    assert [each.code for each in dialog.remarks] == ["restart.prescriber-missing", "course.reason-missing"]
    course.type(dialog.prescriber.edit, "Dr. L. Okafor")
    course.type(dialog.reason.edit, "Progression")
    dialog.give.click()
    course.wait()
    assert course.state == "Ended 2026-NOV-24 15:00"
    assert course.panel.no_form.isVisible()
    assert course.panel.side.next.title == ""
