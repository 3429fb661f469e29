"""Taking a bag: one at a bench, by one station, and not before its time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from db.engine import Database
from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.quantity import Volume
from tests.support.bench import REASON, Day, up_to
from tests.support.stations import TECHNICIAN

OWN = {"drug": Volume(Decimal("10.7")), "total": Volume(Decimal("286.2"))}  # the protocol's table


@pytest.fixture
def day(database: Database) -> Day:
    day = Day(database)
    day.stock()
    day.hire()
    return day


def codes(refusal: pytest.ExceptionInfo[RulesRefused]) -> set[str]:
    return {each.code for each in refusal.value.findings}


@pytest.mark.req("REQ-VER-007")
def test_one_bag_is_open_at_a_bench(day: Day) -> None:
    number = day.accept()
    first = day.bench().start(number, 1)
    with pytest.raises(RulesRefused) as refusal:
        day.bench().start(number, 2)
    assert codes(refusal) == {"bench.another-open"}
    day.bench().abandon(first, REASON, vials=0)
    assert day.bench().start(number, 2) == "2611230002"


@pytest.mark.req("REQ-VER-007")
def test_two_stations_cannot_take_the_same_bag(day: Day) -> None:
    number = day.accept()
    day.bench().start(number, 1)
    elsewhere = replace(TECHNICIAN, station="Bench 2")
    with pytest.raises(RulesRefused) as refusal:
        day.bench(elsewhere).start(number, 1)
    assert codes(refusal) == {"bench.made-already"}


@pytest.mark.req("REQ-VER-007")
def test_a_bag_goes_on_at_its_own_bench_until_it_is_taken_over(day: Day) -> None:
    serial = day.bench().start(day.accept(), 1)
    elsewhere = replace(TECHNICIAN, station="Bench 2")
    with pytest.raises(RulesRefused) as refusal:
        up_to(day, serial, "supplies", actor=elsewhere)
    assert codes(refusal) == {"bench.elsewhere"}
    day.bench(elsewhere).take_over(serial)
    up_to(day, serial, "supplies", actor=elsewhere)
    with pytest.raises(RulesRefused):
        up_to(day, serial, "reconstitute")


def test_the_first_full_dose_bag_after_a_restart_is_not_mixed(day: Day) -> None:
    event = {"event": "crs", "grade": 3, "restart_on_infusion_day": 1, "reason": "see chart"}
    doses = [
        {"from_day": 1, "to_day": 7, "mcg_per_day": "9"},
        {"from_day": 8, "to_day": 28, "mcg_per_day": "28"},
    ]
    number = day.accept(96, 72, 96, 96, 96, 96, 96, 24, dose_modification=event, prescribed=doses)
    day.now = datetime(2026, 11, 30, 14, 0, tzinfo=UTC)
    with pytest.raises(RulesRefused) as refusal:
        day.bench().start(number, 3)
    assert "bench.held-after-toxicity" in codes(refusal)
