"""Handing a document to a printer: its job first, then its bytes, then what the printer says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from pharmacy_app.domain.errors import StationTrouble
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding
from pharmacy_app.domain.print_job import PrintJob, PrintState
from pharmacy_app.workflow.print_record import take_step
from pharmacy_app.workflow.printers import Delivery, PrinterList, Printers, Sent

if TYPE_CHECKING:
    from pharmacy_app.domain.label import Content
    from pharmacy_app.domain.person import Actor
    from pharmacy_app.workflow.label import MadeDocument, Paper
    from pharmacy_app.workflow.station import Station


@dataclass(frozen=True, slots=True)
class Target:
    """Where a document goes: the printer's name, and the paper in it."""

    printer: str
    paper: Paper


def require_printer(found: PrinterList, printer: str) -> None:
    """Raises StationTrouble where this station has no such printer."""
    if printer in found.names:
        return
    if found.trouble is not None:
        raise found.trouble
    names = ", ".join(found.names) or "–"
    raise StationTrouble("trouble.printer.not-here", {"printer": printer, "printers": names})


def check_paper(printers: Printers, printer: str, *, commissioned: bool) -> tuple[Finding, ...]:
    """A file can be printed any number of times, so only training prints into files."""
    if printers.on_paper(printer) or not commissioned:
        return ()
    return (finding("print.not-on-paper", Severity.STOP, "REQ-LBL-009", Mark.DERIVED, printer=printer),)


def new_job(
    made: MadeDocument[Content],
    number: int,
    target: Target,
    *,
    state: PrintState,
    reason: str,
    second_person: str,
    station: Station,
    actor: Actor,
) -> PrintJob:
    """The job of a document that was made."""
    return PrintJob(
        serial=made.serial,
        number=number,
        state=state,
        printer=target.printer,
        stock=target.paper.stock,
        dpi=target.paper.dpi,
        sha256=made.sha256,
        reason=reason,
        second_person=second_person,
        told="",
        reference="",
        person=actor.person,
        station=station.seat.station,
        at=station.now(),
    )


def hand_over(station: Station, printers: Printers, job: PrintJob, pdf: bytes, *, actor: Actor) -> PrintJob:
    """Give a document to its printer. Its job is on file as sent already: from here on nobody else sends it.

    Raises:
        StationTrouble: the printer did not take it (the job has failed), or nobody knows (it is unknown).
    """
    sent = printers.send(job.printer, pdf, stock=job.stock, title=job.key)
    return settle_sent(station, job, sent, actor=actor)


def settle_sent(station: Station, job: PrintJob, sent: Sent, *, actor: Actor) -> PrintJob:
    """Keep what a printer said of a job. Raises as `hand_over`."""
    match sent.delivery:
        case Delivery.TAKEN:
            return _step(station, job, PrintState.SENT, sent, actor)
        case Delivery.REFUSED:
            _step(station, job, PrintState.FAILED, sent, actor)
        case Delivery.NOT_KNOWN:
            _step(station, job, PrintState.UNKNOWN, sent, actor)
        case _:
            assert_never(sent.delivery)
    raise sent.trouble or StationTrouble("trouble.printer.not-known", {"printer": job.printer})


def _step(station: Station, job: PrintJob, state: PrintState, sent: Sent, actor: Actor) -> PrintJob:
    return take_step(station, job, state, actor=actor, told=sent.told, reference=sent.reference)
