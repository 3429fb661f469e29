"""Accounts on file for the actors of `tests.support.stations`, and a clock that tests can move."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pharmacy_app.domain.account import AccountForm, Secret
from pharmacy_app.domain.person import Actor, Person
from pharmacy_app.workflow.account import add_person
from pharmacy_app.workflow.people import Credentials
from pharmacy_app.workflow.station import Station
from pharmacy_app.workflow.unit_of_work import OpenUnitOfWork
from tests.support.rulebooks import rulebook
from tests.support.stations import ADMINISTRATOR, CHEAP_HASHER, NOW, OTHER_PHARMACIST, PHARMACIST, TECHNICIAN
from tests.support.stations import station_of as fixed_station_of

SECRETS: Mapping[str, str] = {
    "admin": "keeper of the keys",
    "mroy": "seven blue lamps",
    "achen": "quiet harbour 12",
    "spark": "two grey herons",
}


def with_people(open_unit_of_work: OpenUnitOfWork) -> None:
    """Keep an account for the administrator, the technician and both pharmacists; badges are B-NAME."""
    station = fixed_station_of(open_unit_of_work, actor=ADMINISTRATOR)
    for actor in (ADMINISTRATOR, TECHNICIAN, PHARMACIST, OTHER_PHARMACIST):
        form = AccountForm(actor.person, actor.display_name, actor.roles, badge=f"B-{actor.person}")
        add_person(form, Secret(SECRETS[actor.person]), station)


def credentials_of(actor: Actor) -> Credentials:
    """The right name and secret of an actor that `with_people` keeps."""
    return Credentials(actor.person, SECRETS[actor.person])


@dataclass
class Clock:
    """Stands still until it is moved."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def move(self, **span: float) -> None:
        """Go on by seconds, minutes or hours."""
        self.now += timedelta(**span)


def station_with_clock(open_unit_of_work: OpenUnitOfWork, clock: Clock, *, name: str = "desk") -> Station:
    """A station at which nobody is signed in, with this clock and this name."""
    station = fixed_station_of(open_unit_of_work, actor=None)
    return replace(station, clock=clock, seat=replace(station.seat, station=name))


def for_patients(station: Station) -> Station:
    """The same station in an installation that is not for training any more."""
    book = rulebook()
    live = replace(book, site=replace(book.site, training=False))
    return replace(station, rulebook=lambda: live)


def account_of(open_unit_of_work: OpenUnitOfWork, name: str) -> Person:
    """The account as it stands on file."""
    with open_unit_of_work(reading=True) as work:
        person = work.people.latest(name)
    assert person is not None
    return person


class CountingHasher:
    """Argon2id at its cheapest; notes which of its methods was called with what kind of argument."""

    def __init__(self) -> None:
        self.calls: list[str] = []

    def hash(self, secret: Secret) -> str:
        self.calls.append("hash")
        return CHEAP_HASHER.hash(secret)

    def matches(self, secret: Secret, secret_hash: str | None) -> bool:
        self.calls.append("matches")
        return CHEAP_HASHER.matches(secret, secret_hash)

    def name_digest(self, name: str) -> str:
        self.calls.append("name digest")
        return CHEAP_HASHER.name_digest(name)
