"""Who told what of a course, and which plans were accepted, as the record has it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pharmacy_app.domain.audit import EntryFilter, utc_text
from pharmacy_app.workflow.record_export import names_of

if TYPE_CHECKING:
    from pharmacy_app.workflow.station import Station

_MOST = 2000
PLAN_ACCEPTED = "plan-accepted"


@dataclass(frozen=True, slots=True)
class AcceptedPlan:
    """A plan that a pharmacist accepted: its revision, and when (UTC)."""

    revision: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CourseTold:
    """The entries about one order: by act and moment the name that others read of who did it."""

    names: Mapping[tuple[str, str], str]
    plans: tuple[AcceptedPlan, ...]

    def who(self, act: str, at: datetime) -> str:
        """Who did it; empty where the record has no such entry."""
        return self.names.get((act, utc_text(at)), "")


def course_told(order_number: str, station: Station) -> CourseTold:
    """What the record tells of one order."""
    wanted = EntryFilter(things=(f"order {order_number}",))
    with station.open_unit_of_work(reading=True) as work:
        entries, names = work.audit.entries(wanted, limit=_MOST), names_of(work)
    plans = [
        AcceptedPlan(str(dict(json.loads(each.facts)).get("revision", "")), datetime.fromisoformat(each.at))
        for each in entries
        if each.act == PLAN_ACCEPTED
    ]
    told = {(each.act, each.at): names.get(each.person, each.person) for each in entries}
    return CourseTold(told, tuple(reversed(plans)))
