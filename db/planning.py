"""What an order wishes of hours, days of preparation and phases, on file as canonical JSON.

One text in a table of its own, as facts are kept (ADR 12): an order without such wishes has no row there, so
orders of older versions stay as they are. The order's other columns, and its document, stand beside it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import time
from typing import Any

from db.types import DamagedText
from pharmacy_app.domain.canonical import canonical_json
from pharmacy_app.domain.order import BagWishes, Hours, PhaseWishes, Weekday
from pharmacy_app.domain.order_document import planning_document


def planning_text(wishes: BagWishes) -> str | None:
    """What is kept of the wishes; None: they say nothing of the kind."""
    document = planning_document(wishes)
    return canonical_json(document) if document else None


def with_planning(wishes: BagWishes, text: str) -> BagWishes:
    """The wishes with those of the text.

    Raises:
        DamagedText: the text is not what `planning_text` wrote.
    """
    try:
        read = _read(wishes, json.loads(text))
        if planning_text(read) == text:
            return read
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise DamagedText("no wishes of an order") from error
    raise DamagedText("not as it was kept")


def _read(wishes: BagWishes, document: Mapping[str, Any]) -> BagWishes:
    phases = document.get("phases", {})
    return replace(
        wishes,
        change_hours=_hours(document, "change_hours"),
        prepare_days=_days(document, "prepare_days"),
        prepare_hours=_hours(document, "prepare_hours"),
        hospital=_phase(phases.get("hospital", {})),
        home=_phase(phases.get("home", {})),
    )


def _phase(document: Mapping[str, Any]) -> PhaseWishes:
    return PhaseWishes(
        durations_h=tuple(document["durations_h"]) if "durations_h" in document else None,
        closed_days=_days(document, "closed_days"),
        holidays=document.get("holidays"),
        change_hours=_hours(document, "change_hours"),
        prepare_days=_days(document, "prepare_days"),
    )


def _days(document: Mapping[str, Any], name: str) -> frozenset[Weekday] | None:
    return frozenset(Weekday[day.upper()] for day in document[name]) if name in document else None


def _hours(document: Mapping[str, Any], name: str) -> Hours | None:
    if name not in document:
        return None
    hours = document[name]
    return Hours(time.fromisoformat(hours["from"]), time.fromisoformat(hours["to"]))
