"""What becomes of an order document, and who reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol as Port

from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.order import Order
from pharmacy_app.domain.protocol import Protocol


@dataclass(frozen=True, slots=True)
class OrderReading:
    """The order, or every field that is refused."""

    order: Order | None
    refusals: tuple[InputRefused, ...]


class OrderReader(Port):
    """Turns an order document into an order, refusing what is not what it should be."""

    def __call__(self, document: Mapping[str, object], protocol: Protocol) -> OrderReading: ...
