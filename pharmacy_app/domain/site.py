"""What one pharmacy sets for itself: figures for which no general value exists."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from pharmacy_app.domain.quantity import Duration, Volume


class PrimedBy(Enum):
    """Who fills the set with the finished solution before it is connected."""

    PHARMACY = "pharmacy"
    BEDSIDE = "bedside"


@dataclass(frozen=True, slots=True)
class Site:
    """A figure that is None is not set, and stops what rests on it.

    `sterility_*` are the site's limits before hanging; `priming_volume` is what one set takes.
    """

    name: str
    telephone: str
    time_zone: str
    training: bool
    weight_age_limit_days: int
    primed_by: PrimedBy
    priming_volume: Volume | None
    sterility_refrigerated: Duration | None
    sterility_room: Duration | None
