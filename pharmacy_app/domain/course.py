"""The courses of each indication: which cycles there are, and the dose of each infusion day."""

from __future__ import annotations

from datetime import datetime, timedelta

from pharmacy_app.domain.clock import elapsed
from pharmacy_app.domain.order import Interruption, InterruptionKind, Order
from pharmacy_app.domain.protocol import DoseDays, Protocol
from pharmacy_app.domain.quantity import Duration

RESTART_HOURS = "interruption.restart_hours"
INDICATIONS = ("consolidation", "mrd-positive", "relapsed-refractory")


def last_cycle(indication: str, protocol: Protocol) -> int:
    """How many cycles the indication has."""
    return protocol.whole(f"course.{indication}.cycles")


def has_cycle(indication: str, cycle: int, protocol: Protocol) -> bool:
    """Whether the indication has this cycle."""
    return 1 <= cycle <= last_cycle(indication, protocol)


def cycle_length_days(indication: str, cycle: int, protocol: Protocol) -> int:
    """Infusion days and treatment-free days together."""
    maintenance_from = f"course.{indication}.maintenance_from_cycle"
    if maintenance_from in protocol.figures and cycle >= protocol.whole(maintenance_from):
        return protocol.whole(f"course.{indication}.maintenance_cycle_length")
    return protocol.whole(f"course.{indication}.cycle_length")


def hospital_days(indication: str, cycle: int, protocol: Protocol) -> int | None:
    """First days of the cycle that the guide wants in hospital; None where it asks for supervision."""
    if cycle >= protocol.whole(f"course.{indication}.supervised_from_cycle"):
        return None
    return protocol.whole(f"course.{indication}.hospital_days.cycle_{cycle}")


def low_dose_days(order: Order, protocol: Protocol) -> int:
    """How many days at the start of the cycle run at the low dose."""
    if order.dose_modification is not None:
        return protocol.whole("restart.low_dose_days")
    cycle_name = f"course.{order.indication}.low_dose_cycle"
    if cycle_name in protocol.figures and order.cycle == protocol.whole(cycle_name):
        return protocol.whole(f"course.{order.indication}.low_dose_days")
    return 0


def dose_days(order: Order, protocol: Protocol) -> tuple[DoseDays, ...]:
    """The protocol's doses for the order's cycle. Each boundary between two doses is a wall."""
    low = low_dose_days(order, protocol)
    last = protocol.infusion_days
    full = DoseDays(low + 1, last, protocol.full_dose)
    return (DoseDays(1, low, protocol.low_dose), full) if low else (full,)


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
    return length_of(interruption).value >= protocol.number(RESTART_HOURS)


def last_infusion_moment(start_at: datetime, protocol: Protocol) -> datetime:
    """The clock time at which the infusion that begins at `start_at` ends."""
    return start_at + timedelta(days=protocol.infusion_days)
