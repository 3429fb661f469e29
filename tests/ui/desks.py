"""A real desk on a file of its own, and the order of CLI.md as a document."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from db.engine import open_database
from labels.code_sheet import PdfCodeSheetRenderer
from labels.record_pdf import PdfListingRenderer
from labels.renderer import PdfLabelRenderer
from pharmacy_app.bootstrap import example_orders, plan_drawers
from pharmacy_app.intake.catalogue_csv import CatalogueCsv
from pharmacy_app.intake.order_json import read_order
from pharmacy_app.intake.protocol_file import read_protocol
from pharmacy_app.intake.scan import read_scan
from pharmacy_app.wording import load
from pharmacy_app.workflow.desk import Desk
from tests.support import orders
from tests.support.printing import FakePrinters
from tests.support.stations import station_of
from tests.ui.page_desk import PlainWorksheetRenderer

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)

_PRESCRIBED = [
    {"from_day": 1, "to_day": 7, "mcg_per_day": "9"},
    {"from_day": 8, "to_day": 28, "mcg_per_day": "28"},
]


def order_document(**changes: object) -> dict[str, object]:
    """The document with changes; two underscores stand for the point of a dotted name."""
    dotted = {name.replace("__", "."): value for name, value in changes.items()}
    return orders.order_document(**{"prescribed": _PRESCRIBED, "bags.sequence_h": orders.ABSENT, **dotted})


ORDER = order_document()


def real_desk(file: Path) -> Desk:
    """The desk on this SQLite file, which has its tables already."""
    return Desk(
        station=station_of(open_database(f"sqlite:///{file}"), now=NOW),
        words=load(),
        order_reader=read_order,
        scan_reader=read_scan,
        label_renderer=PdfLabelRenderer(),
        worksheet_renderer=PlainWorksheetRenderer(),
        listing_renderer=PdfListingRenderer(),
        plan_drawers=plan_drawers(),
        printers=FakePrinters(),
        stock_files=CatalogueCsv(),
        code_sheet_renderer=PdfCodeSheetRenderer(),
        protocol_reader=read_protocol,
        examples=example_orders,
    )


def keep(desk: Desk, document: Mapping[str, object]) -> None:
    """Keep and accept the order of a document, with a reason for whatever asks for one."""
    order = desk.read_order(document).order
    assert order is not None
    reasons = {each.code: "For a test" for each in desk.check_order(order)}
    desk.keep_order(order, reasons, accept=True)
