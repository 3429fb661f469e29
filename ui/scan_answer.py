"""What became of a scan, in the words that the scan line shows. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pharmacy_app.domain.errors import InputRefused
    from ui.words import Words


class AnswerKind(Enum):
    """Refused: the scan changed nothing, another one is needed. Stop: a rule forbids to go on."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class ScanAnswer:
    """The answer to one scan: a whole sentence, without the word that the kind stands for."""

    kind: AnswerKind
    sentence: str


def accepted(sentence: str) -> ScanAnswer:
    """The scan did what it was meant to do."""
    return ScanAnswer(AnswerKind.ACCEPTED, sentence)


def refused(sentence: str) -> ScanAnswer:
    """The scan did nothing."""
    return ScanAnswer(AnswerKind.REFUSED, sentence)


def stopped(sentence: str) -> ScanAnswer:
    """A rule forbids what was scanned."""
    return ScanAnswer(AnswerKind.STOP, sentence)


def unreadable(error: InputRefused, words: Words) -> ScanAnswer:
    """The code has no reading, or more than one."""
    return refused(words("ui.scan.unreadable", given=error.given, expected=words.error(error)))
