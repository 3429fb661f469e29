"""Print jobs: each physical print of a label has a number, and is done at most once (REQ-LBL-009).

Every step of a print is kept before the act it announces. So whatever happens to a station, what is on
file says what may have happened on paper: a print that was announced and of which nothing else is known is
unknown, is never done again by itself, and waits for a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import assert_never

from pharmacy_app.domain.bag import BagState
from pharmacy_app.domain.bag_on_file import Bag
from pharmacy_app.domain.beyond_use import check_not_expired
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding


class PrintState(Enum):
    """Where one print is. What is neither known to have printed nor not is unknown, and a person decides."""

    QUEUED = "queued"  # its number is taken; nothing has gone to the printer
    SENT = "sent"  # it goes to the printer now, or has gone
    CONFIRMED = "confirmed"  # it is on paper: the label was scanned, or a person said so
    FAILED = "failed"  # it is not on paper
    UNKNOWN = "unknown"


STEPS: dict[PrintState, tuple[PrintState, ...]] = {
    PrintState.QUEUED: (PrintState.SENT, PrintState.FAILED),
    PrintState.SENT: (PrintState.SENT, PrintState.CONFIRMED, PrintState.FAILED, PrintState.UNKNOWN),
    PrintState.UNKNOWN: (PrintState.CONFIRMED, PrintState.FAILED),
    PrintState.CONFIRMED: (),
    PrintState.FAILED: (),
}
TAG = 0  # the number of the in-process tag, which is no dispensing label and may be printed again
LARGEST_NUMBER = 99  # two digits on the label
PATIENCE = timedelta(minutes=10)
UNFINISHED = (PrintState.QUEUED, PrintState.SENT, PrintState.UNKNOWN)

_HAS_LABEL = (BagState.RELEASED, BagState.DISPENSED, BagState.HUNG, BagState.STOPPED)
_NOT_YET = (BagState.IN_PREPARATION, BagState.PREPARED)
_TO_BE_HUNG = (BagState.RELEASED, BagState.DISPENSED)


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One print of one bag's dispensing label. `number` counts from 1; 0 is the in-process tag.

    `sha256` is that of the document's bytes. `reason` says why a label is printed that is not the first, and
    `second_person` (account name) who agreed to a reprint; else they are empty. `told` is what this step
    rests on: the printer's words, a person's, or a scan. `reference` is the printer's own name for the job.
    `person` gave this step, at `station`.
    """

    serial: str
    number: int
    state: PrintState
    printer: str
    stock: str
    dpi: int
    sha256: str
    reason: str
    second_person: str
    told: str
    reference: str
    person: str
    station: str
    at: datetime

    @property
    def key(self) -> str:
        """Serial and print number, as the code on the label says them."""
        return job_key(self.serial, self.number)


def job_key(serial: str, number: int) -> str:
    """What a print's facts are kept under: twelve digits."""
    return f"{serial}{number:02}"


class Turn(Enum):
    """What the next print of a bag would be."""

    FIRST = "first"
    AFTER_FAILURE = "after-failure"  # the one before is not on paper: next number, no second person
    REPRINT = "reprint"  # the one before is: a reason and a second person, and it becomes void
    OPEN = "open"  # nobody knows yet what became of the one before


class PrintAnswer(Enum):
    """What a scanned print number means."""

    CURRENT = "current"
    VOID = "void"
    NOT_PRINTED = "not-printed"  # it was recorded that this one is not on paper
    NO_SUCH_PRINT = "no-such-print"


@dataclass(frozen=True, slots=True)
class Reprint:
    """Why a label is printed again, and the second person who agrees (account name)."""

    reason: str
    second_person: str


def next_number(jobs: Sequence[PrintJob]) -> int:
    """The number of the next print; `jobs` are the bag's, without its tag, by number."""
    return len(jobs) + 1


def turn_of(jobs: Sequence[PrintJob]) -> Turn:
    """What the next print would be."""
    if not jobs:
        return Turn.FIRST
    match jobs[-1].state:
        case PrintState.CONFIRMED:
            return Turn.REPRINT
        case PrintState.FAILED:
            return Turn.AFTER_FAILURE
        case PrintState.QUEUED | PrintState.SENT | PrintState.UNKNOWN:
            return Turn.OPEN
        case _:
            assert_never(jobs[-1].state)


def check_released(bag: Bag) -> tuple[Finding, ...]:
    """No dispensing label before the release (REQ-VER-005), and none for a bag that is dead."""
    shown = {"serial": bag.serial, "state": bag.state.value}
    if bag.released is None:
        return (_stop("print.not-released", "REQ-VER-005", **shown),)
    return () if bag.state in _HAS_LABEL else (_stop("print.bag-dead", "REQ-VER-004", **shown),)


def check_bag_may_be_printed(bag: Bag, *, now: datetime) -> tuple[Finding, ...]:
    """A dispensing label is for a bag that was released, is not dead and can still be used."""
    if bag.released is None or bag.state not in _HAS_LABEL:
        return check_released(bag)
    expires = bag.released.expires
    if bag.state in _TO_BE_HUNG:  # what can no longer be hung is as good as expired
        expires = min(expires, bag.released.start_by)
    return check_not_expired(expires=expires, now=now)


def check_turn(jobs: Sequence[PrintJob], reprint: Reprint | None) -> tuple[Finding, ...]:
    """Whether the next number may be printed: one at a time, and again only with a reason and two people."""
    if next_number(jobs) > LARGEST_NUMBER:
        return (_stop("print.no-more-numbers", last=str(LARGEST_NUMBER)),)
    match turn_of(jobs):
        case Turn.OPEN:
            last = jobs[-1]
            values = {"number": str(last.number), "printer": last.printer, "serial": last.serial}
            return (_stop("print.outcome-open", **values),)
        case Turn.REPRINT:
            if reprint is None:
                return (_stop("print.reprint-alone", number=str(jobs[-1].number)),)
            if not reprint.reason.strip():
                return (_stop("print.reprint-without-reason"),)
            return ()
        case Turn.FIRST | Turn.AFTER_FAILURE:
            return () if reprint is None else (_stop("print.nothing-to-reprint"),)


def check_tag_may_be_printed(bag: Bag, tag: PrintJob | None, reason: str) -> tuple[Finding, ...]:
    """The tag says NOT RELEASED, so it is for a bag that is not; a second one has a reason."""
    if bag.state not in _NOT_YET:
        return (_stop("print.tag-too-late", "REQ-VER-007", serial=bag.serial, state=bag.state.value),)
    if tag is not None and tag.state is not PrintState.FAILED and not reason.strip():
        return (_stop("print.tag-without-reason", "REQ-VER-007", serial=bag.serial),)
    return ()


def reason_of(jobs: Sequence[PrintJob], reprint: Reprint | None) -> str:
    """Why the next number is printed: the reprint's reason, or why the one before is not on paper."""
    if reprint is not None:
        return reprint.reason
    return jobs[-1].told if jobs else ""


def check_step(job: PrintJob | None, state: PrintState) -> tuple[Finding, ...]:
    """A stop where there is no such job, or its state does not lead there: another station was faster."""
    if job is None:
        return (_stop("print.no-such-job"),)
    if state in STEPS[job.state]:
        return ()
    values = {"number": str(job.number), "serial": job.serial, "state": job.state.value}
    return (_stop("print.already-decided", **values),)


def answer_of(jobs: Sequence[PrintJob], number: int) -> PrintAnswer:
    """What a label's print number means now. A label is void as soon as one with a higher number is there."""
    if not 1 <= number <= len(jobs):
        return PrintAnswer.NO_SUCH_PRINT
    if number < len(jobs):
        return PrintAnswer.VOID
    match jobs[number - 1].state:
        case PrintState.SENT | PrintState.CONFIRMED | PrintState.UNKNOWN:
            return PrintAnswer.CURRENT
        case PrintState.QUEUED | PrintState.FAILED:
            return PrintAnswer.NOT_PRINTED
        case _:
            assert_never(jobs[number - 1].state)


def check_print(jobs: Sequence[PrintJob], number: int) -> tuple[Finding, ...]:
    """A stop for every scanned dispensing label that is not the current one."""
    answer = answer_of(jobs, number)
    match answer:
        case PrintAnswer.CURRENT:
            return ()
        case PrintAnswer.VOID:
            return (_stop("print.void", number=str(number), current=str(len(jobs))),)
        case PrintAnswer.NOT_PRINTED:
            return (_stop("print.recorded-as-not-printed", number=str(number)),)
        case PrintAnswer.NO_SUCH_PRINT:
            return (_stop("print.no-such-print", number=str(number)),)
        case _:
            assert_never(answer)


def not_known(jobs: Iterable[PrintJob], *, now: datetime) -> tuple[PrintJob, ...]:
    """The labels of which nobody knows whether they are on paper; a tag is not among them.

    What was sent a moment ago is not: somebody is about to scan it.
    """
    return tuple(
        each
        for each in jobs
        if each.number != TAG
        and (each.state is PrintState.UNKNOWN or (each.state in UNFINISHED and now - each.at > PATIENCE))
    )


def _stop(code: str, requirement: str = "REQ-LBL-009", **values: str) -> Finding:
    return finding(code, Severity.STOP, requirement, Mark.DERIVED, **values)
