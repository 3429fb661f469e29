"""The kit at the bench: what was outside 2–8 °C too long is stopped at its scan, and not released."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.engine import Database
from pharmacy_app.domain.cold_storage import TimeOutside
from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.product import Product
from pharmacy_app.intake.catalogue_csv import CatalogueCsv
from pharmacy_app.wording import load
from pharmacy_app.workflow.bench_scan import ScanStopped
from pharmacy_app.workflow.cold_storage import Handled
from pharmacy_app.workflow.record import keep
from pharmacy_app.workflow.stock_desk import Stock
from tests.support.bench import SALINE, STABILIZER, VIAL, WATER, Day, prepared, scan_of, tag, up_to
from tests.support.stations import TECHNICIAN

WORDS = load()


@pytest.fixture
def day(database: Database) -> Day:
    day = Day(database)
    day.stock()
    day.hire()
    return day


def without_limit(day: Day) -> None:
    """The site has not set how long the kit may be outside."""
    day.book = replace(day.book, site=replace(day.book.site, kit_room_limit=None))


def out(day: Day, product: Product, time: str = "") -> None:
    Stock(day.station(TECHNICIAN), CatalogueCsv()).take_out(Handled(product.code, "A1", time, "Delivery"))


def back(day: Day, product: Product, time: str = "") -> None:
    Stock(day.station(TECHNICIAN), CatalogueCsv()).put_back(Handled(product.code, "A1", time, "Put away"))


def was_out(day: Day, product: Product, **span: float) -> None:
    """The lot was out for so long, and is back."""
    out(day, product)
    day.later(**span)
    back(day, product)


def waiting_for(day: Day, product: Product) -> str:
    """A bag that waits for this product."""
    serial = day.bench().start(day.accept(), 1)
    if product is VIAL:
        up_to(day, serial, "reconstitute")
        day.bench().scan(serial, scan_of(WATER))
    else:
        up_to(day, serial, "stabilizer")
        day.bench().scan(serial, tag(serial))
    return serial


@pytest.mark.req("REQ-BUD-007")
@pytest.mark.parametrize("product", [VIAL, STABILIZER], ids=["vial", "stabilizer"])
@pytest.mark.parametrize(
    ("minutes", "limit", "code"),
    [(481, True, "lot.outside-too-long"), (1, False, "lot.outside-no-limit")],
    ids=["over", "no limit"],
)
def test_what_was_outside_too_long_or_without_a_limit_stops_at_the_scan(
    day: Day, product: Product, minutes: int, *, limit: bool, code: str
) -> None:
    serial = waiting_for(day, product)
    was_out(day, product, minutes=minutes)
    if not limit:
        without_limit(day)
    before = day.bench().view(serial).bag
    with pytest.raises(ScanStopped) as stopped:
        day.bench().scan(serial, scan_of(product))
    assert [each.code for each in stopped.value.findings] == [code]
    assert day.bench().view(serial).bag == before


@pytest.mark.req("REQ-BUD-007")
def test_a_lot_that_is_out_within_its_limit_is_taken_with_a_note_of_what_is_left(day: Day) -> None:
    serial = waiting_for(day, VIAL)
    assert day.bench().view(serial).notes == ()
    out(day, VIAL)
    day.later(hours=3)
    day.bench().scan(serial, scan_of(VIAL))
    day.later(minutes=10)
    assert [WORDS.finding(each) for each in day.bench().view(serial).notes] == [
        (
            "Blinatumomab vial, lot A1, is out of the refrigerator: 3 h 10 min outside 2–8 °C so far, "
            "limit 8 h, 4 h 50 min left."
        )
    ]
    back(day, VIAL)
    assert day.bench().view(serial).notes == ()


@pytest.mark.req("REQ-BUD-007")
def test_a_lot_that_passes_its_limit_while_the_bag_is_made_stops_the_next_vial(day: Day) -> None:
    serial = waiting_for(day, VIAL)
    out(day, VIAL)
    day.later(hours=8)
    day.bench().scan(serial, scan_of(VIAL, 1))
    day.later(minutes=1)
    assert day.bench().view(serial).notes == ()
    with pytest.raises(ScanStopped) as stopped:
        day.bench().scan(serial, scan_of(VIAL, 2))
    assert [each.code for each in stopped.value.findings] == ["lot.outside-too-long"]


def refused_at_release(day: Day, serial: str) -> list[str]:
    with pytest.raises(RulesRefused) as refused:
        day.release(serial)
    return [WORDS.finding(each) for each in refused.value.findings]


@pytest.mark.req("REQ-BUD-007")
def test_what_comes_to_light_about_a_lot_before_its_scan_stops_the_release(day: Day) -> None:
    day.later(hours=10)  # 19:00; the lot came at 09:00
    serial = prepared(day, day.accept(start_at="2026-11-24T14:00"))
    out(day, VIAL, "10:00")
    assert refused_at_release(day, serial) == [
        "Lot A1 in this bag had been outside 2–8 °C for 9 h when it was scanned, limit 8 h."
    ]
    back(day, VIAL, "18:00")
    day.release(serial)


@pytest.mark.req("REQ-BUD-007")
def test_time_outside_after_the_scan_is_none_of_the_bag(day: Day) -> None:
    serial = prepared(day, day.accept())
    day.later(minutes=1)
    out(day, VIAL)
    out(day, STABILIZER)
    without_limit(day)
    day.release(serial)


@pytest.mark.req("REQ-BUD-007")
def test_a_stay_of_what_is_no_part_of_the_kit_stops_nothing(day: Day) -> None:
    """It was in the catalogue as a vial by mistake when the stay was recorded."""
    stay = TimeOutside(SALINE.code, "A1", 1, day.now, None, "Delivery")
    with day.database() as work:
        keep(
            work, work.times_outside, stay, act="kit-taken-out", thing="lot A1", actor=TECHNICIAN, at=day.now,
            site=day.book.site,
        )  # fmt: skip
        work.commit()
    without_limit(day)
    day.release(prepared(day, day.accept()))


@pytest.mark.req("REQ-BUD-007")
def test_without_a_limit_a_bag_of_a_lot_that_was_out_is_not_released(day: Day) -> None:
    was_out(day, STABILIZER, minutes=30)
    serial = prepared(day, day.accept())
    without_limit(day)
    assert refused_at_release(day, serial) == [
        (
            "Lot A1 in this bag had been outside 2–8 °C for 30 min when it was scanned. "
            "This pharmacy has set no limit."
        )
    ]
