"""The one gate: off the window's thread, three kinds of no, and which nouns changed."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.errors import InputRefused, PharmacyError, StationTrouble
from ui.errors import Bug, Trouble, catch_bugs
from ui.gateway import Gateway
from ui.page import Noun


@pytest.fixture
def gateway(qtbot: QtBot) -> Iterator[Gateway]:
    gate = Gateway()
    yield gate
    gate.close()


def finish(qtbot: QtBot, gateway: Gateway) -> None:
    qtbot.waitUntil(lambda: not gateway.busy)


def test_a_change_runs_off_the_windows_thread_and_answers_on_it(qtbot: QtBot, gateway: Gateway) -> None:
    threads: list[threading.Thread] = []
    gateway.change(
        lambda: threads.append(threading.current_thread()),
        nouns=frozenset({Noun.ORDER}),
        done=lambda _nothing: threads.append(threading.current_thread()),
    )
    finish(qtbot, gateway)
    assert threads[0] is not threading.main_thread()
    assert threads[1] is threading.main_thread()


def test_after_a_change_its_nouns_are_said_and_after_a_question_none(qtbot: QtBot, gateway: Gateway) -> None:
    said: list[object] = []
    gateway.changed.connect(said.append)
    gateway.ask(lambda: 1, done=lambda _one: None)
    gateway.change(lambda: 2, nouns=frozenset({Noun.PLAN}), done=lambda _two: None)
    finish(qtbot, gateway)
    assert said == [frozenset({Noun.PLAN})]


def test_changes_run_one_after_the_other_in_the_order_asked(qtbot: QtBot, gateway: Gateway) -> None:
    done: list[int] = []
    for number in range(20):
        gateway.change(lambda each=number: each, nouns=frozenset(), done=done.append)  # type: ignore[misc]
    finish(qtbot, gateway)
    assert done == list(range(20))


def test_a_refusal_goes_to_who_asked_and_to_nobody_else(qtbot: QtBot, gateway: Gateway) -> None:
    refused: list[PharmacyError] = []
    others: list[object] = []
    gateway.troubled.connect(others.append)
    gateway.failed.connect(others.append)
    gateway.changed.connect(others.append)
    refusal = InputRefused("cycle", "x", "expected.whole-number")
    gateway.change(
        lambda: _raise(refusal), nouns=frozenset({Noun.ORDER}), done=others.append, refused=refused.append
    )
    finish(qtbot, gateway)
    assert refused == [refusal]
    assert others == []


def test_station_trouble_can_be_tried_again_and_then_succeeds(qtbot: QtBot, gateway: Gateway) -> None:
    troubles: list[Trouble] = []
    broken_off: list[bool] = []
    done: list[str] = []
    trouble = StationTrouble("trouble.write", {"path": "x", "reason": "full"})
    answers: Iterator[StationTrouble | str] = iter([trouble, "stored"])
    gateway.troubled.connect(troubles.append)

    def act() -> str:
        answer = next(answers)
        return _raise(answer) if isinstance(answer, StationTrouble) else answer

    gateway.change(act, nouns=frozenset(), done=done.append, broken_off=lambda: broken_off.append(True))
    finish(qtbot, gateway)
    assert (len(troubles), done, broken_off) == (1, [], [True])
    with qtbot.waitSignal(gateway.recovered):
        troubles[0].again()
    assert done == ["stored"]


def test_a_bug_is_logged_under_the_reference_that_is_shown(
    qtbot: QtBot, gateway: Gateway, caplog: pytest.LogCaptureFixture
) -> None:
    bugs: list[Bug] = []
    gateway.failed.connect(bugs.append)
    with caplog.at_level(logging.ERROR):
        gateway.ask(lambda: _raise(ZeroDivisionError("mine")), done=lambda _never: None)
        finish(qtbot, gateway)
    (bug,) = bugs
    assert [record.getMessage() for record in caplog.records] == [f"bug {bug.reference}"]
    assert "ZeroDivisionError: mine" in caplog.text
    assert len(bug.reference) == 7
    assert bug.reference[4] == "-"
    assert bug.rolled_back
    caplog.clear()


def test_a_refusal_that_nobody_takes_is_a_bug(
    qtbot: QtBot, gateway: Gateway, caplog: pytest.LogCaptureFixture
) -> None:
    bugs: list[Bug] = []
    gateway.failed.connect(bugs.append)
    gateway.ask(lambda: _raise(InputRefused("a", "b", "c")), done=lambda _never: None)
    finish(qtbot, gateway)
    assert len(bugs) == 1
    caplog.clear()


def test_of_several_questions_with_one_topic_only_the_newest_is_answered(
    qtbot: QtBot, gateway: Gateway
) -> None:
    answers: list[str] = []
    hold = threading.Event()
    gateway.ask(lambda: hold.wait(5), done=lambda _waited: None)
    for text in ("7", "71", "71.5"):
        gateway.ask(lambda each=text: each, done=answers.append, topic="check")  # type: ignore[misc]
    hold.set()
    finish(qtbot, gateway)
    assert answers == ["71.5"]


def test_a_long_question_aside_keeps_no_change_waiting(qtbot: QtBot, gateway: Gateway) -> None:
    met: list[bool] = []
    hold = threading.Event()
    gateway.branch().ask(lambda: hold.wait(5), done=met.append, aside=True)
    gateway.change(hold.set, nouns=frozenset(), done=lambda _nothing: None)
    finish(qtbot, gateway)
    assert met == [True]  # the change was done while the question was under way


def test_a_gateway_is_closed_only_when_what_runs_aside_is_done(gateway: Gateway) -> None:
    hold, over = threading.Event(), threading.Event()

    def check() -> None:
        hold.wait(5)
        over.set()

    gateway.ask(check, done=lambda _nothing: None, aside=True)
    threading.Timer(0.05, hold.set).start()
    gateway.close()
    assert over.is_set()


def test_a_closed_gateway_delivers_nothing(qtbot: QtBot, gateway: Gateway) -> None:
    answers: list[int] = []
    gateway.ask(lambda: 1, done=answers.append)
    gateway.close()
    gateway.ask(lambda: 2, done=answers.append)
    qtbot.wait(20)
    assert answers == []


def test_a_mistake_on_the_windows_own_thread_is_reported_and_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Bug] = []
    reported: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)

    def report(error: BaseException) -> str:
        reported.append(error)
        return "7F3A-22"

    catch_bugs(shown.append, report)
    error = ZeroDivisionError("ours")
    sys.excepthook(ZeroDivisionError, error, None)
    assert (shown, reported) == ([Bug("7F3A-22", rolled_back=False)], [error])


def _raise(error: Exception) -> str:
    raise error
