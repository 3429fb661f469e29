"""Reading a code as scanners send it, or as a person types what is printed under it (REQ-SUP-009).

One text has one reading, or it is refused. What tells the readings apart, in this order:

1. A symbology identifier in front (`]d2`, `]C1`, …), if the scanner sends it: it says what the code is.
2. An identifier in brackets at the beginning: a person typed the code.
3. A group separator, or the fields of a product or of this program's own label at the beginning: GS1 fields.
4. 8, 12, 13 or 14 digits: the number of a product, or 12 digits of this program's own Code 128.
5. Anything else that can be seen is a text: a badge, or a product's code that is not GS1's.

Twelve digits without an identifier may be a UPC-A or a bag's number. A bag's number begins with the day on
which the bag was started, or with 000000 on a specimen. UPC-A numbers that begin with 2 or with 000000 are
for use inside one company and stand on no product that is sold, so until 2029 the two never meet. From 2030
on a number that can be both is refused; the square code beside it on the label has one reading.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from enum import Enum

from pharmacy_app.domain.scan import BagScan, ProductScan, Scan, TextScan
from pharmacy_app.intake.fields import refuse
from pharmacy_app.intake.fields import text as printable_text
from pharmacy_app.intake.gs1 import (
    FIELD,
    GROUP_SEPARATOR,
    SEPARATORS,
    check_digit_holds,
    day_of,
    gtin_14,
    read_bracketed,
    read_elements,
)

FIRST_BAG_DAY = date(2026, 1, 1)  # no bag of this program is older
SPECIMEN = "000000"
INSIDE_ONE_COMPANY = ("2", SPECIMEN)  # how UPC-A numbers begin that are on no product that is sold
SHORT_FORM = 8  # digits of a UPC-E, which begins with 0 or 1, and of an EAN-8
LONGEST = 400


class _Kind(Enum):
    ELEMENTS = "GS1 fields"
    NUMBER = "a product's number"
    CODE_128 = "plain Code 128"
    OTHER = "a symbol without GS1 fields"


# ISO/IEC 15424. Any other identifier says that the code does not follow GS1.
_KINDS = {
    "]d2": _Kind.ELEMENTS,  # DataMatrix
    "]C1": _Kind.ELEMENTS,  # GS1-128
    "]e0": _Kind.ELEMENTS,  # DataBar
    "]Q3": _Kind.ELEMENTS,  # QR code
    "]J1": _Kind.ELEMENTS,  # DotCode
    "]E0": _Kind.NUMBER,  # EAN-13, UPC-A
    "]E4": _Kind.NUMBER,  # EAN-8
    "]I1": _Kind.NUMBER,  # ITF-14
    "]C0": _Kind.CODE_128,
}
_IDENTIFIER = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_BRACKET = re.compile(r"\([0-9]{2,4}\)")
_LENGTHS = (8, 12, 13, 14)
_NUMBER = re.compile(r"[0-9]+")
_BAG_NUMBER = re.compile(r"[0-9]{12}")
_CLOCK_TIME = re.compile(r"(?:[01][0-9]|2[0-3])[0-5][0-9]")
_DIGEST = re.compile(r"[0-9a-f]{8}")
_ANY_SEPARATOR = "(?:" + "|".join(re.escape(each) for each in SEPARATORS) + ")?"
_PRODUCT_FIELDS = re.compile(r"(?:1[1357][0-9]{6})*01[0-9]{14}")
_OWN_FIELDS = re.compile(rf"90[A-Z]{{1,30}}?{_ANY_SEPARATOR}91[0-9]{{12}}{_ANY_SEPARATOR}92")


def read_scan(text: str, *, own_gtins: frozenset[str], today: date) -> Scan:
    """What a code says. `own_gtins` are the GTIN-14 of the site's own bags, `today` the site's day.

    Raises:
        InputRefused: it breaks a rule of its kind, or it can be read in two ways. Its field is `scan`.
    """
    kind, content = _told_apart(text)
    if not content or len(text) > LONGEST:
        raise refuse(FIELD, text or "nothing", "expected.scan-length", longest=str(LONGEST))
    match kind:
        case _Kind.ELEMENTS:
            return _from_fields(read_elements(content, today=today), own_gtins=own_gtins, today=today)
        case _Kind.NUMBER:
            return _product_of(content)
        case _Kind.CODE_128 if _is_bag_number(content, today):
            return _bag_of(content)
        case _Kind.CODE_128 | _Kind.OTHER:
            return TextScan(_seen(content))
        case None:
            return _unidentified(content, own_gtins=own_gtins, today=today)


def _told_apart(text: str) -> tuple[_Kind | None, str]:
    """What the symbology identifier says, and what follows it; None where there is none."""
    identifier = _IDENTIFIER.match(text)
    if identifier is None:
        return None, text
    found = identifier.group()
    if found not in _KINDS and found.swapcase() in _KINDS:
        raise refuse(FIELD, text, "expected.scan-letter-case", identifier=found.swapcase())
    return _KINDS.get(found, _Kind.OTHER), text[len(found) :]


def _unidentified(text: str, *, own_gtins: frozenset[str], today: date) -> Scan:
    if _BRACKET.match(text):
        return _from_fields(read_bracketed(text, today=today), own_gtins=own_gtins, today=today)
    if GROUP_SEPARATOR in text or _PRODUCT_FIELDS.match(text) or _OWN_FIELDS.match(text):
        return _from_fields(read_elements(text, today=today), own_gtins=own_gtins, today=today)
    if _is_bag_number(text, today):
        if check_digit_holds(text) and not text.startswith(INSIDE_ONE_COMPANY):
            raise refuse(FIELD, text, "expected.scan-one-reading")
        return _bag_of(text)
    if len(text) in _LENGTHS and _NUMBER.fullmatch(text):
        if len(text) == SHORT_FORM and text.startswith(("0", "1")):
            raise refuse(FIELD, text, "expected.scan-full-number")
        return _product_of(text)
    return TextScan(_seen(text))


def _from_fields(found: Mapping[str, str], *, own_gtins: frozenset[str], today: date) -> Scan:
    if found.keys() == {"90", "91", "92"} and _is_of_ours(found["91"], found["92"]):
        return BagScan(found["91"][:10], int(found["91"][10:]), found["92"])
    if "01" not in found:
        raise refuse(FIELD, _shown(found), "expected.scan-product-number")
    expires_on = _expiry(found, today)
    if found["01"] in own_gtins:
        return _own_bag(found)
    return ProductScan(found["01"], found.get("10", ""), expires_on, found.get("21", ""))


def _is_of_ours(number: str, digest: str) -> bool:
    return bool(_BAG_NUMBER.fullmatch(number) and _DIGEST.fullmatch(digest))


def _own_bag(found: Mapping[str, str]) -> BagScan:
    """The bag whose label carries the site's own GTIN; a specimen's label has no expiry."""
    number = found.get("21", "")
    needed = {"01", "10", "21"} if number.startswith(SPECIMEN) else {"01", "7003", "10", "21"}
    if not _BAG_NUMBER.fullmatch(number) or found.keys() != needed:
        raise refuse(FIELD, _shown(found), "expected.scan-own-label")
    return _bag_of(number)


def _expiry(found: Mapping[str, str], today: date) -> date | None:
    days = {day_of(found["17"], field="17", today=today)} if "17" in found else set()
    if "7003" in found:
        days.add(_day_of_moment(found["7003"], today))
    if len(days) > 1:
        raise refuse(FIELD, _shown(found), "expected.scan-one-expiry")
    return next(iter(days), None)


def _day_of_moment(value: str, today: date) -> date:
    """The day of an expiry to the minute, yymmddhhmm; here the day is always given."""
    if value[4:6] == "00" or not _CLOCK_TIME.fullmatch(value[6:]):
        raise refuse(FIELD, f"(7003){value}", "expected.scan-moment")
    return day_of(value[:6], field="7003", today=today)


def _is_bag_number(text: str, today: date) -> bool:
    """Twelve digits that begin with a day on which this program was in use, or as a specimen does."""
    if not _BAG_NUMBER.fullmatch(text):
        return False
    if text.startswith(SPECIMEN):
        return True
    try:
        day = date(2000 + int(text[:2]), int(text[2:4]), int(text[4:6]))
    except ValueError:
        return False
    return FIRST_BAG_DAY <= day <= today + timedelta(days=1)


def _bag_of(number: str) -> BagScan:
    return BagScan(number[:10], int(number[10:]), "")


def _product_of(number: str) -> ProductScan:
    if len(number) not in _LENGTHS or not _NUMBER.fullmatch(number):
        raise refuse(FIELD, number, "expected.scan-number")
    return ProductScan(gtin_14(number), "", None, "")


def _seen(text: str) -> str:
    return printable_text(text, FIELD)


def _shown(found: Mapping[str, str]) -> str:
    return "".join(f"({identifier}){value}" for identifier, value in found.items())
