"""What the workflow asks of printers, and what they can say of a print."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING
from typing import Protocol as Port

if TYPE_CHECKING:
    from pharmacy_app.domain.errors import StationTrouble


class Delivery(Enum):
    """How far a document came. No printer can say that a label lies in its tray."""

    TAKEN = "taken"  # the printer has it, or had it; whether it is on paper only a person can see
    REFUSED = "refused"  # certain: nothing of it was printed
    NOT_KNOWN = "not-known"


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a document. `reference` is the printer's own name for the job, `told` its words, if any.

    `trouble` says in words why it was refused or why nothing is known; None where it was taken.
    """

    delivery: Delivery
    reference: str = ""
    told: str = ""
    trouble: StationTrouble | None = None


@dataclass(frozen=True, slots=True)
class PrinterList:
    """The printers of this station. `trouble`: why there may be others that are not listed."""

    names: tuple[str, ...]
    trouble: StationTrouble | None = None


class Printers(Port):
    """The printers that this station reaches."""

    def found(self) -> PrinterList:
        """Their names, in the order in which they are offered."""
        ...

    def on_paper(self, printer: str, /) -> bool:
        """Whether it prints on paper; one that writes files is for training alone."""
        ...

    def send(self, printer: str, pdf: bytes, /, *, stock: str, title: str) -> Sent:
        """Hand a document over, on that stock and never scaled; `title` is its name in the queue."""
        ...

    def ask(self, printer: str, reference: str, /) -> Sent:
        """What has become of a document that was taken under this reference."""
        ...
