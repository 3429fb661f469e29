"""Which product may be used, and which unit of which lot. What could hurt stands first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from biip.gtin import Gtin

from pharmacy_app.domain.finding import Severity
from pharmacy_app.domain.product import Lot, LotState, Product, ProductKind
from pharmacy_app.domain.product_check import check_code, check_entry, check_lot, check_product
from pharmacy_app.domain.quantity import Concentration, Volume
from pharmacy_app.domain.supply import BagMaterial
from pharmacy_app.wording import load
from tests.support.products import bacteriostatic, bag, drug_vial, filter_, lot, saline, scan, tubing
from tests.support.rulebooks import protocol

TODAY = date(2026, 11, 20)
WORDS = load()


def codes(product: Product | None, of: Lot | None, *, used: int = 0, today: date = TODAY) -> list[str]:
    found = check_lot(product, of, scanned=scan(), used=used, today=today)
    assert all(each.severity is Severity.STOP for each in found)
    return [each.code for each in found]


def said(product: Product | None, of: Lot | None, **changes: object) -> list[str]:
    asked = {"scanned": scan(), "used": 0, "today": TODAY, **changes}
    return [WORDS.finding(each) for each in check_lot(product, of, **asked)]  # type: ignore[arg-type]


@pytest.mark.req("REQ-SUP-008")
def test_a_product_that_is_not_in_the_catalogue_stops() -> None:
    assert codes(None, None) == ["lot.product-unknown"]
    assert said(None, None) == ["No product of the catalogue has the code 02000000000015. Do not use it."]


@pytest.mark.req("REQ-SUP-008")
def test_a_lot_that_was_never_received_stops() -> None:
    assert codes(drug_vial(), None) == ["lot.unknown"]
    assert said(drug_vial(), None) == [
        "Blinatumomab 38.5 mcg: lot 7K114 was never received here. Do not use it."
    ]


@pytest.mark.req("REQ-SUP-008")
def test_a_recalled_lot_stops_and_names_product_lot_date_and_reason() -> None:
    recalled = lot(state=LotState.RECALLED, reason="maker's letter")
    assert codes(drug_vial(), recalled) == ["lot.recalled"]
    assert said(drug_vial(), recalled) == [
        "Blinatumomab 38.5 mcg, lot 7K114, expires 2027-NOV-30, was recalled: maker's letter. Do not use it."
    ]


@pytest.mark.req("REQ-SUP-008")
def test_a_quarantined_lot_stops() -> None:
    quarantined = lot(state=LotState.QUARANTINED, reason="carton was wet")
    assert codes(drug_vial(), quarantined) == ["lot.quarantined"]


@pytest.mark.req("REQ-SUP-008")
@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2027, 11, 29), []),
        (date(2027, 11, 30), []),
        (date(2027, 12, 1), ["lot.expired"]),
        (date(2028, 11, 30), ["lot.expired"]),
    ],
)
def test_a_lot_is_good_until_the_end_of_its_expiry_day(today: date, expected: list[str]) -> None:
    assert codes(drug_vial(), lot(), today=today) == expected


def test_an_expired_lot_is_named_with_its_date_and_todays() -> None:
    assert said(drug_vial(), lot(), today=date(2027, 12, 1)) == [
        "Blinatumomab 38.5 mcg, lot 7K114, expired 2027-NOV-30. Today is 2027-DEC-01. Do not use it."
    ]


@pytest.mark.req("REQ-SUP-008")
def test_a_scanned_expiry_that_is_not_the_one_on_file_stops() -> None:
    assert codes(drug_vial(), lot(expires_on=date(2027, 10, 31))) == ["lot.expiry-differs"]


def test_a_code_without_an_expiry_rests_on_the_one_on_file() -> None:
    assert check_lot(drug_vial(), lot(), scanned=scan(expires_on=None), used=0, today=TODAY) == ()


@pytest.mark.req("REQ-SUP-008")
@pytest.mark.parametrize(("used", "expected"), [(9, []), (10, ["lot.used-up"]), (11, ["lot.used-up"])])
def test_a_lot_of_which_every_unit_was_used_stops(used: int, expected: list[str]) -> None:
    assert codes(drug_vial(), lot(), used=used) == expected


@pytest.mark.req("REQ-SUP-008")
def test_a_code_without_a_lot_number_stops() -> None:
    found = check_lot(drug_vial(), None, scanned=scan(lot=""), used=0, today=TODAY)
    assert [each.code for each in found] == ["lot.number-missing"]


def test_everything_that_is_wrong_is_said_at_once() -> None:
    bad = lot(state=LotState.RECALLED, reason="letter", expires_on=date(2026, 11, 1))
    assert codes(drug_vial(), bad, used=10) == [
        "lot.recalled",
        "lot.expiry-differs",
        "lot.expired",
        "lot.used-up",
    ]


def test_a_good_unit_of_a_good_lot_may_be_taken() -> None:
    assert codes(drug_vial(), lot(), used=3) == []


def test_the_same_lot_number_of_another_product_is_another_lot() -> None:
    assert lot(saline()).key != lot(drug_vial()).key
    with pytest.raises(ValueError, match="not what was scanned"):
        check_lot(drug_vial(), lot(saline()), scanned=scan(), used=0, today=TODAY)
    with pytest.raises(ValueError, match="not what was scanned"):
        check_lot(saline(), None, scanned=scan(), used=0, today=TODAY)


def of(product: Product) -> list[str]:
    return [each.code for each in check_product(product, protocol())]


@pytest.mark.req("REQ-SUP-008", "REQ-SUP-001")
@pytest.mark.parametrize("product", [bag(), tubing()], ids=["bag", "tubing"])
def test_dehp_or_not_known_whether_there_is_any_stops(product: Product) -> None:
    part = product.kind.value
    assert of(product) == []
    assert of(replace(product, dehp=True)) == [f"supply.{part}-dehp"]
    assert of(replace(product, dehp=None)) == [f"supply.{part}-dehp-not-known"]
    assert of(replace(product, material=None)) == [f"supply.{part}-material-not-known"]
    assert of(replace(product, material=BagMaterial.OTHER)) == [f"supply.{part}-material"]


@pytest.mark.req("REQ-SUP-008", "REQ-SUP-002")
def test_a_filter_needs_every_property_known_and_right() -> None:
    assert of(filter_()) == []
    assert of(filter_(pore_micron=Decimal("0.2"))) == []
    assert of(filter_(pore_micron=Decimal("1.2"))) == ["supply.pore"]
    unknown = filter_(pore_micron=None, low_protein_binding=None, sterile=None, non_pyrogenic=None)
    assert of(unknown) == [
        "supply.pore-not-known",
        "supply.filter-low-protein-binding-not-known",
        "supply.filter-sterile-not-known",
        "supply.filter-non-pyrogenic-not-known",
    ]


@pytest.mark.req("REQ-SUP-002")
def test_a_built_in_filter_has_to_be_as_right_as_any_other_and_not_known_is_not_none() -> None:
    assert of(tubing(built_in_filter=None)) == ["supply.built-in-filter-not-known"]
    assert of(tubing(built_in_filter=True)) == [
        "supply.pore-not-known",
        "supply.filter-low-protein-binding-not-known",
        "supply.filter-sterile-not-known",
        "supply.filter-non-pyrogenic-not-known",
    ]
    right = tubing(
        built_in_filter=True,
        pore_micron=Decimal("0.2"),
        low_protein_binding=True,
        sterile=True,
        non_pyrogenic=True,
    )
    assert of(right) == []


@pytest.mark.req("REQ-SUP-008", "REQ-MIX-001")
def test_a_drug_vial_of_another_strength_stops() -> None:
    assert of(drug_vial()) == []
    assert of(drug_vial(concentration=Concentration(Decimal("12.4")))) == ["product.drug-concentration"]
    assert of(drug_vial(volume=Volume(Decimal("2.8")))) == ["product.drug-volume"]
    assert of(drug_vial(volume=None, concentration=None)) == ["product.not-known", "product.not-known"]
    assert {each.field for each in check_product(drug_vial(volume=None, concentration=None), protocol())} == {
        "volume",
        "concentration",
    }


@pytest.mark.req("REQ-SUP-008")
@pytest.mark.parametrize("product", [saline(), bacteriostatic()], ids=["preservative-free", "bacteriostatic"])
def test_a_fluid_needs_its_volume(product: Product) -> None:
    assert of(product) == []
    assert of(replace(product, volume=None)) == ["product.not-known"]
    assert of(replace(product, volume=Volume(Decimal(0)))) == ["product.not-above-zero"]


def test_the_two_salines_are_never_one_kind() -> None:
    assert saline().kind is ProductKind.SALINE_PRESERVATIVE_FREE
    assert bacteriostatic().kind is ProductKind.SALINE_BACTERIOSTATIC
    assert {each.value for each in ProductKind if "saline" in each.value} == {
        "saline-preservative-free",
        "saline-bacteriostatic",
    }


@pytest.mark.req("REQ-SUP-008")
@pytest.mark.parametrize(
    ("product", "field"),
    [
        (drug_vial(fill=Volume(Decimal(250))), "fill"),
        (saline(concentration=Concentration(Decimal("12.5"))), "concentration"),
        (bag(pore_micron=Decimal("0.22")), "pore_micron"),
        (bag(built_in_filter=False), "built_in_filter"),
        (tubing(volume=Volume(Decimal(500))), "volume"),
        (tubing(pore_micron=Decimal("0.22")), "pore_micron"),
        (filter_(dehp=False), "dehp"),
    ],
)
def test_a_property_of_another_kind_is_refused(product: Product, field: str) -> None:
    assert [(each.code, each.field) for each in check_entry(product)] == [("product.not-of-kind", field)]


def test_a_product_that_may_not_be_used_can_still_be_known() -> None:
    assert check_entry(tubing(dehp=True, material=BagMaterial.PVC)) == ()
    assert check_entry(bag(dehp=None)) == ()


@pytest.mark.req("REQ-SUP-008")
@pytest.mark.parametrize("code", ["00614141123452", "04006381333931", "02000000000015", "12345678901231"])
def test_a_gtin_with_its_check_digit_is_a_code_also_to_a_second_reader(code: str) -> None:
    assert check_code(code) == ()
    assert Gtin.parse(code).as_gtin_14() == code


@pytest.mark.req("REQ-SUP-008")
def test_a_gtin_with_a_wrong_check_digit_is_refused_and_the_right_one_named() -> None:
    (found,) = check_code("00614141123453")
    assert found.code == "product.code-check-digit"
    assert dict(found.values) == {"given": "00614141123453", "expected": "2"}


@pytest.mark.req("REQ-SUP-008")
@pytest.mark.parametrize("code", ["614141123452", "4006381333931", "96385074"])
def test_a_gtin_without_its_leading_zeros_is_refused(code: str) -> None:
    assert [each.code for each in check_code(code)] == ["product.code-short"]


@pytest.mark.req("REQ-SUP-008")
@pytest.mark.parametrize("code", ["EVA-500", "7", "A B", "=1+1", "0123456789012345", "x" * 40])
def test_another_code_is_printable_ascii(code: str) -> None:
    assert check_code(code) == ()


@pytest.mark.req("REQ-SUP-008")
@pytest.mark.parametrize("code", ["", " EVA", "EVA ", "É-1", "a\tb", "a\nb", "x" * 41, "\u0660" * 14])
def test_a_code_that_no_package_carries_is_refused(code: str) -> None:
    assert [each.code for each in check_code(code)] == ["product.code"]
