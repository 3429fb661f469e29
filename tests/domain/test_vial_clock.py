"""The first vial's clock: 4 h at room temperature from its scan, whatever came after it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from pharmacy_app.domain.bag_event import (
    BagEvent,
    Happening,
    Measured,
    ProductScanned,
    Reading,
    Started,
    TagScanned,
)
from pharmacy_app.domain.bag_on_file import Bag, bag_of_events
from pharmacy_app.domain.finding import Finding, Mark, Severity
from pharmacy_app.domain.product import ProductKind
from pharmacy_app.domain.quantity import DoseRate, Volume
from pharmacy_app.domain.vial_clock import check_drawn_in_time, check_vials_age, vials_good_until
from tests.support.rulebooks import protocol

pytestmark = pytest.mark.req("REQ-MIX-008")

TORONTO = ZoneInfo("America/Toronto")
NINE = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)  # 09:00 in Toronto
STARTED = Started("RX-1", 1, 96, DoseRate(Decimal(28)), 1, "p", "q", commissioned=False, bench="Bench 2")
DRUG = Measured("drug", (Reading("20 mL syringe", Volume(Decimal("10.6"))),), None)
TAG = TagScanned("drug", None)


def unit(kind: ProductKind, step: str = "reconstitute") -> ProductScanned:
    return ProductScanned(step, kind, "02000000000015", "A1", date(2027, 11, 30), "U1", None)


WATER, VIAL = unit(ProductKind.STERILE_WATER), unit(ProductKind.DRUG_VIAL)


def bag(*happened: tuple[Happening, timedelta]) -> Bag:
    """A bag that was started at 09:00, and to which this happened so long after."""
    events = [
        BagEvent("2611230001", number, NINE + after, "mroy", "Bench 2", what)
        for number, (what, after) in enumerate([(STARTED, timedelta(0)), *happened], start=1)
    ]
    made = bag_of_events(events)
    assert made is not None
    return made


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def codes(found: tuple[Finding, ...]) -> list[str]:
    return [each.code for each in found]


def at_bench(made: Bag, after: timedelta) -> tuple[Finding, ...]:
    return check_vials_age(made, protocol(), now=NINE + after, zone=TORONTO)


def at_release(made: Bag) -> tuple[Finding, ...]:
    return check_drawn_in_time(made, protocol(), zone=TORONTO)


SCANNED = ((WATER, minutes(5)), (VIAL, minutes(10)), (VIAL, minutes(40)))


def test_the_clock_runs_from_the_first_vial_s_scan_not_from_the_water_or_a_later_vial() -> None:
    assert vials_good_until(bag(*SCANNED), protocol()) == datetime(2026, 11, 23, 18, 10, tzinfo=UTC)


def test_before_a_vial_was_scanned_no_clock_runs() -> None:
    made = bag((WATER, minutes(5)))
    assert vials_good_until(made, protocol()) is None
    assert at_bench(made, timedelta(days=1)) == at_release(made) == ()


def test_one_more_vial_does_not_wind_the_clock_up() -> None:
    made = bag(*SCANNED, (unit(ProductKind.DRUG_VIAL, "drug"), minutes(200)))
    assert vials_good_until(made, protocol()) == datetime(2026, 11, 23, 18, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("after", "is_over"),
    [(minutes(250), False), (minutes(250) + timedelta(microseconds=1), True), (minutes(251), True)],
)
def test_4_h_after_it_drug_may_be_drawn_up_and_later_not(after: timedelta, is_over: bool) -> None:
    assert codes(at_bench(bag(*SCANNED), after)) == ["measure.vials-too-old"] * is_over
    drawn = bag(*SCANNED, (TAG, minutes(50)), (DRUG, after))
    assert codes(at_release(drawn)) == ["verify.vials-too-old"] * is_over


def test_what_is_said_of_vials_that_are_too_old_names_their_time_and_the_limit() -> None:
    (stop,) = at_bench(bag(*SCANNED), minutes(251))
    assert (stop.severity, stop.requirement, stop.source) == (Severity.STOP, "REQ-MIX-008", Mark.PUBLISHED)
    assert dict(stop.values) == {"scanned": "2026-NOV-23 09:10", "hours": "4"}
    (stop,) = at_release(bag(*SCANNED, (DRUG, minutes(251))))
    assert dict(stop.values) == {"scanned": "2026-NOV-23 09:10", "hours": "4", "drawn": "2026-NOV-23 13:11"}


def test_the_release_asks_when_the_drug_was_recorded_not_what_happened_later() -> None:
    made = bag(*SCANNED, (DRUG, minutes(60)), (TagScanned("look-at-bag", None), minutes(900)))
    assert at_release(made) == ()


@pytest.mark.parametrize(("back", "codes_"), [(minutes(9), []), (minutes(8), ["vials-clock"])])
def test_a_clock_that_went_back_behind_the_first_vial_by_over_a_minute_is_a_stop(
    back: timedelta, codes_: list[str]
) -> None:
    assert codes(at_bench(bag(*SCANNED), back)) == [f"measure.{each}" for each in codes_]
    between = bag(*SCANNED, (TAG, back), (DRUG, minutes(60)))
    assert codes(at_bench(between, minutes(70))) == [f"measure.{each}" for each in codes_]
    assert codes(at_release(between)) == [f"verify.{each}" for each in codes_]
    assert codes(at_release(bag(*SCANNED, (DRUG, back)))) == [f"verify.{each}" for each in codes_]


def test_what_is_said_of_a_clock_that_was_wrong_names_both_times() -> None:
    (stop,) = at_bench(bag(*SCANNED), minutes(0))
    assert dict(stop.values) == {"scanned": "2026-NOV-23 09:10", "later": "2026-NOV-23 09:00"}
    assert stop.severity is Severity.STOP
