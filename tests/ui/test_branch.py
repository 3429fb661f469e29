"""A branch of the gate: what a page asked is done even when the page is gone, and then nobody is told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.errors import InputRefused, PharmacyError, StationTrouble
from ui.errors import Trouble
from ui.gateway import Gateway
from ui.page import Noun


@pytest.fixture
def gateway(qtbot: QtBot) -> Iterator[Gateway]:
    gate = Gateway()
    yield gate
    gate.close()


def finish(qtbot: QtBot, gateway: Gateway) -> None:
    qtbot.waitUntil(lambda: not gateway.busy)


def refuse() -> int:
    raise InputRefused("x", "y", "expected.text")


def break_down() -> int:
    raise StationTrouble("trouble.write", {"path": "x", "reason": "y"})


def test_an_open_branch_is_the_gateway(qtbot: QtBot, gateway: Gateway) -> None:
    told: list[object] = []
    nouns: list[object] = []
    gateway.changed.connect(nouns.append)
    branch = gateway.branch()
    branch.ask(lambda: 1, done=told.append)
    branch.change(lambda: 2, nouns=frozenset({Noun.PLAN}), done=told.append)
    refused: list[PharmacyError] = []
    branch.ask(refuse, done=told.append, refused=refused.append)
    finish(qtbot, gateway)
    assert told == [1, 2]
    assert nouns == [frozenset({Noun.PLAN})]
    assert len(refused) == 1


def test_a_closed_branch_does_what_was_asked_and_tells_the_others(qtbot: QtBot, gateway: Gateway) -> None:
    done: list[int] = []
    told: list[object] = []
    nouns: list[object] = []
    gateway.changed.connect(nouns.append)
    branch = gateway.branch()
    branch.change(lambda: done.append(1), nouns=frozenset({Noun.PLAN}), done=told.append)
    branch.ask(refuse, done=told.append, refused=told.append)
    branch.change(
        break_down, nouns=frozenset(), done=told.append, broken_off=lambda: told.append("broken off")
    )
    branch.close()
    troubles: list[Trouble] = []
    gateway.troubled.connect(troubles.append)
    finish(qtbot, gateway)
    assert done == [1]
    assert nouns == [frozenset({Noun.PLAN})]
    assert told == []
    assert len(troubles) == 1


def test_trying_again_for_somebody_who_is_gone_asks_nobody(qtbot: QtBot, gateway: Gateway) -> None:
    again: list[str] = []
    troubles: list[Trouble] = []
    gateway.troubled.connect(troubles.append)
    branch = gateway.branch()
    branch.change(break_down, nouns=frozenset(), done=lambda _: None, again=lambda: again.append("again"))
    finish(qtbot, gateway)
    troubles[0].again()
    assert again == ["again"]
    branch.close()
    troubles[0].again()
    assert again == ["again"]


def test_a_question_outdates_those_of_its_own_branch_alone(qtbot: QtBot, gateway: Gateway) -> None:
    told: list[str] = []
    one, other = gateway.branch(), gateway.branch()
    one.ask(lambda: "one", done=told.append, topic="orders")
    other.ask(lambda: "other, first", done=told.append, topic="orders")
    other.ask(lambda: "other, second", done=told.append, topic="orders")
    finish(qtbot, gateway)
    assert told == ["one", "other, second"]
