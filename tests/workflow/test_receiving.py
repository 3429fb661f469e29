"""What arrives is received as printed, counted, and by the site's date; on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from db.engine import Database
from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.wording import load
from tests.support.products import drug_vial
from tests.support.stocks import codes, receipt, stock, stocked, the_lot

WORDS = load()


@pytest.mark.req("REQ-SUP-008")
def test_a_product_that_is_not_in_the_catalogue_is_not_received(database: Database) -> None:
    with pytest.raises(RulesRefused) as refusal:
        stock(database).receive(receipt())
    assert codes(refusal) == ["lot.product-unknown"]
    assert stock(database).lots() == ()


@pytest.mark.req("REQ-SUP-008")
def test_one_lot_has_one_expiry(database: Database) -> None:
    here = stocked(database)
    with pytest.raises(RulesRefused) as refusal:
        here.receive(receipt(expires_on=date(2027, 12, 31)))
    assert codes(refusal) == ["stock.expiry-differs"]
    differs = "given the expiry 2027-DEC-31, on file is 2027-NOV-30"
    assert [WORDS.finding(each) for each in refusal.value.findings] == [
        f"Blinatumomab 38.5 mcg, lot 7K114: {differs}. A lot has one expiry; look at the package."
    ]
    assert the_lot(here).quantity == 10


@pytest.mark.req("REQ-SUP-008")
def test_an_expired_lot_is_not_received_and_the_day_is_that_of_the_site(database: Database) -> None:
    last_minute_in_toronto = datetime(2026, 12, 1, 4, 59, tzinfo=UTC)
    here = stock(database, now=last_minute_in_toronto)
    here.keep_product(drug_vial())
    here.receive(receipt(lot="A", expires_on=date(2026, 11, 30)))
    with pytest.raises(RulesRefused) as refusal:
        here.receive(receipt(lot="B", expires_on=date(2026, 11, 29)))
    assert codes(refusal) == ["stock.expired"]
    with pytest.raises(RulesRefused) as refusal:
        stock(database, now=datetime(2026, 12, 1, 5, 0, tzinfo=UTC)).receive(
            receipt(lot="C", expires_on=date(2026, 11, 30))
        )
    assert codes(refusal) == ["stock.expired"]


@pytest.mark.req("REQ-SUP-008")
@pytest.mark.parametrize("quantity", [-1, 0, 10_000])
def test_a_quantity_is_a_whole_number_from_1_to_9999(database: Database, quantity: int) -> None:
    here = stocked(database)
    with pytest.raises(RulesRefused) as refusal:
        here.receive(receipt(quantity=quantity))
    assert codes(refusal) == ["stock.quantity"]


def test_a_lot_holds_at_most_9999_units_in_all(database: Database) -> None:
    here = stocked(database)
    with pytest.raises(RulesRefused) as refusal:
        here.receive(receipt(quantity=9_990))
    assert codes(refusal) == ["stock.quantity-in-all"]
    assert here.receive(receipt(quantity=9_989)).quantity == 9_999


@pytest.mark.parametrize("lot", ["", " 7K114", "7K114 ", "7K\n114", "7É114", "x" * 41])
def test_a_lot_number_is_received_as_printed_or_not_at_all(database: Database, lot: str) -> None:
    here = stocked(database)
    with pytest.raises(RulesRefused) as refusal:
        here.receive(receipt(lot=lot))
    assert codes(refusal) == ["stock.lot-number"]
