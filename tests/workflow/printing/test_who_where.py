"""Who prints, where to, and of which plan and protocol: everything around a numbered print."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pharmacy_app.domain.errors import RulesRefused, StationTrouble
from pharmacy_app.domain.print_job import PrintState, Turn
from pharmacy_app.workflow.label import Paper
from pharmacy_app.workflow.print_send import Target
from tests.support.printing import (
    ZEBRA,
    printing,
)
from tests.support.protocols import altered
from tests.support.sign_ins import codes
from tests.support.stations import ADMINISTRATOR, PRINTER
from tests.workflow.printing.conftest import Released

Q, S, C, F, U = (
    PrintState.QUEUED,
    PrintState.SENT,
    PrintState.CONFIRMED,
    PrintState.FAILED,
    PrintState.UNKNOWN,
)


@pytest.mark.req("REQ-VER-001")
def test_who_may_print(bag: Released) -> None:
    refused = printing(bag.day, bag.printers, ADMINISTRATOR)
    assert codes(lambda: refused.print_label(bag.serial, ZEBRA)) == ["person.not-permitted.print"]
    assert codes(lambda: refused.it_printed(bag.serial, 1)) == ["person.not-permitted.print"]
    nobody = printing(bag.day, bag.printers, None)
    assert codes(lambda: nobody.print_label(bag.serial, ZEBRA)) == ["person.nobody-signed-in"]
    assert printing(bag.day, bag.printers, PRINTER).print_label(bag.serial, ZEBRA).number == 1


@pytest.mark.req("REQ-PLN-009")
def test_a_bag_of_a_plan_that_is_not_in_force_any_more_is_not_printed(bag: Released) -> None:
    bag.day.plan_again(*[48] * 14)
    at_desk = printing(bag.day, bag.printers)
    assert "verify.plan-not-in-force" in codes(lambda: at_desk.print_label(bag.serial, ZEBRA))
    assert bag.printers.documents == []


@pytest.mark.req("REQ-PLN-009")
def test_a_plan_that_comes_out_otherwise_now_than_it_stands_on_file_is_not_printed(bag: Released) -> None:
    protocol = bag.day.book.protocol
    other = replace(altered("bag.96h.28mcg.drug", "10.6"), digest=protocol.digest)
    bag.day.book = replace(bag.day.book, protocol=other)
    at_desk = printing(bag.day, bag.printers)
    assert codes(lambda: at_desk.print_label(bag.serial, ZEBRA)) == ["label.plan-not-in-force"]
    assert bag.printers.documents == []


@pytest.mark.req("REQ-PRO-006")
def test_what_was_made_in_training_is_not_printed_after_commissioning(bag: Released) -> None:
    commissioned = replace(bag.day.book.protocol, commissioned=True, digest="sha256:" + "ab" * 32)
    bag.day.book = replace(bag.day.book, protocol=commissioned)
    at_desk = printing(bag.day, bag.printers)
    assert codes(lambda: at_desk.print_label(bag.serial, ZEBRA)) == ["verify.made-in-training"]
    assert bag.printers.documents == []


def test_a_printer_that_is_not_here_is_trouble_and_takes_no_number(bag: Released) -> None:
    at_desk = printing(bag.day, bag.printers)
    with pytest.raises(StationTrouble) as trouble:
        at_desk.print_label(bag.serial, Target("Laser", Paper("4x3", 203)))
    assert trouble.value.code == "trouble.printer.not-here"
    assert bag.jobs() == ()


def test_the_page_sees_what_would_be_printed_next(bag: Released) -> None:
    at_desk = printing(bag.day, bag.printers)
    seen = []
    for act in (None, "print", "printed"):
        if act == "print":
            at_desk.print_label(bag.serial, ZEBRA)
        elif act == "printed":
            at_desk.it_printed(bag.serial, 1)
        shown = at_desk.label(bag.serial, ZEBRA.paper)
        assert shown.made is not None
        assert shown.findings == ()
        seen.append((shown.turn, shown.made.content.print_text))
    assert seen == [(Turn.FIRST, "LABEL 1"), (Turn.OPEN, "LABEL 1"), (Turn.REPRINT, "LABEL 1")]
    assert at_desk.serial_of("RX-1001", 1) == bag.serial
    assert at_desk.serial_of("RX-1001", 2) is None


def test_a_refusal_is_raised_as_one(bag: Released) -> None:
    bag.printers.paper = False
    assert printing(bag.day, bag.printers).print_label(bag.serial, ZEBRA).number == 1  # training
    with pytest.raises(RulesRefused):
        printing(bag.day, bag.printers).print_label(bag.serial, ZEBRA)


@pytest.mark.req("REQ-LBL-009")
def test_a_pharmacy_that_treats_patients_is_offered_paper_alone(bag: Released) -> None:
    bag.printers.paper = False
    assert printing(bag.day, bag.printers).found_printers().names == ("Zebra",)
    bag.day.book = replace(bag.day.book, site=replace(bag.day.book.site, training=False))
    at_desk = printing(bag.day, bag.printers)
    assert at_desk.found_printers().names == ()
    with pytest.raises(StationTrouble):
        at_desk.print_label(bag.serial, ZEBRA)
    assert bag.printers.documents == []
