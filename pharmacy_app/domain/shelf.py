"""What stands on the shelf: lots on hand, which is taken first, what runs out or expires soon (REQ-SUP-008).

A unit is used when it was scanned for a bag. On hand is what was received less what was used. A lot that was
outside 2–8 °C for too long is as good as expired (REQ-BUD-007).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pharmacy_app.domain.cold_storage import KIT, Outside
from pharmacy_app.domain.finding import Finding
from pharmacy_app.domain.product import Lot, LotState, Product, ProductKind
from pharmacy_app.domain.product_check import check_product, is_expired
from pharmacy_app.domain.protocol import Protocol


@dataclass(frozen=True, slots=True)
class ShelfLot:
    """A lot with its product, and how many of its units were used.

    `findings` say why the product may be in no bag; `expired` is by the site's date. `outside` is None where
    the lot was never out of the refrigerator, or need not be in it.
    """

    product: Product
    lot: Lot
    used: int
    expired: bool
    findings: tuple[Finding, ...]
    outside: Outside | None

    @property
    def on_hand(self) -> int:
        """Received less used. Below 0 the count on file is wrong, and it is shown so."""
        return self.lot.quantity - self.used

    @property
    def usable(self) -> bool:
        """Whether a unit of it may be taken now."""
        return (
            self.on_hand > 0
            and self.lot.state is LotState.AVAILABLE
            and not self.expired
            and not self.findings
            and not (self.outside is not None and self.outside.is_over)
        )


def shelf(
    products: Iterable[Product],
    lots: Iterable[Lot],
    used: Mapping[str, int],
    *,
    outside: Mapping[str, Outside],
    protocol: Protocol,
    today: date,
) -> tuple[ShelfLot, ...]:
    """Every lot on file, what expires first standing first. `used` and `outside` are by `Lot.key`."""
    by_code = {each.code: each for each in products}
    findings = {code: check_product(product, protocol) for code, product in by_code.items()}
    stand = [
        ShelfLot(
            product=by_code[lot.code],
            lot=lot,
            used=used.get(lot.key, 0),
            expired=is_expired(lot, today),
            findings=findings[lot.code],
            outside=outside.get(lot.key) if by_code[lot.code].kind in KIT else None,
        )
        for lot in lots
    ]
    return tuple(sorted(stand, key=lambda each: (each.lot.expires_on, each.lot.code, each.lot.lot)))


def usable_of(stand: Iterable[ShelfLot], kind: ProductKind) -> tuple[ShelfLot, ...]:
    """The lots of one kind from which a unit may be taken, in the order of the shelf."""
    return tuple(each for each in stand if each.product.kind is kind and each.usable)


def first_to_expire(stand: Iterable[ShelfLot], kind: ProductKind) -> ShelfLot | None:
    """The lot to be offered; None where no unit of the kind may be taken."""
    return next(iter(usable_of(stand, kind)), None)


def expiring(stand: Iterable[ShelfLot], *, today: date, within_days: int | None) -> tuple[ShelfLot, ...]:
    """The lots that can still be used but expire within so many days; with None, the figure is not set."""
    if within_days is None:
        return ()
    last = today + timedelta(days=within_days)
    return tuple(each for each in stand if each.usable and each.lot.expires_on <= last)


@dataclass(frozen=True, slots=True)
class RunningOut:
    """A kind of which few or no units may be taken."""

    kind: ProductKind
    left: int


def running_out(
    stand: Iterable[ShelfLot], products: Iterable[Product], *, low_vials: int | None
) -> tuple[RunningOut, ...]:
    """Drug vials below the site's figure, and every kind of the catalogue of which nothing is left."""
    left = dict.fromkeys((each.kind for each in products), 0)
    for each in stand:
        if each.usable:
            left[each.product.kind] += each.on_hand
    return tuple(
        RunningOut(kind, left[kind])
        for kind in ProductKind
        if kind in left and left[kind] < _least(kind, low_vials)
    )


def _least(kind: ProductKind, low_vials: int | None) -> int:
    """The number of units below which a kind runs out: one, where the site sets no other."""
    return low_vials if kind is ProductKind.DRUG_VIAL and low_vials is not None else 1
