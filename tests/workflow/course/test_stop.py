"""The infusion is stopped: what hangs is stopped with it, and nothing of the order goes on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pharmacy_app.domain.bag import BagState
from pharmacy_app.domain.bag_event import Stopped
from pharmacy_app.domain.infusion_stop import NeurologicSign
from pharmacy_app.domain.order import AdverseEvent
from pharmacy_app.workflow.course import Course, StopTyped
from pharmacy_app.workflow.label_ground import read_ground
from tests.support.bench import prepared
from tests.support.courses import ORDER, RELAPSED, Story, refused
from tests.support.printing import InterruptedFile
from tests.support.stations import PRINTER, TECHNICIAN
from tests.support.wards import Ward, label, tag


def label_ground(story: Story, serial: str) -> object:
    day = story.ward.day
    with day.database(reading=True) as work:
        return read_ground(work, serial, day.book, now=day.now)


@pytest.mark.req("REQ-INT-001", "REQ-INT-004", "REQ-AUD-001")
def test_a_stop_stops_the_bag_that_hangs_and_stands_in_the_record(story: Story) -> None:
    serial = story.hung(1, "09:00", "14:00")
    story.at("+1/10:15")
    stop = story.stop("+1/09:30")
    assert (stop.number, stop.dose.number, stop.reason) == (1, "28", "Port re-accessed")
    bag = story.ward.bag(serial)
    assert bag.state is BagState.STOPPED
    assert [each.reason for each in bag.every(Stopped)] == ["Port re-accessed"]
    assert bag.every(Stopped)[0].infused.value * 60 == 1170  # from 14:00 to 09:30
    assert story.ward.acts(serial)[-1] == "bag-stopped"
    view = story.course().look(ORDER)
    assert view.course.stops == (stop,)
    assert [each.code for each in view.findings] == ["course.stopped"]
    assert "event.plain" in [each.code for each in view.advice]
    assert story.whole()


@pytest.mark.req("REQ-INT-001", "REQ-AUD-001")
def test_the_entry_of_a_stop_tells_when_why_and_of_which_event(story: Story) -> None:
    story.at("+1/10:15")
    story.stop("+1/09:30", event=AdverseEvent.CRS, grade=2, reason="Fever")
    assert story.newest() == (
        "infusion-stopped",
        "order RX-1001",
        {"stopped at": "2026-11-24T14:30:00.000000Z", "event": "crs, grade 2", "reason": "Fever"},
    )


@pytest.mark.req("REQ-INT-001", "REQ-AUD-001")
@pytest.mark.parametrize(
    ("when", "typed", "code"),
    [
        ("+1/10:21", {}, "course.in-the-future"),
        ("13:00", {}, "course.outside"),
        ("+1/09:00", {"reason": " "}, "course.reason-missing"),
        ("+1/09:00", {"grade": 3}, "course.event-and-grade"),
        ("+1/09:00", {"event": AdverseEvent.CRS}, "course.event-and-grade"),
        ("+1/09:00", {"event": AdverseEvent.CRS, "grade": 5}, "course.grade"),
        ("+1/09:00", {"signs": (NeurologicSign.LEUKOENCEPHALOPATHY,)}, "course.signs"),
    ],
)
def test_what_cannot_be_is_refused_changes_nothing_and_is_recorded(
    story: Story, when: str, typed: dict[str, Any], code: str
) -> None:
    serial = story.hung(1, "09:00", "14:00")
    story.at("+1/10:15")
    assert refused(lambda: story.stop(when, **typed)) == {code}
    assert story.newest() == ("stop-refused", "order RX-1001", {"findings": code})
    assert story.course().look(ORDER).course.stops == ()
    assert story.ward.bag(serial).state is BagState.HUNG


@pytest.mark.req("REQ-INT-001")
def test_an_infusion_is_not_stopped_twice_before_its_restart_or_after_its_end(story: Story) -> None:
    story.at("+1/10:00")
    story.stop("+1/09:00")
    assert refused(lambda: story.stop("+1/09:30")) == {"course.stopped-already"}
    story.at("+1/12:00")
    story.restart("+1/11:00")
    assert refused(lambda: story.stop("+1/10:59")) == {"course.before-restart"}
    story.course().end(ORDER, prescriber="Dr. L. Okafor", reason="Relapse")
    story.at("+1/12:01")
    assert refused(lambda: story.stop("+1/12:01")) == {"course.ended-already"}


@pytest.mark.req("REQ-INT-001", "REQ-AUD-001")
def test_an_order_without_a_plan_on_file_is_not_stopped(ward: Ward) -> None:
    assert refused(lambda: Story(ward).stop("+1/09:00")) == {"bench.no-plan"}
    assert Story(ward).newest()[:2] == ("stop-refused", "orders")


@pytest.mark.req("REQ-VER-001", "REQ-INT-001")
def test_a_technician_and_a_station_may_stop_and_nobody_without_a_role(story: Story) -> None:
    story.at("+1/10:00")
    nobody = replace(PRINTER, roles=())
    assert refused(lambda: story.stop("+1/09:00", actor=nobody)) == {"person.not-permitted.move-bag"}
    assert story.newest()[0] == "not-permitted"
    assert story.stop("+1/09:00", actor=PRINTER).number == 1


@pytest.mark.req("REQ-INT-001", "REQ-AUD-003")
def test_a_station_whose_clock_is_behind_the_plan_or_the_bag_stops_nothing(story: Story) -> None:
    story.at("08:59")
    assert "course.clock-behind" in refused(lambda: story.stop("08:58"))
    story.hung(1, "09:00", "14:30")
    story.at("14:29")
    assert refused(lambda: story.stop("14:20")) == {"course.clock-behind"}


@pytest.mark.req("REQ-INT-001", "REQ-MOD-002")
def test_the_dose_at_a_stop_is_that_of_the_bag_that_hung(ward: Ward) -> None:
    ward.day.accept(168, 168, 168, 168, **RELAPSED)
    story = Story(ward)
    story.at("+8/10:00")
    assert story.stop("+7/14:00").dose.number == "9"  # the change to the full dose: the bag that ends
    story.restart("+8/10:00")
    story.at("+8/11:00")
    story.keep()
    story.at("+8/12:00")
    assert story.stop("+8/11:30").dose.number == "28"


@pytest.mark.req("REQ-INT-001", "REQ-INT-007")
def test_while_it_is_stopped_no_bag_is_begun_released_labelled_handed_out_or_hung(story: Story) -> None:
    ward = story.ward
    waiting = prepared(ward.day, ORDER, 2)
    released = ward.released(ORDER, 3)
    ward.ledger().match(tag(released), label(released))
    story.hung(1, "09:00", "14:00")
    story.at("14:30")
    story.stop("14:20")
    stopped = {"course.stopped"}
    assert refused(lambda: ward.day.bench().start(ORDER, 4)) >= stopped
    assert refused(lambda: ward.day.release(waiting)) == stopped
    assert refused(lambda: label_ground(story, released)) == stopped
    assert refused(lambda: ward.ledger().dispense(label(released))) == stopped
    assert refused(lambda: ward.ledger().hang(label(released))) >= stopped
    story.at("14:40")
    story.restart("14:40")
    ward.day.release(waiting)
    label_ground(story, released)
    ward.ledger().dispense(label(released))


@pytest.mark.req("REQ-INT-001")
def test_a_stop_recorded_at_two_stations_at_once_is_kept_once(story: Story) -> None:
    serial = story.hung(1, "09:00", "14:00")
    story.at("+1/10:00")
    station = replace(
        story.ward.day.station(TECHNICIAN),
        open_unit_of_work=InterruptedFile(story.ward.day.database, 1, lambda: story.stop("+1/09:00")),
    )
    slower = Course(station)
    typed = StopTyped(story.moment("+1/09:05"), "Line broke")
    assert refused(lambda: slower.stop(ORDER, typed)) == {"course.stopped-already"}
    assert [each.reason for each in story.course().look(ORDER).course.stops] == ["Port re-accessed"]
    assert len(story.ward.bag(serial).every(Stopped)) == 1


@pytest.mark.req("REQ-INT-001", "REQ-INT-007")
def test_a_stop_that_comes_between_reaches_the_bench_that_was_about_to_begin(story: Story) -> None:
    story.at("+1/10:00")
    bench = story.ward.day.bench()
    file = InterruptedFile(story.ward.day.database, 1, lambda: story.stop("+1/09:00"))
    slower = replace(bench, station=replace(bench.station, open_unit_of_work=file))
    assert refused(lambda: slower.start(ORDER, 2)) == {"course.stopped"}
