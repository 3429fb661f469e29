"""What the Label page shows of a label, without a window."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pharmacy_app.domain.errors import RulesRefused, StationTrouble
from pharmacy_app.domain.finding import Mark, Severity, finding
from pharmacy_app.wording import Catalogue
from pharmacy_app.workflow.desk import Desk
from pharmacy_app.workflow.label import MadeLabel
from tests.ui.desks import ORDER, keep, order_document
from ui.label.making import LabelAnswer, LabelRequest, make_label, save_label
from ui.label.presenter import LabelPresenter

REQUEST = LabelRequest("RX-1001", 2, "4x3", 203)


def accepted(desk: Desk, document: dict[str, object] = ORDER) -> Desk:
    keep(desk, document)
    desk.keep_plan(desk.plan(desk.orders()[0].order))
    return desk


def presenter_with(words: Catalogue, answer: LabelAnswer | None) -> LabelPresenter:
    presenter = LabelPresenter(words, stock="4x3")
    presenter.want(REQUEST)
    presenter.take(answer)
    return presenter


def made_by(desk: Desk, request: LabelRequest = REQUEST) -> tuple[LabelAnswer, MadeLabel]:
    answer = make_label(desk, request)
    assert answer is not None
    assert answer.made is not None
    return answer, answer.made


@pytest.mark.req("REQ-LBL-005", "REQ-LBL-011")
def test_a_label_of_an_accepted_plan_is_shown_read_back_and_may_be_saved(
    desk: Desk, words: Catalogue
) -> None:
    answer, made = made_by(accepted(desk))
    view = presenter_with(words, answer).view()
    assert view.title == "TREMBLAY, Anne-Marie"
    assert view.last_bag == 4
    assert view.picture is not None
    assert (view.picture.width, view.picture.height) == (813, 610) or view.picture.width in range(810, 815)
    first, second, third = view.signs
    assert (first.tone, first.text) == ("done", f"Both codes read: {made.content.serial}")
    assert (second.tone, second.text) == ("done", "The text rules hold")
    assert third.text.startswith("Smallest type")
    assert view.may_save
    assert "SPECIMEN" in " ".join((*made.content.marks, made.content.print_text))
    assert "TRAINING – NOT FOR PATIENT USE" in made.content.marks


def test_a_label_of_a_plan_that_was_not_accepted_is_shown_but_not_given_out(
    desk: Desk, words: Catalogue
) -> None:
    keep(desk, ORDER)
    answer, _made = made_by(desk)
    view = presenter_with(words, answer).view()
    assert view.picture is not None
    assert not view.may_save
    assert view.why_not_save == "Accept the plan first. A label belongs to a plan on file."


@pytest.mark.req("REQ-LBL-003")
def test_what_does_not_fit_stops_the_label_in_words(desk: Desk, words: Catalogue) -> None:
    answer, _made = made_by(accepted(desk, order_document(**{"patient.family_name": "W" * 60})))
    view = presenter_with(words, answer).view()
    assert view.picture is None
    assert (view.signs[0].tone, view.signs[0].text) == ("stop", "Not drawn")
    assert view.remarks[0].severity is Severity.STOP
    assert "too wide" in view.remarks[0].sentence
    assert not view.may_save


@pytest.mark.req("REQ-LBL-005")
@pytest.mark.parametrize(
    ("code", "values", "at", "text"),
    [
        ("label-lint.code128", {"found": "1", "expected": "2"}, 0, "The codes do not read as they should"),
        ("label-lint.trailing-zero", {"text": "2.50 mL/h"}, 1, "A text rule is broken"),
    ],
)
def test_a_read_back_that_differs_is_a_stop_and_says_which(  # noqa: PLR0917 - pytest's own
    desk: Desk, words: Catalogue, code: str, values: dict[str, str], at: int, text: str
) -> None:
    answer, made = made_by(accepted(desk))
    stop = finding(code, Severity.STOP, "REQ-LBL-005", Mark.DERIVED, **values)
    wrong = replace(made, pdf=b"", findings=(stop,))
    view = presenter_with(words, replace(answer, made=wrong, picture=None)).view()
    assert (view.signs[at].tone, view.signs[at].text) == ("stop", text)
    assert view.signs[1 - at].tone == "done"
    assert not view.may_save


def test_another_choice_takes_the_old_picture_away_at_once(desk: Desk, words: Catalogue) -> None:
    answer, _made = made_by(accepted(desk))
    presenter = presenter_with(words, answer)
    presenter.want(replace(REQUEST, stock="4x6"))
    view = presenter.view()
    assert (view.picture, view.signs, view.may_save) == (None, (), False)
    assert view.request.stock == "4x6"


def test_a_bag_that_the_plan_does_not_have_is_its_last(desk: Desk, words: Catalogue) -> None:
    answer, made = made_by(accepted(desk), replace(REQUEST, bag=9))
    assert made.bag.number == 4
    assert presenter_with(words, answer).request.bag == 4


@pytest.mark.req("REQ-ORD-003")
def test_a_refused_order_has_no_label(desk: Desk, words: Catalogue) -> None:
    keep(desk, ORDER)
    plan = replace(desk.plan(desk.orders()[0].order), bags=(), totals=None)
    presenter = presenter_with(words, LabelAnswer(REQUEST, plan, 0, None, None))
    assert presenter.view().notice == "No label. The rules stop this order."
    assert presenter.view().picture is None


def test_without_an_order_the_page_says_what_to_do(desk: Desk, words: Catalogue) -> None:
    assert LabelPresenter(words, stock="4x3").view().notice == "No plan yet. Save an order first."
    assert make_label(desk, REQUEST) is None


@pytest.mark.req("REQ-AUD-001")
def test_a_saved_label_is_on_file_with_its_digest(desk: Desk, tmp_path: Path) -> None:
    answer, made = made_by(accepted(desk))
    path = save_label(desk, made, answer.plan_revision, tmp_path / "label.pdf")
    assert path.read_bytes() == made.pdf
    with desk.open_unit_of_work(reading=True) as work:
        (stored,) = work.labels.of_order("RX-1001")
    assert (stored.bag, stored.stock, stored.plan_revision) == (2, "4x3", 1)
    assert stored.sha256 == made.sha256


def test_a_refused_label_is_not_written(desk: Desk, tmp_path: Path) -> None:
    _answer, made = made_by(accepted(desk))
    stop = finding("label-lint.trailing-zero", Severity.STOP, "REQ-LBL-002", Mark.DERIVED, text="2.50")
    with pytest.raises(RulesRefused):
        save_label(desk, replace(made, pdf=b"", findings=(stop,)), 1, tmp_path / "label.pdf")
    assert not (tmp_path / "label.pdf").exists()


def test_a_place_that_cannot_be_written_is_station_trouble(desk: Desk, tmp_path: Path) -> None:
    _answer, made = made_by(accepted(desk))
    with pytest.raises(StationTrouble):
        save_label(desk, made, 1, tmp_path / "nowhere" / "label.pdf")
