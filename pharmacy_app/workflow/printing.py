"""Printing: numbered prints of the label of a released bag, each done at most once (REQ-LBL-009).

A print's number is taken first, then it is kept that the label goes to the printer, and only then it goes. If
the station dies on the way, what is on file says so, and a person looks at the printer and decides.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pharmacy_app.domain.errors import InputRefused, RulesRefused
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding, has_stop, stops_first
from pharmacy_app.domain.person import Permission
from pharmacy_app.domain.print_job import (
    TAG,
    PrintAnswer,
    PrintJob,
    PrintState,
    Reprint,
    Turn,
    check_bag_may_be_printed,
    check_released,
    check_turn,
    job_key,
    next_number,
    not_known,
    reason_of,
    turn_of,
)
from pharmacy_app.workflow.bag_on_file import bags_of_order, read_bag, read_bag_on_file
from pharmacy_app.workflow.label import MadeLabel, MadeTag, Paper, make_released_label
from pharmacy_app.workflow.label_ground import LabelGround, check_ground, read_ground
from pharmacy_app.workflow.people import Credentials, nobody, second_person
from pharmacy_app.workflow.print_record import jobs_of, keep_job, print_answer, refuse, take_step
from pharmacy_app.workflow.print_send import (
    AtStation,
    Target,
    hand_over,
    new_job,
    require_printer,
    settle_sent,
)
from pharmacy_app.workflow.print_tag import made_tag, print_tag
from pharmacy_app.workflow.printers import Delivery, PrinterList, Printers

if TYPE_CHECKING:
    from pharmacy_app.domain.person import Actor
    from pharmacy_app.workflow.ports import LabelRenderer, Phrases
    from pharmacy_app.workflow.station import Station
    from pharmacy_app.workflow.unit_of_work import UnitOfWork

NEVER_SENT = "the station stopped before it was sent"
STOPPED = "the station stopped while it was printing"
SEEN = "it printed"


@dataclass(frozen=True, slots=True)
class Again:
    """What a reprint asks for: why, and a second person with the secret."""

    reason: str
    second: Credentials


@dataclass(frozen=True, slots=True)
class BagsLabel:
    """A bag's label as it stands: `made` is the newest print's, or that of the print that would be next.

    `findings` are why nothing may be printed now. `made` is None where there is no label to draw. `matched`
    are the print numbers that were scanned together with the tag.
    """

    serial: str
    jobs: tuple[PrintJob, ...]
    turn: Turn
    matched: tuple[int, ...]
    made: MadeLabel | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Ready:
    """What a print rests on, read in one transaction."""

    ground: LabelGround
    jobs: tuple[PrintJob, ...]


@dataclass(frozen=True, slots=True)
class Printing:
    """The commands of whoever prints."""

    station: Station
    words: Phrases
    renderer: LabelRenderer
    printers: Printers

    def found_printers(self) -> PrinterList:
        """The printers of this station; one that does not print on paper is for training alone."""
        found = self.printers.found()
        if self.station.rulebook().site.training:
            return found
        return replace(found, names=tuple(each for each in found.names if self.printers.on_paper(each)))

    def serial_of(self, order_number: str, bag_number: int) -> str | None:
        """The serial of the made bag that has a dispensing label; None: there is none yet, or no more."""
        with self.station.open_unit_of_work(reading=True) as work:
            bags = bags_of_order(work, order_number)
        found = (each for each in bags if each.started.bag_number == bag_number and not check_released(each))
        return next((each.serial for each in found), None)

    def label(self, serial: str, paper: Paper) -> BagsLabel:
        """The label of a bag: what was printed, what would be next, and what it looks like.

        Raises:
            InputRefused: there is no such bag.
        """
        now = self.station.now()
        with self.station.open_unit_of_work(reading=True) as work:
            bag, jobs = read_bag(work, serial), jobs_of(work, serial)
            turn, found = turn_of(jobs), check_bag_may_be_printed(bag, now=now)
            if check_released(bag):
                return BagsLabel(serial, jobs, turn, bag.matched, None, found)
            try:
                ground = read_ground(work, serial, self.station.rulebook(), now=now)
            except RulesRefused as refusal:
                return BagsLabel(serial, jobs, turn, bag.matched, None, (*found, *refusal.findings))
        shows_last = turn in {Turn.OPEN, Turn.REPRINT}
        made = self._make(ground, len(jobs) if shows_last else next_number(jobs), paper)
        return BagsLabel(serial, jobs, turn, bag.matched, made, (*found, *made.findings))

    def print_label(self, serial: str, target: Target, again: Again | None = None) -> PrintJob:
        """Print one label: the first of a released bag, the next after one that did not print, or a reprint.

        Raises:
            RulesRefused: a rule stops it; recorded, and nothing went to the printer.
            InputRefused: there is no such bag.
            StationTrouble: the printer did not take it, or nobody knows whether it did; recorded.
        """
        actor = self.station.permitted(Permission.PRINT)
        reprint = None if again is None else self._agreed(again)
        require_printer(self.found_printers(), target.printer)
        ready = self._ready(serial, reprint, actor)
        made = self._make(ready.ground, next_number(ready.jobs), target.paper)
        if made.refused:
            refuse(self.station, serial, RulesRefused(made.findings), actor=actor)
        job = new_job(
            made,
            next_number(ready.jobs),
            target,
            state=PrintState.QUEUED,
            reason=reason_of(ready.jobs, reprint),
            second_person="" if reprint is None else reprint.second_person,
            station=self.station,
            actor=actor,
        )
        self._queue(job, reprint, actor)
        sent = take_step(self.station, job, PrintState.SENT, actor=actor)
        return hand_over(sent, made.pdf, printers=self.printers, at=self._at(actor))

    def it_printed(self, serial: str, number: int) -> PrintJob:
        """A person looked: the label is there. Raises as `take_step`."""
        return self._decide(serial, number, PrintState.CONFIRMED, told=SEEN)

    def it_did_not_print(self, serial: str, number: int, reason: str) -> PrintJob:
        """A person looked: the label is not there, and why. The next print has the next number.

        Raises as `take_step`, and RulesRefused without a reason.
        """
        if not reason.strip():
            actor = self.station.permitted(Permission.PRINT)
            refuse(self.station, serial, RulesRefused((_stop("print.why-not-printed"),)), actor=actor)
        return self._decide(serial, number, PrintState.FAILED, told=reason)

    def unknown_jobs(self) -> tuple[PrintJob, ...]:
        """The prints, at every station, of which nobody knows whether they are on paper; oldest first."""
        with self.station.open_unit_of_work(reading=True) as work:
            jobs = work.print_jobs.all()
        return tuple(sorted(not_known(jobs, now=self.station.now()), key=lambda each: each.at))

    def settle(self) -> tuple[PrintJob, ...]:
        """At the start of a station: what was under way here when it stopped has failed, or is unknown.

        Returns the jobs that were settled. Nothing is sent again.
        """
        here = self.station.seat.station
        with self.station.open_unit_of_work(reading=True) as work:
            jobs = [each for each in work.print_jobs.all() if each.station == here and each.number != TAG]
        outcomes = {
            PrintState.QUEUED: (PrintState.FAILED, NEVER_SENT),
            PrintState.SENT: (PrintState.UNKNOWN, STOPPED),
        }
        settled: list[PrintJob] = []
        for job in jobs:
            if job.state in outcomes:
                state, told = outcomes[job.state]
                with suppress(RulesRefused):  # a person elsewhere has decided it meanwhile
                    settled.append(take_step(self.station, job, state, actor=nobody(self.station), told=told))
        return tuple(settled)

    def ask_printer(self, serial: str) -> PrintJob | None:
        """Ask the printer what became of a bag's newest label; None: there is nothing to ask.

        Raises:
            StationTrouble: the printer gave it up after it had taken it; recorded.
        """
        with self.station.open_unit_of_work(reading=True) as work:
            jobs = jobs_of(work, serial)
        job = jobs[-1] if jobs else None
        if job is None or job.state is not PrintState.SENT or not job.reference:
            return None
        if job.station != self.station.seat.station:
            return None  # its printer is another station's
        sent = self.printers.ask(job.printer, job.reference)
        if sent.delivery is not Delivery.TAKEN:
            return settle_sent(job, sent, at=self._at(self.station.actor()))
        return job

    def answer(self, serial: str, print_number: int) -> PrintAnswer:
        """What the print number of a scanned dispensing label means now."""
        with self.station.open_unit_of_work(reading=True) as work:
            return print_answer(work, serial, print_number)

    def tag(self, serial: str, paper: Paper) -> MadeTag:
        """The in-process tag of a bag that is being made. Raises as `read_ground`."""
        return made_tag(serial, paper, words=self.words, renderer=self.renderer, station=self.station)

    def print_tag(self, serial: str, target: Target, reason: str = "") -> PrintJob:
        """Print the in-process tag; a second one with the reason for it. Raises as `print_label`."""
        actor = self.station.permitted(Permission.PRINT)
        require_printer(self.found_printers(), target.printer)
        try:
            made = self.tag(serial, target.paper)
        except (RulesRefused, InputRefused) as refusal:
            refuse(self.station, serial, refusal, actor=actor)
        return print_tag(made, target, reason=reason, printers=self.printers, at=self._at(actor))

    def _at(self, actor: Actor) -> AtStation:
        return AtStation(self.station, self.words, actor)

    def _agreed(self, again: Again) -> Reprint:
        second = second_person(again.second, self.station, Permission.PREPARE)
        return Reprint(again.reason, second.person)

    def _make(self, ground: LabelGround, number: int, paper: Paper) -> MadeLabel:
        site = self.station.rulebook().site
        return make_released_label(
            ground, number, site=site, words=self.words, renderer=self.renderer, paper=paper
        )

    def _ready(self, serial: str, reprint: Reprint | None, actor: Actor) -> _Ready:
        """What the print rests on; a refusal is recorded first."""
        try:
            with self.station.open_unit_of_work(reading=True) as work:
                self._require(work, serial, reprint)
                ground = read_ground(work, serial, self.station.rulebook(), now=self.station.now())
                return _Ready(ground, jobs_of(work, serial))
        except (RulesRefused, InputRefused) as refusal:
            refuse(self.station, serial, refusal, actor=actor)

    def _require(self, work: UnitOfWork, serial: str, reprint: Reprint | None) -> None:
        file = read_bag_on_file(work, serial)
        found = [
            *check_bag_may_be_printed(file.bag, now=self.station.now()),
            *check_turn(jobs_of(work, serial), reprint),
        ]
        if not found:
            found.extend(check_ground(work, file, self.station.rulebook()))
        if has_stop(found):
            raise RulesRefused(stops_first(found))

    def _queue(self, job: PrintJob, reprint: Reprint | None, actor: Actor) -> None:
        """Take the number. Every rule is asked again: while the label was drawn, others may have written."""
        try:
            with self.station.open_unit_of_work() as work:
                self._require(work, job.serial, reprint)
                if next_number(jobs_of(work, job.serial)) != job.number:
                    raise RulesRefused((_stop("print.number-taken", number=str(job.number)),))
                keep_job(work, job, actor=actor, site=self.station.rulebook().site)
                work.commit()
        except RulesRefused as refusal:
            refuse(self.station, job.serial, refusal, actor=actor)

    def _decide(self, serial: str, number: int, state: PrintState, *, told: str) -> PrintJob:
        actor = self.station.permitted(Permission.PRINT)
        with self.station.open_unit_of_work(reading=True) as work:
            job = work.print_jobs.latest(job_key(serial, number))
        if job is None or number == TAG:
            none = RulesRefused((_stop("print.no-such-print", number=str(number)),))
            refuse(self.station, serial, none, actor=actor)
        return take_step(self.station, job, state, actor=actor, told=told)


def _stop(code: str, **values: str) -> Finding:
    return finding(code, Severity.STOP, "REQ-LBL-009", Mark.DERIVED, **values)
