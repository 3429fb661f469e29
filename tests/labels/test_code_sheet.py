"""The codes of the training shelf on paper: each is read back from the picture as the very unit it names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations

import pypdfium2
import pytest
import zxingcpp

from db.engine import Database
from labels.code_sheet import PdfCodeSheetRenderer
from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.product import lot_key
from pharmacy_app.domain.scan import ProductScan
from pharmacy_app.intake.catalogue_csv import CatalogueCsv
from pharmacy_app.intake.scan import read_scan
from pharmacy_app.wording import load
from pharmacy_app.workflow.stock_training import start_training_stock
from pharmacy_app.workflow.training_codes import CodeSheet, training_codes
from tests.support.databases import database, migrated_file, reused_postgresql, url
from tests.support.pdf_text import read_pages
from tests.support.rulebooks import rulebook
from tests.support.stations import NOW, station_of

__all__ = ["database", "migrated_file", "reused_postgresql", "url"]

FILES = CatalogueCsv()
TODAY = date(2026, 11, 20)


@pytest.fixture
def sheet(database: Database) -> CodeSheet:
    station = station_of(database)
    start_training_stock(FILES, station)
    return training_codes(FILES, load(), station)


def read_back(pdf: bytes) -> list[str]:
    """Every DataMatrix on every page, at 300 dpi, as a scanner sends it."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for page in document:
        picture = page.render(scale=300 / 72, grayscale=True).to_pil()
        found += [each.bytes.decode("ascii") for each in zxingcpp.read_barcodes(picture)]
    document.close()
    return found


@pytest.mark.req("REQ-SUP-009")
def test_every_code_is_read_back_as_the_unit_of_the_lot_that_it_names(sheet: CodeSheet) -> None:
    read = read_back(PdfCodeSheetRenderer().draw(sheet))
    scans = [read_scan(each, own_gtins=frozenset(), today=TODAY) for each in read]
    assert len(scans) == len(sheet.cells) == len(set(scans))
    on_file = {each.key: each.expires_on for each in FILES.training_lots(today=TODAY, at=NOW)}
    named = {lot_key(each.code, each.lot): each.expires_on for each in scans if isinstance(each, ProductScan)}
    assert named == on_file
    vials = [each.unit_serial for each in scans if isinstance(each, ProductScan) and each.lot == "TV7741"]
    assert sorted(vials) == [f"TV7741-{n:02}" for n in range(1, 13)]


@pytest.mark.req("REQ-PRO-004")
def test_every_page_carries_the_training_mark(sheet: CodeSheet) -> None:
    pages = read_pages(PdfCodeSheetRenderer().draw(sheet))
    assert len(pages) > 1
    for page in pages:
        assert page.text.startswith("TRAINING – NOT FOR PATIENT USE")


@pytest.mark.req("REQ-PRO-004")
def test_a_pharmacy_that_treats_patients_has_no_such_sheet(database: Database) -> None:
    book = rulebook()
    commissioned = replace(book, site=replace(book.site, training=False))
    with pytest.raises(RulesRefused) as refusal:
        training_codes(FILES, load(), station_of(database, book=commissioned))
    assert [each.code for each in refusal.value.findings] == ["stock.training-only"]


def test_no_text_lies_on_another_nor_leaves_the_page(sheet: CodeSheet) -> None:
    for page in read_pages(PdfCodeSheetRenderer().draw(sheet)):
        for one, other in combinations(page.runs, 2):
            assert not one.box.overlaps(other.box), (one.text, other.text)
        assert all(run.box.left > 30 and run.box.right < 582 and run.box.bottom > 30 for run in page.runs)


def test_the_same_sheet_gives_the_same_bytes(sheet: CodeSheet) -> None:
    assert PdfCodeSheetRenderer().draw(sheet) == PdfCodeSheetRenderer().draw(sheet)
