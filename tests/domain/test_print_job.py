"""Which print is current, which is void, and which step follows which."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pharmacy_app.domain.finding import Finding
from pharmacy_app.domain.print_job import (
    PrintAnswer,
    PrintJob,
    PrintState,
    Reprint,
    Turn,
    answer_of,
    check_print,
    check_step,
    check_turn,
    not_known,
    reason_of,
    turn_of,
)

NOON = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
Q, S, C, F, U = (
    PrintState.QUEUED,
    PrintState.SENT,
    PrintState.CONFIRMED,
    PrintState.FAILED,
    PrintState.UNKNOWN,
)
SMUDGED = Reprint("smudged", "spark")


def job(number: int, state: PrintState, *, told: str = "") -> PrintJob:
    return PrintJob(
        "2611230317", number, state, "Zebra", "4x3", 203, "ab" * 32, "", "", told, "", "mroy", "desk", NOON
    )


def jobs(*states: PrintState) -> tuple[PrintJob, ...]:
    return tuple(job(number, state) for number, state in enumerate(states, start=1))


def codes(found: tuple[Finding, ...]) -> list[str]:
    return [each.code for each in found]


@pytest.mark.req("REQ-LBL-009")
@pytest.mark.parametrize(
    ("states", "turn"),
    [
        ((), Turn.FIRST),
        ((Q,), Turn.OPEN),
        ((S,), Turn.OPEN),
        ((U,), Turn.OPEN),
        ((F,), Turn.AFTER_FAILURE),
        ((C,), Turn.REPRINT),
        ((C, F), Turn.AFTER_FAILURE),
        ((F, C), Turn.REPRINT),
        ((C, U), Turn.OPEN),
    ],
)
def test_what_the_next_print_would_be(states: tuple[PrintState, ...], turn: Turn) -> None:
    assert turn_of(jobs(*states)) is turn


@pytest.mark.req("REQ-LBL-009")
@pytest.mark.parametrize(
    ("states", "reprint", "expected"),
    [
        ((), None, []),
        ((), SMUDGED, ["print.nothing-to-reprint"]),
        ((F,), None, []),
        ((F,), SMUDGED, ["print.nothing-to-reprint"]),
        ((C,), None, ["print.reprint-alone"]),
        ((C,), Reprint("", "spark"), ["print.reprint-without-reason"]),
        ((C,), SMUDGED, []),
        ((Q,), SMUDGED, ["print.outcome-open"]),
        ((S,), SMUDGED, ["print.outcome-open"]),
        ((U,), None, ["print.outcome-open"]),
        ((C,) * 99, SMUDGED, ["print.no-more-numbers"]),
        ((C,) * 98, SMUDGED, []),
    ],
)
def test_what_a_further_print_asks_for(
    states: tuple[PrintState, ...], reprint: Reprint | None, expected: list[str]
) -> None:
    assert codes(check_turn(jobs(*states), reprint)) == expected


@pytest.mark.req("REQ-LBL-009")
@pytest.mark.parametrize(
    ("states", "number", "answer"),
    [
        ((C,), 1, PrintAnswer.CURRENT),
        ((S,), 1, PrintAnswer.CURRENT),
        ((U,), 1, PrintAnswer.CURRENT),
        ((F,), 1, PrintAnswer.NOT_PRINTED),
        ((Q,), 1, PrintAnswer.NOT_PRINTED),
        ((C, Q), 1, PrintAnswer.VOID),
        ((C, F), 1, PrintAnswer.VOID),
        ((C, C), 2, PrintAnswer.CURRENT),
        ((C,), 2, PrintAnswer.NO_SUCH_PRINT),
        ((C,), 0, PrintAnswer.NO_SUCH_PRINT),
        ((), 1, PrintAnswer.NO_SUCH_PRINT),
    ],
)
def test_what_a_scanned_print_number_means(
    states: tuple[PrintState, ...], number: int, answer: PrintAnswer
) -> None:
    assert answer_of(jobs(*states), number) is answer
    assert (check_print(jobs(*states), number) == ()) is (answer is PrintAnswer.CURRENT)


@pytest.mark.req("REQ-LBL-009")
def test_nothing_goes_back_and_nothing_ends_twice() -> None:
    legal = {
        (before, after)
        for before in PrintState
        for after in PrintState
        if not check_step(job(1, before), after)
    }
    assert legal == {(Q, S), (Q, F), (S, S), (S, C), (S, F), (S, U), (U, C), (U, F)}
    assert codes(check_step(None, S)) == ["print.no-such-job"]


@pytest.mark.req("REQ-LBL-009")
def test_the_print_after_a_failure_has_its_words_as_reason() -> None:
    failed = (job(1, F, told="out of labels"),)
    assert reason_of(failed, None) == "out of labels"
    assert reason_of((job(1, C),), SMUDGED) == "smudged"
    assert reason_of((), None) == ""


@pytest.mark.req("REQ-LBL-009")
def test_a_job_is_not_known_when_it_is_said_to_be_or_waits_too_long() -> None:
    waiting = (job(0, S), job(1, Q), job(2, S), job(3, U), job(4, C), job(5, F))
    soon, late = NOON + timedelta(minutes=10), NOON + timedelta(minutes=10, seconds=1)
    assert [each.number for each in not_known(waiting, now=soon)] == [3]
    assert [each.number for each in not_known(waiting, now=late)] == [1, 2, 3]
