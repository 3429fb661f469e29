"""What it means to hang a bag at a moment: until when it runs, what it gives, and which bags that moves.

A bag is changed at its planned change, however late it was hung (REQ-BUD-008), unless its room time is over
before. Then the bags after it hang earlier too, until one has hours to spare, as in the plan (REQ-PLN-005). A
change of dose and the end of the infusion do not move: then the bag is stopped (REQ-BUD-006).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pharmacy_app.domain.bag_schedule import as_timedelta
from pharmacy_app.domain.clock import elapsed, span_text, time_text
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding
from pharmacy_app.domain.plan_record import BagRecord
from pharmacy_app.domain.protocol import Protocol
from pharmacy_app.domain.quantity import Duration, Volume
from pharmacy_app.domain.rounding import one_decimal
from pharmacy_app.domain.site import Site

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Run:
    """The bags that the plan in force has from one bag on; `bag` is that one, `after` are those after it."""

    bag: BagRecord
    after: tuple[BagRecord, ...]


@dataclass(frozen=True, slots=True)
class Hanging:
    """`volume` is the volume to infuse from `at` to `change_at`, to a tenth of a mL, as pumps are set.

    With a stop among the findings the bag does not hang.
    """

    at: datetime
    change_at: datetime
    volume: Volume
    findings: tuple[Finding, ...]


def hanging(
    run: Run, *, at: datetime, room_end: datetime | None, zone: ZoneInfo, protocol: Protocol, site: Site
) -> Hanging:
    """Hanging the run's first bag at a moment; `room_end` None: its limits are not those in force."""
    planned = run.bag.change_at
    change_at = planned if room_end is None else min(planned, room_end)
    found: list[Finding] = []
    if change_at < planned:
        moved = {"change": local(change_at, zone), "planned": local(planned, zone)}
        stop = _what_does_not_move(run, change_at, protocol, site)
        if stop is None:
            early = span_text(planned - change_at)
            found.append(
                finding(
                    "ledger.earlier-change", Severity.NOTE, "REQ-BUD-006", Mark.DERIVED, early=early, **moved
                )
            )
        else:
            found.append(finding(stop, Severity.STOP, "REQ-BUD-006", Mark.DERIVED, **moved))
    volume = volume_between(run.bag, at, change_at)
    if _needs_more_than_it_holds(run.bag, at, change_at, site):
        found.append(_stop("ledger.bag-too-small", volume=volume.number, holds=run.bag.bag_volume.number))
    return Hanging(at, change_at, volume, tuple(found))


def _what_does_not_move(run: Run, change_at: datetime, protocol: Protocol, site: Site) -> str | None:
    """The stop that an earlier change brings; None where a later bag takes the clock time up again."""
    before, start = run.bag, change_at
    for bag in run.after:
        if bag.dose != before.dose:
            return "ledger.wall-would-move"
        limit = as_timedelta(protocol.room_limit(bag.duration_h))
        change = min(bag.change_at, start + limit)
        if _needs_more_than_it_holds(bag, start, change, site):
            return "ledger.next-cannot-hang"
        if change == bag.change_at:
            return None
        before, start = bag, change
    return "ledger.end-would-move"


def _needs_more_than_it_holds(bag: BagRecord, start: datetime, change: datetime, site: Site) -> bool:
    """Whether a bag that hangs longer than planned would have to give more than it holds (REQ-MIX-006)."""
    if change - start <= bag.change_at - bag.start_at:
        return False
    priming = Volume(bag.volume_to_infuse.value * 0) if site.priming_volume is None else site.priming_volume
    return bag.rate.over(elapsed(start, change)) + priming > bag.bag_volume


def volume_between(bag: BagRecord, start: datetime, change: datetime) -> Volume:
    """rate × elapsed hours, half-even to a tenth of a mL."""
    return Volume(one_decimal(bag.rate.over(elapsed(start, change)).value))


def check_late(
    *, due: datetime, hanging_now: Hanging, zone: ZoneInfo, protocol: Protocol
) -> Iterator[Finding]:
    """Hung late: hours and mL to the change. From some hours on it is an interruption (REQ-INT-002)."""
    late = hanging_now.at - due
    if late < _MINUTE:
        return
    values = {
        "late": span_text(late),
        "change": local(hanging_now.change_at, zone),
        "left": span_text(hanging_now.change_at - hanging_now.at),
        "volume": hanging_now.volume.number,
    }
    yield finding("ledger.hung-late", Severity.NOTE, "REQ-BUD-008", Mark.DERIVED, **values)
    name = "interruption.restart_hours"
    limit = Duration(protocol.number(name))
    if late >= as_timedelta(limit):
        values = {"late": span_text(late), "limit": limit.number}
        yield finding("ledger.interruption", Severity.NOTE, "REQ-INT-002", protocol.mark(name), **values)


def local(moment: datetime, zone: ZoneInfo) -> str:
    """A moment as people at the place of infusion read it."""
    return time_text(moment.astimezone(zone))


def _stop(code: str, **values: str) -> Finding:
    return finding(code, Severity.STOP, "REQ-BUD-006", Mark.DERIVED, **values)


def bags_from(bags: Sequence[BagRecord], number: int) -> Run | None:
    """The run that begins with the bag of that number; None: the plan has no such bag."""
    found = [each for each in bags if each.number >= number]
    return Run(found[0], tuple(found[1:])) if found and found[0].number == number else None
