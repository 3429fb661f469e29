"""The plan in force as it goes out on paper: what the renderer is given, and the paper's size."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from zoneinfo import ZoneInfo

from pharmacy_app.domain.finding import Finding
from pharmacy_app.domain.optimum import ClosedDays
from pharmacy_app.domain.plan import Plan
from pharmacy_app.domain.reminder import reminders
from pharmacy_app.workflow.plan_days import closed_days
from pharmacy_app.workflow.rulebook import Rulebook

_LETTER_COUNTRIES = ("CA", "US")


class PaperSize(Enum):
    """What the page is printed on; the value is its name."""

    LETTER = "letter"
    A4 = "a4"


def paper_size(country: str) -> PaperSize:
    """What lies in a printer of that country."""
    return PaperSize.LETTER if country in _LETTER_COUNTRIES else PaperSize.A4


@dataclass(frozen=True, slots=True)
class PlanPaper:
    """One accepted plan. `accepted_at` is in the pharmacy's zone, `revision` its number for that order."""

    plan: Plan
    pharmacy: str
    pharmacy_zone: ZoneInfo
    revision: int
    accepted_at: datetime
    closed: ClosedDays
    reminders: tuple[Finding, ...]

    @property
    def two_zones(self) -> bool:
        """Whether the infusion runs by another clock than the pharmacy's."""
        return self.plan.order.time_zone != self.pharmacy_zone.key


def plan_paper(plan: Plan, rulebook: Rulebook, *, revision: int, accepted_at: datetime) -> PlanPaper:
    """What is printed of a plan that has bags."""
    zone = ZoneInfo(rulebook.site.time_zone)
    return PlanPaper(
        plan=plan,
        pharmacy=rulebook.site.name,
        pharmacy_zone=zone,
        revision=revision,
        accepted_at=accepted_at.astimezone(zone),
        closed=closed_days(plan.order, rulebook),
        reminders=reminders(plan.order, rulebook.protocol),
    )
