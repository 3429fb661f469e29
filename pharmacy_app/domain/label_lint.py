"""Whether a finished label or tag may be used, judged from what was read back (REQ-LBL-001, -002, -005).

The renderer draws and measures; it cannot pass itself. The rules about words look at the program's words
and numbers, never at what people typed: names, places, record and order numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from decimal import Decimal
from itertools import pairwise

from pharmacy_app.domain.finding import Finding, Mark, Severity, finding
from pharmacy_app.domain.label import Content, DrawnText, LabelContent, ReadBack, TagContent

SMALLEST_PT = Decimal(6)
SMALLEST_NAME_AND_DOSE_PT = Decimal(12)
SYMBOLOGIES = ("]C0", "]d2")
_FNC1 = "\x1d"

_CODES = frozenset({"code128", "datamatrix"})
_WHERE_THERE_IS_ROOM = frozenset({"order_number", "prescriber", "compounded"})
_NOT_ON_EVERY_BAG = frozenset(
    {"marks", "benzyl_alcohol_warning", "alerts", "time_offset", "priming", *_WHERE_THERE_IS_ROOM}
)
_TYPED_BY_PEOPLE = frozenset({"patient_name", "destination", "pharmacy"})
_VALUE_TYPED_BY_PEOPLE = frozenset(
    {"record_number", "order_number", "prescriber", "prepared_by", "verified_by"}
)

_UNITS = r"(?:mL/h|mL|mcg/day|mcg|mg/mL|mg/day|mg|kg|g|h|°C|%|micron|days?)"
_MONTHS = "JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC"
_OTHER_DATES = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}",
    rf"[0-9]{{4}}-(?!(?:{_MONTHS})-[0-9]{{2}}(?![0-9]))[A-Za-z]",
    r"[0-9]\s*[ap]\.?m\b",
)
_RATE = re.compile(r"[0-9]\s*mL\s*/\s*h(?![a-z])")
_FORBIDDEN: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("micro-sign", re.compile(r"[µμ]|\bug\b")),
    ("trailing-zero", re.compile(r"[0-9]\.[0-9]*0(?![0-9])")),
    ("leading-zero", re.compile(r"(?<![0-9])\.[0-9]")),
    ("no-space", re.compile(rf"[0-9]{_UNITS}(?![A-Za-z0-9])")),
    ("per-24-h", re.compile(r"(?:/|\bper|\bevery)\s*24\s*h")),
    ("trademark", re.compile(r"[™®©℠]")),
    ("date-form", re.compile("|".join(_OTHER_DATES))),
)
_ENDS_WITH_NUMBER = re.compile(r"[0-9]$")
_BEGINS_WITH_UNIT = re.compile(rf"{_UNITS}(?![A-Za-z0-9])")


@dataclass(frozen=True, slots=True)
class _Item:
    """One text of the content, and the runs that it was found in; none: it was not found."""

    name: str
    text: str
    typed_by_people: bool
    runs: tuple[DrawnText, ...]


def judge(content: Content, read_back: ReadBack) -> tuple[Finding, ...]:
    """Every reason why this label may not be used; empty when there is none."""
    items, strangers = _found(content, read_back.texts)
    return (
        *_judge_codes(content, read_back),
        *_judge_presence(content, items, strangers),
        *_judge_sizes(items, read_back),
        *_judge_words(items),
        *_judge_rate(content, items),
    )


def parse_elements(raw: str) -> tuple[tuple[str, str], ...] | None:
    """Identifiers and values of a raw element string, FNC1 as U+001D; None: not as this program writes it.

    >>> parse_elements("010061414112345210L7\\x1d2142")
    (('01', '00614141123452'), ('10', 'L7'), ('21', '42'))
    """
    pattern = re.compile(r"01(?P<gtin>[0-9]{14})|(?P<id>7003|10|21|9[0-9])(?P<value>[^\x1d]+)(?:\x1d|$)")
    elements: list[tuple[str, str]] = []
    position = 0
    while position < len(raw):
        match = pattern.match(raw, position)
        if match is None:
            return None
        gtin = match["gtin"]
        elements.append(("01", gtin) if gtin else (match["id"], match["value"]))
        position = match.end()
    return None if raw.endswith(_FNC1) else tuple(elements)


def bracketed_elements(text: str) -> tuple[tuple[str, str], ...]:
    """Identifiers and values of an element string in parentheses.

    >>> bracketed_elements("(90)SPECIMEN(91)000000000100")
    (('90', 'SPECIMEN'), ('91', '000000000100'))
    """
    return tuple(re.findall(r"\(([0-9]{2,4})\)([^()]+)", text))


def _stop(code: str, requirement: str = "REQ-LBL-002", **values: str) -> Finding:
    return finding(f"label-lint.{code}", Severity.STOP, requirement, Mark.DERIVED, **values)


# Finding the content's items in the document


def _found(content: Content, texts: tuple[DrawnText, ...]) -> tuple[tuple[_Item, ...], tuple[DrawnText, ...]]:
    """The items with their runs, in the content's order; and the runs that belong to none."""
    items: list[_Item] = []
    strangers: list[DrawnText] = []
    waiting = [each for each in texts if _normal(each.text)]
    for name, text, typed in _texts(content):
        start, count = _where(text, waiting)
        items.append(_Item(name, text, typed, tuple(waiting[start : start + count])))
        if count:
            strangers += waiting[:start]
            waiting = waiting[start + count :]
    return tuple(items), (*strangers, *waiting)


def _where(text: str, waiting: list[DrawnText]) -> tuple[int, int]:
    """Where a text begins and on how many runs that follow each other it stands; (0, 0): nowhere."""
    for start in range(len(waiting)):
        drawn = ""
        for count, each in enumerate(waiting[start:], start=1):
            drawn = f"{drawn} {_normal(each.text)}".strip()
            if drawn == text:
                return start, count
            if not text.startswith(drawn):
                break
    return 0, 0


def _texts(content: Content) -> Iterator[tuple[str, str, bool]]:
    """Every text of the content in its order: item, text, whether a person typed it."""
    for each in fields(content):
        if each.name in _CODES:
            continue
        value: str | tuple[str, ...] = getattr(content, each.name)
        for number, text in enumerate((value,) if isinstance(value, str) else value):
            if text:
                value_of_pair = each.name in _VALUE_TYPED_BY_PEOPLE and number == 1
                yield each.name, _normal(text), each.name in _TYPED_BY_PEOPLE or value_of_pair


def _normal(text: str) -> str:
    return " ".join(text.split())


# The rules


def _judge_codes(content: Content, read_back: ReadBack) -> Iterator[Finding]:
    if read_back.code128 != content.code128:
        yield _stop("code128", "REQ-LBL-005", expected=content.code128, found=read_back.code128 or "–")
    found = parse_elements(read_back.datamatrix) if read_back.datamatrix else None
    if found is None or found != bracketed_elements(content.datamatrix):
        shown = (read_back.datamatrix or "–").replace(_FNC1, " ")
        yield _stop("datamatrix", "REQ-LBL-005", expected=content.datamatrix, found=shown)
    if tuple(sorted(read_back.symbologies)) != SYMBOLOGIES:
        yield _stop("symbologies", "REQ-LBL-005", found=", ".join(read_back.symbologies) or "–")


def _judge_presence(
    content: Content, items: tuple[_Item, ...], strangers: tuple[DrawnText, ...]
) -> Iterator[Finding]:
    for each in fields(content):
        value: str | tuple[str, ...] = getattr(content, each.name)
        if each.name not in _NOT_ON_EVERY_BAG and not (value and all(value)):
            yield _stop("empty", "REQ-LBL-001", item=each.name.replace("_", " "))
    for item in items:
        if not item.runs and item.name not in _WHERE_THERE_IS_ROOM:
            yield _stop("missing", "REQ-LBL-001", text=item.text)
    for stranger in strangers:
        yield _stop("unexpected", "REQ-LBL-003", text=stranger.text)


def _judge_sizes(items: tuple[_Item, ...], read_back: ReadBack) -> Iterator[Finding]:
    if read_back.texts and Decimal(read_back.smallest_pt) < SMALLEST_PT:
        yield _stop("too-small", size=read_back.smallest_pt, smallest=str(SMALLEST_PT))
    name = _smallest(items, "patient_name")
    for item in ("patient_name", "dose"):
        size = _smallest(items, item)
        if size is not None and size < SMALLEST_NAME_AND_DOSE_PT:
            yield _stop("name-or-dose-too-small", "REQ-LBL-001", size=str(size))
    largest = max(
        (Decimal(run.size_pt) for each in items if each.name != "rate" for run in each.runs), default=None
    )
    if name is not None and largest is not None and name < largest:
        yield _stop("name-not-largest", "REQ-LBL-001", size=str(name), largest=str(largest))


def _smallest(items: tuple[_Item, ...], name: str) -> Decimal | None:
    sizes = [Decimal(run.size_pt) for each in items if each.name == name for run in each.runs]
    return min(sizes, default=None)


def _judge_words(items: tuple[_Item, ...]) -> Iterator[Finding]:
    for item in items:
        if item.typed_by_people:
            continue
        for code, pattern in _FORBIDDEN:
            if pattern.search(item.text):
                yield _stop(code, text=item.text)
        for upper, lower in pairwise(item.runs):
            if _ENDS_WITH_NUMBER.search(_normal(upper.text)) and _BEGINS_WITH_UNIT.match(lower.text.strip()):
                yield _stop("parted", "REQ-LBL-003", text=item.text)


def _judge_rate(content: Content, items: tuple[_Item, ...]) -> Iterator[Finding]:
    """One rate in mL/h, and no other amount of drug beside it. A tag, which no pump is set by, has none."""
    own = [each for each in items if not each.typed_by_people]
    rates = [match for each in own for match in _RATE.findall(each.text)]
    match content:
        case LabelContent():
            if len(rates) != 1:
                yield _stop("one-rate", "REQ-LBL-001", count=str(len(rates)))
        case TagContent():
            if rates:
                yield _stop("rate-on-tag", "REQ-VER-007", count=str(len(rates)))
    for before, after in pairwise(own):
        if "rate" in {before.name, after.name} and "mcg" in f"{before.text} {after.text}":
            yield _stop("amount-beside-rate", text=f"{before.text} {after.text}")
