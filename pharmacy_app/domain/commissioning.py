"""Commissioning: two pharmacists type every figure from their own monograph and sign (REQ-PRO-003)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FigureTyped:
    """What one pharmacist typed for one figure of the protocol with this digest, or for a site figure.

    `protocol_digest` is as the protocol file's own, uncommissioned; for a figure of the site it is empty.
    """

    protocol_digest: str
    figure: str
    value: str
    person: str
    at: datetime

    @property
    def key(self) -> str:
        """The newest value counts that a person typed for a figure."""
        return f"{self.protocol_digest}\n{self.figure}\n{self.person}"


@dataclass(frozen=True, slots=True)
class GroupSigned:
    """A pharmacist's signature under one group of figures; `digest` covers the values that were typed."""

    protocol_digest: str
    group: str
    person: str
    at: datetime
    digest: str

    @property
    def key(self) -> str:
        """One signature of a person under a group."""
        return f"{self.protocol_digest}\n{self.group}\n{self.person}"


@dataclass(frozen=True, slots=True)
class Installation:
    """What this installation is for: training alone, or patients. Before the first such fact: training.

    `protocol_digest` is the one that was commissioned when it was opened for patients.
    """

    training: bool
    protocol_digest: str
    person: str
    at: datetime

    @property
    def key(self) -> str:
        """There is one installation."""
        return "installation"
