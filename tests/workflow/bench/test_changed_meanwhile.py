"""What changed between a scan and the release: the catalogue, a clock, the patient's weight."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from db.engine import Database
from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.product import Lot, LotState, Product
from pharmacy_app.domain.quantity import Weight
from pharmacy_app.domain.supply import HowFilled
from pharmacy_app.domain.weight import WeightTyped
from pharmacy_app.workflow.record import keep
from pharmacy_app.workflow.weight import add_weight
from tests.support.bench import (
    BAG,
    EXPIRES,
    FILLED_BAG,
    FILTER,
    FILTER_TUBING,
    REASON,
    TUBING,
    VIAL,
    WATER,
    Day,
    do_step,
    keep_lot,
    prepared,
    read,
    scan_of,
    tag,
    up_to,
)
from tests.support.stations import PHARMACIST

FILLED = HowFilled.BAG_OF_KNOWN_FILL


@pytest.fixture
def day(database: Database) -> Day:
    day = Day(database)
    day.stock()
    day.hire()
    return day


def not_released(day: Day, serial: str) -> set[str]:
    with pytest.raises(RulesRefused) as refusal:
        day.release(serial)
    return {each.code for each in refusal.value.findings}


def keep_product(day: Day, product: Product) -> None:
    with day.database() as work:
        keep(
            work, work.products, product, act="product-kept", thing=f"product {product.code}",
            actor=PHARMACIST, at=day.now, site=day.book.site,
        )  # fmt: skip
        work.commit()


@pytest.mark.req("REQ-SUP-001")
def test_a_bag_whose_plastic_turns_out_to_have_dehp_is_not_released(day: Day) -> None:
    serial = prepared(day, day.accept())
    keep_product(day, replace(BAG, dehp=True))
    assert not_released(day, serial) == {"supply.bag-dehp"}


@pytest.mark.req("REQ-SUP-002")
def test_a_filter_that_turns_out_not_to_be_built_in_is_missing_at_the_release(day: Day) -> None:
    serial = day.bench().start(day.accept(), 1)
    bench = up_to(day, serial, "supplies")
    for product in (BAG, FILTER_TUBING):
        bench.scan(serial, scan_of(product))
    up_to(day, serial, "")
    keep_product(day, replace(TUBING, code=FILTER_TUBING.code))
    assert not_released(day, serial) == {"verify.step-open"}


@pytest.mark.req("REQ-BUD-004")
def test_a_bag_mixed_by_a_clock_that_was_ahead_is_not_released(day: Day) -> None:
    serial = day.bench().start(day.accept(), 1)
    bench = up_to(day, serial, "saline-preservative-free")
    day.later(days=1)
    do_step(day, serial, bench)
    day.later(days=-1)
    up_to(day, serial, "")
    assert not_released(day, serial) == {"verify.mixed-later"}
    day.later(days=1)  # nor once the wrong time has come
    assert "verify.mixed-later" in not_released(day, serial)


@pytest.mark.req("REQ-BUD-004")
def test_two_clocks_that_are_a_minute_apart_keep_nothing_from_its_release(day: Day) -> None:
    serial = prepared(day, day.accept())
    day.later(seconds=-60)
    bag = day.release(serial)
    assert bag.mixed_at == day.now + timedelta(minutes=1)


@pytest.mark.req("REQ-ORD-012")
def test_a_weight_below_45_kg_stops_the_work_at_the_bench(day: Day) -> None:
    number = day.accept()
    serial = day.bench().start(number, 1)
    bench = up_to(day, serial, "reconstitute")
    light = Weight(Decimal("44.9"))
    add_weight(number, WeightTyped(light, day.now.date(), light, "Lost weight"), day.station(PHARMACIST))
    with pytest.raises(RulesRefused) as refusal:
        bench.scan(serial, scan_of(WATER))
    assert {each.code for each in refusal.value.findings} == {"verify.weight-below"}
    bench.abandon(serial, REASON, vials=0)


@pytest.mark.req("REQ-SUP-008")
def test_a_vial_is_the_same_one_whatever_lot_is_typed_beside_its_serial(day: Day) -> None:
    keep_lot(day, Lot(VIAL.code, "B2", EXPIRES, 10, day.now, LotState.AVAILABLE, ""))
    serial = day.bench().start(day.accept(), 1)
    bench = up_to(day, serial, "reconstitute")
    for unit in (scan_of(WATER), scan_of(VIAL, 1)):
        bench.scan(serial, unit)
    with pytest.raises(RulesRefused) as refusal:
        bench.scan(serial, scan_of(VIAL, 1, lot="B2"))
    assert {each.code for each in refusal.value.findings} == {"scan.same-unit"}


@pytest.mark.req("REQ-MIX-005")
@pytest.mark.parametrize(
    ("fill", "code"),
    [
        ("0", "measure.not-above-zero"),
        ("-16.2", "measure.not-above-zero"),  # with stabilizer and drug the bag would hold nothing
        ("500.1", "measure.fill-above-size"),
    ],
)
def test_a_known_fill_is_above_zero_and_not_more_than_the_bag_holds(day: Day, fill: str, code: str) -> None:
    serial = day.bench().start(day.accept(), 1)
    bench = up_to(day, serial, "supplies")
    for product in (FILLED_BAG, TUBING, FILTER):
        bench.scan(serial, scan_of(product))
    up_to(day, serial, "saline-preservative-free")
    bench.scan(serial, tag(serial))
    with pytest.raises(RulesRefused) as refusal:
        bench.measure(serial, [read("known fill", fill)], FILLED)
    assert {each.code for each in refusal.value.findings} == {code}
