"""A bag goes to a peripheral line for an acute problem, and does not come back to the central one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from pharmacy_app.domain.bag import BagState
from pharmacy_app.domain.bag_event import Hung, MovedToPeripheral
from pharmacy_app.domain.errors import InputRefused, RulesRefused
from pharmacy_app.domain.person import Actor
from pharmacy_app.workflow.people import Credentials
from tests.support.bench import SECRET
from tests.support.ledgers import WORDS, coded, shown
from tests.support.stations import PHARMACIST, PRINTER, TECHNICIAN
from tests.support.wards import Ward, label, said, tag

WHY = "The port does not run"


def refused(act: Callable[[], object]) -> set[str]:
    """The codes with which it is refused."""
    with pytest.raises(RulesRefused) as refusal:
        act()
    return {coded(each) for each in refusal.value.findings}


def hung(ward: Ward) -> str:
    """The first bag, which hangs since 14:00; its serial."""
    serial = ward.dispensed(ward.day.accept())
    ward.at("14:00")
    ward.ledger().hang(label(serial))
    return serial


def moved(ward: Ward) -> str:
    """The same, on a peripheral line since 16:00."""
    serial = hung(ward)
    ward.at("16:00")
    ward.ledger(PHARMACIST).move_to_peripheral(serial, WHY)
    return serial


@pytest.mark.req("REQ-INT-004", "REQ-AUD-001")
def test_a_bag_that_hangs_goes_on_by_a_peripheral_line_and_a_scan_of_it_says_so(ward: Ward) -> None:
    serial = hung(ward)
    ward.at("16:00")
    bag = ward.ledger(PHARMACIST).move_to_peripheral(serial, WHY)
    assert (bag.state, bag.every(MovedToPeripheral)) == (BagState.HUNG, (MovedToPeripheral(WHY),))
    assert ward.acts(serial)[-1] == "bag-moved-to-peripheral"
    assert ward.told(serial)["reason"] == WHY
    ward.at("18:00")
    found = ward.ledger().answer(serial, label(serial))
    assert said(found) == "hang 11-27 14:00 240 peripheral hangs"
    (note,) = (each for each in found.findings if each.code == "ledger.peripheral")
    assert WORDS.finding(note) == (
        "It runs by a peripheral line since 2026-NOV-23 16:00: The port does not run. "
        "Back to the central line needs a newly prepared bag."
    )


@pytest.mark.req("REQ-INT-004", "REQ-SUP-005", "REQ-AUD-001")
def test_the_peripheral_line_needs_a_reason_and_a_pharmacist(ward: Ward) -> None:
    serial = hung(ward)
    for nobody in (TECHNICIAN, PRINTER):
        act = partial(ward.ledger(nobody).move_to_peripheral, serial, WHY)
        assert refused(act) == {"person.not-permitted.give-reason"}
    assert refused(lambda: ward.ledger(PHARMACIST).move_to_peripheral(serial, " ")) == {
        "ledger.reason-missing"
    }
    assert ward.acts(serial)[-1] == "bag-move-refused"
    told = ward.told(serial)
    assert (told["move"], told["findings"]) == ("move-line", "ledger.reason-missing")
    assert ward.bag(serial).every(MovedToPeripheral) == ()


@pytest.mark.req("REQ-INT-004", "REQ-AUD-001")
@pytest.mark.parametrize("person", [TECHNICIAN, PRINTER, PHARMACIST])
def test_nobody_moves_it_back_to_the_central_line_and_the_record_says_who_wanted_it(
    ward: Ward, person: Actor
) -> None:
    serial = moved(ward)
    ward.at("17:00")
    back = ward.ledger(person)
    assert refused(lambda: back.move_to_central(serial)) == {"ledger.not-back-to-central"}
    assert ward.acts(serial)[-1] == "bag-move-refused"
    told = ward.told(serial)
    assert (told["move"], told["to"], told["findings"]) == (
        "move-line", "central line", "ledger.not-back-to-central",
    )  # fmt: skip
    assert ward.bag(serial).state is BagState.HUNG


@pytest.mark.req("REQ-INT-004")
def test_what_does_not_hang_moves_to_no_line_and_what_moved_does_not_move_again(ward: Ward) -> None:
    serial = ward.dispensed(ward.day.accept())
    chen = ward.ledger(PHARMACIST)
    assert refused(lambda: chen.move_to_peripheral(serial, WHY)) == {"bag.illegal-move"}
    ward.at("14:00")
    chen.hang(label(serial))
    assert refused(lambda: chen.move_to_central(serial)) == {"ledger.not-peripheral"}
    chen.move_to_peripheral(serial, WHY)
    assert refused(lambda: chen.move_to_peripheral(serial, WHY)) == {"ledger.peripheral-already"}
    with pytest.raises(InputRefused):
        chen.move_to_central("2611239999")


@pytest.mark.req("REQ-INT-004")
def test_released_again_after_a_stop_it_is_still_a_bag_for_a_peripheral_line(ward: Ward) -> None:
    serial = moved(ward)
    ward.at("17:00")
    ward.ledger().stop(serial, "A new vein")
    ward.ledger().release_again(serial, "The vein is there", Credentials("achen", SECRET))
    found = ward.ledger().answer(serial, label(serial))
    assert "ledger.peripheral" in {each.code for each in found.findings}
    ward.ledger().hang(label(serial))
    assert refused(lambda: ward.ledger().move_to_central(serial)) == {"ledger.not-back-to-central"}


@pytest.mark.req("REQ-INT-004", "REQ-BUD-008")
def test_a_new_bag_of_the_same_number_takes_the_central_line_to_the_printed_change(ward: Ward) -> None:
    serial = moved(ward)  # bag 1: 96 h at 2.5 mL/h from Monday 14:00
    number = ward.bag(serial).started.order_number
    assert refused(lambda: ward.released(number)) == {"bench.made-already"}
    ward.at("18:00")
    ward.ledger().stop(serial, "A new bag for the port")
    assert refused(lambda: ward.released(number)) == {"bench.made-already"}
    ward.ledger(PHARMACIST).void(serial, "A new bag for the port")
    new = ward.released(number)
    assert ward.bag(new).started.bag_number == 1
    ledger = ward.ledger()
    ledger.match(tag(new), label(new))
    ledger.dispense(label(new))
    ward.at("20:00")  # 90 h to the change on Friday 14:00, 225 mL; 2 h after the stop
    found = ledger.answer(new, label(new))
    assert said(found).startswith("hang 11-27 14:00 225 ")
    late = next(each for each in found.findings if each.code == "ledger.hung-late")
    told = {"late": "2 h", "volume": "225", "left": "90 h", "change": "2026-NOV-27 14:00"}
    assert dict(late.values) == told
    (hangs,) = ledger.hang(label(new)).every(Hung)
    assert (shown(hangs.change_at), hangs.volume_to_infuse.text) == ("11-27 14:00", "225 mL")


@pytest.mark.req("REQ-INT-002", "REQ-BUD-008")
def test_four_hours_after_the_old_bag_was_stopped_the_new_one_is_an_interruption(ward: Ward) -> None:
    serial = moved(ward)
    ward.at("+1/08:00")
    ward.ledger().stop(serial, "A new bag for the port")
    ward.ledger(PHARMACIST).void(serial, "A new bag for the port")
    new = ward.released(ward.bag(serial).started.order_number)
    ledger = ward.ledger()
    ledger.match(tag(new), label(new))
    ledger.dispense(label(new))
    ward.at("+1/11:59")
    assert "interruption" not in said(ledger.answer(new, label(new)))
    ward.at("+1/12:00")
    assert "interruption" in said(ledger.answer(new, label(new)))
