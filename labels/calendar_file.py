"""Writes a plan's calendar as an .ics file (RFC 5545), by the library icalendar: docs/adr/0013.

Times are instants in UTC. A telephone shows them by its own clock, and no other program's zone rules can
move them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pharmacy_app.workflow.plan_calendar import CalendarEntry, PlanCalendar

if TYPE_CHECKING:
    from icalendar import Event

_MADE_BY = "-//pharmacy-app//plan calendar//EN"


class IcsCalendarWriter:
    """Calendars as .ics."""

    def write(self, calendar: PlanCalendar) -> bytes:
        """The file, the same bytes for the same calendar."""
        from icalendar import Calendar

        file = Calendar()
        file.add("prodid", _MADE_BY)
        file.add("version", "2.0")
        file.add("calscale", "GREGORIAN")
        file.add("method", "PUBLISH")
        file.calendar_name = calendar.name
        for entry in calendar.entries:
            file.add_component(_event(entry, calendar))
        content: bytes = file.to_ical()
        return content


def _event(entry: CalendarEntry, calendar: PlanCalendar) -> Event:
    """An instant, without an end (RFC 5545, 3.6.1); a calendar that is shared shows others no words."""
    from icalendar import Event

    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", calendar.revision)
    event.add("dtstamp", calendar.made_at)
    event.add("last-modified", calendar.made_at)
    event.add("dtstart", entry.at)
    event.add("summary", entry.summary)
    event.add("description", entry.description)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event
