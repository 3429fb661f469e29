"""Handing a document to a printer: its job first, then its bytes, then what the printer says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pharmacy_app.domain.errors import StationTrouble
from pharmacy_app.domain.print_job import PrintJob, PrintState
from pharmacy_app.workflow.print_record import take_step
from pharmacy_app.workflow.printers import Delivery, PrinterList, Printers, Sent

if TYPE_CHECKING:
    from pharmacy_app.domain.label import Content
    from pharmacy_app.domain.person import Actor
    from pharmacy_app.workflow.label import MadeDocument, Paper
    from pharmacy_app.workflow.ports import Phrases
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


@dataclass(frozen=True, slots=True)
class AtStation:
    """Where a job is done, by whom, and the words for what a printer does not say itself."""

    station: Station
    words: Phrases
    actor: Actor


def hand_over(job: PrintJob, pdf: bytes, *, printers: Printers, at: AtStation) -> PrintJob:
    """Give a document to its printer. Its job is on file as sent already: from here on nobody else sends it.

    Raises:
        StationTrouble: the printer did not take it (the job has failed), or nobody knows (it is unknown).
    """
    sent = printers.send(job.printer, pdf, stock=job.stock, title=job.key)
    return settle_sent(job, sent, at=at)


def settle_sent(job: PrintJob, sent: Sent, *, at: AtStation) -> PrintJob:
    """Keep what a printer said of a job. Raises as `hand_over`."""
    states = {
        Delivery.TAKEN: PrintState.SENT,
        Delivery.REFUSED: PrintState.FAILED,
        Delivery.NOT_KNOWN: PrintState.UNKNOWN,
    }
    told = sent.told or ("" if sent.trouble is None else at.words.error(sent.trouble))
    state = states[sent.delivery]
    taken = take_step(at.station, job, state, actor=at.actor, told=told, reference=sent.reference)
    if sent.delivery is Delivery.TAKEN:
        return taken
    raise sent.trouble or StationTrouble("trouble.printer.not-known", {"printer": job.printer})
