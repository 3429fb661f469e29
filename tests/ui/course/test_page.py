"""The Course page in the real window: stop, restart, the new plan, the bag that waits, the end."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.bag import BagState
from pharmacy_app.domain.order import AdverseEvent
from pharmacy_app.workflow.desk import Desk
from tests.support.courses import RELAPSED
from tests.support.cut_text import cut_texts
from tests.support.stations import TECHNICIAN
from tests.support.wedge import scan
from tests.ui.course.at_course import ORDER, AtCourse, Open, at_course
from ui.course.end_dialog import EndDialog
from ui.main_window import MainWindow
from ui.order.page import OrderPage
from ui.page import PageName, Subject
from ui.plan.loading import plan_in_use
from ui.plan.page import PlanPage
from ui.widgets.ask_reason import AskReason

SIZES = [(1280, 720), (1366, 768), (1920, 1080)]
WEEKLY = (168, 168, 168, 168)


@pytest.fixture
def course(qtbot: QtBot, open_window: Open, desk: Desk) -> AtCourse:
    """Seven bags of 96 h at 28 mcg/day."""
    return at_course(qtbot, open_window, desk)


@pytest.fixture
def relapsed(qtbot: QtBot, open_window: Open, desk: Desk) -> AtCourse:
    """A week at 9 mcg/day, then three at 28."""
    return at_course(qtbot, open_window, desk, *WEEKLY, **RELAPSED)


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


def test_a_bag_that_is_made_is_voided_here_with_a_reason(course: AtCourse) -> None:
    serial = course.story.ward.released(ORDER, 2)
    course.at("+1/15:00")
    course.panel.side.bags.void_wanted.emit(serial)
    course.wait()
    dialog = course.panel.dialog
    assert isinstance(dialog, AskReason)
    dialog.give.click()
    course.wait()
    assert course.story.ward.bag(serial).state is BagState.RELEASED
    course.type(dialog.reason.edit, "The dose changes")
    dialog.give.click()
    course.wait()
    assert course.story.ward.bag(serial).state is BagState.VOID


def test_a_scan_of_a_bag_shows_the_course_of_its_order(course: AtCourse) -> None:
    serial = course.story.ward.released(ORDER, 2)
    course.window.go_to(PageName.COURSE, Subject())
    course.wait()
    assert course.page.notice.isVisible()
    scan(course.window, f"{serial}00")
    course.wait()
    assert course.window.subject == Subject(ORDER)
    assert course.panel.state.isVisible()


def test_a_search_from_here_stays_here(course: AtCourse) -> None:
    course.window.go_to(PageName.COURSE, Subject())
    course.window.search.field.setText(ORDER)
    course.window.search.field.returnPressed.emit()
    course.wait()
    assert course.window.page is course.page
    assert course.window.subject == Subject(ORDER)


def test_orders_and_plan_lead_here(course: AtCourse) -> None:
    for name in (PageName.ORDERS, PageName.PLAN):
        course.window.go_to(name, Subject(ORDER))
        course.wait()
        page = course.window.page
        assert isinstance(page, OrderPage | PlanPage)
        (page.save.open_course if isinstance(page, OrderPage) else page.course).click()
        course.wait()
        assert course.window.page is course.page


def test_the_next_cycle_is_offered_and_its_order_begun_without_assuming_anything(course: AtCourse) -> None:
    assert course.panel.side.next.title == "Next cycle: cycle 2"
    course.panel.side.next.begin.click()
    course.wait()
    page = course.window.page
    assert isinstance(page, OrderPage)
    assert page.presenter.typing
    draft = page.form.draft()
    assert (draft.choice("cycle"), draft.start_day, draft.start_time) == ("2", "2027-01-04", "14:00")
    assert (draft.text("order_number"), draft.text("patient.weight_kg")) == ("", "")
    assert draft.choice("patient.pregnant") is None
    assert draft.text("patient.record_number") == "4471023"


@pytest.mark.req("REQ-PLN-005")
def test_a_time_that_the_clock_skips_is_refused_and_one_that_comes_twice_is_asked(
    qtbot: QtBot, open_window: Open, desk: Desk
) -> None:
    course = at_course(qtbot, open_window, desk)
    form = course.panel.stop
    course.type_moment(form.when, "2027-03-14", "02:30")
    form.send.click()
    course.wait()
    assert course.codes(form.when) == ["expected.clock-time-exists"]
    assert "2027-MAR-14 01:59 or earlier, or 2027-MAR-14 03:00 or later" in form.when.remarks[0].sentence
    course.type_moment(form.when, "2026-11-01", "01:30")
    assert form.when.which is not None
    assert [each.text() for each in form.when.which.segments()] == ["01:30 UTC-04:00", "01:30 UTC-05:00"]
    form.send.click()
    course.wait()
    assert course.codes(form.when) == ["ui.course.expected.which"]
    course.choose(form.when.which, "01:30 UTC-05:00")
    course.choose(form.event_kind.choice, "None")
    form.send.click()
    course.wait()
    assert course.codes(form.when) == ["course.outside"]
    assert "at 2026-NOV-01 01:30" in form.when.remarks[0].sentence


def test_a_score_and_an_occlusion_begin_the_form_of_a_stop(course: AtCourse) -> None:
    course.page.panels["ice"].stop_wanted.emit(3)
    course.wait()
    draft = course.panel.stop.draft
    assert (draft.event, draft.grade) == (AdverseEvent.NEUROLOGIC.value, "3")
    course.page.panels["occlusion"].stop_wanted.emit(course.story.moment("+1/14:30"))
    course.wait()
    draft = course.panel.stop.draft
    assert (draft.when.day, draft.when.time, draft.event) == ("2026-11-24", "14:30", "none")


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_cut(relapsed: AtCourse, size: tuple[int, int]) -> None:
    window: MainWindow = relapsed.window
    window.resize(*size)
    relapsed.at("+9/15:00")
    relapsed.record_stop("2026-12-02", "14:46", event="Neurologic", grade="3")
    assert cut_texts(window) == []
    relapsed.at("+12/16:00")
    form = relapsed.panel.restart
    form.when.now.click()
    form.resolved.now.click()
    relapsed.wait()
    relapsed.choose(form.keep.choice, "No, the hour of the restart")
    relapsed.send_restart()
    assert cut_texts(window) == []
