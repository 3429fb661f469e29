"""The cycle that follows, as the indication has it: from when, where, with what beforehand (REQ-ORD-002)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pharmacy_app.domain.course import cycle_length_days, has_cycle, hospital_days, low_dose_days
from pharmacy_app.domain.finding import Finding
from pharmacy_app.domain.order import Order
from pharmacy_app.domain.protocol import Protocol
from pharmacy_app.domain.reminder import reminders


@dataclass(frozen=True, slots=True)
class NextCycle:
    """Cycle `number` of the same indication, not before `from_clock_time` at the place of infusion.

    `hospital_days` None: its start is supervised by a health-care professional or in hospital. `asks_dose`:
    the cycle before ended at the low dose after a grade 3 event; the dose is
    asked, not assumed (REQ-MOD-007).
    """

    number: int
    from_clock_time: datetime
    treatment_free_days: int
    hospital_days: int | None
    low_dose_days: int
    asks_dose: bool
    reminders: tuple[Finding, ...]


def next_cycle(
    order: Order, ends_at: datetime, protocol: Protocol, *, ended_low: bool = False
) -> NextCycle | None:
    """What follows an order whose infusion ends at a clock time; None: the indication has no further cycle.

    The treatment-free days are counted from the end of the infusion, also where an interruption moved it.
    """
    number = order.cycle + 1
    if not has_cycle(order.indication, number, protocol):
        return None
    free = cycle_length_days(order.indication, order.cycle, protocol) - protocol.infusion_days
    following = replace(order, cycle=number, dose_modification=None, interruptions=())
    return NextCycle(
        number=number,
        from_clock_time=ends_at + timedelta(days=free),
        treatment_free_days=free,
        hospital_days=hospital_days(order.indication, number, protocol),
        low_dose_days=low_dose_days(following, protocol),
        asks_dose=ended_low,
        reminders=reminders(following, protocol),
    )
