"""GS1 element strings as they stand on packages of medicines and devices, and GS1's check digits and dates.

The rules are those of the GS1 General Specifications: fields one after the other, each led by its
application identifier; some have a fixed length, the others end at a separator or with the code. Only what
can be read in one way is read; the rest is refused.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.intake.fields import refuse

FIELD = "scan"
GROUP_SEPARATOR = "\x1d"

# What scanners send in place of FNC1: U+001D, or a sign that their makers let a site choose. None of them
# is in the character set of the fields below, so none can be data.
SEPARATORS = (GROUP_SEPARATOR, "|", "~", "^", "{GS}")
_SEPARATOR = re.compile("|".join(re.escape(each) for each in SEPARATORS))

_ENCODABLE = re.compile(r"[!\"%&'()*+,\-./0-9:;<=>?A-Z_a-z]*")  # GS1's character set 82
_DIGITS = re.compile(r"[0-9]*")
_BRACKETED = re.compile(r"\(([0-9]{2,4})\)([^()]*)")

# A lot and a serial on a package have at least so many characters: what is looked for when a separator
# may be missing. Shorter, one lot number in twenty would seem to hold a serial.
_SHORTEST_SWALLOWED = 3


@dataclass(frozen=True, slots=True)
class Form:
    """What a field may hold. `fixed`: its length is known to every reader, so that no separator follows."""

    shortest: int
    longest: int
    digits: bool = False
    fixed: bool = False


_DATE = Form(6, 6, digits=True, fixed=True)
_TEXT_20 = Form(1, 20)
_TEXT_30 = Form(1, 30)
_COMPANY = Form(1, 90)

# What occurs on the package of one product. A shipping case (00, 02, 37) is no product to scan.
FORMS: Mapping[str, Form] = {
    "01": Form(14, 14, digits=True, fixed=True),  # GTIN
    "10": _TEXT_20,  # lot
    "11": _DATE,  # made on
    "13": _DATE,  # packed on
    "15": _DATE,  # best before
    "17": _DATE,  # expires on
    "20": Form(2, 2, digits=True, fixed=True),  # variant
    "21": _TEXT_20,  # serial
    "30": Form(1, 8, digits=True),  # count
    "240": _TEXT_30,  # the maker's own number
    "241": _TEXT_30,  # the customer's number
    "250": _TEXT_30,  # second serial
    **{f"71{number}": _TEXT_20 for number in range(8)},  # national numbers, such as 715: NDC
    "7003": Form(10, 10, digits=True),  # expires at
    "90": _TEXT_30,  # agreed between partners
    **{f"9{number}": _COMPANY for number in range(1, 10)},  # a company's own
}
_DATES = ("11", "13", "15", "17")
_YEARS_BACK, _YEARS_AHEAD = 49, 50
_LIKELY_NEXT = ("01", *_DATES, "10", "21")


def check_digit_holds(number: str) -> bool:
    """Whether the last digit is the check digit of those before it: weights 3 and 1 from the right."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(number)))
    return total % 10 == 0


def gtin_14(number: str) -> str:
    """A number of 8, 12, 13 or 14 digits as the GTIN-14 that it is: with zeros before it.

    Raises:
        InputRefused: its check digit is wrong.
    """
    if not check_digit_holds(number):
        raise refuse(FIELD, number, "expected.scan-check-digit")
    return number.zfill(14)


def day_of(value: str, *, field: str, today: date) -> date:
    """The date in six digits yymmdd; day 00 is the last day of the month.

    The century is the one that puts the year between 49 years before this one and 50 after it.

    Raises:
        InputRefused: there is no such month or day.
    """
    year = _year(int(value[:2]), today)
    try:
        first = date(year, int(value[2:4]), 1)
        last = calendar.monthrange(year, first.month)[1]
        return first.replace(day=int(value[4:]) or last)
    except ValueError:
        raise refuse(FIELD, f"({field}){value}", "expected.scan-date") from None


def _year(two_digits: int, today: date) -> int:
    year = today.year - today.year % 100 + two_digits
    if year - today.year > _YEARS_AHEAD:
        return year - 100
    return year + 100 if today.year - year > _YEARS_BACK else year


def read_elements(text: str, *, today: date) -> dict[str, str]:
    """The fields of an element string as scanners send it, by identifier.

    Raises:
        InputRefused: a field is unknown, empty, too long or there twice, holds what it may not hold, has a
            wrong check digit or date, or a separator seems to be missing.
    """
    kinds = sorted(set(_SEPARATOR.findall(text)))
    if len(kinds) > 1:
        raise refuse(FIELD, text, "expected.scan-separators")
    found: dict[str, str] = {}
    for identifier, value in _split(text.removeprefix(GROUP_SEPARATOR)):
        _add(found, identifier, value, today=today)
    if not kinds:
        _nothing_swallowed(found, today=today)
    return found


def read_bracketed(text: str, *, today: date) -> dict[str, str]:
    """The fields of a code as it is printed for people: each identifier in brackets.

    Raises:
        InputRefused: as `read_elements`; and a bracket stands elsewhere than around an identifier.
    """
    found: dict[str, str] = {}
    parts = list(_BRACKETED.finditer(text))
    if "".join(each.group() for each in parts) != text:
        raise refuse(FIELD, text, "expected.scan-brackets")
    for each in parts:
        identifier, value = each.groups()
        if identifier not in FORMS:
            raise _unknown(each.group())
        _add(found, identifier, value, today=today)
    return found


def _split(text: str) -> Iterator[tuple[str, str]]:
    rest = text
    while rest:
        identifier = _identifier_of(rest)
        if identifier is None:
            raise _unknown(rest)
        value, rest = _cut(FORMS[identifier], rest[len(identifier) :])
        yield identifier, value


def _identifier_of(text: str) -> str | None:
    return next((text[:length] for length in (2, 3, 4) if text[:length] in FORMS), None)


def _cut(form: Form, text: str) -> tuple[str, str]:
    """The field's value, and what comes after it and after one separator."""
    separator = _SEPARATOR.search(text)
    end = len(text) if separator is None else separator.start()
    if form.fixed:
        end = min(end, form.longest)
    if separator is not None and separator.start() == end:
        return text[:end], text[separator.end() :]
    return text[:end], text[end:]


def _unknown(given: str) -> InputRefused:
    return refuse(FIELD, given, "expected.scan-identifier")


def _add(found: dict[str, str], identifier: str, value: str, *, today: date) -> None:
    given = f"({identifier}){value}"
    if identifier in found:
        raise refuse(FIELD, given, "expected.scan-field-once")
    problem = _problem(FORMS[identifier], value)
    if problem is not None:
        form = FORMS[identifier]
        lengths = {"longest": str(form.longest), "shortest": str(form.shortest)}
        raise refuse(FIELD, given, problem, identifier=identifier, **lengths)
    if identifier == "01":
        gtin_14(value)
    if identifier in _DATES:
        day_of(value, field=identifier, today=today)
    found[identifier] = value


def _problem(form: Form, value: str) -> str | None:
    if not value:
        return "expected.scan-field-empty"
    if len(value) > form.longest:
        return "expected.scan-separator"
    if len(value) < form.shortest:
        return "expected.scan-field-short"
    if form.digits and not _DIGITS.fullmatch(value):
        return "expected.scan-digits"
    return None if _ENCODABLE.fullmatch(value) else "expected.scan-characters"


def _nothing_swallowed(found: dict[str, str], *, today: date) -> None:
    """Refuse a last field that can also be read as a shorter one and further fields behind it.

    Without any separator in the code nobody can tell `(10)ABC12321XYZ9` from `(10)ABC123(21)XYZ9`.
    """
    last = next(reversed(found), None)
    if last is None or FORMS[last].fixed:
        return
    value = found[last]
    for end in range(FORMS[last].shortest, len(value)):
        if _reads_on(value[end:], {**found, last: value[:end]}, today=today):
            raise refuse(FIELD, f"({last}){value}", "expected.scan-separator-before", next=value[end:])


def _reads_on(text: str, found: dict[str, str], *, today: date) -> bool:
    identifier = _identifier_of(text)
    if identifier is None or identifier not in _LIKELY_NEXT or identifier in found:
        return False
    value, rest = _cut(FORMS[identifier], text[len(identifier) :])
    before = found[next(reversed(found))]
    if not FORMS[identifier].fixed and min(len(value), len(before)) < _SHORTEST_SWALLOWED:
        return False
    try:
        _add(found, identifier, value, today=today)
    except InputRefused:
        return False
    return not rest or _reads_on(rest, found, today=today)
