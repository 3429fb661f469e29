"""Worksheets for tests, drawn and read again."""

from __future__ import annotations

from collections.abc import Mapping

from labels.worksheet import PdfWorksheetRenderer
from pharmacy_app.wording import Catalogue, load
from pharmacy_app.workflow.worksheet import Worksheet, make_worksheet
from tests.support.orders import order_document
from tests.support.pdf_text import ReadPage, read_pages
from tests.support.rulebooks import plan_of, rulebook


def worksheet(changes: Mapping[str, object] | None = None, *, bag: int = 2) -> Worksheet:
    return make_worksheet(plan_of(order_document(**(changes or {}))), bag, rulebook().site)


class Reworded(Catalogue):
    """The catalogue with other sentences on the worksheet."""

    def __init__(self, changes: Mapping[str, str]) -> None:
        self._others = {f"worksheet.{code}": sentence for code, sentence in changes.items()}
        self._catalogue = load()

    def __call__(self, code: str, **values: str) -> str:
        return self._others.get(code) or self._catalogue(code, **values)


def drawn(sheet: Worksheet) -> bytes:
    document = PdfWorksheetRenderer(load()).draw(sheet)
    assert document.findings == ()
    return document.pdf


BAGS_OF_96_H: dict[str, object] = {"bags.sequence_h": [96, 72, 96, 96, 96, 96, 96, 24]}


# The end of daylight saving time lies in bag 4.
AUTUMN: dict[str, object] = {
    "start_at": "2026-10-19T14:00",
    "patient.weight_taken_on": "2026-10-18",
    "bags.sequence_h": [96, 72, 96, 96, 72, 96, 48, 96],
}


def read_sheet(sheet: Worksheet) -> ReadPage:
    """All pages as if they were one."""
    pages = read_pages(drawn(sheet))
    return ReadPage(pages[0].width, pages[0].height, tuple(run for page in pages for run in page.runs))
