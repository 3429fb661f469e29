"""Which print is current, which is void, and which step follows which."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from pharmacy_app.domain.bag import BagState
from pharmacy_app.domain.bag_event import BagEvent, Happening, Released, Started
from pharmacy_app.domain.bag_on_file import Bag
from pharmacy_app.domain.finding import Finding
from pharmacy_app.domain.print_job import (
    PrintAnswer,
    PrintJob,
    PrintState,
    Reprint,
    Turn,
    answer_of,
    check_bag_may_be_printed,
    check_print,
    check_step,
    check_turn,
    not_known,
    reason_of,
    turn_of,
)
from pharmacy_app.domain.quantity import DoseRate

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


def bag(state: BagState, *, start_by_h: int = 96, expires_h: int = 192) -> Bag:
    """A bag that was released at noon, to be started by and to expire so many hours later."""
    dose = DoseRate(Decimal(28))
    started = Started("RX-1", 1, 96, dose, 1, "ab" * 32, "cd" * 32, commissioned=False, bench="bench 1")
    start_by, expires = (NOON + timedelta(hours=hours) for hours in (start_by_h, expires_h))
    release = Released("signed", "ef" * 32, Decimal(0), NOON, start_by, expires, ())
    early = state in {BagState.IN_PREPARATION, BagState.PREPARED}
    what: tuple[Happening, ...] = (started,) if early else (started, release)
    events = [
        BagEvent("2611230317", number, NOON, "mroy", "bench 1", each) for number, each in enumerate(what, 1)
    ]
    return Bag("2611230317", state, started, tuple(events))


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


@pytest.mark.req("REQ-VER-005", "REQ-VER-004")
@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (BagState.IN_PREPARATION, ["print.not-released"]),
        (BagState.PREPARED, ["print.not-released"]),
        (BagState.RELEASED, []),
        (BagState.DISPENSED, []),
        (BagState.HUNG, []),
        (BagState.STOPPED, []),
        (BagState.ENDED, ["print.bag-dead"]),
        (BagState.REJECTED, ["print.bag-dead"]),
        (BagState.VOID, ["print.bag-dead"]),
    ],
)
def test_a_label_is_for_a_bag_that_was_released_and_is_not_dead(state: BagState, expected: list[str]) -> None:
    assert codes(check_bag_may_be_printed(bag(state), now=NOON)) == expected


@pytest.mark.req("REQ-BUD-005")
@pytest.mark.parametrize(
    ("state", "hours", "expected"),
    [
        (BagState.RELEASED, 95, []),
        (BagState.RELEASED, 96, ["beyond-use.expired"]),  # it can no longer be hung
        (BagState.DISPENSED, 96, ["beyond-use.expired"]),
        (BagState.HUNG, 96, []),
        (BagState.HUNG, 192, ["beyond-use.expired"]),
        (BagState.STOPPED, 192, ["beyond-use.expired"]),
    ],
)
def test_an_expired_bag_is_not_printed(state: BagState, hours: int, expected: list[str]) -> None:
    assert codes(check_bag_may_be_printed(bag(state), now=NOON + timedelta(hours=hours))) == expected
