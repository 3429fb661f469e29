"""A weight that is taken during the course (REQ-ORD-012). Which bags it stops is asked at their release."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pharmacy_app.domain.clock import date_text
from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding
from pharmacy_app.domain.quantity import Weight, plain

UNUSUAL_ABOVE = Weight(Decimal(250))
UNUSUAL_CHANGE_PERCENT = Decimal(10)
_KILOGRAMS = re.compile(r"(0|[1-9][0-9]{0,5})(\.[0-9]{1,4})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class WeightTyped:
    """A weight as typed, and the day on which it was taken; if unusual, typed again and with a reason."""

    weight: Weight
    taken_on: date
    again: Weight | None = None
    reason: str = ""


def read_weight(text: str, *, field: str) -> Weight:
    """A weight in kg as somebody typed it: digits, a point, more digits. Nothing is repaired.

    >>> read_weight("71.5", field="weight").text
    '71.5 kg'

    Raises:
        InputRefused: a comma, a sign, a space, no digit before the point, or too many digits.
    """
    if not _KILOGRAMS.fullmatch(text):
        raise InputRefused(field, text, "expected.kilograms")
    return Weight(Decimal(text))


def read_day(text: str, *, field: str) -> date:
    """A day as somebody typed it, year-month-day.

    >>> read_day("2026-03-05", field="taken_on")
    datetime.date(2026, 3, 5)

    Raises:
        InputRefused: written otherwise, or no day of the calendar.
    """
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass  # such as 2026-02-30: refused below
    raise InputRefused(field, text, "expected.date")


def is_unusual(weight: Weight, last: Weight) -> bool:
    """Whether it may be a slip of the finger: above 250 kg, or 10 % or more from the last one."""
    change = abs(weight.value - last.value) * 100
    return weight > UNUSUAL_ABOVE or change >= last.value * UNUSUAL_CHANGE_PERCENT


def check_weight_typed(typed: WeightTyped, last: Weight, *, today: date) -> Iterator[Finding]:
    """Every stop that keeps the weight from being kept; `today` is the date at the site."""
    if typed.weight.value <= 0:
        yield _stop("weight.not-above-zero", "weight")
    if typed.taken_on > today:
        dates = {"taken": date_text(typed.taken_on), "today": date_text(today)}
        yield _stop("weight.after-today", "taken_on", **dates)
    if not is_unusual(typed.weight, last):
        return
    values = {
        "weight": typed.weight.number,
        "last": last.number,
        "most": UNUSUAL_ABOVE.number,
        "percent": plain(UNUSUAL_CHANGE_PERCENT),
    }
    if typed.again is None:
        yield _stop("weight.type-again", "again", **values)
    elif typed.again != typed.weight:
        yield _stop("weight.typed-otherwise", "again", weight=typed.weight.number, again=typed.again.number)
    if not typed.reason.strip():
        yield _stop("weight.reason-missing", "reason")


def _stop(code: str, field: str, **values: str) -> Finding:
    return finding(code, Severity.STOP, "REQ-ORD-012", Mark.DERIVED, field=field, **values)
