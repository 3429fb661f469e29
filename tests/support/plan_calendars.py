"""Plans as calendars for tests: written by the program, read by another library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import vobject

from labels.calendar_file import IcsCalendarWriter
from pharmacy_app.domain.plan import Plan
from pharmacy_app.domain.plan_record import plan_record
from pharmacy_app.wording import load
from pharmacy_app.workflow.plan_calendar import PlanCalendar, plan_calendar
from pharmacy_app.workflow.unit_of_work import StoredPlan
from tests.support.orders import order_document
from tests.support.rulebooks import plan_of, rulebook

ACCEPTED = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ReadEvent:
    """One event as vobject reads it."""

    uid: str
    sequence: int
    at: datetime
    stamp: datetime
    summary: str
    description: str
    status: str
    private: bool


def plan(changes: Mapping[str, object] | None = None) -> Plan:
    found = plan_of(order_document(**(changes or {})))
    assert not found.refused
    return found


def stored(*plans: Plan) -> tuple[StoredPlan, ...]:
    """These plans as they were accepted, one a day."""
    return tuple(
        StoredPlan(number, ACCEPTED + timedelta(days=number - 1), plan_record(each))
        for number, each in enumerate(plans, start=1)
    )


def calendar(*plans: Plan) -> PlanCalendar:
    """The calendar of the last plan, the others before it on file."""
    return plan_calendar(plans[-1], stored(*plans), rulebook().site, load())


def written(*plans: Plan) -> bytes:
    return IcsCalendarWriter().write(calendar(*plans))


def read(file: bytes) -> tuple[ReadEvent, ...]:
    """Every event of the file, in its order."""
    (whole,) = vobject.readComponents(file.decode("utf-8"))
    return tuple(
        ReadEvent(
            uid=each.uid.value,
            sequence=int(each.sequence.value),
            at=each.dtstart.value,
            stamp=each.dtstamp.value,
            summary=each.summary.value,
            description=each.description.value,
            status=each.status.value,
            private=each.contents["class"][0].value == "PRIVATE",
        )
        for each in whole.vevent_list
    )


def instants(events: Sequence[ReadEvent]) -> list[str]:
    """When each is, by UTC."""
    assert all(each.at.utcoffset() == timedelta(0) for each in events)
    return [f"{each.at:%m-%d %H:%M}" for each in events]
