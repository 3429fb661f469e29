"""The Course page in the real window: bags, the ways to it and from it, times that the clock skips, looks."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.bag import BagState
from pharmacy_app.domain.order import AdverseEvent
from pharmacy_app.workflow.desk import Desk
from tests.support.cut_text import cut_texts
from tests.support.wedge import scan
from tests.ui.course.at_course import ORDER, AtCourse, Open, at_course
from ui.main_window import MainWindow
from ui.order.page import OrderPage
from ui.page import PageName, Subject
from ui.plan.page import PlanPage
from ui.widgets.ask_reason import AskReason

SIZES = [(1280, 720), (1366, 768), (1920, 1080)]


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
