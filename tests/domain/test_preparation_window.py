"""Between when each bag is prepared, by the pharmacy's clock, and which vials one sitting saves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from pharmacy_app.domain.order import Hours, Weekday
from pharmacy_app.domain.plan import Plan
from pharmacy_app.domain.preparation_window import (
    OpeningTimes,
    PreparationWindow,
    preparation_window,
    sittings,
    storage_before_hanging,
)
from pharmacy_app.domain.protocol import Recipe
from pharmacy_app.domain.quantity import DoseRate, Duration
from pharmacy_app.workflow.plan import make_plan
from tests.support.interruption_files import interruption
from tests.support.orders import document_starting, order_of
from tests.support.rulebooks import NOW, protocol, rulebook

TORONTO = ZoneInfo("America/Toronto")
WORKDAYS = frozenset(Weekday) - {Weekday.SATURDAY, Weekday.SUNDAY}
OFFICE = Hours(time(8), time(16))
ALWAYS = OpeningTimes(TORONTO, None, None, frozenset())
MONDAYS = OpeningTimes(TORONTO, frozenset({Weekday.MONDAY}), None, frozenset())
TEN_DAYS = timedelta(days=10)


def opening(closed: frozenset[date] = frozenset()) -> OpeningTimes:
    return OpeningTimes(TORONTO, WORKDAYS, OFFICE, closed)


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def window(hang_at: str, times: OpeningTimes, storage: timedelta = TEN_DAYS) -> tuple[str, str] | None:
    """First and last moment by the clock in Toronto."""
    found = preparation_window(instant(hang_at), storage, times)
    return None if found is None else shown(found)


def shown(found: PreparationWindow) -> tuple[str, str]:
    first, last = (
        each.astimezone(TORONTO).isoformat(timespec="minutes") for each in (found.first, found.last)
    )
    return first, last


@pytest.mark.req("REQ-PLN-006")
@pytest.mark.parametrize(
    ("hang_at", "first", "last"),
    [
        # Friday 2027-01-08 14:00: ten days before it is Tuesday 14:00, an open hour.
        ("2027-01-08T14:00-05:00", "2026-12-29T14:00-05:00", "2027-01-08T14:00-05:00"),
        # Saturday: the last open moment is Friday 16:00.
        ("2027-01-16T14:00-05:00", "2027-01-06T14:00-05:00", "2027-01-15T16:00-05:00"),
        # Ten days before Wednesday is a Sunday: from Monday 08:00 on.
        ("2027-01-20T14:00-05:00", "2027-01-11T08:00-05:00", "2027-01-20T14:00-05:00"),
        # Hung at 06:00, before the pharmacy opens: made on the day before at the latest.
        ("2027-01-20T06:00-05:00", "2027-01-11T08:00-05:00", "2027-01-19T16:00-05:00"),
        # 14:00 in Vancouver is 17:00 in Toronto; ten days before, the pharmacy has closed too.
        ("2027-01-08T14:00-08:00", "2026-12-30T08:00-05:00", "2027-01-08T16:00-05:00"),
        # 14:00 in St. John's is 12:30 in Toronto.
        ("2027-01-08T14:00-03:30", "2026-12-29T12:30-05:00", "2027-01-08T12:30-05:00"),
    ],
)
def test_the_window_lies_in_the_hours_of_the_pharmacy(hang_at: str, first: str, last: str) -> None:
    assert window(hang_at, opening()) == (first, last)


@pytest.mark.req("REQ-PLN-006")
def test_the_pharmacy_is_closed_on_its_holidays() -> None:
    """Ten days before Monday 2027-01-04 14:00 are Christmas, a weekend, and Boxing Day observed."""
    closed = frozenset({date(2026, 12, 25), date(2026, 12, 28)})
    assert window("2027-01-04T14:00-05:00", opening()) == ("2026-12-25T14:00-05:00", "2027-01-04T14:00-05:00")
    found = window("2027-01-04T14:00-05:00", opening(closed))
    assert found == ("2026-12-29T08:00-05:00", "2027-01-04T14:00-05:00")


@pytest.mark.req("REQ-PLN-006")
def test_where_no_open_hour_lies_within_the_storage_limit_there_is_no_window() -> None:
    assert window("2027-01-10T14:00-05:00", opening(), timedelta(hours=24)) is None
    assert window("2027-01-09T14:00-05:00", opening(), timedelta(hours=24)) == (
        "2027-01-08T14:00-05:00", "2027-01-08T16:00-05:00",
    )  # fmt: skip


@pytest.mark.req("REQ-PLN-006")
def test_both_ends_of_the_opening_hours_belong_to_them() -> None:
    assert window("2027-01-08T08:00-05:00", opening(), timedelta(0)) is not None
    assert window("2027-01-08T16:00-05:00", opening(), timedelta(0)) is not None
    assert window("2027-01-08T07:59-05:00", opening(), timedelta(0)) is None
    assert window("2027-01-08T16:01-05:00", opening(), timedelta(0)) is None


@pytest.mark.req("REQ-PLN-006")
def test_a_bag_is_not_prepared_before_the_stop_that_made_its_plan() -> None:
    hang_at, stop = instant("2027-01-20T14:00-05:00"), instant("2027-01-18T03:00-05:00")
    found = preparation_window(hang_at, TEN_DAYS, opening(), not_before=stop)
    assert found is not None
    assert shown(found) == ("2027-01-18T08:00-05:00", "2027-01-20T14:00-05:00")
    assert (
        preparation_window(hang_at, TEN_DAYS, MONDAYS, not_before=instant("2027-01-19T00:00-05:00")) is None
    )


@pytest.mark.req("REQ-PLN-006")
@pytest.mark.parametrize(
    ("duration_h", "sterility_h", "hours"),
    [
        (96, "240", 240),
        (96, "48", 48),
        (96, "600", 240),
        (96, None, 240),
        (168, "600", 336),
        (168, "240", 240),
    ],
)
def test_the_shorter_of_stability_and_the_sites_limit_holds(
    duration_h: int, sterility_h: str | None, hours: int
) -> None:
    limit = None if sterility_h is None else Duration(Decimal(sterility_h))
    site = replace(rulebook().site, sterility_refrigerated=limit)
    assert storage_before_hanging(duration_h, protocol(), site) == timedelta(hours=hours)


def between(first: str, last: str, times: OpeningTimes = ALWAYS) -> PreparationWindow:
    return PreparationWindow(instant(first), instant(last), times)


@pytest.mark.req("REQ-MIX-008")
def test_two_windows_meet_where_one_moment_is_open_for_both() -> None:
    early = between("2027-01-04T08:00-05:00", "2027-01-08T14:00-05:00")
    touches = between("2027-01-08T14:00-05:00", "2027-01-12T14:00-05:00")
    later = between("2027-01-08T14:01-05:00", "2027-01-12T14:00-05:00")
    met = early.meets(touches)
    assert met is not None
    assert shown(met) == ("2027-01-08T14:00-05:00", "2027-01-08T14:00-05:00")
    assert early.meets(later) is None


@pytest.mark.req("REQ-MIX-008")
def test_a_bag_of_every_day_and_one_of_mondays_meet_on_a_monday_or_not_at_all() -> None:
    """In hospital any day will do, at home Mondays: from Wednesday to Friday there is none."""
    midweek = between("2027-01-06T08:00-05:00", "2027-01-08T14:00-05:00")
    mondays = between("2027-01-04T08:00-05:00", "2027-01-11T14:00-05:00", MONDAYS)
    assert midweek.meets(mondays) is None
    assert mondays.meets(midweek) is None
    met = between("2027-01-06T08:00-05:00", "2027-01-12T14:00-05:00").meets(mondays)
    assert met is not None
    assert shown(met) == ("2027-01-11T00:00-05:00", "2027-01-11T14:00-05:00")


def recipe(duration_h: int, dose: int) -> Recipe:
    return protocol().recipe(duration_h, DoseRate(Decimal(dose)))


def vials_of(bags: list[tuple[int, int]], *, storage: timedelta = TEN_DAYS) -> tuple[int, int]:
    """Vials and sittings of bags, given as hours and mcg/day, hung one after another."""
    hang_at, windows = instant("2027-01-04T14:00-05:00"), []
    for duration_h, _ in bags:
        windows.append(preparation_window(hang_at, storage, ALWAYS))
        hang_at += timedelta(hours=duration_h)
    found = sittings([recipe(*bag) for bag in bags], windows, protocol())
    assert [bag for each in found for bag in each.bags] == list(range(1, len(bags) + 1))
    return sum(each.vials for each in found), len(found)


@pytest.mark.req("REQ-MIX-008")
@pytest.mark.parametrize(
    ("bags", "vials", "count"),
    [
        # 10.7 mL each: two take 21.4 mL or 8 vials of 2.8 mL, three 32.1 mL or 12: nothing is saved.
        ([(96, 28)] * 7, 28, 7),
        # 0.83 mL each: three take 2.49 mL, one vial; seven bags three vials, in at most three sittings.
        ([(24, 9)] * 7, 3, 3),
        ([(24, 9)] * 3, 1, 1),
        ([(24, 9)] * 4, 2, 2),
        # 2.6 mL each: eleven fit ten days, 28.6 mL and 11 vials.
        ([(24, 28)] * 28, 28, 28),
        # 3.3 + 10.7 = 14 mL are exactly 5 vials; alone they take 2 and 4.
        ([(96, 9), (96, 28)], 5, 1),
        # 16.8 mL are exactly 6 vials, with nothing to share.
        ([(168, 9), (168, 28)], 8, 2),
        ([], 0, 0),
    ],
)
def test_vials_shared_in_one_sitting(bags: list[tuple[int, int]], vials: int, count: int) -> None:
    assert vials_of(bags) == (vials, count)


@pytest.mark.req("REQ-MIX-008")
def test_bags_share_vials_only_where_their_windows_meet() -> None:
    """The second bag hangs four days after the first: with less storage it is not yet to be made."""
    pair = [(96, 9), (96, 28)]
    assert vials_of(pair, storage=timedelta(hours=96)) == (5, 1)
    assert vials_of(pair, storage=timedelta(hours=95)) == (6, 2)


@pytest.mark.req("REQ-MIX-008")
def test_a_bag_without_a_window_shares_with_none() -> None:
    there = between("2027-01-04T08:00-05:00", "2027-01-08T14:00-05:00")
    found = sittings([recipe(24, 9)] * 3, [there, None, there], protocol())
    assert [(each.bags, each.vials) for each in found] == [((1,), 1), ((2,), 1), ((3,), 1)]


def planned(*, sterility_h: int = 240, zone: str = "America/Toronto", **bags: Any) -> Plan:
    """Consolidation from Monday 2027-01-04 14:00 in 96 h bags, by default."""
    document = document_starting("2027-01-04T14:00", time_zone=zone, indication="consolidation",
                                 bags={"durations_h": [96], "hospital_days": 0})  # fmt: skip
    asked = order_of(document)
    asked = replace(asked, bags=replace(asked.bags, **bags))
    site = replace(rulebook().site, sterility_refrigerated=Duration(Decimal(sterility_h)))
    return make_plan(asked, replace(rulebook(), site=site), now=NOW)


def windows(plan: Plan) -> list[tuple[str, str] | None]:
    return [None if bag.preparation is None else shown(bag.preparation) for bag in plan.bags]


@pytest.mark.req("REQ-PLN-006", "REQ-ORD-013")
def test_a_patient_in_another_zone_has_windows_by_the_pharmacys_clock() -> None:
    """Open from 08:00 to 12:00 in Toronto; bags hang there at 16:00, and at 12:30 for St. John's."""
    mornings = Hours(time(8), time(12))
    plan = planned(zone="America/Vancouver", prepare_days=WORKDAYS, prepare_hours=mornings)
    assert plan.bags[1].start_at.isoformat() == "2027-01-08T14:00:00-07:00"
    assert windows(plan)[1] == ("2026-12-30T08:00-05:00", "2027-01-08T12:00-05:00")
    plan = planned(zone="America/St_Johns", prepare_days=WORKDAYS, prepare_hours=mornings)
    assert plan.bags[1].start_at.isoformat() == "2027-01-08T14:00:00-03:30"
    assert windows(plan)[1] == ("2026-12-30T08:00-05:00", "2027-01-08T12:00-05:00")


@pytest.mark.req("REQ-PLN-006")
def test_the_pharmacy_rests_on_the_orders_holidays_where_it_works_on_named_days() -> None:
    plan = planned(prepare_days=WORKDAYS, prepare_hours=OFFICE, holidays="CA-ON")
    assert windows(plan)[0] == ("2026-12-29T08:00-05:00", "2027-01-04T14:00-05:00")
    assert windows(planned(prepare_hours=OFFICE, holidays="CA-ON"))[0] == (
        "2026-12-25T14:00-05:00", "2027-01-04T14:00-05:00",
    )  # fmt: skip


@pytest.mark.req("REQ-PLN-006")
def test_each_phase_has_its_days_of_preparation() -> None:
    """Four days in hospital: the first bag on any day, the second on a Monday."""
    home = replace(order_of(document_starting("2027-01-04T14:00")).bags.home,
                   prepare_days=frozenset({Weekday.MONDAY}))  # fmt: skip
    plan = planned(hospital_days=4, home=home, prepare_hours=OFFICE)
    assert windows(plan)[:2] == [
        ("2026-12-25T14:00-05:00", "2027-01-04T14:00-05:00"),
        ("2027-01-04T08:00-05:00", "2027-01-04T16:00-05:00"),
    ]


@pytest.mark.req("REQ-PLN-006")
def test_bags_that_could_not_be_prepared_in_time_count_before_all() -> None:
    """With 24 h of storage and work on Wednesdays from 08:00 to 16:00, bags hang on Wednesday or Thursday.

    The first one, on Monday, cannot be helped. 72 h lead to Thursday, three weeks to Thursday again, and 96 h
    to the end: five bags. Four 7-day bags would be fewer, and all four hang on Mondays.
    """
    wednesday = frozenset({Weekday.WEDNESDAY})
    every = (24, 48, 72, 96, 168)
    plan = planned(sterility_h=24, durations_h=every, prepare_days=wednesday, prepare_hours=OFFICE)
    assert plan.sequence_h == (72, 168, 168, 168, 96)
    assert windows(plan)[:2] == [None, ("2027-01-06T14:00-05:00", "2027-01-06T16:00-05:00")]
    (found,) = [each for each in plan.findings if each.code == "plan.no-time-to-prepare"]
    assert (found.severity.value, dict(found.values)) == (
        "reason", {"bag": "1", "time": "2027-JAN-04 14:00"},
    )  # fmt: skip
    assert planned(sterility_h=24, durations_h=every).sequence_h == (168, 168, 168, 168)


@pytest.mark.req("REQ-MIX-008", "REQ-PLN-008")
def test_a_plan_shows_vials_unshared_and_shared() -> None:
    """By hand 1 + 2 vials at 9 mcg/day, five times 4 and 1 at 28; the two beside the wall share 5."""
    document = document_starting("2027-01-04T14:00", bags={"sequence_h": [72, 96, 96, 96, 96, 96, 96, 24]})
    plan = make_plan(order_of(document), rulebook(), now=NOW)
    assert plan.totals is not None
    assert (plan.totals.vials, plan.vials_shared) == (24, 23)


@pytest.mark.req("REQ-MIX-008", "REQ-MOD-008")
def test_a_held_bag_is_not_made_with_the_bags_before_it() -> None:
    """Without the hold 96 and 72 h at 9 and 96 h at 28 would be 16.5 mL, 6 vials and not 7."""
    document = document_starting("2027-01-04T14:00", indication="consolidation",
                                 bags={"durations_h": [24, 48, 72, 96], "hospital_days": 0})  # fmt: skip
    stop = interruption("2027-01-14T14:00-05:00", "2027-01-17T14:00-05:00", "grade-3")
    plan = make_plan(replace(order_of(document), interruptions=(stop,)), rulebook(), now=NOW)
    assert plan.totals is not None
    assert (plan.totals.vials, plan.vials_shared) == (26, 26)
    assert windows(plan)[5] == ("2027-01-23T14:00-05:00", "2027-01-24T14:00-05:00")
