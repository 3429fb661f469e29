"""Signing in, locking, and the second person whom some acts ask for (REQ-VER-001).

A wrong secret, a name that nobody has and an ended account are answered alike, counted alike and recorded
alike; the same hashes are computed for each. The record never holds what was typed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from pharmacy_app.domain.account import NOBODY, Secret, compared, holder
from pharmacy_app.domain.canonical import digest_of
from pharmacy_app.domain.errors import RulesRefused
from pharmacy_app.domain.finding import Finding
from pharmacy_app.domain.person import Actor, Permission, Person, SignIns, not_permitted, person_stop
from pharmacy_app.workflow.record import Told, entry, keep
from pharmacy_app.workflow.rules_in_force import refresh
from pharmacy_app.workflow.station import Station
from pharmacy_app.workflow.unit_of_work import UnitOfWork

SHOWN_DIGITS = 12  # of a digest in the record


@dataclass(frozen=True, slots=True)
class Credentials:
    """What somebody typed or scanned: the name or badge of an account, and its secret.

    Neither is printed, since people type a secret in place of a name.
    """

    name: str = field(repr=False)
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One attempt to be somebody, as it is counted: under the name's digest, and at the station."""

    station: Station
    name_digest: str
    now: datetime

    @property
    def station_digest(self) -> str:
        return digest_of({"station": self.station.seat.station})

    @property
    def counted(self) -> tuple[tuple[str, str], ...]:
        """Each count's key, and the thing that the record names."""
        return (
            (self.name_digest, f"name {self.name_digest[:SHOWN_DIGITS]}"),
            (self.station_digest, f"station {self.station.seat.station}"),
        )


def sign_in(credentials: Credentials, station: Station) -> Actor:
    """Who works at this station from now on.

    Raises:
        RulesRefused: name and secret are not those of an account, or an earlier failure's pause is not over.
        StationTrouble: the database does not answer; nobody was signed in.
    """
    refresh(station)  # another station may have opened this installation for patients
    actor = _identified(credentials, station, act="signed-in")
    station.seat.actor = actor
    return actor


def lock(station: Station, *, by_itself: bool = False) -> None:
    """Nobody works at this station until the next sign-in. It is locked even if that cannot be recorded.

    Raises:
        StationTrouble: the database does not take the entry.
    """
    actor = station.seat.actor
    if actor is None:
        return
    station.seat.actor = None
    told = (("by itself", "yes" if by_itself else "no"),)
    with station.open_unit_of_work() as work:
        _tell(work, "locked", station, actor=actor, thing=f"person {actor.person}", told=told)
        work.commit()


def second_person(credentials: Credentials, station: Station, permission: Permission | None = None) -> Actor:
    """A second person who stands at this station, with the secret; whoever works here stays signed in.

    Opens transactions of its own: to be called before the command opens the one in which it writes.

    Raises:
        RulesRefused: nobody is signed in; it is the same person; the role does not cover `permission`; or
            as `sign_in`. Each is recorded.
        StationTrouble: the database does not answer.
    """
    first = station.actor()
    second = _identified(credentials, station, act="second-person")
    found = _not_a_second(first, second, permission)
    if found:
        with station.open_unit_of_work() as work:
            told = (("findings", ", ".join(each.code for each in found)),)
            thing = f"person {second.person}"
            _tell(work, "second-person-refused", station, actor=first, thing=thing, told=told)
            work.commit()
        raise RulesRefused(found)
    return second


def _not_a_second(first: Actor, second: Actor, permission: Permission | None) -> tuple[Finding, ...]:
    if first.person == second.person:
        return (person_stop("person.second-is-the-same", person=first.display_name),)
    return () if permission is None else not_permitted(second, permission)


def confirm_secret(secret: str, station: Station) -> Actor:
    """The person who works here types the secret again, as a signature asks for.

    Raises:
        RulesRefused: nobody is signed in, or as `sign_in`.
        StationTrouble: the database does not answer.
    """
    name = station.actor().person
    return _identified(Credentials(name, secret), station, act="secret-confirmed")


def _identified(credentials: Credentials, station: Station, *, act: str) -> Actor:
    with station.open_unit_of_work(reading=True) as work:
        known = holder(credentials.name, work.people.all())
    name = compared(credentials.name) if known is None else known.name
    attempt = _Attempt(station, station.hasher.name_digest(name), station.now())
    with station.open_unit_of_work() as work:
        _refuse_in_pause(work, attempt)
        person = None if known is None else work.people.latest(known.name)
        secret_hash = None if person is None else person.secret_hash
        right = station.hasher.matches(Secret(credentials.secret), secret_hash)
        if person is None or not right or not station.admits(person):
            _count_failure(work, attempt)
            raise RulesRefused((person_stop("person.sign-in-refused"),))
        actor = actor_of(person, station)
        _end_counts(work, attempt, actor)
        _tell(work, act, station, actor=actor, thing=f"person {person.name}")
        work.commit()
    return actor


def actor_of(person: Person, station: Station) -> Actor:
    """The person at this station."""
    return Actor(person.name, person.display_name, person.roles, station.seat.station, person.training)


def nobody(station: Station) -> Actor:
    """Stands in the record where nobody is signed in; may do nothing."""
    return Actor(NOBODY, NOBODY, (), station.seat.station)


def _refuse_in_pause(work: UnitOfWork, attempt: _Attempt) -> None:
    """Refuse, without a look at the secret, while a pause for the name or the station is not over."""
    station, now = attempt.station, attempt.now
    counts = [work.sign_ins.latest(key) for key, _ in attempt.counted]
    pauses = [until for each in counts if each and (until := each.paused_until(now))]
    if not pauses:
        return
    thing = attempt.counted[0][1]
    _tell(work, "sign-in-paused", station, actor=station.seat.actor, thing=thing)
    work.commit()
    until = max(pauses).astimezone(ZoneInfo(station.rulebook().site.time_zone))
    raise RulesRefused((person_stop("person.sign-in-paused", until=f"{until:%H:%M:%S}"),))


def _count_failure(work: UnitOfWork, attempt: _Attempt) -> None:
    for key, thing in attempt.counted:
        before = work.sign_ins.latest(key)
        count = SignIns(key, 1 if before is None else before.failures + 1, attempt.now)
        by = attempt.station.seat.actor or nobody(attempt.station)
        _keep_count(work, attempt, count, act="sign-in-refused", thing=thing, by=by)
    work.commit()


def _end_counts(work: UnitOfWork, attempt: _Attempt, actor: Actor) -> None:
    for key, thing in attempt.counted:
        before = work.sign_ins.latest(key)
        if before is not None and before.failures:
            count = SignIns(key, 0, attempt.now)
            _keep_count(work, attempt, count, act="sign-in-count-ended", thing=thing, by=actor)


def _keep_count(
    work: UnitOfWork, attempt: _Attempt, count: SignIns, *, act: str, thing: str, by: Actor
) -> None:
    keep(
        work,
        work.sign_ins,
        count,
        act=act,
        thing=thing,
        actor=by,
        at=attempt.now,
        site=attempt.station.rulebook().site,
        told=(("failures in a row", str(count.failures)),),
    )


def _tell(
    work: UnitOfWork, act: str, station: Station, *, actor: Actor | None, thing: str, told: Told = ()
) -> None:
    site = station.rulebook().site
    by = actor or nobody(station)
    work.audit.add(entry(act, actor=by, thing=thing, at=station.now(), site=site, facts=told))
