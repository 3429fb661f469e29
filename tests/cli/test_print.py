"""`print SERIAL --printer NAME`: a released bag's label from outside, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast

import pytest

from db.engine import Database, open_database
from labels import readback
from pharmacy_app import bootstrap
from pharmacy_app.workflow.desk import Desk
from pharmacy_app.workflow.printers import Printers
from tests.support.bench import MORNING, Day
from tests.support.command_line import Result, ask, errors_of, tools
from tests.support.printing import NO_ANSWER, REFUSED, FakePrinters, prepared_bag, released_bag
from tests.support.scanner import scan


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """The file that the commands work on."""
    opened = open_database(url)
    yield opened
    opened.close()


@pytest.fixture
def serial(database: Database) -> str:
    """A released bag."""
    return released_bag(Day(database))


def asked(*arguments: str, printers: Printers | None = None, now: datetime = MORNING) -> Result:
    """One command at this time, by the program's own desk, with these printers in place of its own."""
    opened: list[Desk] = []

    def open_desk(database: str | None, protocol: Path | None, *, create: bool = True) -> Desk:
        desk = bootstrap.open_desk(database, protocol, create=create).at_time(lambda: now)
        opened.append(desk)
        return desk if printers is None else replace(desk, printers=printers)

    result = ask(*arguments, using=tools(open_desk=open_desk))
    for desk in opened:
        cast(Database, desk.open_unit_of_work).close()
    return result


def print_on(
    url: str, serial: str, *options: str, printers: Printers, printer: str = "Zebra", now: datetime = MORNING
) -> Result:
    """One `print`, as a document."""
    arguments = ("print", serial, "--printer", printer, "--database", url, "--json", *options)
    return asked(*arguments, printers=printers, now=now)


@pytest.mark.req("REQ-LBL-009")
def test_a_released_bags_label_is_printed_once(url: str, serial: str) -> None:
    printers = FakePrinters()
    result = print_on(url, serial, printers=printers)
    assert result.code == 0
    assert errors_of("print", result.document) == []
    document = dict(result.document)
    assert len(document.pop("sha256")) == 64
    assert document == {
        "serial": serial,
        "print_number": 1,
        "printer": "Zebra",
        "job": "17",
        "state": "sent",
        "stock": "4x3",
        "dpi": 203,
        "findings": [],
    }
    (pdf,) = printers.documents
    assert scan(readback.picture(pdf, dpi=203))["]C0"].text == f"{serial}01"
    second = print_on(url, serial, printers=printers)
    assert (second.code, second.codes) == (3, ["print.outcome-open"])
    assert errors_of("print", second.document) == []
    assert len(printers.documents) == 1


@pytest.mark.parametrize(("stock", "dpi"), [("4x6", 300), ("4x3", 300)])
def test_stock_and_dots_can_be_chosen(url: str, serial: str, stock: str, dpi: int) -> None:
    printers = FakePrinters()
    result = print_on(url, serial, "--stock", stock, "--dpi", str(dpi), printers=printers)
    assert (result.document["stock"], result.document["dpi"]) == (stock, dpi)
    assert scan(readback.picture(printers.documents[0], dpi=dpi)).keys() == {"]C0", "]d2"}


@pytest.mark.req("REQ-VER-005")
def test_a_bag_that_is_not_released_is_refused_by_the_rules(url: str, database: Database) -> None:
    serial, printers = prepared_bag(Day(database)), FakePrinters()
    result = print_on(url, serial, printers=printers)
    assert (result.code, result.codes) == (3, ["print.not-released"])
    assert printers.documents == []


@pytest.mark.req("REQ-BUD-005")
def test_an_expired_bag_is_refused_by_the_rules(url: str, serial: str) -> None:
    printers = FakePrinters()
    result = print_on(url, serial, printers=printers, now=MORNING + timedelta(days=5))
    assert (result.code, result.codes) == (3, ["beyond-use.expired"])
    assert printers.documents == []


@pytest.mark.parametrize("typed", ["0000000001", "2611239999", "261123 0001", "abc", "26112300011"])
def test_a_serial_that_no_bag_has_is_usage(url: str, serial: str, typed: str) -> None:
    result = print_on(url, typed, printers=FakePrinters())
    assert serial != typed
    assert (result.code, result.error["field"]) == (2, "serial")


@pytest.mark.parametrize(
    ("options", "field"),
    [
        (("--stock", "3x2"), "--stock"),
        (("--stock", "76x50mm"), "--stock"),
        (("--dpi", "600"), "--dpi"),
        (("--copies", "2"), "arguments"),
    ],
)
def test_an_unknown_option_or_value_is_usage(
    url: str, serial: str, options: tuple[str, ...], field: str
) -> None:
    printers = FakePrinters()
    result = print_on(url, serial, *options, printers=printers)
    assert (result.code, result.error["field"]) == (2, field)
    assert printers.documents == []


@pytest.mark.parametrize(("missing", "field"), [("serial", "SERIAL"), ("printer", "--printer")])
def test_serial_and_printer_must_be_named(missing: str, field: str) -> None:
    arguments = ["--printer", "Zebra"] if missing == "serial" else ["2611230001"]
    result = ask("print", *arguments, "--json")
    assert (result.code, result.error["field"]) == (2, field)


@pytest.mark.req("REQ-LBL-009")
@pytest.mark.parametrize(
    ("printers", "printer", "field"),
    [
        (FakePrinters(), "Laser", "trouble.printer.not-here"),
        (FakePrinters(outcome=REFUSED), "Zebra", "trouble.printer.refused"),
        (FakePrinters(outcome=NO_ANSWER), "Zebra", "trouble.printer.not-known"),
    ],
)
def test_a_printer_that_fails_is_station_trouble(
    url: str, serial: str, printers: FakePrinters, printer: str, field: str
) -> None:
    result = print_on(url, serial, printers=printers, printer=printer)
    assert (result.code, result.error["field"]) == (4, field)


def test_a_database_that_is_not_there_is_station_trouble(tmp_path: Path) -> None:
    nowhere = f"sqlite:///{tmp_path}/nowhere.sqlite3"
    result = print_on(nowhere, "2611230001", printers=FakePrinters())
    assert (result.code, result.error["field"]) == (4, "trouble.database.missing")


def test_a_training_station_prints_into_its_folder(
    url: str, serial: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PHARMACY_APP_PRINT_FOLDER", str(tmp_path / "prints"))
    result = asked("print", serial, "--printer", "PDF folder", "--database", url)
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(f"Label 1 of bag {serial} went to PDF folder.")
    assert [each.name for each in (tmp_path / "prints").iterdir()] == [f"{serial}01-4x3.pdf"]
