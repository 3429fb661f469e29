"""What the rules say of a plan's inputs and of its bags (REQ-PLN, REQ-SUP-007, REQ-MIX-006)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from pharmacy_app.domain.bag_schedule import HOURS_IN_A_DAY, Cell, days_of
from pharmacy_app.domain.calculation import benzyl_alcohol, check_line_volume
from pharmacy_app.domain.clock import time_text
from pharmacy_app.domain.cycle_bags import Filling
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding
from pharmacy_app.domain.order import BenzylAlcohol, Order
from pharmacy_app.domain.plan import PlannedBag, Totals
from pharmacy_app.domain.protocol import Diluent, Protocol
from pharmacy_app.domain.quantity import Duration, plain
from pharmacy_app.domain.rounding import nearest_whole
from pharmacy_app.domain.site import Site

MOST_HOURS_OF_CLOCK_CHANGE = 1
QUARTERS_OF_AN_HOUR = 4
MINUTES_IN_AN_HOUR = 60


def permitted_durations(order: Order, protocol: Protocol) -> tuple[int, ...]:
    """The durations from which the planner chooses: the permitted ones, less what benzyl alcohol forbids."""
    wished = order.bags.all_durations_h or protocol.durations_h
    bacteriostatic = _bacteriostatic_durations(protocol)
    leave_out = (
        bool(_benzyl_alcohol_answers(order, protocol)) or order.bags.benzyl_alcohol is BenzylAlcohol.AVOID
    )
    known = tuple(each for each in protocol.durations_h if each in wished)
    return tuple(each for each in known if not (leave_out and each in bacteriostatic))


def _bacteriostatic_durations(protocol: Protocol) -> frozenset[int]:
    return frozenset(
        each for each in protocol.durations_h if protocol.diluent(each) is Diluent.BACTERIOSTATIC
    )


def _benzyl_alcohol_answers(order: Order, protocol: Protocol) -> tuple[tuple[str, Severity], ...]:
    """Why a bag with benzyl alcohol is not simply permitted, and how severe it is in a hand-made sequence."""
    patient = order.patient
    answers: list[tuple[str, Severity]] = []
    if patient.benzyl_alcohol_hypersensitivity is not False:
        known = patient.benzyl_alcohol_hypersensitivity is True
        answers.append(("hypersensitivity" if known else "hypersensitivity-not-known", Severity.STOP))
    if patient.weight.value < protocol.number("benzyl_alcohol.minimum_weight"):
        answers.append(("weight", Severity.STOP))
    for name, value in (("pregnant", patient.pregnant), ("breastfeeding", patient.breastfeeding)):
        if value is not False:
            answers.append((name if value else f"{name}-not-known", Severity.REASON))
    return tuple(answers)


def check_benzyl_alcohol(order: Order, protocol: Protocol) -> Iterator[Finding]:
    """Bags with benzyl alcohol: left out by the planner with a note, stopped in a sequence by hand."""
    rule, field = "REQ-SUP-007", "bags.benzyl_alcohol"
    bacteriostatic = _bacteriostatic_durations(protocol)
    by_hand = bacteriostatic.intersection(order.bags.sequence_h or ())
    wished = bacteriostatic.intersection(order.bags.all_durations_h or protocol.durations_h)
    for name, severity in _benzyl_alcohol_answers(order, protocol):
        source, values = Mark.DERIVED, {}
        if name == "weight":
            limit = protocol.figure("benzyl_alcohol.minimum_weight")
            source, values = limit.mark, {"limit": limit.value}
        if by_hand:
            code = f"benzyl-alcohol.by-hand.{name}"
            yield finding(code, severity, rule, source, field="bags.sequence_h", **values)
        elif wished and order.bags.sequence_h is None:
            code = f"benzyl-alcohol.left-out.{name}"
            yield finding(code, Severity.NOTE, rule, source, field=field, **values)
    if by_hand and order.bags.benzyl_alcohol is BenzylAlcohol.AVOID:
        code = "benzyl-alcohol.by-hand.avoided"
        yield finding(code, Severity.STOP, rule, Mark.DERIVED, field="bags.sequence_h")
    for name, value in (("pregnant", order.patient.pregnant), ("breastfeeding", order.patient.breastfeeding)):
        if value is not False:
            code = f"course.{name}" if value else f"course.{name}-not-known"
            yield finding(code, Severity.REASON, rule, Mark.DERIVED, field=f"patient.{name}")


def check_sequence(
    sequence_h: Sequence[int], filling: Filling, *, order: Order, protocol: Protocol
) -> tuple[Finding, ...]:
    """What the rules say of a sequence by hand for one stretch of the cycle.

    A stretch that an interruption ends needs bags up to there; the last one must be filled exactly.
    """
    cells, field = filling.stretch.cells, "bags.sequence_h"
    found: list[Finding] = []
    at = 0
    for number, duration_h in enumerate(sequence_h, start=filling.taken + 1):
        if filling.until is not None and _is_over(cells, at, filling.until):
            return tuple(found)
        first, at = at, at + days_of(duration_h)
        if at <= len(cells) and cells[at - 1].run != cells[first].run:
            wall = next(cell for cell in cells[first:] if cell.run != cells[first].run)
            values = {"bag": str(number), "day": str(wall.day)}
            found.append(
                finding("plan.wall", Severity.STOP, "REQ-PLN-003", Mark.DERIVED, field=field, **values)
            )
        day = cells[first].day if first < len(cells) else protocol.infusion_days
        found.extend(_check_duration(number, duration_h, day, order=order, protocol=protocol))
    if at != len(cells) and (filling.until is None or at > len(cells) or cells[at].starts_at < filling.until):
        values = {"given": str(at), "expected": str(len(cells))}
        mark = protocol.mark("cycle.infusion_days")
        code = "plan.not-all-that-is-left" if filling.stretch.after else "plan.not-all-days"
        found.append(finding(code, Severity.STOP, "REQ-PLN-002", mark, field=field, **values))
    return tuple(found)


def _is_over(cells: Sequence[Cell], at: int, until: datetime) -> bool:
    """Whether a stretch needs no more bags from this cell on: it was stopped before, or is full."""
    return at == len(cells) or (at < len(cells) and cells[at].starts_at >= until)


def _check_duration(
    number: int, duration_h: int, day: int, *, order: Order, protocol: Protocol
) -> Iterator[Finding]:
    field, values = "bags.sequence_h", {"bag": str(number), "duration": str(duration_h)}
    wished = order.bags.durations_on(day)
    if duration_h not in protocol.durations_h:
        code, rule = "plan.duration-unknown", "REQ-PLN-001"
        yield finding(code, Severity.STOP, rule, protocol.mark("bag.durations"), field=field, **values)
    elif wished is not None and duration_h not in wished:
        code, rule = "plan.duration-not-wished", "REQ-PLN-006"
        yield finding(code, Severity.NOTE, rule, Mark.DERIVED, field=field, **values)


def no_plan(permitted_h: Sequence[int]) -> Finding:
    """Nothing that is permitted fills the cycle."""
    permitted = ", ".join(f"{each} h" for each in permitted_h) or "none"
    return finding(
        "plan.none", Severity.STOP, "REQ-PLN-006", Mark.DERIVED, field="bags.durations_h", permitted=permitted
    )


def giving_up(wish: str, totals: Totals) -> Finding:
    """What the cycle would take without this wish."""
    values = {"bags": str(totals.bags), "changes": str(totals.changes), "vials": str(totals.vials)}
    code = f"plan.giving-up.{wish}"
    return finding(code, Severity.NOTE, "REQ-PLN-006", Mark.DERIVED, field="bags", **values)


def check_bags(bags: Sequence[PlannedBag], *, protocol: Protocol, site: Site) -> Iterator[Finding]:
    """What is to be said of each bag: the clock, what it holds, closed days, line changes, preparation.

    A bag that an interruption ended is over: nothing is said of it.
    """
    for bag in bags:
        if bag.stopped:
            continue
        yield from _preparation(bag, protocol)
        yield from _clock(bag, protocol)
        yield from _pumpable(bag)
        if bag.volume_to_infuse > bag.bag_volume:
            values = {
                "bag": str(bag.number),
                "needed": bag.volume_to_infuse.number,
                "holds": bag.bag_volume.number,
            }
            yield finding("plan.bag-too-small", Severity.STOP, "REQ-PLN-005", Mark.DERIVED, **values)
        else:
            yield from check_line_volume(
                bag.recipe, number=bag.number, infused=bag.volume_to_infuse, priming=site.priming_volume
            )
        if bag.closed_day_change:
            values = {"bag": str(bag.number), "time": time_text(bag.change_at)}
            yield finding("plan.closed-day", Severity.NOTE, "REQ-PLN-006", Mark.DERIVED, **values)
    changed = [str(bag.number) for bag in bags if bag.line_change]
    if changed:
        yield finding(
            "plan.line-changes", Severity.NOTE, "REQ-PLN-011", Mark.DERIVED, bags=", ".join(changed)
        )


def check_other_sources(bags: Sequence[PlannedBag], protocol: Protocol) -> Iterator[Finding]:
    """What a bag with benzyl alcohol gives in a day adds to what other medicines give: they are asked for."""
    bacteriostatic = [bag.recipe for bag in bags if bag.recipe.diluent is Diluent.BACTERIOSTATIC]
    code, rule = "benzyl-alcohol.other-sources", "REQ-SUP-007"
    for daily in sorted({nearest_whole(benzyl_alcohol(each, protocol)[1]) for each in bacteriostatic}):
        yield finding(code, Severity.NOTE, rule, Mark.DERIVED, daily=plain(daily))


def _preparation(bag: PlannedBag, protocol: Protocol) -> Iterator[Finding]:
    """Whether it can be prepared in time, and what it waits for."""
    values = {"bag": str(bag.number), "time": time_text(bag.start_at)}
    if bag.preparation is None:
        code, field = "plan.no-time-to-prepare", "bags.prepare_days"
        yield finding(code, Severity.REASON, "REQ-PLN-006", Mark.DERIVED, field=field, **values)
    if bag.held:
        values |= {"full": protocol.full_dose.number, "low": protocol.low_dose.number}
        values |= {"hours": protocol.figure("restart.answer_hours").value}
        mark = protocol.mark("restart.answer_hours", "dose.full", "dose.low")
        yield finding("plan.held", Severity.NOTE, "REQ-MOD-008", mark, **values)


def _pumpable(bag: PlannedBag) -> Iterator[Finding]:
    """A clock time that is skipped, or kept at a restart, can leave a run whose volume no pump takes."""
    if bag.elapsed.value * QUARTERS_OF_AN_HOUR % 1 != 0:
        values = {"bag": str(bag.number), "time": time_text(bag.change_at)}
        code, rule, field = "plan.odd-minutes", "REQ-PLN-005", "start_at"
        if bag.restart:
            code, rule, field = "plan.odd-restart", "REQ-INT-008", "interruptions"
        yield finding(code, Severity.STOP, rule, Mark.DERIVED, field=field, **values)


def check_whole_cycle(bags: Sequence[PlannedBag], protocol: Protocol) -> Iterator[Finding]:
    """The infusion days are clock days: their hours may differ by one clock change of one hour, no more."""
    expected = protocol.infusion_days * HOURS_IN_A_DAY
    hours = sum((bag.elapsed.value for bag in bags), Decimal(0))
    # After an interruption a dose wall and the end may each come a quarter of an hour early.
    interruptions = max(sum(bag.restart for bag in bags), sum(bag.stopped for bag in bags))
    quarters = Decimal(interruptions) * 2 / QUARTERS_OF_AN_HOUR
    if abs(hours - expected) > MOST_HOURS_OF_CLOCK_CHANGE + quarters:
        values = {"given": plain(hours), "expected": str(expected), "most": str(MOST_HOURS_OF_CLOCK_CHANGE)}
        yield finding("plan.hours", Severity.STOP, "REQ-PLN-002", Mark.DERIVED, field="time_zone", **values)


def _clock(bag: PlannedBag, protocol: Protocol) -> Iterator[Finding]:
    rule = "REQ-PLN-005"
    values = {"bag": str(bag.number), "time": time_text(bag.change_at)}
    if bag.early > Duration(bag.early.value * 0):
        early = {"early": bag.early.number, "limit": protocol.room_limit(bag.duration_h).number}
        mark = protocol.mark(protocol.room_limit_name(bag.duration_h))
        yield finding("plan.changed-early", Severity.NOTE, rule, mark, **values, **early)
    if bag.elapsed.value != bag.duration_h:
        runs = {
            "elapsed": bag.elapsed.number,
            "duration": str(bag.duration_h),
            "volume": bag.volume_to_infuse.number,
        }
        cut = bag.infused_minutes != bag.duration_h * MINUTES_IN_AN_HOUR
        code, why = ("plan.shortened", "REQ-INT-008") if cut else ("plan.elapsed-differs", rule)
        yield finding(code, Severity.NOTE, why, Mark.DERIVED, **values, **runs)
    if bag.clock_time_skipped:
        yield finding("plan.time-skipped", Severity.NOTE, rule, Mark.DERIVED, **values)
    if bag.clock_time_twice:
        yield finding("plan.time-twice", Severity.NOTE, rule, Mark.DERIVED, **values)
