"""The site file: the figures of the training pharmacy, which the program brings with it."""

from __future__ import annotations

import tomllib
from importlib import resources

from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.protocol import Protocol
from pharmacy_app.domain.site import Site
from pharmacy_app.domain.site_figure import site_figures, site_of
from pharmacy_app.intake.fields import Fields, text

TRAINING_SITE = "training-site.toml"


def training_site(protocol: Protocol) -> Site:
    """The training pharmacy: its figures are marked examples."""
    return site_of(training_texts(protocol), protocol, training=True)


def training_texts(protocol: Protocol) -> dict[str, str]:
    """The training pharmacy's figures as they stand in the file, by name. What is not there is not set."""
    content = resources.files("pharmacy_app.protocols").joinpath(TRAINING_SITE).read_text(encoding="utf-8")
    return parse_site(content, protocol)


def parse_site(content: str, protocol: Protocol) -> dict[str, str]:
    """The figures in the text of a site file, by name.

    Raises:
        InputRefused: a figure is unknown, twice, or in another unit than the rules ask for.
    """
    units = {each.name: each.unit for each in site_figures(protocol)}
    refusals: list[InputRefused] = []
    fields = Fields(tomllib.loads(content), "", refusals)
    given = fields.value("figures")
    fields.finish()
    values: dict[str, str] = {}
    for index, each in enumerate(given if isinstance(given, list) else ()):
        inner = Fields(each, f"figures[{index}]", refusals)
        name, value, unit = (inner.required(part, _text_or_nothing) for part in ("name", "value", "unit"))
        inner.finish()
        if refusals:
            break
        if name not in units:
            refusals.append(InputRefused(name, value, "expected.no-such-site-figure"))
        elif unit != units[name]:
            refusals.append(InputRefused(name, unit, "expected.unit", {"unit": units[name]}))
        elif name in values:
            refusals.append(InputRefused(name, "twice", "expected.once"))
        values[name] = value
    if refusals:
        raise refusals[0]
    return values


def _text_or_nothing(given: object, field: str) -> str:
    """A text; nothing where a figure is not set, or has no unit."""
    return "" if given == "" else text(given, field)
