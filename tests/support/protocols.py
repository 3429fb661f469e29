"""Protocol files for tests: the shipped one, with one thing that a test wants to be different."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import resources

from pharmacy_app.domain.protocol import Protocol
from pharmacy_app.intake.protocol_file import SHIPPED, parse_protocol


def shipped_text() -> str:
    """The shipped file as it stands."""
    return resources.files("pharmacy_app.protocols").joinpath(SHIPPED).read_text(encoding="utf-8")


def line_of(name: str) -> str:
    """The one line of the shipped file that holds a figure."""
    found = [line for line in shipped_text().splitlines() if f'name = "{name}"' in line]
    assert len(found) == 1, f"{name} stands on {len(found)} lines"
    return found[0]


def text_with(name: str, value: str, *, key: str = "value") -> str:
    """The file with another value (or unit, mark, source) for one figure."""
    return shipped_text().replace(line_of(name), line_with(name, value, key=key))


def line_with(name: str, value: str, *, key: str = "value") -> str:
    """The line of a figure with another value (or unit, mark, source)."""
    changed, count = re.subn(rf'\b{key} = "[^"]*"', lambda _: f'{key} = "{value}"', line_of(name))
    assert count == 1, f"{name} has {count} times {key}"
    return changed


def text_without(name: str) -> str:
    """The file without one figure."""
    return shipped_text().replace(line_of(name) + "\n", "")


def parsed(text: str) -> Protocol:
    """The protocol in a file with this text."""
    return parse_protocol(text.encode(), name="protocol.toml")


def altered(name: str, value: str) -> Protocol:
    """The shipped protocol with another value for one figure."""
    return parsed(text_with(name, value))


def altered_together(values: Mapping[str, str]) -> Protocol:
    """The shipped protocol with other values for several figures."""
    text = shipped_text()
    for name, value in values.items():
        text = text.replace(line_of(name), line_with(name, value))
    return parsed(text)
