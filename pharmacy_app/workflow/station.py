"""What every command needs: the rules in force, the clock, the file, and who gives the command where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import NoReturn

from pharmacy_app.domain.account import NOBODY
from pharmacy_app.domain.clock_jump import ClockReading, clock_entry, jumped_against_steady
from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.finding import Finding
from pharmacy_app.domain.person import Actor, Permission, Person, not_permitted, person_stop
from pharmacy_app.workflow.ports import SecretHasher
from pharmacy_app.workflow.record import refuse
from pharmacy_app.workflow.rulebook import Rulebook
from pharmacy_app.workflow.unit_of_work import OpenUnitOfWork


@dataclass(slots=True)
class Seat:
    """Who works at this station now; nobody before the first sign-in and while it is locked.

    The one thing in the workflow that changes: one person follows another without a restart.
    """

    station: str
    actor: Actor | None = None


@dataclass(slots=True)
class ClockWatch:
    """Compares the station's clock from one command to the next with `steady`, which nobody can set.

    `steady` goes on while the station sleeps. One watch for one clock; a simulated clock has none.
    """

    steady: Callable[[], timedelta]
    before: ClockReading | None = None

    def look(self, shown: datetime) -> ClockReading:
        """Both clocks now."""
        return ClockReading(shown, self.steady())


@dataclass(frozen=True, slots=True)
class Station:
    """`rulebook` gives the rules in force, `clock` the present as an aware time."""

    rulebook: Callable[[], Rulebook]
    clock: Callable[[], datetime]
    open_unit_of_work: OpenUnitOfWork
    hasher: SecretHasher
    seat: Seat = field(compare=False)
    watch: ClockWatch | None = field(default=None, compare=False)

    def now(self) -> datetime:
        """The present, aware."""
        return self.clock()

    def actor(self) -> Actor:
        """Who gives the command.

        Raises:
            RulesRefused: nobody is signed in.
        """
        actor = self.seat.actor
        if actor is None:
            raise RulesRefused((person_stop("person.nobody-signed-in"),))
        return actor

    def permitted(self, permission: Permission) -> Actor:
        """Who gives the command, if the person's role covers it and the account is still as it was.

        Opens transactions of its own: to be called before the command opens the one in which it writes.

        Raises:
            RulesRefused: nobody is signed in, the role does not cover it, or the account was ended or
                given other roles since the sign-in, at whatever station. It is recorded.
            StationTrouble: the database does not answer.
        """
        actor = self.seat.actor
        if actor is None:
            here = Actor(NOBODY, NOBODY, (), self.seat.station)
            self._refuse((person_stop("person.nobody-signed-in"),), permission, here)
        found = not_permitted(actor, permission) or self._check_account(actor)
        if found:
            self._refuse(found, permission, actor)
        self._notice_clock(actor)
        return actor

    def _refuse(self, found: tuple[Finding, ...], permission: Permission, actor: Actor) -> NoReturn:
        thing, site, no = f"act {permission.value}", self.rulebook().site, RulesRefused(found)
        with self.open_unit_of_work() as work:
            refuse(work, no, act="not-permitted", thing=thing, actor=actor, at=self.now(), site=site)

    def _notice_clock(self, actor: Actor) -> None:
        """Record that the clock jumped since the command before, if it did; the work goes on (REQ-AUD-003).

        An entry that is stamped earlier than the newest one on file is noticed where it is written.
        """
        if self.watch is None:
            return
        now = self.watch.look(self.now())
        told = None if self.watch.before is None else jumped_against_steady(self.watch.before, now)
        if told is not None:
            zone, station = self.rulebook().site.time_zone, actor.station
            with self.open_unit_of_work() as work:
                work.audit.add(
                    clock_entry(told, person=actor.person, station=station, at=now.shown, site_zone=zone)
                )
                work.commit()
        self.watch.before = now

    def _check_account(self, actor: Actor) -> tuple[Finding, ...]:
        with self.open_unit_of_work(reading=True) as work:
            person = work.people.latest(actor.person)
        if person is None or (person.roles == actor.roles and self.admits(person)):
            return ()  # a command given without a person has no account
        return (person_stop("person.changed-since", person=actor.display_name),)

    def admits(self, person: Person) -> bool:
        """Whether the account is in use here: training accounts exist in training installations alone."""
        return person.active and (not person.training or self.rulebook().site.training)

    def acting(self, actor: Actor) -> Station:
        """The same station with this person at it; whoever works here now is not touched."""
        return replace(self, seat=Seat(self.seat.station, actor))
