"""`print SERIAL --printer NAME`: the next label of a released bag."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pharmacy_app.cli.answer import DONE, Answer
from pharmacy_app.cli.label import check_dpi, check_stock

if TYPE_CHECKING:
    from pharmacy_app.cli.tools import Tools
    from pharmacy_app.workflow.desk import Desk


@dataclass(frozen=True, slots=True)
class PrintRequest:
    """What was asked for, still as typed."""

    serial: str
    printer: str
    stock: str
    dpi: str


def run(desk: Desk, request: PrintRequest, tools: Tools) -> Answer:
    """Print it; a reprint needs two people, so it is done at the window."""
    from pharmacy_app.workflow.label import Paper
    from pharmacy_app.workflow.print_send import Target

    check_dpi(request.dpi)
    check_stock(request.stock, desk.stocks)
    target = Target(request.printer, Paper(request.stock, int(request.dpi)))
    job = desk.printing.print_label(request.serial, target)
    document: dict[str, object] = {
        "serial": job.serial,
        "print_number": job.number,
        "printer": job.printer,
        "job": job.reference,
        "state": job.state.value,
        "stock": job.stock,
        "dpi": job.dpi,
        "sha256": job.sha256,
        "findings": [],
    }
    values = {"number": str(job.number), "serial": job.serial, "printer": job.printer}
    return Answer(DONE, document, tools.words("cli.label-printed", **values))
