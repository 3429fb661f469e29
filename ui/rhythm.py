"""Whether keys came from a scanner or from a person's hands: the rule, without Qt.

A scanner that acts as a keyboard types a whole code and ends it with Return or Tab. What tells it from a
person is its rhythm. All times are in milliseconds from one press to the next, the end key included; Shift
and Ctrl count as presses where they take time of their own.

- **Pause.** More than 60 ms between two presses ends whatever went before. Around Ctrl+], which scanners
  send for a code's separator key by key, it is 120 ms, and those steps say nothing about the beat.
- **Faster than hands.** 4 characters or more at 20 ms each on the average, or less, are a scanner's: that is
  50 keys a second. So are 6 or more at 30 ms, unless a key went down before the one before it came up. The
  fastest typists come to 20 keys a second, and only over a word.
- **As fast as a hurried hand.** 8 characters or more at 45 ms are a scanner's only if the beat is even (no
  step longer than 1.6 times the shortest; 1.35 times while a secret is typed), no key went down before the
  one before it came up, and no key was pressed in the 150 ms before. Fast hands roll from key to key, their
  steps differ by more than half, and they are in the middle of typing.
- **Without an end key** nothing is taken for a code, since its end may be missing. Of what came by the rules
  above, 8 characters or more at up to 30 ms and 12 or more at 45 ms are thrown away all the same, and told.

Keys that repeat because they are held down are a person's. A prefix of control characters, if the scanner is
set to send one, overrules the rhythm: nobody types it. It is the better way, and the only one for scanners
that are slower, or whose codes are shorter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

LONGEST_PAUSE, LONGEST_PAUSE_AT_CTRL = 60, 120
SILENCE = 150
_TOGETHER = 5  # Shift and its character arrive in one report of the keyboard


@dataclass(frozen=True, slots=True)
class Press:
    """One key that went down: when, and its character (empty for Shift and Ctrl).

    `rolled`: the key of the character before it was still down. `with_control`: it is Ctrl, or came with it.
    """

    at: int
    text: str
    rolled: bool = False
    with_control: bool = False


@dataclass(frozen=True, slots=True)
class _Pace:
    """At `step` ms for each character or less, `least` characters or more are a scanner's."""

    step: int
    least: int
    unended: int
    never_rolled: bool
    even: bool


_PACES = (
    _Pace(20, least=4, unended=8, never_rolled=False, even=False),
    _Pace(30, least=6, unended=8, never_rolled=True, even=False),
    _Pace(45, least=8, unended=12, never_rolled=True, even=True),
)
_PERCENT_OF_SHORTEST, _AT_A_SECRET = 160, 135


@dataclass(frozen=True, slots=True)
class Setting:
    """What stands around the keys: ms since a person last pressed one, and whether a secret is typed."""

    silence: int = SILENCE
    at_a_secret: bool = False


def is_scanner(presses: Sequence[Press], ended_at: int, setting: Setting) -> bool:
    """Whether these presses, ended by Return or Tab at `ended_at`, are a scanner's."""
    characters = sum(bool(each.text) for each in presses)
    beat = _Beat((*presses, Press(ended_at, "end")), setting)
    return any(characters >= pace.least and beat.keeps(pace) for pace in _PACES)


def is_broken_scan(presses: Sequence[Press], setting: Setting) -> bool:
    """Whether these presses, after which nothing came, are part of a scanner's code."""
    characters = sum(bool(each.text) for each in presses)
    beat = _Beat(tuple(presses), setting)
    return any(characters >= pace.unended and beat.keeps(pace) for pace in _PACES)


@dataclass(frozen=True, slots=True)
class _Beat:
    presses: tuple[Press, ...]
    setting: Setting

    def keeps(self, pace: _Pace) -> bool:
        steps = _steps(self.presses)
        if 2 * len(steps) < pace.least or sum(steps) > pace.step * len(steps):
            return False
        if pace.never_rolled and any(each.rolled for each in self.presses):
            return False
        return not pace.even or (self.setting.silence >= SILENCE and self._is_even(steps))

    def _is_even(self, steps: Sequence[int]) -> bool:
        percent = _AT_A_SECRET if self.setting.at_a_secret else _PERCENT_OF_SHORTEST
        return 100 * max(steps) <= percent * min(steps)


def _steps(presses: Sequence[Press]) -> list[int]:
    """Times from beat to beat, without those around Ctrl; Shift together with its character is one beat."""
    beats = [
        each
        for each, following in zip(presses, [*presses[1:], None], strict=True)
        if following is None or each.text or following.at - each.at > _TOGETHER
    ]
    return [
        later.at - earlier.at
        for earlier, later in pairwise(beats)
        if not (earlier.with_control or later.with_control)
    ]
