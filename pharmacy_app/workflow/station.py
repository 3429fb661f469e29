"""What every command needs: the rules in force, the clock, the file, and who gives the command where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.finding import Mark, Severity, finding
from pharmacy_app.domain.person import Actor, Permission, require
from pharmacy_app.workflow.ports import OpenUnitOfWork
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
            raise RulesRefused(
                (finding("person.nobody-signed-in", Severity.STOP, "REQ-VER-001", Mark.DERIVED),)
            )
        return actor

    def permitted(self, permission: Permission) -> Actor:
        """Who gives the command, if the person's role covers it.

        Raises:
            RulesRefused: nobody is signed in, or the role does not cover it.
        """
        actor = self.actor()
        require(actor, permission)
        return actor
