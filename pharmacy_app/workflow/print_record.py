"""The prints of a bag's label on file: each step is kept with its entry in a transaction of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn

from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.finding import Finding
from pharmacy_app.domain.print_job import (
    TAG,
    PrintAnswer,
    PrintJob,
    PrintState,
    answer_of,
    check_print,
    check_step,
    job_key,
)
from pharmacy_app.workflow.bag_on_file import thing_of
from pharmacy_app.workflow.record import keep
from pharmacy_app.workflow.record import refuse as keep_refusal

if TYPE_CHECKING:
    from datetime import datetime

    from pharmacy_app.domain.errors import PharmacyError
    from pharmacy_app.domain.person import Actor
    from pharmacy_app.domain.site import Site
    from pharmacy_app.workflow.station import Station
    from pharmacy_app.workflow.unit_of_work import UnitOfWork

_ACTS = {
    PrintState.QUEUED: "print-queued",
    PrintState.SENT: "print-sent",
    PrintState.CONFIRMED: "print-confirmed",
    PrintState.FAILED: "print-failed",
    PrintState.UNKNOWN: "print-unknown",
}
BY_SCAN = "scanned"  # what a confirmation rests on


def jobs_of(work: UnitOfWork, serial: str) -> tuple[PrintJob, ...]:
    """The prints of a bag's dispensing label, by number, each as it is now."""
    jobs: list[PrintJob] = []
    while (job := work.print_jobs.latest(job_key(serial, len(jobs) + 1))) is not None:
        jobs.append(job)
    return tuple(jobs)


def tag_of(work: UnitOfWork, serial: str) -> PrintJob | None:
    """The newest print of a bag's in-process tag."""
    return work.print_jobs.latest(job_key(serial, TAG))


def print_answer(work: UnitOfWork, serial: str, print_number: int) -> PrintAnswer:
    """What the print number of a scanned dispensing label means now."""
    return answer_of(jobs_of(work, serial), print_number)


def print_stops(work: UnitOfWork, serial: str, print_number: int) -> tuple[Finding, ...]:
    """Stops for a scanned dispensing label that is not the current one: `VOID – reprinted`, or unknown."""
    return check_print(jobs_of(work, serial), print_number)


def confirm_by_scan(
    work: UnitOfWork, serial: str, print_number: int, *, actor: Actor, at: datetime, site: Site
) -> None:
    """A label that was scanned is on paper: its job is closed, in the transaction of the scan.

    Raises:
        RulesRefused: it is not the current label of the bag.
    """
    found = print_stops(work, serial, print_number)
    if found:
        raise RulesRefused(found)
    job = jobs_of(work, serial)[-1]
    if not check_step(job, PrintState.CONFIRMED):
        scanned = replace(job, state=PrintState.CONFIRMED, told=BY_SCAN, at=at)
        keep_job(work, replace(scanned, person=actor.person, station=actor.station), actor=actor, site=site)


def keep_job(work: UnitOfWork, job: PrintJob, *, actor: Actor, site: Site) -> None:
    """Keep a step with its entry."""
    told = [("print", str(job.number)), ("printer", job.printer), ("stock", job.stock)]
    more = {
        "reason": job.reason,
        "second person": job.second_person,
        "told": job.told,
        "job": job.reference,
        "document": job.sha256,
    }
    told += [(name, text) for name, text in more.items() if text]
    keep(
        work,
        work.print_jobs,
        job,
        act=_ACTS[job.state],
        thing=thing_of(job.serial),
        actor=actor,
        at=job.at,
        site=site,
        told=told,
    )


def take_step(
    station: Station, job: PrintJob, state: PrintState, *, actor: Actor, told: str = "", reference: str = ""
) -> PrintJob:
    """The job's next step, kept before whatever it announces is done.

    Raises:
        RulesRefused: the job is not any more where this step begins: somebody else was faster.
        StationTrouble: the database does not take it.
    """
    with station.open_unit_of_work() as work:
        latest = work.print_jobs.latest(job.key)
        found = check_step(latest, state)
        if latest is None or found:
            _refuse(work, job.serial, RulesRefused(found), actor=actor, station=station)
        taken = replace(
            latest,
            state=state,
            told=told,
            reference=reference or latest.reference,
            person=actor.person,
            station=station.seat.station,
            at=station.now(),
        )
        keep_job(work, taken, actor=actor, site=station.rulebook().site)
        work.commit()
    return taken


def refuse(station: Station, serial: str, refusal: PharmacyError, *, actor: Actor) -> NoReturn:
    """Record that something about a bag's print was refused, and refuse it."""
    with station.open_unit_of_work() as work:
        _refuse(work, serial, refusal, actor=actor, station=station)


def _refuse(
    work: UnitOfWork, serial: str, refusal: PharmacyError, *, actor: Actor, station: Station
) -> NoReturn:
    thing, at, site = thing_of(serial), station.now(), station.rulebook().site
    keep_refusal(work, refusal, act="print-refused", thing=thing, actor=actor, at=at, site=site)
