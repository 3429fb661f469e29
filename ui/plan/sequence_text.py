"""A sequence of bags as a person types it: hours with spaces between them. Refused, never repaired."""

from __future__ import annotations

import re

from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.protocol import Protocol

_HOURS = re.compile(r"[0-9]{1,4}", re.ASCII)
_LONGEST = 200
FIELD = "bags.sequence_h"


def read_sequence(text: str, protocol: Protocol) -> tuple[int, ...]:
    """The durations in hours. The protocol's durations only, in plain ASCII digits.

    Raises:
        InputRefused: something else stands there, or nothing.
    """
    durations = {str(hours): hours for hours in protocol.durations_h}
    values = {"durations": ", ".join(durations)}
    parts = text[: _LONGEST * 5].split(" ")
    typed = [part for part in parts if part]
    if not typed:
        raise InputRefused(FIELD, "", "ui.plan.expected-sequence", values)
    for part in typed:
        if not _HOURS.fullmatch(part) or part not in durations:
            raise InputRefused(FIELD, part[:40], "ui.plan.expected-sequence", values)
    return tuple(durations[part] for part in typed)


def sequence_text(sequence_h: tuple[int, ...]) -> str:
    """The sequence as it would be typed.

    >>> sequence_text((96, 72))
    '96 72'
    """
    return " ".join(str(hours) for hours in sequence_h)
