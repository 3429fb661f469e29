"""The ICE form: the score as the largest thing, its grade in words, the scores before, and the next one."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from pharmacy_app.domain.ice_score import IceItem
from tests.support.cut_text import cut_texts
from tests.ui.course.panels import TORONTO, Place
from ui.course.ice import IcePanel, Question
from ui.icons import Icon
from ui.widgets.card import ValueRow


@pytest.fixture
def panel(place: Place) -> IcePanel:
    panel = place.show(IcePanel)
    panel.show_order(place.number, TORONTO)
    place.settle()
    return panel


def press(question: Question, value: str) -> None:
    question.choice.segments()[["yes", "no"].index(value)].click()


def answer(panel: IcePanel, points: int, *, of: int = 10) -> None:
    """So many questions are answered, so many of them with yes."""
    for at, item in enumerate(list(IceItem)[:of]):
        press(panel.questions[item], "yes" if at < points else "no")


def history(panel: IcePanel) -> list[tuple[str, str]]:
    rows = (each for each in panel.findChildren(ValueRow) if each.isVisibleTo(panel))
    return [(each._name.text(), each.value) for each in rows]


def codes(panel: IcePanel) -> list[str]:
    return [each.code for each in panel.findings.remarks]


@pytest.mark.req("REQ-MOD-005")
def test_no_answer_is_assumed_and_a_part_of_the_questions_gives_no_score(panel: IcePanel) -> None:
    assert panel.draft.given == ()
    assert panel.score.number == "–"
    answer(panel, 4, of=9)
    assert panel.score.number == "–"
    assert panel.sentence.text() == "No score before every question is answered."
    assert not panel.stop.isVisible()


@pytest.mark.req("REQ-MOD-005")
@pytest.mark.parametrize(
    ("points", "sentence", "icon"),
    [
        (10, "No ICANS by this score.", Icon.DONE),
        (9, "ICANS grade 1 by this score – follow your institutional protocol", Icon.REASON),
        (5, "ICANS grade 2 by this score – follow your institutional protocol", Icon.REASON),
        (2, "ICANS grade 3 by this score – follow your institutional protocol", Icon.STOP),
    ],
)
def test_the_score_is_told_with_its_grade_in_words(
    place: Place, panel: IcePanel, points: int, sentence: str, icon: Icon
) -> None:
    answer(panel, points)
    assert panel.score.number == str(points)
    assert panel.sentence.text().startswith(sentence)
    assert panel.icon._icon is icon
    assert not panel.roused.isVisible()
    place.settle()
    assert cut_texts(panel) == []


@pytest.mark.req("REQ-MOD-005")
@pytest.mark.parametrize(("roused", "grade"), [("yes", "3"), ("no", "4")])
def test_no_points_ask_whether_the_patient_can_be_roused(
    place: Place, panel: IcePanel, roused: str, grade: str
) -> None:
    answer(panel, 0)
    assert panel.roused.isVisible()
    assert panel.sentence.text() == "Grade 3 or grade 4: answer whether the patient can be roused."
    assert not panel.stop.isVisible()
    press(panel.roused, roused)
    assert panel.sentence.text().startswith(f"ICANS grade {grade} ")
    place.settle()
    assert cut_texts(panel) == []


@pytest.mark.req("REQ-MOD-005")
def test_an_open_question_is_told_and_nothing_is_kept(place: Place, panel: IcePanel) -> None:
    panel.keep.click()
    place.settle()
    assert codes(panel) == ["ice.incomplete", "ice.symptoms-not-answered"]
    answer(panel, 0)
    assert codes(panel) == []
    press(panel.symptoms, "yes")
    panel.keep.click()
    place.settle()
    assert codes(panel) == ["ice.roused-not-answered"]
    assert place.desk.ice.of_order(place.number) == ()
    assert cut_texts(panel) == []


@pytest.mark.req("REQ-MOD-005")
def test_scores_stand_with_their_times_the_newest_on_top_and_the_next_one_is_named(
    place: Place, panel: IcePanel
) -> None:
    answer(panel, 10)
    press(panel.symptoms, "no")
    panel.keep.click()
    place.settle()
    assert panel.draft.given == ()
    assert panel.due.text() == "No next score is due: no symptoms, full points."
    place.at("20:00")
    answer(panel, 5)
    press(panel.symptoms, "yes")
    panel.keep.click()
    place.settle()
    assert history(panel) == [
        ("2026-NOV-23 20:00", "5 · grade 2"),
        ("2026-NOV-23 09:00", "10 · no ICANS"),
    ]
    assert panel.due.text() == "Next score by 2026-NOV-24 04:00, or earlier."
    assert not panel.due_icon.isVisible()
    place.at("+1/04:00")
    panel.reload()
    place.settle()
    assert panel.due.text() == "A score was due at 2026-NOV-24 04:00. Take it now."
    assert panel.due_icon.isVisible()


@pytest.mark.req("REQ-MOD-005")
def test_a_stop_can_be_recorded_with_the_grade_of_the_score(place: Place, panel: IcePanel) -> None:
    answer(panel, 2)
    with place.qtbot.waitSignal(panel.stop_wanted) as wanted:
        panel.stop.click()
    assert wanted.args == [3]
    answer(panel, 10)
    assert not panel.stop.isVisible()


def test_what_was_answered_for_one_order_is_gone_with_it(place: Place, panel: IcePanel) -> None:
    answer(panel, 7)
    panel.show_order(place.number, TORONTO)
    assert panel.score.number == "7"
    panel.show_order("RX-2002", TORONTO)
    place.settle()
    assert panel.draft.given == ()


def test_there_is_no_field_for_free_text(panel: IcePanel) -> None:
    assert panel.findChildren(QLineEdit) == []
    assert panel.findChildren(QPlainTextEdit) == []


def test_every_question_has_its_own_words_and_none_is_cut(panel: IcePanel) -> None:
    names = {each.choice.accessibleName() for each in panel.questions.values()}
    assert len(names) == 10
    assert cut_texts(panel) == []
