"""The figures of a site: name, unit, kind, and what rests on each, in one table; and a `Site` of their texts.

The texts stand in a file, or were typed by two pharmacists. What cannot be read is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from zoneinfo import ZoneInfo

from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.protocol import Protocol
from pharmacy_app.domain.quantity import DoseRate, Duration, Volume, plain
from pharmacy_app.domain.site import BagGtin, Instrument, PrimedBy, Site


class SiteKind(Enum):
    """How a figure of the site is written."""

    TEXT = "text"  # printed as it stands
    ZONE = "zone"  # the name of a time zone
    PRIMED_BY = "primed-by"  # one of `PrimedBy`
    WHOLE = "whole"  # a whole number from 1 to 999
    NUMBER = "number"  # a number above 0 with a point
    SYRINGES = "syringes"  # `1/0.01, 10/0.2`: the most each measures / its graduation
    PUMP = "pump"  # one such pair
    GTIN = "gtin"  # 14 digits, the last of them the check digit


@dataclass(frozen=True, slots=True)
class SiteFigure:
    """One figure that a site sets. `rests_on` is the rule that asks for it.

    `group` is the page on which it stands. A `required` one has to be set before patients are treated;
    any other may stay unset, and then stops what rests on it.
    """

    name: str
    unit: str
    kind: SiteKind
    rests_on: str
    group: str
    required: bool = False


_FIGURES = (
    SiteFigure("pharmacy.name", "", SiteKind.TEXT, "REQ-LBL-001", "site-pharmacy", required=True),
    SiteFigure("pharmacy.telephone", "", SiteKind.TEXT, "REQ-LBL-001", "site-pharmacy", required=True),
    SiteFigure("pharmacy.time_zone", "", SiteKind.ZONE, "REQ-ORD-013", "site-pharmacy", required=True),
    SiteFigure("station.lock_after", "min", SiteKind.WHOLE, "REQ-VER-001", "site-pharmacy", required=True),
    SiteFigure("weight.age_limit", "days", SiteKind.WHOLE, "REQ-ORD-006", "site-weight", required=True),
    SiteFigure("set.primed_by", "", SiteKind.PRIMED_BY, "REQ-MIX-006", "site-priming", required=True),
    SiteFigure("set.priming_volume", "mL", SiteKind.NUMBER, "REQ-MIX-006", "site-priming"),
    SiteFigure("sterility.refrigerated", "h", SiteKind.NUMBER, "REQ-BUD-003", "site-sterility"),
    SiteFigure("sterility.room", "h", SiteKind.NUMBER, "REQ-BUD-003", "site-sterility"),
    SiteFigure("handling.allowance", "h", SiteKind.NUMBER, "REQ-BUD-006", "site-sterility"),
    SiteFigure("dose.recorded_limit", "%", SiteKind.NUMBER, "REQ-MIX-005", "site-measuring"),
    SiteFigure("measured.tolerance", "mL", SiteKind.NUMBER, "REQ-MIX-009", "site-measuring"),
    SiteFigure("instruments.syringes", "mL", SiteKind.SYRINGES, "REQ-MIX-009", "site-measuring"),
    SiteFigure("instruments.filling_pump", "mL", SiteKind.PUMP, "REQ-MIX-009", "site-measuring"),
    SiteFigure("stock.expires_soon", "days", SiteKind.WHOLE, "REQ-SUP-008", "site-stock"),
    SiteFigure("stock.low_vials", "vials", SiteKind.WHOLE, "REQ-SUP-008", "site-stock"),
    SiteFigure("kit.room_limit", "h", SiteKind.NUMBER, "REQ-BUD-007", "site-kit"),
)
GTIN_GROUP = "site-gtins"
FILLING_PUMP = "filling pump"

_NUMBER = re.compile(r"(0|[1-9][0-9]{0,5})(\.[0-9]{1,4})?")
_WHOLE = re.compile(r"[1-9][0-9]{0,2}")
_GTIN = re.compile(r"[0-9]{14}")
_LONGEST_TEXT, _LONGEST_SHOWN = 60, 200


def site_figures(protocol: Protocol) -> tuple[SiteFigure, ...]:
    """Every figure that a site sets, with a GTIN for each row of the protocol's table."""
    gtins = (
        SiteFigure(gtin_name(recipe.duration_h, recipe.dose), "", SiteKind.GTIN, "REQ-LBL-004", GTIN_GROUP)
        for recipe in protocol.recipes
    )
    return (*_FIGURES, *gtins)


def gtin_name(duration_h: int, dose: DoseRate) -> str:
    """The name of the figure that holds a bag's GTIN.

    >>> gtin_name(96, DoseRate(Decimal(28)))
    'gtin.96h.28mcg'
    """
    return f"gtin.{duration_h}h.{dose.number}mcg"


def site_of(texts: Mapping[str, str], protocol: Protocol, *, training: bool) -> Site:
    """The site whose figures are these texts, by name; an empty or missing text is not set.

    Raises:
        InputRefused: a text is not readable, a required figure is not set, or a name is unknown.
    """
    figures = {each.name: each for each in site_figures(protocol)}
    for name in texts.keys() - figures.keys():
        raise InputRefused(name, texts[name], "expected.no-such-site-figure")
    for each in figures.values():
        check_site_text(each, texts.get(each.name, ""))
    amount = _Amounts(texts)
    return Site(
        name=texts["pharmacy.name"],
        telephone=texts["pharmacy.telephone"],
        time_zone=texts["pharmacy.time_zone"],
        training=training,
        weight_age_limit_days=int(texts["weight.age_limit"]),
        primed_by=PrimedBy(texts["set.primed_by"]),
        priming_volume=amount.volume("set.priming_volume"),
        sterility_refrigerated=amount.hours("sterility.refrigerated"),
        sterility_room=amount.hours("sterility.room"),
        recorded_dose_limit_percent=amount.number("dose.recorded_limit"),
        handling_allowance=amount.hours("handling.allowance"),
        measured_tolerance=amount.volume("measured.tolerance"),
        lock_after_minutes=int(texts["station.lock_after"]),
        instruments=_instruments(texts),
        bag_gtins=_gtins(texts, protocol),
        expires_soon_days=amount.whole("stock.expires_soon"),
        low_vials=amount.whole("stock.low_vials"),
        kit_room_limit=amount.hours("kit.room_limit"),
    )


def site_reading(figure: SiteFigure, text: str) -> str:
    """One writing for all texts of the same value: 96.0 and 96, syringes in another order; empty: not set.

    Raises:
        InputRefused: the text is no value of this figure.
    """
    check_site_text(figure, text)
    if text == "":
        return ""
    match figure.kind:
        case SiteKind.NUMBER:
            return plain(Decimal(text))
        case SiteKind.SYRINGES | SiteKind.PUMP:
            pairs = sorted(_pair(each) for each in text.split(", "))
            return ", ".join(f"{plain(largest)}/{plain(graduation)}" for largest, graduation in pairs)
        case SiteKind.TEXT | SiteKind.ZONE | SiteKind.PRIMED_BY | SiteKind.WHOLE | SiteKind.GTIN:
            return text


def check_site_text(figure: SiteFigure, text: str) -> None:
    """Refuses a text that is not a value of this figure; empty means not set.

    Raises:
        InputRefused: it cannot be read, or is empty where it is required.
    """
    if text == "" and not figure.required:
        return
    if not _readable(figure.kind, text):
        code, values = _EXPECTED[figure.kind]
        raise InputRefused(figure.name, text[:_LONGEST_SHOWN] or "nothing", code, dict(values))


_EXPECTED: dict[SiteKind, tuple[str, tuple[tuple[str, str], ...]]] = {
    SiteKind.TEXT: ("expected.text-printable-short", (("most", str(_LONGEST_TEXT)),)),
    SiteKind.ZONE: ("expected.time-zone", ()),
    SiteKind.PRIMED_BY: ("expected.one-of", (("choices", ", ".join(each.value for each in PrimedBy)),)),
    SiteKind.WHOLE: ("expected.whole-number", (("low", "1"), ("high", "999"))),
    SiteKind.NUMBER: ("expected.site-number", ()),
    SiteKind.SYRINGES: ("expected.syringes", ()),
    SiteKind.PUMP: ("expected.filling-pump", ()),
    SiteKind.GTIN: ("expected.gtin", ()),
}


def _readable(kind: SiteKind, text: str) -> bool:
    match kind:
        case SiteKind.TEXT:
            return 0 < len(text) <= _LONGEST_TEXT and text.isprintable() and text == text.strip()
        case SiteKind.ZONE:
            return _is_zone(text)
        case SiteKind.PRIMED_BY:
            return text in {each.value for each in PrimedBy}
        case SiteKind.WHOLE:
            return _WHOLE.fullmatch(text) is not None
        case SiteKind.NUMBER:
            return _is_number(text)
        case SiteKind.SYRINGES:
            pairs = text.split(", ")
            largest = {pair.partition("/")[0] for pair in pairs}
            return all(_is_pair(pair) for pair in pairs) and len(largest) == len(pairs)
        case SiteKind.PUMP:
            return _is_pair(text)
        case SiteKind.GTIN:
            return _GTIN.fullmatch(text) is not None and _check_digit(text[:-1]) == text[-1]


def _is_zone(text: str) -> bool:
    try:
        return text != "Factory" and ZoneInfo(text).key == text
    except (ValueError, OSError, LookupError):  # not the form of a name, a folder, or no such zone
        return False


def _is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None and Decimal(text) > 0


def _is_pair(text: str) -> bool:
    """`10/0.2`: the graduation goes into the largest volume a whole number of times."""
    largest, slash, graduation = text.partition("/")
    if not slash or not _is_number(largest) or not _is_number(graduation):
        return False
    return Decimal(largest) % Decimal(graduation) == 0


def _check_digit(digits: str) -> str:
    """The last digit of a GTIN-14: GS1's weights 3 and 1, from the left."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(digits))
    return str(-total % 10)


@dataclass(frozen=True, slots=True)
class _Amounts:
    texts: Mapping[str, str]

    def number(self, name: str) -> Decimal | None:
        text = self.texts.get(name, "")
        return Decimal(text) if text else None

    def volume(self, name: str) -> Volume | None:
        number = self.number(name)
        return None if number is None else Volume(number)

    def hours(self, name: str) -> Duration | None:
        number = self.number(name)
        return None if number is None else Duration(number)

    def whole(self, name: str) -> int | None:
        number = self.number(name)
        return None if number is None else int(number)


def _instruments(texts: Mapping[str, str]) -> tuple[Instrument, ...]:
    syringes = (_pair(text) for text in texts.get("instruments.syringes", "").split(", ") if text)
    named = [Instrument(f"{plain(most)} mL syringe", Volume(most), Volume(step)) for most, step in syringes]
    pump = texts.get("instruments.filling_pump", "")
    if pump:
        most, step = _pair(pump)
        named.append(Instrument(FILLING_PUMP, Volume(most), Volume(step)))
    return tuple(named)


def _pair(text: str) -> tuple[Decimal, Decimal]:
    largest, _, graduation = text.partition("/")
    return Decimal(largest), Decimal(graduation)


def _gtins(texts: Mapping[str, str], protocol: Protocol) -> tuple[BagGtin, ...]:
    named = (
        (recipe, texts.get(gtin_name(recipe.duration_h, recipe.dose), "")) for recipe in protocol.recipes
    )
    return tuple(BagGtin(recipe.duration_h, recipe.dose, gtin) for recipe, gtin in named if gtin)
