"""The Figures page beside the groups: opening for patients, two revisions, open bags."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from pharmacy_app.wording import Catalogue
from tests.support.commissioning import SECRET
from tests.support.protocols import text_with
from tests.support.stations import OTHER_PHARMACIST, PHARMACIST
from tests.ui.figures.offices import Office
from tests.ui.figures.seen import Seen
from tests.workflow.test_open_bags import OF_ANOTHER_ROW, OF_THIS_ROW, Course
from ui.widgets.band import TrainingBand
from ui.widgets.dialog import BandedDialog


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


@pytest.mark.req("REQ-PRO-004")
def test_a_dialog_carries_the_training_mark_until_the_installation_is_open(
    office: Office, see: Callable[..., Seen], words: Catalogue
) -> None:
    training = see(office)
    dialog = BandedDialog(training.page, words, title="A dialog")
    dialog.show()
    assert [each.isVisible() for each in dialog.findChildren(TrainingBand)] == [True]
    office.site.commission()
    for_patients = see(office)
    later = BandedDialog(for_patients.page, words, title="A dialog")
    later.show()
    assert [each.isVisible() for each in later.findChildren(TrainingBand)] == [False]
    orphan = BandedDialog(None, words, title="A dialog")
    orphan.show()
    assert [each.isVisible() for each in orphan.findChildren(TrainingBand)] == [True]
