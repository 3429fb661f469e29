"""The vials' 4 h at room temperature: at the volume, at another vial, at the release, after a power loss."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from db.engine import Database
from pharmacy_app.domain.audit import EVERY_ENTRY
from pharmacy_app.domain.bag import BagState
from pharmacy_app.domain.bag_event import Measured
from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.workflow.bench_scan import ScanStopped
from pharmacy_app.workflow.bench_turn import turn
from tests.support.bench import REASON, VIAL, WATER, Day, read, right_scans, scan_of, up_to

pytestmark = pytest.mark.req("REQ-MIX-008")

RIGHT = [read("10 mL syringe", "10"), read("1 mL syringe", "0.7")]
LIMIT = timedelta(hours=4)
TOO_LATE = timedelta(hours=4, minutes=1)


@pytest.fixture
def day(database: Database) -> Day:
    day = Day(database)
    day.stock()
    day.hire()
    return day


def at_drug(day: Day) -> str:
    """A bag that waits for its drug, all at one moment."""
    serial = day.bench().start(day.accept(), 1)
    bench = up_to(day, serial, "drug")
    for scan in right_scans(day, serial, bench):
        bench.scan(serial, scan)
    return serial


def newest_entry(day: Day) -> tuple[str, str, object]:
    with day.database(reading=True) as work:
        (entry,) = work.audit.entries(EVERY_ENTRY, limit=1)
    return entry.act, entry.thing, json.loads(entry.facts)["findings"]


def test_4_h_after_the_first_vial_s_scan_the_drug_goes_in(day: Day) -> None:
    serial = at_drug(day)
    day.now += LIMIT
    assert day.bench().measure(serial, RIGHT).measured_at("drug") is not None


def test_4_h_1_min_after_it_the_drug_is_refused_and_the_refusal_recorded(day: Day) -> None:
    serial = at_drug(day)
    day.now += TOO_LATE
    before = day.bench().view(serial).bag
    with pytest.raises(RulesRefused) as refusal:
        day.bench().measure(serial, RIGHT)
    (stop,) = refusal.value.findings
    assert (stop.code, dict(stop.values)) == (
        "measure.vials-too-old", {"scanned": "2026-NOV-23 09:00", "hours": "4"}
    )  # fmt: skip
    assert newest_entry(day) == ("volume-refused", f"bag {serial}", "measure.vials-too-old")
    assert day.bench().view(serial).bag == before


@pytest.mark.parametrize(("after", "is_taken"), [(LIMIT, True), (TOO_LATE, False)])
def test_one_more_vial_is_scanned_within_the_first_one_s_time_alone(
    day: Day, after: timedelta, is_taken: bool
) -> None:
    serial = at_drug(day)
    day.bench().one_more_vial(serial, "Vial 4 gave 2.1 mL")
    day.now += after
    if is_taken:
        assert len(day.bench().scan(serial, scan_of(VIAL, 5)).vials) == 5
        return
    with pytest.raises(ScanStopped) as refusal:
        day.bench().scan(serial, scan_of(VIAL, 5))
    assert [each.code for each in refusal.value.findings] == ["measure.vials-too-old"]
    assert newest_entry(day) == ("scan-stopped", f"bag {serial}", "measure.vials-too-old")
    assert len(day.bench().view(serial).bag.vials) == 4


def test_a_second_vial_is_not_opened_beside_a_first_one_that_is_too_old(day: Day) -> None:
    serial = day.bench().start(day.accept(), 1)
    bench = up_to(day, serial, "reconstitute")
    bench.scan(serial, scan_of(VIAL, 1))
    day.now += TOO_LATE
    with pytest.raises(ScanStopped) as refusal:
        bench.scan(serial, scan_of(VIAL, 2))
    assert [each.code for each in refusal.value.findings] == ["measure.vials-too-old"]
    bench.scan(serial, scan_of(WATER))  # nothing but vials is about their age


def test_too_old_vials_end_with_their_bag_and_new_ones_begin_with_another(day: Day) -> None:
    serial = at_drug(day)
    number = day.bench().view(serial).order.order_number
    day.now += TOO_LATE
    assert day.bench().abandon(serial, "The vials stood too long", vials=4).state is BagState.ABANDONED
    again = day.bench().start(number, 1)
    day.units_before = 4
    up_to(day, again, "look-at-bag")
    assert len(day.bench().view(again).bag.vials) == 4


def test_after_a_power_loss_the_clock_goes_on_from_the_record(day: Day) -> None:
    serial = at_drug(day)
    began = day.now
    after = Day(day.database, now=began + TOO_LATE)
    assert after.bench().view(serial).vials_good_until == began + LIMIT
    with pytest.raises(RulesRefused):
        after.bench().measure(serial, RIGHT)


def test_a_clock_set_back_behind_the_first_vial_stops_the_drug(day: Day) -> None:
    serial = day.bench().start(day.accept(), 1)
    day.later(hours=1)  # the clock is ahead while the vials are scanned
    bench = up_to(day, serial, "drug")
    for scan in right_scans(day, serial, bench):
        bench.scan(serial, scan)
    day.later(hours=-1)
    with pytest.raises(RulesRefused) as refusal:
        bench.measure(serial, RIGHT)
    assert [each.code for each in refusal.value.findings] == ["measure.vials-clock"]


@pytest.mark.parametrize(("after", "codes"), [(LIMIT, set()), (TOO_LATE, {"verify.vials-too-old"})])
def test_the_release_asks_the_vials_age_again_by_the_record(
    day: Day, after: timedelta, codes: set[str]
) -> None:
    serial = at_drug(day)
    day.now += after
    with turn(day.station(), serial) as now:  # as a record has it whose bench did not ask
        now.keep(Measured("drug", tuple(RIGHT), None))
        now.work.commit()
    up_to(day, serial, "")
    if not codes:
        assert day.release(serial).state is BagState.RELEASED
        return
    with pytest.raises(RulesRefused) as refusal:
        day.release(serial)
    assert {each.code for each in refusal.value.findings} == codes
    (stop,) = refusal.value.findings
    assert dict(stop.values) == {
        "scanned": "2026-NOV-23 09:00", "drawn": "2026-NOV-23 13:01", "hours": "4",
    }  # fmt: skip
    assert newest_entry(day) == ("release-refused", f"bag {serial}", "verify.vials-too-old")
    day.verification().reject(serial, REASON)
