"""Products of the catalogue and their lots (REQ-SUP-008)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from pharmacy_app.domain.quantity import Concentration, Volume
from pharmacy_app.domain.supply import BagMaterial


class ProductKind(Enum):
    """What a product is for. Two salines are never one kind."""

    DRUG_VIAL = "drug-vial"
    STABILIZER = "stabilizer"
    STERILE_WATER = "sterile-water"
    SALINE_PRESERVATIVE_FREE = "saline-preservative-free"
    SALINE_BACTERIOSTATIC = "saline-bacteriostatic"
    BAG = "bag"
    TUBING = "tubing"
    FILTER = "filter"


@dataclass(frozen=True, slots=True)
class Product:
    """One product. What is None is not known, or does not apply to its kind; unknown is not yes.

    `code` is a GTIN-14, or another code that its package carries. `volume` is what one unit holds: the drug
    of a reconstituted vial, a saline container's content, an empty bag's size. `concentration` belongs to a
    drug vial. `built_in_filter` belongs to tubing. `fill` of a bag is the volume of preservative-free saline
    that it holds when it is opened, None for an empty one. `has_serial`: its code tells units apart.
    """

    code: str
    kind: ProductKind
    name: str
    manufacturer: str
    material: BagMaterial | None
    dehp: bool | None
    pore_micron: Decimal | None
    low_protein_binding: bool | None
    sterile: bool | None
    non_pyrogenic: bool | None
    built_in_filter: bool | None
    volume: Volume | None
    concentration: Concentration | None
    fill: Volume | None
    has_serial: bool

    @property
    def key(self) -> str:
        """One product for each code."""
        return self.code


class LotState(Enum):
    """Only what is available may go into a bag."""

    AVAILABLE = "available"
    QUARANTINED = "quarantined"
    RECALLED = "recalled"


class LotMove(Enum):
    """What a person does to a lot. The value is its name in the record."""

    QUARANTINE = "quarantine"
    RELEASE = "release"
    RECALL = "recall"


# Every legal move; no other is. A recalled lot never becomes available again.
LOT_MOVES: dict[tuple[LotState, LotMove], LotState] = {
    (LotState.AVAILABLE, LotMove.QUARANTINE): LotState.QUARANTINED,
    (LotState.QUARANTINED, LotMove.RELEASE): LotState.AVAILABLE,
    (LotState.AVAILABLE, LotMove.RECALL): LotState.RECALLED,
    (LotState.QUARANTINED, LotMove.RECALL): LotState.RECALLED,
}


@dataclass(frozen=True, slots=True)
class Lot:
    """Units of one product with one lot number and one expiry; `quantity` is how many were received.

    `reason` is that of the newest quarantine, release from it, or recall; `received_at` is aware.
    """

    code: str
    lot: str
    expires_on: date
    quantity: int
    received_at: datetime
    state: LotState
    reason: str

    @property
    def key(self) -> str:
        """One lot of a product; a lot number may hold any character but a line feed."""
        return lot_key(self.code, self.lot)


def lot_key(code: str, lot: str) -> str:
    """The key of one product's lot."""
    return f"{code}\n{lot}"
