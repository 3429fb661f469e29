"""Units counted by scanning: each unit once, each lot by itself, nothing carried over to another."""

from __future__ import annotations

from datetime import date

import pytest

from pharmacy_app.domain.scan import BagScan, ProductScan, Scan, TextScan
from ui.supplies.receipt_draft import ReceiptDraft, after

GTIN = "02002611000019"


def unit(serial: str = "", *, lot: str = "TV1", expires: date | None = date(2027, 11, 30)) -> ProductScan:
    return ProductScan(GTIN, lot, expires, serial)


def draft_of(*scans: Scan) -> ReceiptDraft:
    draft = ReceiptDraft()
    for each in scans:
        next_draft = after(draft, each)
        assert isinstance(next_draft, ReceiptDraft)
        draft = next_draft
    return draft


@pytest.mark.req("REQ-SUP-008")
def test_one_unit_scanned_twice_is_counted_once() -> None:
    assert after(draft_of(unit("A"), unit("B")), unit("A")) == "ui.supplies.scanned-twice"


@pytest.mark.req("REQ-SUP-008")
def test_units_without_a_serial_are_so_many_scans_of_one_lot() -> None:
    assert draft_of(unit(), unit(), unit()).texts["quantity"] == "3"


@pytest.mark.req("REQ-SUP-008")
@pytest.mark.parametrize(
    "other", [unit("B", lot="TV2"), unit("B", expires=date(2027, 12, 31)), unit("B", expires=None)]
)
def test_a_unit_of_another_lot_or_expiry_begins_anew(other: ProductScan) -> None:
    draft = draft_of(unit("A"), other)
    assert draft.texts["quantity"] == "1"
    assert draft.texts["lot"] == other.lot


def test_the_same_serial_of_another_lot_is_another_unit() -> None:
    assert draft_of(unit("A"), unit("A", lot="TV2")).texts["quantity"] == "1"


def test_a_count_that_a_person_typed_is_neither_changed_nor_lost_by_a_scan() -> None:
    typed = draft_of(unit("A"), unit("B")).typed("quantity", "24")
    assert after(typed, unit("C")) == "ui.supplies.scanned-after-typed"
    cleared = after(typed.typed("quantity", ""), unit("C"))
    assert isinstance(cleared, ReceiptDraft)
    assert cleared.texts["quantity"] == "1"


def test_a_lot_that_a_person_changed_is_not_counted_on() -> None:
    changed = draft_of(unit("A")).typed("lot", "TV9")
    assert changed.texts == {"code": GTIN, "lot": "TV9", "expires_on": "2027-11-30", "quantity": "1"}
    begun_anew = after(changed, unit("B"))
    assert isinstance(begun_anew, ReceiptDraft)
    assert begun_anew.texts["lot"] == "TV1"


def test_a_code_that_says_only_which_product_it_is_leaves_the_rest_to_be_typed() -> None:
    draft = draft_of(unit("A"), TextScan("EVA-500"))
    assert draft.texts == {"code": "EVA-500", "lot": "", "expires_on": "", "quantity": ""}
    number_only = ProductScan("02002611000064", "", None, "")
    assert draft_of(number_only).texts["code"] == "02002611000064"
    kept = draft_of(number_only).typed("lot", "TB1")
    assert after(kept, number_only) == kept


def test_a_bag_of_this_pharmacy_is_no_supply() -> None:
    assert after(ReceiptDraft(), BagScan("2611200001", 1, "")) == "ui.supplies.scanned-bag"
