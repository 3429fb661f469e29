"""A station that dies while it prints: nothing is sent twice, and what is not known is said to be so."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest

from labels.renderer import PdfLabelRenderer
from pharmacy_app.domain.errors import RulesRefused, StationTrouble
from pharmacy_app.domain.label import Content
from pharmacy_app.domain.print_job import PrintState
from pharmacy_app.workflow.ports import RenderedDocument
from pharmacy_app.workflow.printing import Printing
from tests.support.printing import (
    REFUSED,
    ZEBRA,
    FakePrinters,
    InterruptedFile,
    PowerLoss,
    printing,
)
from tests.support.sign_ins import codes
from tests.support.stations import PHARMACIST, TECHNICIAN
from tests.workflow.printing.conftest import Released

Q, S, C, F, U = (
    PrintState.QUEUED,
    PrintState.SENT,
    PrintState.CONFIRMED,
    PrintState.FAILED,
    PrintState.UNKNOWN,
)


def die() -> None:
    raise PowerLoss


def dies_while_sending(bag: Released) -> None:
    """The station prints, and dies between the announcement and the printer's answer."""
    bag.printers.before = die
    with pytest.raises(PowerLoss):
        printing(bag.day, bag.printers).print_label(bag.serial, ZEBRA)
    bag.printers.before = FakePrinters().before


@pytest.mark.req("REQ-LBL-009")
def test_a_station_that_died_between_announcement_and_answer_does_not_know_and_never_sends_again(
    bag: Released,
) -> None:
    dies_while_sending(bag)
    assert bag.states() == [Q, S]
    restarted = printing(bag.day, bag.printers, None)
    assert [each.state for each in restarted.settle()] == [U]
    assert [(each.serial, each.number) for each in restarted.unknown_jobs()] == [(bag.serial, 1)]
    assert restarted.settle() == ()
    at_desk = printing(bag.day, bag.printers)
    assert codes(lambda: at_desk.print_label(bag.serial, ZEBRA)) == ["print.outcome-open"]
    assert bag.printers.documents == []


@pytest.mark.req("REQ-LBL-009")
@pytest.mark.parametrize(("printed", "after"), [(True, C), (False, F)])
def test_a_person_decides_what_became_of_it(bag: Released, printed: bool, after: PrintState) -> None:
    dies_while_sending(bag)
    at_desk = printing(bag.day, bag.printers)
    at_desk.settle()
    decide: Callable[[], object] = (
        (lambda: at_desk.it_printed(bag.serial, 1))
        if printed
        else (lambda: at_desk.it_did_not_print(bag.serial, 1, "nothing in the tray"))
    )
    decide()
    assert bag.states() == [Q, S, U, after]
    assert at_desk.unknown_jobs() == ()
    assert bag.printers.documents == []


@pytest.mark.req("REQ-LBL-009")
def test_a_station_that_died_before_the_announcement_knows_that_nothing_was_sent(bag: Released) -> None:
    file = InterruptedFile(bag.day.database, 2, die)
    with pytest.raises(PowerLoss):
        printing(bag.day, bag.printers, file=file).print_label(bag.serial, ZEBRA)
    assert bag.states() == [Q]
    at_desk = printing(bag.day, bag.printers)
    assert codes(lambda: at_desk.print_label(bag.serial, ZEBRA)) == ["print.outcome-open"]
    assert [each.state for each in at_desk.settle()] == [F]
    assert at_desk.unknown_jobs() == ()
    assert at_desk.print_label(bag.serial, ZEBRA).number == 2
    assert len(bag.printers.documents) == 1


@pytest.mark.req("REQ-LBL-009")
@pytest.mark.parametrize("write", [1, 2, 3])
def test_wherever_it_dies_the_printer_has_the_label_only_if_that_is_on_file(
    bag: Released, write: int
) -> None:
    file = InterruptedFile(bag.day.database, write, die)
    with pytest.raises(PowerLoss):
        printing(bag.day, bag.printers, file=file).print_label(bag.serial, ZEBRA)
    assert bag.states() == [Q, S][: write - 1]
    assert len(bag.printers.documents) == (1 if write == 3 else 0)


@pytest.mark.req("REQ-LBL-009")
def test_what_a_person_decides_while_the_station_starts_stays_decided(bag: Released) -> None:
    dies_while_sending(bag)
    elsewhere = printing(bag.day, bag.printers, TECHNICIAN, name="other desk")
    file = InterruptedFile(bag.day.database, 1, lambda: says_that_it_printed(elsewhere, bag))
    assert printing(bag.day, bag.printers, None, file=file).settle() == ()
    assert bag.states() == [Q, S, C]


def says_that_it_printed(elsewhere: Printing, bag: Released) -> None:
    elsewhere.it_printed(bag.serial, 1)


@pytest.mark.req("REQ-LBL-009")
def test_another_stations_start_touches_nothing_here(bag: Released) -> None:
    printing(bag.day, bag.printers).print_label(bag.serial, ZEBRA)
    other = printing(bag.day, bag.printers, TECHNICIAN, name="other desk")
    assert other.settle() == ()
    assert bag.states() == [Q, S, S]


@pytest.mark.req("REQ-LBL-009")
def test_what_nobody_scans_for_ten_minutes_is_not_known_at_every_station(bag: Released) -> None:
    printing(bag.day, bag.printers).print_label(bag.serial, ZEBRA)
    other = printing(bag.day, bag.printers, TECHNICIAN, name="other desk")
    assert other.unknown_jobs() == ()
    bag.day.later(minutes=11)
    assert [each.number for each in other.unknown_jobs()] == [1]
    other.it_printed(bag.serial, 1)
    assert other.unknown_jobs() == ()


@pytest.mark.req("REQ-LBL-009")
def test_a_station_whose_job_was_decided_before_it_was_announced_sends_nothing(bag: Released) -> None:
    same = printing(bag.day, bag.printers)  # the program is started once more on this machine
    file = InterruptedFile(bag.day.database, 2, lambda: settles(same))
    at_desk = printing(bag.day, bag.printers, file=file)
    assert codes(lambda: at_desk.print_label(bag.serial, ZEBRA)) == ["print.already-decided"]
    assert bag.printers.documents == []


def settles(other: Printing) -> None:
    assert [each.state for each in other.settle()] == [F]


@pytest.mark.req("REQ-LBL-009")
def test_a_job_that_the_printer_gives_up_later_is_seen_when_it_is_asked(bag: Released) -> None:
    at_desk = printing(bag.day, bag.printers)
    at_desk.print_label(bag.serial, ZEBRA)
    asked = at_desk.ask_printer(bag.serial)
    assert asked is not None
    assert asked.state is S
    bag.printers.outcome = REFUSED
    with pytest.raises(StationTrouble):
        at_desk.ask_printer(bag.serial)
    assert bag.states() == [Q, S, S, F]
    assert at_desk.ask_printer(bag.serial) is None


class MeetingRenderer(PdfLabelRenderer):
    """Draws, then waits for the other station, so that both hold a finished label with the same number."""

    def __init__(self, barrier: Barrier) -> None:
        self._barrier = barrier

    def draw(self, content: Content, *, stock: str, dpi: int) -> RenderedDocument:
        drawn = super().draw(content, stock=stock, dpi=dpi)
        self._barrier.wait(timeout=60)
        return drawn


class InterruptedRenderer(PdfLabelRenderer):
    """Something happens elsewhere while a label is drawn here."""

    def __init__(self, happens: Callable[[], None]) -> None:
        self._happens = happens

    def draw(self, content: Content, *, stock: str, dpi: int) -> RenderedDocument:
        self._happens()
        return super().draw(content, stock=stock, dpi=dpi)


@pytest.mark.req("REQ-LBL-009")
def test_a_number_that_was_taken_while_the_label_was_drawn_is_not_printed_twice(bag: Released) -> None:
    def fails_elsewhere() -> None:
        with pytest.raises(StationTrouble):
            printing(bag.day, FakePrinters(outcome=REFUSED), name="other desk").print_label(bag.serial, ZEBRA)

    here = printing(bag.day, bag.printers, renderer=InterruptedRenderer(fails_elsewhere))
    assert codes(lambda: here.print_label(bag.serial, ZEBRA)) == ["print.number-taken"]
    assert bag.printers.documents == []
    assert bag.states(1) == [Q, S, F]


@pytest.mark.req("REQ-PLN-009", "REQ-VER-005")
@pytest.mark.parametrize(
    ("act", "expected"), [("plan", "verify.plan-not-in-force"), ("reject", "print.bag-dead")]
)
def test_what_changes_while_the_label_is_drawn_stops_it(bag: Released, act: str, expected: str) -> None:
    def meanwhile() -> None:
        if act == "plan":
            bag.day.plan_again(*[48] * 14)
        else:
            bag.day.verification(PHARMACIST).reject(bag.serial, "cloudy")

    here = printing(bag.day, bag.printers, renderer=InterruptedRenderer(meanwhile))
    assert expected in codes(lambda: here.print_label(bag.serial, ZEBRA))
    assert bag.printers.documents == []
    assert bag.jobs() == ()


@pytest.mark.req("REQ-LBL-009")
def test_two_stations_that_print_at_once_print_once(bag: Released) -> None:
    renderer = MeetingRenderer(Barrier(2))
    outcomes: list[str] = []

    def print_at(name: str) -> None:
        station = printing(bag.day, bag.printers, TECHNICIAN, renderer=renderer, name=name)
        try:
            outcomes.append(f"printed {station.print_label(bag.serial, ZEBRA).number}")
        except RulesRefused as refusal:
            outcomes.append(refusal.findings[0].code)

    threads = [Thread(target=print_at, args=(name,)) for name in ("desk", "other desk")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(bag.printers.documents) == 1
    assert sorted(outcomes) == ["print.outcome-open", "printed 1"]
    assert [each.number for each in bag.jobs()] == [1]
