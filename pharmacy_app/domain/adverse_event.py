"""What an adverse event asks for, by kind, grade and dose (REQ-MOD-001 to -003, -006, -007).

Everything clinical is a prompt in the program's own words that names the guide's section; who decides is the
prescriber. What the guide ends for good, no restart can follow.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import assert_never

from pharmacy_app.domain.clock import elapsed, span_text
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding
from pharmacy_app.domain.infusion_stop import (
    CLOCK_ALLOWANCE,
    GRADE_3,
    InfusionRestart,
    InfusionStop,
    NeurologicSign,
)
from pharmacy_app.domain.order import AdverseEvent, Setting
from pharmacy_app.domain.protocol import Protocol

GRADES = (1, 2, 3, 4)
_GRADE_2 = 2
_GRADE_4 = 4
_NEUROLOGIC_MINIMUM = "restart.neurologic.minimum_interruption"
_NEUROLOGIC_LONGEST = "restart.neurologic.longest_days"
_DEXAMETHASONE = "restart.neurologic.dexamethasone_maximum"
_TAPER = "restart.neurologic.taper"
_LONGEST = "restart.longest_days"
_LONGEST_IN_CYCLE = "interruption.longest_days"
_LOW_DAYS = "restart.low_dose_days"
_INFUSION_DAYS = "cycle.infusion_days"


def advice(stop: InfusionStop, protocol: Protocol) -> tuple[Finding, ...]:
    """Every prompt for a stop: what to do now, and what must be true before the infusion begins again."""
    if stop.event is None or stop.grade is None:
        return tuple(_plain(protocol))
    ends = tuple(_ends_for_good(stop, protocol))
    found = [*ends, *_of_kind(stop.event, stop.grade)]
    if stop.grade == GRADE_3 and not ends:
        found += _restart_notes(stop.event, protocol)
    return tuple(found)


def advice_at(setting: Setting, stop: InfusionStop) -> tuple[Finding, ...]:
    """What the place adds: at home nothing is paused, but for re-accessing the port (REQ-INT-005)."""
    at_home = setting is Setting.HOME and stop.event is None
    return (_note("event.home", "REQ-INT-005", Mark.QUOTED),) if at_home else ()


def _of_kind(event: AdverseEvent, grade: int) -> Iterator[Finding]:
    match event:
        case AdverseEvent.CRS:
            yield from _crs(grade)
        case AdverseEvent.NEUROLOGIC:
            yield from _neurologic(grade)
        case AdverseEvent.OTHER:
            if grade == _GRADE_4:
                yield _note("event.other.grade-4", "REQ-MOD-003", Mark.QUOTED)
        case _:
            assert_never(event)


def check_restart(stop: InfusionStop, restart: InfusionRestart, protocol: Protocol) -> tuple[Finding, ...]:
    """Every stop that keeps the infusion from beginning again in this cycle."""
    return (
        *_ends_for_good(stop, protocol),
        *_times(stop, restart, protocol),
        *_decided(stop, restart, protocol),
    )


def _ends_for_good(stop: InfusionStop, protocol: Protocol) -> Iterator[Finding]:
    """What the guide discontinues permanently; a prompt at the stop, and a refusal of a restart."""
    if stop.event in {AdverseEvent.CRS, AdverseEvent.NEUROLOGIC} and stop.grade == _GRADE_4:
        yield _stop("event.ended.grade-4", "REQ-MOD-003", Mark.QUOTED)
    if stop.event is not AdverseEvent.NEUROLOGIC:
        return
    if stop.grade == GRADE_3 and stop.dose == protocol.low_dose:
        low = protocol.low_dose.number
        yield _stop("event.ended.neurologic-at-low-dose", "REQ-MOD-002", Mark.QUOTED, low=low)
    for sign in stop.signs:
        match sign:
            case NeurologicSign.MORE_THAN_ONE_SEIZURE:
                yield _stop("event.ended.seizures", "REQ-MOD-002", Mark.QUOTED)
            case NeurologicSign.LEUKOENCEPHALOPATHY:
                yield _stop("event.ended.leukoencephalopathy", "REQ-MOD-002", Mark.QUOTED)
            case _:
                assert_never(sign)


def _times(stop: InfusionStop, restart: InfusionRestart, protocol: Protocol) -> Iterator[Finding]:
    """The clocks run from the interruption, in elapsed time; the limit itself is still within."""
    off = restart.restarted_at - stop.stopped_at
    if off <= timedelta():
        yield _stop("restart.before-stop", "REQ-INT-001", Mark.DERIVED)
        return
    longest = protocol.whole(_LONGEST_IN_CYCLE)
    if off > timedelta(days=longest):
        yield _new_cycle(stop, {"off": span_text(off), "days": str(longest)}, protocol)
    if stop.grade is None:
        return
    known = min(restart.restarted_at, restart.told_at + CLOCK_ALLOWANCE)
    if restart.resolved_at is None or restart.resolved_at > known:  # nobody knows it beforehand
        yield _stop("restart.not-resolved", "REQ-MOD-001", Mark.QUOTED)
        return
    if restart.resolved_at < stop.stopped_at:
        yield _stop("restart.resolved-before-stop", "REQ-MOD-001", Mark.DERIVED)
        return
    if stop.grade >= GRADE_3:
        yield from _resolved_in_time(stop, restart, protocol)


def _new_cycle(stop: InfusionStop, values: dict[str, str], protocol: Protocol) -> Finding:
    """The next cycle is another order; after a grade 3 event it begins at the low dose (REQ-MOD-007)."""
    if stop.grade is None or stop.grade < GRADE_3:
        return _stop("restart.new-cycle", "REQ-INT-003", protocol.mark(_LONGEST_IN_CYCLE), **values)
    values |= {"low_days": protocol.figure(_LOW_DAYS).value, "low": protocol.low_dose.number}
    mark = protocol.mark(_LONGEST_IN_CYCLE, _LOW_DAYS)
    return _stop("restart.new-cycle-low-dose", "REQ-MOD-007", mark, **values)


def _resolved_in_time(stop: InfusionStop, restart: InfusionRestart, protocol: Protocol) -> Iterator[Finding]:
    assert restart.resolved_at is not None  # asked before
    took = restart.resolved_at - stop.stopped_at
    neurologic = stop.event is AdverseEvent.NEUROLOGIC
    name = _NEUROLOGIC_LONGEST if neurologic else _LONGEST
    if took > timedelta(days=protocol.whole(name)):
        values = {"took": span_text(took), "days": protocol.figure(name).value}
        rule = "REQ-MOD-002" if neurologic else "REQ-MOD-001"
        yield _stop("restart.resolved-too-late", rule, protocol.mark(name), **values)
    off = restart.restarted_at - stop.stopped_at
    if neurologic and off < timedelta(days=protocol.whole(_NEUROLOGIC_MINIMUM)):
        values = {"off": span_text(off), "days": protocol.figure(_NEUROLOGIC_MINIMUM).value}
        yield _stop("restart.too-early", "REQ-MOD-002", protocol.mark(_NEUROLOGIC_MINIMUM), **values)


def _decided(stop: InfusionStop, restart: InfusionRestart, protocol: Protocol) -> Iterator[Finding]:
    """From some hours on the physician is spoken with first; after an event always."""
    hours = elapsed(stop.stopped_at, restart.restarted_at).value
    asks = stop.event is not None or hours >= protocol.number("interruption.restart_hours")
    if asks and not restart.prescriber.strip():
        yield _stop("restart.prescriber-missing", "REQ-INT-002", Mark.QUOTED)
    if asks and not restart.decision.strip():
        yield _stop("restart.decision-missing", "REQ-VER-006", Mark.DERIVED)


def _plain(protocol: Protocol) -> Iterator[Finding]:
    names = {"hours": "interruption.restart_hours", "days": _LONGEST_IN_CYCLE, "infused": _INFUSION_DAYS}
    values = {gap: protocol.figure(name).value for gap, name in names.items()}
    yield _note("event.plain", "REQ-INT-002", protocol.mark(*names.values()), **values)


def _crs(grade: int) -> Iterator[Finding]:
    yield _note("event.crs.any", "REQ-MOD-006", Mark.QUOTED)
    if grade == _GRADE_2:
        yield _note("event.crs.grade-2", "REQ-MOD-006", Mark.QUOTED)
    if grade >= GRADE_3:
        yield _note("event.crs.dexamethasone", "REQ-MOD-001", Mark.QUOTED_US)
        yield _note("event.crs.tocilizumab", "REQ-MOD-006", Mark.QUOTED)


def _neurologic(grade: int) -> Iterator[Finding]:
    yield _note("event.neurologic.any", "REQ-MOD-005", Mark.QUOTED)
    if grade == _GRADE_2:
        yield _note("event.neurologic.grade-2", "REQ-MOD-002", Mark.QUOTED)
    if grade >= GRADE_3:
        yield _note("event.neurologic.icans", "REQ-MOD-002", Mark.QUOTED)


def _restart_notes(event: AdverseEvent, protocol: Protocol) -> Iterator[Finding]:
    """What a grade 3 event asks for before the infusion begins again."""
    neurologic = event is AdverseEvent.NEUROLOGIC
    longest = _NEUROLOGIC_LONGEST if neurologic else _LONGEST
    values = {
        "low": protocol.low_dose.number,
        "full": protocol.full_dose.number,
        "days": protocol.figure(_LOW_DAYS).value,
        "longest": protocol.figure(longest).value,
    }
    rule = "REQ-MOD-002" if neurologic else "REQ-MOD-001"
    yield _note("event.restart", rule, protocol.mark(_LOW_DAYS, longest), **values)
    if neurologic:
        names = {"minimum": _NEUROLOGIC_MINIMUM, "dexamethasone": _DEXAMETHASONE, "taper": _TAPER}
        values = {gap: protocol.figure(name).value for gap, name in names.items()}
        yield _note("event.neurologic.restart", "REQ-MOD-002", protocol.mark(*names.values()), **values)


def _note(code: str, rule: str, mark: Mark, **values: str) -> Finding:
    return finding(code, Severity.NOTE, rule, mark, **values)


def _stop(code: str, rule: str, mark: Mark, **values: str) -> Finding:
    return finding(code, Severity.STOP, rule, mark, **values)
