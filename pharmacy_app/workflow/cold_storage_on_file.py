"""How long lots of the kit were outside 2–8 °C, from what is on file (REQ-BUD-007)."""

from __future__ import annotations

from datetime import datetime

from pharmacy_app.domain.cold_storage import Outside, TimeOutside, outside, outside_of_lots, stay_key
from pharmacy_app.domain.site import Site
from pharmacy_app.workflow.unit_of_work import UnitOfWork


def stays_of(work: UnitOfWork, code: str, lot: str) -> tuple[TimeOutside, ...]:
    """Every stay of a lot outside, in their order."""
    stays: list[TimeOutside] = []
    while (stay := work.times_outside.latest(stay_key(code, lot, len(stays) + 1))) is not None:
        stays.append(stay)
    return tuple(stays)


def outside_of(work: UnitOfWork, code: str, lot: str, *, site: Site, at: datetime) -> Outside | None:
    """How long a lot was outside up to a moment; None: never."""
    return outside(stays_of(work, code, lot), limit=site.kit_room_limit, at=at)


def all_outside(work: UnitOfWork, *, site: Site, at: datetime) -> dict[str, Outside]:
    """How long each lot was outside, by `Lot.key`; a lot that never was is absent."""
    return outside_of_lots(work.times_outside.all(), limit=site.kit_room_limit, at=at)
