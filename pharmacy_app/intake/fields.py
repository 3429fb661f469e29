"""Reading one field: the value, or a refusal that names the field, what was given, what is expected.

A reader of a document asks for each field with one of these parsers, and collects every refusal.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import TypeVar, cast

from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.intake.strict_json import member_path, shortened

T = TypeVar("T")
E = TypeVar("E", bound=Enum)

LONGEST_TEXT = 200
FIRST_YEAR, LAST_YEAR = 1900, 2199
_DECIMAL = re.compile(r"(0|[1-9][0-9]{0,5})(\.[0-9]{1,4})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CLOCK_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}")
_TIME_OF_DAY = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_NUMBER_OF_ORDER = re.compile(r"[A-Za-z0-9\-./_]{1,20}")
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def refuse(field: str, given: object, code: str, **values: str) -> InputRefused:
    """The refusal of a field."""
    return InputRefused(field, shortened(given), code, values)


class Fields:
    """The members of one object of a document. Every refusal lands in the shared list `refusals`.

    A value that was refused comes back as None although its type says otherwise: use it only after
    `refusals` was found empty.
    """

    def __init__(self, document: object, path: str, refusals: list[InputRefused]) -> None:
        self._path = path
        self._refusals = refusals
        self._asked: set[str] = set()
        if not isinstance(document, Mapping):
            refusals.append(refuse(path or "file", document, "expected.object"))
            document = {}
            self._asked = {"*"}
        self._document = cast(Mapping[str, object], document)

    def _field(self, name: str) -> str:
        return member_path(self._path, name)

    def required(self, name: str, parse: Callable[[object, str], T]) -> T:
        """The value of a field that must be there."""
        self._asked.add(name)
        if name not in self._document:
            if "*" not in self._asked:
                self._refusals.append(InputRefused(self._field(name), "nothing", "expected.field"))
            return cast(T, None)
        return self._parsed(name, parse)

    def optional(self, name: str, parse: Callable[[object, str], T], default: T) -> T:
        """The value of a field that may be absent."""
        self._asked.add(name)
        return self._parsed(name, parse) if name in self._document else default

    def _parsed(self, name: str, parse: Callable[[object, str], T]) -> T:
        try:
            return parse(self._document[name], self._field(name))
        except InputRefused as refusal:
            self._refusals.append(refusal)
            return cast(T, None)

    def nested(self, name: str) -> Fields:
        """The object in a field that must be there."""
        self._asked.add(name)
        if name not in self._document:
            self._refusals.append(InputRefused(self._field(name), "nothing", "expected.field"))
            return Fields({}, self._field(name), [])
        return Fields(self._document[name], self._field(name), self._refusals)

    def value(self, name: str) -> object:
        """What stands in a field, unread; None where it is absent."""
        self._asked.add(name)
        return self._document.get(name)

    def has(self, name: str) -> bool:
        """Whether the field is there."""
        self._asked.add(name)
        return name in self._document

    def refuse(self, name: str, given: object, code: str, **values: str) -> None:
        """Add a refusal that only the whole object can tell."""
        self._refusals.append(refuse(self._field(name), given, code, **values))

    def finish(self) -> None:
        """Refuse every field that nobody asked for."""
        if "*" in self._asked:
            return
        for name in self._document:
            if name not in self._asked:
                given = self._document[name]
                self._refusals.append(
                    refuse(shortened(self._field(str(name))), given, "expected.no-such-field")
                )


def text(given: object, field: str) -> str:
    """1 to 200 characters, nothing invisible, no space at either end."""
    if not isinstance(given, str) or not 1 <= len(given) <= LONGEST_TEXT:
        raise refuse(field, given, "expected.text")
    if any(unicodedata.category(letter) in _UNPRINTABLE for letter in given):
        raise refuse(field, given, "expected.text-printable")
    if given != given.strip():
        raise refuse(field, given, "expected.text-trimmed")
    return given


def order_or_record_number(given: object, field: str) -> str:
    """1 to 20 of the letters, digits and signs that every system keeps as they are."""
    if not isinstance(given, str) or not _NUMBER_OF_ORDER.fullmatch(given):
        raise refuse(field, given, "expected.number-of-order")
    return given


def decimal(given: object, field: str) -> Decimal:
    """A string of ASCII digits with a point: no comma, no sign, no exponent."""
    if not isinstance(given, str) or not _DECIMAL.fullmatch(given):
        raise refuse(field, given, "expected.decimal")
    return Decimal(given)


def kilograms(given: object, field: str) -> Decimal:
    """A body weight: a decimal, with an example in kilograms when refused."""
    if not isinstance(given, str) or not _DECIMAL.fullmatch(given):
        raise refuse(field, given, "expected.kilograms")
    return Decimal(given)


def calendar_date(given: object, field: str) -> date:
    """A date of the calendar, written year-month-day."""
    if isinstance(given, str) and _DATE.fullmatch(given) and FIRST_YEAR <= int(given[:4]) <= LAST_YEAR:
        try:
            return date.fromisoformat(given)
        except ValueError:
            pass
    raise refuse(field, given, "expected.date")


def clock_time(given: object, field: str) -> datetime:
    """A date and a time of day without offset."""
    if isinstance(given, str) and _CLOCK_TIME.fullmatch(given) and FIRST_YEAR <= int(given[:4]) <= LAST_YEAR:
        try:
            return datetime.strptime(given, "%Y-%m-%dT%H:%M")  # noqa: DTZ007 - a clock time has no zone
        except ValueError:
            pass
    raise refuse(field, given, "expected.clock-time")


def time_of_day(given: object, field: str) -> time:
    """A time of day from 00:00 to 23:59."""
    if not isinstance(given, str) or not _TIME_OF_DAY.fullmatch(given):
        raise refuse(field, given, "expected.time-of-day")
    return time.fromisoformat(given)


def whole(low: int, high: int) -> Callable[[object, str], int]:
    """A parser for a whole number from low to high."""

    def parse(given: object, field: str) -> int:
        if isinstance(given, bool) or not isinstance(given, int) or not low <= given <= high:
            raise refuse(field, given, "expected.whole-number", low=str(low), high=str(high))
        return given

    return parse


def one_of(values: Sequence[int]) -> Callable[[object, str], int]:
    """A parser for one of a few whole numbers."""

    def parse(given: object, field: str) -> int:
        if isinstance(given, bool) or not isinstance(given, int) or given not in values:
            raise refuse(field, given, "expected.one-of", choices=", ".join(str(each) for each in values))
        return given

    return parse


def choice(kind: type[E]) -> Callable[[object, str], E]:
    """A parser for the values of an enumeration."""

    def parse(given: object, field: str) -> E:
        for member in kind:
            if isinstance(given, str) and member.value == given:
                return member
        raise refuse(field, given, "expected.one-of", choices=", ".join(str(member.value) for member in kind))

    return parse


def one_of_texts(values: Sequence[str]) -> Callable[[object, str], str]:
    """A parser for one of a few texts."""

    def parse(given: object, field: str) -> str:
        if not isinstance(given, str) or given not in values:
            raise refuse(field, given, "expected.one-of", choices=", ".join(values))
        return given

    return parse


def yes_no_or_unknown(given: object, field: str) -> bool | None:
    """True, false, or null for not known."""
    if given is None or isinstance(given, bool):
        return given
    raise refuse(field, given, "expected.flag")


def true_or_false(given: object, field: str) -> bool:
    """True or false."""
    if not isinstance(given, bool):
        raise refuse(field, given, "expected.true-or-false")
    return given


def list_of(
    parse: Callable[[object, str], T], *, repeated: bool = True
) -> Callable[[object, str], tuple[T, ...]]:
    """A parser for a list; with `repeated=False` each value at most once."""

    def parse_list(given: object, field: str) -> tuple[T, ...]:
        if not isinstance(given, list):
            raise refuse(field, given, "expected.list")
        values = tuple(parse(each, f"{field}[{index}]") for index, each in enumerate(given))
        if not repeated and len(set(values)) < len(values):
            raise refuse(field, given, "expected.list-once")
        return values

    return parse_list


def not_empty(
    parse_list: Callable[[object, str], tuple[T, ...]],
) -> Callable[[object, str], tuple[T, ...]]:
    """A parser for a list with at least one value."""

    def parse(given: object, field: str) -> tuple[T, ...]:
        if given == []:
            raise refuse(field, given, "expected.list-not-empty")
        return parse_list(given, field)

    return parse


def at_most(
    most: int, parse_list: Callable[[object, str], tuple[T, ...]]
) -> Callable[[object, str], tuple[T, ...]]:
    """A parser for a list that is not too long."""

    def parse(given: object, field: str) -> tuple[T, ...]:
        if isinstance(given, list) and len(given) > most:
            raise refuse(field, given, "expected.list-most", most=str(most))
        return parse_list(given, field)

    return parse


def nullable(parse: Callable[[object, str], T]) -> Callable[[object, str], T | None]:
    """A parser that lets null through."""

    def parse_nullable(given: object, field: str) -> T | None:
        return None if given is None else parse(given, field)

    return parse_nullable
