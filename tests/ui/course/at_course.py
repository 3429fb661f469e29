"""The Course page in the real window, and the hands of whoever works there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from pharmacy_app.workflow.desk import Desk
from tests.support.bench import MORNING, Day
from tests.support.courses import Story
from tests.support.wards import Ward
from tests.ui.conftest import settle
from ui.course.moment_field import TypedMomentField
from ui.course.page import CoursePage
from ui.course.panel import CoursePanel
from ui.main_window import MainWindow
from ui.page import PageName, Subject
from ui.widgets.choice import SegmentedChoice
from ui.widgets.field import Field

Open = Callable[[Desk], MainWindow]
ORDER = "RX-1001"


@dataclass(slots=True)
class AtCourse:
    """A story and the window that shows it."""

    qtbot: QtBot
    window: MainWindow
    story: Story

    @property
    def page(self) -> CoursePage:
        page = self.window.page
        assert isinstance(page, CoursePage)
        return page

    @property
    def panel(self) -> CoursePanel:
        return self.page.course

    @property
    def state(self) -> str:
        return self.panel.state.text.replace("\u00a0", " ")

    def wait(self) -> None:
        for _ in range(4):
            settle(self.qtbot, self.window)
            QTest.qWait(0)

    def at(self, text: str) -> None:
        """Another time; somebody is there all the while, so that the station does not lock."""
        self.story.at(text)
        self.window.idleness.stir()
        self.page.reload()
        self.wait()

    def type_moment(self, field: TypedMomentField, day: str, time: str) -> None:
        for edit, text in ((field.day, day), (field.time, time)):
            self.type(edit, text)

    def type(self, edit: QLineEdit, text: str) -> None:
        edit.setFocus()
        edit.selectAll()
        QTest.keyClicks(edit, text)
        self.wait()

    def choose(self, choice: SegmentedChoice, word: str) -> None:
        next(each for each in choice.segments() if each.text() == word).click()
        self.wait()

    def codes(self, field: Field) -> list[str]:
        return [each.code for each in field.remarks]

    def record_stop(self, day: str, time: str, *, event: str = "None", grade: str = "") -> None:
        form = self.panel.stop
        self.type_moment(form.when, day, time)
        self.type(form.reason.edit, "Port re-accessed")
        self.choose(form.event_kind.choice, event)
        if grade:
            self.choose(form.grade.choice, grade)
        form.send.click()
        self.wait()

    def decide(self) -> None:
        form = self.panel.restart
        self.type(form.prescriber.edit, "Dr. L. Okafor")
        self.type(form.decision.edit, "Go on")

    def send_restart(self) -> None:
        self.panel.restart.send.click()
        self.wait()


def at_course(qtbot: QtBot, open_window: Open, desk: Desk, *sequence_h: int, **order: object) -> AtCourse:
    """An accepted order that begins on 2026-11-23 at 14:00 in Toronto; it is 15:00 a day later."""
    day = Day(desk.open_unit_of_work)
    day.stock()
    day.hire()
    day.accept(*sequence_h, **order)
    story = Story(Ward(day, MORNING))
    story.at("+1/15:00")
    window = open_window(desk.at_time(lambda: day.now))
    window.go_to(PageName.COURSE, Subject(ORDER))
    found = AtCourse(qtbot, window, story)
    found.wait()
    return found
