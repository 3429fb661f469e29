"""The real desk on a database of its own, for the pages' tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from db.engine import open_database
from labels.renderer import PdfLabelRenderer
from pharmacy_app.domain.finding import Finding
from pharmacy_app.domain.order import Order
from pharmacy_app.intake.order_json import read_order
from pharmacy_app.wording import load
from pharmacy_app.workflow.desk import Desk
from pharmacy_app.workflow.ports import RenderedDocument
from pharmacy_app.workflow.worksheet import Worksheet
from tests.support.rulebooks import rulebook

NOW = datetime(2026, 10, 1, 12, 0, tzinfo=UTC)


class PlainWorksheetRenderer:
    """Gives bytes that name the bag, or the findings it was made with."""

    def __init__(self, findings: Sequence[Finding] = ()) -> None:
        self._findings = tuple(findings)

    def draw(self, worksheet: Worksheet) -> RenderedDocument:
        pdf = b"" if self._findings else f"%PDF worksheet of bag {worksheet.bag.number}".encode()
        return RenderedDocument(pdf, self._findings)


def desk_with(folder: Path, *orders: Order, findings: Sequence[Finding] = ()) -> Desk:
    """A desk that has these orders on file; `findings` are what its worksheets are refused with."""
    desk = Desk(
        rulebook=rulebook(),
        words=load(),
        clock=lambda: NOW,
        order_reader=read_order,
        label_renderer=PdfLabelRenderer(),
        worksheet_renderer=PlainWorksheetRenderer(findings),
        open_unit_of_work=open_database(f"sqlite:///{folder / 'pharmacy.sqlite3'}"),
        examples=tuple,
    )
    for order in orders:
        desk.keep_order(order, {each.code: "For a test" for each in desk.check_order(order)})
    return desk


def with_sequence(order: Order, *sequence_h: int) -> Order:
    """The order with a sequence by hand."""
    return replace(order, bags=replace(order.bags, sequence_h=sequence_h))
