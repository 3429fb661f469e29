"""Print jobs: each physical print of a label has a number, and is done at most once (REQ-LBL-009)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class PrintState(Enum):
    """Where one print is. What is neither known to have printed nor not is unknown, and a person decides."""

    QUEUED = "queued"
    SENT = "sent"
    CONFIRMED = "confirmed"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One print of one bag's dispensing label. `number` counts from 1; `sha256` is that of its bytes.

    `reason` and `second_person` (account name) belong to a reprint, else they are empty. A print is void as
    soon as one with a higher number is there. `person` gave this step.
    """

    serial: str
    number: int
    state: PrintState
    printer: str
    stock: str
    dpi: int
    sha256: str
    reason: str
    second_person: str
    person: str
    at: datetime

    @property
    def key(self) -> str:
        """Serial and print number, as the code on the label says them."""
        return f"{self.serial}{self.number:02}"
