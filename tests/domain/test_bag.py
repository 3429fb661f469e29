"""A bag's life: the whole table of states and moves, as a person would write it on paper."""

from __future__ import annotations

import pytest

from pharmacy_app.domain.bag import OPEN, BagMove, BagState, check_move, state_after

# One line for each state; a dot is no. Columns: start, work, finish, abandon, check, release, reject, match,
# refrigerate, take-out, dispense, hang, move-line, stop, release-again, end, void. In the table: the first
# letters of the state that follows.
TABLE = """
                st wo fi ab ch re rj ma in ou di ha ml so ra en vo
in-preparation  .  ip pr ab .  .  rj .  .  .  .  .  .  .  .  .  vo
prepared        .  .  .  .  pr rl rj .  pr pr .  .  .  .  .  .  vo
released        .  .  .  .  .  .  rj rl rl rl di .  .  .  .  .  vo
dispensed       .  .  .  .  .  .  rj di di di .  hu .  .  .  .  vo
hung            .  .  .  .  .  .  .  .  .  .  .  .  hu so .  en .
stopped         .  .  .  .  .  .  .  .  .  .  .  .  .  .  di en vo
ended           .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
abandoned       .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
rejected        .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
void            .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
"""
MOVES = {
    "st": "start", "wo": "work", "fi": "finish", "ab": "abandon", "ch": "check", "re": "release",
    "rj": "reject", "ma": "match", "in": "refrigerate", "ou": "take-out", "di": "dispense", "ha": "hang",
    "ml": "move-line", "so": "stop", "ra": "release-again", "en": "end", "vo": "void",
}  # fmt: skip
STATES = {
    "ip": "in-preparation", "pr": "prepared", "rl": "released", "di": "dispensed", "hu": "hung",
    "so": "stopped", "en": "ended", "ab": "abandoned", "rj": "rejected", "vo": "void",
}  # fmt: skip


def lines() -> list[tuple[str, str, str | None]]:
    """State, move, and the state that follows; None: the move is not legal."""
    head, *rows = [line.split() for line in TABLE.strip().splitlines()]
    return [
        (state, MOVES[move], STATES.get(after))
        for state, *cells in rows
        for move, after in zip(head, cells, strict=True)
    ]


@pytest.mark.parametrize(("state", "move", "after"), lines())
def test_a_state_allows_a_move_or_does_not(state: str, move: str, after: str | None) -> None:
    found = state_after(BagState(state), BagMove(move))
    assert (None if found is None else found.value) == after
    stops = check_move(BagState(state), BagMove(move))
    assert bool(stops) == (after is None)


def test_the_table_has_every_state_and_every_move() -> None:
    assert {state for state, _, _ in lines()} == {each.value for each in BagState}
    assert {move for _, move, _ in lines()} == {each.value for each in BagMove}


def test_a_bag_is_open_as_long_as_something_can_still_happen_to_it() -> None:
    living = {state for state, _, after in lines() if after is not None}
    assert {each.value for each in OPEN} == living


@pytest.mark.req("REQ-VER-005")
def test_no_way_leads_to_the_patient_but_by_the_release_and_the_dispensing() -> None:
    to_hung = {(state, move) for state, move, after in lines() if after == "hung"}
    to_dispensed = {(state, move) for state, move, after in lines() if after == "dispensed"}
    to_released = {(state, move) for state, move, after in lines() if after == "released"}
    assert to_hung == {("dispensed", "hang"), ("hung", "move-line")}
    assert {state for state, _ in to_dispensed} == {"released", "dispensed", "stopped"}
    assert {state for state, _ in to_released} == {"prepared", "released"}


def test_what_is_dead_never_comes_back() -> None:
    for state in ("ended", "abandoned", "rejected", "void"):
        assert not any(state_after(BagState(state), each) for each in BagMove)


def test_an_illegal_move_names_state_and_move() -> None:
    (stop,) = check_move(BagState.HUNG, BagMove.VOID)
    assert (stop.code, dict(stop.values)) == ("bag.illegal-move", {"state": "hung", "move": "void"})
