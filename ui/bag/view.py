"""What the Bags page shows, ready to be shown. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass

from pharmacy_app.domain.answer_reason import Answer
from pharmacy_app.domain.bag import BagMove
from ui.remarks import Remark


@dataclass(frozen=True, slots=True)
class BagRow:
    """One bag that is made and not ended."""

    serial: str
    shown: str
    patient: str
    what: str
    state: str
    when: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Move:
    """What can be done with the bag now. `scans`: the label itself must have been scanned for it."""

    move: BagMove
    word: str
    asks_reason: bool


@dataclass(frozen=True, slots=True)
class AnswerView:
    """The answer to one bag: the word, every reason, its times, and what can be done with it."""

    serial: str
    shown: str
    patient: str
    what: str
    state: str
    answer: Answer
    word: str
    remarks: tuple[Remark, ...]
    times: tuple[tuple[str, str], ...]
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class BagsView:
    """The list, and the bag that was scanned or chosen."""

    rows: tuple[BagRow, ...]
    bag: AnswerView | None
    refused: tuple[Remark, ...]
