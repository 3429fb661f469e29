"""What is known about a draft while it is typed: refusals at once, rules as far as the fields are readable.

A draft that is not complete is checked with stand-ins for what is missing, and only those findings are used
that rest on fields which are there. No stand-in is ever shown, kept, or planned. Knows no Qt.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pharmacy_app.domain.course import dose_days
from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.finding import Finding, Severity, has_stop
from pharmacy_app.domain.order import Order
from pharmacy_app.domain.plan import Plan
from pharmacy_app.domain.protocol import DoseDays
from ui.order.draft import FORM_FIELDS, Draft, document_of, form_field, unanswered

if TYPE_CHECKING:
    from pharmacy_app.workflow.desk import Desk

# The fields on which each finding rests, for those that can be told before the order is complete.
RESTS_ON: Mapping[str, frozenset[str]] = {
    "order.weight": frozenset({"patient.weight_kg"}),
    "order.age": frozenset({"patient.date_of_birth", "start_at"}),
    "order.cycle": frozenset({"indication", "cycle"}),
    "order.weight-after-start": frozenset({"patient.weight_taken_on", "start_at"}),
    "order.weight-old": frozenset({"patient.weight_taken_on", "start_at"}),
    "order.start-past": frozenset({"start_at", "time_zone"}),
    "modification.grade-4-crs": frozenset({"dose_modification"}),
    "modification.grade-4-neurologic": frozenset({"dose_modification"}),
}

# Doses are figures: they are shown once everything that can forbid or change them is known.
DOSES_REST_ON = frozenset(
    {
        "patient.weight_kg",
        "patient.date_of_birth",
        "start_at",
        "time_zone",
        "indication",
        "cycle",
        "dose_modification",
    }
)

_STAND_INS: Mapping[str, object] = {
    "order_number": "draft",
    "prescriber": "draft",
    "indication": "consolidation",
    "cycle": 1,
    "start_at": "2100-01-01T12:00",
    "setting": "inpatient",
    "destination": "draft",
    "dose_modification": None,
    "prescribed": None,
}
_PATIENT_STAND_INS: Mapping[str, object] = {
    "record_number": "draft",
    "family_name": "draft",
    "given_names": "draft",
    "date_of_birth": "1970-01-01",
    "weight_kg": "100",
    "weight_taken_on": "2100-01-01",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """A draft as far as it can be read.

    `order` is complete, `partial` has stand-ins for what is not in `readable`; at most one is there.
    """

    draft: Draft
    order: Order | None
    partial: Order | None
    readable: frozenset[str]
    missing: frozenset[str]
    refusals: tuple[InputRefused, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """What the rules say of a reading. `plan` is there when the order is complete and nothing stops it."""

    reading: Reading
    findings: tuple[Finding, ...]
    doses: tuple[DoseDays, ...]
    plan: Plan | None


def read(draft: Draft, desk: Desk) -> Reading:
    """Read a draft. Fields in which nothing stands are `missing`, never refused."""
    missing = unanswered(draft)
    document = document_of(draft)
    reading = desk.read_order(document)
    refusals = tuple(each for each in reading.refusals if form_field(each.field) not in missing)
    refused = {form_field(each.field) for each in refusals}
    readable = frozenset(FORM_FIELDS) - missing - refused
    if reading.order is not None and not missing:
        return Reading(draft, reading.order, None, readable, missing, ())
    partial = desk.read_order(_with_stand_ins(document, readable, desk.site.time_zone)).order
    return Reading(draft, None, partial, readable, missing, refusals)


def _with_stand_ins(
    document: Mapping[str, object], readable: frozenset[str], time_zone: str
) -> Mapping[str, object]:
    stand_ins = {**_STAND_INS, "time_zone": time_zone}
    given = document["patient"]
    patient: Mapping[str, object] = given if isinstance(given, Mapping) else {}
    bags = document["bags"]
    if any(name.startswith("bags.") and name not in readable for name in FORM_FIELDS):
        bags = {}
    return {
        **document,
        **{name: value for name, value in stand_ins.items() if name not in readable},
        "patient": {
            **patient,
            **{
                name: value for name, value in _PATIENT_STAND_INS.items() if f"patient.{name}" not in readable
            },
        },
        "bags": bags,
    }


def check(reading: Reading, desk: Desk) -> Check:
    """Ask the rules, and the file. May wait for the file: not for the window's thread."""
    if reading.order is not None:
        return _check_whole(reading, reading.order, desk)
    if reading.partial is None:
        return Check(reading, (), (), None)
    findings = tuple(
        each
        for each in desk.check_order(reading.partial)
        if each.code in RESTS_ON and reading.readable >= RESTS_ON[each.code]
    )
    known = reading.readable >= DOSES_REST_ON and not has_stop(findings)
    doses = dose_days(reading.partial, desk.protocol) if known else ()
    return Check(reading, findings, doses, None)


def _check_whole(reading: Reading, order: Order, desk: Desk) -> Check:
    findings = desk.check_order(order)
    if any(each.code in {"order.weight", "order.age", "order.cycle"} for each in findings):
        return Check(reading, findings, (), None)
    plan = desk.plan(order)
    said = {(each.code, each.field) for each in findings}
    more = tuple(
        each for each in plan.findings if (each.code, each.field) not in said and _concerns_the_order(each)
    )
    whole = findings + more
    doses = () if _forbids_doses(whole) else plan.doses
    return Check(reading, whole, doses, None if has_stop(whole) else plan)


def _concerns_the_order(finding: Finding) -> bool:
    # The order's own rules have already spoken, and know the file better; notes about bags are the plan's.
    if finding.code.startswith("order."):
        return False
    return finding.severity is not Severity.NOTE or form_field(finding.field) != ""


def _forbids_doses(findings: tuple[Finding, ...]) -> bool:
    return any(
        each.severity is Severity.STOP
        and each.code.startswith(("order.weight", "order.age", "modification."))
        for each in findings
    )
