"""One command at the bench: the bag, its order and plan, the step that waits, and what may be kept of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NoReturn
from zoneinfo import ZoneInfo

from pharmacy_app.domain.bag import BagMove, check_move
from pharmacy_app.domain.bag_event import Happening
from pharmacy_app.domain.bag_on_file import Bag
from pharmacy_app.domain.errors import PharmacyError, RulesRefused
from pharmacy_app.domain.finding import Finding, Mark, Severity, finding, has_stop, stops_first
from pharmacy_app.domain.person import Actor, Permission
from pharmacy_app.domain.preparation import Progress, progress_of
from pharmacy_app.domain.protocol import Recipe
from pharmacy_app.domain.verification import check_plan, check_weight
from pharmacy_app.workflow.bag_on_file import BagOnFile, keep_happening, read_bag_on_file, require_bag
from pharmacy_app.workflow.open_bags import check_protocol_under
from pharmacy_app.workflow.record import Told, entry, refuse
from pharmacy_app.workflow.rulebook import Rulebook
from pharmacy_app.workflow.station import Station
from pharmacy_app.workflow.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Turn:
    """Everything one command needs, read in its own transaction."""

    work: UnitOfWork
    actor: Actor
    rules: Rulebook
    now: datetime
    file: BagOnFile
    recipe: Recipe
    progress: Progress

    @property
    def bag(self) -> Bag:
        """The bag as it is before the command."""
        return self.file.bag

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the pharmacy's clock."""
        return ZoneInfo(self.rules.site.time_zone)

    def keep(self, what: Happening, told: Told = ()) -> Turn:
        """Keep what happened, with its entry; the turn as it is then."""
        site = self.rules.site
        bag = keep_happening(self.work, self.bag, what, actor=self.actor, at=self.now, site=site, told=told)
        file = replace(self.file, bag=bag)
        return replace(self, file=file, progress=progress(file, self.recipe, self.rules, self.work))

    def stop_on(self, found: Iterable[Finding], *, act: str, told: Told = ()) -> None:
        """Record the refusal and refuse, where a stop is among the findings."""
        findings = stops_first(found)
        if has_stop(findings):
            self.refuse(RulesRefused(findings), act=act, told=told)

    def refuse(self, refusal: PharmacyError, *, act: str, told: Told = ()) -> NoReturn:
        """Record the refusal, then refuse."""
        thing, site = f"bag {self.bag.serial}", self.rules.site
        refuse(self.work, refusal, act=act, thing=thing, actor=self.actor, at=self.now, site=site, told=told)

    def note(self, act: str, *, told: Told = ()) -> None:
        """Record something about the bag that changes nothing of it."""
        thing, site = f"bag {self.bag.serial}", self.rules.site
        self.work.audit.add(entry(act, actor=self.actor, thing=thing, at=self.now, site=site, facts=told))


def progress(file: BagOnFile, recipe: Recipe, rules: Rulebook, work: UnitOfWork) -> Progress:
    """How far the bag has come."""
    return progress_of(file.bag, recipe, primed_by=rules.site.primed_by, product=work.products.latest)


@contextmanager
def turn(station: Station, serial: str, *, move: BagMove = BagMove.WORK, here: bool = True) -> Iterator[Turn]:
    """A command of somebody who prepares; it commits by itself (`work.commit()`), or nothing was done.

    With `here` the bag must be open at this bench, its plan and protocol in force, its patient's weight
    covered.

    Raises:
        RulesRefused: nobody who may prepare is signed in, or the bag's state, bench, plan or protocol forbid.
        InputRefused: there is no such bag.
    """
    actor, rules, now = station.permitted(Permission.PREPARE), station.rulebook(), station.now()
    with station.open_unit_of_work() as work:
        require_bag(work, serial, act="bench-refused", actor=actor, at=now, site=rules.site)
        file = read_bag_on_file(work, serial)
        recipe = file.recipe(rules.protocol)
        ours = Turn(work, actor, rules, now, file, recipe, progress(file, recipe, rules, work))
        found = [*check_move(file.bag.state, move)]
        if here:
            found += _elsewhere(file.bag, actor)
            found += check_plan(file.bag, file.in_force)
            found += _weight(work, file, rules)
            found += check_protocol_under(work, file.bag, rules.protocol)
        ours.stop_on(found, act="bench-refused")
        yield ours


def _weight(work: UnitOfWork, file: BagOnFile, rules: Rulebook) -> tuple[Finding, ...]:
    order = file.order.order
    later = [each.weight for each in work.weights.history(order.order_number)]
    return check_weight(order.patient, later, rules.protocol)


def _elsewhere(bag: Bag, actor: Actor) -> tuple[Finding, ...]:
    if bag.bench == actor.station:
        return ()
    return (finding("bench.elsewhere", Severity.STOP, "REQ-VER-007", Mark.DERIVED, bench=bag.bench),)
