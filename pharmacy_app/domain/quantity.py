"""One class per dimension, one exact `Decimal` in one base unit.

>>> Mass(Decimal("35")).divided_by(Concentration(Decimal("12.5")))
Volume(value=Decimal('2.8'))
>>> Rate(Decimal("3.3")).over(Duration(Decimal("72")))
Volume(value=Decimal('237.6'))
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Self

from pharmacy_app.domain.errors import InputRefused

HOURS_PER_DAY = Decimal(24)
_TYPED = re.compile(r"(0|[1-9][0-9]{0,5})(\.[0-9]{1,4})?")


def plain(value: Decimal) -> str:
    """The number as people read it: no exponent, leading zero, no trailing zero, no minus zero.

    >>> plain(Decimal("10.70")), plain(Decimal("0.60")), plain(Decimal("270")), plain(Decimal("1E+2"))
    ('10.7', '0.6', '270', '100')
    """
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


@dataclass(frozen=True, slots=True, order=True)
class Amount:
    """A finite exact number of one unit. Adding or comparing two dimensions is a type error."""

    value: Decimal
    unit: ClassVar[str] = ""

    def __post_init__(self) -> None:
        if not isinstance(self.value, Decimal) or not self.value.is_finite():
            raise TypeError(f"an amount is a finite Decimal, given {self.value!r}")

    def __add__(self, other: Self) -> Self:
        return self._of(other, self.value + other.value)

    def __sub__(self, other: Self) -> Self:
        return self._of(other, self.value - other.value)

    def _of(self, other: Self, value: Decimal) -> Self:
        if type(other) is not type(self):
            raise TypeError(f"{type(self).__name__} and {type(other).__name__} do not go together")
        return type(self)(value)

    def times(self, factor: Decimal | int) -> Self:
        """The amount so many times."""
        return type(self)(self.value * factor)

    @property
    def number(self) -> str:
        """The number alone, as people read it."""
        return plain(self.value)

    @property
    def text(self) -> str:
        """Number, space, unit."""
        return f"{self.number} {self.unit}"


class Mass(Amount):
    """Micrograms."""

    __slots__ = ()
    unit = "mcg"

    def divided_by(self, concentration: Concentration) -> Volume:
        """The volume that holds this mass."""
        return Volume(self.value / concentration.value)


class Volume(Amount):
    """Millilitres."""

    __slots__ = ()
    unit = "mL"


def read_volume(text: str, *, field: str) -> Volume:
    """A volume in mL as somebody typed it: digits, a point, more digits. Nothing is repaired.

    >>> read_volume("10.7", field="drug").text
    '10.7 mL'

    Raises:
        InputRefused: a comma, a sign, a space, no digit before the point, or too many digits.
    """
    if not _TYPED.fullmatch(text):
        raise InputRefused(field, text, "expected.volume")
    return Volume(Decimal(text))


class Concentration(Amount):
    """Micrograms in a millilitre."""

    __slots__ = ()
    unit = "mcg/mL"

    def times_volume(self, volume: Volume) -> Mass:
        """The mass in this volume."""
        return Mass(self.value * volume.value)


class Duration(Amount):
    """Elapsed hours."""

    __slots__ = ()
    unit = "h"


class Rate(Amount):
    """Millilitres in an hour."""

    __slots__ = ()
    unit = "mL/h"

    def over(self, duration: Duration) -> Volume:
        """What runs in the elapsed hours."""
        return Volume(self.value * duration.value)


class DoseRate(Amount):
    """Micrograms in a clock day."""

    __slots__ = ()
    unit = "mcg/day"

    def over_days(self, days: int) -> Mass:
        """What so many clock days were ordered to give."""
        return Mass(self.value * days)


class Weight(Amount):
    """Kilograms of body weight."""

    __slots__ = ()
    unit = "kg"
