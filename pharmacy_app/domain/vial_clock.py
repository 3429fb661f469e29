"""The clock of reconstituted vials: how long their drug may still be drawn up (REQ-MIX-008).

No entry says when the water went into a vial. A vial is scanned before it is opened, so the scan of the first
one is the earliest moment that the record has: its clock runs from there and governs every vial of the bag.
Nor does an entry say that a vial stood in a refrigerator: the limit is that at room temperature.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from pharmacy_app.domain.bag_event import BagEvent, Measured, ProductScanned
from pharmacy_app.domain.bag_on_file import Bag
from pharmacy_app.domain.bag_schedule import as_timedelta
from pharmacy_app.domain.clock import CLOCKS_APART, time_text
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding
from pharmacy_app.domain.preparation import DRUG
from pharmacy_app.domain.product import ProductKind
from pharmacy_app.domain.protocol import Protocol
from pharmacy_app.domain.quantity import Duration

_LIMIT = "vial.room_limit"
_RULE = "REQ-MIX-008"


def vials_good_until(bag: Bag, protocol: Protocol) -> datetime | None:
    """The last moment at which drug may be drawn up for the bag; None: no vial was scanned yet."""
    first = _first_vial(bag)
    return None if first is None else first.at + as_timedelta(Duration(protocol.number(_LIMIT)))


def check_vials_age(bag: Bag, protocol: Protocol, *, now: datetime, zone: ZoneInfo) -> tuple[Finding, ...]:
    """At the bench: whether drug may be drawn up, or another vial be opened, now."""
    first = _first_vial(bag)
    if first is None:
        return ()
    times = [*(each.at for each in bag.events[first.number :]), now]
    return tuple(_faults(first.at, times, protocol, zone=zone, stage="measure"))


def check_drawn_in_time(bag: Bag, protocol: Protocol, *, zone: ZoneInfo) -> tuple[Finding, ...]:
    """At the release: the same of the moment at which the drug was recorded, by the record alone."""
    first = _first_vial(bag)
    drawn = [each for each in bag.events if isinstance(each.what, Measured) and each.what.step == DRUG]
    if first is None or not drawn:
        return ()
    times = [*(each.at for each in bag.events[first.number : drawn[-1].number]), drawn[-1].at]
    return tuple(_faults(first.at, times, protocol, zone=zone, stage="verify"))


def _first_vial(bag: Bag) -> BagEvent | None:
    return next((each for each in bag.events if _is_vial(each)), None)


def _is_vial(event: BagEvent) -> bool:
    return isinstance(event.what, ProductScanned) and event.what.kind is ProductKind.DRUG_VIAL


def _faults(
    first: datetime, times: Sequence[datetime], protocol: Protocol, *, zone: ZoneInfo, stage: str
) -> Iterator[Finding]:
    """`times` are those of every entry after the first vial, the last one when the drug was drawn up.

    One that lies before the first vial shows a clock that was wrong: the vials' age is not known then.
    """
    limit, earliest = Duration(protocol.number(_LIMIT)), min(times)
    values = {"scanned": time_text(first.astimezone(zone))}
    if earliest < first - CLOCKS_APART:
        values["later"] = time_text(earliest.astimezone(zone))
        yield finding(f"{stage}.vials-clock", Severity.STOP, _RULE, Mark.DERIVED, **values)
    if times[-1] > first + as_timedelta(limit):
        values = {"scanned": values["scanned"], "hours": limit.number}
        if stage == "verify":
            values["drawn"] = time_text(times[-1].astimezone(zone))
        yield finding(f"{stage}.vials-too-old", Severity.STOP, _RULE, protocol.mark(_LIMIT), **values)
