"""Sounds beside the words: short for accepted, two low for refused, long for a stop. Never the only sign.

The tones are played by a program that most desktops have; where there is none, the system's bell rings once,
twice or four times.
"""

from __future__ import annotations

import io
import math
import shutil
import wave
from array import array
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QProcess, QTemporaryDir, QTimer
from PySide6.QtWidgets import QApplication

from ui.scan_answer import AnswerKind

RATE = 22050
# Pitch in hertz and length in milliseconds, one after the other; pitch 0 is silence.
TONES: Mapping[AnswerKind, Sequence[tuple[int, int]]] = {
    AnswerKind.ACCEPTED: ((880, 90),),
    AnswerKind.REFUSED: ((220, 160), (0, 90), (220, 160)),
    AnswerKind.STOP: ((330, 900),),
}
BELLS: Mapping[AnswerKind, int] = {AnswerKind.ACCEPTED: 1, AnswerKind.REFUSED: 2, AnswerKind.STOP: 4}
PLAYERS: Sequence[tuple[str, ...]] = (("pw-play",), ("paplay",), ("aplay", "-q"))
_BETWEEN_BELLS_MS = 200
_LOUDNESS = 12000
_FADE_MS = 8


class Sound(Protocol):
    """Plays what became of a scan, and returns at once."""

    def play(self, kind: AnswerKind) -> None: ...


class Silence:
    """Plays nothing."""

    def play(self, _kind: AnswerKind) -> None:
        """Nothing is heard."""


class StationSound:
    """The station's loudspeaker. `find` gives a program's place or None, `start` starts one, not waiting."""

    def __init__(
        self,
        *,
        find: Callable[[str], str | None] = shutil.which,
        start: Callable[[str, Sequence[str]], object] = QProcess.startDetached,
        bell: Callable[[], None] = QApplication.beep,
    ) -> None:
        found = ((find(player[0]), player[1:]) for player in PLAYERS)
        self._player = next(((place, options) for place, options in found if place is not None), None)
        self._start = start
        self._bell = bell
        self._folder: QTemporaryDir | None = None

    def play(self, kind: AnswerKind) -> None:
        """Play the tones, or ring the bell."""
        if self._player is not None:
            program, options = self._player
            self._start(program, [*options, self._file(kind)])
            return
        for number in range(BELLS[kind]):
            QTimer.singleShot(number * _BETWEEN_BELLS_MS, self._bell)

    def _file(self, kind: AnswerKind) -> str:
        if self._folder is None:
            self._folder = QTemporaryDir()
        path = Path(self._folder.path()) / f"{kind.value}.wav"
        if not path.exists():
            path.write_bytes(tone_file(kind))
        return str(path)


def tone_file(kind: AnswerKind) -> bytes:
    """The tones as a WAV file: one channel, 16 bit."""
    samples = array("h")
    for pitch, length_ms in TONES[kind]:
        samples.extend(_tone(pitch, length_ms))
    data = io.BytesIO()
    with wave.open(data, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return data.getvalue()


def _tone(pitch: int, length_ms: int) -> Sequence[int]:
    count = RATE * length_ms // 1000
    fade = RATE * _FADE_MS // 1000
    return [
        round(
            _LOUDNESS
            * min(1, place / fade, (count - place) / fade)
            * math.sin(2 * math.pi * pitch * place / RATE)
        )
        for place in range(count)
    ]
