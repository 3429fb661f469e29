"""The bags of a cycle over its interruptions: what the scenario files do not show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from pharmacy_app.domain.cycle_bags import CycleBags, Filled, Filling, cycle_bags, dose_times, hung_before
from pharmacy_app.domain.finding import has_stop
from pharmacy_app.domain.order import Interruption, Order
from pharmacy_app.domain.protocol import Protocol
from tests.support.interruption_files import interruption
from tests.support.orders import document_starting, order_of
from tests.support.protocols import altered
from tests.support.rulebooks import protocol

TORONTO = ZoneInfo("America/Toronto")
START = "2027-01-04T14:00"


def asked(start_at: str = START, *, stops: Sequence[Interruption] = (), **changes: object) -> Order:
    document = document_starting(start_at, **{"indication": "consolidation", **changes})
    return replace(order_of(document), interruptions=tuple(stops))


def filled(order: Order, *stretches: Sequence[int], of: Protocol | None = None) -> CycleBags:
    """The cycle with a sequence for each stretch."""

    def fill(filling: Filling) -> Filled:
        fillings.append(filling)
        return Filled(tuple(stretches[len(fillings) - 1]))

    fillings: list[Filling] = []
    return cycle_bags(order, of or protocol(), fill)


def runs(cycle: CycleBags) -> list[tuple[int, int]]:
    """The minutes of the cycle from which and to which each bag runs."""
    return [(bag.times.from_minute, bag.times.to_minute) for bag in cycle.bags]


def test_the_doses_of_a_cycle_are_minutes_of_infusion() -> None:
    relapsed = order_of(document_starting(START))
    assert [(each.dose.number, each.minutes) for each in dose_times(relapsed, protocol())] == [
        ("9", 10080),
        ("28", 30240),
    ]


@pytest.mark.req("REQ-INT-003")
def test_every_minute_of_the_cycle_is_in_one_bag() -> None:
    stops = [
        interruption("2027-01-10T09:20-05:00", "2027-01-10T13:20-05:00"),
        interruption("2027-01-20T07:00-05:00", "2027-01-22T19:45-05:00"),
    ]
    cycle = filled(asked(stops=stops), [96] * 7, [96] * 5 + [72], [24] * 13)
    found = runs(cycle)
    assert (found[0][0], found[-1][1]) == (0, 40320)
    assert [end for _, end in found[:-1]] == [begin for begin, _ in found[1:]]


@pytest.mark.req("REQ-INT-003")
def test_ten_minutes_beyond_the_last_whole_day_are_not_begun_and_end_the_cycle_early() -> None:
    """Stopped ten minutes before infusion day 6 ends: 22 days and 10 minutes are left, and 22 days run."""
    stop = interruption("2027-01-10T13:50-05:00", "2027-01-10T18:00-05:00")
    cycle = filled(asked(stops=[stop]), [96] * 7, [24] * 22)
    assert runs(cycle)[-1] == (8630 + 21 * 1440, 40320)
    assert cycle.bags[-1].times.at_wall
    assert cycle.bags[-1].times.change_at.isoformat() == "2027-02-01T18:00:00-05:00"


@pytest.mark.req("REQ-INT-001")
def test_the_bag_before_an_interruption_is_what_the_line_held() -> None:
    stop = interruption("2027-01-10T09:00-05:00", "2027-01-10T13:00-05:00")
    seen: list[Filling] = []

    def fill(filling: Filling) -> Filled:
        seen.append(filling)
        return Filled((96,) * 7 if filling.until else (96,) * 5 + (72,))

    cycle_bags(asked(stops=[stop]), protocol(), fill)
    first, second = seen
    assert (first.taken, first.before, first.not_before) == (0, None, None)
    assert first.until == stop.stopped_at
    assert second.before is not None
    assert (second.taken, second.before[0], second.before[1].number) == (2, 96, "28")
    assert (second.until, second.not_before) == (None, stop.stopped_at)
    assert second.stretch.after == 1


@pytest.mark.req("REQ-INT-002")
def test_a_short_stop_makes_no_stretch_and_leaves_the_number_to_it() -> None:
    stops = [
        interruption("2027-01-06T09:00-05:00", "2027-01-06T10:00-05:00"),
        interruption("2027-01-10T09:00-05:00", "2027-01-10T13:00-05:00"),
    ]
    cycle = filled(asked(stops=stops), [96] * 7, [96] * 5 + [72])
    assert [each.after for each in cycle.stretches] == [0, 2]
    assert [dict(each.values)["number"] for each in cycle.findings] == ["1", "2", "2"]


@pytest.mark.req("REQ-INT-001")
@pytest.mark.parametrize(
    ("first", "second"),
    [
        # overlapping, in the wrong order, and one inside the other
        (("06T09:00", "06T12:00"), ("06T11:00", "06T13:00")),
        (("09T09:00", "09T10:00"), ("06T09:00", "06T10:00")),
        (("06T09:00", "06T12:00"), ("06T10:00", "06T11:00")),
        (("06T09:00", "08T12:00"), ("07T10:00", "07T11:00")),
    ],
)
def test_stops_that_overlap_or_stand_in_the_wrong_order_are_refused(
    first: tuple[str, str], second: tuple[str, str]
) -> None:
    stops = [
        interruption(*(f"2027-01-{each}-05:00" for each in (stopped, restarted)))
        for stopped, restarted in (first, second)
    ]
    cycle = filled(asked(stops=stops), [96] * 7, [24] * 27)
    assert "interruption.outside" in {each.code for each in cycle.findings}
    assert has_stop(cycle.findings)
    assert cycle.bags == ()


@pytest.mark.req("REQ-INT-001")
def test_two_times_of_one_zone_are_compared_as_instants() -> None:
    """At the second 01:10 the bag of the first 01:30 has hung for 40 minutes, though the clock shows less."""
    stopped = datetime(2026, 11, 1, 1, 10, fold=1, tzinfo=TORONTO)
    restarted = datetime(2026, 11, 1, 9, 10, tzinfo=TORONTO)
    stop = replace(PLAIN, stopped_at=stopped, restarted_at=restarted)
    cycle = filled(asked("2026-10-26T01:30", stops=[stop]), [24] * 28, [24] * 22)
    (cut,) = [bag.times for bag in cycle.bags if bag.times.stopped]
    assert (cut.start_at.isoformat(), cut.elapsed.number) == ("2026-11-01T01:30:00-04:00", "0.67")
    short = replace(PLAIN, stopped_at=stopped.replace(minute=50, fold=0), restarted_at=stopped)
    cycle = filled(asked("2026-10-26T14:00", stops=[short]), [96] * 7)
    assert [each.code for each in cycle.findings] == ["interruption.short"]


PLAIN = interruption("2027-01-10T09:00-05:00", "2027-01-10T13:00-05:00")


@pytest.mark.req("REQ-INT-008")
def test_a_kept_clock_time_in_the_second_of_two_hours_is_that_of_the_next_day() -> None:
    """Bags change at 01:30; at the second 01:15 it has passed that night, for the first counts."""
    stop = interruption("2026-10-31T20:00-04:00", "2026-11-01T01:15-05:00", keep=True)
    cycle = filled(asked("2026-10-26T01:30", stops=[stop]), [96] * 7, [24] * 23)
    first, second, *_, last = [bag.times for bag in cycle.bags if bag.not_before]
    assert first.change_at.isoformat() == "2026-11-02T01:30:00-05:00"
    assert (first.elapsed.number, second.elapsed.number) == ("24.25", "24")
    # 138.5 h were infused; 533.5 - 24.25 h are 21 days and 5.25 h.
    assert last.change_at.isoformat() == "2026-11-23T06:45:00-05:00"


@pytest.mark.req("REQ-MOD-008")
@pytest.mark.parametrize(
    ("stopped_at", "held"),
    [
        (None, [3]),
        # in the week at 9; ten minutes before its end, when nothing is begun again; at its end
        ("2027-01-08T02:00-05:00", [4]),
        ("2027-01-11T13:50-05:00", [3]),
        ("2027-01-11T14:00-05:00", [3]),
        # when the 28 mcg/day bag hung already: it had its answer
        ("2027-01-11T14:10-05:00", [3]),
    ],
)
def test_the_first_full_dose_after_a_restart_is_held_once_whatever_stops_it(
    stopped_at: str | None, held: list[int]
) -> None:
    event = {"event": "crs", "grade": 3, "restart_on_infusion_day": 1, "reason": "resolved"}
    stops = [] if stopped_at is None else [interruption(stopped_at, "2027-01-12T08:00-05:00")]
    after = {
        "2027-01-08T02:00-05:00": [48, 48, *[24] * 22],
        "2027-01-11T13:50-05:00": [24] * 21,
        "2027-01-11T14:00-05:00": [24] * 21,
        "2027-01-11T14:10-05:00": [24] * 21,
    }
    order = asked(stops=stops, dose_modification=event)
    cycle = filled(order, [96, 72, *[24] * 21], after.get(stopped_at or "", []))
    assert not has_stop(cycle.findings)
    assert [number for number, bag in enumerate(cycle.bags, start=1) if bag.held] == held
    assert {bag.recipe.dose.number for bag in cycle.bags if bag.held} == {"28"}


@pytest.mark.req("REQ-MOD-004")
def test_the_planned_step_of_relapsed_disease_is_not_held() -> None:
    order = order_of(document_starting(START))
    assert [bag for bag in filled(order, [96, 72, *[24] * 21]).bags if bag.held] == []


def hung(sequence_h: Sequence[int], until: str, *, of: Protocol) -> tuple[int, ...]:
    limits = {each: of.room_limit(each) for each in of.durations_h}
    stretch = filled(asked(), [24] * 28).stretches[0]
    filling = Filling(stretch, 0, None, datetime.fromisoformat(until), None)
    return hung_before(filling, sequence_h, limits)


@pytest.mark.req("REQ-INT-001")
def test_only_bags_that_hung_before_the_stop_are_taken_from_a_sequence() -> None:
    assert hung([96, 72, 48], "2027-01-08T14:00-05:00", of=protocol()) == (96,)
    assert hung([96, 72, 48], "2027-01-08T14:01-05:00", of=protocol()) == (96, 72)
    assert hung([96] * 9, "2027-01-31T14:00-05:00", of=protocol()) == (96,) * 7


def test_a_duration_beyond_the_stop_that_the_protocol_does_not_have_is_left_to_its_own_stretch() -> None:
    short = altered("bag.durations", "24, 48")
    assert hung([48, 48, 168], "2027-01-07T14:00-05:00", of=short) == (48, 48)
