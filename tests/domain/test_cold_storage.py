"""Time of the unopened kit outside 2–8 °C: counted for the whole lot, against a limit that the site sets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from pharmacy_app.domain.cold_storage import (
    KitLot,
    TimeOutside,
    check_outside,
    check_put_back,
    check_taken_out,
    outside,
    outside_of_lots,
)
from pharmacy_app.domain.finding import Finding
from pharmacy_app.domain.product import Product, ProductKind
from pharmacy_app.domain.quantity import Duration
from pharmacy_app.wording import load
from tests.support.products import DRUG_CODE, bag, drug_vial, filter_, lot, saline, tubing

TORONTO = ZoneInfo("America/Toronto")
EIGHT_HOURS = Duration(Decimal(8))
RECEIVED = datetime(2026, 11, 2, 14, 0, tzinfo=UTC)  # 09:00 in Toronto
WORDS = load()


def at(clock: str, day: int = 20) -> datetime:
    """A clock time in UTC, five hours before Toronto's."""
    hour, minute = clock.split(":")
    return datetime(2026, 11, day, int(hour), int(minute), tzinfo=UTC)


def stay(out_at: datetime, back_at: datetime | None = None, *, number: int = 1) -> TimeOutside:
    return TimeOutside(DRUG_CODE, "7K114", number, out_at, back_at, "counted")


def found(
    *stays: TimeOutside,
    now: datetime,
    limit: Duration | None = EIGHT_HOURS,
    product: Product | None = None,
) -> tuple[Finding, ...]:
    return check_outside(product or drug_vial(), "7K114", outside(stays, limit=limit, at=now))


def said(findings: tuple[Finding, ...]) -> list[str]:
    return [WORDS.finding(each) for each in findings]


@pytest.mark.req("REQ-BUD-007")
def test_a_lot_that_was_out_longer_than_the_limit_stops_and_names_lot_time_and_limit() -> None:
    assert said(found(stay(at("10:00"), at("18:01")), now=at("10:00", 21))) == [
        (
            "Blinatumomab 38.5 mcg, lot 7K114, was outside 2–8 °C for 8 h 1 min in all, limit 8 h. It "
            "counts for every unit of the lot. Do not use it."
        )
    ]


@pytest.mark.req("REQ-BUD-007")
@pytest.mark.parametrize(
    ("back_at", "codes"),
    [
        (at("18:00"), []),
        (at("18:00") + timedelta(microseconds=1), ["lot.outside-too-long"]),
    ],
)
def test_the_limit_itself_is_within_and_nothing_more(back_at: datetime, codes: list[str]) -> None:
    assert [each.code for each in found(stay(at("10:00"), back_at), now=at("20:00"))] == codes


@pytest.mark.req("REQ-BUD-007")
def test_several_stays_are_added_up() -> None:
    stays = [stay(at("08:00", day), at("11:00", day), number=day) for day in (1, 2)]
    assert found(*stays, now=at("12:00", 3)) == ()
    stays.append(stay(at("08:00", 3), at("10:01", 3), number=3))
    assert [each.code for each in found(*stays, now=at("12:00", 3))] == ["lot.outside-too-long"]


@pytest.mark.req("REQ-BUD-007")
def test_while_a_lot_is_out_its_time_runs_on_and_the_note_says_what_is_left() -> None:
    before = stay(at("08:00", 19), at("09:30", 19))
    assert said(found(before, stay(at("10:00"), number=2), now=at("11:40") + timedelta(seconds=20))) == [
        (
            "Blinatumomab 38.5 mcg, lot 7K114, is out of the refrigerator: 3 h 11 min outside 2–8 °C so far, "
            "limit 8 h, 4 h 49 min left."
        )
    ]
    too_long = found(before, stay(at("10:00"), number=2), now=at("16:31"))
    assert [each.code for each in too_long] == ["lot.outside-too-long"]


@pytest.mark.req("REQ-BUD-007")
@pytest.mark.parametrize("back_at", [None, at("10:00")])
def test_without_a_limit_of_the_site_any_stay_outside_stops(back_at: datetime | None) -> None:
    (stop,) = found(stay(at("10:00"), back_at), now=at("10:00"), limit=None)
    assert stop.code == "lot.outside-no-limit"
    assert found(now=at("10:00"), limit=None) == (), "a lot that was never out"


@pytest.mark.req("REQ-BUD-007")
def test_a_stay_counts_from_when_it_began_and_not_before() -> None:
    later = stay(at("10:00"))
    assert outside([later], limit=EIGHT_HOURS, at=at("09:59")) is None
    was = outside([stay(at("10:00"), at("12:00"))], limit=EIGHT_HOURS, at=at("11:00"))
    assert was is not None
    assert (was.spent, was.since) == (timedelta(hours=1), at("10:00"))


@pytest.mark.req("REQ-BUD-007")
def test_each_lot_has_its_own_time() -> None:
    other = TimeOutside(DRUG_CODE, "OTHER", 1, at("10:00"), at("11:00"), "counted")
    found_of = outside_of_lots([stay(at("10:00")), other], limit=EIGHT_HOURS, at=at("12:00"))
    spent = {key.split("\n")[1]: was.spent for key, was in found_of.items()}
    assert spent == {"7K114": timedelta(hours=2), "OTHER": timedelta(hours=1)}


@pytest.mark.req("REQ-BUD-007")
def test_vials_and_stabilizer_are_the_kit_and_nothing_else_is() -> None:
    of_each = {
        ProductKind.STABILIZER: saline(kind=ProductKind.STABILIZER),
        ProductKind.DRUG_VIAL: drug_vial(),
        ProductKind.STERILE_WATER: saline(kind=ProductKind.STERILE_WATER),
        ProductKind.SALINE_PRESERVATIVE_FREE: saline(),
        ProductKind.SALINE_BACTERIOSTATIC: saline(kind=ProductKind.SALINE_BACTERIOSTATIC),
        ProductKind.BAG: bag(),
        ProductKind.TUBING: tubing(),
        ProductKind.FILTER: filter_(),
    }
    assert set(of_each) == set(ProductKind)
    long = stay(at("10:00", 1), at("10:00", 5))
    stopped = {kind for kind, product in of_each.items() if found(long, now=at("10:00"), product=product)}
    refused = {kind for kind, product in of_each.items() if taken_out(at("10:00"), product=product)}
    assert stopped == {ProductKind.STABILIZER, ProductKind.DRUG_VIAL}
    assert set(ProductKind) - refused == stopped


def kit(*stays: TimeOutside, product: Product | None = None) -> KitLot:
    return KitLot(product or drug_vial(), lot(), RECEIVED, stays)


def taken_out(out_at: datetime, *stays: TimeOutside, product: Product | None = None) -> list[str]:
    return said(check_taken_out(kit(*stays, product=product), out_at, now=at("12:00"), zone=TORONTO))


def put_back(back_at: datetime, *stays: TimeOutside, product: Product | None = None) -> list[str]:
    return said(check_put_back(kit(*stays, product=product), back_at, now=at("12:00"), zone=TORONTO))


@pytest.mark.req("REQ-BUD-007")
def test_only_a_lot_of_the_kit_is_taken_out_or_put_back() -> None:
    expected = [
        (
            "Sodium chloride 0.9 %, no preservative is no part of the kit. Time outside 2–8 °C is counted "
            "for drug vials and stabilizer."
        )
    ]
    assert taken_out(at("11:00"), product=saline()) == expected
    assert put_back(at("11:00"), product=saline()) == expected


@pytest.mark.req("REQ-BUD-007")
def test_a_lot_that_is_out_is_not_taken_out_again() -> None:
    assert taken_out(at("11:00"), stay(at("10:00"))) == [
        (
            "Blinatumomab 38.5 mcg, lot 7K114, has been out of the refrigerator since 2026-NOV-20 05:00. "
            "Expected first when it was put back."
        )
    ]
    assert taken_out(at("11:00"), stay(at("10:00"), at("10:30"))) == []


@pytest.mark.req("REQ-BUD-007")
@pytest.mark.parametrize("stays", [(), (stay(at("10:00"), at("10:30")),)], ids=["never out", "back"])
def test_a_lot_that_is_not_out_is_not_put_back(stays: tuple[TimeOutside, ...]) -> None:
    assert put_back(at("11:00"), *stays) == [
        "Blinatumomab 38.5 mcg, lot 7K114, is in the refrigerator. Expected first when it was taken out."
    ]


@pytest.mark.req("REQ-BUD-007")
def test_a_time_that_has_not_come_is_refused() -> None:
    expected = ["Given 2026-NOV-20 07:01. It is 2026-NOV-20 07:00: expected a time that has come."]
    assert taken_out(at("12:01")) == expected
    assert put_back(at("12:01"), stay(at("10:00"))) == expected
    assert taken_out(at("12:00")) == []
    assert put_back(at("12:00"), stay(at("10:00"))) == []


@pytest.mark.req("REQ-BUD-007")
def test_nothing_happened_to_a_lot_before_it_was_received() -> None:
    assert taken_out(RECEIVED - timedelta(minutes=1)) == [
        "Given 2026-NOV-02 08:59. Lot 7K114 was received 2026-NOV-02 09:00: expected a time from then on."
    ]
    assert taken_out(RECEIVED) == []


@pytest.mark.req("REQ-BUD-007")
def test_a_lot_is_taken_out_not_before_its_last_return() -> None:
    before = stay(at("09:00"), at("10:00"))
    assert taken_out(at("09:59"), before) == [
        "Given 2026-NOV-20 04:59. Lot 7K114 was put back 2026-NOV-20 05:00: expected a time from then on."
    ]
    assert taken_out(at("10:00"), before) == []


@pytest.mark.req("REQ-BUD-007")
def test_a_lot_is_put_back_not_before_it_was_taken_out() -> None:
    assert put_back(at("09:59"), stay(at("10:00"))) == [
        "Given 2026-NOV-20 04:59. Lot 7K114 was taken out 2026-NOV-20 05:00: expected a time from then on."
    ]
    assert put_back(at("10:00"), stay(at("10:00"))) == []


@pytest.mark.req("REQ-BUD-007")
def test_everything_that_is_wrong_is_said_at_once() -> None:
    everything = check_taken_out(kit(stay(at("10:00"))), RECEIVED - timedelta(1), now=RECEIVED, zone=TORONTO)
    assert [each.code for each in everything] == ["stock.outside-already", "stock.outside-before-received"]
