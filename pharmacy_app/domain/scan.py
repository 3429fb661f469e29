"""What a scanner reads, told apart: a product, a bag of this pharmacy, or another text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ProductScan:
    """A GS1 code of a product: GTIN-14, and what else it carries. What it does not carry is empty or None."""

    code: str
    lot: str
    expires_on: date | None
    unit_serial: str


@dataclass(frozen=True, slots=True)
class BagScan:
    """A code of this program's own: a bag's ten digits and the print number; 0 is the in-process tag.

    `protocol_digest` is the short digest that a DataMatrix carries, else empty.
    """

    serial: str
    print_number: int
    protocol_digest: str


@dataclass(frozen=True, slots=True)
class TextScan:
    """Any other code, as it was read: a badge, or a product without a GTIN."""

    text: str


Scan = ProductScan | BagScan | TextScan
