"""Until when a bag may be used, in elapsed hours."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from pharmacy_app.domain.beyond_use import (
    BeyondUse,
    check_not_expired,
    hangs_straight_from_refrigerator,
    storage_limits,
    times_of_use,
)
from pharmacy_app.domain.quantity import Duration
from pharmacy_app.domain.site import Site
from tests.support.protocols import altered
from tests.support.rulebooks import protocol, rulebook

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TORONTO = ZoneInfo("America/Toronto")


def hours(number: str | None) -> Duration | None:
    return None if number is None else Duration(Decimal(number))


def site(refrigerated: str | None, room: str | None) -> Site:
    """A site with these sterility limits, in hours."""
    return replace(rulebook().site, sterility_refrigerated=hours(refrigerated), sterility_room=hours(room))


LONG = site("1000", "1000")


@dataclass(frozen=True)
class Bag:
    """Hours from noon: prepared at 0, hung, changed."""

    duration_h: int = 96
    hang: int = 2
    change: int = 98


def use(
    bag: Bag = Bag(),
    *,
    of: Site = LONG,
    refrigerated: bool = True,
    room_time: str = "0",
) -> BeyondUse:
    return times_of_use(
        prepared_at=NOON,
        hang_at=NOON + timedelta(hours=bag.hang),
        change_at=NOON + timedelta(hours=bag.change),
        duration_h=bag.duration_h,
        protocol=protocol(),
        site=of,
        refrigerated=refrigerated,
        room_time=Duration(Decimal(room_time)),
    )


def after_noon(moment: datetime) -> float:
    return (moment - NOON) / timedelta(hours=1)


def codes(found: BeyondUse) -> list[str]:
    return [f"{each.severity.value} {each.code}" for each in found.findings]


@pytest.mark.req("REQ-BUD-002", "REQ-BUD-003", "REQ-BUD-004")
@pytest.mark.parametrize(
    ("bag", "sterility", "start_by", "limiting"),
    [
        (Bag(24, 230, 254), "1000", 240, "limit.stability-refrigerated"),  # 10 days
        (Bag(168, 330, 498), "1000", 336, "limit.stability-refrigerated"),  # 14 days
        (Bag(24, 40, 64), "48", 48, "limit.sterility-refrigerated"),
        (Bag(96, 2, 98), "1000", 98, "limit.change"),
        (Bag(24, 216, 240), "1000", 240, "limit.change"),  # at the same instant the change is named
    ],
)
def test_a_bag_is_started_by_the_earliest_of_stability_sterility_and_change(
    bag: Bag, sterility: str, start_by: int, limiting: str
) -> None:
    found = use(bag, of=site(sterility, "1000"))
    assert (after_noon(found.start_by), found.limiting) == (start_by, limiting)
    assert found.findings == ()


@pytest.mark.req("REQ-BUD-002", "REQ-BUD-004")
@pytest.mark.parametrize(
    ("sterility", "start_by", "limiting"), [("1000", 28, "limit.change"), ("20", 20, "limit.sterility-room")]
)
def test_a_bag_that_never_was_refrigerated_has_the_room_limits(
    sterility: str, start_by: int, limiting: str
) -> None:
    found = use(Bag(24, 4, 28), of=site("1", sterility), refrigerated=False)
    assert (after_noon(found.start_by), found.limiting) == (start_by, limiting)


@pytest.mark.req("REQ-BUD-002")
def test_stability_at_room_temperature_can_be_what_limits() -> None:
    found = use(Bag(24, 90, 114), refrigerated=False)
    assert (after_noon(found.start_by), found.limiting) == (96, "limit.stability-room")


@pytest.mark.req("REQ-BUD-004")
@pytest.mark.parametrize(
    ("bag", "sterility", "expires"),
    [
        (Bag(96, 2, 98), "1000", 98),  # hanging + 96 h
        (Bag(24, 2, 26), "1000", 50),  # started by the change at 26 at the latest, + 24 planned hours
        (Bag(24, 2, 26), "10", 34),  # started by 10, + 24
        (Bag(72, 2, 74), "1000", 98),  # hanging + 96 h
        (Bag(168, 2, 170), "1000", 170),
    ],
)
def test_a_bag_expires_at_the_earlier_of_start_by_plus_planned_hours_and_the_room_limit(
    bag: Bag, sterility: str, expires: int
) -> None:
    found = use(bag, of=site(sterility, "1000"))
    assert after_noon(found.expires) == expires
    assert found.findings == ()


@pytest.mark.req("REQ-BUD-004")
@pytest.mark.parametrize(("counted", "expires"), [("0", 98), ("1", 97), ("1.5", 96.5), ("24", 74)])
def test_room_time_counted_so_far_comes_off(counted: str, expires: float) -> None:
    assert after_noon(use(Bag(72, 2, 74), room_time=counted).expires) == expires


@pytest.mark.req("REQ-BUD-002", "REQ-BUD-004")
@pytest.mark.parametrize("counted", ["0", "1"])
def test_a_bag_that_never_was_refrigerated_has_counted_since_it_was_prepared(counted: str) -> None:
    found = use(Bag(72, 10, 82), refrigerated=False, room_time=counted)
    assert after_noon(found.expires) == 96
    assert after_noon(use(Bag(72, 10, 82), refrigerated=False, room_time="12").expires) == 94


@pytest.mark.req("REQ-BUD-004")
def test_a_bag_that_expires_before_its_change_is_stopped_by_the_room_limit() -> None:
    found = use(Bag(96, 2, 98), room_time="1")
    assert codes(found) == ["stop beyond-use.expires-before-change"]
    assert dict(found.findings[0].values) == {"hours": "96"}
    assert use(Bag(72, 2, 74), room_time="24").findings == ()
    assert codes(use(Bag(72, 2, 74), room_time="24.1")) == ["stop beyond-use.expires-before-change"]


@pytest.mark.req("REQ-BUD-004")
@pytest.mark.parametrize(
    ("bag", "of", "limit", "number"),
    [
        (Bag(24, 241, 265), LONG, "limit.stability-refrigerated", "240"),
        (Bag(24, 49, 73), site("48", "1000"), "limit.sterility-refrigerated", "48"),
        (Bag(168, 337, 505), LONG, "limit.stability-refrigerated", "336"),
    ],
)
def test_a_bag_that_may_no_longer_be_hung_when_planned_is_stopped_and_the_limit_is_named(
    bag: Bag, of: Site, limit: str, number: str
) -> None:
    found = use(bag, of=of)
    assert codes(found) == ["stop beyond-use.start-by-before-hanging"]
    assert dict(found.findings[0].values) == {"limit": limit, "hours": number}


@pytest.mark.req("REQ-BUD-004")
def test_a_bag_may_be_hung_at_the_very_end_of_its_limit() -> None:
    assert use(Bag(24, 240, 264)).findings == ()
    assert use(Bag(24, 48, 72), of=site("48", "1000")).findings == ()


@pytest.mark.req("REQ-BUD-003")
def test_a_sterility_limit_that_is_not_set_stops_and_the_stability_still_counts() -> None:
    found = use(Bag(24, 230, 254), of=site(None, "1000"))
    assert codes(found) == ["stop beyond-use.sterility-not-set"]
    assert after_noon(found.start_by) == 240
    assert codes(use(Bag(24, 2, 26), of=site("1000", None), refrigerated=False)) == [
        "stop beyond-use.sterility-not-set"
    ]
    assert use(Bag(24, 2, 26), of=site("1000", None)).findings == ()


@pytest.mark.req("REQ-BUD-002", "REQ-BUD-003")
def test_the_limits_before_hanging_are_stability_and_sterility() -> None:
    limits, found = storage_limits(
        duration_h=96, protocol=protocol(), site=site("72", "12"), refrigerated=True
    )
    assert [(each.code, each.limit.number, each.source.value) for each in limits] == [
        ("limit.stability-refrigerated", "240", "R"),
        ("limit.sterility-refrigerated", "72", "S"),
    ]
    assert found == ()
    limits, _ = storage_limits(duration_h=168, protocol=protocol(), site=site("72", "12"), refrigerated=False)
    assert [(each.code, each.limit.number) for each in limits] == [
        ("limit.stability-room", "168"),
        ("limit.sterility-room", "12"),
    ]


@pytest.mark.req("REQ-BUD-004")
@pytest.mark.parametrize("zone", [UTC, TORONTO], ids=["instants", "clock times of Toronto"])
def test_times_are_reckoned_in_hours_that_really_pass_when_the_clock_goes_back(zone: ZoneInfo) -> None:
    # 2026-10-30 14:00 UTC-4, hung 2026-10-31 14:00; the clock goes back on 2026-11-01 at 02:00
    found = times_of_use(
        prepared_at=datetime(2026, 10, 30, 18, 0, tzinfo=UTC).astimezone(zone),
        hang_at=datetime(2026, 10, 31, 18, 0, tzinfo=UTC).astimezone(zone),
        change_at=datetime(2026, 11, 4, 18, 0, tzinfo=UTC).astimezone(zone),  # 13:00 in Toronto: 96 h
        duration_h=96,
        protocol=protocol(),
        site=site("48", "1000"),
    )
    assert found.start_by == datetime(2026, 11, 1, 18, 0, tzinfo=UTC)
    assert found.start_by.astimezone(TORONTO).isoformat() == "2026-11-01T13:00:00-05:00"
    assert found.expires == datetime(2026, 11, 4, 18, 0, tzinfo=UTC)
    assert found.findings == ()


@pytest.mark.req("REQ-BUD-004", "REQ-PLN-005")
@pytest.mark.parametrize("zone", [UTC, TORONTO], ids=["instants", "clock times of Toronto"])
def test_a_96_h_bag_to_the_same_clock_time_after_the_clock_went_back_is_stopped(zone: ZoneInfo) -> None:
    found = times_of_use(
        prepared_at=datetime(2026, 10, 30, 18, 0, tzinfo=UTC).astimezone(zone),
        hang_at=datetime(2026, 10, 31, 18, 0, tzinfo=UTC).astimezone(zone),  # 14:00 UTC-4
        change_at=datetime(2026, 11, 4, 19, 0, tzinfo=UTC).astimezone(zone),  # 14:00 UTC-5: 97 h
        duration_h=96,
        protocol=protocol(),
        site=LONG,
    )
    assert codes(found) == ["stop beyond-use.expires-before-change"]
    assert found.expires == datetime(2026, 11, 4, 18, 0, tzinfo=UTC)


@pytest.mark.req("REQ-BUD-004")
def test_times_are_reckoned_in_hours_that_really_pass_when_the_clock_goes_forward() -> None:
    hang_at = datetime(2027, 3, 13, 14, 0, tzinfo=TORONTO)
    change_at = datetime(2027, 3, 14, 14, 0, tzinfo=TORONTO)  # 23 h later
    found = times_of_use(
        prepared_at=hang_at,
        hang_at=hang_at,
        change_at=change_at,
        duration_h=24,
        protocol=protocol(),
        site=site("2", "1000"),
    )
    assert found.start_by == datetime(2027, 3, 13, 21, 0, tzinfo=UTC)
    assert found.expires == datetime(2027, 3, 14, 20, 0, tzinfo=UTC)  # 2 + 23 h


@pytest.mark.req("REQ-BUD-005")
@pytest.mark.parametrize(("seconds", "expired"), [(-1, False), (0, True), (1, True)])
def test_a_bag_is_expired_at_the_exact_instant(seconds: int, expired: bool) -> None:
    for zone in (UTC, TORONTO):
        now = (NOON + timedelta(seconds=seconds)).astimezone(zone)
        found = [f"{each.severity.value} {each.code}" for each in check_not_expired(expires=NOON, now=now)]
        assert found == (["stop beyond-use.expired"] if expired else [])


@pytest.mark.req("REQ-BUD-004", "REQ-LBL-001")
@pytest.mark.parametrize(
    ("duration_h", "straight"), [(24, False), (48, False), (72, False), (96, True), (168, True)]
)
def test_96_h_and_7_day_bags_hang_straight_from_the_refrigerator(duration_h: int, straight: bool) -> None:
    assert hangs_straight_from_refrigerator(duration_h=duration_h, protocol=protocol()) is straight


def test_a_longer_room_limit_leaves_hours_to_spare() -> None:
    longer = altered("preservative-free.room_limit", "100")
    assert not hangs_straight_from_refrigerator(duration_h=96, protocol=longer)
