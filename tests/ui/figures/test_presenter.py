"""What the Figures page shows: covered figures, differences in words, progress, signatures, what is left."""

from __future__ import annotations

from pathlib import Path

import pytest

from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.person import Actor
from pharmacy_app.wording import Catalogue
from tests.support.commissioning import SECRET
from tests.support.protocols import altered, text_with
from tests.support.stations import ADMINISTRATOR, OTHER_PHARMACIST, PHARMACIST, TECHNICIAN
from tests.ui.figures.offices import Office
from ui.figures.presenter import FiguresPresenter
from ui.figures.view import FigureRow, FiguresView, GroupView, InputKind, ListRow


class Shown:
    """A presenter that has been told what is on file for one person."""

    def __init__(self, office: Office, words: Catalogue, actor: Actor = PHARMACIST) -> None:
        self._office, self._actor = office, actor
        self.presenter = FiguresPresenter(words, zone="America/Toronto")
        self.reload()

    def reload(self) -> None:
        self.presenter.take(self._office.site.commissioning(self._actor).overview())

    @property
    def view(self) -> FiguresView:
        view = self.presenter.view()
        assert view is not None
        return view

    def group(self, name: str) -> GroupView:
        self.presenter.choose(name)
        group = self.view.group
        assert group is not None
        return group

    def row(self, group: str, figure: str) -> FigureRow:
        return next(each for each in self.group(group).rows if each.name == figure)

    def listed(self, key: str) -> ListRow:
        return next(each for each in self.view.rows if each.key == key)


@pytest.mark.req("REQ-PRO-003")
def test_the_programs_figure_is_covered_until_a_value_is_on_file(office: Office, words: Catalogue) -> None:
    shown = Shown(office, words)
    drug = "bag.96h.28mcg.drug"
    assert shown.row("bag-96h", drug).program is None
    assert shown.presenter.type(drug, "10.8") is True
    assert shown.row("bag-96h", drug).program is None, "not before it is kept"
    office.site.commissioning().type_figure(drug, "10.8")
    shown.reload()
    row = shown.row("bag-96h", drug)
    assert (row.program, row.text, row.verdict, row.tone) == ("10.7 mL", "10.8", "Differs", "stop")
    assert [f"{each.lead} {each.sentence}" for each in row.remarks] == [
        "Stop. Drug volume, 96 h, 28 mcg/day: program 10.7 mL, typed 10.8 mL. Commissioning waits."
    ]


@pytest.mark.req("REQ-PRO-003")
def test_what_cannot_be_read_stays_as_typed_is_refused_and_uncovers_nothing(
    office: Office, words: Catalogue
) -> None:
    shown = Shown(office, words)
    assert shown.presenter.type("bag.96h.28mcg.drug", "10,7") is False
    shown.reload()
    row = shown.row("bag-96h", "bag.96h.28mcg.drug")
    assert (row.text, row.program, row.verdict) == ("10,7", None, "")
    assert [each.sentence for each in row.remarks] == [
        "Given 10,7. Expected a number above 0 with a point, unit mL."
    ]
    assert shown.group("bag-96h").why_not == "What differs cannot be signed. Look it up again."


@pytest.mark.req("REQ-PRO-003")
def test_the_second_pharmacist_sees_covered_figures_and_empty_fields(
    office: Office, words: Catalogue
) -> None:
    office.type("doses", sign=True)
    shown = Shown(office, words, OTHER_PHARMACIST)
    group = shown.group("doses")
    assert [(each.program, each.text) for each in group.rows] == [(None, "")] * 4
    assert group.signatures == (
        ("done", "A. Chen signed 2026-NOV-20 04:12"),
        ("note", "A second pharmacist has not signed."),
    )
    assert shown.listed("doses").state == "One signed"


@pytest.mark.req("REQ-PRO-003")
def test_progress_counts_what_agrees_what_differs_and_what_is_left(office: Office, words: Catalogue) -> None:
    office.type("doses", dose__full="29")
    office.type("vial", OTHER_PHARMACIST)
    shown = Shown(office, words)
    assert shown.view.facts == (("3 of 108 figures agree · 1 differs · 104 to do", ""),)
    assert shown.group("doses").progress == "3 of 4 figures agree · 1 differs"
    assert shown.group("vial").progress == "0 of 7 figures agree · 7 to do"
    assert [shown.listed(key).state for key in ("doses", "vial")] == ["Differs", "To do"]


@pytest.mark.req("REQ-PRO-003")
def test_a_group_can_be_signed_when_all_of_it_agrees_and_not_twice(office: Office, words: Catalogue) -> None:
    office.type("doses", dose__full="29")
    assert Shown(office, words).group("doses").why_not == "What differs cannot be signed. Look it up again."
    office.type("doses")
    shown = Shown(office, words)
    assert shown.group("doses").why_not == ""
    assert shown.group("vial").why_not == "To type before you can sign: 7."
    office.type("doses", sign=True)
    shown.reload()
    assert shown.group("doses").why_not == "You have signed what stands here."
    office.type("doses", OTHER_PHARMACIST, sign=True)
    shown.reload()
    assert (shown.listed("doses").state, shown.listed("doses").tone) == ("Signed by two", "done")


@pytest.mark.parametrize("actor", [TECHNICIAN, ADMINISTRATOR])
def test_who_is_no_pharmacist_types_nothing_and_is_told_who_does(
    office: Office, words: Catalogue, actor: Actor
) -> None:
    shown = Shown(office, words, actor)
    group = shown.group("doses")
    assert group.may_type is False
    assert group.why_not == "Figures are typed and signed by pharmacists, under their own account."
    assert shown.view.facts == (("0 of 17 groups signed by two", ""),)


@pytest.mark.req("REQ-BUD-002")
def test_where_published_texts_differ_both_stand_beside_the_field(office: Office, words: Catalogue) -> None:
    shown = Shown(office, words)
    room = shown.row("stability", "preservative-free.room_limit")
    assert room.note == (
        "Texts differ: 96 h (4 days), recalled, and one hospital's manual; "
        "United States labelling 2014 to 2016 says 48 h."
    )
    refrigerated = shown.row("stability", "preservative-free.refrigerated_limit")
    assert refrigerated.note.startswith("Texts differ: 240 h (10 days), ")
    assert refrigerated.note.endswith("United States labelling 2014 to 2016 says 8 days.")


def test_every_figure_tells_its_mark_and_source_in_words(office: Office, words: Catalogue) -> None:
    shown = Shown(office, words)
    assert shown.row("doses", "dose.low").note == "quoted · guide: Treatment overview, table 3"
    assert shown.row("bag-24h", "bag.24h.9mcg.drug").note.startswith("recalled from the labelling")
    for group in [each.key for each in shown.view.rows if each.state]:
        for row in shown.group(group).rows:
            assert row.caption
            assert row.note


@pytest.mark.req("REQ-BUD-003")
def test_a_sterility_limit_has_no_default_and_says_what_that_means(office: Office, words: Catalogue) -> None:
    row = Shown(office, words).row("site-sterility", "sterility.room")
    assert (row.program, row.note) == ("training example", "Not set: no bag can be released.")
    office.site.sign_site(PHARMACIST, OTHER_PHARMACIST, sterility__room="")
    assert Shown(office, words).row("site-sterility", "sterility.room").program == "not set"
    office.site.now = office.site.now.replace(hour=12)
    for who in (PHARMACIST, OTHER_PHARMACIST):
        office.site.commissioning(who).type_figure("sterility.room", "24")
        office.site.commissioning(who).sign("site-sterility", secret=SECRET)
    assert Shown(office, words).row("site-sterility", "sterility.room").program == "24 h"


@pytest.mark.req("REQ-PRO-003")
def test_a_site_figure_on_which_two_differ_is_marked_without_the_others_value(
    office: Office, words: Catalogue
) -> None:
    for who, hours in ((PHARMACIST, "96"), (OTHER_PHARMACIST, "48")):
        office.site.commissioning(who).type_figure("sterility.room", hours)
        office.site.commissioning(who).sign("site-sterility", secret=SECRET)
    shown = Shown(office, words)
    row = shown.row("site-sterility", "sterility.room")
    assert (row.verdict, row.text) == ("Differs", "96")
    assert "48" not in " ".join(each.sentence for each in row.remarks)
    assert shown.listed("site-sterility").tone == "stop"


def test_each_kind_of_figure_has_its_own_input(office: Office, words: Catalogue) -> None:
    shown = Shown(office, words)
    kinds = {
        ("bag-96h", "bag.96h.rate"): InputKind.LINE,
        ("bag-96h", "bag.96h.diluent"): InputKind.ONE,
        ("supplies", "supply.dehp_free_materials"): InputKind.MANY,
        ("supplies", "bag.durations"): InputKind.LINE,
        ("bacteriostatic", "bacteriostatic.steps"): InputKind.IN_ORDER,
        ("site-priming", "set.primed_by"): InputKind.ONE,
        ("site-pharmacy", "pharmacy.name"): InputKind.LINE,
    }
    assert {key: shown.row(*key).kind for key in kinds} == kinds
    assert shown.row("supplies", "bag.durations").example == "such as 1, 2"


@pytest.mark.req("REQ-PRO-003")
def test_what_keeps_an_installation_in_training_is_listed_and_nobodys_value_is_told(
    office: Office, words: Catalogue
) -> None:
    office.type("doses", sign=True)
    office.type("bag-96h", bag__96h__28mcg__drug="10.8")
    opening = Shown(office, words, OTHER_PHARMACIST).view.opening
    assert opening.sentence == "This installation is for training."
    sentences = [each.sentence for each in opening.remarks]
    assert (
        sentences[0] == "Drug volume, 96 h, 28 mcg/day: a pharmacist typed another value than the program's."
    )
    assert "Doses: signed by 1 of 2." in sentences
    assert "96 h bag: signed by 0 of 2." in sentences
    assert "Name on labels is not set." in sentences
    assert len(sentences) == 1 + 17 + 6
    assert (opening.asks, opening.why_not) == (False, "Opens when nothing is left in this list.")


@pytest.mark.req("REQ-PRO-003")
def test_when_nothing_is_left_a_pharmacist_or_administrator_may_open_it(
    office: Office, words: Catalogue
) -> None:
    office.site.sign_protocol(PHARMACIST, OTHER_PHARMACIST)
    office.site.sign_site(PHARMACIST, OTHER_PHARMACIST)
    for actor in (PHARMACIST, ADMINISTRATOR):
        opening = Shown(office, words, actor).view.opening
        assert (opening.asks, opening.why_not, opening.remarks) == (True, "", ())
        assert opening.ready.startswith("Every group is signed by two pharmacists")
    opening = Shown(office, words, TECHNICIAN).view.opening
    assert opening.asks is False
    assert opening.why_not == "A pharmacist or an administrator opens it, under an own account."


@pytest.mark.req("REQ-PRO-003")
def test_once_open_the_page_says_who_opened_it_and_asks_for_nothing(office: Office, words: Catalogue) -> None:
    office.site.commission()
    shown = Shown(office, words)
    opening = shown.view.opening
    assert opening.sentence == "This installation is for patients."
    assert opening.since == "Opened by A. Chen and S. Park on 2026-NOV-20 04:12, after this protocol."
    assert (opening.explained, opening.asks) == ("", False)
    assert shown.view.facts == (("17 of 17 groups signed by two", ""),)
    changed = Office(office.file, altered("dose.tolerance", "2.4"), hire=False)
    waiting = Shown(changed, words).view.opening
    assert waiting.sentence == "This protocol is not commissioned: no bag can be released."
    assert len(waiting.remarks) == 17


@pytest.mark.req("REQ-PRO-003")
def test_two_revisions_stand_side_by_side(office: Office, words: Catalogue) -> None:
    shown = Shown(office, words)
    assert shown.view.revisions.rows == ()
    other = altered("bag.96h.28mcg.drug", "10.8")
    found = office.site.commissioning().compare(_written(office, other_text="10.8"))[1]
    shown.presenter.take_comparison(other, found)
    view = shown.view.revisions
    assert view.sentence == "1 figure differs."
    (row,) = view.rows
    assert (row.caption, row.old, row.new) == ("Drug volume, 96 h, 28 mcg/day", "10.7 mL", "10.8 mL")
    shown.presenter.take_comparison(other, ())
    assert shown.view.revisions.sentence == "Every figure is the same."


def _written(office: Office, *, other_text: str) -> Path:
    path = office.file.with_name("other.toml")
    path.write_text(text_with("bag.96h.28mcg.drug", other_text), encoding="utf-8")
    return path


def test_a_refused_command_is_said_and_forgotten_with_the_next_row(office: Office, words: Catalogue) -> None:
    shown = Shown(office, words)
    with pytest.raises(RulesRefused) as refused:
        office.site.commissioning().sign("doses", secret="wrong")
    shown.presenter.refuse(refused.value)
    assert [each.code for each in shown.view.said] == ["person.sign-in-refused"]
    shown.presenter.choose("vial")
    assert shown.view.said == ()
