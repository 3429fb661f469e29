"""At home nothing is paused but for re-accessing the port: what the course advises there."""

from __future__ import annotations

import pytest

from db.engine import Database
from pharmacy_app.domain.order import AdverseEvent
from pharmacy_app.wording import load
from pharmacy_app.workflow.course import Course, StopTyped
from tests.support.bench import Day
from tests.support.ledgers import clock


def advised(database: Database, setting: str, event: AdverseEvent | None) -> list[str]:
    """The codes of what is advised after a stop on the second day."""
    day = Day(database)
    day.stock()
    number = day.accept(setting=setting)
    day.now = clock(day.now.date(), "+1/09:00")
    course = Course(day.station())
    grade = None if event is None else 3
    course.stop(number, StopTyped(clock(day.now.date(), "08:00"), "The port is re-accessed", event, grade))
    found = course.look(number).advice
    assert all(load().finding(each) for each in found)
    return [each.code for each in found]


@pytest.mark.req("REQ-INT-005")
def test_a_plain_stop_at_home_says_that_nothing_is_paused_there(database: Database) -> None:
    assert advised(database, "home", None) == ["event.plain", "event.home"]


@pytest.mark.req("REQ-INT-005")
@pytest.mark.parametrize("setting", ["inpatient", "outpatient"])
def test_elsewhere_it_is_not_said(database: Database, setting: str) -> None:
    assert advised(database, setting, None) == ["event.plain"]


@pytest.mark.req("REQ-INT-005")
def test_a_stop_for_an_adverse_event_is_no_pause(database: Database) -> None:
    assert "event.home" not in advised(database, "home", AdverseEvent.CRS)
