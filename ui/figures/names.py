"""How figures, groups and values are called on the page. Knows no Qt."""

from __future__ import annotations

import re

from pharmacy_app.domain.figure_value import BETWEEN, FigureKind, kind_of
from pharmacy_app.domain.protocol import Figure
from pharmacy_app.domain.site_figure import SiteFigure, SiteKind
from ui.words import Words

_ROW = re.compile(r"bag\.(?P<duration>[0-9]+)h\.(?:(?P<dose>[0-9]+)mcg\.)?(?P<what>.+)")
_GTIN = re.compile(r"gtin\.(?P<duration>[0-9]+)h\.(?P<dose>[0-9]+)mcg")
_COURSE = re.compile(r"course\.(?P<indication>[a-z-]+)\.(?P<what>.+)")
_GROUP = re.compile(r"bag-(?P<duration>[0-9]+)h")


def figure_name(name: str, words: Words) -> str:
    """What a figure is called, with the row or course to which it belongs."""
    if row := _ROW.fullmatch(name):
        values = {"duration": row["duration"], "dose": row["dose"] or ""}
        return words(f"ui.figures.figure.bag.{row['what']}", **values)
    if gtin := _GTIN.fullmatch(name):
        return words("ui.figures.figure.gtin.of-bag", **gtin.groupdict())
    if course := _COURSE.fullmatch(name):
        indication = words(f"ui.orders.indication-short.{course['indication']}").lower()
        return words(f"ui.figures.figure.course.{course['what']}", indication=indication)
    return words(f"ui.figures.figure.{name}")


def row_name(name: str, words: Words) -> str:
    """What a figure is called in its own group, where the title says which bag it is."""
    row = _ROW.fullmatch(name)
    if row is None or row["dose"] is None:
        return figure_name(name, words)
    return words(f"ui.figures.short.{row['what']}", dose=row["dose"])


def group_title(name: str, words: Words) -> str:
    """What a group is called."""
    if bag := _GROUP.fullmatch(name):
        return words("ui.figures.group.bag", duration=bag["duration"])
    return words(f"ui.figures.group.{name}")


def value_text(figure: Figure | SiteFigure, text: str, words: Words) -> str:
    """A value as people read it, with its unit."""
    if has_choices(figure):
        text = BETWEEN.join(choice_word(each, words) for each in text.split(BETWEEN))
    return f"{text} {figure.unit}" if figure.unit else text


def has_choices(figure: Figure | SiteFigure) -> bool:
    """Whether the value is one or several of a few names."""
    if isinstance(figure, SiteFigure):
        return figure.kind is SiteKind.PRIMED_BY
    return kind_of(figure.name) in {FigureKind.NAME, FigureKind.NAMES, FigureKind.NAMES_IN_ORDER}


def choice_word(value: str, words: Words) -> str:
    """One name out of a few."""
    return words(f"ui.figures.choice.{value}")


def unset_text(figure: SiteFigure, words: Words) -> str:
    """What it means that a figure of the site is not set."""
    code = "gtin" if figure.kind is SiteKind.GTIN else _UNSET[figure.name]
    return words(f"ui.figures.unset.{code}")


_UNSET = {
    "sterility.refrigerated": "sterility",
    "sterility.room": "sterility",
    "set.priming_volume": "priming",
    "dose.recorded_limit": "recorded-limit",
    "handling.allowance": "allowance",
    "measured.tolerance": "tolerance",
    "instruments.syringes": "syringes",
    "instruments.filling_pump": "pump",
    "stock.expires_soon": "expires-soon",
    "stock.low_vials": "low-vials",
    "kit.room_limit": "kit",
}
