"""Amounts: one class for each dimension, exact, and shown as people read them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmacy_app.domain.quantity import (
    Concentration,
    DoseRate,
    Duration,
    Mass,
    Rate,
    Volume,
    Weight,
    plain,
)

DECIMALS = st.decimals(min_value=0, max_value=999_999, places=4)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("10.70", "10.7"),
        ("0.60", "0.6"),
        ("270", "270"),
        ("270.0000", "270"),
        ("1E+2", "100"),
        ("1E-4", "0.0001"),
        ("-0", "0"),
        ("-0.00", "0"),
        ("0.000", "0"),
        ("-1.50", "-1.5"),
        ("123456.7890", "123456.789"),
    ],
)
def test_a_number_is_shown_without_exponent_trailing_zero_or_minus_zero(value: str, text: str) -> None:
    assert plain(Decimal(value)) == text


@given(DECIMALS)
def test_a_shown_number_is_still_the_same_number(value: Decimal) -> None:
    shown = plain(value)
    assert Decimal(shown) == value
    assert "E" not in shown.upper()
    assert not shown.startswith(".")
    assert not ("." in shown and shown.endswith(("0", ".")))


@pytest.mark.req("REQ-LBL-002")
def test_an_amount_is_number_space_unit_and_micrograms_are_mcg() -> None:
    assert Mass(Decimal("112.0")).text == "112 mcg"
    assert Volume(Decimal("0.830")).text == "0.83 mL"
    assert Concentration(Decimal("12.5")).text == "12.5 mcg/mL"
    assert Duration(Decimal(96)).text == "96 h"
    assert Rate(Decimal("3.30")).text == "3.3 mL/h"
    assert DoseRate(Decimal(28)).text == "28 mcg/day"
    assert Weight(Decimal("45.0")).text == "45 kg"


@pytest.mark.req("REQ-MIX-001")
def test_a_vial_of_3_08_ml_at_12_5_mcg_per_ml_holds_38_5_mcg() -> None:
    assert Concentration(Decimal("12.5")).times_volume(Volume(Decimal("3.08"))) == Mass(Decimal("38.5"))
    assert Mass(Decimal(35)).divided_by(Concentration(Decimal("12.5"))) == Volume(Decimal("2.8"))


@pytest.mark.req("REQ-MIX-006")
def test_72_h_at_3_3_ml_per_h_are_237_6_ml() -> None:
    assert Rate(Decimal("3.3")).over(Duration(Decimal(72))) == Volume(Decimal("237.6"))


def test_four_days_at_28_mcg_per_day_are_112_mcg() -> None:
    assert DoseRate(Decimal(28)).over_days(4) == Mass(Decimal(112))


def test_amounts_of_one_dimension_are_added_subtracted_multiplied_and_compared() -> None:
    assert Volume(Decimal("0.1")) + Volume(Decimal("0.2")) == Volume(Decimal("0.3"))
    assert Volume(Decimal("286.2")) - Volume(Decimal(240)) == Volume(Decimal("46.2"))
    assert Mass(Decimal(35)).times(6) == Mass(Decimal(210))
    assert Weight(Decimal("44.9")) < Weight(Decimal(45))
    assert Weight(Decimal("45.0")) >= Weight(Decimal(45))


def test_two_dimensions_do_not_go_together() -> None:
    with pytest.raises(TypeError):
        Volume(Decimal(1)) + Mass(Decimal(1))  # type: ignore[operator]
    with pytest.raises(TypeError):
        Volume(Decimal(1)) - Duration(Decimal(1))  # type: ignore[operator]
    with pytest.raises(TypeError):
        assert Volume(Decimal(1)) < Mass(Decimal(2))  # type: ignore[operator]
    assert Volume(Decimal(1)) != Mass(Decimal(1))  # type: ignore[comparison-overlap]


@pytest.mark.parametrize(
    "value", [0.1, 1, "1", True, None, Decimal("NaN"), Decimal("Infinity"), Decimal("-Infinity")]
)
def test_an_amount_is_a_finite_decimal_and_nothing_else(value: object) -> None:
    with pytest.raises(TypeError):
        Volume(value)  # type: ignore[arg-type]
