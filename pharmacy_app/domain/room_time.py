"""A bag's time at room temperature, counted from the entries of its ledger (REQ-BUD-005, -006).

It runs from the refrigerator to the end of the infusion, or from mixing where the bag was never in it.
An entry that is missing counts as the worst that may have happened. Everything is elapsed time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

from pharmacy_app.domain.bag_event import Hung, Refrigerated, TakenOut
from pharmacy_app.domain.bag_on_file import Bag
from pharmacy_app.domain.bag_schedule import as_timedelta
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding
from pharmacy_app.domain.quantity import Duration


@dataclass(frozen=True, slots=True)
class Moments:
    """When a bag was mixed (first ingredient), put away, taken out and first hung, aware; None: no entry."""

    mixed: datetime
    refrigerated: datetime | None = None
    taken_out: datetime | None = None
    hung: datetime | None = None

    @property
    def in_refrigerator(self) -> bool:
        """Whether the last that is known of it is that it was put there."""
        return self.refrigerated is not None and self.taken_out is None and self.hung is None

    def taken_out_at(self, moment: datetime) -> Moments:
        """As if it left the refrigerator then."""
        return replace(self, taken_out=moment)


def moments_of(bag: Bag) -> Moments | None:
    """The moments of a bag's ledger; None: nothing was mixed yet."""
    if bag.mixed_at is None:
        return None
    return Moments(
        mixed=bag.mixed_at,
        refrigerated=bag.moment_of(Refrigerated),
        taken_out=bag.moment_of(TakenOut),
        hung=bag.moment_of(Hung),
    )


class Count(Enum):
    """Why so much is counted."""

    NEVER_REFRIGERATED = "never-refrigerated"
    NOT_TAKEN_OUT = "not-taken-out"  # no entry says when it left the refrigerator
    FORGIVEN = "forgiven"  # the handling stayed within the site's allowance
    HANDLED = "handled"  # it did not, or the site has set none


@dataclass(frozen=True, slots=True)
class RoomTime:
    """`counted` is what counts at room temperature before a moment, `handled` how long it was handled."""

    counted: timedelta
    handled: timedelta
    count: Count


def room_time(moments: Moments, *, until: datetime, allowance: Duration | None) -> RoomTime:
    """What is counted before `until`, which is the hanging or earlier.

    The handling, from mixing to the refrigerator and from there to the hanging, is not counted as long as
    both together stay within the allowance. Beyond it all of it counts, not just the excess: that is the
    reading which gives the shorter time. Without an allowance nothing is forgiven.
    """
    if moments.refrigerated is None or moments.taken_out is None:
        known = Count.NEVER_REFRIGERATED if moments.refrigerated is None else Count.NOT_TAKEN_OUT
        return RoomTime(until - moments.mixed, timedelta(0), known)
    handled = (moments.refrigerated - moments.mixed) + (until - moments.taken_out)
    if allowance is not None and handled <= as_timedelta(allowance):
        return RoomTime(timedelta(0), handled, Count.FORGIVEN)
    return RoomTime(handled, handled, Count.HANDLED)


def room_end(moments: Moments, *, hung: datetime, limit: Duration, allowance: Duration | None) -> datetime:
    """When its room time is over if it is hung at a moment; it was counted before, and runs on from there."""
    return hung + as_timedelta(limit) - room_time(moments, until=hung, allowance=allowance).counted


def check_refrigerate(bag: Bag) -> tuple[Finding, ...]:
    """Once out of the refrigerator a bag does not go back (REQ-BUD-005)."""
    if bag.moment_of(TakenOut) is not None:
        return (_stop("ledger.not-back", "REQ-BUD-005"),)
    if bag.moment_of(Hung) is not None:
        return (_stop("ledger.was-hung", "REQ-BUD-005"),)
    if bag.moment_of(Refrigerated) is not None:
        return (_stop("ledger.already-in", "REQ-BUD-006"),)
    return ()


def check_take_out(bag: Bag) -> tuple[Finding, ...]:
    """It is taken out once. That it went in may have been forgotten: then it counts as never refrigerated."""
    if bag.moment_of(TakenOut) is not None:
        return (_stop("ledger.already-out", "REQ-BUD-006"),)
    if bag.moment_of(Hung) is not None:
        return (_stop("ledger.was-hung", "REQ-BUD-006"),)
    return ()


def _stop(code: str, rule: str) -> Finding:
    return finding(code, Severity.STOP, rule, Mark.DERIVED)
