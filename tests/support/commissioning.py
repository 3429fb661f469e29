"""Commissioning in tests: what people typed and signed, as facts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from pharmacy_app.domain.commissioning import GroupSigned, values_digest, values_of
from pharmacy_app.domain.figure_group import FigureGroup, groups_of
from pharmacy_app.domain.protocol import Protocol
from tests.support.protocol_figures import MARKED
from tests.support.rulebooks import protocol

FIRST = datetime(2026, 11, 20, 9, 12, tzinfo=UTC)
MONOGRAPH: Mapping[str, str] = {name: value for name, (value, _, _) in MARKED.items()}
"""What a pharmacist reads in a monograph that says the same as the program: written down a second time."""


def group(name: str, of: Protocol | None = None) -> FigureGroup:
    (found,) = [each for each in groups_of(of or protocol()) if each.name == name]
    return found


def signed(
    under: FigureGroup, person: str, texts: Mapping[str, str] | None = None, *, minute: int = 0
) -> GroupSigned:
    """A signature of a person under a group, so many minutes after the first."""
    given = texts if texts is not None else {name: MONOGRAPH[name] for name in under.names}
    at = FIRST + timedelta(minutes=minute)
    values = values_of(given)
    return GroupSigned(under.digest, under.name, person, at, values, values_digest(under, given))
