"""Numbered prints of a released bag: one at a time, never twice, never alone again."""

from __future__ import annotations

from functools import partial

import pytest

from db.engine import Database
from labels import readback
from pharmacy_app.domain.errors import InputRefused, StationTrouble
from pharmacy_app.domain.print_job import PrintAnswer, PrintState
from tests.support.bench import Day, up_to
from tests.support.printing import (
    NO_ANSWER,
    REFUSED,
    ZEBRA,
    FakePrinters,
    again,
    prepared_bag,
    printing,
)
from tests.support.scanner import scan
from tests.support.sign_ins import codes, entries
from tests.support.stations import OTHER_PHARMACIST, PHARMACIST, TECHNICIAN
from tests.workflow.printing.conftest import Released

Q, S, C, F, U = (
    PrintState.QUEUED,
    PrintState.SENT,
    PrintState.CONFIRMED,
    PrintState.FAILED,
    PrintState.UNKNOWN,
)


@pytest.mark.req("REQ-VER-005")
def test_there_is_no_dispensing_label_before_the_release(database: Database) -> None:
    day, printers = Day(database), FakePrinters()
    serial = prepared_bag(day)
    at_desk = printing(day, printers)
    assert codes(lambda: at_desk.print_label(serial, ZEBRA)) == ["print.not-released"]
    shown = at_desk.label(serial, ZEBRA.paper)
    assert shown.made is None
    assert [each.code for each in shown.findings] == ["print.not-released"]
    assert printers.documents == []


@pytest.mark.req("REQ-VER-005")
def test_a_bag_that_is_still_being_made_or_was_rejected_has_no_label(database: Database) -> None:
    day, printers = Day(database), FakePrinters()
    day.stock()
    day.hire()
    serial = day.bench().start(day.accept(), 1)
    up_to(day, serial, "stabilizer")
    assert codes(lambda: printing(day, printers).print_label(serial, ZEBRA)) == ["print.not-released"]
    day.bench().abandon(serial, "spilt", vials=4)
    assert codes(lambda: printing(day, printers).print_label(serial, ZEBRA)) == ["print.not-released"]
    assert printers.documents == []


@pytest.mark.req("REQ-VER-004")
def test_a_bag_that_was_rejected_after_its_release_is_printed_no_more(bag: Released) -> None:
    bag.day.verification(PHARMACIST).reject(bag.serial, "cloudy")
    at_desk = printing(bag.day, bag.printers)
    assert codes(lambda: at_desk.print_label(bag.serial, ZEBRA)) == ["print.bag-dead"]
    assert at_desk.serial_of("RX-1001", 1) is None


def test_a_serial_that_nobody_has_is_refused(bag: Released) -> None:
    with pytest.raises(InputRefused):
        printing(bag.day, bag.printers).print_label("2611239999", ZEBRA)


@pytest.mark.req("REQ-LBL-009", "REQ-LBL-004")
def test_the_first_print_has_number_1_and_its_codes_say_so(bag: Released) -> None:
    job = printing(bag.day, bag.printers).print_label(bag.serial, ZEBRA)
    (pdf,) = bag.printers.documents
    found = scan(readback.picture(pdf, dpi=203))
    assert found["]C0"].text == f"{bag.serial}01"
    assert found["]d2"].text.startswith(f"90BAG\x1d91{bag.serial}01\x1d92")
    assert "LABEL 1" in readback.read_back(pdf, dpi=203).lines
    assert (job.number, job.state, job.reference) == (1, S, "17")
    assert bag.states() == [Q, S, S]


@pytest.mark.req("REQ-LBL-001", "REQ-VER-005")
def test_a_bag_that_went_the_whole_way_is_printed(database: Database) -> None:
    day, printers = Day(database), FakePrinters()
    serial = prepared_bag(day)
    day.release(serial)
    printing(day, printers).print_label(serial, ZEBRA)
    lines = [line.strip() for line in readback.read_back(printers.documents[0], dpi=203).lines]
    assert {"M. Roy", "A. Chen", "2026-NOV-23 09:00", "2026-NOV-27 14:00"} <= set(lines)


@pytest.mark.req("REQ-LBL-001")
def test_the_label_says_who_made_and_who_verified_the_bag_and_when(bag: Released) -> None:
    printing(bag.day, bag.printers).print_label(bag.serial, ZEBRA)
    lines = [line.strip() for line in readback.read_back(bag.printers.documents[0], dpi=203).lines]
    for text in ("M. Roy", "A. Chen", "2026-NOV-23 09:00", "TRAINING – NOT FOR PATIENT USE"):
        assert text in lines
    assert "2026-NOV-27 14:00" in lines  # start by and expires: when it is to be changed
    assert not [line for line in lines if "SPECIMEN" in line or "not prepared" in line]


@pytest.mark.req("REQ-LBL-009")
def test_the_announcement_is_on_file_before_the_printer_has_the_label(bag: Released) -> None:
    seen: list[list[PrintState]] = []
    bag.printers.before = lambda: seen.append(bag.states())
    printing(bag.day, bag.printers).print_label(bag.serial, ZEBRA)
    assert seen == [[Q, S]]


@pytest.mark.req("REQ-LBL-009")
def test_nobody_prints_while_it_is_not_known_what_became_of_the_last_print(bag: Released) -> None:
    at_desk = printing(bag.day, bag.printers)
    at_desk.print_label(bag.serial, ZEBRA)
    assert codes(lambda: at_desk.print_label(bag.serial, ZEBRA)) == ["print.outcome-open"]
    assert codes(lambda: at_desk.print_label(bag.serial, ZEBRA, again())) == ["print.outcome-open"]
    assert len(bag.printers.documents) == 1


@pytest.mark.req("REQ-LBL-009")
def test_nobody_reprints_alone(bag: Released) -> None:
    at_desk = printing(bag.day, bag.printers)
    at_desk.print_label(bag.serial, ZEBRA)
    at_desk.it_printed(bag.serial, 1)
    refusals = [
        (None, ["print.reprint-alone"]),
        (again("  "), ["print.reprint-without-reason"]),
        (again(who=TECHNICIAN), ["person.second-is-the-same"]),
        (again(secret="wrong horse 7"), ["person.sign-in-refused"]),
    ]
    for asked, expected in refusals:
        assert codes(partial(at_desk.print_label, bag.serial, ZEBRA, asked)) == expected
    assert len(bag.printers.documents) == 1
    assert len(bag.jobs()) == 1


@pytest.mark.req("REQ-LBL-009")
def test_a_reprint_has_the_next_number_and_voids_the_one_before(bag: Released) -> None:
    at_desk = printing(bag.day, bag.printers)
    at_desk.print_label(bag.serial, ZEBRA)
    at_desk.it_printed(bag.serial, 1)
    job = at_desk.print_label(bag.serial, ZEBRA, again("smudged"))
    assert (job.number, job.reason, job.second_person) == (2, "smudged", OTHER_PHARMACIST.person)
    pdf = bag.printers.documents[1]
    assert "REPRINT 2 – previous label void" in readback.read_back(pdf, dpi=203).lines
    assert scan(readback.picture(pdf, dpi=203))["]C0"].text == f"{bag.serial}02"
    answers = [at_desk.answer(bag.serial, number) for number in (0, 1, 2, 3)]
    unknown, void = PrintAnswer.NO_SUCH_PRINT, PrintAnswer.VOID
    assert answers == [unknown, void, PrintAnswer.CURRENT, unknown]


def test_what_was_never_printed_is_not_reprinted(bag: Released) -> None:
    at_desk = printing(bag.day, bag.printers)
    assert codes(lambda: at_desk.print_label(bag.serial, ZEBRA, again())) == ["print.nothing-to-reprint"]


@pytest.mark.req("REQ-LBL-009")
def test_after_a_printer_that_refused_the_next_number_needs_no_second_person(bag: Released) -> None:
    at_desk = printing(bag.day, bag.printers)
    bag.printers.outcome = REFUSED
    with pytest.raises(StationTrouble) as trouble:
        at_desk.print_label(bag.serial, ZEBRA)
    assert trouble.value.code == "trouble.printer.refused"
    assert bag.states(1) == [Q, S, F]
    bag.printers.outcome = FakePrinters().outcome
    job = at_desk.print_label(bag.serial, ZEBRA)
    assert (job.number, job.reason, job.second_person) == (2, "out of labels", "")
    assert at_desk.answer(bag.serial, 1) is PrintAnswer.VOID
    assert "REPRINT 2 – previous label void" in readback.read_back(bag.printers.documents[1], dpi=203).lines


@pytest.mark.req("REQ-LBL-009")
def test_a_printer_that_does_not_answer_leaves_the_job_unknown(bag: Released) -> None:
    bag.printers.outcome = NO_ANSWER
    at_desk = printing(bag.day, bag.printers)
    with pytest.raises(StationTrouble):
        at_desk.print_label(bag.serial, ZEBRA)
    assert bag.states() == [Q, S, U]
    assert [each.number for each in at_desk.unknown_jobs()] == [1]
    assert codes(lambda: at_desk.print_label(bag.serial, ZEBRA)) == ["print.outcome-open"]


@pytest.mark.req("REQ-LBL-009")
def test_a_person_who_says_that_it_did_not_print_says_why(bag: Released) -> None:
    at_desk = printing(bag.day, bag.printers)
    at_desk.print_label(bag.serial, ZEBRA)
    assert codes(lambda: at_desk.it_did_not_print(bag.serial, 1, " ")) == ["print.why-not-printed"]
    at_desk.it_did_not_print(bag.serial, 1, "printer jammed")
    assert at_desk.answer(bag.serial, 1) is PrintAnswer.NOT_PRINTED
    job = at_desk.print_label(bag.serial, ZEBRA)
    assert (job.number, job.reason, job.second_person) == (2, "printer jammed", "")


def test_what_was_decided_once_is_not_decided_again(bag: Released) -> None:
    at_desk = printing(bag.day, bag.printers)
    at_desk.print_label(bag.serial, ZEBRA)
    at_desk.it_printed(bag.serial, 1)
    assert codes(lambda: at_desk.it_did_not_print(bag.serial, 1, "jam")) == ["print.already-decided"]
    assert codes(lambda: at_desk.it_printed(bag.serial, 1)) == ["print.already-decided"]
    assert codes(lambda: at_desk.it_printed(bag.serial, 2)) == ["print.no-such-print"]


@pytest.mark.req("REQ-BUD-005")
@pytest.mark.parametrize("hours", [101, 24 * 30])
def test_a_bag_that_can_no_longer_be_hung_is_not_printed(bag: Released, hours: int) -> None:
    bag.day.later(hours=hours)
    at_desk = printing(bag.day, bag.printers)
    assert codes(lambda: at_desk.print_label(bag.serial, ZEBRA)) == ["beyond-use.expired"]
    assert bag.printers.documents == []


@pytest.mark.req("REQ-BUD-005")
def test_until_the_very_minute_it_is_printed(bag: Released) -> None:
    bag.day.later(hours=101, minutes=-1)  # it is 09:00, and it is to be hung by 14:00 four days later
    assert printing(bag.day, bag.printers).print_label(bag.serial, ZEBRA).number == 1


@pytest.mark.req("REQ-AUD-001")
def test_every_step_and_every_refusal_is_an_entry(bag: Released) -> None:
    at_desk = printing(bag.day, bag.printers)
    at_desk.print_label(bag.serial, ZEBRA)
    codes(lambda: at_desk.print_label(bag.serial, ZEBRA))
    at_desk.it_printed(bag.serial, 1)
    at_desk.print_label(bag.serial, ZEBRA, again())
    with bag.day.database(reading=True) as work:
        assert work.audit.check().findings == ()
    found = [each for each in entries(bag.day.database.engine) if each["act"].startswith("print-")]  # type: ignore[attr-defined]
    acts = [each["act"] for each in found]
    printed = ["print-queued", "print-sent", "print-sent"]
    assert acts == [*printed, "print-refused", "print-confirmed", *printed]
    assert {each["thing"] for each in found} == {f"bag {bag.serial}"}
    assert "spark" in found[-1]["facts"]
