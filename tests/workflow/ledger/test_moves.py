"""A bag's way from its label to the patient and down again, by the commands alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from pharmacy_app.domain.bag import BagState
from pharmacy_app.domain.bag_event import Hung, ReleasedAgain, Stopped, Voided
from pharmacy_app.domain.errors import InputRefused, RulesRefused
from pharmacy_app.domain.print_job import PrintState
from pharmacy_app.domain.quantity import Duration, Volume
from pharmacy_app.workflow.ledger import Ledger
from pharmacy_app.workflow.people import Credentials
from pharmacy_app.workflow.print_record import jobs_of
from tests.support.bench import SECRET
from tests.support.ledgers import coded
from tests.support.printing import InterruptedFile
from tests.support.stations import PHARMACIST, PRINTER, TECHNICIAN
from tests.support.wards import Ward, label, tag

HALF_SPARE = (96, 72, *[96] * 5, 24)
CHEN, PARK, ROY = (Credentials(name, SECRET) for name in ("achen", "spark", "mroy"))


def refused(act: Callable[[], object]) -> set[str]:
    """The codes with which it is refused."""
    with pytest.raises(RulesRefused) as refusal:
        act()
    return {coded(each) for each in refusal.value.findings}


@pytest.mark.req("REQ-BUD-006", "REQ-VER-007", "REQ-HND-002", "REQ-AUD-001")
def test_a_bag_is_matched_put_away_taken_out_dispensed_hung_and_taken_down(ward: Ward) -> None:
    serial = ward.released(ward.day.accept())
    ledger = ward.ledger()
    assert ledger.match(tag(serial), label(serial)).matched == (1,)
    ward.at("09:40")
    ledger.refrigerate(serial)
    ward.at("13:40")
    ledger.take_out(serial)
    assert ledger.dispense(label(serial)).state is BagState.DISPENSED
    ward.at("14:00")
    hung = ledger.hang(label(serial)).every(Hung)
    assert [(f"{each.change_at:%m-%d %H:%M}", each.volume_to_infuse.text) for each in hung] == [
        ("11-27 19:00", "240 mL")  # UTC
    ]
    ward.at("+4/14:00")
    assert ledger.end(serial).state is BagState.ENDED
    assert ward.acts(serial)[-7:] == [
        "print-confirmed", "label-matched", "bag-refrigerated", "bag-taken-out", "bag-dispensed", "bag-hung",
        "bag-ended",
    ]  # fmt: skip
    with ward.day.database(reading=True) as work:
        assert work.audit.check().findings == ()


@pytest.mark.req("REQ-LBL-009", "REQ-VER-007")
def test_scanning_tag_and_label_together_shows_that_the_label_is_on_paper(ward: Ward) -> None:
    serial = ward.released(ward.day.accept())
    ward.ledger().match(tag(serial), label(serial))
    with ward.day.database(reading=True) as work:
        assert [each.state for each in jobs_of(work, serial)] == [PrintState.CONFIRMED]


@pytest.mark.req("REQ-VER-007", "REQ-AUD-001")
def test_the_label_of_another_bag_is_stopped_and_recorded(ward: Ward) -> None:
    number = ward.day.accept()
    first, second = ward.released(number, 1), ward.released(number, 2)
    assert refused(lambda: ward.ledger().match(tag(first), label(second))) == {"ledger.label-of-another-bag"}
    assert ward.bag(first).matched == ()
    assert ward.acts(first)[-1] == "bag-move-refused"
    told = ward.told(first)
    assert (told["move"], told["findings"]) == ("match", "ledger.label-of-another-bag")
    assert (told["tag"], told["label"]) == (f"{first}00", f"{second}01")


@pytest.mark.req("REQ-VER-007", "REQ-BUD-005")
def test_a_bag_whose_label_was_not_matched_is_not_dispensed(ward: Ward) -> None:
    serial = ward.released(ward.day.accept())
    assert refused(lambda: ward.ledger().dispense(label(serial))) == {"ledger.not-matched"}
    ward.ledger().match(tag(serial), label(serial))
    ward.ledger().dispense(label(serial))


@pytest.mark.req("REQ-LBL-009")
def test_after_a_reprint_the_new_label_is_matched_too_and_the_old_one_is_void(ward: Ward) -> None:
    serial = ward.dispensed(ward.day.accept())
    ward.print(serial, 2)
    ward.at("14:00")
    ledger = ward.ledger()
    assert refused(lambda: ledger.hang(label(serial, 1))) == {"print.void", "ledger.not-matched"}
    assert refused(lambda: ledger.hang(label(serial, 2))) == {"ledger.not-matched"}
    ledger.match(tag(serial), label(serial, 2))
    assert refused(lambda: ledger.hang(label(serial, 1))) == {"print.void"}
    assert ledger.hang(label(serial, 2)).state is BagState.HUNG


@pytest.mark.req("REQ-BUD-005")
def test_once_out_of_the_refrigerator_a_bag_does_not_go_back(ward: Ward) -> None:
    serial = ward.dispensed(ward.day.accept())
    assert refused(lambda: ward.ledger().refrigerate(serial)) == {"ledger.not-back"}
    assert refused(lambda: ward.ledger().take_out(serial)) == {"ledger.already-out"}


@pytest.mark.req("REQ-HND-002", "REQ-LBL-001", "REQ-AUD-001")
def test_a_bag_is_not_hung_before_its_time_and_the_attempt_is_recorded(ward: Ward) -> None:
    serial = ward.dispensed(ward.day.accept())
    ward.at("13:59")
    assert refused(lambda: ward.ledger().hang(label(serial))) == {"ledger.not-before"}
    assert ward.bag(serial).state is BagState.DISPENSED
    assert ward.told(serial) == {
        "move": "hang", "scanned": f"{serial}01", "findings": "ledger.not-before"
    }  # fmt: skip
    ward.at("14:00")
    ward.ledger().hang(label(serial))


@pytest.mark.req("REQ-BUD-005", "REQ-BUD-008")
def test_a_bag_past_its_start_by_is_neither_dispensed_nor_hung(ward: Ward) -> None:
    number = ward.day.accept()
    in_hand = ward.dispensed(number, 1)
    ward.at("09:00")
    kept_back = ward.released(number, 2)
    ward.ledger().match(tag(kept_back), label(kept_back))
    ward.at("+4/14:00")
    assert refused(lambda: ward.ledger().hang(label(in_hand))) == {"ledger.past-start-by"}
    ward.at("+8/14:00")
    assert refused(lambda: ward.ledger().dispense(label(kept_back))) == {"ledger.past-start-by"}


@pytest.mark.req("REQ-BUD-008")
def test_a_bag_hung_four_hours_late_is_told_what_is_left_and_that_it_is_an_interruption(ward: Ward) -> None:
    serial = ward.released(ward.day.accept(*HALF_SPARE))
    ledger = ward.ledger()
    ledger.match(tag(serial), label(serial))
    ledger.refrigerate(serial)
    ward.at("17:50")
    ledger.take_out(serial)
    ledger.dispense(label(serial))
    ward.at("18:00")
    hung = ledger.hang(label(serial)).every(Hung)[0]
    assert (f"{hung.change_at:%m-%d %H:%M}", hung.volume_to_infuse) == (
        "11-27 19:00",
        Volume(Decimal("230.0")),
    )
    told = ward.told(serial)
    assert told["remarks"] == "ledger.hung-late, ledger.interruption"
    assert (told["change at"], told["volume to infuse"]) == ("2026-11-27T19:00:00.000000Z", "230 mL")


@pytest.mark.req("REQ-BUD-006")
def test_the_bag_after_one_that_had_to_be_changed_earlier_hangs_then(ward: Ward) -> None:
    number = ward.day.accept(*HALF_SPARE)
    first = ward.dispensed(number, 1)
    ward.at("14:01")  # 40 and 21 minutes: the hour is over, so 61 minutes count
    assert f"{ward.ledger().hang(label(first)).every(Hung)[0].change_at:%m-%d %H:%M}" == "11-27 18:00"
    ward.at("+4/08:00")
    second = ward.dispensed(number, 2)
    ward.at("+4/12:40")
    assert refused(lambda: ward.ledger().hang(label(second))) == {"ledger.not-before"}
    ward.at("+4/13:00")
    hung = ward.ledger().hang(label(second)).every(Hung)[0]
    assert (f"{hung.change_at:%m-%d %H:%M}", hung.volume_to_infuse.text) == ("11-30 19:00", "240.9 mL")


@pytest.mark.req("REQ-BUD-006")
def test_two_stations_hang_a_bag_once(ward: Ward) -> None:
    serial = ward.dispensed(ward.day.accept())
    ward.at("14:00")

    def faster() -> None:
        ward.ledger(replace(TECHNICIAN, station="ward")).hang(label(serial))

    station = ward.day.station(TECHNICIAN)
    slower = Ledger(replace(station, open_unit_of_work=InterruptedFile(ward.day.database, 1, faster)))
    assert refused(lambda: slower.hang(label(serial))) == {"bag.illegal-move"}
    assert len(ward.bag(serial).every(Hung)) == 1


def hung(ward: Ward) -> str:
    """A bag that hangs since 14:00; its serial."""
    serial = ward.dispensed(ward.day.accept())
    ward.at("14:00")
    ward.ledger().hang(label(serial))
    return serial


def test_a_bag_is_stopped_with_a_reason_and_with_how_long_it_ran(ward: Ward) -> None:
    serial = hung(ward)
    ward.at("20:30")
    assert refused(lambda: ward.ledger().stop(serial, " ")) == {"ledger.reason-missing"}
    stopped = ward.ledger().stop(serial, "To a peripheral line").every(Stopped)
    assert stopped == (Stopped("To a peripheral line", Duration(Decimal("6.5"))),)


@pytest.mark.req("REQ-VER-001")
def test_a_stopped_bag_hangs_again_only_after_a_pharmacist_has_signed(ward: Ward) -> None:
    serial = hung(ward)
    ward.at("15:00")
    ward.ledger().stop(serial, "Port re-accessed")
    assert refused(lambda: ward.ledger().hang(label(serial))) == {"bag.illegal-move", "ledger.stopped"}
    wrong = Credentials("achen", "wrong")
    assert refused(lambda: ward.ledger().release_again(serial, "Port is back", wrong)) == {
        "person.sign-in-refused"
    }
    assert refused(lambda: ward.ledger().release_again(serial, "Port is back", ROY)) >= {
        "person.not-permitted.verify"
    }
    assert refused(lambda: ward.ledger().release_again(serial, "", CHEN)) == {"ledger.reason-missing"}
    bag = ward.ledger().release_again(serial, "Port is back", CHEN)
    assert bag.every(ReleasedAgain) == (ReleasedAgain("Port is back"),)
    assert bag.events[-1].person == "achen"
    assert ward.told(serial)["at the station"] == "mroy"
    ward.at("15:20")
    again = ward.ledger().hang(label(serial)).every(Hung)[-1]
    assert (f"{again.change_at:%m-%d %H:%M}", again.volume_to_infuse.text) == ("11-27 19:00", "236.7 mL")


def test_a_pharmacist_who_works_here_signs_alone(ward: Ward) -> None:
    serial = hung(ward)
    ward.ledger().stop(serial, "Port re-accessed")
    bag = ward.ledger(PHARMACIST).release_again(serial, "Port is back", CHEN)
    assert (bag.state, bag.events[-1].person) == (BagState.DISPENSED, "achen")


@pytest.mark.req("REQ-BUD-005")
def test_a_stopped_bag_is_not_released_again_past_its_limits(ward: Ward) -> None:
    serial = hung(ward)
    ward.at("15:00")
    ward.ledger().stop(serial, "Port")
    ward.at("+4/14:00")
    assert refused(lambda: ward.ledger().release_again(serial, "Late", CHEN)) == {"ledger.past-start-by"}
    assert ward.acts(serial)[-1] == "bag-move-refused"


@pytest.mark.req("REQ-VER-001", "REQ-VER-004")
def test_a_pharmacist_makes_a_bag_void_and_its_waste_is_booked(ward: Ward) -> None:
    serial = ward.released(ward.day.accept())
    assert refused(lambda: ward.ledger(TECHNICIAN).void(serial, "x")) == {"person.not-permitted.verify"}
    assert refused(lambda: ward.ledger(PHARMACIST).void(serial, "")) == {"ledger.reason-missing"}
    bag = ward.ledger(PHARMACIST).void(serial, "Treatment ended")
    assert (bag.state, bag.every(Voided)[0].waste.vials) == (BagState.VOID, 1)
    ward.at("14:00")
    assert refused(lambda: ward.ledger().hang(label(serial))) == {"bag.illegal-move", "ledger.made-void"}


@pytest.mark.req("REQ-LBL-011", "REQ-AUD-001")
def test_a_specimen_is_refused_wherever_it_is_scanned(ward: Ward) -> None:
    specimen = "0000000001"
    for act in (
        lambda: ward.ledger().hang(label(specimen)),
        lambda: ward.ledger().dispense(label(specimen)),
        lambda: ward.ledger().match(tag(specimen), label(specimen)),
    ):
        assert refused(act) == {"ledger.specimen"}
    assert ward.acts(specimen) == ["bag-move-refused"] * 3


def test_a_serial_that_is_not_on_file_is_refused_as_input(ward: Ward) -> None:
    for act in (lambda: ward.ledger().hang(label("2611239999")), lambda: ward.ledger().answer("2611239999")):
        with pytest.raises(InputRefused) as refusal:
            act()
        assert (refusal.value.field, refusal.value.given) == ("serial", "2611239999")


@pytest.mark.req("REQ-VER-001")
@pytest.mark.parametrize(
    "act",
    [
        lambda ledger, serial: ledger.match(tag(serial), label(serial)),
        lambda ledger, serial: ledger.refrigerate(serial),
        lambda ledger, serial: ledger.take_out(serial),
        lambda ledger, serial: ledger.dispense(label(serial)),
        lambda ledger, serial: ledger.hang(label(serial)),
        lambda ledger, serial: ledger.stop(serial, "x"),
        lambda ledger, serial: ledger.end(serial),
        lambda ledger, serial: ledger.void(serial, "x"),
    ],
)
def test_nobody_moves_a_bag_without_a_role_for_it(ward: Ward, act: Callable[[Ledger, str], object]) -> None:
    serial = ward.released(ward.day.accept())
    administrator = replace(PRINTER, roles=())
    assert {code.rpartition(".")[0] for code in refused(lambda: act(ward.ledger(administrator), serial))} == {
        "person.not-permitted"
    }
