"""What is said of the kit's storage and of a lot's time outside 2–8 °C. Knows no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pharmacy_app.domain.clock import shown, time_text
from pharmacy_app.domain.cold_storage import KIT

if TYPE_CHECKING:
    from datetime import datetime

    from pharmacy_app.domain.cold_storage import Outside
    from pharmacy_app.domain.product import Product
    from pharmacy_app.domain.shelf import ShelfLot
    from ui.words import Words

OUT, RETURN = "out", "return"


def storage_of(product: Product | None, words: Words) -> str:
    """How a product of the kit is kept; empty: it is none."""
    return words("ui.supplies.kit-storage") if product is not None and product.kind in KIT else ""


def short_of(was: Outside | None, words: Words) -> str:
    """How much of the limit is spent: `out 3 h 10 min of 8 h`; empty: the lot was never out."""
    if was is None:
        return ""
    if was.limit is None:
        return words("ui.supplies.outside-short", outside=was.spent_text)
    return words("ui.supplies.outside-of", outside=was.spent_text, limit=was.limit.number)


def kept_of(lot: ShelfLot, zone: ZoneInfo, words: Words) -> str:
    """The storage of a lot of the kit, and its time outside; empty: it is none."""
    parts = [storage_of(lot.product, words)]
    was = lot.outside
    if was is not None:
        out = words("ui.supplies.outside-since", since=moment_text(was.since, zone)) if was.since else ""
        parts.append(words("ui.supplies.outside", outside=was.spent_text, out=out, limit=_limit(was, words)))
    return " ".join(part for part in parts if part)


def _limit(was: Outside, words: Words) -> str:
    if was.limit is None:
        return words("ui.supplies.outside-no-limit")
    if was.is_over:
        return words("ui.supplies.outside-over", limit=was.limit.number)
    return words("ui.supplies.outside-limit", limit=was.limit.number, left=was.left_text)


def act_of(lot: ShelfLot) -> str:
    """What can be recorded of a lot of the kit now; empty: it is none."""
    if lot.product.kind not in KIT:
        return ""
    return RETURN if lot.outside is not None and lot.outside.since is not None else OUT


def moment_text(moment: datetime, zone: ZoneInfo) -> str:
    """Date and time by the site's clock."""
    return time_text(shown(moment, zone))
