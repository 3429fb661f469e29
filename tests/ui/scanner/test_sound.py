"""Sounds: short for accepted, two low for refused, long for a stop."""

from __future__ import annotations

import io
import wave
from array import array
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ui.scan_answer import AnswerKind
from ui.sound import RATE, Silence, StationSound, tone_file


def parts(kind: AnswerKind) -> list[tuple[int, int]]:
    """Each stretch of sound in the file: its length in ms, and how often it swings in a second."""
    with wave.open(io.BytesIO(tone_file(kind))) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        samples = array("h", file.readframes(file.getnframes()))
    quiet = RATE // 50
    found: list[tuple[int, int]] = []
    start = 0
    while start < len(samples):
        end = start
        while end < len(samples) and any(samples[end : end + quiet]):
            end += 1
        stretch = samples[start:end]
        swings = sum(before < 0 <= after for before, after in pairwise(stretch))
        found.append((round(1000 * len(stretch) / RATE), round(swings * RATE / max(1, len(stretch)))))
        start = end + 1
        while start < len(samples) and samples[start] == 0:
            start += 1
    return found


def test_accepted_is_one_short_high_tone() -> None:
    ((length, pitch),) = parts(AnswerKind.ACCEPTED)
    assert 80 <= length <= 100
    assert 850 <= pitch <= 900


def test_refused_is_two_low_tones() -> None:
    tones = parts(AnswerKind.REFUSED)
    assert len(tones) == 2
    assert all(150 <= length <= 170 and 200 <= pitch <= 230 for length, pitch in tones)


def test_a_stop_is_one_long_tone() -> None:
    ((length, pitch),) = parts(AnswerKind.STOP)
    assert 850 <= length <= 950
    assert 320 <= pitch <= 340


def test_a_program_that_is_there_plays_the_tones() -> None:
    started: list[tuple[str, Sequence[str]]] = []
    sound = StationSound(
        find=lambda name: "/usr/bin/aplay" if name == "aplay" else None,
        start=lambda program, options: started.append((program, options)),
        bell=lambda: pytest.fail("the bell rang"),
    )
    sound.play(AnswerKind.STOP)
    sound.play(AnswerKind.STOP)
    ((program, options), again) = started
    assert program == "/usr/bin/aplay"
    assert options[0] == "-q"
    assert Path(options[1]).read_bytes() == tone_file(AnswerKind.STOP)
    assert again == (program, options)


@pytest.mark.parametrize(
    ("kind", "rings"), [(AnswerKind.ACCEPTED, 1), (AnswerKind.REFUSED, 2), (AnswerKind.STOP, 4)]
)
def test_without_such_a_program_the_bell_rings(
    application: object, qtbot: QtBot, kind: AnswerKind, rings: int
) -> None:
    rung: list[bool] = []
    sound = StationSound(find=lambda _name: None, bell=lambda: rung.append(True))
    sound.play(kind)
    qtbot.waitUntil(lambda: len(rung) == rings)
    Silence().play(kind)
    assert len(rung) == rings
