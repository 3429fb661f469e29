"""Training accounts: in a training installation alone, with one secret that everybody may know."""

from __future__ import annotations

from dataclasses import dataclass

from pharmacy_app.domain.account import Secret
from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.person import Actor, Person, Role, person_stop
from pharmacy_app.workflow.people import actor_of, nobody
from pharmacy_app.workflow.record import keep, refuse
from pharmacy_app.workflow.station import Station
from pharmacy_app.workflow.unit_of_work import UnitOfWork

TRAINING_SECRET = "training only"  # published: the sign-in page shows it
_ACCOUNTS = (
    ("mroy", "M. Roy", Role.TECHNICIAN),
    ("achen", "A. Chen", Role.PHARMACIST),
    ("spark", "S. Park", Role.PHARMACIST),
)


@dataclass(frozen=True, slots=True)
class TrainingPeople:
    """The training pharmacy's people at this station."""

    technician: Actor
    pharmacist: Actor
    second_pharmacist: Actor


def training_people(station: Station) -> TrainingPeople:
    """The training accounts, made where they are missing, without a secret being typed.

    Raises:
        RulesRefused: this is no training installation, a training account was ended, or its name belongs
            to a person.
        StationTrouble: the database does not take it; nothing was kept.
    """
    with station.open_unit_of_work() as work:
        _require_training(work, station)
        people = [_kept(work, *account, station=station) for account in _ACCOUNTS]
        work.commit()
    return TrainingPeople(*(actor_of(each, station) for each in people))


def training_accounts(station: Station) -> tuple[Person, ...]:
    """The training accounts that can sign in here; none but in a training installation."""
    if not station.rulebook().site.training:
        return ()
    with station.open_unit_of_work(reading=True) as work:
        return tuple(each for each in work.people.all() if each.training and each.active)


def _require_training(work: UnitOfWork, station: Station) -> None:
    """Only in a training installation, and where no training account was ended and no person has its name."""
    site, found = station.rulebook().site, []
    if not site.training:
        found.append(person_stop("person.no-training"))
    else:
        people = [work.people.latest(name) for name, _, _ in _ACCOUNTS]
        taken = [each.name for each in people if each and not (each.active and each.training)]
        found += [person_stop("person.not-for-training", name=name) for name in taken]
    if found:
        by, at = station.seat.actor or nobody(station), station.now()
        no = RulesRefused(tuple(found))
        refuse(work, no, act="account-refused", thing="people", actor=by, at=at, site=site)


def _kept(work: UnitOfWork, name: str, display_name: str, role: Role, *, station: Station) -> Person:
    person = work.people.latest(name)
    return _made(work, name, display_name, role, station=station) if person is None else person


def _made(work: UnitOfWork, name: str, display_name: str, role: Role, *, station: Station) -> Person:
    person = Person(
        name=name,
        display_name=display_name,
        roles=(role,),
        secret_hash=station.hasher.hash(Secret(TRAINING_SECRET)),
        badge="",
        active=True,
        training=True,
    )
    keep(
        work,
        work.people,
        person,
        act="training-person-added",
        thing=f"person {name}",
        actor=station.seat.actor or nobody(station),
        at=station.now(),
        site=station.rulebook().site,
        told=(("display name", display_name), ("roles", role.value)),
    )
    return person
