"""The zones of the pinned `tzdata` package. The system's own tables are never asked (REQ-PLN-010)."""

from __future__ import annotations

from functools import cache
from importlib import resources

NO_ZONE = "Factory"  # listed, but it means that nobody has set a zone


@cache
def _names() -> frozenset[str]:
    listed = resources.files("tzdata").joinpath("zones").read_text(encoding="ascii").split()
    return frozenset(listed) - {NO_ZONE}


def is_zone(name: str) -> bool:
    """Whether the pinned rules have a zone of exactly this name."""
    return name in _names()


def zone_data_version() -> str:
    """The version of the pinned rules, such as `2026.6`."""
    import tzdata

    return str(tzdata.__version__)
