"""The place at which a panel of a course is looked at."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pharmacy_app.workflow.desk import Desk
from tests.support.bench import MORNING, Day
from tests.support.courses import RELAPSED
from tests.support.wards import Ward
from tests.ui.course.at_course import AtCourse, Open, at_course
from tests.ui.course.panels import Place
from ui.gateway import Gateway

WEEKLY = (168, 168, 168, 168)


@pytest.fixture
def place(qtbot: QtBot, application: QApplication, desk: Desk) -> Iterator[Place]:
    """09:00 in Toronto on 2026-11-23; an accepted order with a plan of 96 h bags."""
    assert application is not None
    day = Day(desk.open_unit_of_work)
    day.stock()
    day.hire()
    number = day.accept()
    gateway = Gateway()
    yield Place(qtbot, Ward(day, MORNING), desk.at_time(lambda: day.now), number, gateway)
    gateway.close()


@pytest.fixture
def course(qtbot: QtBot, open_window: Open, desk: Desk) -> AtCourse:
    """Seven bags of 96 h at 28 mcg/day."""
    return at_course(qtbot, open_window, desk)


@pytest.fixture
def relapsed(qtbot: QtBot, open_window: Open, desk: Desk) -> AtCourse:
    """A week at 9 mcg/day, then three at 28."""
    return at_course(qtbot, open_window, desk, *WEEKLY, **RELAPSED)
