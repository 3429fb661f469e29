"""Every wrong scan at the bench is stopped, told apart and recorded; the right one goes on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from db.engine import Database
from pharmacy_app.domain.product import Lot, LotState, Product
from pharmacy_app.domain.scan import BagScan, Scan, TextScan
from pharmacy_app.workflow.bench_scan import ScanStopped
from pharmacy_app.workflow.people import Credentials
from tests.support.bench import (
    BACTERIOSTATIC,
    BAG,
    DEHP_TUBING,
    EXPIRES,
    FILLED_BAG,
    FILTER,
    FILTER_TUBING,
    SALINE,
    SECRET,
    STABILIZER,
    TUBING,
    UNKNOWN_BAG,
    VIAL,
    WATER,
    Day,
    keep_lot,
    prepared,
    scan_of,
    tag,
    up_to,
)
from tests.support.stations import PHARMACIST, TECHNICIAN


@pytest.fixture
def day(database: Database) -> Day:
    day = Day(database)
    day.stock()
    day.hire()
    return day


def stopped(day: Day, serial: str, scan: Scan) -> set[str]:
    """The codes of the stop that a scan brings; the bag is as it was before."""
    before = day.bench().view(serial).bag
    with pytest.raises(ScanStopped) as refusal:
        day.bench().scan(serial, scan)
    assert day.bench().view(serial).bag == before
    return {each.code for each in refusal.value.findings}


def at_step(day: Day, step: str, *sequence_h: int) -> str:
    """A bag that waits at this step."""
    serial = day.bench().start(day.accept(*sequence_h), 1)
    up_to(day, serial, step)
    return serial


@pytest.mark.req("REQ-VER-007")
def test_nothing_is_taken_before_the_tag_of_the_bag_was_scanned(day: Day) -> None:
    serial = day.bench().start(day.accept(), 1)
    assert stopped(day, serial, scan_of(BAG)) == {"scan.tag-first"}


@pytest.mark.req("REQ-VER-007")
@pytest.mark.parametrize(
    ("scan", "code"),
    [
        (BagScan("2611230002", 0, ""), "scan.another-bag"),
        (BagScan("2611230001", 1, ""), "scan.label-not-tag"),
        (BagScan("0000000001", 0, ""), "scan.specimen"),
    ],
)
def test_only_the_bag_s_own_tag_is_taken(day: Day, scan: BagScan, code: str) -> None:
    serial = day.bench().start(day.accept(), 1)
    assert serial == "2611230001"
    assert stopped(day, serial, scan) == {code}


@pytest.mark.req("REQ-VER-007")
@pytest.mark.parametrize("step", ["saline-preservative-free", "stabilizer"])
def test_before_each_addition_the_tag_is_scanned_again(day: Day, step: str) -> None:
    serial = at_step(day, step)
    product = SALINE if step.startswith("saline") else STABILIZER
    assert stopped(day, serial, scan_of(product)) == {"scan.tag-first"}
    day.bench().scan(serial, tag(serial))
    day.bench().scan(serial, scan_of(product))


@pytest.mark.req("REQ-VER-007")
def test_the_tag_once_more_is_no_mistake_and_nothing_to_keep(day: Day) -> None:
    serial = at_step(day, "supplies")
    before = day.bench().view(serial).bag
    assert day.bench().scan(serial, tag(serial)) == before


@pytest.mark.req("REQ-MIX-007")
def test_a_vial_is_never_reconstituted_with_the_stabilizer(day: Day) -> None:
    assert stopped(day, at_step(day, "reconstitute"), scan_of(STABILIZER)) == {"scan.stabilizer-in-vial"}


@pytest.mark.req("REQ-SUP-006")
def test_bacteriostatic_saline_does_not_go_into_a_96_h_bag(day: Day) -> None:
    serial = at_step(day, "saline-preservative-free")
    day.bench().scan(serial, tag(serial))
    assert stopped(day, serial, scan_of(BACTERIOSTATIC)) == {"scan.wrong-saline.saline-preservative-free"}


@pytest.mark.req("REQ-MIX-003")
def test_the_two_salines_of_a_7_day_bag_are_not_swapped(day: Day) -> None:
    serial = at_step(day, "saline-bacteriostatic", 168, 168, 168, 168)
    day.bench().scan(serial, tag(serial))
    assert stopped(day, serial, scan_of(SALINE)) == {"scan.wrong-saline.saline-bacteriostatic"}
    up_to(day, serial, "fill-up")
    day.bench().scan(serial, tag(serial))
    assert stopped(day, serial, scan_of(BACTERIOSTATIC)) == {"scan.wrong-saline.saline-preservative-free"}


@pytest.mark.req("REQ-SUP-008")
def test_one_vial_is_not_scanned_twice(day: Day) -> None:
    serial = at_step(day, "reconstitute")
    day.bench().scan(serial, scan_of(WATER))
    day.bench().scan(serial, scan_of(VIAL, 1))
    day.bench().scan(serial, scan_of(VIAL, 2))
    with pytest.raises(ScanStopped) as refusal:
        day.bench().scan(serial, scan_of(VIAL, 2))
    (finding,) = refusal.value.findings
    assert finding.code == "scan.same-unit"
    assert dict(finding.values)["number"] == "2"


@pytest.mark.req("REQ-SUP-008")
def test_a_vial_of_another_bag_is_not_used_again_even_when_that_bag_was_rejected(day: Day) -> None:
    number = day.accept()
    first = prepared(day, number)
    day.verification().reject(first, "Particles")
    serial = day.bench().start(number, 1)
    up_to(day, serial, "supplies")
    for product in (BAG, TUBING, FILTER, WATER):
        day.bench().scan(serial, scan_of(product))
    assert stopped(day, serial, scan_of(VIAL, 1)) == {"scan.unit-of-another-bag"}


@pytest.mark.req("REQ-SUP-008")
@pytest.mark.parametrize("by_hand", [False, True])
def test_a_vial_of_another_bag_is_not_used_again_under_another_lot(day: Day, by_hand: bool) -> None:
    keep_lot(day, Lot(VIAL.code, "B2", EXPIRES, 10, day.now, LotState.AVAILABLE, ""))
    number = day.accept()
    first = prepared(day, number)
    day.verification().reject(first, "Particles")
    serial = day.bench().start(number, 1)
    up_to(day, serial, "supplies")
    for product in (BAG, TUBING, FILTER, WATER):
        day.bench().scan(serial, scan_of(product))
    again, other = scan_of(VIAL, 1, lot="B2"), scan_of(VIAL, 11, lot="B2")
    scan = partial(day.bench().scan, serial)
    if by_hand:
        scan = partial(day.bench().type_code, serial, reason="Torn", second=Credentials("achen", SECRET))
    with pytest.raises(ScanStopped) as refusal:
        scan(again)
    (finding,) = refusal.value.findings
    assert finding.code == "scan.unit-of-another-bag"
    values = dict(finding.values)
    assert (values["serial"], values["unit"]) == ("261123 0001", "U0001")
    assert len(day.bench().scan(serial, other).vials) == 1


@pytest.mark.req("REQ-SUP-008")
def test_a_vial_whose_code_tells_no_units_apart_is_not_taken(day: Day) -> None:
    serial = at_step(day, "reconstitute")
    assert "scan.no-unit-serial" in stopped(day, serial, replace(scan_of(VIAL), unit_serial=""))


@pytest.mark.req("REQ-SUP-008")
@pytest.mark.parametrize(
    ("lot", "today", "code"),
    [
        (Lot(VIAL.code, "B2", date(2026, 11, 22), 10, None, LotState.AVAILABLE, ""), 23, "lot.expired"),  # type: ignore[arg-type]
        (Lot(VIAL.code, "B2", EXPIRES, 10, None, LotState.QUARANTINED, "Cold chain"), 23, "lot.quarantined"),  # type: ignore[arg-type]
        (Lot(VIAL.code, "B2", EXPIRES, 10, None, LotState.RECALLED, "Cracks"), 23, "lot.recalled"),  # type: ignore[arg-type]
    ],
)
def test_an_expired_quarantined_or_recalled_lot_is_stopped(day: Day, lot: Lot, today: int, code: str) -> None:
    assert today == day.now.day
    keep_lot(day, replace(lot, received_at=day.now))
    serial = at_step(day, "reconstitute")
    assert stopped(day, serial, scan_of(VIAL, lot="B2", expires_on=lot.expires_on)) == {code}


@pytest.mark.req("REQ-SUP-008")
def test_an_unknown_lot_is_stopped(day: Day) -> None:
    assert stopped(day, at_step(day, "reconstitute"), scan_of(VIAL, lot="Z9")) == {"lot.unknown"}


@pytest.mark.req("REQ-SUP-008")
def test_a_code_that_nobody_knows_is_stopped(day: Day) -> None:
    assert stopped(day, at_step(day, "supplies"), TextScan("WHAT-IS-THIS")) == {"lot.product-unknown"}


@pytest.mark.req("REQ-SUP-008")
def test_a_code_that_says_another_expiry_than_the_lot_on_file_is_stopped(day: Day) -> None:
    serial = at_step(day, "reconstitute")
    assert stopped(day, serial, scan_of(VIAL, expires_on=date(2028, 1, 31))) == {"lot.expiry-differs"}


@pytest.mark.req("REQ-SUP-001")
@pytest.mark.parametrize(
    ("product", "code"),
    [(DEHP_TUBING, "supply.tubing-dehp"), (UNKNOWN_BAG, "supply.bag-dehp-not-known")],
)
def test_dehp_or_not_known_is_stopped(day: Day, product: Product, code: str) -> None:
    assert stopped(day, at_step(day, "supplies"), scan_of(product)) == {code}


@pytest.mark.req("REQ-SUP-002")
def test_a_96_h_bag_asks_for_a_filter_unless_its_tubing_has_one(day: Day) -> None:
    serial = at_step(day, "supplies")
    for product in (BAG, TUBING):
        day.bench().scan(serial, scan_of(product))
    assert [need.kind.value for need in day.bench().view(serial).progress.missing] == ["filter"]
    day.bench().abandon(serial, "Wrong tubing", vials=0)
    other = day.bench().start("RX-1001", 1)
    up_to(day, other, "supplies")
    for product in (BAG, FILTER_TUBING):
        day.bench().scan(other, scan_of(product))
    step = day.bench().view(other).progress.step
    assert step is not None
    assert step.code == "reconstitute"


@pytest.mark.req("REQ-SUP-003")
@pytest.mark.parametrize(
    ("product", "code"),
    [(FILTER, "supply.filter-forbidden"), (FILTER_TUBING, "supply.built-in-filter-forbidden")],
)
def test_no_filter_goes_with_a_7_day_bag(day: Day, product: Product, code: str) -> None:
    assert code in stopped(day, at_step(day, "supplies", 168, 168, 168, 168), scan_of(product))


@pytest.mark.req("REQ-SUP-006")
def test_a_bag_that_is_filled_already_does_not_become_a_7_day_bag(day: Day) -> None:
    serial = at_step(day, "supplies", 168, 168, 168, 168)
    assert stopped(day, serial, scan_of(FILLED_BAG)) == {"scan.bag-not-empty"}


@pytest.mark.req("REQ-AUD-001", "REQ-VER-006")
def test_a_stop_is_an_entry_with_what_was_scanned_and_nobody_overrides_it(day: Day) -> None:
    serial = at_step(day, "reconstitute")
    for actor in (TECHNICIAN, PHARMACIST):
        with pytest.raises(ScanStopped):
            day.bench(actor).scan(serial, scan_of(STABILIZER))
    with day.database(reading=True) as work:
        from pharmacy_app.domain.audit import EntryFilter

        found = work.audit.entries(EntryFilter(things=(f"bag {serial}",)), limit=100)
    entries = [each for each in found if each.act == "scan-stopped"]
    assert [each.person for each in entries] == ["achen", "mroy"]
    assert "scan.stabilizer-in-vial" in entries[0].facts
    assert STABILIZER.code in entries[0].facts
