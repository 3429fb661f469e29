"""A weight that is taken during the course (REQ-ORD-012). Which bags it stops is asked at their release."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pharmacy_app.domain.clock import date_text
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding
from pharmacy_app.domain.quantity import Weight, plain

UNUSUAL_ABOVE = Weight(Decimal(250))
UNUSUAL_CHANGE_PERCENT = Decimal(10)


@dataclass(frozen=True, slots=True)
class WeightTyped:
    """A weight as typed, and the day on which it was taken; if unusual, typed again and with a reason."""

    weight: Weight
    taken_on: date
    again: Weight | None = None
    reason: str = ""


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
