"""The four times of a made bag as its ledger stands now (REQ-BUD-004, -006).

What is printed on the label is never exceeded, even if a limit was made longer since.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from pharmacy_app.domain.bag_on_file import Bag
from pharmacy_app.domain.bag_schedule import as_timedelta
from pharmacy_app.domain.beyond_use import storage_limits
from pharmacy_app.domain.finding import Finding
from pharmacy_app.domain.plan_record import BagRecord
from pharmacy_app.domain.protocol import Protocol
from pharmacy_app.domain.room_time import Moments, RoomTime, moments_of, room_end, room_time
from pharmacy_app.domain.site import Site


@dataclass(frozen=True, slots=True)
class TimesNow:
    """`due` is when it may be hung, `at` when it would be: now, or when it is due.

    `room_end` is the end of its room time if it is hung at `at` (or was hung already), straight from the
    refrigerator if it is there; `worst_room_end` is that end if it left the refrigerator at once. Both, and
    `counted`, are None where nothing is mixed or its protocol is not the one in force. `findings` are stops
    about limits that the site has not set.
    """

    due: datetime
    at: datetime
    start_by: datetime | None
    change_at: datetime
    expires: datetime | None
    room_end: datetime | None
    worst_room_end: datetime | None
    counted: RoomTime | None
    findings: tuple[Finding, ...]


def times_now(
    bag: Bag, planned: BagRecord, *, due: datetime, protocol: Protocol | None, site: Site, now: datetime
) -> TimesNow:
    """The times of a bag that was planned so; `protocol` None: its own is not in force any more."""
    moments, at = moments_of(bag), max(now, due)
    printed = bag.released
    start_by = [] if printed is None else [printed.start_by]
    expires = [] if printed is None else [printed.expires]
    end = worst = counted = None
    found: tuple[Finding, ...] = ()
    if moments is not None and protocol is not None:
        limit, allowance = protocol.room_limit(planned.duration_h), site.handling_allowance
        as_if = moments.taken_out_at(at) if moments.in_refrigerator else moments
        end = room_end(as_if, hung=moments.hung or at, limit=limit, allowance=allowance)
        worst = room_end(moments, hung=moments.hung or at, limit=limit, allowance=allowance)
        until = min(now, moments.hung or now)
        counted = room_time(
            moments.taken_out_at(until) if moments.in_refrigerator else moments,
            until=until, allowance=allowance,
        )  # fmt: skip
        by_storage, found = _start_by(moments, planned, protocol=protocol, site=site)
        start_by += [by_storage, planned.change_at]
        run = planned.change_at - planned.start_at
        expires += [min(start_by) + run, end]
    return TimesNow(
        due=due,
        at=at,
        start_by=min(start_by, default=None),
        change_at=planned.change_at,
        expires=min(expires, default=None),
        room_end=end,
        worst_room_end=worst,
        counted=counted,
        findings=found,
    )


def _start_by(
    moments: Moments, planned: BagRecord, *, protocol: Protocol, site: Site
) -> tuple[datetime, tuple[Finding, ...]]:
    """The end of its storage; the site's limit at room temperature holds outside the refrigerator too."""
    refrigerated = moments.refrigerated is not None
    limits, found = storage_limits(
        duration_h=planned.duration_h, protocol=protocol, site=site, refrigerated=refrigerated
    )
    ends = [moments.mixed + as_timedelta(each.limit) for each in limits]
    if moments.refrigerated is not None and moments.taken_out is not None and site.sterility_room is not None:
        before: timedelta = moments.refrigerated - moments.mixed
        ends.append(moments.taken_out + as_timedelta(site.sterility_room) - before)
    return min(ends), found
