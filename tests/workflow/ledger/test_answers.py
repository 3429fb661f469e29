"""What the scan of a bag answers after somebody changed something else: plan, protocol, lot, print."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from pharmacy_app.domain.commissioning import commissioned
from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.product import Lot, LotState
from tests.support.bench import EXPIRES, VIAL, keep_lot
from tests.support.wards import Ward, label, said, tag

HALF_SPARE = (96, 72, *[96] * 5, 24)
HANG = "hang 11-27 14:00 240"
HANGS = f"{HANG} hangs"


@pytest.fixture
def serial(ward: Ward) -> str:
    """A bag of 96 h that was dispensed, at 14:00, when it is due."""
    serial = ward.dispensed(ward.day.accept(*HALF_SPARE))
    ward.at("14:00")
    return serial


def answer(ward: Ward, serial: str) -> str:
    return said(ward.ledger().answer(serial, label(serial)))


def room_end(ward: Ward, serial: str) -> datetime | None:
    times = ward.ledger().answer(serial).times
    assert times is not None
    return times.room_end


@pytest.mark.req("REQ-HND-002")
def test_a_bag_that_is_due_answers_hang(ward: Ward, serial: str) -> None:
    assert answer(ward, serial) == HANG


@pytest.mark.req("REQ-PLN-009")
@pytest.mark.parametrize(
    ("sequence_h", "expected"),
    [
        ((96, 96, 72, *[96] * 4, 24), HANG),  # nothing about this bag is new
        ([96] * 7, "void 11-27 14:00 240 plan-count"),
        ((72, 96, *[96] * 5, 24), "void 11-27 14:00 240 plan-change"),
    ],
)
def test_a_new_plan_makes_a_made_bag_void_where_it_says_otherwise(
    ward: Ward, serial: str, sequence_h: tuple[int, ...], expected: str
) -> None:
    assert ward.day.plan_again(*sequence_h) == 2
    assert answer(ward, serial) == expected


@pytest.mark.req("REQ-PLN-009")
def test_a_new_plan_makes_a_bag_that_hangs_void_only_where_its_dose_or_change_differs(
    ward: Ward, serial: str
) -> None:
    ward.ledger().hang(label(serial))
    ward.day.plan_again(*[96] * 7)
    assert answer(ward, serial) == HANGS
    ward.day.plan_again(72, 96, *[96] * 5, 24)
    assert answer(ward, serial) == "void 11-27 14:00 240 plan-change hangs"


@pytest.mark.req("REQ-PRO-002", "REQ-PRO-005")
def test_a_changed_protocol_makes_a_bag_wait_but_not_one_that_hangs(ward: Ward, serial: str) -> None:
    before = ward.day.book
    changed = replace(before, protocol=replace(before.protocol, digest="sha256:" + "0" * 64))
    ward.day.book = changed
    assert answer(ward, serial) == "void 11-27 14:00 240 verify.protocol-changed"
    assert room_end(ward, serial) is None  # the limits in force are not those after which it was made
    ward.day.book = before
    assert room_end(ward, serial) is not None
    ward.ledger().hang(label(serial))
    ward.day.book = changed
    assert answer(ward, serial) == HANGS
    assert room_end(ward, serial) is None


@pytest.mark.req("REQ-PLN-009", "REQ-BUD-006")
def test_what_was_told_under_the_old_plan_moves_no_bag_of_the_new_one(ward: Ward, serial: str) -> None:
    ward.ledger().hang(label(serial))  # to be changed on 11-27
    ward.day.plan_again(168, *[96] * 5, 24)
    ward.at("+4/09:00")
    second = ward.released("RX-1001", 2)
    ward.ledger().match(tag(second), label(second))
    ward.ledger().refrigerate(second)
    ward.ledger().dispense(label(second))
    ward.at("+7/13:59")
    assert said(ward.ledger().answer(second)) == "not-yet 12-04 14:00 240 not-before"


@pytest.mark.req("REQ-PRO-006")
def test_what_was_made_in_training_is_void_for_patients(ward: Ward, serial: str) -> None:
    book = ward.day.book
    ward.day.book = replace(book, protocol=commissioned(book.protocol), file=book.protocol)
    assert answer(ward, serial) == "void 11-27 14:00 240 verify.made-in-training"


@pytest.mark.req("REQ-SUP-008", "REQ-SUP-010")
@pytest.mark.parametrize("state", [LotState.QUARANTINED, LotState.RECALLED])
def test_a_lot_that_is_taken_back_makes_its_bags_void(ward: Ward, serial: str, state: LotState) -> None:
    keep_lot(ward.day, Lot(VIAL.code, "A1", EXPIRES, 1000, ward.day.now, state, "Cracked vials"))
    assert answer(ward, serial) == f"void 11-27 14:00 240 verify.lot-{state.value}"
    with pytest.raises(RulesRefused):
        ward.ledger().hang(label(serial))


@pytest.mark.req("REQ-LBL-009")
def test_a_label_that_was_printed_again_answers_void(ward: Ward, serial: str) -> None:
    ward.print(serial, 2)
    assert answer(ward, serial) == "void 11-27 14:00 240 print.void not-matched"


@pytest.mark.req("REQ-AUD-001", "REQ-HND-002")
def test_that_a_void_bag_was_in_a_hand_is_recorded_and_that_a_good_one_was_is_not(
    ward: Ward, serial: str
) -> None:
    before = ward.acts(serial)
    assert said(ward.ledger().scanned(label(serial))) == HANG
    ward.at("13:59")
    assert ward.ledger().scanned(label(serial)).answer.value == "not-yet"
    assert ward.acts(serial) == before
    ward.print(serial, 2)
    assert ward.ledger().scanned(label(serial)).answer.value == "void"
    assert ward.acts(serial)[-1] == "void-bag-scanned"
    told = ward.told(serial)
    assert (told["answer"], told["scanned"]) == ("void", f"{serial}01")
    assert told["findings"] == "print.void, ledger.not-matched, ledger.not-before"


@pytest.mark.req("REQ-LBL-011")
def test_a_specimen_answers_void_and_is_recorded(ward: Ward) -> None:
    found = ward.ledger().scanned(label("0000000007"))
    assert said(found) == "void - - specimen"
    assert ward.acts("0000000007") == ["void-bag-scanned"]


def test_every_bag_made_and_not_ended_is_listed_the_first_due_first(ward: Ward) -> None:
    number = ward.day.accept(*HALF_SPARE)
    second = ward.released(number, 2)
    first = ward.dispensed(number, 1)
    ward.at("14:00")
    ward.ledger().hang(label(first))
    listed = ward.ledger().not_ended(number)
    assert [(each.serial, said(each)) for each in listed] == [
        (first, HANGS),
        (second, "not-yet 11-30 14:00 237.6 not-matched not-dispensed not-before"),
    ]
    assert [each.serial for each in ward.ledger().hung()] == [first]
    assert ward.ledger().not_ended("RX-OTHER") == ()
    ward.ledger().end(first)
    assert [each.serial for each in ward.ledger().not_ended()] == [second]


def test_a_bag_that_was_never_matched_is_listed_without_a_scan(ward: Ward) -> None:
    serial = ward.released(ward.day.accept(*HALF_SPARE))
    assert (
        said(ward.ledger().answer(serial)) == "not-yet 11-27 14:00 240 not-matched not-dispensed not-before"
    )
    ward.ledger().match(tag(serial), label(serial))
    assert said(ward.ledger().answer(serial)) == "not-yet 11-27 14:00 240 not-dispensed not-before"
