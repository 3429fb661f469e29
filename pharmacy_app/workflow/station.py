"""What every command needs: the rules in force, the clock, the file, and who gives the command where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.person import Actor, Permission, person_stop, require
from pharmacy_app.workflow.ports import OpenUnitOfWork, SecretHasher
from pharmacy_app.workflow.rulebook import Rulebook


@dataclass(slots=True)
class Seat:
    """Who works at this station now; nobody before the first sign-in and while it is locked.

    The one thing in the workflow that changes: one person follows another without a restart.
    """

    station: str
    actor: Actor | None = None


@dataclass(frozen=True, slots=True)
class Station:
    """`rulebook` gives the rules in force, `clock` the present as an aware time."""

    rulebook: Callable[[], Rulebook]
    clock: Callable[[], datetime]
    open_unit_of_work: OpenUnitOfWork
    hasher: SecretHasher
    seat: Seat = field(compare=False)

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

        Raises:
            RulesRefused: nobody is signed in, the role does not cover it, or the account was ended or
                changed since the sign-in, at whatever station.
        """
        actor = self.actor()
        require(actor, permission)
        with self.open_unit_of_work(reading=True) as work:
            person = work.people.latest(actor.person)
        if person is not None and not (person.active and person.roles == actor.roles):
            raise RulesRefused((person_stop("person.changed-since", person=actor.display_name),))
        return actor

    def acting(self, actor: Actor) -> Station:
        """The same station with this person at it; whoever works here now is not touched."""
        return replace(self, seat=Seat(self.seat.station, actor))
