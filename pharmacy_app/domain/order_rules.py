"""What the rules say of an order before any bag is planned (REQ-ORD-003 to -006, -010, -011, -014)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from pharmacy_app.domain.clock import date_text, first_instant, time_text
from pharmacy_app.domain.course import dose_days, has_cycle, last_cycle
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding, has_stop
from pharmacy_app.domain.modification import check_modification
from pharmacy_app.domain.order import Order
from pharmacy_app.domain.order_on_file import check_earlier_cycle, check_same_patient
from pharmacy_app.domain.protocol import DoseDays, Protocol
from pharmacy_app.domain.quantity import DoseRate
from pharmacy_app.domain.reminder import reminders
from pharmacy_app.domain.site import Site


def check_order(
    order: Order, protocol: Protocol, site: Site, *, now: datetime, on_file: Sequence[Order] | None = None
) -> tuple[Finding, ...]:
    """Every finding about the order itself, reminders last.

    `on_file` are the orders already kept; None where nobody can know them, as for an order from a file.
    A patient whom this program does not cover (too light, too young) gets no further answer: only what
    concerns who may be treated is returned, so that no dose, volume, rate or time is named.
    """
    who = tuple(_who_may_be_treated(order, protocol))
    if not is_covered(order, protocol):
        return who
    found = [*who, *_weight_date(order, site), *_when(order, now)]
    found.extend(check_earlier_cycle(order, on_file or (), protocol))
    if on_file is not None:
        found.extend(check_same_patient(order, on_file, protocol))
    if has_cycle(order.indication, order.cycle, protocol):
        found.extend(_prescribed(order, protocol))
        if order.dose_modification is not None:
            found.extend(check_modification(order.dose_modification, protocol))
    if not has_stop(found):
        found.extend(reminders(order, protocol))
    return tuple(found)


def is_covered(order: Order, protocol: Protocol) -> bool:
    """Whether weight and age are in the guide's reach."""
    return order.patient.weight >= protocol.minimum_weight and _age(order) >= protocol.whole(
        "patient.minimum_age"
    )


def age_in_years(born: date, on: date) -> int:
    """Completed years. Who was born on 29 February completes a year on 1 March of a common year."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _age(order: Order) -> int:
    return age_in_years(order.patient.date_of_birth, order.start_at.date())


def _who_may_be_treated(order: Order, protocol: Protocol) -> Iterator[Finding]:
    patient = order.patient
    if patient.weight < protocol.minimum_weight:
        values = {"weight": patient.weight.number, "limit": protocol.minimum_weight.number}
        mark = protocol.mark("patient.minimum_weight")
        yield finding("order.weight", Severity.STOP, "REQ-ORD-003", mark, field="patient.weight_kg", **values)
    minimum_age = protocol.whole("patient.minimum_age")
    if _age(order) < minimum_age:
        field, mark, limit = "patient.date_of_birth", protocol.mark("patient.minimum_age"), str(minimum_age)
        yield finding("order.age", Severity.STOP, "REQ-ORD-011", mark, field=field, limit=limit)
    if not has_cycle(order.indication, order.cycle, protocol):
        values = {"cycle": str(order.cycle), "last": str(last_cycle(order.indication, protocol))}
        mark = protocol.mark(f"course.{order.indication}.cycles")
        yield finding("order.cycle", Severity.STOP, "REQ-ORD-004", mark, field="cycle", **values)


def _weight_date(order: Order, site: Site) -> Iterator[Finding]:
    taken, start = order.patient.weight_taken_on, order.start_at.date()
    field, rule = "patient.weight_taken_on", "REQ-ORD-006"
    if taken > start:
        values = {"taken": date_text(taken), "start": date_text(start)}
        yield finding("order.weight-after-start", Severity.STOP, rule, Mark.DERIVED, field=field, **values)
    elif (start - taken).days > site.weight_age_limit_days:
        values = {"days": str((start - taken).days), "limit": str(site.weight_age_limit_days)}
        yield finding("order.weight-old", Severity.REASON, rule, Mark.SITE, field=field, **values)


def _when(order: Order, now: datetime) -> Iterator[Finding]:
    start = first_instant(order.start_at, ZoneInfo(order.time_zone))
    if start < now.astimezone(UTC):
        values = {"start": time_text(order.start_at)}
        yield finding(
            "order.start-past", Severity.REASON, "REQ-ORD-014", Mark.DERIVED, field="start_at", **values
        )


def _prescribed(order: Order, protocol: Protocol) -> Iterator[Finding]:
    rule, field = "REQ-ORD-005", "prescribed"
    if order.prescribed is None:
        yield finding("order.prescribed-missing", Severity.REASON, rule, Mark.DERIVED, field=field)
        return
    written = [DoseDays(each.from_day, each.to_day, each.dose) for each in order.prescribed]
    known = {protocol.low_dose, protocol.full_dose}
    values = {"low": protocol.low_dose.number, "full": protocol.full_dose.number}
    mark = protocol.mark("dose.low", "dose.full")
    for each in written:
        if each.dose not in known:
            given = each.dose.number
            yield finding("order.dose-unknown", Severity.STOP, rule, mark, field=field, given=given, **values)
    expected = dose_days(order, protocol)
    if _by_day(written) != _by_day(expected):
        texts = {"given": doses_text(written), "expected": doses_text(expected)}
        yield finding("order.prescribed-differs", Severity.STOP, rule, mark, field=field, **texts)


def _by_day(doses: list[DoseDays] | tuple[DoseDays, ...]) -> list[tuple[int, DoseRate]]:
    return sorted((day, each.dose) for each in doses for day in range(each.from_day, each.to_day + 1))


def doses_text(doses: list[DoseDays] | tuple[DoseDays, ...]) -> str:
    """Such as `days 1 to 7: 9 mcg/day; days 8 to 28: 28 mcg/day`."""
    return (
        "; ".join(f"days {each.from_day} to {each.to_day}: {each.dose.text}" for each in doses) or "nothing"
    )
