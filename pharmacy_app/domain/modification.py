"""A restart after an adverse event, as far as an order names one (REQ-MOD-003, -004)."""

from __future__ import annotations

from pharmacy_app.domain.finding import Finding, Mark, Severity, finding
from pharmacy_app.domain.order import AdverseEvent, DoseModification
from pharmacy_app.domain.protocol import Protocol

RESTARTING_GRADE = 3
LIFE_THREATENING_GRADE = 4
_FIELD = "dose_modification"


def check_modification(modification: DoseModification, protocol: Protocol) -> tuple[Finding, ...]:
    """What the guide says of going on after this event."""
    restart = _restart(modification, protocol)
    event = modification.event
    if modification.grade < LIFE_THREATENING_GRADE:
        return (restart, _premedication(protocol)) if event is AdverseEvent.NEUROLOGIC else (restart,)
    match event:
        case AdverseEvent.CRS | AdverseEvent.NEUROLOGIC:
            code = f"modification.grade-4-{event.value}"
            return (finding(code, Severity.STOP, "REQ-MOD-003", Mark.QUOTED, field=_FIELD),)
        case AdverseEvent.OTHER:
            decided = finding(
                "modification.grade-4-other", Severity.REASON, "REQ-MOD-003", Mark.QUOTED, field=_FIELD
            )
            return (decided, restart)


def _restart(modification: DoseModification, protocol: Protocol) -> Finding:
    values = {
        "grade": str(modification.grade),
        "days": str(protocol.whole("restart.low_dose_days")),
        "low": protocol.low_dose.number,
        "full": protocol.full_dose.number,
    }
    mark = protocol.mark("restart.low_dose_days", "dose.low", "dose.full")
    return finding("modification.restart", Severity.NOTE, "REQ-MOD-004", mark, field=_FIELD, **values)


def _premedication(protocol: Protocol) -> Finding:
    """A neurologic event asks for more than other events before the drug is given again."""
    code = "modification.neurologic-premedication"
    names = {
        "dexamethasone": "restart.neurologic.dexamethasone_maximum",
        "taper": "restart.neurologic.taper",
        "interruption": "restart.neurologic.minimum_interruption",
    }
    values = {gap: protocol.figure(name).value for gap, name in names.items()}
    mark = protocol.mark(*names.values())
    return finding(code, Severity.NOTE, "REQ-MOD-002", mark, field=_FIELD, **values)
