"""The protocol file: TOML, every figure with unit, mark and source."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from pharmacy_app.domain.course import INDICATIONS
from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.figure_value import require_readable
from pharmacy_app.domain.finding import Mark
from pharmacy_app.domain.protocol import Figure, Protocol
from pharmacy_app.intake.fields import Fields, calendar_date, choice, one_of_texts, text, whole
from pharmacy_app.intake.strict_json import bytes_of, shortened

SHIPPED = "blinatumomab-ca-2026-02-27.toml"
COUNTRIES = ("CA", "US")
# Reading a dotted key takes the square of its length, in time and in memory. A key stands on one line.
LARGEST_FILE_BYTES = 100_000
MOST_DOTS_IN_A_LINE = 100


def shipped_protocol() -> Protocol:
    """The protocol that the program brings with it."""
    return _protocol(_shipped_document())


@cache
def _shipped_document() -> dict[str, Any]:
    content = resources.files("pharmacy_app.protocols").joinpath(SHIPPED).read_bytes()
    return _toml(content, SHIPPED, "--protocol")


def read_protocol(path: Path, *, field: str = "--protocol") -> Protocol:
    """The protocol in a file; `field` is where a refusal says that the file was named.

    Raises:
        InputRefused: the file is not there, or a figure is missing, unknown, twice or unreadable.
    """
    content = bytes_of(path, field=field, largest=LARGEST_FILE_BYTES)
    return parse_protocol(content, name=path.name, field=field)


def parse_protocol(content: bytes, *, name: str, field: str = "--protocol") -> Protocol:
    """The protocol in the bytes of a file called `name`. Raises as `read_protocol` does."""
    return _protocol(_toml(content, name, field))


def _protocol(document: Mapping[str, object]) -> Protocol:
    refusals: list[InputRefused] = []
    fields = Fields(document, "", refusals)
    drug, brand = fields.required("drug", text), fields.required("brand", text)
    country = fields.required("country", one_of_texts(COUNTRIES))
    monograph = fields.required("monograph", calendar_date)
    revision = fields.required("revision", whole(1, 999_999))
    if fields.value("commissioned") is not False:
        fields.refuse("commissioned", fields.value("commissioned"), "expected.not-commissioned")
    figures = _figures(fields, refusals)
    fields.finish()
    if refusals:
        raise refusals[0]
    protocol = Protocol(
        drug=drug,
        brand=brand,
        country=country,
        monograph=monograph,
        revision=revision,
        digest=_digest(document),
        commissioned=False,
        figures=figures,
    )
    _require_all_figures(protocol)
    return protocol


def _toml(content: bytes, name: str, field: str) -> dict[str, Any]:
    if len(content) > LARGEST_FILE_BYTES or _most_dots(content) > MOST_DOTS_IN_A_LINE:
        raise InputRefused(field, shortened(name), "expected.protocol-size")
    try:
        return tomllib.loads(content.decode("utf-8"))
    except (ValueError, RecursionError):  # not UTF-8, not TOML, or a whole number of thousands of digits
        raise InputRefused(field, shortened(name), "expected.toml") from None


def _most_dots(content: bytes) -> int:
    return max(line.count(b".") for line in content.split(b"\n"))


def _digest(document: Mapping[str, object]) -> str:
    """Over every figure, mark and source, and over whether it is commissioned; not over comments."""
    canonical = json.dumps(document, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(canonical.encode()).hexdigest()}"


def _figures(fields: Fields, refusals: list[InputRefused]) -> dict[str, Figure]:
    given = fields.value("figures")
    if not isinstance(given, list):
        fields.refuse("figures", given, "expected.list")
        return {}
    figures: dict[str, Figure] = {}
    for index, each in enumerate(given):
        inner = Fields(each, f"figures[{index}]", refusals)
        figure = Figure(
            name=inner.required("name", text),
            value=inner.required("value", text),
            unit=inner.required("unit", _unit),
            mark=inner.required("mark", choice(Mark)),
            source=inner.required("source", text),
        )
        inner.finish()
        if figure.name in figures:
            refusals.append(InputRefused(figure.name, "twice", "expected.once"))
        figures[figure.name] = figure
    return figures


def _unit(given: object, field: str) -> str:
    """A unit, or nothing where the figure is a name."""
    return "" if given == "" else text(given, field)


def _require_all_figures(protocol: Protocol) -> None:
    """Every figure that the rules ask for is there in its unit and readable, and no other is."""
    units = _shipped_units()
    shipped = units.keys()
    for name in sorted(shipped - protocol.figures.keys()):
        raise InputRefused(name, "nothing", "expected.protocol-figure")
    for name in sorted(protocol.figures.keys() - shipped):
        raise InputRefused(name, shortened(protocol.figures[name].value), "expected.no-such-figure")
    for figure in protocol.figures.values():
        if figure.unit != units[figure.name]:
            raise InputRefused(figure.name, figure.unit, "expected.unit", {"unit": units[figure.name]})
        require_readable(figure, figure.value)
    _require_together(protocol)


def _require_together(protocol: Protocol) -> None:
    """Figures that ask for each other: every row of the table, and hospital days until supervision begins."""
    _ = protocol.recipes
    for indication in INDICATIONS:
        for cycle in range(1, protocol.whole(f"course.{indication}.supervised_from_cycle")):
            _ = protocol.figure(f"course.{indication}.hospital_days.cycle_{cycle}")


@cache
def _shipped_units() -> dict[str, str]:
    """The unit of every figure that the rules ask for: those of the shipped protocol."""
    return {each["name"]: each["unit"] for each in _shipped_document()["figures"]}
