"""Wishes of hours, days of preparation and phases: every field, in every way that it can be wrong."""

from __future__ import annotations

from datetime import time
from functools import reduce
from operator import getitem

import pytest

from pharmacy_app.domain.errors import InputRefused
from pharmacy_app.domain.order import Hours, PhaseWishes, Weekday
from pharmacy_app.intake.order_json import read_order
from tests.support.orders import order, order_document, order_of
from tests.support.rulebooks import protocol

HOURS = {"from": "08:00", "to": "16:00"}
HOSPITAL = {"durations_h": [24, 48], "prepare_days": ["monday", "tuesday"]}
HOME = {
    "durations_h": [96, 168],
    "closed_days": ["saturday"],
    "holidays": "CA-BC",
    "change_hours": HOURS,
    "prepare_days": ["friday"],
}
FULL = {
    "bags.change_hours": HOURS,
    "bags.prepare_days": ["monday", "thursday"],
    "bags.prepare_hours": HOURS,
    "bags.phases": {"hospital": HOSPITAL, "home": HOME},
}
OPTIONAL = [
    *FULL,
    "bags.phases.hospital",
    "bags.phases.home",
    *(f"bags.phases.hospital.{name}" for name in HOSPITAL),
    *(f"bags.phases.home.{name}" for name in HOME),
]
HOURS_FIELDS = ["bags.change_hours", "bags.prepare_hours", "bags.phases.home.change_hours"]


def refusals(**changes: object) -> list[InputRefused]:
    """What the reader refuses of a full order with changes."""
    return list(read_order(order_document(**{**FULL, **changes}), protocol()).refusals)


def refused_fields(**changes: object) -> list[str]:
    """The fields that it refuses."""
    return [each.field for each in refusals(**changes)]


@pytest.mark.req("REQ-PLN-006")
def test_every_wish_is_read() -> None:
    wishes = order(**FULL).bags
    hours = Hours(time(8), time(16))
    assert (wishes.change_hours, wishes.prepare_hours) == (hours, hours)
    assert wishes.prepare_days == frozenset({Weekday.MONDAY, Weekday.THURSDAY})
    assert wishes.hospital == PhaseWishes(
        durations_h=(24, 48), prepare_days=frozenset({Weekday.MONDAY, Weekday.TUESDAY})
    )
    assert wishes.home == PhaseWishes(
        durations_h=(96, 168),
        closed_days=frozenset({Weekday.SATURDAY}),
        holidays="CA-BC",
        change_hours=hours,
        prepare_days=frozenset({Weekday.FRIDAY}),
    )


@pytest.mark.parametrize("name", OPTIONAL)
def test_a_wish_that_is_null_is_a_wish_that_is_absent(name: str) -> None:
    absent = order_document(**FULL)
    *folders, last = name.split(".")
    del reduce(getitem, folders, absent)[last]  # type: ignore[arg-type]  # nested documents
    assert order(**{**FULL, name: None}) == order_of(absent) != order(**FULL)


def test_an_order_without_them_wishes_nothing_of_the_kind() -> None:
    wishes = order().bags
    assert (wishes.change_hours, wishes.prepare_days, wishes.prepare_hours) == (None, None, None)
    assert (wishes.hospital, wishes.home) == (PhaseWishes(), PhaseWishes())
    assert order(**{"bags.phases": {}}) == order(**{"bags.phases": {"hospital": {}, "home": {}}}) == order()


@pytest.mark.parametrize("field", HOURS_FIELDS)
@pytest.mark.parametrize(("first", "last"), [("00:00", "23:59"), ("08:00", "08:00")])
def test_hours_reach_from_midnight_to_the_last_minute_and_may_be_one_minute(
    field: str, first: str, last: str
) -> None:
    assert refused_fields(**{field: {"from": first, "to": last}}) == []


@pytest.mark.parametrize("field", HOURS_FIELDS)
@pytest.mark.parametrize("name", ["from", "to"])
@pytest.mark.parametrize(
    "value",
    [
        "24:00",
        "8:00",
        "08:60",
        "08:00:00",
        "0800",
        "08.00",
        " 08:00",
        "08:00\n",
        "\uff10\uff18:00",
        "",
        None,
        8,
        True,
        [],
    ],
    ids=ascii,
)
def test_a_time_of_day_that_cannot_be_is_refused_by_its_name(field: str, name: str, value: object) -> None:
    (refusal,) = refusals(**{field: {**HOURS, name: value}})
    assert (refusal.field, refusal.code) == (f"{field}.{name}", "expected.time-of-day")


@pytest.mark.parametrize("field", HOURS_FIELDS)
def test_both_ends_of_hours_are_required(field: str) -> None:
    found = refusals(**{field: {}})
    assert [(each.field, each.code) for each in found] == [
        (f"{field}.from", "expected.field"),
        (f"{field}.to", "expected.field"),
    ]


@pytest.mark.parametrize("field", HOURS_FIELDS)
def test_hours_do_not_end_before_they_begin(field: str) -> None:
    (refusal,) = refusals(**{field: {"from": "08:00", "to": "07:59"}})
    assert (refusal.field, refusal.given, refusal.code) == (f"{field}.to", "07:59", "expected.time-to")
    assert refusal.values == {"low": "08:00"}


LISTS = {
    "bags.prepare_days": "monday",
    "bags.phases.hospital.durations_h": 24,
    "bags.phases.hospital.prepare_days": "monday",
    "bags.phases.home.durations_h": 24,
    "bags.phases.home.closed_days": "monday",
    "bags.phases.home.prepare_days": "monday",
}


@pytest.mark.parametrize(("name", "value"), LISTS.items())
def test_a_list_is_neither_empty_nor_says_a_thing_twice(name: str, value: object) -> None:
    codes = [[each.code for each in refusals(**{name: given})] for given in ([], [value, value])]
    assert codes == [["expected.list-not-empty"], ["expected.list-once"]]
    assert refused_fields(**{name: []}) == refused_fields(**{name: [value, value]}) == [name]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("value", ["Monday", "mon", 36, "24", True, None, [24]], ids=ascii)
def test_the_place_in_a_list_is_named(name: str, value: object) -> None:
    assert refused_fields(**{name: [value]}) == [f"{name}[0]"]


@pytest.mark.parametrize("name", [*OPTIONAL, "bags.phases.home.holidays"])
@pytest.mark.parametrize("value", [True, 7, "?", ""], ids=ascii)
def test_a_value_of_another_type_is_refused_by_the_name_of_its_field(name: str, value: object) -> None:
    assert refused_fields(**{name: value}) == [name]


@pytest.mark.parametrize(
    "stranger",
    [
        "bags.phases.ward",
        "bags.phases.hospital.closed_days",
        "bags.phases.hospital.holidays",
        "bags.phases.hospital.change_hours",
        "bags.phases.home.prepare_hours",
        "bags.change_hours.until",
        "bags.prepare_hours.zone",
    ],
)
def test_a_field_that_nobody_knows_is_named(stranger: str) -> None:
    assert [(each.field, each.code) for each in refusals(**{stranger: None})] == [
        (stranger, "expected.no-such-field")
    ]


def test_all_refusals_come_at_once() -> None:
    changes = {
        "bags.prepare_days": [],
        "bags.change_hours.from": "8",
        "bags.phases.home.durations_h": [36],
        "bags.phases.hospital.more": 1,
        "cycle": 0,
    }
    assert sorted(refused_fields(**changes)) == [
        "bags.change_hours.from",
        "bags.phases.home.durations_h[0]",
        "bags.phases.hospital.more",
        "bags.prepare_days",
        "cycle",
    ]
