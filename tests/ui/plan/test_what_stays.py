"""What was made, hung or stopped stays as it is, whatever the hands do; so does what is only looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.order import Interruption, InterruptionKind
from pharmacy_app.workflow.course import RestartTyped, StopTyped
from pharmacy_app.workflow.desk import Desk
from tests.support.orders import order_of
from tests.ui.desks import keep, order_document
from tests.ui.plan.pages import (
    BEST,
    Open,
    bars,
    days,
    drag,
    page_in,
    press,
    right_edge,
    sequence,
    settle_page,
    spoken,
    up_to_96,
)
from ui.page import PageName, Subject
from ui.plan.loading import reckon
from ui.plan.page import PlanPage


@pytest.mark.req("REQ-PLN-009")
def test_a_bag_that_is_being_made_and_those_before_it_do_not_move(
    qtbot: QtBot, open_window: Open, desk: Desk
) -> None:
    document = order_document(**{"bags.holidays": None, "bags.durations_h": [24, 48, 72, 96]})
    keep(desk, document)
    desk.keep_plan(desk.plan(order_of(document)))
    desk.bench.start("RX-1001", 2)
    page = page_in(qtbot, open_window(desk))
    before = sequence(page)
    assert [bar.piece.locked for number in (1, 2, 3) for bar in bars(page, number)] == [True, True, False]
    assert bars(page, 2)[0].piece.state == ("being made",)
    for number in (1, 2):
        drag(qtbot, page, right_edge(page, number), days(page, -1))
    assert sequence(page) == before
    page.picture.choose(1)
    press(page, Qt.Key.Key_Minus)
    assert sequence(page) == before
    assert spoken(page).startswith("Bag 1 stays as it is:")
    drag(qtbot, page, right_edge(page, 3), days(page, -1))
    assert sequence(page) != before


@pytest.mark.req("REQ-INT-001", "REQ-PLN-009")
def test_after_an_interruption_only_the_bags_of_the_new_infusion_move(
    qtbot: QtBot, open_window: Open, desk: Desk
) -> None:
    toronto = ZoneInfo("America/Toronto")
    stop = Interruption(
        datetime(2026, 11, 3, 9, 15, tzinfo=toronto),
        datetime(2026, 11, 4, 10, 0, tzinfo=toronto),
        InterruptionKind.PLAIN,
    )
    order = replace(order_of(up_to_96()), interruptions=(stop,))
    window = open_window(desk)
    window.go_to(PageName.PLAN, Subject())
    page = window.page
    assert isinstance(page, PlanPage)
    page.show_plan(reckon(desk, order))
    settle_page(qtbot, page)
    before = sequence(page)
    drag(qtbot, page, right_edge(page, 2), days(page, -1))
    assert sequence(page) == before
    # Bag 6 hangs from Thursday NOV-05 10:00 for four days: an edge stands at 10:00, not at 14:00.
    drag(qtbot, page, right_edge(page, 6), days(page, -1))
    assert sequence(page)[:6] == (*before[:5], 72)
    moved = page.presenter.plan
    assert moved is not None
    assert moved.bags[5].change_at == datetime(2026, 11, 8, 10, 0, tzinfo=toronto)


def test_an_alternative_is_looked_at_and_not_changed(page: PlanPage) -> None:
    page.side.alternative_chosen.emit(2)
    assert page.picture.drawing.grips == ()
    press(page, Qt.Key.Key_Plus)
    assert sequence(page) == BEST
    assert not page.presenter.edited


@pytest.mark.req("REQ-INT-001")
def test_after_a_restart_the_plan_that_goes_on_is_shown_and_waits_to_be_accepted(
    qtbot: QtBot, open_window: Open, desk: Desk
) -> None:
    document = order_document(**{"bags.holidays": None, "bags.durations_h": [24, 48, 72, 96]})
    keep(desk, document)
    desk.keep_plan(desk.plan(order_of(document)))
    later = desk.at_time(lambda: datetime(2026, 12, 2, 15, 0, tzinfo=UTC))
    later.course.stop("RX-1001", StopTyped(datetime(2026, 12, 2, 9, 0, tzinfo=UTC), "Pump failed"))
    later.course.restart(
        "RX-1001", RestartTyped(datetime(2026, 12, 2, 15, 0, tzinfo=UTC), "Dr. L. Okafor", "Go on")
    )
    page = page_in(qtbot, open_window(later))
    assert page.accept.isVisible()
    assert [bar.piece.void for bar in page.picture.drawing.bars].count(True) >= 1
    assert page.picture.drawing.gaps
    before = sequence(page)
    page.picture.choose(len(before))
    press(page, Qt.Key.Key_Minus)
    settle_page(qtbot, page)
    assert sequence(page)[:-2] == before[:-1]
    plan = page.presenter.plan
    assert plan is not None
    later.keep_plan(plan, {each.code: "For a test" for each in later.reasons_still_open(plan)})
    page.reload()
    settle_page(qtbot, page)
    assert page.open.isVisible()
