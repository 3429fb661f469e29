"""The Figures page in the window: typing, signing, two people, opening, revisions, open bags."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.person import Actor
from pharmacy_app.workflow.desk import Desk
from tests.support.commissioning import MONOGRAPH, SECRET, group
from tests.support.cut_text import cut_texts
from tests.support.protocols import text_with
from tests.support.stations import ADMINISTRATOR, OTHER_PHARMACIST, PHARMACIST
from tests.ui.conftest import settle
from tests.ui.figures.offices import Office
from tests.workflow.test_open_bags import OF_ANOTHER_ROW, OF_THIS_ROW, Course
from ui.figures.figure_input import ChoiceInput, LineInput, OrderInput
from ui.figures.figure_row import FigureRowView
from ui.figures.page import FiguresPage
from ui.main_window import MainWindow
from ui.page import PageName
from ui.widgets.band import TrainingBand

Open = Callable[[Desk], MainWindow]


class Seen:
    """The page in its window, and the hands on it."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot, self.window = qtbot, window
        window.go_to(PageName.FIGURES)
        self.settle()
        page = window.page
        assert isinstance(page, FiguresPage)
        self.page = page

    def settle(self) -> None:
        settle(self.qtbot, self.window)

    def choose(self, key: str) -> None:
        rows = [each.key for each in self.page.list.rows]
        self.page.list.setCurrentIndex(self.page.list.model().index(rows.index(key), 0))
        self.settle()
        shown = self.page.group
        self.qtbot.waitUntil(lambda: not shown.isVisible() or all(each.isVisible() for each in shown.rows))

    def row(self, figure: str) -> FigureRowView:
        return next(each for each in self.page.group.rows if each.figure_row.name == figure)

    def line(self, figure: str) -> QLineEdit:
        line = self.row(figure).input
        assert isinstance(line, LineInput)
        return line.edit

    def type(self, figure: str, text: str) -> None:
        """Type a value and go on with Enter, as a person does."""
        line = self.line(figure)
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, text)
        QTest.keyClick(line, Qt.Key.Key_Return)
        self.settle()

    @property
    def marked(self) -> bool:
        """Whether the window carries the training mark."""
        band = self.window.findChild(TrainingBand)
        assert band is not None
        return band.isVisible()

    def release(self, serial: str, secret: str) -> None:
        button = self.page.bags.findChild(QPushButton, f"release {serial}")
        assert button is not None
        self.page.bags.secret.edit.setText(secret)
        button.click()
        self.settle()

    def sign(self, secret: str = SECRET) -> None:
        self.page.group.secret.edit.setText(secret)
        self.page.group.button.click()
        self.settle()


@pytest.fixture
def file(migrated_file: Path, tmp_path: Path) -> Path:
    copied = tmp_path / "records.sqlite3"
    shutil.copy(migrated_file, copied)
    return copied


@pytest.fixture
def office(file: Path) -> Office:
    return Office(file)


@pytest.fixture
def see(qtbot: QtBot, open_window: Open) -> Callable[..., Seen]:
    def see(office: Office, actor: Actor = PHARMACIST) -> Seen:
        return Seen(qtbot, open_window(office.desk(actor)))

    return see


@pytest.mark.req("REQ-PRO-003")
def test_a_typed_figure_is_kept_and_uncovers_the_programs(office: Office, see: Callable[..., Seen]) -> None:
    seen = see(office)
    seen.choose("bag-96h")
    assert seen.row("bag.96h.28mcg.drug").program.value is None
    seen.type("bag.96h.28mcg.drug", "10.70")
    row = seen.row("bag.96h.28mcg.drug")
    assert (row.program.value, row.verdict.word) == ("10.7 mL", "Agrees")
    assert seen.line("bag.96h.28mcg.drug").text() == "10.70", "as typed"
    assert len(office.site.entries("figure-typed")) == 1


@pytest.mark.req("REQ-PRO-003")
def test_enter_goes_on_to_the_next_field_and_signs_nothing(office: Office, see: Callable[..., Seen]) -> None:
    seen = see(office)
    seen.choose("doses")
    QTest.keyClick(seen.page.list, Qt.Key.Key_Return)
    assert seen.line("dose.low").hasFocus()
    seen.type("dose.low", "9")
    assert seen.line("dose.full").hasFocus()
    assert office.site.entries("group-signed") == []


@pytest.mark.req("REQ-PRO-003")
def test_a_difference_is_told_beside_both_values_and_cannot_be_signed(
    office: Office, see: Callable[..., Seen]
) -> None:
    office.type("bag-96h")
    seen = see(office)
    seen.choose("bag-96h")
    assert seen.page.group.button.isEnabled()
    seen.type("bag.96h.28mcg.drug", "10.8")
    row = seen.row("bag.96h.28mcg.drug")
    assert (row.program.value, row.verdict.word) == ("10.7 mL", "Differs")
    assert [each.sentence for each in row.findings.remarks] == [
        "Drug volume, 96 h, 28 mcg/day: program 10.7 mL, typed 10.8 mL. Commissioning waits."
    ]
    assert not seen.page.group.button.isEnabled()


def test_what_cannot_be_read_stays_and_is_refused_at_its_field(
    office: Office, see: Callable[..., Seen]
) -> None:
    seen = see(office)
    seen.choose("bag-96h")
    seen.type("bag.96h.28mcg.drug", "10,7")
    assert seen.line("bag.96h.28mcg.drug").text() == "10,7"
    assert seen.line("bag.96h.28mcg.drug").property("mark") == "stop"
    assert seen.row("bag.96h.28mcg.drug").program.value is None
    assert office.site.entries("figure-typed") == []


def test_what_is_being_typed_is_not_touched_when_the_file_answers(
    office: Office, see: Callable[..., Seen]
) -> None:
    seen = see(office)
    seen.choose("doses")
    seen.type("dose.low", "9")
    QTest.keyClicks(seen.line("dose.full"), "2")
    seen.page.reload()
    seen.settle()
    assert seen.line("dose.full").text() == "2"


def test_names_are_chosen_and_steps_put_in_order(office: Office, see: Callable[..., Seen]) -> None:
    seen = see(office)
    seen.choose("bag-96h")
    diluent = seen.row("bag.96h.diluent").input
    assert isinstance(diluent, ChoiceInput)
    diluent.choice.segments()[0].click()
    seen.settle()
    assert seen.row("bag.96h.diluent").verdict.word == "Agrees"
    seen.choose("supplies")
    materials = seen.row("supply.dehp_free_materials").input
    assert isinstance(materials, ChoiceInput)
    for segment in materials.choice.segments():
        segment.click()
        seen.settle()
    assert seen.row("supply.dehp_free_materials").verdict.word == "Agrees"
    seen.choose("preservative-free")
    steps = seen.row("preservative-free.steps").input
    assert isinstance(steps, OrderInput)
    for place, step in enumerate(("saline-preservative-free", "stabilizer", "drug")):
        steps.boxes[place].setCurrentIndex(steps.boxes[place].findData(step))
        steps.boxes[place].activated.emit(steps.boxes[place].currentIndex())
        seen.settle()
    assert seen.row("preservative-free.steps").verdict.word == "Agrees"


@pytest.mark.req("REQ-PRO-003")
def test_a_group_is_signed_with_the_secret_which_is_gone_afterwards(
    office: Office, see: Callable[..., Seen]
) -> None:
    office.type("doses")
    seen = see(office)
    seen.choose("doses")
    seen.sign("wrong horse 7")
    assert [each.code for each in seen.page.group.said] == ["person.sign-in-refused"]
    assert seen.page.group.secret.text == ""
    assert office.site.entries("group-signed") == []
    seen.sign()
    assert seen.page.group.said == ()
    assert seen.page.group.secret.text == ""
    assert seen.page.group.why_not == "You have signed what stands here."
    assert len(office.site.entries("group-signed")) == 1


@pytest.mark.req("REQ-PRO-003")
def test_a_second_pharmacist_at_the_same_station_begins_with_empty_fields(
    office: Office, see: Callable[..., Seen]
) -> None:
    office.type("doses", sign=True)
    seen = see(office, OTHER_PHARMACIST)
    seen.choose("doses")
    assert [seen.line(name).text() for name in group("doses").names] == [""] * 4
    assert [each.program.value for each in seen.page.group.rows] == [None] * 4
    for name in group("doses").names:
        seen.type(name, MONOGRAPH[name])
    seen.sign()
    assert next(each for each in seen.page.list.rows if each.key == "doses").state == "Signed by two"


@pytest.mark.req("REQ-PRO-003")
def test_the_secret_of_one_group_is_not_carried_to_the_next(office: Office, see: Callable[..., Seen]) -> None:
    office.type("doses")
    seen = see(office)
    seen.choose("doses")
    seen.page.group.secret.edit.setText(SECRET)
    seen.choose("vial")
    seen.choose("doses")
    assert seen.page.group.secret.text == ""


def test_an_administrator_types_nothing(office: Office, see: Callable[..., Seen]) -> None:
    seen = see(office, ADMINISTRATOR)
    seen.choose("doses")
    assert seen.line("dose.low").isReadOnly()
    assert not seen.page.group.secret.isVisible()
    assert not seen.page.group.button.isEnabled()


@pytest.mark.req("REQ-PRO-003", "REQ-PRO-004")
def test_two_people_open_the_installation_and_only_then_the_training_mark_goes(
    office: Office, see: Callable[..., Seen]
) -> None:
    office.site.sign_protocol(PHARMACIST, OTHER_PHARMACIST)
    office.site.sign_site(PHARMACIST, OTHER_PHARMACIST)
    seen = see(office)
    seen.choose("opening")
    opening = seen.page.opening
    opening.own.edit.setText(SECRET)
    opening.name.edit.setText("achen")
    opening.second.edit.setText(SECRET)
    opening.button.click()
    seen.settle()
    assert [each.code for each in opening.said] == ["person.second-is-the-same"]
    assert seen.marked is True
    opening.own.edit.setText(SECRET)
    opening.name.edit.setText("spark")
    opening.second.edit.setText(SECRET)
    opening.button.click()
    seen.settle()
    assert office.site.rules().protocol.commissioned is True
    assert [each.isVisible() for each in seen.window.findChildren(TrainingBand)] == [False]
    assert (opening.own.text, opening.second.text) == ("", "")
    assert not opening.button.isVisible()


@pytest.mark.req("REQ-PRO-004")
def test_the_training_mark_is_back_where_the_protocol_is_not_commissioned(
    office: Office, see: Callable[..., Seen], tmp_path: Path, migrated_file: Path
) -> None:
    office.site.commission()
    assert not see(office).marked
    other = tmp_path / "other.sqlite3"
    shutil.copy(migrated_file, other)
    assert see(Office(other)).marked


def test_what_is_left_to_do_is_listed_and_the_button_says_so(
    office: Office, see: Callable[..., Seen]
) -> None:
    seen = see(office)
    seen.choose("opening")
    assert len(seen.page.opening.remarks) == 17 + 6
    assert not seen.page.opening.button.isEnabled()


@pytest.mark.req("REQ-PRO-003")
def test_another_revision_is_chosen_as_a_file_and_stands_beside_the_one_in_use(
    office: Office, see: Callable[..., Seen], tmp_path: Path
) -> None:
    path = tmp_path / "other.toml"
    seen = see(office)
    seen.choose("revisions")
    seen.page.ask_path = lambda: path
    seen.page.revisions.choose.click()
    seen.settle()
    assert seen.page.presenter.view().revisions.remarks[0].code == "expected.file-there"  # type: ignore[union-attr]
    path.write_text(text_with("bag.96h.28mcg.drug", "10.8"), encoding="utf-8")
    seen.page.revisions.choose.click()
    seen.settle()
    assert seen.page.revisions.sentence == "1 figure differs."
    seen.page.ask_path = lambda: None
    seen.page.revisions.choose.click()
    assert seen.page.presenter.view().revisions.rows[0].new == "10.8 mL"  # type: ignore[union-attr]


@pytest.mark.req("REQ-PRO-005")
def test_open_bags_are_listed_and_one_with_the_same_figures_goes_on_after_a_signature(
    file: Path, see: Callable[..., Seen]
) -> None:
    course = Course(Office(file, hire=False).site.database)  # type: ignore[arg-type]
    other = course.revision(*OF_ANOTHER_ROW)
    course.open(other)
    seen = see(Office(file, other.file, hire=False))
    seen.choose("bags")
    seen.release(course.serial, "wrong horse 7")
    assert [each.code for each in seen.page.bags.said] == ["person.sign-in-refused"]
    seen.release(course.serial, SECRET)
    assert course.stops(other) == []
    assert seen.page.bags.findChild(QPushButton, f"release {course.serial}") is None


@pytest.mark.req("REQ-PRO-005")
def test_a_differing_bag_is_listed_with_what_replaces_it_before_the_switch(
    file: Path, see: Callable[..., Seen]
) -> None:
    course = Course(Office(file, hire=False).site.database)  # type: ignore[arg-type]
    other = course.revision(*OF_THIS_ROW)
    seen = see(Office(file, other.file, hire=False))
    seen.choose("opening")
    assert seen.page.presenter.view().opening.serials == (course.serial,)  # type: ignore[union-attr]
    seen.choose("bags")
    (row,) = seen.page.presenter.view().bags  # type: ignore[union-attr]
    assert row.sentence == "Cannot be used any more: Drug volume, 96 h, 28 mcg/day."
    assert row.lines == (
        "Drug volume, 96 h, 28 mcg/day: 10.7 mL, now 10.8 mL",
        "Made anew: 10.8 mL drug, 4 vials, 2.5 mL/h.",
    )
    assert row.may_release is False
    seen.choose("opening")
    opening = seen.page.opening
    opening.own.edit.setText(SECRET)
    opening.name.edit.setText("spark")
    opening.second.edit.setText(SECRET)
    opening.button.click()
    seen.settle()
    assert opening.said == ()
    assert other.rules.refresh().protocol.commissioned is True


def test_nothing_is_cut_off_in_any_part_of_the_smallest_window(
    office: Office, see: Callable[..., Seen], qtbot: QtBot
) -> None:
    office.type("bag-96h", bag__96h__28mcg__drug="10.8")
    seen = see(office)
    seen.window.resize(1280, 720)
    for row in seen.page.list.rows:
        seen.choose(row.key)
        qtbot.waitUntil(lambda: cut_texts(seen.window) == [])
