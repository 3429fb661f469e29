"""The ICE score against the guide's table: 7-9 grade 1, 3-6 grade 2, 0-2 grade 3, 0 grade 4."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pharmacy_app.domain.ice_score import (
    CATEGORIES,
    IceAnswer,
    IceItem,
    IceScore,
    icans_grade,
    ice_key,
    is_complete,
    must_ask_whether_roused,
    points_of,
)

NOON = datetime(2026, 11, 25, 17, 0, tzinfo=UTC)


def answers(points: int) -> tuple[IceAnswer, ...]:
    """Every question answered, so many of them right."""
    return tuple(IceAnswer(item, number < points) for number, item in enumerate(IceItem))


def score(points: int, *, symptoms: bool, roused: bool | None = None) -> IceScore:
    return IceScore("RX-1001", 1, NOON, answers(points), roused, symptoms)


@pytest.mark.req("REQ-MOD-005")
def test_the_ten_questions_stand_in_five_parts_of_four_three_one_one_and_one() -> None:
    assert {name: len(items) for name, items in CATEGORIES.items()} == {
        "orientation": 4, "naming": 3, "commands": 1, "writing": 1, "attention": 1,
    }  # fmt: skip
    assert sorted(item.value for items in CATEGORIES.values() for item in items) == [
        "city", "command", "counting", "first-object", "month", "place", "second-object", "sentence",
        "third-object", "year",
    ]  # fmt: skip


@pytest.mark.req("REQ-MOD-005")
@pytest.mark.parametrize(
    ("points", "grade"),
    [(10, 0), (9, 1), (8, 1), (7, 1), (6, 2), (5, 2), (4, 2), (3, 2), (2, 3), (1, 3)],
)
def test_points_give_the_grade_of_the_guide_and_ten_give_none(points: int, grade: int) -> None:
    assert points_of(answers(points)) == points
    assert icans_grade(points, roused=None) == grade
    assert not must_ask_whether_roused(points)


@pytest.mark.req("REQ-MOD-005")
@pytest.mark.parametrize(("roused", "grade"), [(None, None), (True, 3), (False, 4)])
def test_no_points_are_grade_3_or_4_by_whether_the_patient_can_be_roused(
    roused: bool | None, grade: int | None
) -> None:
    assert must_ask_whether_roused(0)
    assert icans_grade(0, roused=roused) == grade


@pytest.mark.req("REQ-MOD-005")
@pytest.mark.parametrize(
    ("points", "symptoms", "again"),
    [(10, False, False), (10, True, True), (9, False, True), (9, True, True), (0, False, True)],
)
def test_it_is_taken_again_after_8_hours_while_there_are_symptoms_by_eye_or_by_the_score(
    points: int, *, symptoms: bool, again: bool
) -> None:
    due = score(points, symptoms=symptoms).next_due
    assert due == (datetime(2026, 11, 26, 1, 0, tzinfo=UTC) if again else None)


@pytest.mark.req("REQ-MOD-005")
def test_a_question_that_is_missing_or_answered_twice_makes_no_score() -> None:
    assert is_complete(answers(4))
    assert is_complete(tuple(reversed(answers(4))))
    assert not is_complete(answers(4)[1:])
    assert not is_complete(())
    assert not is_complete((*answers(4)[1:], IceAnswer(IceItem.MONTH, right=True)))
    assert not is_complete((*answers(4), IceAnswer(IceItem.YEAR, right=True)))


def test_the_scores_of_an_order_have_keys_of_their_own() -> None:
    assert score(10, symptoms=False).key == ice_key("RX-1001", 1) == "RX-1001\n1"
    assert ice_key("RX-1", 11) != ice_key("RX-11", 1)
