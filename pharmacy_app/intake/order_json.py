"""The order document: its fields, read strictly, all refusals at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from pharmacy_app.domain.clock import first_instant, instants, offset_text, shown
from pharmacy_app.domain.course import INDICATIONS
from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.modification import LIFE_THREATENING_GRADE, RESTARTING_GRADE
from pharmacy_app.domain.order import (
    AdverseEvent,
    BagWishes,
    BenzylAlcohol,
    DoseModification,
    Order,
    Patient,
    Preference,
    PrescribedDose,
    Setting,
    Weekday,
)
from pharmacy_app.domain.protocol import Protocol
from pharmacy_app.domain.quantity import DoseRate, Weight
from pharmacy_app.intake.fields import (
    Fields,
    calendar_date,
    choice,
    clock_time,
    decimal,
    kilograms,
    list_of,
    nullable,
    one_of,
    one_of_texts,
    order_or_record_number,
    refuse,
    text,
    whole,
    yes_no_or_unknown,
)
from pharmacy_app.intake.strict_json import read_file
from pharmacy_app.intake.zones import is_zone
from pharmacy_app.workflow.order_reading import OrderReading

LAST_CYCLE = 999_999_999
_MINUTE = timedelta(minutes=1)
_CLOCK_TIME = "%Y-%m-%dT%H:%M"
LAST_DAY = 84
PROVINCES = ("AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT")
HOLIDAY_REGIONS = tuple(f"CA-{province}" for province in PROVINCES)


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
    prescribed = fields.optional("prescribed", nullable(list_of(_prescribed(refusals))), None)
    if prescribed == ():
        fields.refuse("prescribed", [], "expected.list-not-empty")
    bags = _bags(fields, protocol, refusals)
    fields.finish()
    if start_at is not None and time_zone is not None:
        refusals.extend(_clock_refusals(start_at, time_zone))
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


def _bags(order: Fields, protocol: Protocol, refusals: list[InputRefused]) -> BagWishes:
    if not order.has("bags"):
        return BagWishes()
    fields = Fields(order.value("bags"), "bags", refusals)
    duration = one_of(protocol.durations_h)
    durations_h = fields.optional("durations_h", nullable(list_of(duration, repeated=False)), None)
    if durations_h == ():
        fields.refuse("durations_h", [], "expected.list-not-empty")
    wishes = BagWishes(
        durations_h=durations_h,
        sequence_h=fields.optional("sequence_h", nullable(list_of(duration)), None),
        benzyl_alcohol=fields.optional("benzyl_alcohol", choice(BenzylAlcohol), BenzylAlcohol.PERMITTED),
        closed_days=frozenset(_closed_days(fields)),
        holidays=fields.optional("holidays", nullable(one_of_texts(HOLIDAY_REGIONS)), None),
        hospital_days=fields.optional("hospital_days", whole(0, LAST_DAY), 0),
        prefer=fields.optional("prefer", choice(Preference), Preference.FEWEST_CHANGES),
    )
    fields.finish()
    return wishes


def _closed_days(fields: Fields) -> tuple[Weekday, ...]:
    none: tuple[Weekday, ...] = ()
    return fields.optional("closed_days", list_of(_weekday, repeated=False), none) or none


def _weekday(given: object, field: str) -> Weekday:
    names = {day.name.lower(): day for day in Weekday}
    if not isinstance(given, str) or given not in names:
        raise refuse(field, given, "expected.one-of", choices=", ".join(names))
    return names[given]


def _clock_refusals(start_at: datetime, time_zone: str) -> Iterator[InputRefused]:
    """A start must be at a clock time that exists once (REQ-ORD-014); the refusal names the choices."""
    zone = ZoneInfo(time_zone)
    found = instants(start_at, zone)
    if len(found) == 1:
        return
    given = start_at.strftime(_CLOCK_TIME)
    if not found:
        later = shown(first_instant(start_at, zone), zone)
        earlier = _last_before_gap(later, zone)
        values = {"earlier": earlier.strftime(_CLOCK_TIME), "later": later.strftime(_CLOCK_TIME)}
        yield InputRefused("start_at", given, "expected.clock-time-exists", values)
        return
    offsets = [offset_text(each.astimezone(zone)) for each in found]
    earlier, later = _around_repeated(start_at, zone)
    values = {"first": offsets[0], "second": offsets[1]}
    values |= {"earlier": earlier.strftime(_CLOCK_TIME), "later": later.strftime(_CLOCK_TIME)}
    yield InputRefused("start_at", given, "expected.clock-time-once", values)


def _last_before_gap(end_of_gap: datetime, zone: ZoneInfo) -> datetime:
    """The last minute that the clock shows before it skips to `end_of_gap`."""
    before = first_instant(end_of_gap, zone) - _MINUTE
    return shown(before, zone)


def _around_repeated(clock_time: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The nearest clock times before and after a repeated stretch that come once."""
    earlier = later = clock_time
    while len(instants(earlier, zone)) > 1:
        earlier -= _MINUTE
    while len(instants(later, zone)) > 1:
        later += _MINUTE
    return earlier, later
