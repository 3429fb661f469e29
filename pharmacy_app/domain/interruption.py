"""The infusion was stopped and begun again: what is left of the cycle, and at which dose (REQ-INT, REQ-MOD).

Under the protocol's hours a plain stop is recorded and not made up. From there to its days, both included,
the cycle goes on to its whole infusion time; beyond them it is over. Only after a grade 3 event does the
infusion begin again at the low dose.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from pharmacy_app.domain.bag_schedule import MINUTES_IN_A_DAY, QUARTER, DoseTime, Stretch
from pharmacy_app.domain.clock import elapsed, time_text
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding
from pharmacy_app.domain.order import Interruption, InterruptionKind
from pharmacy_app.domain.protocol import Protocol
from pharmacy_app.domain.quantity import Duration

_FIELD = "interruptions"
_LONGEST = "interruption.longest_days"
_RESTART = "interruption.restart_hours"
_LOW_DAYS = "restart.low_dose_days"


def length_of(interruption: Interruption) -> Duration:
    """The hours that really passed."""
    return elapsed(interruption.stopped_at, interruption.restarted_at)


def is_made_up(interruption: Interruption, protocol: Protocol) -> bool:
    """Whether the infusion is begun anew and what was missed is given afterwards.

    The limit itself belongs to what is made up. After a grade 3 event the dose changes, so a new bag is hung
    however short the stop was.
    """
    if interruption.kind is InterruptionKind.GRADE_3:
        return True
    return length_of(interruption).value >= protocol.number(_RESTART)


def check_interruption(
    interruption: Interruption, number: int, stretch: Stretch, protocol: Protocol
) -> Iterator[Finding]:
    """Whether the cycle can go on after it: a stop where it lies outside the infusion or was too long."""
    values = {"number": str(number), "stopped": _shown(interruption.stopped_at, stretch.zone)}
    if not stretch.start_at < interruption.stopped_at < stretch.ends_at:
        times = {
            "from": _shown(stretch.start_at, stretch.zone),
            "until": _shown(stretch.ends_at, stretch.zone),
        }
        yield _found("interruption.outside", Severity.STOP, "REQ-INT-001", Mark.DERIVED, **values, **times)
        return
    hours, days = length_of(interruption), protocol.whole(_LONGEST)
    if hours.value > days * 24:
        given = {"hours": hours.number, "days": str(days)}
        mark = protocol.mark(_LONGEST)
        yield _found("interruption.too-long", Severity.STOP, "REQ-INT-003", mark, **values, **given)


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


def about_interruption(
    interruption: Interruption,
    number: int,
    left: Sequence[DoseTime],
    *,
    zone: ZoneInfo,
    protocol: Protocol,
) -> Iterator[Finding]:
    """What the guide and the rules say of going on. `left` is what was left of the cycle when it stopped."""
    hours = length_of(interruption)
    values = {"number": str(number), "stopped": _shown(interruption.stopped_at, zone), "hours": hours.number}
    limit = {"limit": protocol.figure(_RESTART).value}
    if not is_made_up(interruption, protocol):
        yield _found("interruption.short", Severity.NOTE, "REQ-INT-002", Mark.DERIVED, **values, **limit)
        return
    yield _found("interruption.made-up", Severity.NOTE, "REQ-INT-002", Mark.DERIVED, **values)
    mark = protocol.mark(_RESTART)
    if hours.value >= protocol.number(_RESTART):
        yield _found("interruption.re-initiation", Severity.NOTE, "REQ-INT-002", mark, **values, **limit)
    if interruption.kind is InterruptionKind.GRADE_3:
        yield from _after_grade_3(values, left, protocol)


def _after_grade_3(values: dict[str, str], left: Sequence[DoseTime], protocol: Protocol) -> Iterator[Finding]:
    low_days = protocol.whole(_LOW_DAYS)
    doses = {"days": str(low_days), "low": protocol.low_dose.number, "full": protocol.full_dose.number}
    mark = protocol.mark(_LOW_DAYS, "dose.low", "dose.full")
    yield _found("interruption.grade-3", Severity.REASON, "REQ-MOD-001", mark, **values, **doses)
    if left and left[0].dose == protocol.low_dose:
        yield _found("interruption.at-low-dose", Severity.REASON, "REQ-MOD-002", mark, **values, **doses)
    if sum(each.minutes for each in left) < low_days * MINUTES_IN_A_DAY:
        yield _found(
            "interruption.no-escalation", Severity.NOTE, "REQ-MOD-007", Mark.DERIVED, **values, **doses
        )


def _shown(moment: datetime, zone: ZoneInfo) -> str:
    return time_text(moment.astimezone(zone))


def _found(code: str, severity: Severity, rule: str, mark: Mark, **values: str) -> Finding:
    return finding(code, severity, rule, mark, field=_FIELD, **values)
