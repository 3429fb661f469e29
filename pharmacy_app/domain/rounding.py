"""The named rounding steps. Everything before them is exact."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Decimal

HUNDREDTH = Decimal("0.01")
TENTH = Decimal("0.1")


def two_decimals(value: Decimal) -> Decimal:
    """Half-even to two decimals, never minus zero: for delivered dose and its deviation.

    >>> two_decimals(Decimal("28.045")), two_decimals(Decimal("-0.001"))
    (Decimal('28.04'), Decimal('0.00'))
    """
    return value.quantize(HUNDREDTH, rounding=ROUND_HALF_EVEN) + Decimal("0.00")


def one_decimal(value: Decimal) -> Decimal:
    """Half-even to one decimal: for a percentage or concentration in running text."""
    return value.quantize(TENTH, rounding=ROUND_HALF_EVEN) + Decimal("0.0")


def whole_up(value: Decimal) -> int:
    """The next whole number that is not smaller: vials are opened whole.

    >>> whole_up(Decimal("16.8") / Decimal("2.8")), whole_up(Decimal("10.7") / Decimal("2.8"))
    (6, 4)
    """
    return int(value.to_integral_value(rounding=ROUND_CEILING))


def nearest_whole(value: Decimal) -> Decimal:
    """Half-even to a whole number: for an amount in running text.

    >>> nearest_whole(Decimal("106.036"))
    Decimal('106')
    """
    return value.quantize(Decimal(1), rounding=ROUND_HALF_EVEN)
