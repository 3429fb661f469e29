"""The reconstituted vials' time on the Bench page: it goes on by itself, warns, and stops."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtTest import QTest

from pharmacy_app.domain.bag import BagState
from pharmacy_app.workflow.desk import Desk
from tests.support.bench import BAG, FILTER, TUBING, VIAL, WATER
from tests.support.cut_text import cut_texts
from tests.support.people import Clock
from tests.ui.bench.at_bench import TAG, AtBench, code
from tests.ui.conftest import settle
from tests.ui.desks import NOW
from ui.bench.dialogs import FormDialog
from ui.bench.page import BenchPage
from ui.bench.view import Mark
from ui.icons import Icon
from ui.main_window import MainWindow
from ui.page import PageName

Open = Callable[[Desk], MainWindow]
SIZES = [(1280, 720), (1366, 768)]
pytestmark = pytest.mark.req("REQ-MIX-008")


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def desk(desk: Desk, clock: Clock) -> Desk:
    return replace(desk, station=replace(desk.station, clock=clock))


def pass_time(at_bench: AtBench, clock: Clock, **span: float) -> None:
    """Time passes in which somebody moves about, and nothing is scanned, typed or pressed."""
    clock.move(**span)
    at_bench.window.idleness.stir()
    at_bench.window._clock.timeout.emit()


def shown(page: BenchPage) -> tuple[str, list[Icon]]:
    """The line of the vials and the shape beside it."""
    icon = page.steps.vials_icon
    return page.steps.vials.text().replace("\u00a0", " "), [icon._icon] if icon.isVisible() else []


def test_the_vials_time_goes_on_turns_to_the_triangle_under_30_min_and_to_a_stop_at_0(
    at_bench: AtBench, clock: Clock
) -> None:
    at_bench.start()
    at_bench.to_saline()
    good = "Vials good until 14:00 at room temperature: {} left."
    assert shown(at_bench.page) == (good.format("4 h"), [])
    pass_time(at_bench, clock, hours=3, minutes=30)
    assert shown(at_bench.page) == (good.format("30 min"), [])
    pass_time(at_bench, clock, seconds=1)
    assert shown(at_bench.page) == (good.format("29 min"), [Icon.REASON])
    pass_time(at_bench, clock, minutes=29, seconds=58)
    assert shown(at_bench.page) == (good.format("0 min"), [Icon.REASON])
    pass_time(at_bench, clock, seconds=1)
    assert shown(at_bench.page) == (
        "Vials: good until 14:00. Discard, abandon the bag.", [Icon.STOP]
    )  # fmt: skip


def test_it_runs_from_the_first_vial_s_scan(at_bench: AtBench) -> None:
    at_bench.start()
    at_bench.scan(TAG, code(BAG), code(TUBING), code(FILTER), code(WATER))
    assert shown(at_bench.page) == ("", [])
    at_bench.scan(code(VIAL, 1))
    assert shown(at_bench.page)[0] == "Vials good until 14:00 at room temperature: 4 h left."


def test_once_the_drug_is_in_the_bag_no_time_is_shown(at_bench: AtBench, clock: Clock) -> None:
    at_bench.start()
    at_bench.to_drug()
    at_bench.type_volumes("10", "0.7")
    assert shown(at_bench.page) == ("", [])
    pass_time(at_bench, clock, hours=5)
    assert shown(at_bench.page) == ("", [])


def test_a_volume_typed_after_4_h_is_stopped_and_the_way_back_leads_to_abandoning(
    at_bench: AtBench, clock: Clock
) -> None:
    serial = at_bench.start()
    at_bench.to_drug()
    pass_time(at_bench, clock, hours=4, minutes=1)
    at_bench.type_volumes("10", "0.7")
    stop = at_bench.page.presenter.view().stop
    assert stop is not None
    assert stop.sentence == (
        "The vials count as reconstituted from 2026-NOV-20 10:00, the first one's scan. 4 h at room"
        " temperature are over; a refrigerator is not counted. Discard them and abandon the bag."
    )
    assert stop.to_do == (
        "Discard the vials; open no other one for this bag.",
        "Go back, abandon the bag, and begin it again with new vials.",
    )
    at_bench.press(at_bench.page.stop.hint)
    abandon(at_bench, "The vials stood too long", vials="4")
    assert at_bench.state(serial) is BagState.ABANDONED


def abandon(at_bench: AtBench, reason: str, *, vials: str) -> None:
    assert not at_bench.page.stop.isVisible()
    at_bench.press(at_bench.page.abandon)
    dialog = at_bench.page.acts.dialog
    assert isinstance(dialog, FormDialog)
    QTest.keyClicks(dialog.fields["vials"].edit, vials)
    QTest.keyClicks(dialog.fields["reason"].edit, reason)
    at_bench.press(dialog.give)


@pytest.mark.parametrize("size", SIZES)
def test_another_vial_scanned_after_4_h_is_stopped_and_the_way_back_leads_to_abandoning(
    at_bench: AtBench, clock: Clock, size: tuple[int, int]
) -> None:
    at_bench.window.resize(*size)
    serial = at_bench.start()
    at_bench.scan(TAG, code(BAG), code(TUBING), code(FILTER), code(WATER), code(VIAL, 1))
    pass_time(at_bench, clock, hours=4, minutes=1)
    at_bench.scan(code(VIAL, 2))
    stop = at_bench.page.presenter.view().stop
    assert stop is not None
    assert (stop.scanned, stop.needs) == ("Blinatumomab vial", "New vials, and a bag begun anew")
    assert stop.hint == "Back to the step"
    assert stop.recorded == "No one can override this. Recorded 14:01:00."
    assert stop.to_do[0] == "Discard the vials; open no other one for this bag."
    assert cut_texts(at_bench.page.stop) == []
    at_bench.press(at_bench.page.stop.hint)
    abandon(at_bench, "Called away", vials="1")
    assert at_bench.state(serial) is BagState.ABANDONED


@pytest.mark.parametrize("size", SIZES)
def test_while_the_drug_is_typed_the_vials_time_takes_nothing_from_the_readings(
    at_bench: AtBench, clock: Clock, size: tuple[int, int]
) -> None:
    at_bench.window.resize(*size)
    at_bench.start()
    at_bench.to_drug()
    at_bench.wait()
    places = [edit.geometry() for edit in at_bench.page.step.volumes.edits]
    for hours in (3, 0.75, 0.5):
        pass_time(at_bench, clock, hours=hours)
        at_bench.wait()
        assert cut_texts(at_bench.page) == []
        assert [edit.geometry() for edit in at_bench.page.step.volumes.edits] == places
    assert shown(at_bench.page)[1] == [Icon.STOP]


def test_a_window_that_is_opened_again_shows_what_is_left_by_the_record(
    at_bench: AtBench, clock: Clock, open_window: Open
) -> None:
    at_bench.start()
    at_bench.to_saline()
    clock.move(hours=3, minutes=45)
    again = open_window(at_bench.desk)
    again.go_to(PageName.BENCH)
    settle(at_bench.qtbot, again)
    assert isinstance(again.page, BenchPage)
    bag = again.page.presenter.view().bag
    assert bag is not None
    assert (bag.vials, bag.vials_mark) == (
        "Vials good until 14:00 at room temperature: 15 min left.", Mark.LATE
    )  # fmt: skip
