"""The named rounding steps."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pharmacy_app.domain.rounding import nearest_whole, one_decimal, two_decimals, whole_up


@pytest.mark.req("REQ-MIX-004")
@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("28.045", "28.04"),
        ("28.055", "28.06"),
        ("28.0451", "28.05"),
        ("9", "9.00"),
        ("-1.8181818", "-1.82"),
        ("-0.001", "0.00"),
        ("-0.005", "0.00"),
        ("-0.0051", "-0.01"),
        ("0", "0.00"),
    ],
)
def test_two_decimals_are_rounded_half_even_and_are_never_minus_zero(value: str, text: str) -> None:
    assert str(two_decimals(Decimal(value))) == text


@pytest.mark.parametrize(
    ("value", "text"), [("7.3636", "7.4"), ("7.35", "7.4"), ("7.45", "7.4"), ("-0.04", "0.0")]
)
def test_one_decimal_is_rounded_half_even(value: str, text: str) -> None:
    assert str(one_decimal(Decimal(value))) == text


@pytest.mark.parametrize(("value", "text"), [("106.036", "106"), ("105.5", "106"), ("106.5", "106")])
def test_the_nearest_whole_is_rounded_half_even(value: str, text: str) -> None:
    assert str(nearest_whole(Decimal(value))) == text


@pytest.mark.req("REQ-MIX-001")
@pytest.mark.parametrize(
    ("value", "whole"), [("6", 6), ("6.0", 6), ("6.0001", 7), ("0.01", 1), ("3.8214", 4)]
)
def test_vials_are_opened_whole(value: str, whole: int) -> None:
    assert whole_up(Decimal(value)) == whole
