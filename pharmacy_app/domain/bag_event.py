"""What happens to a bag, one fact after the other, from the hour a technician takes it to its end.

A bag is what its events make of it (`bag_on_file`): nothing else about it is kept, and no event is edited.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from pharmacy_app.domain.bag import BagMove
from pharmacy_app.domain.product import ProductKind
from pharmacy_app.domain.quantity import DoseRate, Duration, Mass, Volume
from pharmacy_app.domain.supply import HowFilled


@dataclass(frozen=True, slots=True)
class ByHand:
    """Why a code was typed, and the second person who read it (account name)."""

    reason: str
    second_person: str


@dataclass(frozen=True, slots=True)
class Waste:
    """What is thrown away: drug in the bag or in vials, and how many vials it was."""

    drug: Mass
    volume: Volume
    vials: int


@dataclass(frozen=True, slots=True)
class Reading:
    """One measured volume, as read. `instrument` is a syringe or pump of the site: `10 mL syringe`."""

    instrument: str
    volume: Volume


@dataclass(frozen=True, slots=True)
class Started:
    """Somebody took the bag of a plan in force. Digests as plan and protocol write them.

    `duration_h` and `dose` name the row of the protocol's table after which it is made.
    """

    move: ClassVar[BagMove] = BagMove.START
    order_number: str
    bag_number: int
    duration_h: int
    dose: DoseRate
    plan_revision: int
    plan_digest: str
    protocol_digest: str
    commissioned: bool
    bench: str


@dataclass(frozen=True, slots=True)
class TakenOver:
    """Somebody goes on with it at another bench."""

    move: ClassVar[BagMove] = BagMove.WORK
    bench: str


@dataclass(frozen=True, slots=True)
class TagScanned:
    """The in-process tag, at the start and before each addition."""

    move: ClassVar[BagMove] = BagMove.WORK
    step: str
    by_hand: ByHand | None


@dataclass(frozen=True, slots=True)
class ProductScanned:
    """One unit of a lot was scanned for a step; `unit_serial` is empty where codes tell no units apart."""

    move: ClassVar[BagMove] = BagMove.WORK
    step: str
    kind: ProductKind
    code: str
    lot: str
    expires_on: date
    unit_serial: str
    by_hand: ByHand | None


@dataclass(frozen=True, slots=True)
class MoreVials:
    """A vial yielded less than planned: one more is opened (REQ-MIX-010)."""

    move: ClassVar[BagMove] = BagMove.WORK
    step: str
    reason: str


@dataclass(frozen=True, slots=True)
class Measured:
    """What went into the bag at a step. `how_filled` is for the first saline alone (REQ-MIX-005)."""

    move: ClassVar[BagMove] = BagMove.WORK
    step: str
    readings: tuple[Reading, ...]
    how_filled: HowFilled | None


@dataclass(frozen=True, slots=True)
class StepDone:
    """A step without a volume was done: looked at and found right, air out, vials reconstituted."""

    move: ClassVar[BagMove] = BagMove.WORK
    step: str


@dataclass(frozen=True, slots=True)
class Photographed:
    """A photograph was attached to a step; the file itself is kept under its digest."""

    move: ClassVar[BagMove] = BagMove.WORK
    step: str
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The bag is ready to be verified."""

    move: ClassVar[BagMove] = BagMove.FINISH


@dataclass(frozen=True, slots=True)
class Abandoned:
    """Given up at the bench. The serial is dead."""

    move: ClassVar[BagMove] = BagMove.ABANDON
    reason: str
    waste: Waste


@dataclass(frozen=True, slots=True)
class OwnFigures:
    """The verifier's own drug and total volume, typed before others were shown. Each try is kept."""

    move: ClassVar[BagMove] = BagMove.CHECK
    drug: Volume
    total: Volume


@dataclass(frozen=True, slots=True)
class Released:
    """Signed by a pharmacist who did not prepare it.

    `signed_digest` covers all events before this one, plan and protocol; `meaning` is the sentence that was
    signed. `dose_deviation_percent` is that of the recorded fill and the measured drug. `reasons` are those
    that the pharmacist typed, as `code: text`.
    """

    move: ClassVar[BagMove] = BagMove.RELEASE
    meaning: str
    signed_digest: str
    dose_deviation_percent: Decimal
    prepared_at: datetime
    start_by: datetime
    expires: datetime
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rejected:
    """Quarantined for good, with its reason."""

    move: ClassVar[BagMove] = BagMove.REJECT
    reason: str
    waste: Waste


@dataclass(frozen=True, slots=True)
class Matched:
    """Tag and label of this print number were scanned together and agree."""

    move: ClassVar[BagMove] = BagMove.MATCH
    print_number: int


@dataclass(frozen=True, slots=True)
class Refrigerated:
    """Into the refrigerator."""

    move: ClassVar[BagMove] = BagMove.REFRIGERATE


@dataclass(frozen=True, slots=True)
class TakenOut:
    """Out of the refrigerator; it does not go back."""

    move: ClassVar[BagMove] = BagMove.TAKE_OUT


@dataclass(frozen=True, slots=True)
class Dispensed:
    """Handed out to its destination."""

    move: ClassVar[BagMove] = BagMove.DISPENSE


@dataclass(frozen=True, slots=True)
class Hung:
    """Hung at the patient. `change_at` and `volume_to_infuse` are what was told at the hanging."""

    move: ClassVar[BagMove] = BagMove.HANG
    change_at: datetime
    volume_to_infuse: Volume


@dataclass(frozen=True, slots=True)
class MovedToPeripheral:
    """It runs by a peripheral line from now on, with the reason; never by the central one again."""

    move: ClassVar[BagMove] = BagMove.MOVE_LINE
    reason: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """Stopped before its change, with the reason; `infused` is how long it ran."""

    move: ClassVar[BagMove] = BagMove.STOP
    reason: str
    infused: Duration


@dataclass(frozen=True, slots=True)
class ReleasedAgain:
    """A stopped bag was released again by a pharmacist, within its limits."""

    move: ClassVar[BagMove] = BagMove.RELEASE_AGAIN
    reason: str


@dataclass(frozen=True, slots=True)
class Ended:
    """Taken down; bag and tubing are discarded with what is left in them."""

    move: ClassVar[BagMove] = BagMove.END


@dataclass(frozen=True, slots=True)
class Voided:
    """Not to be used: superseded by a new plan, a changed weight, a recall. The serial is dead."""

    move: ClassVar[BagMove] = BagMove.VOID
    reason: str
    waste: Waste


Happening = (
    Started | TakenOver | TagScanned | ProductScanned | MoreVials | Measured | StepDone | Photographed
    | Finished | Abandoned | OwnFigures | Released | Rejected | Matched | Refrigerated | TakenOut
    | Dispensed | Hung | MovedToPeripheral | Stopped | ReleasedAgain | Ended | Voided
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BagEvent:
    """The `number`th thing, counted from 1, that happened to the bag of this serial (ten digits).

    `person` is an account's name.
    """

    serial: str
    number: int
    at: datetime
    person: str
    station: str
    what: Happening

    @property
    def key(self) -> str:
        """A bag's events stand together."""
        return self.serial
