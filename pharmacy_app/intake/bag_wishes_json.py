"""How the bags are wished: the part `bags` of an order document, read strictly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time

from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.order import BagWishes, BenzylAlcohol, Hours, PhaseWishes, Preference, Weekday
from pharmacy_app.domain.protocol import Protocol
from pharmacy_app.intake.fields import (
    Fields,
    choice,
    list_of,
    not_empty,
    nullable,
    one_of,
    one_of_texts,
    refuse,
    time_of_day,
    whole,
)

LAST_DAY = 84
PROVINCES = ("AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT")
HOLIDAY_REGIONS = tuple(f"CA-{province}" for province in PROVINCES)

_holidays = nullable(one_of_texts(HOLIDAY_REGIONS))


def read_bags(order: Fields, protocol: Protocol, refusals: list[InputRefused]) -> BagWishes:
    """The wishes of an order; where it has none, those that are meant then."""
    if not order.has("bags"):
        return BagWishes()
    fields = Fields(order.value("bags"), "bags", refusals)
    durations = _durations(protocol)
    hours = nullable(_hours(refusals))
    hospital, home = _phases(fields, protocol, refusals)
    wishes = BagWishes(
        durations_h=fields.optional("durations_h", durations, None),
        sequence_h=fields.optional("sequence_h", nullable(list_of(one_of(protocol.durations_h))), None),
        benzyl_alcohol=fields.optional("benzyl_alcohol", choice(BenzylAlcohol), BenzylAlcohol.PERMITTED),
        closed_days=_closed_days(fields),
        holidays=fields.optional("holidays", _holidays, None),
        hospital_days=fields.optional("hospital_days", whole(0, LAST_DAY), 0),
        prefer=fields.optional("prefer", choice(Preference), Preference.FEWEST_CHANGES),
        change_hours=fields.optional("change_hours", hours, None),
        prepare_days=fields.optional("prepare_days", _some_days, None),
        prepare_hours=fields.optional("prepare_hours", hours, None),
        hospital=hospital,
        home=home,
    )
    fields.finish()
    return wishes


def _phases(
    bags: Fields, protocol: Protocol, refusals: list[InputRefused]
) -> tuple[PhaseWishes, PhaseWishes]:
    """What is wished otherwise in hospital, where every change is free, and at home."""
    none = PhaseWishes()
    given = bags.value("phases")
    if given is None:
        return none, none
    phases = Fields(given, "bags.phases", refusals)
    hospital = phases.optional("hospital", nullable(_phase(protocol, refusals, changes=False)), None)
    home = phases.optional("home", nullable(_phase(protocol, refusals, changes=True)), None)
    phases.finish()
    return hospital or none, home or none


def _phase(
    protocol: Protocol, refusals: list[InputRefused], *, changes: bool
) -> Callable[[object, str], PhaseWishes]:
    def parse(given: object, field: str) -> PhaseWishes:
        fields = Fields(given, field, refusals)
        hours = nullable(_hours(refusals))
        wishes = PhaseWishes(
            durations_h=fields.optional("durations_h", _durations(protocol), None),
            closed_days=fields.optional("closed_days", _some_days, None) if changes else None,
            holidays=fields.optional("holidays", _holidays, None) if changes else None,
            change_hours=fields.optional("change_hours", hours, None) if changes else None,
            prepare_days=fields.optional("prepare_days", _some_days, None),
        )
        fields.finish()
        return wishes

    return parse


def _durations(protocol: Protocol) -> Callable[[object, str], tuple[int, ...] | None]:
    return nullable(not_empty(list_of(one_of(protocol.durations_h), repeated=False)))


def _hours(refusals: list[InputRefused]) -> Callable[[object, str], Hours]:
    def parse(given: object, field: str) -> Hours:
        fields = Fields(given, field, refusals)
        first: time | None = fields.required("from", time_of_day)
        last: time | None = fields.required("to", time_of_day)
        fields.finish()
        if first is not None and last is not None and last < first:
            fields.refuse("to", f"{last:%H:%M}", "expected.time-to", low=f"{first:%H:%M}")
        return Hours(first or time(0), last or time(0))

    return parse


def _closed_days(fields: Fields) -> frozenset[Weekday]:
    none: tuple[Weekday, ...] = ()
    return frozenset(fields.optional("closed_days", list_of(_weekday, repeated=False), none) or none)


def _some_days(given: object, field: str) -> frozenset[Weekday] | None:
    """At least one day of the week; null: the order does not say."""
    return None if given is None else frozenset(_days(given, field))


def _weekday(given: object, field: str) -> Weekday:
    names = {day.name.lower(): day for day in Weekday}
    if not isinstance(given, str) or given not in names:
        raise refuse(field, given, "expected.one-of", choices=", ".join(names))
    return names[given]


_days = not_empty(list_of(_weekday, repeated=False))
