"""The bag's ledger: matched, put away, taken out, dispensed, hung, stopped, taken down; the answer to a scan.

Each command is one transaction, in which the bag's event and its entry go together. So is each refusal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from pharmacy_app.domain.account import holder
from pharmacy_app.domain.answer_reason import Answer, BagLedger
from pharmacy_app.domain.audit import utc_text
from pharmacy_app.domain.bag import BagMove, BagState, check_move
from pharmacy_app.domain.bag_event import (
    Dispensed,
    Ended,
    Happening,
    Hung,
    Matched,
    MovedToPeripheral,
    Refrigerated,
    ReleasedAgain,
    Stopped,
    TakenOut,
    Voided,
)
from pharmacy_app.domain.bag_on_file import Bag
from pharmacy_app.domain.clock import elapsed
from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.finding import Finding, has_stop, stops_first
from pharmacy_app.domain.ledger import (
    SPECIMEN,
    BagAnswer,
    answer,
    check_clock,
    check_dispense,
    check_hang,
    check_match,
    check_move_to_central,
    check_move_to_peripheral,
    check_reason,
    check_release_again,
    specimen_answer,
)
from pharmacy_app.domain.person import Actor, Permission
from pharmacy_app.domain.room_time import check_refrigerate, check_take_out
from pharmacy_app.domain.scan import BagScan
from pharmacy_app.domain.verification import waste_of
from pharmacy_app.domain.weight import WeightTyped
from pharmacy_app.workflow.bag_on_file import keep_happening, require_bag, thing_of
from pharmacy_app.workflow.ledger_on_file import read_ledger
from pharmacy_app.workflow.people import Credentials, confirm_secret, second_person
from pharmacy_app.workflow.print_record import confirm_by_scan
from pharmacy_app.workflow.record import Told, entry, refuse
from pharmacy_app.workflow.rulebook import Rulebook
from pharmacy_app.workflow.station import Station
from pharmacy_app.workflow.unit_of_work import UnitOfWork
from pharmacy_app.workflow.weight import WeightKept, add_weight


@dataclass(frozen=True, slots=True)
class _Turn:
    """One command: its transaction, who gives it when, and the bag's ledger before it."""

    work: UnitOfWork
    actor: Actor
    rules: Rulebook
    at: datetime
    ledger: BagLedger
    move: BagMove

    @property
    def bag(self) -> Bag:
        return self.ledger.bag

    def answer(self, scan: BagScan | None) -> BagAnswer:
        return answer(self.ledger, scan, protocol=self.rules.protocol, site=self.rules.site, now=self.at)

    def keep(self, what: Happening, *, told: Told = (), by: Actor | None = None) -> Bag:
        """Keep what happened, commit, and give the bag as it is then."""
        site = self.rules.site
        bag = keep_happening(
            self.work, self.bag, what, actor=by or self.actor, at=self.at, site=site, told=told
        )
        self.work.commit()
        return bag

    def stop_on(self, found: Iterable[Finding], *, told: Told = ()) -> None:
        """Record the refusal and refuse, where a stop is among the findings or the clock runs backwards."""
        behind = check_clock(self.bag, self.move, zone=self.ledger.zone, now=self.at)
        findings = stops_first((*behind, *found))
        if has_stop(findings):
            refuse(
                self.work,
                RulesRefused(findings),
                act="bag-move-refused",
                thing=thing_of(self.bag.serial),
                actor=self.actor,
                at=self.at,
                site=self.rules.site,
                told=(("move", self.move.value), *told),
            )


@dataclass(frozen=True, slots=True)
class Ledger:
    """The commands of whoever moves bags. Each raises RulesRefused where a rule stops it; that is recorded.

    A serial that is not on file is refused as input (InputRefused), whatever the command.
    """

    station: Station

    def answer(self, serial: str, scan: BagScan | None = None) -> BagAnswer:
        """What a scan of the bag's code answers now; None: of its current label. Nothing is recorded."""
        if serial.startswith(SPECIMEN):
            return specimen_answer(serial)
        rules, now = self.station.rulebook(), self.station.now()
        with self.station.open_unit_of_work(reading=True) as work:
            ledger = read_ledger(work, serial, rules.protocol)
        return answer(ledger, scan, protocol=rules.protocol, site=rules.site, now=now)

    def scanned(self, scan: BagScan) -> BagAnswer:
        """The same for a person who scans it; that a void or expired bag was in a hand is recorded."""
        actor, rules, at = self.station.actor(), self.station.rulebook(), self.station.now()
        found = self.answer(scan.serial, scan)
        if found.answer not in {Answer.VOID, Answer.EXPIRED}:
            return found
        codes = ", ".join(each.code for each in found.findings)
        told = (("answer", found.answer.value), ("scanned", _code(scan)), ("findings", codes))
        act, thing = "void-bag-scanned", f"bag {scan.serial}"
        with self.station.open_unit_of_work() as work:
            work.audit.add(entry(act, actor=actor, thing=thing, at=at, site=rules.site, facts=told))
            work.commit()
        return found

    def match(self, tag: BagScan, label: BagScan) -> Bag:
        """Tag and label were scanned together, after the label was stuck on (REQ-VER-007).

        The scan shows that the label is on paper: it closes its print job.
        """
        told = (("tag", _code(tag)), ("label", _code(label)))
        with self._turn(tag.serial, BagMove.MATCH) as now:
            now.stop_on(check_match(now.ledger, tag, label), told=told)
            number = label.print_number
            confirm_by_scan(now.work, tag.serial, number, actor=now.actor, at=now.at, site=now.rules.site)
            return now.keep(Matched(number), told=told)

    def refrigerate(self, serial: str) -> Bag:
        """Into the refrigerator; never again after it came out (REQ-BUD-005)."""
        with self._turn(serial, BagMove.REFRIGERATE) as now:
            now.stop_on((*check_move(now.bag.state, now.move), *check_refrigerate(now.bag)))
            return now.keep(Refrigerated())

    def take_out(self, serial: str) -> Bag:
        """Out of the refrigerator: from now on its room time counts."""
        with self._turn(serial, BagMove.TAKE_OUT) as now:
            now.stop_on((*check_move(now.bag.state, now.move), *check_take_out(now.bag)))
            return now.keep(TakenOut())

    def dispense(self, scan: BagScan) -> Bag:
        """Handed out to its destination, by a scan of its label."""
        with self._turn(scan.serial, BagMove.DISPENSE) as now:
            found = now.answer(scan)
            now.stop_on(check_dispense(found, now.bag), told=(("scanned", _code(scan)),))
            return now.keep(Dispensed())

    def hang(self, scan: BagScan) -> Bag:
        """Hung at the patient, by a scan of its label; refused unless that answers `hang` (REQ-HND-002)."""
        with self._turn(scan.serial, BagMove.HANG) as now:
            found = now.answer(scan)
            now.stop_on(check_hang(found, now.bag), told=(("scanned", _code(scan)),))
            if found.change_at is None or found.volume is None:
                raise AssertionError("a bag that may hang has a change and a volume")
            told = (
                ("change at", utc_text(found.change_at)),
                ("volume to infuse", found.volume.text),
                ("remarks", ", ".join(each.code for each in found.findings)),
            )
            return now.keep(Hung(found.change_at, found.volume), told=told)

    def move_to_peripheral(self, serial: str, reason: str) -> Bag:
        """A hung bag goes on by a peripheral line, for a pharmacist's reason (REQ-INT-004, REQ-SUP-005)."""
        with self._turn(serial, BagMove.MOVE_LINE, Permission.GIVE_REASON) as now:
            now.stop_on((*check_move_to_peripheral(now.bag), *check_reason(reason)))
            return now.keep(MovedToPeripheral(reason), told=(("reason", reason),))

    def move_to_central(self, serial: str) -> None:
        """Refused, whoever wants it: the central line needs a newly prepared bag (REQ-INT-004)."""
        with self._turn(serial, BagMove.MOVE_LINE) as now:
            now.stop_on(check_move_to_central(now.bag), told=(("to", "central line"),))
            raise AssertionError("refused above")

    def stop(self, serial: str, reason: str) -> Bag:
        """Stopped before its change. It is void unless a pharmacist releases it again (REQ-INT-004)."""
        with self._turn(serial, BagMove.STOP) as now:
            now.stop_on((*check_move(now.bag.state, now.move), *check_reason(reason)))
            hung_at = max(each.at for each in now.bag.events if isinstance(each.what, Hung))
            return now.keep(Stopped(reason, elapsed(hung_at, now.at)), told=(("reason", reason),))

    def release_again(self, serial: str, reason: str, credentials: Credentials) -> Bag:
        """A pharmacist signs that a stopped bag goes on, within its limits (REQ-INT-004)."""
        pharmacist = self._signing(credentials)
        with self._turn(serial, BagMove.RELEASE_AGAIN) as now:
            protocol, site = now.rules.protocol, now.rules.site
            found = check_release_again(
                now.ledger, person=pharmacist.person, protocol=protocol, site=site, now=now.at
            )
            now.stop_on((*found, *check_reason(reason)), told=(("pharmacist", pharmacist.person),))
            told = (
                ("reason", reason),
                ("signed", now.bag.signed_digest),
                ("at the station", now.actor.person),
            )
            return now.keep(ReleasedAgain(reason), told=told, by=pharmacist)

    def end(self, serial: str) -> Bag:
        """Taken down; bag and tubing are discarded with what is left in them (REQ-HND-003)."""
        with self._turn(serial, BagMove.END) as now:
            now.stop_on(check_move(now.bag.state, now.move))
            return now.keep(Ended())

    def void(self, serial: str, reason: str) -> Bag:
        """A pharmacist makes it void for good; its waste is booked (REQ-INT-007)."""
        with self._turn(serial, BagMove.VOID, Permission.VERIFY) as now:
            now.stop_on((*check_move(now.bag.state, now.move), *check_reason(reason)))
            waste = waste_of(now.bag, now.rules.protocol)
            told = (("reason", reason), ("vials", str(waste.vials)))
            return now.keep(Voided(reason, waste), told=told)

    def add_weight(self, order_number: str, typed: WeightTyped) -> WeightKept:
        """Keep a weight that was taken during the course (REQ-ORD-012)."""
        return add_weight(order_number, typed, self.station)

    def not_ended(self, order_number: str | None = None) -> tuple[BagAnswer, ...]:
        """Every bag made and not ended, of an order or of all, with its answer; the first due comes first."""
        rules, now = self.station.rulebook(), self.station.now()
        with self.station.open_unit_of_work(reading=True) as work:
            ledgers = [read_ledger(work, each, rules.protocol) for each in work.bag_events.not_ended()]
        wanted = [each for each in ledgers if order_number in {None, each.bag.started.order_number}]
        in_order = sorted(wanted, key=lambda each: (each.due, each.bag.serial))
        return tuple(
            answer(each, None, protocol=rules.protocol, site=rules.site, now=now) for each in in_order
        )

    def hung(self, order_number: str | None = None) -> tuple[BagAnswer, ...]:
        """Those of them that hang."""
        return tuple(each for each in self.not_ended(order_number) if _hangs(each))

    @contextmanager
    def _turn(
        self, serial: str, move: BagMove, permission: Permission = Permission.MOVE_BAG
    ) -> Iterator[_Turn]:
        actor = self.station.permitted(permission)
        rules, at = self.station.rulebook(), self.station.now()
        with self.station.open_unit_of_work() as work:
            if serial.startswith(SPECIMEN):
                stop, told = RulesRefused(specimen_answer(serial).findings), (("move", move.value),)
                thing = thing_of(serial)
                refuse(
                    work,
                    stop,
                    act="bag-move-refused",
                    thing=thing,
                    actor=actor,
                    at=at,
                    site=rules.site,
                    told=told,
                )
            require_bag(work, serial, act="bag-move-refused", actor=actor, at=at, site=rules.site)
            yield _Turn(work, actor, rules, at, read_ledger(work, serial, rules.protocol), move)

    def _signing(self, credentials: Credentials) -> Actor:
        """The pharmacist who signs: whoever works here, or somebody else who stands here too."""
        with self.station.open_unit_of_work(reading=True) as work:
            known = holder(credentials.name, work.people.all())
        if known is None or known.name != self.station.actor().person:
            return second_person(credentials, self.station, Permission.VERIFY)
        self.station.permitted(Permission.VERIFY)
        return confirm_secret(credentials.secret, self.station)


def _hangs(found: BagAnswer) -> bool:
    return found.ledger is not None and found.ledger.bag.state is BagState.HUNG


def _code(scan: BagScan) -> str:
    return f"{scan.serial}{scan.print_number:02}"
