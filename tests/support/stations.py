"""Stations at which people give commands: real rules, a real file, a clock that stands still."""

from __future__ import annotations

from datetime import UTC, datetime

from argon2.profiles import CHEAPEST

from pharmacy_app.domain.person import Actor, Role
from pharmacy_app.secret_hash import Argon2Hasher
from pharmacy_app.workflow.rulebook import Rulebook
from pharmacy_app.workflow.station import Seat, Station
from pharmacy_app.workflow.unit_of_work import OpenUnitOfWork
from tests.support.rulebooks import rulebook

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
DESK = "desk"
CHEAP_HASHER = Argon2Hasher(CHEAPEST)  # Argon2id in earnest, at a thousandth of its cost

TECHNICIAN = Actor("mroy", "M. Roy", (Role.TECHNICIAN,), DESK)
OTHER_TECHNICIAN = Actor("jdiaz", "J. Diaz", (Role.TECHNICIAN,), DESK)
PHARMACIST = Actor("achen", "A. Chen", (Role.PHARMACIST,), DESK)
OTHER_PHARMACIST = Actor("spark", "S. Park", (Role.PHARMACIST,), DESK)
ADMINISTRATOR = Actor("admin", "T. Administrator", (Role.ADMINISTRATOR,), DESK)
PRINTER = Actor("command-line", "command line", (Role.STATION,), DESK)


def station_of(
    open_unit_of_work: OpenUnitOfWork,
    *,
    now: datetime = NOW,
    actor: Actor | None = PHARMACIST,
    book: Rulebook | None = None,
) -> Station:
    """A station on this file at this moment; with None as actor nobody is signed in."""
    rules = book or rulebook()
    name = DESK if actor is None else actor.station
    return Station(
        rulebook=lambda: rules,
        clock=lambda: now,
        open_unit_of_work=open_unit_of_work,
        hasher=CHEAP_HASHER,
        seat=Seat(name, actor),
    )
