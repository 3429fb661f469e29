"""The record as a person at a station reads it, and its files taken apart again."""

from __future__ import annotations

import csv
import io

from labels.record_pdf import PdfListingRenderer
from pharmacy_app.domain.audit import EVERY_ENTRY, RecordedEntry
from pharmacy_app.domain.person import Actor
from pharmacy_app.wording import load
from pharmacy_app.workflow.record_book import RecordBook
from pharmacy_app.workflow.station import Station
from pharmacy_app.workflow.unit_of_work import OpenUnitOfWork
from tests.support.stations import PHARMACIST, station_of


def book_at(station: Station) -> RecordBook:
    """The record at this station."""
    return RecordBook(station, load(), PdfListingRenderer())


def book_of(database: OpenUnitOfWork, actor: Actor | None = PHARMACIST) -> RecordBook:
    """The record of this file, read by this person."""
    return book_at(station_of(database, actor=actor))


def whole_record(database: OpenUnitOfWork) -> list[RecordedEntry]:
    """Every entry, oldest first."""
    with database(reading=True) as work:
        return list(reversed(work.audit.entries(EVERY_ENTRY, limit=10_000)))


def csv_rows(content: bytes) -> list[list[str]]:
    """The lines of a CSV file, each as its columns."""
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))
