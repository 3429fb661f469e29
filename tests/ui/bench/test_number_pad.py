"""The number pad of the bench: gloves on a glass, and the keyboard beside it."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.support.bench import STABILIZER
from tests.support.cut_text import cut_texts
from tests.ui.bench.at_bench import AtBench, code
from ui.bench.number_pad import NumberPad


def pad_at_drug(at_bench: AtBench) -> NumberPad:
    at_bench.start()
    at_bench.to_drug()
    at_bench.press(at_bench.page.level.pad)
    return at_bench.page.pad


def keys(at_bench: AtBench, signs: str) -> None:
    for sign in signs:
        at_bench.page.pad.keys[sign].click()
    at_bench.wait()


def typed(at_bench: AtBench) -> list[str]:
    return [text for _, text in at_bench.page.step.volumes.typed]


@pytest.mark.req("REQ-MIX-009")
def test_volumes_are_entered_by_the_pad_alone(at_bench: AtBench) -> None:
    pad = pad_at_drug(at_bench)
    keys(at_bench, "10")
    at_bench.press(pad.next)
    keys(at_bench, "0.7")
    assert typed(at_bench) == ["10", "0.7"]
    assert pad.shown.text() == "0.7"
    at_bench.press(pad.next)
    assert at_bench.step == "look-at-bag"
    assert not pad.isVisible()


def test_nothing_that_the_pad_types_is_repaired(at_bench: AtBench) -> None:
    pad = pad_at_drug(at_bench)
    keys(at_bench, "1..0")
    assert typed(at_bench) == ["1..0", ""]
    at_bench.press(pad.delete)
    assert typed(at_bench) == ["1..", ""]
    at_bench.press(pad.next)
    keys(at_bench, "0.7")
    at_bench.press(pad.next)
    assert [each.code for each in at_bench.page.step.findings.remarks] == ["expected.volume"]
    assert typed(at_bench) == ["1..", "0.7"]
    assert not pad.isVisible()


def test_the_keyboard_works_while_the_pad_is_open(at_bench: AtBench) -> None:
    pad = pad_at_drug(at_bench)
    entry = QApplication.focusWidget()
    assert entry is at_bench.page.step.volumes.edits[0]
    QTest.keyClicks(entry, "9")
    keys(at_bench, ".8")
    assert typed(at_bench) == ["9.8", ""]
    assert pad.shown.text() == "9.8"
    assert QApplication.focusWidget() is entry


def test_closing_the_pad_keeps_what_was_typed(at_bench: AtBench) -> None:
    pad = pad_at_drug(at_bench)
    keys(at_bench, "9.8")
    at_bench.press(pad.away)
    assert not pad.isVisible()
    assert typed(at_bench) == ["9.8", ""]


def test_a_stop_puts_the_pad_away(at_bench: AtBench) -> None:
    pad = pad_at_drug(at_bench)
    at_bench.scan(code(STABILIZER))
    assert at_bench.page.stop.isVisible()
    assert not pad.isVisible()


@pytest.mark.parametrize("size", [(1280, 720), (1366, 768)])
def test_the_pad_takes_the_lower_half_and_nothing_on_it_is_cut(
    at_bench: AtBench, size: tuple[int, int]
) -> None:
    at_bench.window.resize(*size)
    pad, page = pad_at_drug(at_bench), at_bench.page
    assert cut_texts(page) == []
    assert page.step.volumes.width() >= page.step.volumes.minimumSizeHint().width()
    assert pad.geometry().bottom() == page.rect().bottom()
    assert abs(pad.height() - page.height() // 2) < 12
    assert {key.height() for key in (*pad.keys.values(), pad.delete, pad.next)} == {64}
