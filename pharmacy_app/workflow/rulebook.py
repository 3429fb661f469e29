"""What every answer rests on: protocol, site figures, holidays, version of the zone rules."""

from __future__ import annotations

from dataclasses import dataclass

from pharmacy_app.domain.protocol import Protocol
from pharmacy_app.domain.site import Site
from pharmacy_app.workflow.ports import HolidayCalendar


@dataclass(frozen=True, slots=True)
class Rulebook:
    """`zone_data` is the version of the pinned zone rules, such as `2026.6`."""

    protocol: Protocol
    site: Site
    holidays: HolidayCalendar
    zone_data: str
