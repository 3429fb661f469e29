"""A bag is made longer or shorter with the mouse at its edge; each rule answers while it moves."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from tests.ui.plan.pages import (
    BEST,
    bars,
    days,
    drag,
    drop,
    left_edge,
    move,
    press,
    right_edge,
    rows,
    sequence,
    spoken,
    take,
)
from ui.plan.page import PlanPage


@pytest.mark.req("REQ-PLN-009")
def test_the_right_edge_makes_a_bag_longer_and_the_next_gives(qtbot: QtBot, page: PlanPage) -> None:
    drag(qtbot, page, right_edge(page, 5), days(page, 1))
    assert sequence(page) == (96, 72, 96, 96, 96, 48, 72, 96)
    assert page.sequence.edit.text() == "96 72 96 96 96 48 72 96"
    assert page.picture.chosen == 5


@pytest.mark.req("REQ-PLN-009")
def test_the_right_edge_makes_a_bag_shorter_and_the_next_takes(qtbot: QtBot, page: PlanPage) -> None:
    drag(qtbot, page, right_edge(page, 1), days(page, -1))
    assert sequence(page) == (72, 96, 96, 96, 72, 72, 72, 96)


@pytest.mark.req("REQ-PLN-009")
def test_the_left_edge_is_the_end_of_the_bag_before(qtbot: QtBot, page: PlanPage) -> None:
    drag(qtbot, page, left_edge(page, 6), days(page, 1))
    assert sequence(page) == (96, 72, 96, 96, 96, 48, 72, 96)


@pytest.mark.req("REQ-PLN-009")
def test_an_edge_can_be_moved_from_one_week_into_another(qtbot: QtBot, page: PlanPage) -> None:
    # Bag 4 ends after the first column of week 3. Three columns to the right of there it would last 7 days.
    drag(qtbot, page, right_edge(page, 4), days(page, 3))
    assert sequence(page) == (96, 72, 96, 168, 72, 72, 96)
    edge = right_edge(page, 4)
    take(page, edge)
    move(page, edge - rows(page, 1) + days(page, 2))
    drop(qtbot, page, edge - rows(page, 1) + days(page, 2))
    assert sequence(page)[3] == 48, "it ends in week 2 now, two days after its beginning"


def test_an_edge_comes_to_stand_where_a_bag_can_end(qtbot: QtBot, page: PlanPage) -> None:
    # Five days are no bag: nearer to 4 than to 7.
    drag(qtbot, page, right_edge(page, 5), days(page, 2))
    assert sequence(page)[4] == 96
    drag(qtbot, page, right_edge(page, 5), days(page, 1) / 3)
    assert sequence(page)[4] == 96


@pytest.mark.req("REQ-PLN-009", "REQ-PLN-008")
def test_while_the_edge_moves_the_bars_move_and_the_card_counts(qtbot: QtBot, page: PlanPage) -> None:
    edge = right_edge(page, 1)
    take(page, edge)
    move(page, edge - days(page, 3))
    assert [bar.piece.heading[0] for bar in bars(page, 1)] == ["Bag 1 · 24 h"]
    assert max(bar.piece.number for bar in page.picture.drawing.bars) == 9
    card = page.picture.card.card
    assert card is not None
    # One bag more; at 9 mcg/day 1 vial for 24 h and 1 for each 72 h: 3, as 2 for 96 h and 1 for 72 h.
    # Line changes: 24|72, the wall, 96|72 and 72|96: 4, as before.
    assert card.title == "Bag 1 · 24 h"
    assert card.lines == ("9 bags (+1) · 24 vials · 4 line changes", "The bags after it are planned anew.")
    assert sequence(page) == BEST, "nothing is changed before the edge is dropped"
    drop(qtbot, page, edge - days(page, 3))
    assert sequence(page) == (24, 72, 72, *BEST[2:])
    assert page.picture.card.card is None


@pytest.mark.req("REQ-PLN-006", "REQ-PLN-009")
def test_the_card_says_what_falls_on_closed_days(page: PlanPage) -> None:
    edge = right_edge(page, 5)
    take(page, edge)
    move(page, edge + days(page, 1))
    card = page.picture.card.card
    assert card is not None
    assert card.lines == ("8 bags · 24 vials · 5 line changes (+1)", "1 change on a closed day (+1)")
    page.picture.give_up_move()


@pytest.mark.req("REQ-PLN-003", "REQ-PLN-009")
def test_across_the_wall_the_rule_answers_at_once_and_dropping_there_changes_nothing(
    qtbot: QtBot, page: PlanPage
) -> None:
    edge = right_edge(page, 2)
    across = edge + rows(page, 1) - days(page, 6)
    take(page, edge)
    move(page, across)
    pieces = [bar.piece for bar in bars(page, 2)]
    assert [(each.row, each.mark) for each in pieces] == [(0, "stop"), (1, "stop")]
    rule = "Bag 2 runs across the dose change at day 8. A bag has one dose."
    assert page.picture.broken.sentence == f"Stop. {rule}"
    assert page.picture.card.card is not None
    assert page.picture.card.card.refused
    drop(qtbot, page, across)
    assert sequence(page) == BEST
    assert [bar.piece.mark for bar in bars(page, 2)] == [""]
    assert page.picture.broken.sentence == ""
    assert spoken(page) == rule, "the sentence stays until something else is done"
    press(page, Qt.Key.Key_Right)
    assert spoken(page) == ""


def test_the_sentence_of_a_broken_rule_stands_under_its_row_and_off_the_bars(page: PlanPage) -> None:
    edge = right_edge(page, 2)
    take(page, edge)
    move(page, edge + rows(page, 1) - days(page, 6))
    grid, box = page.picture.drawing.grid, page.picture.broken.geometry()
    assert grid.bar_bottom(1) <= box.top()
    assert box.bottom() <= grid.bar_top(2)
    assert not box.intersects(page.picture.card.geometry())
    page.picture.give_up_move()


def test_the_left_edge_behind_a_wall_moves_nothing(qtbot: QtBot, page: PlanPage) -> None:
    drag(qtbot, page, left_edge(page, 3), days(page, 1))
    assert sequence(page) == BEST
    assert not page.picture.held


def test_the_pointer_shows_where_an_edge_can_be_taken(page: PlanPage) -> None:
    move(page, right_edge(page, 1))
    assert page.picture.cursor().shape() is Qt.CursorShape.SplitHCursor
    box = bars(page, 1)[0].box
    move(page, QPoint(box.left + 60, box.top + 10))
    assert page.picture.cursor().shape() is Qt.CursorShape.ArrowCursor


def test_esc_gives_the_move_up(qtbot: QtBot, page: PlanPage) -> None:
    edge = right_edge(page, 5)
    take(page, edge)
    move(page, edge + days(page, 1))
    press(page, Qt.Key.Key_Escape)
    assert page.picture.card.card is None
    assert [bar.piece.heading[0] for bar in bars(page, 5)] == ["Bag 5 · 72 h"]
    drop(qtbot, page, edge + days(page, 1))
    assert sequence(page) == BEST
    assert not page.presenter.edited


def test_a_click_on_an_edge_chooses_its_bag_and_changes_nothing(qtbot: QtBot, page: PlanPage) -> None:
    edge = right_edge(page, 6)
    take(page, edge)
    drop(qtbot, page, edge)
    assert page.picture.chosen == 6
    assert not page.presenter.edited


def test_a_move_that_comes_back_is_no_step(qtbot: QtBot, page: PlanPage) -> None:
    edge = right_edge(page, 5)
    take(page, edge)
    move(page, edge + days(page, 1))
    move(page, edge)
    drop(qtbot, page, edge)
    assert sequence(page) == BEST
    assert not page.presenter.edited
