"""The training pharmacy's shelf: made-up products under codes that belong to nobody, of every kind."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from biip.gtin import Gtin

from db.engine import Database
from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.product import LotState, Product, ProductKind
from pharmacy_app.domain.product_check import check_entry
from pharmacy_app.intake.catalogue_csv import CatalogueCsv
from pharmacy_app.workflow.stock_desk import Stock
from tests.support.rulebooks import protocol, rulebook
from tests.support.stations import NOW, station_of

FILES = CatalogueCsv()


@pytest.fixture
def stock(database: Database) -> Stock:
    here = Stock(station_of(database), FILES)
    here.start_training()
    return here


def products() -> tuple[Product, ...]:
    return FILES.training_products()


@pytest.mark.req("REQ-SUP-008")
def test_every_code_is_a_valid_gtin_of_the_range_for_use_within_a_company() -> None:
    for each in products():
        assert check_entry(each) == ()
        gtin = Gtin.parse(each.code)
        assert gtin.value == each.code
        assert each.code.startswith("020"), "GS1 prefix 020 to 029, or 20 to 29 under a zero: nobody's"


@pytest.mark.req("REQ-SUP-008")
def test_every_kind_has_a_lot_from_which_a_unit_may_be_taken(stock: Stock) -> None:
    for kind in ProductKind:
        assert stock.first_to_expire(kind) is not None, kind


def test_there_is_a_set_with_and_one_without_a_filter_a_bag_of_known_fill_and_a_small_bag(
    stock: Stock,
) -> None:
    usable = [each.product for each in stock.look().products if not each.findings]
    assert {each.built_in_filter for each in usable if each.kind is ProductKind.TUBING} == {True, False}
    bags = [each for each in usable if each.kind is ProductKind.BAG]
    assert sorted((str(each.volume.number), each.fill is not None) for each in bags if each.volume) == [
        ("150", False),
        ("500", False),
        ("500", True),
    ]


def test_exercises_stop_as_they_should(stock: Stock) -> None:
    stopped = {
        each.product.name: [f.code for f in each.findings] for each in stock.look().products if each.findings
    }
    assert stopped == {
        "Pump set, PVC with DEHP (exercise)": ["supply.tubing-dehp"],
        "Empty bag 500 mL, DEHP not known (exercise)": ["supply.bag-dehp-not-known"],
        "Blinatumomab 35 mcg vial of another country (exercise)": ["product.drug-volume"],
    }


def test_the_drug_vial_is_the_protocols_and_its_code_tells_units_apart() -> None:
    (vial, other) = [each for each in products() if each.kind is ProductKind.DRUG_VIAL]
    assert vial.concentration == protocol().vial_concentration
    assert vial.has_serial
    assert other.has_serial


@pytest.mark.req("REQ-SUP-008")
def test_there_are_lots_to_be_stopped_by_and_one_that_expires_soon(stock: Stock) -> None:
    view = stock.look()
    assert Counter(each.lot.state for each in view.shelf)[LotState.QUARANTINED] == 1
    assert Counter(each.lot.state for each in view.shelf)[LotState.RECALLED] == 1
    assert [each.lot.lot for each in view.shelf if each.expired] == ["TV7688"]
    assert [(each.lot.lot, each.lot.expires_on) for each in view.expiring] == [
        ("TV7702", date(2026, 12, 2)),
        ("TN8970", date(2026, 12, 10)),
    ]


def test_two_salines_have_one_lot_number_and_are_two_lots(stock: Stock) -> None:
    alike = [each.product.kind for each in stock.look().shelf if each.lot.lot == "TN9001"]
    assert sorted(each.value for each in alike) == ["saline-bacteriostatic", "saline-preservative-free"]


def test_training_begun_twice_changes_nothing(stock: Stock, database: Database) -> None:
    code = next(each.code for each in products() if each.kind is ProductKind.STABILIZER)
    stock.quarantine(code, "TS3310", "exercise")
    before = stock.products(), stock.lots()
    later = datetime(2027, 1, 4, 15, 0, tzinfo=UTC)
    Stock(station_of(database, now=later), FILES).start_training()
    assert (stock.products(), stock.lots()) == before


@pytest.mark.req("REQ-PRO-004")
def test_a_pharmacy_that_treats_patients_never_gets_the_training_stock(database: Database) -> None:
    book = rulebook()
    commissioned = replace(book, site=replace(book.site, training=False))
    with pytest.raises(RulesRefused) as refusal:
        Stock(station_of(database, now=NOW, book=commissioned), FILES).start_training()
    assert [each.code for each in refusal.value.findings] == ["stock.training-only"]
    assert Stock(station_of(database), FILES).products() == ()
