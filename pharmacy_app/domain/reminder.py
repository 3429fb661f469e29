"""What the guide wants remembered around a cycle; it travels with order, plan, worksheet (REQ-ORD-008)."""

from __future__ import annotations

from collections.abc import Iterator

from pharmacy_app.domain.course import hospital_days
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding
from pharmacy_app.domain.order import Order
from pharmacy_app.domain.protocol import Protocol

_RULE = "REQ-ORD-008"
_RELAPSED = "relapsed-refractory"


def reminders(order: Order, protocol: Protocol) -> tuple[Finding, ...]:
    """The notes for one cycle, each naming its section of the guide."""
    return (
        *_premedication(order, protocol),
        _hospital(order, protocol),
        _note("reminder.cns-prophylaxis", Mark.QUOTED),
        *_prephase(order, protocol),
        *_first_cycle(order, protocol),
        _note("reminder.examination", Mark.QUOTED),
        _note("reminder.standing-orders", Mark.QUOTED),
        finding("reminder.start-time", Severity.NOTE, "REQ-ORD-009", Mark.QUOTED, field="start_at"),
    )


def _note(code: str, source: Mark, **values: str) -> Finding:
    return finding(code, Severity.NOTE, _RULE, source, **values)


def _premedication(order: Order, protocol: Protocol) -> Iterator[Finding]:
    prefix = f"course.{order.indication}.premedication."
    names = [name for name in protocol.figures if name.startswith(prefix)]
    values = {name.removeprefix(prefix): protocol.figure(name).value for name in names}
    yield _note(f"reminder.premedication.{order.indication}", protocol.mark(*names), **values)
    if order.indication == _RELAPSED and order.cycle == 1:
        # That it be considered at all stands in the United States text alone, whatever its figures are.
        values = {"hours": protocol.figure("interruption.restart_hours").value}
        values["day"] = str(protocol.whole(f"course.{_RELAPSED}.low_dose_days") + 1)
        yield finding("reminder.premedication.escalation", Severity.NOTE, _RULE, Mark.QUOTED_US, **values)


def _hospital(order: Order, protocol: Protocol) -> Finding:
    course = f"course.{order.indication}"
    days = hospital_days(order.indication, order.cycle, protocol)
    if days is None:
        return _note("reminder.supervision", protocol.mark(f"{course}.supervised_from_cycle"))
    mark = protocol.mark(f"{course}.hospital_days.cycle_{order.cycle}")
    return _note("reminder.hospital", mark, days=str(days))


def _prephase(order: Order, protocol: Protocol) -> Iterator[Finding]:
    if order.indication == _RELAPSED and order.cycle == 1:
        names = ("dexamethasone_maximum", "days", "marrow_blasts", "blood_blasts")
        values = {name: protocol.figure(f"prephase.{name}").value for name in names}
        mark = protocol.mark(*(f"prephase.{name}" for name in names))
        yield _note("reminder.prephase", mark, **values)


def _first_cycle(order: Order, protocol: Protocol) -> Iterator[Finding]:
    if order.cycle == 1:
        watch = protocol.figure("tumour_lysis.watch_hours")
        yield _note("reminder.tumour-lysis", watch.mark, hours=watch.value)
