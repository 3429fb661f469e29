"""What may be received and kept: lots, counts, reasons, and what may still change (REQ-SUP-008)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from pharmacy_app.domain.clock import date_text
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding
from pharmacy_app.domain.product import LOT_MOVES, Lot, LotMove, LotState, Product, lot_key
from pharmacy_app.domain.product_check import check_entry

LARGEST_QUANTITY = 9_999
LONGEST_REASON = 200
_LOT = re.compile(r"[!-~]([ -~]{0,38}[!-~])?")


@dataclass(frozen=True, slots=True)
class Receipt:
    """Units that arrived, as scanned or typed. The lot number is as printed, to the letter."""

    code: str
    lot: str
    expires_on: date
    quantity: int

    @property
    def key(self) -> str:
        """The lot to which they belong."""
        return lot_key(self.code, self.lot)


def check_receipt(
    receipt: Receipt, product: Product | None, lot: Lot | None, *, today: date
) -> tuple[Finding, ...]:
    """Everything that stands against receiving it. `lot` is what is on file for its key."""
    if product is None:
        return (_stop("lot.product-unknown", given=receipt.code),)
    found = [*check_lot_number(receipt.lot), *check_quantity(receipt.quantity)]
    values = {
        "product": product.name,
        "lot": receipt.lot or "?",
        "expires": date_text(receipt.expires_on),
    }
    if receipt.expires_on < today:
        found.append(_stop("stock.expired", field="expires_on", today=date_text(today), **values))
    if lot is not None:
        found += _beside(receipt, lot, values)
    return tuple(found)


def _beside(receipt: Receipt, lot: Lot, values: dict[str, str]) -> Iterator[Finding]:
    if receipt.expires_on != lot.expires_on:
        on_file = date_text(lot.expires_on)
        yield _stop("stock.expiry-differs", field="expires_on", on_file=on_file, **values)
    if lot.state is LotState.RECALLED:
        yield _stop("lot.recalled", field="lot", reason=lot.reason, **values)
    total = lot.quantity + receipt.quantity
    if receipt.quantity <= LARGEST_QUANTITY < total:
        yield _stop("stock.quantity-in-all", field="quantity", total=str(total), most=str(LARGEST_QUANTITY))


def received(receipt: Receipt, lot: Lot | None, *, at: datetime) -> Lot:
    """The lot after the receipt; what was in quarantine stays there."""
    if lot is not None:
        return replace(lot, quantity=lot.quantity + receipt.quantity, received_at=at)
    return Lot(
        code=receipt.code,
        lot=receipt.lot,
        expires_on=receipt.expires_on,
        quantity=receipt.quantity,
        received_at=at,
        state=LotState.AVAILABLE,
        reason="",
    )


def check_lot_number(lot: str) -> tuple[Finding, ...]:
    """1 to 40 printable ASCII signs, no space at either end."""
    return () if _LOT.fullmatch(lot) else (_stop("stock.lot-number", field="lot"),)


def check_quantity(quantity: int) -> tuple[Finding, ...]:
    """A whole number of units from 1 up."""
    if 1 <= quantity <= LARGEST_QUANTITY:
        return ()
    return (_stop("stock.quantity", field="quantity", given=str(quantity), most=str(LARGEST_QUANTITY)),)


def check_reason(reason: str) -> tuple[Finding, ...]:
    """A reason that others can read."""
    if 0 < len(reason) <= LONGEST_REASON and reason.isprintable() and reason == reason.strip():
        return ()
    return (_stop("stock.reason", field="reason", most=str(LONGEST_REASON)),)


def check_move(move: LotMove, product: Product, lot: Lot) -> tuple[Finding, ...]:
    """Whether the lot may be moved so, by the table of moves."""
    if (lot.state, move) in LOT_MOVES:
        return ()
    values = {"product": product.name, "lot": lot.lot, "expires": date_text(lot.expires_on)}
    if lot.state is LotState.RECALLED:
        return (_stop("lot.recalled", reason=lot.reason, **values),)
    return (_stop(f"stock.no-{move.value}", **values),)


def unknown_lot(lot: str) -> tuple[Finding, ...]:
    """A lot that is not on file cannot be moved."""
    return (_stop("stock.lot-unknown", lot=lot),)


def check_training(*, training: bool) -> tuple[Finding, ...]:
    """Made-up products stand on no shelf from which patients are treated (REQ-PRO-004)."""
    if training:
        return ()
    return (finding("stock.training-only", Severity.STOP, "REQ-PRO-004", Mark.DERIVED),)


def moved(move: LotMove, lot: Lot, reason: str) -> Lot:
    """The lot after a legal move."""
    return replace(lot, state=LOT_MOVES[lot.state, move], reason=reason)


def check_kept_product(product: Product, former: Product | None, *, used: int) -> tuple[Finding, ...]:
    """What stands against keeping it. Units that went into bags were of the kind that stood here then."""
    found = check_entry(product)
    if former is not None and former.kind is not product.kind and used:
        values = {"product": former.name, "kind": former.kind.value}
        return (*found, _stop("stock.kind-in-bags", field="kind", **values))
    return found


def check_kept_lot(
    lot: Lot, product: Product | None, former: Lot | None, *, now: datetime
) -> Iterator[Finding]:
    """What stands against keeping a lot from a file: a file adds lots, and changes none."""
    if product is None:
        yield _stop("lot.product-unknown", field="code", given=lot.code)
    yield from check_lot_number(lot.lot)
    yield from check_quantity(lot.quantity)
    if lot.received_at > now:
        yield _stop("stock.received-later", field="received_at")
    if lot.state is not LotState.AVAILABLE or lot.reason:
        yield from check_reason(lot.reason)
    if former is not None and former != lot:
        yield _stop("stock.lot-on-file", field="lot", lot=lot.lot)


def _stop(code: str, *, field: str = "", **values: str) -> Finding:
    return finding(code, Severity.STOP, "REQ-SUP-008", Mark.DERIVED, field=field, **values)
