"""What every answer rests on: protocol, site figures, holidays, version of the zone rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol as Port

from pharmacy_app.domain.protocol import Protocol
from pharmacy_app.domain.site import Site


class HolidayCalendar(Port):
    """Public holidays of a country and province, such as `CA-ON`."""

    def days(self, region: str, *, first: date, last: date) -> frozenset[date]:
        """All public holidays, with their observed days, from first to last."""
        ...


@dataclass(frozen=True, slots=True)
class Rulebook:
    """`zone_data` is the version of the pinned zone rules, such as `2026.6`.

    `file` is the protocol as its file has it, where `protocol` is the commissioned one with another digest.
    `examples` are the site's figures that are the training pharmacy's, by name.
    """

    protocol: Protocol
    site: Site
    holidays: HolidayCalendar
    zone_data: str
    file: Protocol | None = None
    examples: frozenset[str] = frozenset()

    @property
    def as_filed(self) -> Protocol:
        """The protocol as its file has it: never commissioned."""
        return self.file or self.protocol
