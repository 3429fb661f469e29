"""A photograph at the bench: a picture, of a step that the bag has, with a name that can be shown."""

from __future__ import annotations

import unicodedata

from pharmacy_app.domain.bag_event import Photographed
from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.workflow.bench_turn import Turn

MOST_BYTES = 10_000_000
LONGEST_NAME = 200
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_LONGEST_SHOWN = 40


def keep_photograph(now: Turn, step: str, name: str, content: bytes) -> Turn:
    """Attach a picture to a step; the turn as it is then.

    Raises:
        InputRefused: it is no picture, or too large; the bag has no such step; or the name is not 1 to 200
            characters that can be shown. Recorded.
    """
    refusal = _refused(now, step, name, content)
    if refusal is not None:
        now.refuse(refusal, act="bench-refused")
    sha256 = now.work.photographs.add(content)
    return now.keep(Photographed(step, name, sha256), told=(("photograph", sha256),))


def _refused(now: Turn, step: str, name: str, content: bytes) -> InputRefused | None:
    steps = [each.code for each in now.progress.steps]
    if step not in steps:
        return InputRefused("step", _shown(step), "expected.one-of", {"choices": ", ".join(steps)})
    if not 1 <= len(name) <= LONGEST_NAME:
        return InputRefused("photograph", _shown(name), "expected.text")
    if any(unicodedata.category(letter) in _INVISIBLE for letter in name):
        return InputRefused("photograph", _shown(name), "expected.text-printable")
    if len(content) > MOST_BYTES or not content.startswith(_PICTURES):
        return InputRefused("photograph", _shown(name), "expected.photograph")
    return None


def _shown(text: str) -> str:
    """What was given, short enough for a sentence and without what a screen would obey."""
    return "".join(each if each.isprintable() else "?" for each in text[:_LONGEST_SHOWN])
