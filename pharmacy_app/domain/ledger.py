"""The answer to a scan of any bag: hang, not yet, expired or void, and why (REQ-HND-002, REQ-BUD-005, -008).

Every reason is given at once; the most serious one is the answer: void, then expired, then not yet. What a
command asks for beside the answer stands here too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from pharmacy_app.domain.answer_reason import (
    DEAD,
    Answer,
    BagLedger,
    Question,
    Reason,
    about_bag,
    about_code,
    about_dead,
    about_hanging,
    about_hung,
    about_stage,
    about_storage,
    hang_now,
)
from pharmacy_app.domain.bag import BagMove, BagState, check_move
from pharmacy_app.domain.bag_event import Hung, MovedToPeripheral
from pharmacy_app.domain.bag_on_file import Bag
from pharmacy_app.domain.bag_times import TimesNow, times_now
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding, stops_first
from pharmacy_app.domain.hanging import volume_between
from pharmacy_app.domain.preparation_scan import shown_serial
from pharmacy_app.domain.print_job import TAG, check_print
from pharmacy_app.domain.protocol import Protocol
from pharmacy_app.domain.quantity import Volume
from pharmacy_app.domain.scan import BagScan
from pharmacy_app.domain.site import Site
from pharmacy_app.domain.verification import check_verifier

SPECIMEN = "000000"  # how the serial of what was never a bag begins


@dataclass(frozen=True, slots=True)
class BagAnswer:
    """The answer, with every reason. `ledger` and `times` are None for what was never a bag.

    `change_at` and `volume` are those of hanging it now; of a bag that hangs, those that were told; before it
    is due, those of hanging it when it is.
    """

    serial: str
    answer: Answer
    reasons: tuple[Reason, ...]
    ledger: BagLedger | None = None
    times: TimesNow | None = None
    change_at: datetime | None = None
    volume: Volume | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What there is to say, stops first. Void and expired have a stop, the other answers none."""
        return stops_first(each.finding for each in self.reasons)

    @property
    def refusal(self) -> tuple[Finding, ...]:
        """The same for somebody who wants to hang it: whatever keeps from that is a stop."""
        return stops_first(
            replace(each.finding, severity=Severity.STOP) if each.answer is Answer.NOT_YET else each.finding
            for each in self.reasons
        )


def specimen_answer(serial: str) -> BagAnswer:
    """A specimen was never a bag (REQ-LBL-011)."""
    return BagAnswer(serial, Answer.VOID, (Reason(Answer.VOID, _stop("ledger.specimen", "REQ-LBL-011")),))


def answer(
    ledger: BagLedger, scan: BagScan | None, *, protocol: Protocol, site: Site, now: datetime
) -> BagAnswer:
    """What the scan of this bag's code means now; None: a serial was typed, and the current label counts."""
    bag, planned = ledger.bag, ledger.planned
    own = protocol if ledger.rules_hold else None
    times = times_now(bag, planned, due=ledger.due, protocol=own, site=site, now=now)
    asked = Question(ledger, scan, times, protocol, site, now)
    reasons = [*about_code(asked)]
    change_at, volume = times.change_at, volume_between(planned, ledger.due, times.change_at)
    if bag.state in DEAD:
        reasons += about_dead(asked)
    else:
        reasons += about_bag(asked)
        if bag.state is BagState.HUNG:
            told = bag.every(Hung)[-1]
            reasons += about_hung(asked, told)
            change_at, volume = told.change_at, told.volume_to_infuse
        else:
            reasons += [*about_stage(asked), *about_storage(asked)]
            hung = hang_now(asked)
            if hung is not None:
                reasons += about_hanging(asked, hung)
                change_at, volume = hung.change_at, hung.volume
    return BagAnswer(bag.serial, _worst(reasons), tuple(reasons), ledger, times, change_at, volume)


def _worst(reasons: Iterable[Reason]) -> Answer:
    return max((each.answer for each in reasons), key=tuple(Answer).index, default=Answer.HANG)


def check_match(ledger: BagLedger, tag: BagScan, label: BagScan) -> tuple[Finding, ...]:
    """Tag and label of one bag, scanned together: the tag is a tag, the label its current one (REQ-VER-007).

    A label that was scanned is on paper, whether or not somebody had said so before.
    """
    found = [*check_move(ledger.bag.state, BagMove.MATCH)]
    if tag.print_number != TAG:
        found.append(_stop("ledger.no-tag", "REQ-VER-007", number=str(tag.print_number)))
    if label.print_number == TAG:
        found.append(_stop("ledger.no-label", "REQ-VER-007"))
    if tag.serial != label.serial:
        serials = {"tag": shown_serial(tag.serial), "label": shown_serial(label.serial)}
        found.append(_stop("ledger.label-of-another-bag", "REQ-VER-007", **serials))
    elif label.print_number != TAG:
        found += check_print(ledger.jobs, label.print_number)
    return stops_first(found)


# What keeps from hanging alone does not keep from handing out; these two do.
_KEEPS_FROM_DISPENSING = ("ledger.not-matched", "ledger.tag-scanned")


def check_dispense(found: BagAnswer, bag: Bag) -> tuple[Finding, ...]:
    """Handed out is what is neither void nor expired, and whose label was scanned together with its tag."""
    stops = [each for each in found.refusal if _keeps_from_dispensing(each, found)]
    return stops_first((*check_move(bag.state, BagMove.DISPENSE), *stops))


def _keeps_from_dispensing(stop: Finding, found: BagAnswer) -> bool:
    serious = (Answer.EXPIRED, Answer.VOID)
    codes = {each.finding.code for each in found.reasons if each.answer in serious}
    return stop.code in codes or stop.code in _KEEPS_FROM_DISPENSING


def check_hang(found: BagAnswer, bag: Bag) -> tuple[Finding, ...]:
    """Nothing is hung but what the scan answers with `hang`, and nothing twice."""
    refused = () if found.answer is Answer.HANG else found.refusal
    return stops_first((*check_move(bag.state, BagMove.HANG), *refused))


def check_release_again(
    ledger: BagLedger, *, person: str, protocol: Protocol, site: Site, now: datetime
) -> tuple[Finding, ...]:
    """A stopped bag, within its limits, by a pharmacist who had no hand in its preparation (REQ-INT-004)."""
    as_if = replace(ledger, bag=replace(ledger.bag, state=BagState.DISPENSED))
    found = answer(as_if, None, protocol=protocol, site=site, now=now)
    stops = [each for each in found.findings if each.severity is Severity.STOP]
    moves = check_move(ledger.bag.state, BagMove.RELEASE_AGAIN)
    return stops_first((*moves, *check_verifier(ledger.bag, person), *stops))


def check_move_to_peripheral(bag: Bag) -> tuple[Finding, ...]:
    """A bag that hangs goes to a peripheral line once."""
    moves = check_move(bag.state, BagMove.MOVE_LINE)
    moved = (_stop("ledger.peripheral-already", "REQ-INT-004"),) if bag.every(MovedToPeripheral) else ()
    return (*moves, *moved)


def check_move_to_central(bag: Bag) -> tuple[Finding, ...]:
    """Always a stop: what went to a peripheral line does not come back, and the rest runs centrally."""
    if bag.every(MovedToPeripheral):
        back = finding("ledger.not-back-to-central", Severity.STOP, "REQ-INT-004", Mark.QUOTED)
        return (*check_move(bag.state, BagMove.MOVE_LINE), back)
    return (_stop("ledger.not-peripheral", "REQ-INT-004"),)


def check_clock(bag: Bag, move: BagMove, *, zone: ZoneInfo, now: datetime) -> tuple[Finding, ...]:
    """No move is earlier than the last that is on record: every time at room temperature is reckoned so.

    Only making a bag void asks no clock: nothing is reckoned from it, and it must always be possible.
    """
    last = max(each.at for each in bag.events)
    if now >= last or move is BagMove.VOID:
        return ()
    shown, later = (f"{each.astimezone(zone):%Y-%m-%d %H:%M:%S}" for each in (now, last))
    return (_stop("ledger.clock-behind", "REQ-BUD-006", now=shown, last=later),)


def check_reason(reason: str) -> tuple[Finding, ...]:
    """What is moved to another line, stopped, released again or made void has a reason."""
    return () if reason.strip() else (_stop("ledger.reason-missing", "REQ-VER-006"),)


def _stop(code: str, rule: str, **values: str) -> Finding:
    return finding(code, Severity.STOP, rule, Mark.DERIVED, **values)
