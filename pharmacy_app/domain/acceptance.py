"""What a pharmacist says of an order on file: that it is accepted, and what the patient weighs since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from pharmacy_app.domain.quantity import Weight


@dataclass(frozen=True, slots=True)
class OrderAcceptance:
    """A pharmacist accepted this content of the order. `person` is an account's name (REQ-VER-002)."""

    order_number: str
    order_digest: str
    person: str
    at: datetime

    @property
    def key(self) -> str:
        """One acceptance counts for each order."""
        return self.order_number


@dataclass(frozen=True, slots=True)
class WeightTaken:
    """A later weight of an order's patient (REQ-ORD-012). `reason` is empty where none was asked."""

    order_number: str
    weight: Weight
    taken_on: date
    reason: str

    @property
    def key(self) -> str:
        """The weights of one order's cycle."""
        return self.order_number
