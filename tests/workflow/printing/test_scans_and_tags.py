"""What a scanned label means, and the tag that goes with a bag before its release."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.engine import Database
from labels import readback
from labels.renderer import PdfLabelRenderer
from pharmacy_app.domain.errors import StationTrouble
from pharmacy_app.domain.label import ReadBack
from pharmacy_app.domain.print_job import PrintState
from pharmacy_app.workflow.label import Paper
from pharmacy_app.workflow.print_record import confirm_by_scan, print_stops
from pharmacy_app.workflow.print_send import Target
from tests.support.bench import Day, up_to
from tests.support.printing import REFUSED, ZEBRA, FakePrinters, again, printing
from tests.support.scanner import scan
from tests.support.sign_ins import codes
from tests.support.stations import TECHNICIAN
from tests.workflow.printing.conftest import Released

SMALL = Target("Zebra", Paper("3x2", 203))


def scan_label(bag: Released, number: int) -> None:
    """The dispensing label of this number was scanned together with the tag."""
    with bag.day.database() as work:
        site = bag.day.book.site
        confirm_by_scan(work, bag.serial, number, actor=TECHNICIAN, at=bag.day.now, site=site)
        work.commit()


@pytest.mark.req("REQ-LBL-009")
def test_the_scan_of_the_printed_label_closes_its_job(bag: Released) -> None:
    printing(bag.day, bag.printers).print_label(bag.serial, ZEBRA)
    scan_label(bag, 1)
    assert bag.jobs()[0].state is PrintState.CONFIRMED
    scan_label(bag, 1)
    assert bag.states().count(PrintState.CONFIRMED) == 1


@pytest.mark.req("REQ-LBL-009")
def test_a_label_that_was_reprinted_is_void_when_scanned(bag: Released) -> None:
    at_desk = printing(bag.day, bag.printers)
    at_desk.print_label(bag.serial, ZEBRA)
    scan_label(bag, 1)
    at_desk.print_label(bag.serial, ZEBRA, again())
    assert codes(lambda: scan_label(bag, 1)) == ["print.void"]
    with bag.day.database(reading=True) as work:
        (found,) = print_stops(work, bag.serial, 1)
    words = at_desk.words.finding(found)
    assert words == "VOID – reprinted. This is label 1; label 2 was made after it. Destroy this label."
    scan_label(bag, 2)


@pytest.mark.req("REQ-LBL-009")
def test_a_label_that_is_on_file_as_not_printed_is_not_used(bag: Released) -> None:
    at_desk = printing(bag.day, bag.printers)
    at_desk.print_label(bag.serial, ZEBRA)
    at_desk.it_did_not_print(bag.serial, 1, "nothing came")
    assert codes(lambda: scan_label(bag, 1)) == ["print.recorded-as-not-printed"]
    assert codes(lambda: scan_label(bag, 2)) == ["print.no-such-print"]
    assert codes(lambda: scan_label(bag, 0)) == ["print.no-such-print"]


class BlindRenderer(PdfLabelRenderer):
    """Draws well, but its Code 128 does not read."""

    def read_back(self, pdf: bytes, *, dpi: int) -> ReadBack:
        return replace(super().read_back(pdf, dpi=dpi), code128=None)


@pytest.mark.req("REQ-LBL-005")
def test_a_label_that_does_not_read_back_never_reaches_a_printer(bag: Released) -> None:
    at_desk = printing(bag.day, bag.printers, renderer=BlindRenderer())
    assert codes(lambda: at_desk.print_label(bag.serial, ZEBRA)) == ["label-lint.code128"]
    assert bag.printers.documents == []
    assert bag.jobs() == ()


def started_bag(database: Database) -> tuple[Day, str]:
    """A bag that was just taken; no step is done."""
    day = Day(database)
    day.stock()
    day.hire()
    return day, day.bench().start(day.accept(), 1)


@pytest.mark.req("REQ-VER-007")
@pytest.mark.parametrize("stock", ["3x2", "4x3"])
def test_a_tag_is_printed_for_a_bag_that_is_not_released(database: Database, stock: str) -> None:
    day, serial = started_bag(database)
    printers = FakePrinters()
    job = printing(day, printers).print_tag(serial, Target("Zebra", Paper(stock, 203)))
    (pdf,) = printers.documents
    found = scan(readback.picture(pdf, dpi=203))
    assert found["]C0"].text == f"{serial}00"
    assert found["]d2"].text.startswith(f"90TAG\x1d91{serial}00\x1d92")
    lines = [line.strip() for line in readback.read_back(pdf, dpi=203).lines]
    wanted = {"NOT RELEASED", "TRAINING – NOT FOR PATIENT USE", "TREMBLAY, Anne-Marie", "28 mcg per day"}
    assert wanted <= set(lines)
    assert (job.number, job.state) == (0, PrintState.SENT)


@pytest.mark.req("REQ-VER-007")
def test_a_released_bag_gets_no_tag_that_says_not_released(bag: Released) -> None:
    at_desk = printing(bag.day, bag.printers)
    assert codes(lambda: at_desk.print_tag(bag.serial, SMALL)) == ["print.tag-too-late"]
    assert bag.printers.documents == []


@pytest.mark.req("REQ-VER-007")
def test_a_second_tag_says_why(database: Database) -> None:
    day, serial = started_bag(database)
    printers = FakePrinters()
    at_desk = printing(day, printers)
    at_desk.print_tag(serial, SMALL)
    assert codes(lambda: at_desk.print_tag(serial, SMALL)) == ["print.tag-without-reason"]
    assert at_desk.print_tag(serial, SMALL, "fell into the sink").reason == "fell into the sink"
    assert len(printers.documents) == 2


def test_a_tag_that_was_refused_is_printed_again_without_a_reason(database: Database) -> None:
    day, serial = started_bag(database)
    printers = FakePrinters(outcome=REFUSED)
    at_desk = printing(day, printers)
    with pytest.raises(StationTrouble):
        at_desk.print_tag(serial, SMALL)
    printers.outcome = FakePrinters().outcome
    at_desk.print_tag(serial, SMALL)
    assert len(printers.documents) == 2


def test_a_tag_is_no_dispensing_label_and_no_unknown_job(database: Database) -> None:
    day, serial = started_bag(database)
    at_desk = printing(day, FakePrinters())
    at_desk.print_tag(serial, SMALL)
    day.later(hours=1)
    assert at_desk.settle() == ()
    assert at_desk.unknown_jobs() == ()
    assert codes(lambda: at_desk.it_printed(serial, 0)) == ["print.no-such-print"]


def test_a_tag_stays_possible_until_the_release(database: Database) -> None:
    day, serial = started_bag(database)
    up_to(day, serial, "")
    printing(day, FakePrinters()).print_tag(serial, SMALL)
