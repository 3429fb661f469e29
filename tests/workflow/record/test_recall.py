"""From a lot to every bag and patient, by one query (REQ-SUP-010)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, event

from db.engine import Database
from pharmacy_app.domain.bag_event import Dispensed, Ended, Finished, Hung, Measured, Released
from pharmacy_app.domain.errors import InputRefused, RulesRefused
from pharmacy_app.domain.fact import fact_digest
from pharmacy_app.domain.person import Actor
from pharmacy_app.domain.product import Lot, LotState, Product, lot_key
from pharmacy_app.workflow.people import Credentials
from pharmacy_app.workflow.recall import Recall
from pharmacy_app.workflow.record_export import Form
from tests.support.bench import SALINE, VIAL, Day, right_scans, scan_of, up_to
from tests.support.facts import NOON, events, scanned, some, started
from tests.support.pdf_text import read_pages
from tests.support.record_books import book_at, book_of, csv_rows, whole_record
from tests.support.records import entry, keep, keep_events, keep_plan, stored
from tests.support.stations import ADMINISTRATOR, OTHER_TECHNICIAN, PHARMACIST, TECHNICIAN

CODE, OTHER_CODE = "09990000000017", "09990000000024"
HANGS, ENDED, IN_PREPARATION = "2611200003", "2611200001", "2611200002"


def keep_lots(database: Database, *pairs: tuple[str, str]) -> None:
    """Products and lots by code and number."""
    with database() as work:
        for code, number in pairs:
            product = some(Product, code=code, name=f"Product {code[-2:]}")
            lot = some(Lot, code=code, lot=number, state=LotState.AVAILABLE)
            if work.products.latest(code) is None:
                work.products.add(product, at=NOON)
                work.audit.add(entry("product-kept", after=fact_digest(product), thing=f"product {code}"))
            work.lots.add(lot, at=NOON)
            work.audit.add(entry("stock-received", after=fact_digest(lot), thing=f"lot {number}"))
        work.commit()


@pytest.fixture
def file(database: Database) -> Database:
    """Three bags of one patient that hold lot A-1, in three states, and one with another lot."""
    keep(database, stored())
    keep_plan(database)
    keep_lots(database, (CODE, "A-1"), (CODE, "B-2"), (OTHER_CODE, "A-1"), (CODE, "C-3"))
    lived = (some(Measured), some(Finished), some(Released), some(Dispensed), some(Hung))
    begun = (started(), scanned(CODE, "A-1"))
    keep_events(
        database,
        *events(*begun, *lived, some(Ended), serial=ENDED),
        *events(*begun, scanned(CODE, "A-1"), scanned(CODE, "B-2"), serial=IN_PREPARATION),
        *events(*begun, *lived, serial=HANGS),
        *events(started(), scanned(CODE, "B-2"), serial="2611200004"),
        *events(started(), scanned(OTHER_CODE, "A-1"), serial="2611200005"),
    )
    return database


def serials(found: Recall) -> list[str]:
    return [each.bag.serial for each in found.bags]


@pytest.mark.req("REQ-SUP-010")
def test_every_bag_that_holds_the_lot_is_found_the_one_that_hangs_first(file: Database) -> None:
    found = book_of(file).recall("A-1", CODE)
    assert serials(found) == [HANGS, IN_PREPARATION, ENDED]
    assert [each.units for each in found.bags] == [1, 2, 1]
    assert found.hung == 1


@pytest.mark.req("REQ-SUP-010")
def test_each_bag_is_told_with_its_patient_its_order_and_its_place_in_the_plan(file: Database) -> None:
    first = book_of(file).recall("A-1", CODE).bags[0]
    assert first.owner.patient_name == "TREMBLAY, Anne-Marie"
    assert first.owner.record_number == "4471023"
    assert first.owner.order_number == "RX-1001"
    assert (first.bag.started.bag_number, first.owner.bags) == (3, 4)
    assert first.owner.destination == "6 East, bed 12"
    assert first.place.value == "at-patient"


def test_a_number_that_lots_of_several_products_have_means_all_of_them(file: Database) -> None:
    found = book_of(file).recall("A-1")
    assert serials(found) == [HANGS, IN_PREPARATION, "2611200005", ENDED]
    assert [each.product.code for each in found.lots] == [CODE, OTHER_CODE]


def test_a_lot_that_went_into_no_bag_has_none(file: Database) -> None:
    assert book_of(file).recall("C-3", CODE).bags == ()


@pytest.mark.parametrize(("lot", "code"), [("A-2", ""), ("a-1", ""), ("A-", ""), ("B-2", OTHER_CODE)])
def test_a_lot_that_is_not_on_file_is_refused_and_not_told_as_one_without_bags(
    file: Database, lot: str, code: str
) -> None:
    with pytest.raises(InputRefused) as refusal:
        book_of(file).recall(lot, code)
    assert (refusal.value.field, refusal.value.given, refusal.value.code) == (
        "lot",
        lot,
        "expected.lot-on-file",
    )


@pytest.mark.parametrize("actor", [TECHNICIAN, None])
def test_a_recall_names_patients_so_it_is_for_those_who_read_the_record(
    file: Database, actor: Actor | None
) -> None:
    with pytest.raises(RulesRefused):
        book_of(file, actor).recall("A-1", CODE)
    assert serials(book_of(file, ADMINISTRATOR).recall("A-1", CODE)) == [HANGS, IN_PREPARATION, ENDED]


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """Every statement that the database is given."""
    seen: list[str] = []

    def listen(*given: object) -> None:
        seen.append(str(given[2]))

    event.listen(engine, "before_cursor_execute", listen)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", listen)


@pytest.mark.req("REQ-SUP-010")
def test_bags_without_the_lot_are_not_looked_at(file: Database) -> None:
    with statements(file.engine) as before:
        book_of(file).recall("A-1", CODE)
    others = [f"261121{number:04}" for number in range(1, 301)]
    keep_events(
        file,
        *(each for serial in others for each in events(started(), scanned(CODE, "B-2"), serial=serial)),
    )
    with statements(file.engine) as after:
        found = book_of(file).recall("A-1", CODE)
    assert serials(found) == [HANGS, IN_PREPARATION, ENDED]
    assert after == before
    assert len(book_of(file).recall("B-2", CODE).bags) == 302


@pytest.mark.req("REQ-SUP-010")
def test_a_bag_made_at_the_bench_is_found_by_a_scanned_vial_and_by_a_typed_saline(database: Database) -> None:
    day = Day(database)
    day.stock()
    day.hire()
    bench, order_number = day.bench(), day.accept()
    serial = bench.start(order_number, 1)
    up_to(day, serial, "saline-preservative-free")
    for scan in right_scans(day, serial, bench):
        if scan != scan_of(SALINE):
            bench.scan(serial, scan)
            continue
        second = Credentials(OTHER_TECHNICIAN.person, "correct horse 7")
        bench.type_code(serial, scan_of(SALINE), reason="the code is torn", second=second)
    up_to(day, serial, "")
    book = book_at(day.station(PHARMACIST))
    for product in (SALINE, VIAL):
        found = book.recall("A1", product.code)
        assert [(each.bag.serial, each.bag.state.value) for each in found.bags] == [(serial, "prepared")]
    assert book.recall("A1", VIAL.code).bags[0].units == 4


@pytest.mark.req("REQ-SUP-010")
def test_the_bags_are_given_out_as_csv(file: Database) -> None:
    book = book_of(file)
    made = book.draw_up_recall(book.recall("A-1", CODE), Form.CSV)
    assert made.name == "recall-A-1-20261120-1000.csv"
    assert csv_rows(made.content) == [
        ["Mark", "TRAINING – NOT FOR PATIENT USE"],
        ["Pharmacy", "Training Pharmacy"],
        ["Made", "2026-NOV-20 10:00 UTC-05:00"],
        ["Made by", "A. Chen at desk"],
        ["Lot A-1", "Product 17 (09990000000017), available"],
        ["Bags", "3 bags, 1 hangs now"],
        [],
        ["serial", "patient", "record_number", "order_number", "bag", "bags", "state", "where", "destination",
         "units", "started", "mixed", "ready", "released", "dispensed", "hung", "stopped", "ended"],
        ["2611200003", "TREMBLAY, Anne-Marie", "4471023", "RX-1001", "3", "4", "Hanging",
         "At the patient, 6 East, bed 12", "6 East, bed 12", "1", *["2026-11-20T12:00:00-05:00"] * 6, "", ""],
        ["2611200002", "TREMBLAY, Anne-Marie", "4471023", "RX-1001", "3", "4", "In preparation",
         "At the bench a text", "6 East, bed 12", "2", "2026-11-20T12:00:00-05:00", *[""] * 7],
        ["2611200001", "TREMBLAY, Anne-Marie", "4471023", "RX-1001", "3", "4", "Ended", "Discarded",
         "6 East, bed 12", "1", *["2026-11-20T12:00:00-05:00"] * 6, "", "2026-11-20T12:00:00-05:00"],
    ]  # fmt: skip


@pytest.mark.req("REQ-SUP-010")
def test_the_bags_are_given_out_as_pdf_and_that_is_an_entry(file: Database) -> None:
    book = book_of(file)
    made = book.draw_up_recall(book.recall("A-1", CODE), Form.PDF)
    book.keep_export(made)
    text = read_pages(made.content)[0].text
    places = [text.index(f"{state}: bag 261120 {serial}") for state, serial in
              (("Hanging", "0003"), ("In preparation", "0002"), ("Ended", "0001"))]  # fmt: skip
    assert places == sorted(places)
    assert "TREMBLAY, Anne-Marie (4471023), order RX-1001, bag 3 of 4" in text
    told = whole_record(file)[-1]
    assert (told.act, told.thing) == ("recall-exported", "lot A-1")
    assert '"bags":"3"' in told.facts


def test_a_recall_has_no_json(file: Database) -> None:
    book = book_of(file)
    with pytest.raises(ValueError, match="CSV or PDF"):
        book.draw_up_recall(book.recall("A-1", CODE), Form.JSON)


@pytest.mark.req("REQ-SUP-010")
def test_a_pharmacist_recalls_the_lot_and_its_bags_are_named(file: Database) -> None:
    book = book_of(file)
    assert book.set_recalled(CODE, "A-1", "The maker says so") == (ENDED, IN_PREPARATION, HANGS)
    assert book.recall("A-1", CODE).lots[0].lot.state is LotState.RECALLED
    with file(reading=True) as work:
        other = work.lots.latest(lot_key(OTHER_CODE, "A-1"))
    assert other is not None
    assert other.state is LotState.AVAILABLE


def test_an_administrator_looks_but_does_not_recall(file: Database) -> None:
    with pytest.raises(RulesRefused):
        book_of(file, ADMINISTRATOR).set_recalled(CODE, "A-1", "The maker says so")
