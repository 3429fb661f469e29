"""What one pharmacy sets for itself: figures for which no general value exists (`site_figure` reads them)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from pharmacy_app.domain.quantity import DoseRate, Duration, Volume


class PrimedBy(Enum):
    """Who fills the set with the finished solution before it is connected."""

    PHARMACY = "pharmacy"
    BEDSIDE = "bedside"


@dataclass(frozen=True, slots=True)
class Instrument:
    """A syringe or pump: the most it measures at once, and the step in which it can be read."""

    name: str
    largest: Volume
    graduation: Volume


@dataclass(frozen=True, slots=True)
class BagGtin:
    """The GTIN-14 that the site has assigned to one of its bags. None is invented (REQ-LBL-004)."""

    duration_h: int
    dose: DoseRate
    gtin: str


@dataclass(frozen=True, slots=True)
class Site:
    """A figure that is None is not set, and stops what rests on it.

    `sterility_*` are the site's limits before hanging; `priming_volume` is what one set takes.
    `recorded_dose_limit_percent` holds for the dose of the recorded fill and the measured drug (REQ-MIX-005),
    `handling_allowance` for the time out of the refrigerator that is not counted (REQ-BUD-006).
    `measured_tolerance` None: one graduation of the coarsest instrument used (REQ-MIX-009).
    `kit_room_limit` is how long an unopened kit may be outside 2–8 °C in all (REQ-BUD-007).
    `expires_soon_days` and `low_vials` are when the stock page says that something runs out.
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
    recorded_dose_limit_percent: Decimal | None = None
    handling_allowance: Duration | None = None
    measured_tolerance: Volume | None = None
    lock_after_minutes: int = 5
    instruments: tuple[Instrument, ...] = ()
    bag_gtins: tuple[BagGtin, ...] = ()
    expires_soon_days: int | None = None
    low_vials: int | None = None
    kit_room_limit: Duration | None = None
