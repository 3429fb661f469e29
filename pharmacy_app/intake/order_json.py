"""The order document: its fields, read strictly, all refusals at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

from pharmacy_app.domain.course import INDICATIONS
from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.modification import LIFE_THREATENING_GRADE, RESTARTING_GRADE
from pharmacy_app.domain.order import (
    AdverseEvent,
    DoseModification,
    Order,
    Patient,
    PrescribedDose,
    Setting,
)
from pharmacy_app.domain.protocol import Protocol
from pharmacy_app.domain.quantity import DoseRate, Weight
from pharmacy_app.intake.bag_wishes_json import LAST_DAY, read_bags
from pharmacy_app.intake.fields import (
    Fields,
    calendar_date,
    choice,
    clock_time,
    decimal,
    kilograms,
    list_of,
    not_empty,
    nullable,
    one_of,
    one_of_texts,
    order_or_record_number,
    refuse,
    text,
    whole,
    yes_no_or_unknown,
)
from pharmacy_app.intake.interruptions_json import read_interruptions
from pharmacy_app.intake.local_time import start_refusals
from pharmacy_app.intake.strict_json import read_file
from pharmacy_app.intake.zones import is_zone
from pharmacy_app.workflow.order_reading import OrderReading

LAST_CYCLE = 999_999_999


def read_order_file(path: Path, protocol: Protocol) -> Order:
    """The order in a file.

    Raises:
        InputRefused: the first thing that is not what it should be.
    """
    reading = read_order(read_file(path), protocol)
    if reading.order is None:
        raise reading.refusals[0]
    return reading.order


def read_order(document: Mapping[str, object], protocol: Protocol) -> OrderReading:
    """The order in a document, or every field that is refused."""
    refusals: list[InputRefused] = []
    fields = Fields(document, "", refusals)
    order_number = fields.required("order_number", order_or_record_number)
    patient = _patient(fields.nested("patient"))
    prescriber = fields.required("prescriber", text)
    indication = fields.required("indication", one_of_texts(INDICATIONS))
    cycle = fields.required("cycle", whole(1, LAST_CYCLE))
    start_at = fields.required("start_at", clock_time)
    time_zone = fields.required("time_zone", _zone)
    setting = fields.required("setting", choice(Setting))
    destination = fields.required("destination", text)
    modification = fields.required("dose_modification", nullable(_modification(refusals)))
    doses = nullable(not_empty(list_of(_prescribed(refusals))))
    prescribed = fields.optional("prescribed", doses, None)
    bags = read_bags(fields, protocol, refusals)
    interruptions = read_interruptions(fields, time_zone, refusals)
    fields.finish()
    if start_at is not None and time_zone is not None:
        refusals.extend(start_refusals(start_at, time_zone))
    if refusals:
        return OrderReading(None, tuple(refusals))
    order = Order(
        order_number=order_number,
        patient=patient,
        prescriber=prescriber,
        indication=indication,
        cycle=cycle,
        start_at=start_at,
        time_zone=time_zone,
        setting=setting,
        destination=destination,
        dose_modification=modification,
        prescribed=prescribed,
        bags=bags,
        interruptions=interruptions,
    )
    return OrderReading(order, ())


def _patient(fields: Fields) -> Patient:
    weight = fields.required("weight_kg", kilograms)
    patient = Patient(
        record_number=fields.required("record_number", order_or_record_number),
        family_name=fields.required("family_name", text),
        given_names=fields.required("given_names", text),
        date_of_birth=fields.required("date_of_birth", calendar_date),
        weight=Weight(weight if weight is not None else Decimal(0)),
        weight_taken_on=fields.required("weight_taken_on", calendar_date),
        benzyl_alcohol_hypersensitivity=fields.required("benzyl_alcohol_hypersensitivity", yes_no_or_unknown),
        pregnant=fields.required("pregnant", yes_no_or_unknown),
        breastfeeding=fields.required("breastfeeding", yes_no_or_unknown),
    )
    fields.finish()
    return patient


def _zone(given: object, field: str) -> str:
    if not isinstance(given, str) or not is_zone(given):
        raise refuse(field, given, "expected.time-zone")
    return given


def _modification(refusals: list[InputRefused]) -> Callable[[object, str], DoseModification]:
    def parse(given: object, field: str) -> DoseModification:
        fields = Fields(given, field, refusals)
        modification = DoseModification(
            event=fields.required("event", choice(AdverseEvent)),
            grade=fields.required("grade", one_of((RESTARTING_GRADE, LIFE_THREATENING_GRADE))),
            restart_on_infusion_day=fields.required("restart_on_infusion_day", one_of((1,))),
            reason=fields.required("reason", text),
        )
        fields.finish()
        return modification

    return parse


def _prescribed(refusals: list[InputRefused]) -> Callable[[object, str], PrescribedDose]:
    def parse(given: object, field: str) -> PrescribedDose:
        fields = Fields(given, field, refusals)
        from_day = fields.required("from_day", whole(1, LAST_DAY))
        to_day = fields.required("to_day", whole(1, LAST_DAY))
        dose = fields.required("mcg_per_day", decimal)
        fields.finish()
        if from_day is not None and to_day is not None and to_day < from_day:
            fields.refuse("to_day", to_day, "expected.to-day", low=str(from_day))
        return PrescribedDose(from_day, to_day, DoseRate(dose if dose is not None else Decimal(0)))

    return parse
