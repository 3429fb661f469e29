"""The training pharmacy's order files: those of docs/examples, which pharmacy_app/examples points to."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources

from pharmacy_app.intake.strict_json import parse

NOT_ORDERS = "supplies-"


def example_orders() -> tuple[Mapping[str, object], ...]:
    """One order document for each indication, in the order of the files' names. The people are invented."""
    folder = resources.files("pharmacy_app").joinpath("examples")
    files = [each for each in folder.iterdir() if each.name.endswith(".json")]
    orders = sorted(
        (each for each in files if not each.name.startswith(NOT_ORDERS)), key=lambda each: each.name
    )
    return tuple(parse(each.read_bytes(), name=each.name) for each in orders)
