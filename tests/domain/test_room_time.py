"""Room time from a bag's ledger, worked by hand: 9 h is 09:00 on the day on which the bag is mixed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from pharmacy_app.domain.bag_event import (
    Dispensed,
    Finished,
    Happening,
    Hung,
    Measured,
    Reading,
    Refrigerated,
    Released,
    TakenOut,
)
from pharmacy_app.domain.bag_on_file import Bag
from pharmacy_app.domain.quantity import Duration, Volume
from pharmacy_app.domain.room_time import (
    Moments,
    check_refrigerate,
    check_take_out,
    moments_of,
    room_end,
    room_time,
)
from tests.support.ledgers import Made, bag_that_lived, planned_bags

MIDNIGHT = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)  # in Toronto
HOUR = Duration(Decimal(1))
LIMIT = Duration(Decimal(96))


def at(text: str) -> datetime:
    """A time of that day, or of a later one: `33:40` is 09:40 on the next."""
    hours, minutes = text.split(":")
    return MIDNIGHT + timedelta(hours=int(hours), minutes=int(minutes))


@dataclass(frozen=True, slots=True)
class Row:
    """One bag's day; `-` stands for a missing entry."""

    mixed: str
    put_in: str
    taken_out: str
    hung: str
    counted_minutes: int
    why: str


def row(text: str) -> Row:
    mixed, put_in, taken_out, hung, counted, why = text.split()
    return Row(mixed, put_in, taken_out, hung, int(counted), why)


def moments(bag: Row) -> Moments:
    entries = [None if each == "-" else at(each) for each in (bag.put_in, bag.taken_out)]
    return Moments(at(bag.mixed), *entries)


# mixed  in     out    hung    counted (minutes)
WITH_AN_HOUR = """
09:00    09:40  13:40  14:00     0 forgiven
09:00    09:40  13:40  14:01    61 handled
09:00    09:00  13:00  14:00     0 forgiven
09:00    10:00  14:00  14:00     0 forgiven
09:00    10:01  14:00  14:00    61 handled
09:00    09:40  27:40  38:00   660 handled
09:00    09:40  249:00 249:20    0 forgiven
09:00    -      -      14:00   300 never-refrigerated
09:00    -      13:40  14:00   300 never-refrigerated
09:00    09:40  -      14:00   300 not-taken-out
09:00    09:40  -      81:00  4320 not-taken-out
09:00    -      -      09:00     0 never-refrigerated
"""
WITHOUT_AN_ALLOWANCE = """
09:00    09:40  13:40  14:00    60 handled
09:00    09:00  14:00  14:00     0 handled
09:00    09:01  14:00  14:00     1 handled
09:00    -      -      14:00   300 never-refrigerated
09:00    09:40  -      14:00   300 not-taken-out
"""


def rows(table: str) -> list[Row]:
    return [row(line) for line in table.strip().splitlines()]


@pytest.mark.req("REQ-BUD-006")
@pytest.mark.parametrize("bag", rows(WITH_AN_HOUR), ids=str)
def test_handling_is_forgiven_up_to_an_hour_and_beyond_it_all_of_it_counts(bag: Row) -> None:
    found = room_time(moments(bag), until=at(bag.hung), allowance=HOUR)
    assert (found.counted, found.count.value) == (timedelta(minutes=bag.counted_minutes), bag.why)


@pytest.mark.req("REQ-BUD-006")
@pytest.mark.parametrize("bag", rows(WITHOUT_AN_ALLOWANCE), ids=str)
def test_where_the_site_has_set_no_allowance_nothing_is_forgiven(bag: Row) -> None:
    found = room_time(moments(bag), until=at(bag.hung), allowance=None)
    assert (found.counted, found.count.value) == (timedelta(minutes=bag.counted_minutes), bag.why)


@pytest.mark.req("REQ-BUD-006")
def test_what_was_handled_is_known_also_where_it_is_forgiven() -> None:
    bag = row("09:00 09:40 13:40 13:55 0 forgiven")
    assert room_time(moments(bag), until=at(bag.hung), allowance=HOUR).handled == timedelta(minutes=55)


@pytest.mark.req("REQ-BUD-006")
@pytest.mark.parametrize(
    ("entries", "hung", "end"),
    [
        ("09:00 09:40 13:40", "14:00", "110:00"),  # 14:00 + 96 h
        ("09:00 09:40 13:40", "14:01", "109:00"),  # 61 minutes count: 14:01 + 96 h - 1 h 1 min
        ("09:00 - -", "14:00", "105:00"),  # mixed + 96 h, whenever it is hung
        ("09:00 - -", "20:00", "105:00"),
        ("09:00 09:40 -", "14:00", "105:00"),
        ("09:00 09:40 30:00", "38:00", "125:20"),  # 40 min + 8 h count: 38:00 + 96 h - 8 h 40 min
    ],
)
def test_room_time_ends_so_long_after_hanging_as_is_left_of_it(entries: str, hung: str, end: str) -> None:
    bag = row(f"{entries} {hung} 0 -")
    found = room_end(moments(bag), hung=at(hung), limit=LIMIT, allowance=HOUR)
    assert found == at(end)


@pytest.mark.req("REQ-BUD-006")
def test_the_hour_in_which_clocks_go_back_counts_as_well() -> None:
    # 2026-11-01 in Toronto: 01:30 comes at 05:30 and at 06:30 UTC. From 00:30 to the second 01:30 it is 2 h.
    mixed, hung = datetime(2026, 11, 1, 4, 30, tzinfo=UTC), datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    assert room_time(Moments(mixed), until=hung, allowance=HOUR).counted == timedelta(hours=2)


MADE_OF = Made(planned_bags([96] * 7, "2026-11-23T14:00"))


def bag(*lived: tuple[str, Happening]) -> Bag:
    """A bag that began at 08:30 and lived through this."""
    return bag_that_lived([(at("08:30"), MADE_OF.started()), *((at(when), what) for when, what in lived)])


TEN = (Reading("10 mL syringe", Volume(Decimal(10))),)
MADE: tuple[tuple[str, Happening], ...] = (
    ("09:00", Measured("saline", TEN, None)),
    ("09:05", Measured("drug", TEN, None)),
    ("09:20", Finished()),
)
AND_RELEASED = (*MADE, ("09:30", MADE_OF.released()))
IN, OUT = ("09:40", Refrigerated()), ("13:40", TakenOut())
HUNG: tuple[str, Happening] = ("14:00", Hung(at("110:00"), Volume(Decimal(240))))


@pytest.mark.req("REQ-BUD-006")
def test_the_moments_are_those_of_the_first_ingredient_and_of_each_entry() -> None:
    lived = bag(*AND_RELEASED, IN, OUT, ("13:50", Dispensed()), HUNG)
    assert isinstance(lived.events[4].what, Released)
    assert moments_of(lived) == Moments(at("9:00"), at("9:40"), at("13:40"), at("14:00"))


def test_a_bag_in_which_nothing_is_has_no_moments() -> None:
    assert moments_of(bag()) is None


@pytest.mark.req("REQ-BUD-005")
def test_once_out_of_the_refrigerator_a_bag_does_not_go_back() -> None:
    assert [each.code for each in check_refrigerate(bag(*AND_RELEASED, IN, OUT))] == ["ledger.not-back"]
    assert [each.code for each in check_refrigerate(bag(*AND_RELEASED, OUT))] == ["ledger.not-back"]
    hung = bag(*AND_RELEASED, ("13:50", Dispensed()), HUNG)
    assert [each.code for each in check_refrigerate(hung)] == ["ledger.was-hung"]
    assert check_refrigerate(bag(*AND_RELEASED)) == ()


@pytest.mark.req("REQ-BUD-006")
def test_a_bag_goes_in_once_and_comes_out_once() -> None:
    assert [each.code for each in check_refrigerate(bag(*AND_RELEASED, IN))] == ["ledger.already-in"]
    assert check_take_out(bag(*AND_RELEASED, IN)) == ()
    assert [each.code for each in check_take_out(bag(*AND_RELEASED, IN, OUT))] == ["ledger.already-out"]
    hung = bag(*AND_RELEASED, ("13:50", Dispensed()), HUNG)
    assert [each.code for each in check_take_out(hung)] == ["ledger.was-hung"]


@pytest.mark.req("REQ-BUD-006")
def test_a_bag_may_be_taken_out_although_nobody_said_that_it_went_in() -> None:
    assert check_take_out(bag(*MADE)) == ()
    out = moments_of(bag(*MADE, OUT))
    assert out is not None
    assert room_time(out, until=at("14:00"), allowance=HOUR).count.value == "never-refrigerated"
