"""Column types that keep a value exactly, alike on SQLite and on PostgreSQL: everything is text.

Neither engine's own types would do: SQLite keeps a Numeric as a binary float and loses a time's offset.
A text on file that is not what it should be raises `DamagedText`; nothing is guessed from it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Generic, TypeVar

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

from pharmacy_app.domain.audit import utc_text
from pharmacy_app.domain.quantity import Amount

_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_UTC = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")
_CLOCK_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
ANSWERS = ("yes", "no")
NOT_KNOWN = "not-known"

AmountType = TypeVar("AmountType", bound=Amount)
EnumType = TypeVar("EnumType", bound=Enum)
Value = TypeVar("Value")


class DamagedText(Exception):
    """What stands on file is not what this program wrote."""


def _read(text: object, form: re.Pattern[str], parse: Callable[[str], Value]) -> Value:
    if not isinstance(text, str) or not form.fullmatch(text):
        raise DamagedText(f"on file: {text!r}")
    try:
        return parse(text)
    except ValueError as error:
        raise DamagedText(f"on file: {text!r}") from error


class Written(TypeDecorator[Value], Generic[Value]):
    """A value that stands on file as text. Null stays null."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Value | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else self.write(value)

    def process_result_value(self, value: object, dialect: Dialect) -> Value | None:  # noqa: ARG002
        return None if value is None else self.read(value)

    def write(self, value: Value) -> str:
        """The text of a value; refuses what is not exactly of the column's kind."""
        raise NotImplementedError

    def read(self, text: object) -> Value | None:
        """The value of a text; raises DamagedText."""
        raise NotImplementedError


class AmountText(Written[AmountType]):
    """An amount of one dimension, its number written out with every digit it has."""

    cache_ok = True

    def __init__(self, dimension: type[AmountType]) -> None:
        super().__init__()
        self.dimension = dimension

    def write(self, value: AmountType) -> str:
        if type(value) is not self.dimension:
            raise TypeError(f"the column keeps {self.dimension.__name__}, given {value!r}")
        return format(value.value, "f")

    def read(self, text: object) -> AmountType:
        return _read(text, _DECIMAL, lambda number: self.dimension(Decimal(number)))


class UtcText(Written[datetime]):
    """A moment in UTC to the microsecond, `2026-11-23T19:00:00.000000Z`. One without an offset is refused."""

    cache_ok = True

    def write(self, value: datetime) -> str:
        return utc_text(value)

    def read(self, text: object) -> datetime:
        return _read(
            text, _UTC, lambda utc: datetime.fromisoformat(utc.removesuffix("Z")).replace(tzinfo=UTC)
        )


class ClockTimeText(Written[datetime]):
    """What a clock shows, to the minute and without an offset: `2026-11-23T14:00`. An offset is refused."""

    cache_ok = True

    def write(self, value: datetime) -> str:
        if value.tzinfo is not None or value.second or value.microsecond:
            raise ValueError(f"a clock time has minutes and no offset, given {value!r}")
        return value.isoformat(timespec="minutes")

    def read(self, text: object) -> datetime:
        return _read(text, _CLOCK_TIME, datetime.fromisoformat)


class DayText(Written[date]):
    """A day, `1979-03-14`. A moment is refused: its day would depend on a zone."""

    cache_ok = True

    def write(self, value: date) -> str:
        if isinstance(value, datetime):
            raise TypeError(f"a day is not a moment, given {value!r}")
        return value.isoformat()

    def read(self, text: object) -> date:
        return _read(text, _DAY, date.fromisoformat)


class YesNo(Written[bool]):
    """`yes` or `no`."""

    cache_ok = True

    def write(self, value: bool) -> str:
        if not isinstance(value, bool):
            raise TypeError(f"an answer is yes or no, given {value!r}")
        return "yes" if value else "no"

    def read(self, text: object) -> bool | None:
        if text in ANSWERS:
            return text == "yes"
        raise DamagedText(f"on file: {text!r}")


class YesNoNotKnown(YesNo):
    """`yes`, `no` or `not-known`; in the program True, False or None. The column is never null."""

    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> str:  # noqa: ARG002
        return NOT_KNOWN if value is None else self.write(value)

    def process_result_value(self, value: object, dialect: Dialect) -> bool | None:  # noqa: ARG002
        return self.read(value)

    def read(self, text: object) -> bool | None:
        return None if text == NOT_KNOWN else super().read(text)


class Choice(Written[EnumType]):
    """A member of an enumeration, by its value or, where that is no text, by its name in lower case."""

    cache_ok = True

    def __init__(self, members: type[EnumType]) -> None:
        super().__init__()
        self.members = members

    def write(self, value: EnumType) -> str:
        if not isinstance(value, self.members):
            raise TypeError(f"the column keeps {self.members.__name__}, given {value!r}")
        return choice_text(value)

    def read(self, text: object) -> EnumType:
        for member in self.members:
            if choice_text(member) == text:
                return member
        raise DamagedText(f"on file: {text!r}")


def choice_text(member: Enum) -> str:
    """How a member stands on file."""
    return member.value if isinstance(member.value, str) else member.name.lower()
