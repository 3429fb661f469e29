"""How a figure of a protocol is written: a number, a name, or a list of either.

What a file says and what a person types are read by the same rules, so that they can be compared exactly.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum

from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.protocol import Diluent, Figure, FilterRule, IngredientKind
from pharmacy_app.domain.quantity import plain
from pharmacy_app.domain.supply import BagMaterial

BETWEEN = ", "  # two values of a list
_DURATIONS = "bag.durations"
_LISTS = (_DURATIONS, ".steps", ".pore_sizes", ".dehp_free_materials")
_IN_ORDER = ".steps"
_WHOLE_UNITS = frozenset({"days", "cycles", "cycle", "vials", "years"})
_NUMBER = re.compile(r"(0|[1-9][0-9]{0,5})(\.[0-9]{1,4})?")
_WHOLE = re.compile(r"[1-9][0-9]?")
_DURATION = re.compile(r"[1-9][0-9]{1,2}")
_LONGEST_SHOWN = 200


class FigureKind(Enum):
    """What is typed for a figure."""

    NUMBER = "number"
    NUMBERS = "numbers"  # a list in any order
    NAME = "name"  # one of a few
    NAMES = "names"  # some of a few, in any order
    NAMES_IN_ORDER = "names-in-order"


def kind_of(name: str) -> FigureKind:
    """What the figure of this name is."""
    if not choices_of(name):
        return FigureKind.NUMBERS if name.endswith(_LISTS) else FigureKind.NUMBER
    if not name.endswith(_LISTS):
        return FigureKind.NAME
    return FigureKind.NAMES_IN_ORDER if name.endswith(_IN_ORDER) else FigureKind.NAMES


def choices_of(name: str) -> tuple[str, ...]:
    """The names from which a figure is chosen; none where it is a number."""
    match name.rpartition(".")[2]:
        case "diluent":
            return tuple(each.value for each in Diluent)
        case "filter":
            return tuple(each.value for each in FilterRule)
        case "steps":
            return tuple(each.value for each in IngredientKind)
        case "dehp_free_materials":
            return tuple(each.value for each in BagMaterial if each is not BagMaterial.OTHER)
        case _:
            return ()


def require_readable(figure: Figure, text: str) -> None:
    """A number of the right kind, a name, or a list of either, each once.

    Raises:
        InputRefused: the text is no value of this figure.
    """
    parts = text.split(BETWEEN) if figure.name.endswith(_LISTS) else [text]
    given, choices = text[:_LONGEST_SHOWN] or "nothing", choices_of(figure.name)
    if len(set(parts)) < len(parts):
        raise InputRefused(figure.name, given, "expected.list-once")
    if choices:
        if not set(parts) <= set(choices):
            raise InputRefused(figure.name, given, "expected.one-of", {"choices": BETWEEN.join(choices)})
        return
    form, code = _form(figure)
    if not all(form.fullmatch(part) and Decimal(part) > 0 for part in parts):
        raise InputRefused(figure.name, given, code, {"unit": figure.unit})


def _form(figure: Figure) -> tuple[re.Pattern[str], str]:
    if figure.name == _DURATIONS:
        return _DURATION, "expected.figure"
    if figure.unit in _WHOLE_UNITS:
        return _WHOLE, "expected.whole-figure"
    return _NUMBER, "expected.figure"


def reading(figure: Figure, text: str) -> str:
    """One writing for all texts of the same value: 10.70 and 10.7, a list in another order.

    >>> from pharmacy_app.domain.finding import Mark
    >>> drug = Figure("bag.96h.28mcg.drug", "10.7", "mL", Mark.RECALLED, "recalled")
    >>> reading(drug, "10.70")
    '10.7'

    Raises:
        InputRefused: the text is no value of this figure.
    """
    require_readable(figure, text)
    match kind_of(figure.name):
        case FigureKind.NUMBER:
            return plain(Decimal(text))
        case FigureKind.NUMBERS:
            return BETWEEN.join(plain(each) for each in sorted(Decimal(part) for part in text.split(BETWEEN)))
        case FigureKind.NAMES:
            return BETWEEN.join(sorted(text.split(BETWEEN)))
        case FigureKind.NAME | FigureKind.NAMES_IN_ORDER:
            return text
