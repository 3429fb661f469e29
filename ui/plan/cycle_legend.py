"""The legend of a cycle's picture: it names what is drawn there, and nothing else. Knows no Qt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from pharmacy_app.domain.clock import offset_text, time_text
from pharmacy_app.domain.order import Interruption
from pharmacy_app.domain.plan import Plan
from ui.dates import clock_text, short_day_text, short_moment_text
from ui.plan.cycle import COLUMN, BarPiece, DayHead, LegendEntry
from ui.plan.cycle_places import Places
from ui.words import Words


def legend_of(
    plan: Plan,
    *,
    words: Words,
    heads: tuple[DayHead, ...],
    pieces: tuple[BarPiece, ...],
    places: Places,
    now: datetime | None = None,
) -> tuple[LegendEntry, ...]:
    """The entries in the order in which they stand."""
    doses = {bag.dose: bag.dose == plan.protocol.full_dose for bag in plan.bags}
    entries = [LegendEntry("full" if full else "low", dose.text) for dose, full in doses.items()]
    if any(piece.bacteriostatic for piece in pieces):
        entries.append(LegendEntry("bacteriostatic", words("ui.plan.legend.bacteriostatic")))
    if any(bag.dose_change for bag in plan.bags):
        entries.append(LegendEntry("wall", words("ui.plan.legend.wall")))
    if any(head.in_hospital for head in heads):
        days = str(max(head.day for head in heads if head.in_hospital))
        entries.append(LegendEntry("hospital", words("ui.plan.legend.hospital", days=days)))
    if any(head.closed for head in heads):
        entries.append(LegendEntry("lock", words("ui.plan.legend.closed")))
    if any(bag.line_change for bag in plan.bags):
        entries.append(LegendEntry("new-set", words("ui.plan.legend.new-set")))
    entries += _about_stops(plan, words, pieces, places)
    if now is not None and 0 <= places.at(now) < len(heads) * COLUMN:
        entries.append(LegendEntry("now", words("ui.plan.now")))
    entries += [_clock_entry(plan, words, start) for start in clock_changes(plan, places.columns)]
    first = plan.bags[0].start_at
    time, offset = clock_text(first), offset_text(first)
    return (*entries, LegendEntry("", words("ui.plan.legend.columns", time=time, offset=offset)))


def clock_changes(plan: Plan, columns: int) -> tuple[datetime, ...]:
    """The start of each day of the picture during which the clock changes."""
    zone = plan.bags[0].start_at.tzinfo
    starts = [plan.order.start_at + timedelta(days=day) for day in range(columns + 1)]
    offsets = [start.replace(tzinfo=zone).utcoffset() for start in starts]
    pairs = zip(starts, offsets, offsets[1:], strict=False)
    return tuple(start for start, before, after in pairs if before != after)


def gap_texts(plan: Plan, stop: Interruption, words: Words) -> tuple[str, ...]:
    """When the infusion was stopped and when it began again: forms of one text, the longest first."""
    zone = ZoneInfo(plan.order.time_zone)
    stopped, restarted = stop.stopped_at.astimezone(zone), stop.restarted_at.astimezone(zone)
    dated = {"stopped": time_text(stopped), "restarted": time_text(restarted)}
    same_day = stopped.date() == restarted.date()
    again = clock_text(restarted) if same_day else short_moment_text(restarted)
    short = {"stopped": short_moment_text(stopped), "restarted": again}
    return (
        words("ui.plan.gap", **dated),
        words("ui.plan.gap", **short),
        words("ui.plan.gap-lines", **dated),
        words("ui.plan.gap-lines", **short),
    )


def _about_stops(
    plan: Plan, words: Words, pieces: tuple[BarPiece, ...], places: Places
) -> Iterator[LegendEntry]:
    for *_, stop in places.stops():
        yield LegendEntry("gap", gap_texts(plan, stop, words)[1])
    if any(piece.void for piece in pieces):
        yield LegendEntry("void", words("ui.plan.legend.void"))
    if any(piece.outlined and not piece.void for piece in pieces):
        yield LegendEntry("outlined", words("ui.plan.legend.outlined"))
    if any(piece.mark == "unknown" for piece in pieces):
        yield LegendEntry("unknown", words("ui.plan.held"))


def _clock_entry(plan: Plan, words: Words, start: datetime) -> LegendEntry:
    zone = plan.bags[0].start_at.tzinfo
    before = start.replace(tzinfo=zone)
    after = (start + timedelta(days=1)).replace(tzinfo=zone)
    back = (after.utcoffset() or timedelta()) < (before.utcoffset() or timedelta())
    code = "ui.plan.legend.clock-back" if back else "ui.plan.legend.clock-forward"
    return LegendEntry(
        "clock", words(code, day=short_day_text(_change_day(before, after)), offset=offset_text(after))
    )


def _change_day(before: datetime, after: datetime) -> date:
    """The date on which the clock first shows the new offset. Clocks change on a quarter of an hour."""
    moment, zone = before.astimezone(UTC), before.tzinfo
    while moment.astimezone(zone).utcoffset() != after.utcoffset():
        moment += timedelta(minutes=15)
    return moment.astimezone(zone).date()
