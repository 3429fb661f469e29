"""Whatever command of a person is refused, the record says so: who, what, on which thing, and why."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from typing import NamedTuple

import pytest

from db.engine import Database
from pharmacy_app.domain.audit import EVERY_ENTRY, RecordedEntry
from pharmacy_app.domain.errors import InputRefused, PharmacyError, RulesRefused
from pharmacy_app.domain.finding import Severity
from pharmacy_app.domain.person import Actor, Permission
from pharmacy_app.domain.print_job import PrintState
from pharmacy_app.domain.quantity import Weight
from pharmacy_app.domain.scan import BagScan
from pharmacy_app.domain.weight import WeightTyped
from pharmacy_app.intake.catalogue_csv import CatalogueCsv
from pharmacy_app.intake.protocol_file import read_protocol
from pharmacy_app.wording import load
from pharmacy_app.workflow import record_export
from pharmacy_app.workflow.commissioning import Commissioning
from pharmacy_app.workflow.label import MadeLabel, keep_label, make_specimen
from pharmacy_app.workflow.ledger import Ledger
from pharmacy_app.workflow.order import accept_order
from pharmacy_app.workflow.plan import make_plan
from pharmacy_app.workflow.plan_on_file import keep_plan
from pharmacy_app.workflow.print_record import jobs_of
from pharmacy_app.workflow.record_export import Form
from pharmacy_app.workflow.record_question import RecordQuestion
from pharmacy_app.workflow.station import Station
from pharmacy_app.workflow.stock_desk import Stock
from pharmacy_app.workflow.training import training_people
from tests.support.bench import MORNING, REASON, SECRET, Day, prepared, tag
from tests.support.orders import order
from tests.support.people import for_patients
from tests.support.printing import RENDERER, ZEBRA, FakePrinters, InterruptedFile, printing
from tests.support.record_books import book_at
from tests.support.stations import OTHER_TECHNICIAN, PHARMACIST, TECHNICIAN

NOBODYS = "2611239999"  # ten digits, and no bag
ANYTHING = "correct horse 7"  # typed in place of a serial or a number: it is not for the record
UNKNOWN = BagScan(NOBODYS, 1, "")
HEAVY = WeightTyped(Weight(Decimal(70)), MORNING.date())


class Refused(NamedTuple):
    """A command, and the entry that its refusal leaves: act, thing, and why."""

    command: Callable[[Day, str], object]
    act: str
    thing: str
    why: str


@pytest.fixture
def day(database: Database) -> Day:
    day = Day(database)
    day.stock()
    day.hire()
    return day


@pytest.fixture
def serial(day: Day) -> str:
    """A bag that is ready to be verified."""
    return prepared(day, day.accept())


def newest(day: Day) -> RecordedEntry:
    with day.database(reading=True) as work:
        return work.audit.entries(EVERY_ENTRY, limit=1)[0]


def _plan_of_light_patient(day: Day, number: str) -> object:
    light = make_plan(order(order_number=number, **{"patient.weight_kg": "44.9"}), day.book, now=day.now)
    return keep_plan(light, {}, day.station(PHARMACIST))


def _label(day: Day, **changes: str) -> MadeLabel:
    plan, site = make_plan(order(**changes), day.book, now=day.now), day.book.site
    return make_specimen(plan, 2, site=site, words=load(), renderer=RENDERER, stock="4x3", dpi=203)


def _keep_label(day: Day, **changes: str) -> None:
    keep_label(_label(day, **changes), day.station(), plan_revision=7)


def _for_patients(day: Day) -> Station:
    return for_patients(day.station(PHARMACIST))


def _tag_of_another_plan(day: Day, serial: str) -> object:
    day.plan_again(*[48] * 14)
    return printing(day, FakePrinters()).print_tag(serial, ZEBRA)


def _commissioning(day: Day) -> Commissioning:
    return Commissioning(day.station(PHARMACIST), read_protocol)


def _ledger(day: Day, actor: Actor = TECHNICIAN) -> Ledger:
    return Ledger(day.station(actor))


def _photograph(day: Day, step: str, name: str, content: bytes) -> object:
    serial = day.bench().start("RX-1001", 2)
    return day.bench().photograph(serial, step, name, content)


OPEN = "bag 2611230002"
PICTURE = b"\x89PNG\r\n\x1a\n and so on"
BAG = "bag 2611230001"
REFUSED = {
    "did not print, no reason": Refused(
        lambda day, serial: printing(day, FakePrinters()).it_did_not_print(serial, 1, " "),
        "print-refused", BAG, "print.why-not-printed",
    ),
    "no such print": Refused(
        lambda day, serial: printing(day, FakePrinters()).it_printed(serial, 3),
        "print-refused", BAG, "print.no-such-print",
    ),
    "printed, of no bag": Refused(
        lambda day, _: printing(day, FakePrinters()).it_printed(ANYTHING, 1),
        "print-refused", "bags", "print.no-such-print",
    ),
    "print for no bag": Refused(
        lambda day, _: printing(day, FakePrinters()).print_label(NOBODYS, ZEBRA),
        "print-refused", f"bag {NOBODYS}", "expected.bag-serial",
    ),
    "a tag of another plan": Refused(_tag_of_another_plan, "print-refused", BAG, "verify.plan-not-in-force"),
    "tag for no bag": Refused(
        lambda day, _: printing(day, FakePrinters()).print_tag(ANYTHING, ZEBRA),
        "print-refused", "bags", "expected.bag-serial",
    ),
    "accept an unknown order": Refused(
        lambda day, _: accept_order(ANYTHING, day.station(PHARMACIST)),
        "order-refused", "orders", "order.not-on-file",
    ),
    "a refused plan": Refused(
        lambda day, _: _plan_of_light_patient(day, "RX-1001"),
        "plan-refused", "order RX-1001", "order.weight",
    ),
    "a refused plan of no order": Refused(
        lambda day, _: _plan_of_light_patient(day, "RX-2"), "plan-refused", "orders", "order.weight",
    ),
    "a label that does not fit": Refused(
        lambda day, _: _keep_label(day, **{"patient.family_name": "W" * 60}),
        "label-refused", "order RX-1001", "label-stop.name-too-wide",
    ),
    "a label of another plan": Refused(
        lambda day, _: _keep_label(day), "label-refused", "order RX-1001", "label.plan-not-in-force",
    ),
    "a label of no order": Refused(
        lambda day, _: _keep_label(day, order_number="RX-2"),
        "label-refused", "orders", "label.plan-not-in-force",
    ),
    "work at no bag": Refused(
        lambda day, _: day.bench().scan(ANYTHING, tag(NOBODYS)),
        "bench-refused", "bags", "expected.bag-serial",
    ),
    "a photograph that is none": Refused(
        lambda day, _: _photograph(day, "drug", "letter.pdf", b"%PDF-1.7"),
        "bench-refused", OPEN, "expected.photograph",
    ),
    "a photograph too large": Refused(
        lambda day, _: _photograph(day, "drug", "large.png", PICTURE + bytes(10_000_000)),
        "bench-refused", OPEN, "expected.photograph",
    ),
    "verify no bag": Refused(
        lambda day, _: day.verification().open(NOBODYS),
        "verification-refused", f"bag {NOBODYS}", "expected.bag-serial",
    ),
    "reject no bag": Refused(
        lambda day, _: day.verification().reject(ANYTHING, REASON),
        "verification-refused", "bags", "expected.bag-serial",
    ),
    "hang no bag": Refused(
        lambda day, _: _ledger(day).hang(UNKNOWN),
        "bag-move-refused", f"bag {NOBODYS}", "expected.bag-serial",
    ),
    "a weight of no order": Refused(
        lambda day, _: _ledger(day).add_weight(ANYTHING, HEAVY),
        "weight-refused", "orders", "expected.order-on-file",
    ),
    "an unknown figure": Refused(
        lambda day, _: _commissioning(day).type_figure(ANYTHING, "1"),
        "figure-refused", "figures", "expected.no-such-figure",
    ),
    "a text that is no figure": Refused(
        lambda day, _: _commissioning(day).type_figure("bag.96h.28mcg.drug", ANYTHING),
        "figure-refused", "figure bag.96h.28mcg.drug", "expected.figure",
    ),
    "an unknown group": Refused(
        lambda day, _: _commissioning(day).sign(ANYTHING, secret=SECRET),
        "group-refused", "figures", "expected.one-of",
    ),
    "a bag under a revision, none": Refused(
        lambda day, _: _commissioning(day).release_bag_again(ANYTHING, secret=SECRET),
        "bag-not-released-again", "bags", "expected.bag-serial",
    ),
    "training accounts for patients": Refused(
        lambda day, _: training_people(_for_patients(day)),
        "account-refused", "people", "person.no-training",
    ),
    "a training account's name is a person's": Refused(
        lambda day, _: training_people(day.station()),
        "account-refused", "people", "person.not-for-training",
    ),
    "training stock for patients": Refused(
        lambda day, _: Stock(_for_patients(day), CatalogueCsv()).start_training(),
        "stock-refused", "training stock", "stock.training-only",
    ),
}  # fmt: skip


@pytest.mark.req("REQ-AUD-001")
@pytest.mark.parametrize("refused", REFUSED.values(), ids=REFUSED.keys())
def test_a_refusal_is_an_entry(day: Day, serial: str, refused: Refused) -> None:
    assert f"bag {serial}" == BAG
    with pytest.raises((RulesRefused, InputRefused)) as refusal:
        refused.command(day, serial)
    entry = newest(day)
    assert (entry.act, entry.thing) == (refused.act, refused.thing)
    assert refused.why in why(refusal.value)
    assert json.loads(entry.facts)["findings"].split(", ") == why(refusal.value)
    assert ANYTHING not in "".join(str(each) for each in entry)
    with day.database(reading=True) as work:
        assert work.audit.check().findings == ()


def why(refusal: PharmacyError) -> list[str]:
    if isinstance(refusal, RulesRefused):
        against = [each for each in refusal.findings if each.severity is not Severity.NOTE]
        return list(dict.fromkeys(each.code for each in against))
    return [refusal.code]


@pytest.mark.req("REQ-AUD-001")
def test_a_station_that_was_slower_to_say_what_became_of_a_print_leaves_an_entry(
    day: Day, serial: str
) -> None:
    day.release(serial, PHARMACIST)
    printers = FakePrinters()
    printing(day, printers).print_label(serial, ZEBRA)

    def faster() -> None:
        printing(day, printers, OTHER_TECHNICIAN, name="ward").it_printed(serial, 1)

    slower = printing(day, printers, file=InterruptedFile(day.database, 1, faster))
    with pytest.raises(RulesRefused):
        slower.it_did_not_print(serial, 1, "The tray is empty")
    with day.database(reading=True) as work:
        assert jobs_of(work, serial)[0].state is PrintState.CONFIRMED
    entry = newest(day)
    assert (entry.act, entry.thing, entry.person) == ("print-refused", BAG, "mroy")
    assert "print.already-decided" in entry.facts


@pytest.mark.req("REQ-AUD-001")
def test_a_part_of_the_record_that_is_too_large_to_be_given_out_leaves_an_entry(
    day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(record_export.MOST, Form.PDF, 1)
    with pytest.raises(RulesRefused):
        book_at(day.station(PHARMACIST)).draw_up(RecordQuestion(), Form.PDF)
    entry = newest(day)
    assert (entry.act, entry.thing) == ("export-refused", "record")
    assert "record-stop.too-many" in entry.facts


@pytest.mark.req("REQ-AUD-001", "REQ-VER-001")
def test_a_command_while_nobody_works_here_is_an_entry_by_nobody(day: Day) -> None:
    station = day.station()
    station.seat.actor = None
    with pytest.raises(RulesRefused):
        station.permitted(Permission.PREPARE)
    entry = newest(day)
    assert (entry.act, entry.thing, entry.person) == ("not-permitted", "act prepare", "nobody")
    assert "person.nobody-signed-in" in entry.facts


@pytest.mark.req("REQ-AUD-001")
def test_a_question_leaves_nothing_behind_whatever_its_answer(day: Day, serial: str) -> None:
    before = newest(day)
    for question in (
        lambda: day.bench().view(NOBODYS),
        lambda: printing(day, FakePrinters()).label(NOBODYS, ZEBRA.paper),
        lambda: printing(day, FakePrinters()).answer(serial, 9),
        lambda: _ledger(day).answer("0000000001"),
        lambda: book_at(day.station(PHARMACIST)).recall("no such lot"),
    ):
        with suppress(PharmacyError):
            question()
    assert newest(day) == before
