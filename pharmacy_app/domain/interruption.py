"""The infusion was stopped and begun again: what is left of the cycle, and at which dose (REQ-INT, REQ-MOD).

Under the protocol's hours a plain stop is recorded and not made up. From there to its days, both included,
the cycle goes on to its whole infusion time; beyond them it is over. Only after a grade 3 event does the
infusion begin again at the low dose.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from pharmacy_app.domain.bag_schedule import MINUTES_IN_A_DAY, QUARTER, DoseTime, as_timedelta
from pharmacy_app.domain.clock import span_text, time_text
from pharmacy_app.domain.course import RESTART_HOURS, length_of
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding
from pharmacy_app.domain.order import Interruption, InterruptionKind
from pharmacy_app.domain.protocol import Protocol
from pharmacy_app.domain.quantity import DoseRate

_FIELD = "interruptions"
_LONGEST = "interruption.longest_days"
_LOW_DAYS = "restart.low_dose_days"
_RESOLVED = "restart.longest_days"
_RESOLVED_NEUROLOGIC = "restart.neurologic.longest_days"
_NEUROLOGIC_OFF = "restart.neurologic.minimum_interruption"


def check_inside(
    interruption: Interruption, number: int, *, since: datetime, until: datetime, zone: ZoneInfo
) -> Iterator[Finding]:
    """A stop is after the start, or the last restart, and before the end of the infusion."""
    if since < interruption.stopped_at < until:
        return
    values = {"number": str(number), "stopped": _shown(interruption.stopped_at, zone)}
    runs = {"from": _shown(since, zone), "until": _shown(until, zone)}
    yield _found("interruption.outside", Severity.STOP, "REQ-INT-001", Mark.DERIVED, **values, **runs)


def check_length(
    interruption: Interruption, number: int, zone: ZoneInfo, protocol: Protocol
) -> Iterator[Finding]:
    """A restart is after its stop, and within the same cycle not later than the protocol's days."""
    values = _values(interruption, number, zone)
    if length_of(interruption).value <= 0:
        restarted = {"restarted": _shown(interruption.restarted_at, zone)}
        del values["lasted"]
        yield _found(
            "interruption.backwards", Severity.STOP, "REQ-INT-001", Mark.DERIVED, **values, **restarted
        )
    elif length_of(interruption).value > protocol.whole(_LONGEST) * 24:
        yield _too_long(interruption, values, protocol)


def _too_long(interruption: Interruption, values: dict[str, str], protocol: Protocol) -> Finding:
    """The next cycle is another order; after a grade 3 event the drug may be over for good."""
    names = {"days": _LONGEST}
    if interruption.kind is InterruptionKind.PLAIN:
        code, rule = "interruption.too-long", "REQ-INT-003"
    else:
        code, rule = "interruption.too-long-grade-3", "REQ-MOD-007"
        names |= {"low_days": _LOW_DAYS, "longest": _RESOLVED, "neurologic": _RESOLVED_NEUROLOGIC}
        values = {**values, "low": protocol.low_dose.number}
    given = {gap: protocol.figure(name).value for gap, name in names.items()}
    return _found(code, Severity.STOP, rule, protocol.mark(*names.values()), **values, **given)


def nothing_left(interruption: Interruption, number: int, zone: ZoneInfo) -> Finding:
    """It was stopped so shortly before the end that no pump would be set for the rest."""
    values = {"number": str(number), "stopped": _shown(interruption.stopped_at, zone)}
    return _found("interruption.nothing-left", Severity.NOTE, "REQ-INT-003", Mark.DERIVED, **values)


def remaining(doses: Sequence[DoseTime], infused: int) -> tuple[DoseTime, ...]:
    """What is left of the doses after so many minutes of them.

    What is left of a dose and is shorter than a quarter of an hour is not begun again: no pump is set for it.
    """
    left: list[DoseTime] = []
    for each in doses:
        gone = min(infused, each.minutes)
        infused -= gone
        if each.minutes - gone >= QUARTER:
            left.append(DoseTime(each.dose, each.minutes - gone))
    return tuple(left)


def doses_after(
    interruption: Interruption, left: Sequence[DoseTime], protocol: Protocol
) -> tuple[DoseTime, ...]:
    """The doses of what is left: as before, or after grade 3 first the low one (REQ-MOD-004, -007)."""
    if interruption.kind is InterruptionKind.PLAIN:
        return tuple(left)
    minutes = sum(each.minutes for each in left)
    low = min(protocol.whole(_LOW_DAYS) * MINUTES_IN_A_DAY, minutes)
    doses = [DoseTime(protocol.low_dose, low)]
    if minutes - low >= QUARTER:
        doses.append(DoseTime(protocol.full_dose, minutes - low))
    return tuple(doses)


def about_short(interruption: Interruption, number: int, *, zone: ZoneInfo, protocol: Protocol) -> Finding:
    """It changes nothing: what was missed is not made up."""
    values = _values(interruption, number, zone) | {"limit": protocol.figure(RESTART_HOURS).value}
    return _found("interruption.short", Severity.NOTE, "REQ-INT-002", Mark.DERIVED, **values)


def about_made_up(
    interruption: Interruption, number: int, *, zone: ZoneInfo, protocol: Protocol
) -> Iterator[Finding]:
    """What the guide says of beginning again."""
    values = _values(interruption, number, zone)
    yield _found("interruption.made-up", Severity.NOTE, "REQ-INT-002", Mark.DERIVED, **values)
    if length_of(interruption).value >= protocol.number(RESTART_HOURS):
        limit, mark = protocol.figure(RESTART_HOURS).value, protocol.mark(RESTART_HOURS)
        yield _found("interruption.re-initiation", Severity.NOTE, "REQ-INT-002", mark, limit=limit, **values)


def about_grade_3(
    number: int, left: Sequence[DoseTime], *, hung: DoseRate, protocol: Protocol
) -> Iterator[Finding]:
    """What the guide and the rules say of going on after a grade 3 event.

    `left` is what was left of the cycle when it stopped, `hung` the dose that ran until then.
    """
    low_days, low = protocol.whole(_LOW_DAYS), protocol.low_dose.number
    values = {"number": str(number), "days": str(low_days), "low": low, "full": protocol.full_dose.number}
    off = protocol.figure(_NEUROLOGIC_OFF).value
    mark = protocol.mark(_LOW_DAYS, _NEUROLOGIC_OFF, "dose.low", "dose.full")
    yield _found("interruption.grade-3", Severity.REASON, "REQ-MOD-001", mark, off=off, **values)
    if hung == protocol.low_dose:
        given = {"number": str(number), "low": low}
        mark = protocol.mark("dose.low")
        yield _found("interruption.at-low-dose", Severity.REASON, "REQ-MOD-002", mark, **given)
    if sum(each.minutes for each in left) - low_days * MINUTES_IN_A_DAY < QUARTER:
        yield _found("interruption.no-escalation", Severity.NOTE, "REQ-MOD-007", Mark.DERIVED, **values)


def _values(interruption: Interruption, number: int, zone: ZoneInfo) -> dict[str, str]:
    lasted = span_text(as_timedelta(length_of(interruption)))
    return {"number": str(number), "stopped": _shown(interruption.stopped_at, zone), "lasted": lasted}


def _shown(moment: datetime, zone: ZoneInfo) -> str:
    return time_text(moment.astimezone(zone))


def _found(code: str, severity: Severity, rule: str, mark: Mark, **values: str) -> Finding:
    return finding(code, severity, rule, mark, field=_FIELD, **values)
