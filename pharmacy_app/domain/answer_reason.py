"""Why a bag may not be hung, or what to know when it is: one reason after the other (REQ-HND-002)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from pharmacy_app.domain.bag import BagState
from pharmacy_app.domain.bag_event import Ended, Hung, MovedToPeripheral, Stopped, TakenOut
from pharmacy_app.domain.bag_on_file import Bag
from pharmacy_app.domain.bag_times import TimesNow
from pharmacy_app.domain.clock import span_text, time_left_text
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding, has_stop
from pharmacy_app.domain.hanging import Hanging, Run, check_late, hanging, local
from pharmacy_app.domain.label_phrases import short_digest
from pharmacy_app.domain.plan_record import BagRecord
from pharmacy_app.domain.print_job import TAG, PrintJob, PrintState, check_print
from pharmacy_app.domain.product import Lot
from pharmacy_app.domain.protocol import Protocol
from pharmacy_app.domain.room_time import Count
from pharmacy_app.domain.scan import BagScan
from pharmacy_app.domain.site import Site
from pharmacy_app.domain.superseded import PlanOfBag, check_superseded
from pharmacy_app.domain.verification import check_lots

DEAD = (BagState.ABANDONED, BagState.REJECTED, BagState.VOID, BagState.ENDED)
_RELEASED = (BagState.RELEASED, BagState.DISPENSED)
_MINUTE = timedelta(minutes=1)


class Answer(Enum):
    """What is said of a bag that is scanned; the later one is the more serious."""

    HANG = "hang"
    NOT_YET = "not-yet"
    EXPIRED = "expired"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the answer is not better than this one. A reason with HANG is a remark about the hanging."""

    answer: Answer
    finding: Finding


@dataclass(frozen=True, slots=True)
class BagLedger:
    """Everything on file on which the answer rests.

    `made_for` is the plan for which the bag was made, `in_force` the newest. `lots` are those of its units as
    they are now, `jobs` the prints of its label by number. `previous_change` is when the bag before it was
    told to be changed, None where nobody hung that one. `zone` is that of the place of infusion.
    `protocol_stops` say why the bag may not go on under the protocol in force; `rules_hold` whether the
    limits in force are those after which it was made. `course_stops` say why nothing of its course goes on:
    it was stopped, ended, or planned otherwise since. `replaces_until` is when the bag in whose place it was
    made was stopped, None where there was none.
    """

    bag: Bag
    made_for: PlanOfBag
    in_force: PlanOfBag
    lots: tuple[Lot, ...]
    jobs: tuple[PrintJob, ...]
    previous_change: datetime | None
    zone: ZoneInfo
    protocol_stops: tuple[Finding, ...] = ()
    rules_hold: bool = True
    course_stops: tuple[Finding, ...] = ()
    replaces_until: datetime | None = None

    @property
    def planned(self) -> BagRecord:
        """The bag as it was planned when it was made, and as its label says."""
        planned = self.made_for.bag
        if planned is None:
            raise LookupError(f"bag {self.bag.serial} was made for a plan without it")
        return planned

    @property
    def due(self) -> datetime:
        """Not before then: when it is planned, or earlier if the bag before it had to be changed earlier."""
        planned = self.planned.start_at
        return planned if self.previous_change is None else min(planned, self.previous_change)

    @property
    def label_on_paper(self) -> int | None:
        """The number of the label that is known to be on paper and counts; None: there is none."""
        current = self.jobs[-1] if self.jobs else None
        return current.number if current is not None and current.state is PrintState.CONFIRMED else None


@dataclass(frozen=True, slots=True)
class Question:
    """A scan, or a typed serial (`scan` None: its current label counts), with the rules at one moment."""

    ledger: BagLedger
    scan: BagScan | None
    times: TimesNow
    protocol: Protocol
    site: Site
    moment: datetime

    @property
    def bag(self) -> Bag:
        """The bag that is asked about."""
        return self.ledger.bag

    def local(self, moment: datetime) -> str:
        """A moment as it is read at the place of infusion."""
        return local(moment, self.ledger.zone)


def about_code(asked: Question) -> Iterator[Reason]:
    """What was scanned: the current label of this bag, or something else."""
    scan, ledger = asked.scan, asked.ledger
    if scan is None:
        return
    digests = [ledger.bag.started.protocol_digest, *([asked.protocol.digest] if ledger.rules_hold else [])]
    if scan.protocol_digest and scan.protocol_digest not in map(short_digest, digests):
        yield _void("ledger.code-of-another-protocol", "REQ-PRO-002")
    if scan.print_number != TAG:
        yield from (Reason(Answer.VOID, each) for each in check_print(ledger.jobs, scan.print_number))
    elif ledger.bag.state in _RELEASED:
        yield _not_yet("ledger.tag-scanned", "REQ-VER-007")


def about_dead(asked: Question) -> Iterator[Reason]:
    """Why a dead bag is dead."""
    bag = asked.bag
    match bag.state:
        case BagState.ABANDONED:
            yield _void("ledger.abandoned", "REQ-VER-004", reason=bag.why_dead)
        case BagState.REJECTED:
            yield _void("ledger.rejected", "REQ-VER-004", reason=bag.why_dead)
        case BagState.VOID:
            yield _void("ledger.made-void", "REQ-INT-007", reason=bag.why_dead)
        case _:
            ended = asked.local(bag.moment_of(Ended) or asked.moment)
            yield _void("ledger.ended", "REQ-HND-003", time=ended)


def about_bag(asked: Question) -> Iterator[Reason]:
    """What makes a living bag void: a stop, a lot, the plan, the protocol (never of a bag that hangs)."""
    ledger, hangs = asked.ledger, asked.bag.state is BagState.HUNG
    if asked.bag.state is BagState.STOPPED:
        stopped = asked.bag.every(Stopped)[-1]
        yield _void("ledger.stopped", "REQ-INT-004", reason=stopped.reason)
    yield from _about_line(asked)
    found = list(check_lots(ledger.lots))
    found += check_superseded(ledger.made_for, ledger.in_force, hangs=hangs, zone=ledger.zone)
    found += () if hangs else (*ledger.protocol_stops, *ledger.course_stops)
    yield from (Reason(Answer.VOID, each) for each in found)


def _about_line(asked: Question) -> Iterator[Reason]:
    """A bag that went to a peripheral line stays there, also after it was stopped and released again."""
    since = asked.bag.moment_of(MovedToPeripheral)
    if since is not None:
        reason = asked.bag.every(MovedToPeripheral)[-1].reason
        values = {"since": asked.local(since), "reason": reason}
        note = finding("ledger.peripheral", Severity.NOTE, "REQ-INT-004", Mark.QUOTED, **values)
        yield Reason(Answer.HANG, note)


def about_hung(asked: Question, told: Hung) -> Iterator[Reason]:
    """A bag that hangs runs to the change that was told, whatever remains in it; it expires no earlier."""
    change = asked.local(told.change_at)
    if asked.moment >= told.change_at:
        yield _expired("ledger.change-overdue", "REQ-PLN-004", change=change)
    values = {"change": change, "left": time_left_text(max(told.change_at - asked.moment, timedelta(0)))}
    yield _remark("ledger.hangs", "REQ-PLN-004", **values)


def about_stage(asked: Question) -> Iterator[Reason]:
    """How far the bag is from being hung: prepared, released, its label stuck on, dispensed, due."""
    state, ledger = asked.bag.state, asked.ledger
    if state is BagState.IN_PREPARATION:
        yield _not_yet("ledger.in-preparation", "REQ-VER-005")
    if state is BagState.PREPARED:
        yield _not_yet("ledger.not-verified", "REQ-VER-005")
    if state in _RELEASED and ledger.label_on_paper not in asked.bag.matched:
        yield _not_yet("ledger.not-matched", "REQ-VER-007")
    if state is BagState.RELEASED:
        yield _not_yet("ledger.not-dispensed", "REQ-BUD-006")
    if asked.moment < ledger.due:
        left = time_left_text(ledger.due - asked.moment)
        yield _not_yet("ledger.not-before", "REQ-LBL-001", due=asked.local(ledger.due), left=left)


def about_storage(asked: Question) -> Iterator[Reason]:
    """Whether its time before hanging is over. It never expires before the end of that."""
    times, moment = asked.times, asked.moment
    if times.start_by is not None and moment >= times.start_by:
        yield _expired("ledger.past-start-by", "REQ-BUD-008", time=asked.local(times.start_by))
    elif times.room_end is not None and times.room_end <= (moment if _may_go_in(asked) else times.at):
        yield _expired("ledger.room-time-over", "REQ-BUD-006", time=asked.local(times.room_end))
    if moment >= asked.ledger.due:
        yield from (Reason(Answer.EXPIRED, each) for each in times.findings)


def _may_go_in(asked: Question) -> bool:
    """Whether it may still go into the refrigerator: its room time need not run on until it is hung."""
    counted = asked.times.counted
    return counted is not None and counted.count is Count.NEVER_REFRIGERATED


def hang_now(asked: Question) -> Hanging | None:
    """What hanging it at `times.at` comes to; None where that is no question now."""
    times, ledger = asked.times, asked.ledger
    is_out = asked.bag.moment_of(TakenOut) is not None
    if asked.bag.state not in _RELEASED or not (asked.moment >= ledger.due or is_out):
        return None
    if any(each is not None and each <= times.at for each in (times.start_by, times.room_end)):
        return None
    run = Run(ledger.planned, ledger.in_force.after)
    return hanging(
        run, at=times.at, room_end=times.room_end, zone=ledger.zone, protocol=asked.protocol, site=asked.site
    )


def about_hanging(asked: Question, hung: Hanging) -> Iterator[Reason]:
    """What hanging it now comes to: an earlier change, a stop, and what it was that counted."""
    for each in hung.findings:
        is_stop = each.severity is Severity.STOP
        yield Reason(Answer.EXPIRED if is_stop else Answer.HANG, each)
    yield from _about_room_time(asked, hung)
    if asked.moment >= asked.ledger.due and not has_stop(hung.findings):
        late = check_late(
            due=_off_since(asked), hanging_now=hung, zone=asked.ledger.zone, protocol=asked.protocol
        )
        yield from (Reason(Answer.HANG, each) for each in late)


def _about_room_time(asked: Question, hung: Hanging) -> Iterator[Reason]:
    """What is counted. Where no entry says when it left the refrigerator, the worst must change nothing."""
    times, counted = asked.times, asked.times.counted
    if times.worst_room_end is not None and times.worst_room_end < hung.change_at:
        yield _not_yet("ledger.take-out-first", "REQ-BUD-006")
    elif times.worst_room_end != times.room_end and asked.bag.mixed_at is not None:
        worst = span_text(asked.moment - asked.bag.mixed_at)
        yield _remark("ledger.counted.not-taken-out", "REQ-BUD-006", counted=worst)
    elif counted is not None and counted.counted >= _MINUTE:
        code = f"ledger.counted.{counted.count.value}"
        yield _remark(code, "REQ-BUD-006", counted=span_text(counted.counted))


def _off_since(asked: Question) -> datetime:
    """Since when the patient should have had it: since it was due, or since what ran was stopped."""
    stops = [each.at for each in asked.bag.events if isinstance(each.what, Stopped)]
    return stops[-1] if stops else asked.ledger.replaces_until or asked.ledger.due


def _void(code: str, rule: str, **values: str) -> Reason:
    return Reason(Answer.VOID, finding(code, Severity.STOP, rule, Mark.DERIVED, **values))


def _expired(code: str, rule: str, **values: str) -> Reason:
    return Reason(Answer.EXPIRED, finding(code, Severity.STOP, rule, Mark.DERIVED, **values))


def _not_yet(code: str, rule: str, **values: str) -> Reason:
    return Reason(Answer.NOT_YET, finding(code, Severity.NOTE, rule, Mark.DERIVED, **values))


def _remark(code: str, rule: str, **values: str) -> Reason:
    return Reason(Answer.HANG, finding(code, Severity.NOTE, rule, Mark.DERIVED, **values))
