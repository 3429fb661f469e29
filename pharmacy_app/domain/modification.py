"""A restart after an adverse event, as far as an order names one (REQ-MOD-003, -004)."""

from __future__ import annotations

from pharmacy_app.domain.finding import Finding, Mark, Severity, finding
from pharmacy_app.domain.order import AdverseEvent, DoseModification
from pharmacy_app.domain.protocol import Protocol

RESTARTING_GRADE = 3
LIFE_THREATENING_GRADE = 4


def check_modification(modification: DoseModification, protocol: Protocol) -> tuple[Finding, ...]:
    """What the guide says of going on after this event."""
    field = "dose_modification"
    days = str(protocol.whole("restart.low_dose_days"))
    low, full = protocol.low_dose.number, protocol.full_dose.number
    restart = finding(
        "modification.restart",
        Severity.NOTE,
        "REQ-MOD-004",
        Mark.QUOTED,
        field=field,
        days=days,
        low=low,
        full=full,
    )
    if modification.grade < LIFE_THREATENING_GRADE:
        return (restart,)
    match modification.event:
        case AdverseEvent.CRS | AdverseEvent.NEUROLOGIC:
            code = f"modification.grade-4-{modification.event.value}"
            return (finding(code, Severity.STOP, "REQ-MOD-003", Mark.QUOTED, field=field),)
        case AdverseEvent.OTHER:
            decided = finding(
                "modification.grade-4-other", Severity.REASON, "REQ-MOD-003", Mark.QUOTED, field=field
            )
            return (decided, restart)
