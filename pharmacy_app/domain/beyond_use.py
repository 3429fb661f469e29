"""Until when a bag may be used: storage, room time and the planned change (REQ-BUD-001 to -005).

Everything is reckoned in elapsed hours between aware times, and shown in local time by the caller.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from pharmacy_app.domain.bag_schedule import as_timedelta
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding
from pharmacy_app.domain.protocol import Protocol
from pharmacy_app.domain.quantity import Duration
from pharmacy_app.domain.site import Site

NO_TIME = Duration(Decimal(0))


@dataclass(frozen=True, slots=True)
class StorageLimit:
    """One limit on the time before hanging; `code` names it in words."""

    code: str
    limit: Duration
    source: Mark


@dataclass(frozen=True, slots=True)
class BeyondUse:
    """The four times of a bag (UTC), and the limit that sets `start_by`."""

    hang_at: datetime
    start_by: datetime
    change_at: datetime
    expires: datetime
    limiting: str
    findings: tuple[Finding, ...]


def storage_limits(
    *, duration_h: int, protocol: Protocol, site: Site, refrigerated: bool
) -> tuple[tuple[StorageLimit, ...], tuple[Finding, ...]]:
    """The limits that hold before hanging; a sterility limit that the site has not set stops a release."""
    if refrigerated:
        code, limit = "limit.stability-refrigerated", protocol.refrigerated_limit(duration_h)
        stability = StorageLimit(code, limit, protocol.mark(protocol.refrigerated_limit_name(duration_h)))
        code, sterility = "limit.sterility-refrigerated", site.sterility_refrigerated
    else:
        code, limit = "limit.stability-room", protocol.room_limit(duration_h)
        stability = StorageLimit(code, limit, protocol.mark(protocol.room_limit_name(duration_h)))
        code, sterility = "limit.sterility-room", site.sterility_room
    if sterility is None:
        missing = finding("beyond-use.sterility-not-set", Severity.STOP, "REQ-BUD-003", Mark.SITE)
        return (stability,), (missing,)
    return (stability, StorageLimit(code, sterility, Mark.SITE)), ()


def times_of_use(
    *,
    prepared_at: datetime,
    hang_at: datetime,
    change_at: datetime,
    duration_h: int,
    protocol: Protocol,
    site: Site,
    refrigerated: bool = True,
    room_time: Duration = NO_TIME,
) -> BeyondUse:
    """All times of a bag prepared at a moment, with a stop where they conflict with its plan.

    `room_time` is what has been counted at room temperature before hanging; plans assume none. A bag that was
    never refrigerated has been there since it was prepared, whatever was counted.
    """
    prepared_at, hang_at, change_at = (each.astimezone(UTC) for each in (prepared_at, hang_at, change_at))
    counted = as_timedelta(room_time) if refrigerated else max(as_timedelta(room_time), hang_at - prepared_at)
    limits, found = storage_limits(
        duration_h=duration_h, protocol=protocol, site=site, refrigerated=refrigerated
    )
    shortest = min(limits, key=lambda each: each.limit)
    by_storage = prepared_at + as_timedelta(shortest.limit)
    start_by = min(by_storage, change_at)
    room_end = hang_at + as_timedelta(protocol.room_limit(duration_h)) - counted
    expires = min(start_by + (change_at - hang_at), room_end)
    limiting = shortest.code if by_storage < change_at else "limit.change"
    findings = [*found]
    if start_by < hang_at:
        values = {"limit": shortest.code, "hours": shortest.limit.number}
        findings.append(
            finding(
                "beyond-use.start-by-before-hanging", Severity.STOP, "REQ-BUD-004", shortest.source, **values
            )
        )
    if room_end < change_at:
        hours = protocol.room_limit(duration_h).number
        mark = protocol.mark(protocol.room_limit_name(duration_h))
        findings.append(
            finding("beyond-use.expires-before-change", Severity.STOP, "REQ-BUD-004", mark, hours=hours)
        )
    return BeyondUse(hang_at, start_by, change_at, expires, limiting, tuple(findings))


def check_not_expired(*, expires: datetime, now: datetime) -> tuple[Finding, ...]:
    """An expired bag is not released, printed, dispensed or hung (REQ-BUD-005)."""
    if now < expires:
        return ()
    return (finding("beyond-use.expired", Severity.STOP, "REQ-BUD-005", Mark.DERIVED),)


def hangs_straight_from_refrigerator(*, duration_h: int, protocol: Protocol) -> bool:
    """A bag whose planned run uses up the whole room limit has no hour to spare."""
    return protocol.room_limit(duration_h) <= Duration(Decimal(duration_h))
