"""Every finding that the rules of products, lots and stock can come to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from pharmacy_app.domain.cold_storage import (
    KitLot,
    TimeOutside,
    check_outside,
    check_put_back,
    check_taken_out,
    outside,
)
from pharmacy_app.domain.finding import Finding
from pharmacy_app.domain.product import LotMove, LotState
from pharmacy_app.domain.product_check import check_code, check_lot, check_product
from pharmacy_app.domain.quantity import Concentration, Duration, Volume
from pharmacy_app.domain.stock_rules import (
    Receipt,
    check_kept_lot,
    check_kept_product,
    check_move,
    check_receipt,
    check_training,
    unknown_lot,
)
from tests.support.products import DRUG_CODE, bacteriostatic, bag, drug_vial, lot, saline, scan, tubing
from tests.support.rulebooks import protocol

_TODAY = date(2028, 1, 1)
_BEFORE = datetime(2020, 1, 1, tzinfo=UTC)


def findings_of_stock() -> Iterator[Finding]:
    """All of them, some more than once."""
    yield from _of_products()
    yield from _of_scans()
    yield from _of_receipts()
    yield from _of_moves()
    yield from _of_the_kit()


def _of_products() -> Iterator[Finding]:
    for code in ("", "4006381333931", "00614141123453"):
        yield from check_code(code)
    other = Concentration(Decimal(10))
    yield from check_product(drug_vial(volume=Volume(Decimal("2.8")), concentration=other), protocol())
    yield from check_product(drug_vial(volume=None), protocol())
    yield from check_product(bag(volume=Volume(Decimal(0)), built_in_filter=True), protocol())
    yield from check_product(tubing(built_in_filter=None), protocol())
    yield from check_kept_product(bacteriostatic(), drug_vial(), used=1)


def _of_scans() -> Iterator[Finding]:
    bad = lot(expires_on=date(2027, 1, 31), reason="letter", state=LotState.RECALLED)
    for product, of, scanned in (
        (None, None, scan()),
        (drug_vial(), None, scan()),
        (drug_vial(), None, scan(lot="")),
        (drug_vial(), bad, scan()),
        (drug_vial(), lot(reason="wet", state=LotState.QUARANTINED), scan()),
    ):
        yield from check_lot(product, of, scanned=scanned, used=10, today=_TODAY)


def _of_receipts() -> Iterator[Finding]:
    recalled = lot(reason="letter", state=LotState.RECALLED)
    for receipt in (
        Receipt(DRUG_CODE, "7K114", date(2027, 1, 31), 9_999),
        Receipt(DRUG_CODE, " ", date(2027, 1, 31), 0),
    ):
        yield from check_receipt(receipt, drug_vial(), recalled, today=_TODAY)
    yield from check_kept_lot(lot(reason=" "), None, recalled, now=_BEFORE)


def _of_moves() -> Iterator[Finding]:
    yield from check_move(LotMove.QUARANTINE, drug_vial(), lot(state=LotState.QUARANTINED, reason="wet"))
    yield from check_move(LotMove.RELEASE, drug_vial(), lot())
    yield from unknown_lot("7K114")
    yield from check_training(training=False)


def _of_the_kit() -> Iterator[Finding]:
    ten, noon = (datetime(2026, 11, 20, hour, tzinfo=UTC) for hour in (10, 12))
    out = TimeOutside(DRUG_CODE, "7K114", 1, ten, None, "counted")
    back = TimeOutside(DRUG_CODE, "7K114", 1, ten, noon, "counted")
    for limit in (None, Duration(Decimal(1)), Duration(Decimal(8))):
        yield from check_outside(drug_vial(), "7K114", outside([out], limit=limit, at=noon))
    for product, stays in ((saline(), ()), (drug_vial(), (out,)), (drug_vial(), (back,))):
        kit = KitLot(product, lot(), ten, stays)
        for moment in (_BEFORE, ten, datetime(2030, 1, 1, tzinfo=UTC)):
            yield from check_taken_out(kit, moment, now=noon, zone=ZoneInfo("UTC"))
            yield from check_put_back(kit, moment, now=noon, zone=ZoneInfo("UTC"))
