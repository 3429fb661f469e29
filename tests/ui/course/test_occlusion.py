"""The occlusion card: steps with the bag's own rate, and a clock from the disconnection."""

from __future__ import annotations

import re

import pytest

from pharmacy_app.workflow.course import StopTyped
from tests.support.cut_text import cut_texts
from tests.support.wards import label
from tests.ui.course.panels import TORONTO, Place
from ui.course.occlusion import OcclusionPanel
from ui.icons import Icon


@pytest.fixture
def panel(place: Place) -> OcclusionPanel:
    """Bag 1, 96 h at 2.5 mL/h, hangs since 14:00; it is 16:00."""
    serial = place.ward.dispensed(place.number)
    place.at("14:00")
    place.ward.ledger().hang(label(serial))
    place.at("16:00")
    panel = place.show(OcclusionPanel)
    panel.show_order(place.number, TORONTO)
    place.settle()
    return panel


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def write(panel: OcclusionPanel, day: str, time: str) -> None:
    for field, text in ((panel.day, day), (panel.time, time)):
        field.edit.clear()
        field.edit.insert(text)
    panel.time.typed.emit()


def clock(panel: OcclusionPanel) -> tuple[str, Icon]:
    return plain(panel.left.text()), panel.icon._icon


@pytest.mark.req("REQ-INT-006")
def test_the_steps_stand_in_the_guides_order_and_nothing_is_ever_flushed(panel: OcclusionPanel) -> None:
    sentences = [plain(each.text()) for each in panel.steps]
    beginnings = ["Stop the infusion and disconnect", "Draw the drug back out", "No blood comes: run 0.9 %",
                  "No blood, and fully blocked: a thrombolytic, by the stopcock method",
                  "Meanwhile let the drug go on by another lumen, or by a peripheral line",
                  "Call the catheter team now. The goal is to be off for less than 4 h"]  # fmt: skip
    assert len(sentences) == len(beginnings)
    for sentence, beginning in zip(sentences, beginnings, strict=True):
        assert sentence.startswith(beginning)
    assert "Never flush" in sentences[0]
    assert cut_texts(panel) == []


@pytest.mark.req("REQ-INT-006")
def test_the_saline_runs_at_the_rate_of_the_bag_that_hangs(panel: OcclusionPanel) -> None:
    assert "at the same rate as the bag, 2.5 mL/h, until" in plain(panel.steps[2].text())


@pytest.mark.req("REQ-INT-006")
def test_where_no_bag_is_at_the_patient_the_rate_is_that_of_its_label(place: Place) -> None:
    panel = place.show(OcclusionPanel)
    panel.show_order(place.number, TORONTO)
    place.settle()
    assert "at the same rate as the bag, the rate on its label, until" in plain(panel.steps[2].text())
    assert not re.search("[0-9] mL/h", plain(panel.steps[2].text()))


@pytest.mark.req("REQ-INT-006")
@pytest.mark.parametrize(
    ("now", "left", "icon"),
    [
        ("16:00", "4 h", Icon.CLOCK),
        ("17:15", "2 h 45 min", Icon.CLOCK),
        ("19:30", "30 min", Icon.CLOCK),
        ("19:31", "29 min", Icon.REASON),
        ("19:59", "1 min", Icon.REASON),
        ("20:00", "0 min", Icon.STOP),
        ("23:00", "0 min", Icon.STOP),
    ],
)
def test_the_clock_counts_the_four_hours_down(
    place: Place, panel: OcclusionPanel, now: str, left: str, icon: Icon
) -> None:
    assert clock(panel) == ("–", Icon.CLOCK)
    panel.now.click()
    place.at(now)
    panel._tick.timeout.emit()
    assert clock(panel) == (left, icon)
    place.settle()
    assert cut_texts(panel) == []


@pytest.mark.req("REQ-INT-006")
def test_from_the_goal_on_it_says_what_an_interruption_asks_for(place: Place, panel: OcclusionPanel) -> None:
    write(panel, "2026-11-23", "15:10")
    assert plain(panel.sentence.text()) == (
        "Disconnected since 2026-NOV-23 15:10, for 50 min. Goal: under 4 h."
    )
    place.at("19:10")
    panel._tick.timeout.emit()
    assert plain(panel.sentence.text()).startswith(
        "Disconnected since 2026-NOV-23 15:10, for 4 h. From 4 h on it is an interruption: speak with the"
    )


@pytest.mark.req("REQ-INT-006")
def test_a_time_that_has_not_come_starts_no_clock(panel: OcclusionPanel) -> None:
    write(panel, "2026-11-23", "16:01")
    assert clock(panel) == ("–", Icon.STOP)
    assert panel.sentence.text() == "2026-NOV-23 16:01 has not come yet."


@pytest.mark.req("REQ-INT-006")
def test_the_stop_is_recorded_with_the_time_of_the_disconnection(place: Place, panel: OcclusionPanel) -> None:
    write(panel, "2026-11-23", "15:10")
    with place.qtbot.waitSignal(panel.stop_wanted) as wanted:
        panel.record.click()
    assert wanted.args == [place.moment("15:10")]


@pytest.mark.req("REQ-INT-006")
@pytest.mark.parametrize("text", ["", "25:10", "3 pm"])
def test_what_is_no_time_is_refused_at_the_field(place: Place, panel: OcclusionPanel, text: str) -> None:
    asked: list[object] = []
    panel.stop_wanted.connect(asked.append)
    write(panel, "2026-11-23", text)
    panel.record.click()
    place.settle()
    assert asked == []
    assert [each.field for each in panel.time.remarks] == ["when"]


@pytest.mark.req("REQ-INT-006")
def test_of_an_hour_that_comes_twice_it_is_asked_which_one(place: Place, panel: OcclusionPanel) -> None:
    assert not panel.which.isVisible()
    write(panel, "2026-11-01", "01:30")
    assert panel.which.isVisible()
    panel.record.click()
    assert [each.field for each in panel.time.remarks] == ["when"]
    panel.which.choice.segments()[1].click()
    with place.qtbot.waitSignal(panel.stop_wanted) as wanted:
        panel.record.click()
    assert wanted.args[0].isoformat() == "2026-11-01T06:30:00+00:00"


@pytest.mark.req("REQ-INT-006")
def test_once_the_stop_is_on_file_the_clock_runs_from_there(place: Place, panel: OcclusionPanel) -> None:
    place.desk.course.stop(place.number, StopTyped(place.moment("15:30"), "The port is blocked"))
    panel.reload()
    place.settle()
    assert clock(panel) == ("3 h 30 min", Icon.CLOCK)
    assert not panel.record.isVisible()
    assert "2.5 mL/h" in plain(panel.steps[2].text())


def test_a_time_typed_for_one_order_is_gone_with_it(place: Place, panel: OcclusionPanel) -> None:
    panel.now.click()
    assert panel.day.text == "2026-11-23"
    other = place.day.accept(order_number="RX-2002", **{"patient.record_number": "4471024"})
    panel.show_order(other, TORONTO)
    place.settle()
    assert (panel.day.text, panel.time.text) == ("", "")
    assert clock(panel) == ("–", Icon.CLOCK)
