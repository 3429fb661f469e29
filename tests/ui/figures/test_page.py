"""The Figures page in the window: typing and signing, by two people."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.support.commissioning import MONOGRAPH, SECRET, group
from tests.support.cut_text import cut_texts
from tests.support.stations import ADMINISTRATOR, OTHER_PHARMACIST
from tests.ui.figures.offices import Office
from tests.ui.figures.seen import Seen
from ui.figures.figure_input import ChoiceInput, OrderInput


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


def test_nothing_is_cut_off_in_any_part_of_the_smallest_window(
    office: Office, see: Callable[..., Seen], qtbot: QtBot
) -> None:
    office.type("bag-96h", bag__96h__28mcg__drug="10.8")
    seen = see(office)
    seen.window.resize(1280, 720)
    for row in seen.page.list.rows:
        seen.choose(row.key)
        qtbot.waitUntil(lambda: cut_texts(seen.window) == [])
